"""Every operation on meetings by every door; a tuple for each noun."""

from bot.services.access import Op
from bot.views.blocks import Id, value
from tests.services.rights_cells import GROUPS, MEETING, Row

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
MEETING_ROWS = (
    *(Row(op, "", ("service",), GROUPS, changes=False) for op in MEETING_OPS),
    *CALENDAR_ROWS,
)
