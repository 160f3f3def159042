"""Every operation by every door: the words, buttons and forms that ask for it, state by state."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from bot.errors import Code
from bot.services.access import Ask, Op
from bot.services.inbox import Outcome
from bot.views.blocks import Field, Id, value
from tests.services.rights_people import (
    FREE,
    KEEPER,
    KINDS,
    SECOND,
    STEERS,
    Kind,
)

EVERY = ("open", "done", "ended", "foreign", "own", "gave")
ALL = (*EVERY, "own done", "started", "blocked", "dropped", "unowned")
FEW = ("open", "foreign", "own")
BRIEF = frozenset({"open", "did", "home", "self", "anywhere"})
"""By the doors after a row's first: the words are read alike, so fewer states will do."""
GROUPS = ("home", "foreign")
TYPED = ("command", "mention", "dm")

Work = Callable[[Ask], Outcome]
Then = Mapping[str, Code]


@dataclass(frozen=True, slots=True)
class Cell:
    row: "Row"
    kind: Kind
    state: str
    door: str


@dataclass(frozen=True, slots=True)
class Row:
    """`says`: a line, an id's value or a form's metadata, `{ref}` and `{group}` filled in.

    `then`: what whoever may hears of a thing in that state; `changes`: something is written.
    `refusal`: what whoever may not hears.
    """

    op: Op
    says: str
    doors: tuple[str, ...] = TYPED
    states: tuple[str, ...] = EVERY
    id: Id | None = None
    fields: tuple[tuple[Field, str], ...] = ()
    then: Then | None = None
    changes: bool = True
    refusal: frozenset[Code] = frozenset({Code.NOT_ALLOWED})

    def cells(self) -> Iterator[Cell]:
        for kind in KINDS:
            for state, door in product(self.states, self.doors):
                known = not (state == "ended" and kind.name == "standing in")
                if known and (door == self.doors[0] or state in BRIEF):
                    yield Cell(self, kind, state, door)


CLOSED: Then = dict.fromkeys(("done", "dropped", "own done"), Code.ALREADY_DONE)
OPEN: Then = dict.fromkeys(
    ("open", "started", "blocked", "unowned", "ended", "foreign", "own", "gave"),
    Code.ALREADY_OPEN,
)
NOT_BLOCKED: Then = dict(CLOSED) | dict.fromkeys(
    ("open", "started", "unowned", "ended", "foreign", "own", "gave"), Code.NOT_BLOCKED
)
OWNED: Then = dict(CLOSED) | dict.fromkeys(
    ("open", "started", "blocked", "ended", "foreign", "own", "gave"), Code.CHANGED_MEANWHILE
)
DEADLINE, DECISION = "{deadline}", "{decision}"
REF, GROUP, LEFT, MEETING = "{ref}", "{group}", "{left}", "{meeting}"


def _word(op: Op, line: str, then: Then = CLOSED) -> Row:
    return Row(op, line, then=then)


def _button(op: Op, id_: Id, then: Then = CLOSED, *, do: str = "", opens: bool = False) -> Row:
    extra = {"do": do} if do else {}
    carried = value(REF, **extra)
    return Row(op, carried, ("button",), FEW, id_, then=then, changes=not opens)


def _form(id_: Id, *fields: tuple[Field, str], op: Op = Op.CHANGE_ITEM, then: Then = CLOSED) -> Row:
    return Row(op, value(REF), ("form",), FEW, id_, fields, then)


def _group(op: Op, line: str, *, states: tuple[str, ...] = GROUPS, changes: bool = True) -> Row:
    return Row(op, line, states=states, changes=changes)


def _self(op: Op, line: str, *, changes: bool = True) -> Row:
    return Row(op, line, states=("self",), changes=changes)


def _service(op: Op, *states: str) -> Row:
    return Row(op, "", ("service",), states or GROUPS, changes=False)


