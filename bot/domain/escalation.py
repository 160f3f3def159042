"""Who is told, and when, that something stays overdue: the last steps of domain.md 5; pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil

from bot.domain.charge import in_charge
from bot.domain.days import Calendar, add_working_days, day_in, instant, roll_forward
from bot.domain.items import Answer, Item, ItemState
from bot.domain.model import Group, GroupKey, GroupSettings, Person, Ref, Role, UserId, World
from bot.domain.notices import (
    ESCALATE,
    Holiday,
    Notice,
    calendar_of,
    notice_on,
    programme_calendar,
)

NOON = time(12)
_CHAIRING = (Role.CHAIR, Role.COCHAIR)
_TOLD = (*_CHAIRING, Role.COORDINATOR)


@dataclass(frozen=True, slots=True)
class Late:
    """An action or deadline as the ladder sees it; `due` is a day in the group's zone.

    `groups`: whose chairs are told; none: of all together, a matter of the coordinators.
    `confirmed`: its owners have accepted it; nobody is chased for what nobody took on.
    `acknowledged_at`: when an owner or a chair last said something of it after the due day.
    """

    subject: str
    ref: Ref
    due: date
    owners: tuple[UserId, ...]
    groups: tuple[GroupKey, ...]
    set_at: datetime
    """When date or owners were last set: nothing due before that is said afterwards."""
    confirmed: bool = True
    blocked: bool = False
    acknowledged_at: datetime | None = None


def steps(late: Late, group: Group | None, world: World, holiday: Holiday) -> tuple[Notice, ...]:
    """One notice for each person and step; of the steps of one day the first.

    `group`: whose settings count, None: the usual ones.
    """
    owners = _present(late.owners, world)
    if late.blocked or not late.confirmed or not owners:
        return ()
    found: dict[tuple[UserId, date], Notice] = {}
    for notice in _steps(late, group, owners, world, holiday):
        if notice.at > late.set_at:
            found.setdefault((notice.to, notice.day), notice)
    return tuple(found.values())


def acknowledged(item: Item, group: Group, world: World) -> datetime | None:
    """When its owners or chairs last said, after the due day, that they are at it.

    A note of theirs says it, accepting it, and whatever set its state: started, unblocked, opened
    again.
    """
    chairs = [user for role in _CHAIRING for user in world.holding(role, group.key)]
    heard = [note.at for note in item.notes if note.by in (*item.owners, *chairs)]
    heard += [
        a.answered_at for a in item.assignments if a.answer is Answer.ACCEPTED and a.answered_at
    ]
    if item.state_since is not None:
        heard.append(item.state_since)
    return max((at for at in heard if day_in(at, group.zone) > item.due.day), default=None)


def of_item(item: Item, group: Group, world: World) -> Late:
    return Late(
        subject=item.subject,
        ref=item.ref,
        due=item.due.day,
        owners=item.owners,
        groups=(item.group,),
        set_at=item.set_at,
        confirmed=item.confirmed,
        blocked=item.state is ItemState.BLOCKED,
        acknowledged_at=acknowledged(item, group, world),
    )


def counted_from(late: Late, group: Group | None, world: World) -> date:
    """The day after which working days count: the due day, or that of the last word since."""
    zone = group.zone if group else world.programme.zone
    heard = late.acknowledged_at
    return max(late.due, day_in(heard, zone)) if heard else late.due


def last_day(late: Late, group: Group, world: World) -> date:
    """No step is later, but for holidays, closures and what rolls over them."""
    owners = _present(late.owners, world)
    week = min((len(person.workdays) for person in owners if person.workdays), default=5)
    count = max(group.settings.chair_after, group.settings.coordinator_after)
    began = [counted_from(late, group, world), *_back(owners)]
    readers = [
        world.people[m.user]
        for m in world.memberships
        if m.group in (None, *late.groups) and m.role in _TOLD and m.user in world.people
    ]
    return max([max(began) + timedelta(days=ceil(count * 7 / min(week, 5))), *_back(readers)])


def _back(people: Iterable[Person]) -> list[date]:
    return [person.away_until for person in people if person.away_until is not None]


def _steps(
    late: Late, group: Group | None, owners: list[Person], world: World, holiday: Holiday
) -> Iterator[Notice]:
    settings = group.settings if group else GroupSettings()
    since = counted_from(late, group, world)
    calendar = _calendar(owners, world, holiday)

    def on(count: int) -> tuple[date, datetime]:
        day = add_working_days(since, count, calendar)
        return day, instant(day, NOON, world.programme.zone)

    told: tuple[UserId, ...] = ()
    if settings.chair_after:
        day, at = on(settings.chair_after)
        told = first_told(late, world, at)
        yield from _notices(late, settings.chair_after, told, day, world, holiday)
    if settings.coordinator_after:
        day, at = on(settings.coordinator_after)
        others = tuple(u for u in _coordinators(late, world, at) if u not in told)
        yield from _notices(late, settings.coordinator_after, others, day, world, holiday)


def _notices(
    late: Late, count: int, told: tuple[UserId, ...], day: date, world: World, holiday: Holiday
) -> Iterator[Notice]:
    for user in told:
        reader = world.people[user]
        calendar = calendar_of(reader, world, holiday)
        on = roll_forward(day, calendar)
        yield notice_on(late, ESCALATE, f"+{count}wd", reader, on, calendar)


def _present(owners: tuple[UserId, ...], world: World) -> list[Person]:
    people = [world.people[user] for user in owners if user in world.people]
    return [person for person in people if not person.left and not person.bot]


def _calendar(owners: list[Person], world: World, holiday: Holiday) -> Calendar:
    """The working days of the only owner, who counts none away; of several the programme's."""
    if len(owners) == 1:
        return calendar_of(owners[0], world, holiday)
    return programme_calendar(world, holiday)


def first_told(late: Late, world: World, at: datetime) -> tuple[UserId, ...]:
    """Those who mind its groups; of a chair's own, and of all groups', the coordinators."""
    return _chairs(late, world, at) or _coordinators(late, world, at)


def _chairs(late: Late, world: World, at: datetime) -> tuple[UserId, ...]:
    """Those who mind its groups; nobody of a group whose chair owns it."""
    found = [
        user
        for key in late.groups
        if not set(late.owners) & set(world.holding(Role.CHAIR, key))
        for user in in_charge(world, key, at)
        if any(user in world.holding(role, key) for role in _CHAIRING)
    ]
    return tuple(user for user in dict.fromkeys(found) if user not in late.owners)


def _coordinators(late: Late, world: World, at: datetime) -> tuple[UserId, ...]:
    return tuple(user for user in in_charge(world, None, at) if user not in late.owners)
