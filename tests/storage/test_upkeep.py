import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from bot.errors import SetupError
from bot.storage.database import Database
from bot.storage.engine import open_engine
from bot.storage.rows import Table
from bot.storage.upkeep import SCRIPTS, alembic_config, integrity, migrate
from tests.conftest import TEAM
from tests.storage.samples import CHAIR, MODELS, NOON, new, outgoing

HEAD = ScriptDirectory.from_config(alembic_config("sqlite:///unused.db")).get_current_head()


def tables(url: str) -> set[str]:
    engine = open_engine(url)
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found - {"alembic_version"}


@contextmanager
def opened(url: str) -> Iterator[Database]:
    db = Database(url)
    db.bind(TEAM)
    yield db
    db.close_now()


def add_action(url: str, note: str = "") -> None:
    with opened(url) as db:
        db.write_now(lambda store: store.groups.save(MODELS))
        db.write_now(lambda store: store.items.create(replace(new(), note=note), CHAIR, NOON))


def with_version(url: str, scripts: Path, version: str, after: str | None, does: str) -> Config:
    """Alembic for scripts that hold one version more."""
    (scripts / "versions" / f"{version}_more.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision, down_revision = {version!r}, {after!r}\n"
        f"def upgrade() -> None:\n    {does}\n"
    )
    config = alembic_config(url)
    config.set_main_option("script_location", str(scripts))
    return config


def rows(url: str, *names: str) -> list[int]:
    engine = open_engine(url)
    with engine.connect() as connection:
        counts = [connection.exec_driver_sql(f"SELECT count(*) FROM {name}") for name in names]
        found = [count.scalar_one() for count in counts]
    engine.dispose()
    return found


def test_there_is_one_head_and_one_beginning() -> None:
    scripts = ScriptDirectory.from_config(alembic_config("sqlite:///unused.db"))
    assert len(scripts.get_heads()) == len(scripts.get_bases()) == 1


def test_migrations_lead_up_down_and_up_again_to_exactly_the_tables(bare_url: str) -> None:
    config = alembic_config(bare_url)
    assert migrate(bare_url) is None
    command.check(config)
    assert tables(bare_url) == set(Table.metadata.tables)
    command.downgrade(config, "base")
    assert tables(bare_url) == set()
    migrate(bare_url)
    command.check(config)
    add_action(bare_url)
    with opened(bare_url) as db:
        assert db.write_now(lambda store: store.outbox.put(outgoing("a")))


def test_what_was_stored_under_an_old_schema_is_there_under_the_new(bare_url: str) -> None:
    migrate(bare_url)
    add_action(bare_url)
    command.downgrade(alembic_config(bare_url), "0001")
    before = rows(bare_url, "items", "needs", "groups")
    migrate(bare_url)
    assert rows(bare_url, "items", "needs", "groups") == before == [1, 0, 1]
    with opened(bare_url) as db:
        (item,) = db.read_now(lambda store: store.items.all_open())
    assert item.ref == "EM-1"


def test_migrating_what_is_at_head_changes_nothing(url: str) -> None:
    assert migrate(url) is None


def test_a_migration_that_fails_leaves_nothing_behind(bare_url: str, tmp_path: Path) -> None:
    scripts = tmp_path / "migrations"
    (scripts / "versions").mkdir(parents=True)
    shutil.copy(SCRIPTS / "env.py", scripts)
    half = "op.create_table('half', sa.Column('id', sa.Integer()))\n    1 / 0"
    with pytest.raises(ZeroDivisionError):
        command.upgrade(with_version(bare_url, scripts, "0001", None, half), "head")
    assert tables(bare_url) == set()