ITEM_ROWS = (
    replace(_word(Op.SEE_ITEM, "{ref}", {}), states=ALL, changes=False),
    replace(_word(Op.SEE_ITEM, "history {ref}", {}), changes=False, states=FEW),
    _button(Op.SEE_ITEM, Id.ITEM_DETAILS, {}, opens=True),
    _button(Op.SEE_ITEM, Id.ITEM_MORE, {}, do="history", opens=True),
    _button(Op.SEE_ITEM, Id.ITEM_MORE, {}, do="note", opens=True),
    _word(Op.NOTE_ITEM, "note {ref} waiting for site 3", {}),
    _form(Id.ITEM_NOTED, (Field.NOTE, "waiting"), op=Op.NOTE_ITEM, then={}),
    replace(_word(Op.CHANGE_ITEM, "done {ref} https://example.org"), states=ALL),
    _word(Op.CHANGE_ITEM, "drop {ref} not needed"),
    _word(Op.CHANGE_ITEM, "start {ref}"),
    _word(Op.CHANGE_ITEM, "block {ref} no scans yet"),
    _word(Op.CHANGE_ITEM, "unblock {ref}", NOT_BLOCKED),
    _word(Op.CHANGE_ITEM, f"give {{ref}} <@{SECOND}>"),
    _word(Op.CHANGE_ITEM, "move {ref} 2026-12-18"),
    _word(Op.CHANGE_ITEM, "edit {ref} Draft the other table"),
    _word(Op.CHANGE_ITEM, "reopen {ref}", OPEN),
    _button(Op.CHANGE_ITEM, Id.ITEM_DONE),
    _button(Op.CHANGE_ITEM, Id.ITEM_START),
    replace(_button(Op.CHANGE_ITEM, Id.ITEM_UNBLOCK, NOT_BLOCKED), states=ALL),
    _button(Op.CHANGE_ITEM, Id.ITEM_REOPEN, OPEN),
    _button(Op.CHANGE_ITEM, Id.ITEM_EXTEND, opens=True),
    _button(Op.CHANGE_ITEM, Id.ITEM_SUGGEST, opens=True),
    _button(Op.CHANGE_ITEM, Id.ITEM_BLOCK, opens=True),
    _button(Op.CHANGE_ITEM, Id.ITEM_DROP, opens=True),
    _button(Op.CHANGE_ITEM, Id.ITEM_GIVE, opens=True),
    _button(Op.CHANGE_ITEM, Id.ITEM_MORE, do="done"),
    _button(Op.CHANGE_ITEM, Id.ITEM_MORE, do="start"),
    _button(Op.CHANGE_ITEM, Id.ITEM_MORE, do="edit", opens=True),
    _form(Id.ITEM_EXTENDED, (Field.DUE, "2026-12-18")),
    _form(Id.ITEM_BLOCKED, (Field.REASON, "no scans yet")),
    _form(Id.ITEM_GIVEN, (Field.OWNER, SECOND)),
    _form(Id.ITEM_EDITED, (Field.TEXT, "Draft the other table")),
    _form(Id.ITEM_DROPPED, (Field.REASON, "not needed")),
    _word(Op.ANSWER_ITEM, "accept {ref}"),
    _word(Op.ANSWER_ITEM, "decline {ref} away until March"),
    _button(Op.ANSWER_ITEM, Id.ITEM_ACCEPT),
    _button(Op.ANSWER_ITEM, Id.ITEM_DECLINE, opens=True),
    _form(Id.ITEM_DECLINED, (Field.REASON, "away"), op=Op.ANSWER_ITEM),
    replace(_button(Op.TAKE_ITEM, Id.ITEM_TAKE, OWNED), states=ALL),
    _button(Op.QUIET_ITEM, Id.ITEM_MORE, do="tomorrow"),
    _button(Op.QUIET_ITEM, Id.ITEM_MORE, do="mute"),
    Row(Op.UNDO, "undo", states=("did",), refusal=frozenset({Code.NOT_ALLOWED})),
    Row(Op.UNDO, value(request="did:{user}"), ("button",), ("did",), Id.ITEM_UNDO),
    Row(
        Op.UNDO,
        value(request=f"did:{KEEPER}"),
        ("button",),
        ("foreign",),
        Id.ITEM_UNDO,
        refusal=frozenset({Code.NOTHING_TO_UNDO}),
    ),
)
ADD_ROWS = (
    _group(Op.ADD_ITEM, "add Draft it for {group}"),
    Row(Op.ADD_ITEM, "Draft it for {group}", ("capture",), GROUPS),
    Row(Op.ADD_ITEM, "Draft it", ("capture",), GROUPS),
    Row(
        Op.ADD_ITEM, "{}", ("form",), GROUPS, Id.ITEM_ADD,
        ((Field.TEXT, "Draft it"), (Field.GROUP, GROUP)),
    ),
    Row(
        Op.ADD_ITEM, value(group=GROUP), ("button", "shortcut"), ("anywhere",), Id.ITEM_NEW,
        changes=False,
    ),
    Row(Op.ADD_ITEM, "{}", ("button",), ("anywhere",), Id.ITEM_AGAIN, changes=False),
    Row(Op.ADD_ITEM, "{}", ("shortcut",), ("anywhere",), Id.ITEM_FROM_MESSAGE, changes=False),
)  # fmt: skip
SHAPE_ROWS = (
    _group(Op.SEE_GROUP, "list done {group}", changes=False),
    _group(Op.SEE_GROUP, "members {group}", changes=False),
    Row(
        Op.SEE_GROUP, value(group=GROUP, show="done"), ("button",), GROUPS, Id.ITEM_PAGE,
        changes=False,
    ),
    Row(
        Op.SEE_GROUP, value(group=GROUP, show="overdue"), ("button",), GROUPS, Id.ITEM_SHOW,
        changes=False,
    ),
    _group(Op.SEE_HEALTH, "health", states=("home",), changes=False),
    Row(Op.LINK_GROUP, "link {group}", ("command", "mention"), GROUPS),
    Row(Op.LINK_GROUP, "unlink", ("command", "mention"), GROUPS),
    Row(Op.LINK_GROUP, value(group=GROUP, channel=FREE), ("button",), GROUPS, Id.GROUP_PICK),
    _group(Op.NAME_ROLE, f"role <@{SECOND}> cochair in {{group}}"),
    _group(Op.NAME_ROLE, f"remove <@{SECOND}> from {{group}}"),
    _group(Op.NAME_PROGRAMME_ROLE, f"role <@{SECOND}> steering", states=("home",)),
    _group(Op.NAME_PROGRAMME_ROLE, f"remove <@{STEERS}> from all", states=("home",)),
    _group(Op.SHAPE_GROUPS, "setup", states=("home",), changes=False),
    _group(Op.SHAPE_GROUPS, "group add imaging IM Imaging", states=("home",)),
    _group(Op.SHAPE_GROUPS, "group rename {group} Another name"),
    _group(Op.SHAPE_GROUPS, "group close {group}"),
    _group(Op.SHAPE_GROUPS, "group merge {group} into targets", states=("foreign",)),
    Row(Op.SHAPE_GROUPS, "{}", ("button",), ("home",), Id.SETUP_OPEN, changes=False),
    Row(
        Op.SHAPE_GROUPS, "{}", ("form",), ("home",), Id.SETUP_FORM,
        ((Field.GROUPS, "imaging IM Imaging"), (Field.ZONE, "Europe/London")),
    ),
)  # fmt: skip
PEOPLE_ROWS = (
    _word(Op.QUIET_ITEM, "mute {ref}"),
    replace(_word(Op.QUIET_ITEM, "unmute {ref}", {}), states=FEW, changes=False),
    _group(Op.SET_GROUP, "settings {group}", changes=False),
    Row(
        Op.SET_GROUP, value(group=GROUP), ("button",), GROUPS, Id.GROUP_SETTINGS_OPEN,
        changes=False,
    ),
    Row(
        Op.SET_GROUP, value(group=GROUP), ("form",), GROUPS, Id.GROUP_SETTINGS_FORM,
        (
            (Field.ZONE, "Europe/Rome"), (Field.DUE_DAYS, "9"), (Field.BEFORE, "7 2"),
            (Field.AFTER, "1 7"), (Field.DECIDE_AFTER, "3"), (Field.CHAIR_AFTER, "10"),
            (Field.COORDINATOR_AFTER, "15"), (Field.DIGEST_DAY, "0"),
            (Field.DIGEST_AT, "08:00"), (Field.CAPTURE, "on"),
        ),
    ),
    _group(Op.HAND_OVER, "handover in {group}", changes=False),
    Row(Op.HAND_OVER, value(LEFT), ("button",), GROUPS, Id.HANDOVER_OPEN, changes=False),
    Row(Op.HAND_OVER, value(LEFT), ("button",), GROUPS, Id.HANDOVER_DETAILS, changes=False),
    Row(Op.HAND_OVER, value(LEFT), ("button",), GROUPS, Id.HANDOVER_BACK),
    Row(
        Op.HAND_OVER, value(LEFT), ("form",), GROUPS, Id.HANDOVER_TRY, ((Field.OWNER, SECOND),),
        changes=False,
    ),
    Row(
        Op.HAND_OVER, value(LEFT, plan=f"*={SECOND}"), ("form",), GROUPS, Id.HANDOVER_DO,
    ),
    _group(Op.SEE_MEETING, "meeting {meeting}", changes=False),
    _group(Op.SEE_MEETING, "{meeting}", changes=False),
    _group(Op.SEE_GROUP, "status {group}", changes=False),
    _group(Op.SEE_GROUP, "status {group} as markdown", changes=False),
    Row(Op.SEE_GROUP, value(group=GROUP), ("button",), GROUPS, Id.STATUS_FILE, changes=False),
    Row(
        Op.POST_STATUS, value(group=GROUP), ("button",), GROUPS, Id.STATUS_POST,
        then=dict.fromkeys(GROUPS, Code.BOT_ABSENT), changes=False,
    ),
    _group(Op.PLAN_MEETING, "meeting plan Call 2027-02-04 15:00 with {group}"),
    _group(Op.CHANGE_MEETING, "meeting move {meeting} 2027-02-04 15:00"),
    _group(Op.CHANGE_MEETING, "meeting cancel {meeting} no quorum"),
    _group(Op.SEE_MEETING, "meeting list {group}", changes=False),
    _group(Op.SEE_MEETING, "meeting next {group}", changes=False),
    _self(Op.SEE_SELF, "me", changes=False),
    _self(Op.SEE_SELF, "preview", changes=False),
    replace(_word(Op.SEE_ITEM, "why {ref}", {}), changes=False, states=FEW),
    Row(Op.SEE_SELF, "{}", ("button",), ("self",), Id.SETTINGS_OPEN, changes=False),
    Row(
        Op.CHANGE_SELF, "{}", ("form",), ("self",), Id.SETTINGS_FORM,
        (
            (Field.ZONE, "Europe/Rome"), (Field.START, "09:00"), (Field.END, "17:00"),
            (Field.DAYS, "0"),
        ),
    ),
    _self(Op.CHANGE_SELF, "zone Calgary"),
    _self(Op.CHANGE_SELF, "hours 09:00-17:00 Mon-Thu"),
    _self(Op.CHANGE_SELF, "away until 2026-12-20"),
    Row(Op.CHANGE_SELF, "{}", ("button",), ("self",), Id.WELCOME_YES),
    _self(Op.EXPORT_SELF, "me export"),
    _self(Op.ASK_ERASING, "me erase"),
    _group(Op.ERASE_PERSON, f"erase <@{SECOND}>", states=("home",)),
    Row(Op.ERASE_PERSON, value(user=SECOND), ("button",), ("home",), Id.PERSON_ERASE),
    _service(Op.SET_GROUP),
    _service(Op.POST_STATUS),
    _service(Op.HAND_OVER),
    _group(Op.SEE_DIGEST, "digest {group}", changes=False),
    _group(Op.SEE_DIGEST, "digest now {group}"),
    _group(Op.SEE_DIGEST, "digest off {group}"),
    _service(Op.SEE_MEETING),
    _service(Op.SEE_SELF, "self", "somebody"),
    _service(Op.CHANGE_SELF, "self", "somebody"),
    _service(Op.EXPORT_SELF, "self", "somebody"),
    _service(Op.ASK_ERASING, "self", "somebody"),
    _service(Op.ERASE_PERSON, "somebody"),
)  # fmt: skip
DECISION_ROWS = (
    _group(Op.SEE_DECISION, "decisions {group}", changes=False),
    _group(Op.SEE_DECISION, DECISION, changes=False),
    _group(Op.ADD_DECISION, "decide One template for {group}"),
    Row(Op.ADD_DECISION, "DECISION: One template for {group}", ("capture",), GROUPS),
    _group(Op.SEE_DECISION, f"why {DECISION}", changes=False),
    _group(Op.OBJECT, f"object {DECISION} it is too long"),
    Row(Op.OBJECT, value(DECISION), ("button",), GROUPS, Id.DECISION_OBJECT, changes=False),
    Row(
        Op.OBJECT, value(DECISION), ("form",), GROUPS, Id.DECISION_OBJECTED,
        ((Field.REASON, "Too long"),),
    ),
    _group(Op.SETTLE_DECISION, f"adopt {DECISION}"),
    _group(Op.SETTLE_DECISION, f"window {DECISION} by 2026-12-18"),
    _group(Op.WITHDRAW_DECISION, f"withdraw {DECISION}"),
)  # fmt: skip
NAVIGATION = frozenset({Id.ITEM_MINE})
"""Buttons that show their presser's own only, and so ask for no right."""
ROWS = (*ITEM_ROWS, *ADD_ROWS, *SHAPE_ROWS, *PEOPLE_ROWS, *DECISION_ROWS)
