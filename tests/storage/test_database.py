import asyncio
import contextvars
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event
from time import monotonic

import pytest
from sqlalchemy.exc import DBAPIError

from bot.domain.model import Programme, TeamId
from bot.errors import Busy, SetupError
from bot.storage.database import Database, Store
from bot.storage.engine import open_engine, open_url
from tests.conftest import TEAM
from tests.storage.samples import MODELS, NOON, TARGETS


def mark(store: Store) -> None:
    store.marks.set("plan", NOON)


def is_marked(db: Database) -> bool:
    return db.read_now(lambda store: store.marks.get("plan")) is not None


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Another connection holds what every writer of marks needs."""
    engine = open_engine(url)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("LOCK TABLE marks IN EXCLUSIVE MODE")
        yield
    engine.dispose()


async def test_what_work_returns_comes_back_and_what_it_did_is_saved(db: Database) -> None:
    def work(store: Store) -> int:
        mark(store)
        return 7

    assert await db.write(work) == 7
    assert await db.read(lambda store: store.marks.get("plan")) is not None


async def test_nothing_is_saved_of_work_that_raises(db: Database) -> None:
    def work(store: Store) -> float:
        mark(store)
        return 1 / 0

    with pytest.raises(ZeroDivisionError):
        await db.write(work)
    assert not is_marked(db)


def test_a_refusal_in_a_savepoint_undoes_only_what_is_inside(db: Database) -> None:
    def work(store: Store) -> None:
        store.groups.save(MODELS)
        with suppress(ZeroDivisionError), store.savepoint():
            store.groups.save(TARGETS)
            raise ZeroDivisionError
        mark(store)

    db.write_now(work)
    assert db.read_now(lambda store: store.groups.all()) == (MODELS,)
    assert is_marked(db)


async def test_a_reader_cannot_write(db: Database) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        await db.read(mark)
    assert not is_marked(db)
    await db.write(mark)
    assert is_marked(db)


async def test_a_lock_held_by_another_means_busy_in_time_and_nothing_saved(
    db: Database, url: str
) -> None:
    with locked(url):
        began = monotonic()
        with pytest.raises(Busy):
            await db.write(mark, wait=0.3)
        assert monotonic() - began < 1.5
    assert not is_marked(db)
    await db.write(mark)
    assert is_marked(db)


async def test_reading_goes_on_while_another_holds_the_lock(db: Database, url: str) -> None:
    with locked(url):
        assert await db.read(lambda store: store.marks.get("plan"), wait=1) is None


async def test_work_that_ends_too_late_is_rolled_back(db: Database) -> None:
    late = Event()

    def work(store: Store) -> None:
        mark(store)
        late.wait(0.3)

    with pytest.raises(Busy):
        await db.write(work, wait=0.1)
    assert not is_marked(db)


async def test_waiting_in_the_queue_counts_and_what_never_began_never_runs(db: Database) -> None:
    """Four, as many as the fixture's pool has threads for PostgreSQL."""
    go, ran = Event(), []

    def slow(store: Store) -> None:
        go.wait(10)

    busy = [asyncio.create_task(db.write(slow, wait=20)) for _ in range(4)]
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await db.write(lambda store: ran.append(1), wait=0.1)
    go.set()
    await asyncio.gather(*busy)
    await db.write(mark)
    assert not ran


async def test_once_committed_a_cancelled_caller_hears_so(db: Database) -> None:
    began, go = Event(), Event()

    def work(store: Store) -> str:
        began.set()
        go.wait(10)
        mark(store)
        return "saved"

    task = asyncio.create_task(db.write(work, wait=20))
    await asyncio.to_thread(began.wait, 10)
    task.cancel()
    await asyncio.sleep(0)
    go.set()
    assert await task == "saved"
    assert is_marked(db)


async def test_cancelled_in_the_queue_it_never_runs(db: Database) -> None:
    go = Event()

    def slow(store: Store) -> None:
        go.wait(10)

    busy = [asyncio.create_task(db.write(slow, wait=20)) for _ in range(4)]
    await asyncio.sleep(0)
    task = asyncio.create_task(db.write(mark, wait=20))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go.set()
    await asyncio.gather(*busy)
    assert not is_marked(db)


async def test_the_loop_stays_free_while_a_slow_transaction_runs(db: Database) -> None:
    done = Event()
    task = asyncio.create_task(db.write(lambda store: done.wait(10), wait=20))
    longest, turns = 0.0, 0
    before = end = monotonic()
    while turns < 200:
        await asyncio.sleep(0)
        now = monotonic()
        longest, before, turns = max(longest, now - before), now, turns + 1
    assert not task.done()
    done.set()
    await task
    # A loop that waited for the transaction would have stood still until it gave up, 10 s later.
    assert longest < 1
    assert before - end < 5


async def test_the_context_of_the_caller_is_known_to_its_work(db: Database) -> None:
    request: contextvars.ContextVar[str] = contextvars.ContextVar("request")
    request.set("EM-2")
    assert await db.write(lambda store: request.get()) == "EM-2"
    assert await db.read(lambda store: request.get()) == "EM-2"


async def test_a_work_does_not_run_on_the_loops_thread(db: Database) -> None:
    def on_loop(store: Store) -> bool:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return False
        return True

    assert not await db.write(on_loop)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "cannot be read"),
        ("sqlite+aiosqlite:///data/a.db", "drop “+aiosqlite”"),
        ("postgresql+asyncpg://host/a", "drop “+asyncpg”"),
        ("mysql://host/a", "use sqlite or postgresql"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
    ],
)
def test_an_url_that_cannot_be_used_is_refused_with_its_remedy(url: str, said: str) -> None:
    with pytest.raises(SetupError, match=said.replace("+", r"\+")) as refusal:
        Database(url)
    assert len(refusal.value.problems) == 1


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_gets_its_driver(scheme: str) -> None:
    opened = open_url(f"{scheme}://me:secret@host/a")
    assert opened.render_as_string(hide_password=False) == ("postgresql+psycopg://me:secret@host/a")
    assert "secret" not in str(opened)


def test_emptying_forgets_the_team_and_nothing_else(db: Database) -> None:
    def fill(store: Store) -> None:
        store.groups.save_programme(Programme("Ours", "UTC"))
        store.marks.set("plan", NOON)
        store.marks.set("world", NOON, "sandbox")

    db.write_now(fill)
    db.bind(TeamId("T0OTHER"))
    db.write_now(lambda store: store.groups.save_programme(Programme("Theirs", "UTC")))
    db.bind(TEAM)
    db.write_now(lambda store: store.empty())
    assert db.read_now(lambda store: store.groups.programme()) is None
    assert db.read_now(lambda store: store.marks.get("plan")) is None
    assert db.read_now(lambda store: store.marks.get("world")) is not None
    db.bind(TeamId("T0OTHER"))
    assert db.read_now(lambda store: store.groups.programme()) is not None
