"""What must be said about a deadline, to whom and when: the policy of domain.md 5, pure.

To its owner; without one to who is in charge of its groups on that day.
"""

from datetime import datetime, time, timedelta

from bot.domain import escalation, ladders
from bot.domain.charge import in_charge
from bot.domain.days import day_in, instant
from bot.domain.deadlines import Deadline
from bot.domain.escalation import Late
from bot.domain.model import Group, GroupSettings, Role, UserId, World
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
    heard = [notice for notice in found if notice.at > deadline.set_at]
    late = late_as(deadline, world)
    return (*heard, *escalation.steps(late, group_of(deadline, world), world, holiday))


def late_as(deadline: Deadline, world: World) -> Late:
    """As the ladder of what stays overdue sees it."""
    return Late(
        subject=deadline.subject,
        ref=deadline.ref,
        due=deadline.due,
        owners=deadline.owners,
        groups=deadline.groups,
        set_at=deadline.set_at,
        acknowledged_at=acknowledged(deadline, world),
    )


def acknowledged(deadline: Deadline, world: World) -> datetime | None:
    """When its owner or a chair last changed it, if that was after the due day."""
    leading = {
        user
        for key in deadline.groups
        for role in (Role.CHAIR, Role.COCHAIR)
        for user in world.holding(role, key)
    }
    at, by = deadline.updated_at, deadline.updated_by
    if at is None or by not in {*deadline.owners, *leading}:
        return None
    return at if day_in(at, zone_of(deadline, world)) > deadline.due else None


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
    """Days counted from the due day."""
    group = group_of(deadline, world)
    settings = group.settings if group else GroupSettings()
    ahead = (deadline.due - day_in(deadline.created_at, zone_of(deadline, world))).days
    before = (*settings.warn_before, *settings.remind_before)
    return ladders.offsets(before, settings.remind_after, ahead)


def group_of(deadline: Deadline, world: World) -> Group | None:
    """The first: by its settings people are reminded; of one for all groups by the usual ones."""
    return world.groups.get(deadline.groups[0]) if deadline.groups else None


def zone_of(deadline: Deadline, world: World) -> str:
    """Of its group; of several and of all, the programme's."""
    group = world.groups.get(deadline.groups[0]) if len(deadline.groups) == 1 else None
    return group.zone if group else world.programme.zone


def may_be_due(deadline: Deadline, world: World, now: datetime) -> bool:
    """Whether `for_deadline` is worth the work: some step can lie before `now`."""
    if deadline.quiet:
        return True
    first = deadline.due + timedelta(days=min(steps(deadline, world)))
    closures = (last - first for first, last, _ in world.programme.closures)
    return first - ROLLING - max(closures, default=timedelta()) <= now.date()
