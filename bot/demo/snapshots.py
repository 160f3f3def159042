"""The demo world's weeks as they would have been kept, counted from its own history."""

from bot.demo.world import World
from bot.domain import weeks
from bot.services import snapshots
from bot.storage.database import Store
from bot.world import is_holiday

KEPT = 8
"""Weeks before the demo begins: all that a digest draws."""


def add_snapshots(store: Store, demo: World) -> None:
    everybody = store.groups.world()
    since = demo.as_of - KEPT * weeks.WEEK
    ended = [
        (group, week, at)
        for group in everybody.groups.values()
        for week, at in weeks.ended(since, demo.as_of, group.zone)
    ]
    snapshots.keep(store, everybody, is_holiday, ended)
