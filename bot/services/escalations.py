"""Who was told before that something stays overdue."""

from bot.domain.model import UserId
from bot.domain.notices import ESCALATE
from bot.domain.outbox import State
from bot.storage.database import Store
from bot.views.escalations import Told


def told_before(store: Store, subject: str, to: UserId) -> Told:
    """Others than `to`, and when each was last."""
    rows = (row for row in store.outbox.about(subject) if row.out.kind == ESCALATE)
    said = (r for r in rows if r.out.lane != to and r.state in (State.SENT, State.MERGED))
    return tuple({UserId(r.out.lane): r.last_sent or r.out.at for r in said}.items())
