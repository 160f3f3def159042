"""Alembic's door to the database: the URL comes from the bot, or from DATABASE_URL."""

import os
from typing import Literal

from alembic import context
from sqlalchemy import Connection
from sqlmodel import AutoString, UTCDateTime

from bot.errors import SetupError
from bot.storage import (  # noqa: F401 - they register their tables
    deadline_tables,
    decision_tables,
    meeting_tables,
    message_tables,
    tables,
)
from bot.storage.engine import open_engine
from bot.storage.rows import Json, Table

LOCK = 0x0C0CE27
"""Any number: two processes that migrate at once wait for each other."""


def plain(kind: str, thing: object, _: object) -> str | Literal[False]:
    """Write versions in SQLAlchemy's own types, so that none imports the bot."""
    if kind != "type":
        return False
    if isinstance(thing, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(thing, Json):
        return "sa.Text()"
    return "sa.String()" if isinstance(thing, AutoString) else False


def run(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
    context.configure(
        connection=connection,
        target_metadata=Table.metadata,
        render_as_batch=sqlite,
        compare_type=True,
        render_item=plain,
    )
    with context.begin_transaction():
        context.run_migrations()
    if sqlite:
        # Foreign keys are off meanwhile: remade tables would take their children with them.
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if lost:
            raise SetupError(f"The migration would leave rows without their parent: {lost[:5]}")


engine = open_engine(
    context.config.attributes.get("url") or os.environ["DATABASE_URL"], foreign_keys=False
)
try:
    with engine.begin() as open_connection:
        run(open_connection)
finally:
    engine.dispose()
