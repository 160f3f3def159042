"""One transaction at a time, in one hop to a thread: `await db.write(work)`."""

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, delete

from bot.domain.model import TeamId
from bot.errors import Busy
from bot.storage.agendas import Agendas
from bot.storage.announcements import Announcements
from bot.storage.audit import Audit
from bot.storage.deadlines import Deadlines
from bot.storage.decisions import Decisions
from bot.storage.departures import Departures
from bot.storage.digests import Digests
from bot.storage.engine import WAIT, is_busy, open_engine, scrub
from bot.storage.feeds import Feeds
from bot.storage.groups import Groups
from bot.storage.inbox import Inbox
from bot.storage.items import Items
from bot.storage.marks import Marks
from bot.storage.meeting_days import MeetingDays
from bot.storage.meetings import Meetings
from bot.storage.minutes import MinutesStore
from bot.storage.outbox import Outbox
from bot.storage.privacy import Privacy
from bot.storage.proceedings import Proceedings
from bot.storage.retention import Retention
from bot.storage.rows import Table
from bot.storage.series import SeriesStore
from bot.storage.taking_part import AccessNeedsStore, StepOuts, Travels
from bot.storage.templates import Templates

T = TypeVar("T")

READERS = 2
UNHURRIED = 30.0
"""Seconds to wait where no person waits for an acknowledgement."""


@dataclass(frozen=True, slots=True)
class Store:
    """Everything kept of one team, inside one transaction."""

    team: TeamId
    items: Items
    groups: Groups
    deadlines: Deadlines
    decisions: Decisions
    departures: Departures
    digests: Digests
    feeds: Feeds
    agendas: Agendas
    templates: Templates
    meetings: Meetings
    minutes: MinutesStore
    series: SeriesStore
    outbox: Outbox
    inbox: Inbox
    audit: Audit
    marks: Marks
    proceedings: Proceedings
    privacy: Privacy
    retention: Retention
    meeting_days: MeetingDays
    access_needs: AccessNeedsStore
    travels: Travels
    step_outs: StepOuts
    announcements: Announcements
    _session: Session

    def savepoint(self) -> AbstractContextManager[object]:
        """What raises inside is undone back to here; the transaction goes on if it is caught."""
        return self._session.begin_nested()

    def empty(self) -> None:
        """Forget everything of this team; what marks the database as ours stays."""
        for table in reversed(Table.metadata.sorted_tables):
            self._session.exec(delete(table).where(table.c.team_id == self.team))


