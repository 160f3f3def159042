"""ISO weeks: when they begin for a group, and when a reader's digest of one is due; pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile

from bot.domain.charge import in_charge
from bot.domain.days import Calendar, day_in, instant, is_working
from bot.domain.model import Group, GroupSettings, GroupState, Person, Role, UserId, World
from bot.domain.notices import Holiday, calendar_of

MIDNIGHT = time()
WEEK = timedelta(days=7)
AHEAD = 12
"""Weeks in which a next digest is looked for: longer absences are no reason to wait for one."""
LEADING = (Role.CHAIR, Role.COCHAIR)


@dataclass(frozen=True, slots=True)
class Due:
    """One digest: of a group, for a reader, in the week in which it is read there.

    `until`: the reader's next one of this group.
    """

    group: Group
    reader: Person
    week: str
    at: datetime
    until: datetime

    @property
    def key(self) -> str:
        return f"{subject(self.group)}:{self.week}:{self.reader.user}"


def subject(group: Group | None) -> str:
    """How the outbox names a group's digests; None: those over all groups."""
    return f"digest:{group.key if group else 'all'}"


def week_of(day: date) -> str:
    """Such as `2026-W48`; the first days of January may belong to the year before."""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02}"


def monday_of(week: str) -> date:
    """Raises ValueError for what is no week."""
    return date.fromisoformat(f"{week}-1")


def begins(monday: date, zone: str) -> datetime:
    """When the week begins there: at midnight, or when the clock first shows later."""
    return instant(monday, MIDNIGHT, zone)


def monday_before(day: date) -> date:
    """The day itself if it is one."""
    return day - timedelta(days=day.weekday())


def last_week(now: datetime, zone: str) -> tuple[datetime, datetime]:
    """The last whole week there: its first instant, and the first after it."""
    monday = monday_before(day_in(now, zone))
    return begins(monday - WEEK, zone), begins(monday, zone)


def ended(since: datetime, until: datetime, zone: str) -> Iterator[tuple[str, datetime]]:
    """The weeks that end there after `since` and not after `until`, each with the instant."""
    monday = monday_before(day_in(since, zone))
    while (end := begins(monday, zone)) <= until:
        if end > since:
            yield week_of(monday - WEEK), end
        monday += WEEK


def digest_at(
    monday: date, person: Person, settings: GroupSettings, calendar: Calendar
) -> datetime | None:
    """On the day set, else the next working day of the same week, else the last one before it.

    None: there is none. What is set outside of the person's hours comes when these begin.
    """
    later = range(settings.digest_day, WEEK.days)
    days = (monday + timedelta(days=n) for n in (*later, *reversed(range(settings.digest_day))))
    day = next((day for day in days if is_working(day, calendar)), None)
    if day is None:
        return None
    start, end = person.hours
    wall = settings.digest_at if start <= settings.digest_at < end else start
    return instant(day, wall, person.zone)


def waited(one: Due, world: World, holiday: Holiday) -> tuple[tuple[date, ...], bool]:
    """The working days over which it was put off, and whether all are public holidays.

    None where it was asked for, or comes on the day set.
    """
    calendar, settings = calendar_of(one.reader, world, holiday), one.group.settings
    monday = monday_of(one.week)
    if one.at != digest_at(monday, one.reader, settings, calendar):
        return (), False
    came = day_in(one.at, one.reader.zone)
    first = monday + timedelta(days=settings.digest_day)
    days = [first + timedelta(days=n) for n in range((came - first).days)]
    days = [day for day in days if day.weekday() not in calendar.weekend]
    return tuple(days), all(map(calendar.is_holiday, days))


def due(
    world: World, holiday: Holiday, since: datetime, now: datetime, only: UserId | None = None
) -> Iterator[Due]:
    """Every digest that falls due after `since` and not after `now`; `only`: to this person."""
    for group in world.groups.values():
        if group.state is GroupState.ACTIVE:
            for person in _candidates(world, group):
                if only in (None, person.user):
                    yield from _of(world, holiday, group, person, since, now)


def _of(
    world: World, holiday: Holiday, group: Group, person: Person, since: datetime, now: datetime
) -> Iterator[Due]:
    for week, at, until in spans(world, holiday, group.settings, person, since, now):
        if person.user in in_charge(world, group.key, at):
            yield Due(group, person, week, at, until)


def spans(
    world: World,
    holiday: Holiday,
    settings: GroupSettings,
    person: Person,
    since: datetime,
    now: datetime,
) -> Iterator[tuple[str, datetime, datetime]]:
    """The week, its instant after `since` and not after `now`, and that of the next one."""
    calendar = calendar_of(person, world, holiday)
    for week, at in takewhile(
        lambda one: one[1] <= now, _moments(settings, person, calendar, since)
    ):
        if at > since:
            later = _moments(settings, person, calendar, at)
            until = next((then for _, then in later if then > at), at + AHEAD * WEEK)
            yield week, at, until


def called(
    world: World, holiday: Holiday, settings: GroupSettings, person: Person, now: datetime
) -> tuple[str, datetime]:
    """The week whose digest is meant by who asks for it now, and when the one after it comes.

    This week's; once the person works no more in it, that of the week which begins.
    """
    today = day_in(now, person.zone)
    calendar = calendar_of(person, world, holiday)
    monday = monday_before(today)
    left = (today + timedelta(days=n) for n in range((monday + WEEK - today).days))
    week, coming = week_of(monday), week_of(monday + WEEK)
    ahead = list(spans(world, holiday, settings, person, now, now + AHEAD * WEEK))
    if any(of == coming for of, _, _ in ahead) and not any(is_working(d, calendar) for d in left):
        week = coming
    return week, next((at for of, at, _ in ahead if of > week), now + AHEAD * WEEK)


def _moments(
    settings: GroupSettings, person: Person, calendar: Calendar, since: datetime
) -> Iterator[tuple[str, datetime]]:
    """Week by week from that of `since`."""
    monday = monday_before(day_in(since, person.zone))
    idle = 0
    while idle < AHEAD:
        at = digest_at(monday, person, settings, calendar)
        idle = idle + 1 if at is None else 0
        if at is not None:
            yield week_of(monday), at
        monday += WEEK


def _candidates(world: World, group: Group) -> Iterator[Person]:
    """Who may be in charge of the group on some day."""
    users = [user for role in LEADING for user in world.holding(role, group.key)]
    users += world.holding(Role.COORDINATOR)
    for user in dict.fromkeys(users):
        if user in world.people:
            yield world.people[user]
