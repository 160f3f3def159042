"""Every operation on meetings by every door; a tuple for each noun."""

from bot.services.access import Op
from tests.services.rights_cells import GROUPS, Row

MEETING_OPS = (
    Op.PREPARE_MEETING, Op.PROPOSE_TOPIC, Op.ARRANGE_AGENDA, Op.ANSWER_MEETING, Op.INVITE_GUEST,
    Op.HOLD_MEETING, Op.TAKE_NOTES, Op.COMMENT_MINUTES, Op.ACCEPT_MINUTES, Op.SEE_NEEDS,
    Op.ANNOUNCE,
)  # fmt: skip
MEETING_ROWS = tuple(Row(op, "", ("service",), GROUPS, changes=False) for op in MEETING_OPS)
