"""The database file and its schema: migrating after a copy, and looking for damage."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.errors import SetupError
from bot.storage.engine import open_engine, open_url

SCRIPTS = Path(__file__).resolve().parents[2] / "migrations"


def alembic_config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["url"] = url
    return config


def migrate(url: str) -> Path | None:
    """Bring the schema to head; gives the copy that was made first, if one was (SQLite).

    Raises SetupError.
    """
    path = _file(url)
    if path is not None:
        _make_folder(path.parent)
    config = alembic_config(url)
    scripts = ScriptDirectory.from_config(config)
    with _said_plainly(path):
        revision = _revision(url)
        if revision == scripts.get_current_head():
            return None
        known = {script.revision for script in scripts.walk_revisions()}
        if revision is not None and revision not in known:
            raise SetupError(
                f"The database has schema {revision}, newer than this version of Concerted:"
                " start the newer version, or restore a backup."
            )
        copy = _copy(path, revision) if path is not None and revision is not None else None
        command.upgrade(config, "head")
    return copy


def integrity(url: str) -> tuple[str, ...]:
    """What the database finds wrong with itself; empty when sound.

    PostgreSQL has no such question: only that it answers. Raises SetupError.
    """
    path = _file(url)
    with _said_plainly(path), _connected(url) as connection:
        if path is None:
            connection.exec_driver_sql("SELECT 1")
            return ()
        said = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    lost = (f"a row of {table} names one of {of} that is not there" for table, _, of, _ in orphans)
    return (*(problem for problem in said if problem != "ok"), *lost)


def _file(url: str) -> Path | None:
    parsed = open_url(url)
    is_file = parsed.get_backend_name() == "sqlite"
    return Path(parsed.database) if is_file and parsed.database else None


def _revision(url: str) -> str | None:
    with _connected(url) as connection:
        return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    """To look only: nobody is kept from writing meanwhile."""
    engine = open_engine(url, readonly=True)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _copy(path: Path, revision: str) -> Path:
    """VACUUM INTO copies what is committed, WAL included, beside a running bot."""
    folder = path.parent / "backups"
    _make_folder(folder)
    taken = sum(1 for _ in folder.glob(f"{path.stem}-{revision}*"))
    copy = folder / f"{path.stem}-{revision}{f'-{taken + 1}' if taken else ''}{path.suffix}"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    return copy


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError(f"The folder {folder} cannot be made: {error.strerror}.") from error


@contextmanager
def _said_plainly(path: Path | None) -> Iterator[None]:
    """What the operator can mend, in words."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if path is None:
            raise SetupError(f"The database cannot be used: {str(cause).strip()}.") from error
        if "not a database" in str(cause):
            raise SetupError(f"{path} is no SQLite database: name another file.") from error
        if "malformed" in str(cause):
            raise SetupError(f"{path} is damaged ({cause}): put a backup in its place.") from error
        raise SetupError(
            f"{path} cannot be used ({cause}): see that this user may write to the file"
            f" and to {path.parent}."
        ) from error