class Database:
    """SQLite: one writer thread, two readers. PostgreSQL: `pool` threads."""

    def __init__(self, url: str, *, pool: int = 8) -> None:
        self._team = TeamId("")
        self._engine = open_engine(url, pool=pool)
        self._writers = self._readers = ThreadPoolExecutor(pool, "database")
        self._read_engine: Engine = self._engine.execution_options(postgresql_readonly=True)
        if self._engine.dialect.name == "sqlite":
            self._writers = ThreadPoolExecutor(1, "writer")
            self._readers = ThreadPoolExecutor(READERS, "reader")
            self._read_engine = open_engine(url, pool=READERS, readonly=True)

    @property
    def team(self) -> TeamId:
        """Whose rows are read and written. Before `bind`: nobody's; only marks make sense then."""
        return self._team

    def bind(self, team: TeamId) -> None:
        self._team = team

    async def write(self, work: Callable[[Store], T], *, wait: float = 2.0) -> T:
        """Commit what `work` did, unless it raises.

        Raises Busy when queue, lock and work took more than `wait` seconds: nothing is saved then.
        Once committed the caller hears so, even when it was cancelled meanwhile.
        """
        return await _hop(self._writers, lambda end: self._write(work, end), wait)

    async def read(self, work: Callable[[Store], T], *, wait: float = 2.0) -> T:
        """Like `write`, on a reader that cannot write."""
        return await _hop(self._readers, lambda end: self._read(work, end), wait)

    def write_now(self, work: Callable[[Store], T], *, wait: float = UNHURRIED) -> T:
        return self._write(work, monotonic() + wait)

    def read_now(self, work: Callable[[Store], T], *, wait: float = UNHURRIED) -> T:
        return self._read(work, monotonic() + wait)

    async def scrub(self, *, wait: float = 2.0) -> None:
        """Overwrite what was deleted, also in the files beside the database. Raises Busy."""
        await _hop(self._writers, lambda _: scrub(self._engine, int(wait * 1000)), UNHURRIED)

    async def close(self) -> None:
        await asyncio.to_thread(self.close_now)

    def close_now(self) -> None:
        """Wait for what is running, then let go of the database."""
        for threads in (self._writers, self._readers):
            threads.shutdown()
        for engine in (self._engine, self._read_engine):
            engine.dispose()

    def _write(self, work: Callable[[Store], T], end: float) -> T:
        with Session(self._engine, expire_on_commit=False) as session:
            result = self._work(session, work, end)
            _left(end)
            session.commit()
        return result

    def _read(self, work: Callable[[Store], T], end: float) -> T:
        with Session(self._read_engine, expire_on_commit=False) as session:
            return self._work(session, work, end)

    def _work(self, session: Session, work: Callable[[Store], T], end: float) -> T:
        try:
            session.connection(execution_options={WAIT: _left(end)})
            return work(self._store(session))
        except SQLAlchemyError as error:
            if is_busy(error):
                raise Busy("The database did not answer in time; nothing was saved.") from error
            raise

    def _store(self, session: Session) -> Store:
        team = self._team
        return Store(
            team=team,
            items=Items(session, team),
            groups=Groups(session, team),
            deadlines=Deadlines(session, team),
            decisions=Decisions(session, team),
            departures=Departures(session, team),
            digests=Digests(session, team),
            feeds=Feeds(session, team),
            agendas=Agendas(session, team),
            templates=Templates(session, team),
            meetings=Meetings(session, team),
            minutes=MinutesStore(session, team),
            series=SeriesStore(session, team),
            outbox=Outbox(session, team),
            inbox=Inbox(session, team),
            audit=Audit(session, team),
            marks=Marks(session, team),
            proceedings=Proceedings(session, team),
            privacy=Privacy(session, team),
            retention=Retention(session, team),
            meeting_days=MeetingDays(session, team),
            access_needs=AccessNeedsStore(session, team),
            travels=Travels(session, team),
            step_outs=StepOuts(session, team),
            announcements=Announcements(session, team),
            _session=session,
        )


def _left(end: float) -> int:
    """Milliseconds until the end of waiting; raises Busy when there are none."""
    left = int((end - monotonic()) * 1000)
    if left <= 0:
        raise Busy("The database did not answer in time; nothing was saved.")
    return left


async def _hop(threads: ThreadPoolExecutor, run: Callable[[float], T], wait: float) -> T:
    """Run in a thread; what has begun is waited for, for it looks at its end before COMMIT."""
    job: Future[T] = threads.submit(contextvars.copy_context().run, run, monotonic() + wait)
    running = asyncio.wrap_future(job)
    cancelled: asyncio.CancelledError | None = None
    try:
        await asyncio.wait({running}, timeout=wait)
    except asyncio.CancelledError as error:
        if job.cancel():
            raise
        cancelled = error
    if job.cancel():
        raise Busy("The database was not free in time; nothing was saved.")
    while not running.done():
        try:
            await asyncio.wait({running})
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        if running.exception() is not None:
            raise cancelled
        _cancel_soon()
    return running.result()


def _cancel_soon() -> None:
    """Put off until the caller has heard, not lost: else a Ctrl-C just then would end nothing."""
    task = asyncio.current_task()
    if task is not None:
        task.uncancel()
        asyncio.get_running_loop().call_soon(task.cancel)
