"""Every operation on meetings by every door; a tuple for each noun."""

from bot.errors import Code
from bot.services.access import Op
from bot.views.blocks import Field, Id, value
from tests.services.rights_cells import DECISION, GROUP, GROUPS, MEETING, Row
from tests.services.rights_people import SECOND

MEETING_OPS = (
    Op.PREPARE_MEETING, Op.PROPOSE_TOPIC, Op.ARRANGE_AGENDA, Op.ANSWER_MEETING, Op.INVITE_GUEST,
    Op.HOLD_MEETING, Op.TAKE_NOTES, Op.COMMENT_MINUTES, Op.ACCEPT_MINUTES, Op.SEE_NEEDS,
    Op.ANNOUNCE,
)  # fmt: skip
CALENDAR_ROWS = (
    Row(Op.SEE_MEETING, "calendar {group}", states=GROUPS, changes=False),
    Row(Op.SEE_MEETING, "calendar feed {group}", states=GROUPS, changes=False),
    Row(Op.SEE_MEETING, "calendar {meeting}", states=GROUPS, changes=False),
    Row(Op.SEE_MEETING, "meeting calendar {meeting}", states=GROUPS, changes=False),
    Row(
        Op.SEE_MEETING, value(MEETING), ("button",), GROUPS, Id.CALENDAR_MEETING, changes=False
    ),
    Row(Op.SEE_SELF, "calendar", states=("self",), changes=False),
    Row(Op.CHANGE_SELF, "calendar revoke", states=("self",), changes=False),
)  # fmt: skip
NONE_YET = dict.fromkeys(GROUPS, Code.NO_MINUTES)
MINUTES_ROWS = (
    Row(Op.SEE_MEETING, "meeting minutes {meeting}", states=GROUPS, then=NONE_YET),
    Row(Op.SEE_MEETING, "meeting minutes {meeting} as html", states=GROUPS, then=NONE_YET),
    Row(Op.COMMENT_MINUTES, "correct {meeting} s/a/b/", states=GROUPS, then=NONE_YET),
    Row(Op.COMMENT_MINUTES, "comment {meeting} well", states=GROUPS, then=NONE_YET),
    Row(Op.COMMENT_MINUTES, "object {meeting} wrong", states=GROUPS, then=NONE_YET),
    Row(Op.HOLD_MEETING, "publish {meeting}", states=GROUPS, then=NONE_YET),
    Row(Op.ACCEPT_MINUTES, "approve {meeting}", states=GROUPS, then=NONE_YET),
    *(
        Row(Op.COMMENT_MINUTES, value(MEETING), ("button",), GROUPS, id_, then=NONE_YET)
        for id_ in (Id.MINUTES_CORRECT, Id.MINUTES_OBJECT)
    ),
    Row(
        Op.COMMENT_MINUTES, value(MEETING), ("form",), GROUPS, Id.MINUTES_CORRECTED,
        ((Field.TEXT, "a"), (Field.NOTE, "b")), NONE_YET,
    ),
    Row(
        Op.COMMENT_MINUTES, value(MEETING), ("form",), GROUPS, Id.MINUTES_OBJECTED,
        ((Field.REASON, "wrong"),), NONE_YET,
    ),
)  # fmt: skip
NO_ITEM = dict.fromkeys(GROUPS, Code.AGENDA_NO_ITEM)
EMPTY = dict.fromkeys(GROUPS, Code.AGENDA_EMPTY)
AGENDA_ROWS = (
    Row(Op.SEE_MEETING, "meeting agenda {meeting}", states=GROUPS, changes=False),
    Row(Op.SEE_MEETING, "agenda {meeting} as markdown", states=GROUPS, changes=False),
    Row(Op.PROPOSE_TOPIC, "agenda add {meeting} Shared protocol 10 min", states=GROUPS),
    Row(Op.PROPOSE_TOPIC, value(MEETING), ("button",), GROUPS, Id.AGENDA_ADD, changes=False),
    Row(
        Op.PROPOSE_TOPIC, value(MEETING), ("form",), GROUPS, Id.AGENDA_ADDED,
        ((Field.TEXT, "Shared protocol"), (Field.PURPOSE, "decide")),
    ),
    Row(Op.ARRANGE_AGENDA, "agenda edit {meeting} 1 Protocol", states=GROUPS, then=NO_ITEM),
    Row(Op.ARRANGE_AGENDA, "agenda drop {meeting} 1", states=GROUPS, then=NO_ITEM),
    Row(Op.ARRANGE_AGENDA, "agenda carry {meeting} 1", states=GROUPS, then=NO_ITEM),
    Row(Op.ARRANGE_AGENDA, "agenda order {meeting} 1", states=GROUPS, then=NO_ITEM),
    Row(Op.ARRANGE_AGENDA, "agenda draft {meeting}", states=GROUPS),
    Row(Op.ARRANGE_AGENDA, "agenda post {meeting}", states=GROUPS, then=EMPTY),
    *(
        Row(Op.ARRANGE_AGENDA, value(MEETING, id="1"), ("button",), GROUPS, id_, then=NO_ITEM)
        for id_ in (Id.AGENDA_ACCEPT, Id.AGENDA_NEXT)
    ),
    *(
        Row(
            Op.SEE_MEETING, value(MEETING, id="1", do="drop"), (door,), GROUPS, id_,
            ((Field.TEXT, "Protocol"),), NO_ITEM,
        )
        for door, id_ in (("button", Id.AGENDA_MORE), ("form", Id.AGENDA_EDITED))
    ),
)  # fmt: skip
NO_CHANNEL = dict.fromkeys(GROUPS, Code.ANNOUNCE_WHERE)
TAKING_PART_ROWS = (
    Row(Op.ANSWER_MEETING, "meeting needs {meeting}", states=GROUPS, changes=False),
    Row(Op.SEE_NEEDS, "meeting needs {meeting} all", states=GROUPS, changes=False),
    Row(
        Op.ANSWER_MEETING, value(MEETING), ("form",), GROUPS, Id.NEEDS_FORM,
        ((Field.ACCESS, "a ramp"), (Field.DIET, "")),
    ),
    Row(Op.ANSWER_MEETING, "meeting travel {meeting}", states=GROUPS, changes=False),
    Row(
        Op.ANSWER_MEETING, "meeting travel {meeting} yes", states=GROUPS,
        then=dict.fromkeys(GROUPS, Code.REPLY_LATE),  # Nobody travels to a call.
    ),
    Row(Op.CHANGE_MEETING, "meeting link {meeting} https://example.org/room", states=GROUPS),
    Row(Op.ARRANGE_AGENDA, f"stepout {{meeting}} 1 <@{SECOND}>", states=GROUPS, then=NO_ITEM),
    Row(Op.ARRANGE_AGENDA, f"meeting stay {{meeting}} 1 <@{SECOND}>", states=GROUPS, then=NO_ITEM),
    Row(Op.CHANGE_SELF, "declare none", states=("self",)),
    Row(Op.CHANGE_SELF, "{}", ("form",), ("self",), Id.INTERESTS_FORM),
    Row(Op.ANNOUNCE, "announce in {group}: Hybrid now", states=GROUPS, then=NO_CHANNEL),
    Row(
        Op.ANNOUNCE, value(request="gone"), ("button",), ("home",), Id.ANNOUNCE_POST,
        then={"home": Code.NO_SUCH_ID},
    ),
)  # fmt: skip
RSVP_ROWS = (
    Row(Op.ANSWER_MEETING, "rsvp {meeting} yes", states=GROUPS),
    Row(Op.ANSWER_MEETING, "coming to {meeting} remotely", states=GROUPS),
    Row(Op.ANSWER_MEETING, f"not coming to {{meeting}} <@{SECOND}>", states=GROUPS),
    *(
        Row(Op.ANSWER_MEETING, value(MEETING), ("button",), GROUPS, id_)
        for id_ in (Id.RSVP_YES, Id.RSVP_REMOTE, Id.RSVP_NO)
    ),
    Row(
        Op.ANSWER_MEETING, value(MEETING), ("button",), GROUPS, Id.RSVP_SUBSTITUTE, changes=False
    ),
    Row(
        Op.ANSWER_MEETING, value(MEETING), ("form",), GROUPS, Id.RSVP_SUBSTITUTED,
        ((Field.OWNER, SECOND),),
    ),
    Row(Op.SEE_MEETING, "meeting replies {meeting}", states=GROUPS, changes=False),
    Row(Op.INVITE_GUEST, "role <@U0OUTSIDER> guest at {meeting}", states=GROUPS),
    Row(
        Op.INVITE_GUEST, "remove <@U0OUTSIDER> from {meeting}", states=GROUPS,
        then=dict.fromkeys(GROUPS, Code.NOT_A_GUEST),
    ),
    Row(
        Op.CHANGE_MEETING, value(MEETING), ("button",), GROUPS, Id.QUORUM_HOLD,
        then=dict.fromkeys(GROUPS, Code.QUORUM_SETTLED),
    ),
)  # fmt: skip
PLANNING_ROWS = (
    Row(Op.PLAN_MEETING, "{}", ("button",), ("anywhere",), Id.MEETING_PLAN, changes=False),
    Row(
        Op.PLAN_MEETING, "{}", ("form",), GROUPS, Id.MEETING_PLAN_FORM,
        (
            (Field.TEXT, "Call"), (Field.GROUPS, GROUP), (Field.DUE, "2027-02-04"),
            (Field.AT, "15:00"), (Field.ZONE, "London"), (Field.LENGTH, "1h"),
        ),
    ),
    *(
        Row(Op.CHANGE_MEETING, value(MEETING), ("button",), GROUPS, id_, changes=False)
        for id_ in (Id.MEETING_MOVE, Id.MEETING_CANCEL)
    ),
    Row(
        Op.CHANGE_MEETING, value(MEETING), ("form",), GROUPS, Id.MEETING_MOVE_FORM,
        ((Field.DUE, "2027-02-04"), (Field.AT, "15:00"), (Field.ZONE, "London")),
    ),
    Row(
        Op.CHANGE_MEETING, value(MEETING), ("form",), GROUPS, Id.MEETING_CANCEL_FORM,
        ((Field.REASON, "no quorum"),),
    ),
    Row(Op.CHANGE_MEETING, "meeting edit {meeting} title Another", states=GROUPS),
)  # fmt: skip
NOT_YET = dict.fromkeys(GROUPS, Code.NOT_NOW)
HELD_ROWS = (
    Row(Op.HOLD_MEETING, "meeting start {meeting} now", states=GROUPS),
    Row(
        Op.HOLD_MEETING, "meeting end {meeting}", states=GROUPS,
        then=dict.fromkeys(GROUPS, Code.NOT_STARTED),
    ),
    Row(Op.HOLD_MEETING, "meeting held {meeting}", states=GROUPS, then=NOT_YET),
    Row(Op.HOLD_MEETING, f"meeting notes {{meeting}} <@{SECOND}>", states=GROUPS),
    Row(Op.TAKE_NOTES, "meeting notes {meeting}\nWe met.", states=GROUPS, then=NOT_YET),
    Row(
        Op.SEE_MEETING, "meeting line {meeting} 1", states=GROUPS,
        then=dict.fromkeys(GROUPS, Code.NO_SUCH_LINE),
    ),
    Row(Op.TAKE_NOTES, value(MEETING), ("button",), GROUPS, Id.MEETING_NOTES_MINE),
    Row(Op.TAKE_NOTES, value(MEETING), ("button",), GROUPS, Id.MEETING_NOTES_PASTE, then=NOT_YET),
    Row(
        Op.TAKE_NOTES, value(refs=MEETING), ("form",), GROUPS, Id.MEETING_NOTES_PASTED,
        ((Field.TEXT, "We met."),), NOT_YET,
    ),
    Row(
        Op.TAKE_NOTES, value(MEETING, key="gone"), ("button",), ("home",), Id.MEETING_NOTES_MAKE,
        then={"home": Code.GONE}, refusal=frozenset({Code.GONE}),
    ),
)  # fmt: skip
OPEN = dict.fromkeys(GROUPS, Code.PREP_OPEN)
PREPARATION_ROWS = (
    Row(Op.SEE_MEETING, "meeting prep {meeting}", ("command", "dm"), GROUPS, changes=False),
    Row(Op.PREPARE_MEETING, "tick {meeting} 1", states=GROUPS),
    Row(Op.PREPARE_MEETING, "untick {meeting} 1", states=GROUPS, then=OPEN),
    Row(Op.PREPARE_MEETING, "meeting prep add {meeting} Book a room", states=GROUPS),
    Row(Op.PREPARE_MEETING, "meeting prep skip {meeting} 1 no need", states=GROUPS),
    Row(Op.PREPARE_MEETING, "meeting announce {meeting}", states=GROUPS),
    Row(Op.PREPARE_MEETING, value(MEETING, n="1"), ("button",), GROUPS, Id.PREP_TICK),
    Row(Op.PREPARE_MEETING, value(MEETING, n="1"), ("button",), GROUPS, Id.PREP_UNTICK, then=OPEN),
    Row(Op.PREPARE_MEETING, value(MEETING), ("button",), GROUPS, Id.PREP_ADD, changes=False),
    Row(
        Op.PREPARE_MEETING, value(MEETING), ("form",), GROUPS, Id.PREP_ADDED,
        ((Field.TEXT, "Book a room"),),
    ),
    Row(Op.PREPARE_MEETING, value(MEETING), ("button",), GROUPS, Id.MEETING_ANNOUNCE),
    Row(Op.SEE_GROUP, "checklist {group}", states=GROUPS, changes=False),
    Row(Op.SET_GROUP, "checklist {group} call move 1 -9 days", states=GROUPS),
    Row(Op.SET_GROUP, "checklist {group} call drop 1", states=GROUPS),
    Row(Op.SET_GROUP, "checklist {group} call add Book a room -5 days chair", states=GROUPS),
    Row(Op.SET_GROUP, "checklist {group} face to face reset", states=GROUPS),
)  # fmt: skip
REVIEW_ROWS = (
    Row(Op.SETTLE_DECISION, "review {decision} 2027-02-04", states=GROUPS),
    Row(
        Op.SETTLE_DECISION, value(DECISION), ("button",), GROUPS, Id.DECISION_KEEP, changes=False
    ),
    Row(
        Op.SETTLE_DECISION, value(DECISION), ("form",), GROUPS, Id.DECISION_KEPT,
        ((Field.DUE, "2027-02-04"),),
    ),
)  # fmt: skip
MEETING_ROWS = (
    *REVIEW_ROWS,
    *PREPARATION_ROWS,
    *HELD_ROWS,
    *PLANNING_ROWS,
    *RSVP_ROWS,
    *TAKING_PART_ROWS,
    *AGENDA_ROWS,
    *MINUTES_ROWS,
    *(Row(op, "", ("service",), GROUPS, changes=False) for op in MEETING_OPS),
    *CALENDAR_ROWS,
)
