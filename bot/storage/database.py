"""One transaction at a time, in one hop to a thread: `await db.write(work)`."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TypeVar

from sqlmodel import Session

from bot.domain.model import TeamId
from bot.storage.audit import Audit
from bot.storage.groups import Groups
from bot.storage.inbox import Inbox
from bot.storage.items import Items
from bot.storage.marks import Marks
from bot.storage.outbox import Outbox

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Store:
    """Everything kept of one team, inside one transaction."""

    team: TeamId
    items: Items
    groups: Groups
    outbox: Outbox
    inbox: Inbox
    audit: Audit
    marks: Marks
    _session: Session

    def savepoint(self) -> AbstractContextManager[object]:
        """What raises inside is undone back to here; the transaction goes on if it is caught."""
        return self._session.begin_nested()


class Database:
    """SQLite: one writer thread, two readers. PostgreSQL: `pool` threads."""

    def __init__(self, url: str, *, pool: int = 8) -> None: ...

    @property
    def team(self) -> TeamId:
        """Whose rows are read and written; `bind` says so."""
        raise NotImplementedError

    def bind(self, team: TeamId) -> None:
        raise NotImplementedError

    async def write(self, work: Callable[[Store], T], *, wait: float = 2.0) -> T:
        """Commit what `work` did, unless it raises.

        Raises Busy when queue, lock and work took longer than `wait` seconds; nothing is saved then.
        Once committed the caller hears so, even when it was cancelled meanwhile.
        """
        raise NotImplementedError

    async def read(self, work: Callable[[Store], T], *, wait: float = 2.0) -> T:
        """Like `write`, on a reader that cannot write."""
        raise NotImplementedError

    def write_now(self, work: Callable[[Store], T], *, wait: float = 2.0) -> T:
        raise NotImplementedError

    def read_now(self, work: Callable[[Store], T], *, wait: float = 2.0) -> T:
        raise NotImplementedError

    async def close(self) -> None:
        raise NotImplementedError
