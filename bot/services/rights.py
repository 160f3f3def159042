"""What may be done, and by whom: the one table, deny by default.

It is domain.md 3 as data: role in the group or programme, or relation to the thing.
"""

from enum import StrEnum

from bot.domain.model import Role
from bot.domain.objections import VOTING


class Op(StrEnum):
    SEE_ITEM = "see item"
    ADD_ITEM = "add item"
    NOTE_ITEM = "note item"
    CHANGE_ITEM = "change item"
    """Done, reopen, drop, start, block, unblock, move, edit, give."""
    ANSWER_ITEM = "answer item"
    TAKE_ITEM = "take item"
    QUIET_ITEM = "quiet item"
    UNDO = "undo"
    SEE_GROUP = "see group"
    POST_STATUS = "post status"
    """In the group's channel; that of several groups in one of all."""
    SEE_DIGEST = "see digest"
    """And choose when one wants it; over all groups: that of the programme."""
    SEE_HEALTH = "see health"
    LINK_GROUP = "link group"
    NAME_ROLE = "name role"
    NAME_PROGRAMME_ROLE = "name programme role"
    SHAPE_GROUPS = "shape groups"
    """Set up, add, rename, close, merge."""
    SET_GROUP = "set group"
    """A group's own defaults: zone, days, reminders, capture."""
    HAND_OVER = "hand over"
    """What somebody left behind in the group."""
    SEE_MEETING = "see meeting"
    PLAN_MEETING = "plan meeting"
    CHANGE_MEETING = "change meeting"
    """Move, cancel: one or the rest of its series."""
    PREPARE_MEETING = "prepare meeting"
    """Tick what others owe for it, add to its checklist, skip."""
    PROPOSE_TOPIC = "propose topic"
    ARRANGE_AGENDA = "arrange agenda"
    """Order, drop what others proposed, draft, post, take late papers."""
    ANSWER_MEETING = "answer meeting"
    INVITE_GUEST = "invite guest"
    HOLD_MEETING = "hold meeting"
    """Start, end, name who takes notes."""
    TAKE_NOTES = "take notes"
    """In the meeting's thread."""
    COMMENT_MINUTES = "comment minutes"
    """Correct them, object to them, while comments are open."""
    ACCEPT_MINUTES = "accept minutes"
    SEE_NEEDS = "see needs"
    """What people need to take part: access, diet."""
    ANNOUNCE = "announce"
    SEE_DEADLINE = "see deadline"
    ADD_DEADLINE = "add deadline"
    QUIET_DEADLINE = "quiet deadline"
    CHANGE_DEADLINE = "change deadline"
    """Move, met, drop, stage, needs, edit, give."""
    SEE_DECISION = "see decision"
    ADD_DECISION = "add decision"
    OBJECT = "object"
    SETTLE_DECISION = "settle decision"
    """Adopt after an objection, a new window, withdraw what is adopted."""
    WITHDRAW_DECISION = "withdraw decision"
    """While it is proposed or objected to."""
    SEE_SELF = "see self"
    CHANGE_SELF = "change self"
    """Zone, hours, days, country, absence, declaration."""
    EXPORT_SELF = "export self"
    ASK_ERASING = "ask erasing"
    ERASE_PERSON = "erase person"


class Standing(StrEnum):
    """What a person is to the thing asked about, beside their roles."""

    OWNER = "owner"
    GIVER = "giver"
    DOER = "doer"
    """Who changed it last."""
    SELF = "self"
    """The person asked about is the one who asks."""
    NOTE_TAKER = "note-taker"


MEMBERS: frozenset[Role | Standing] = frozenset(
    {Role.CHAIR, Role.COCHAIR, Role.MEMBER, Role.PARTNER, Role.OBSERVER}
)
_CHANGERS: frozenset[Role | Standing] = frozenset(
    {Standing.OWNER, Standing.GIVER, Role.CHAIR, Role.COORDINATOR}
)

