"""The worlds a sandbox can start from, with the cards that the bot posted in them."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.demo.actions import add_all
from bot.demo.deadlines import add_deadlines
from bot.demo.meetings import add_meetings
from bot.demo.snapshots import add_snapshots
from bot.demo.world import TEAM, World
from bot.domain.model import TeamId
from bot.domain.outbox import Sent, State
from bot.services.notices import Planner
from bot.storage import upkeep
from bot.storage.database import Database, Store
from bot.world import is_holiday

DEMO, STRUCTURE, EMPTY = "demo", "structure", "empty"
"""Everything; all but the actions; a workspace where nobody has set up yet."""


def fill(store: Store, demo: World, name: str = DEMO) -> None:
    """Write the world into an empty database; all before `as_of` counts as said."""
    if name != EMPTY:
        demo.shape(store)
        add_meetings(store, demo)
    if name == DEMO:
        add_all(store, demo)
        add_deadlines(store, demo)
        add_snapshots(store, demo)
    Planner(is_holiday).count_as_said(store, demo.as_of)


def seeds(demo: World) -> dict[str, dict[str, Any]]:
    """By name, as the sandbox takes them."""
    bare = demo.workspace()
    return {DEMO: demo.workspace(_cards(demo)), STRUCTURE: bare, EMPTY: bare}


def _cards(demo: World) -> tuple[Sent, ...]:
    """As they were sent: the world is filled once, in a database of its own."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'demo.db'}"
        upkeep.migrate(url)
        db = Database(url)
        db.bind(TeamId(TEAM))
        try:
            return db.write_now(lambda store: _sent(store, demo), wait=30)
        finally:
            db.close_now()


def _sent(store: Store, demo: World) -> tuple[Sent, ...]:
    demo.shape(store)
    add_all(store, demo)
    said = reversed(store.outbox.recent(limit=1000))
    return tuple(row for row in said if row.state is State.SENT)
