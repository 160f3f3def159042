"""Who was told before that something stays overdue."""

from bot.domain.model import UserId
from bot.domain.notices import ESCALATE, step_of
from bot.domain.outbox import State
from bot.storage.database import Store
from bot.views.escalations import Told


def told_before(store: Store, subject: str, to: UserId, step: str) -> Told:
    """Others than `to` at other steps than this one, and when each was last."""
    rows = (row for row in store.outbox.about(subject) if row.out.kind == ESCALATE)
    before = (row for row in rows if row.out.lane != to and step_of(row.out.key) != step)
    said = (row for row in before if row.state in (State.SENT, State.MERGED))
    return tuple({UserId(r.out.lane): r.last_sent or r.out.at for r in said}.items())
