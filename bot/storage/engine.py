"""How the two databases are opened, and how each says that it is busy."""

import sqlite3
from importlib.util import find_spec

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolEmpty

from bot.errors import Busy, SetupError

WAIT = "wait_ms"
"""The connection's execution option: how long a lock may be waited for."""

DRIVERS = {
    "sqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
POSTGRES_OPTIONS = (
    "-c timezone=UTC -c statement_timeout=15000 -c lock_timeout=5000"
    " -c idle_in_transaction_session_timeout=10000"
)
BUSY_STATES = {
    "55P03",  # lock_not_available
    "40P01",  # deadlock_detected
    "40001",  # serialization_failure
    "57014",  # query_canceled: statement_timeout
}


def open_url(url: str) -> URL:
    """The URL with the driver we use; raises SetupError for one that cannot be used."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise SetupError(
            "DATABASE_URL cannot be read; write sqlite:///data/concerted.db"
            " or postgresql://user:password@host/database."
        ) from None
    family, _, driver = parsed.drivername.partition("+")
    if parsed.drivername not in DRIVERS:
        drop = f"drop “+{driver}”" if family in DRIVERS else "use sqlite or postgresql"
        raise SetupError(f"DATABASE_URL begins with {parsed.drivername}: {drop}.")
    if family == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise SetupError("DATABASE_URL names no file; write sqlite:///data/concerted.db.")
    if family != "sqlite" and find_spec("psycopg") is None:
        raise SetupError("PostgreSQL needs a driver: pip install 'concerted[postgres]'.")
    return parsed.set(drivername=DRIVERS[parsed.drivername])


def open_engine(
    url: str, *, pool: int = 1, readonly: bool = False, foreign_keys: bool = True
) -> Engine:
    """Connects at first use. `foreign_keys=False` is for migrating SQLite alone.

    A read-only engine refuses to write on SQLite; on PostgreSQL each transaction says so.
    """
    parsed = open_url(url)
    if parsed.get_backend_name() != "sqlite":
        return _postgres(parsed, pool)
    engine = create_engine(
        parsed, pool_size=pool, max_overflow=8, pool_timeout=2, hide_parameters=True
    )
    pragmas = (
        "busy_timeout=2000",
        "journal_mode=WAL",
        "synchronous=FULL",
        f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
        f"query_only={'ON' if readonly else 'OFF'}",
    )

    @event.listens_for(engine, "connect")
    def prepare(raw: sqlite3.Connection, _: object) -> None:
        raw.isolation_level = None
        for pragma in pragmas:
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        wait = int(connection.get_execution_options().get(WAIT, 2000))
        connection.exec_driver_sql(f"PRAGMA busy_timeout={wait}")
        # Deferred, a second writer would fail at once, or claim what the first has claimed.
        connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")

    return engine


def _postgres(url: URL, pool: int) -> Engine:
    engine = create_engine(
        url,
        pool_size=pool,
        max_overflow=8,
        pool_timeout=2,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"options": POSTGRES_OPTIONS, "connect_timeout": 3},
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        wait = connection.get_execution_options().get(WAIT)
        if wait is not None:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout={int(wait)}")

    return engine


def is_busy(error: Exception) -> bool:
    """Whether the database was locked, overrun or out of reach, so that trying again may help."""
    if isinstance(error, PoolEmpty):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        name = getattr(error.orig, "sqlite_errorname", "")
        return name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
    state = getattr(error.orig, "sqlstate", None)
    lost = error.connection_invalidated or type(error.orig).__name__ == "OperationalError"
    return state in BUSY_STATES or (lost and state is None)


def scrub(engine: Engine, wait_ms: int) -> None:
    """On SQLite write every page anew, and empty the log beside the file, so nothing deleted stays.

    PostgreSQL writes over freed space in its own time. Raises Busy while others read.
    """
    if engine.dialect.name != "sqlite":
        return
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute(f"PRAGMA busy_timeout={wait_ms}")
        cursor.execute("VACUUM")
        (unfinished, _, _) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as error:
        raise Busy("The database is in use; what was deleted is overwritten later.") from error
    finally:
        raw.close()
    if unfinished:
        raise Busy("The database is being read; what was deleted is overwritten later.")
