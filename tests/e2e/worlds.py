"""The demo's worlds, each made once in a test run."""

import shutil
from functools import cache
from pathlib import Path
from typing import Any

from bot.demo.seeds import DEMO, fill, seeds
from bot.demo.world import TEAM, World
from bot.domain.model import TeamId
from bot.storage.database import Database
from tests.e2e.wishes import want_no_digests, want_no_meetings


@cache
def demo_world(reanchored: bool) -> World:
    return World.load(reanchored=reanchored)


def filled(template: Path, demo: World, seed: str) -> Path:
    """Each world is written once in a test run, and copied from then on."""
    path = template.with_name(f"{seed}-{demo.shift.days}.db")
    if not path.exists():
        shutil.copy(template, path)
        database = Database(f"sqlite:///{path}")
        database.bind(TeamId(TEAM))
        database.write_now(lambda store: fill(store, demo, seed), wait=30)
        if seed != DEMO:
            database.write_now(want_no_digests)
            database.write_now(want_no_meetings)
        database.close_now()
    return path


_KNOWN: dict[tuple[int, str], dict[str, Any]] = {}


def seeded(demo: World, name: str) -> dict[str, Any]:
    key = (demo.shift.days, name)
    if key not in _KNOWN:
        if name == DEMO:
            _KNOWN.update({(demo.shift.days, n): seed for n, seed in seeds(demo).items()})
        else:
            _KNOWN[key] = demo.workspace()
    return _KNOWN[key]