def test_a_newer_schema_is_refused(bare_url: str) -> None:
    migrate(bare_url)
    engine = open_engine(bare_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(SetupError, match="schema 9999, newer than this version"):
        migrate(bare_url)


def test_a_sound_database_has_nothing_to_say(url: str) -> None:
    add_action(url)
    assert integrity(url) == ()


class TestFile:
    """What only SQLite has."""

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        return tmp_path / "data" / "concerted.db"

    @pytest.fixture
    def file_url(self, path: Path) -> str:
        return f"sqlite:///{path}"

    def test_the_folder_is_made_when_it_is_not_there(self, path: Path, file_url: str) -> None:
        migrate(file_url)
        assert path.exists()
        assert not (path.parent / "backups").exists(), "nothing was worth a copy"

    def test_a_copy_is_made_before_the_schema_changes(self, path: Path, file_url: str) -> None:
        migrate(file_url)
        add_action(file_url)
        command.downgrade(alembic_config(file_url), "0001")
        copy = migrate(file_url)
        assert copy == path.parent / "backups" / "concerted-0001.db"
        assert "outbox" not in tables(f"sqlite:///{copy}")
        assert rows(f"sqlite:///{copy}", "items", "alembic_version") == [1, 1]

    def test_an_earlier_copy_is_kept(self, path: Path, file_url: str) -> None:
        path.parent.mkdir()
        for name in ("concerted-0001.db", "concerted-0001-2.db"):
            path.unlink(missing_ok=True)
            command.upgrade(alembic_config(file_url), "0001")
            copy = migrate(file_url)
            assert copy is not None
            assert copy.name == name
        assert len(list((path.parent / "backups").iterdir())) == 2

    def test_remaking_a_table_keeps_its_children(self, file_url: str, tmp_path: Path) -> None:
        migrate(file_url)
        add_action(file_url, note="By mail")
        scripts = shutil.copytree(SCRIPTS, tmp_path / "migrations")
        config = with_version(
            file_url,
            scripts,
            "9999",
            HEAD,
            "with op.batch_alter_table('items', recreate='always'): pass",
        )
        command.upgrade(config, "head")
        assert rows(file_url, "items", "notes") == [1, 1]

    def test_a_migration_that_leaves_orphans_is_undone(self, file_url: str, tmp_path: Path) -> None:
        migrate(file_url)
        add_action(file_url, note="By mail")
        scripts = shutil.copytree(SCRIPTS, tmp_path / "migrations")
        config = with_version(file_url, scripts, "9999", HEAD, "op.execute('DELETE FROM items')")
        with pytest.raises(SetupError, match="rows without their parent"):
            command.upgrade(config, "head")
        assert rows(file_url, "items", "notes") == [1, 1]

    def test_a_file_that_is_no_database_is_named(self, path: Path, file_url: str) -> None:
        path.parent.mkdir()
        path.write_text("Dear diary, " * 1000)
        with pytest.raises(SetupError, match=r"concerted\.db is no SQLite database"):
            migrate(file_url)

    def test_a_folder_that_is_a_file_is_named(self, path: Path, file_url: str) -> None:
        path.parent.write_text("in the way")
        with pytest.raises(SetupError, match=r"The folder .*data cannot be made"):
            migrate(file_url)

    @pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write anywhere")
    def test_a_folder_that_may_not_be_written_to_is_named(self, path: Path, file_url: str) -> None:
        path.parent.mkdir(mode=0o500)
        with pytest.raises(SetupError, match="see that this user may write"):
            migrate(file_url)

    def test_a_path_that_is_a_folder_is_named(self, path: Path, file_url: str) -> None:
        path.mkdir(parents=True)
        with pytest.raises(SetupError, match="see that this user may write"):
            migrate(file_url)

    def test_an_orphan_is_found(self, path: Path, file_url: str) -> None:
        migrate(file_url)
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(
                "INSERT INTO needs (item_id, position, team_id, ref) VALUES (7, 0, 'T', 'EM-1')"
            )
        assert integrity(file_url) == ("a row of needs names one of items that is not there",)


def test_a_server_that_does_not_answer_is_told() -> None:
    with pytest.raises(SetupError, match="The database cannot be used"):
        migrate("postgresql://me@/nothing?host=/nowhere")
