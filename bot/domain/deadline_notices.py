"""What must be said about a deadline, to whom and when: the policy of domain.md 5, pure.

To its owner; without one to who is in charge of its groups on that day.
"""

from datetime import date, datetime, time, timedelta

from bot.domain import ladders
from bot.domain.charge import in_charge
from bot.domain.days import day_in, instant
from bot.domain.deadlines import Deadline
from bot.domain.model import GroupSettings, UserId, World
from bot.domain.notices import Holiday, Notice, calendar_of

NOON = time(12)
ROLLING = timedelta(days=21)


def for_deadline(deadline: Deadline, world: World, holiday: Holiday) -> tuple[Notice, ...]:
    """All notices of an open deadline; none once it is met or dropped."""
    if deadline.stage.closed:
        return ()
    found: list[Notice] = []
    for user, offsets in readers(deadline, world).items():
        person = world.people[user]
        calendar = calendar_of(person, world, holiday)
        found += ladders.reminders(deadline, deadline.due, offsets, person, calendar)
    return tuple(notice for notice in found if notice.at > deadline.set_at)


def readers(deadline: Deadline, world: World) -> dict[UserId, tuple[int, ...]]:
    """Who is reminded of it, and on which days counted from its due day."""
    offsets = steps(deadline, world)
    owner = owner_of(deadline, world)
    if owner is not None:
        return {owner: offsets}
    found: dict[UserId, tuple[int, ...]] = {}
    for offset in offsets:
        day = deadline.due + timedelta(days=offset)
        for user in minders(deadline, world, instant(day, NOON, zone_of(deadline, world))):
            found[user] = (*found.get(user, ()), offset)
    return found


def owner_of(deadline: Deadline, world: World) -> UserId | None:
    """None also for one whose owner has left."""
    owner = world.people.get(deadline.owner) if deadline.owner else None
    return None if owner is None or owner.left or owner.bot else owner.user


def minders(deadline: Deadline, world: World, now: datetime) -> tuple[UserId, ...]:
    """Who is in charge of its groups; of one for all together the coordinators."""
    keys = deadline.groups or (None,)
    return tuple(dict.fromkeys(user for key in keys for user in in_charge(world, key, now)))


def steps(deadline: Deadline, world: World) -> tuple[int, ...]:
    """Days counted from the due day, by the settings of its first group."""
    settings = settings_of(deadline, world)
    ahead = (deadline.due - day_in(deadline.created_at, zone_of(deadline, world))).days
    before = (*settings.warn_before, *settings.remind_before)
    return ladders.offsets(before, settings.remind_after, ahead)


def settings_of(deadline: Deadline, world: World) -> GroupSettings:
    """Of one for all groups the defaults."""
    first = world.groups.get(deadline.groups[0]) if deadline.groups else None
    return first.settings if first else GroupSettings()


def zone_of(deadline: Deadline, world: World) -> str:
    """Of its group; of several and of all, the programme's."""
    group = world.groups.get(deadline.groups[0]) if len(deadline.groups) == 1 else None
    return group.zone if group else world.programme.zone


def may_be_due(deadline: Deadline, world: World, now: datetime, mark: datetime) -> bool:
    """Whether `for_deadline` is worth the work: some step can lie between `mark` and `now`."""
    owner = owner_of(deadline, world)
    if deadline.quiet or owner is None:
        return True
    slack = ROLLING + max(
        (last - first for first, last, _ in world.programme.closures), default=timedelta()
    )
    offsets = steps(deadline, world)
    back = world.people[owner].away_until or date.min
    first = deadline.due + timedelta(days=offsets[0]) - slack
    last = max(deadline.due + timedelta(days=offsets[-1]), back) + slack
    return first <= now.date() and min(mark, now).date() <= last