RIGHTS: dict[Op, frozenset[Role | Standing]] = {
    Op.SEE_ITEM: MEMBERS | {Role.COORDINATOR, Role.STEERING, Standing.OWNER, Standing.GIVER},
    Op.ADD_ITEM: MEMBERS | {Role.COORDINATOR},
    Op.NOTE_ITEM: MEMBERS | {Role.COORDINATOR, Standing.OWNER, Standing.GIVER},
    Op.CHANGE_ITEM: _CHANGERS,
    Op.ANSWER_ITEM: frozenset({Standing.OWNER}),
    Op.TAKE_ITEM: MEMBERS | {Role.COORDINATOR},
    Op.QUIET_ITEM: frozenset({Standing.OWNER}),
    Op.UNDO: frozenset({Standing.DOER}),
    Op.SEE_GROUP: MEMBERS | {Role.COORDINATOR, Role.STEERING},
    Op.POST_STATUS: MEMBERS | {Role.COORDINATOR},
    Op.SEE_DIGEST: frozenset({Role.CHAIR, Role.COORDINATOR}),
    Op.SEE_HEALTH: frozenset({Role.COORDINATOR}),
    Op.LINK_GROUP: frozenset({Role.CHAIR, Role.COORDINATOR}),
    Op.NAME_ROLE: frozenset({Role.CHAIR, Role.COORDINATOR}),
    Op.NAME_PROGRAMME_ROLE: frozenset({Role.COORDINATOR}),
    Op.SHAPE_GROUPS: frozenset({Role.COORDINATOR}),
    Op.SET_GROUP: frozenset({Role.CHAIR, Role.COORDINATOR}),
    Op.HAND_OVER: frozenset({Role.CHAIR, Role.COORDINATOR}),
    Op.SEE_MEETING: MEMBERS | {Role.GUEST, Role.COORDINATOR, Role.STEERING},
    Op.PLAN_MEETING: frozenset({Role.CHAIR, Role.COORDINATOR}),
    Op.CHANGE_MEETING: frozenset({Role.CHAIR, Role.COORDINATOR}),
    Op.PREPARE_MEETING: frozenset({Role.CHAIR, Role.COORDINATOR}),
    Op.PROPOSE_TOPIC: MEMBERS | {Role.COORDINATOR},
    Op.ARRANGE_AGENDA: frozenset({Role.CHAIR, Role.COORDINATOR}),
    Op.ANSWER_MEETING: MEMBERS | {Role.GUEST, Role.COORDINATOR, Role.STEERING},
    Op.INVITE_GUEST: frozenset({Role.CHAIR, Role.COORDINATOR}),
    Op.HOLD_MEETING: frozenset({Role.CHAIR, Role.COCHAIR, Role.COORDINATOR, Standing.NOTE_TAKER}),
    Op.TAKE_NOTES: MEMBERS | {Role.GUEST, Role.COORDINATOR},
    Op.COMMENT_MINUTES: MEMBERS | {Role.COORDINATOR},
    Op.ACCEPT_MINUTES: frozenset({Role.CHAIR, Role.COORDINATOR}),
    Op.SEE_NEEDS: frozenset({Role.COORDINATOR}),
    Op.ANNOUNCE: frozenset({Role.COORDINATOR}),
    Op.SEE_DEADLINE: MEMBERS | {Role.COORDINATOR, Role.STEERING, Standing.OWNER, Standing.GIVER},
    Op.ADD_DEADLINE: MEMBERS | {Role.COORDINATOR},
    Op.CHANGE_DEADLINE: _CHANGERS,
    Op.QUIET_DEADLINE: frozenset({Standing.OWNER, Role.CHAIR, Role.COORDINATOR}),
    Op.SEE_DECISION: MEMBERS | {Role.COORDINATOR, Role.STEERING},
    Op.ADD_DECISION: MEMBERS | {Role.COORDINATOR},
    Op.OBJECT: frozenset[Role | Standing](VOTING),
    Op.SETTLE_DECISION: frozenset({Role.CHAIR, Role.COORDINATOR}),
    Op.WITHDRAW_DECISION: frozenset({Standing.GIVER, Role.CHAIR, Role.COORDINATOR}),
    Op.SEE_SELF: frozenset({Standing.SELF}),
    Op.CHANGE_SELF: frozenset({Standing.SELF}),
    Op.EXPORT_SELF: frozenset({Standing.SELF}),
    Op.ASK_ERASING: frozenset({Standing.SELF}),
    Op.ERASE_PERSON: frozenset({Role.COORDINATOR}),
}
