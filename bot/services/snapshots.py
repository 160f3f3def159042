"""How each group's weeks ended, kept once as it was then."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain import weeks
from bot.domain.digests import Snapshot
from bot.domain.figures import as_of, figures
from bot.domain.model import Group, GroupState, World
from bot.domain.notices import Holiday, programme_calendar
from bot.storage.database import Store

Ended = tuple[Group, str, datetime]
"""A week of a group that is over, and when it was."""


def take(store: Store, world: World, holiday: Holiday, since: datetime, now: datetime) -> int:
    """Keep those that are missing up to now; of a group without any, of what ended `since`."""
    found = missing(store, world, since, now)
    keep(store, world, holiday, found)
    return len(found)


def missing(store: Store, world: World, since: datetime, now: datetime) -> tuple[Ended, ...]:
    last = store.digests.last_weeks()
    groups = [group for group in world.groups.values() if group.state is GroupState.ACTIVE]
    return tuple(
        (group, week, at)
        for group in groups
        for week, at in weeks.ended(last.get(group.key, since), now, group.zone)
    )


def keep(store: Store, world: World, holiday: Holiday, ended: Iterable[Ended]) -> None:
    """Count them as of their ends; what is kept already stays as it is."""
    ends: dict[datetime, list[Ended]] = {}
    for one in ended:
        ends.setdefault(one[2], []).append(one)
    for at, alike in ends.items():
        store.digests.keep(_counted(store, world, holiday, at, alike))


def _counted(
    store: Store, world: World, holiday: Holiday, at: datetime, ended: list[Ended]
) -> tuple[Snapshot, ...]:
    """Of groups whose weeks end at the same instant, in one go."""
    zones = {group.zone for group, _, _ in ended}
    start = min(weeks.last_week(at, zone)[0] for zone in zones)
    now = store.digests.tallies([group.key for group, _, _ in ended], start)
    then = as_of(now, store.digests.changes_since(at))
    calendar = programme_calendar(world, holiday)
    return tuple(
        Snapshot(group.key, week, at, figures(then, group, at, calendar, world.people))
        for group, week, _ in ended
    )
