"""Who was told before that something stays overdue."""

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.model import UserId
from bot.domain.notices import ESCALATE, step_of
from bot.domain.outbox import Sent, State
from bot.storage.database import Store
from bot.views.escalations import Told


def said_of(store: Store, subjects: Iterable[str]) -> Mapping[str, Sequence[Sent]]:
    """What was said of each of them, in that order."""
    found: dict[str, list[Sent]] = {}
    for row in store.outbox.about_any(subjects, frozenset({ESCALATE})):
        found.setdefault(row.out.subject, []).append(row)
    return found


def told_before(rows: Iterable[Sent], to: UserId, step: str) -> Told:
    """Others than `to` at other steps than this one, and when each was last."""
    before = (row for row in rows if row.out.lane != to and step_of(row.out.key) != step)
    said = (row for row in before if row.state in (State.SENT, State.MERGED))
    return tuple({UserId(r.out.lane): r.last_sent or r.out.at for r in said}.items())
