"""What a meeting's hour is for each of its people, and where and when that is not as usual."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from bot.domain.days import instant, local
from bot.domain.meetings import Meeting
from bot.domain.model import GroupKey, Person, Role, World
from bot.domain.notices import Holiday

EARLIEST, LATEST = time(7), time(22)
"""Before and after these local hours nobody is asked to meet without being warned."""
_FOUR_WEEKS = timedelta(weeks=4)
"""Longer than the clocks of Europe and North America ever differ."""
_DAY = timedelta(days=1)
Home = tuple[str, str | None]
"""Country and region, by ISO 3166."""
Holidays = tuple[tuple[date, tuple[Home, ...]], ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """`other` takes place at the same time; None: one that the asker may not see.

    `people`: how many are expected at both.
    """

    meeting: Meeting
    people: int
    other: Meeting | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A time on the wall of one zone."""

    zone: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Shift:
    """On this day, the meeting's own, the local hour becomes another than it was before.

    `by`: how much later.
    """

    day: date
    zone: str
    at: datetime
    by: timedelta


@dataclass(frozen=True, slots=True)
class Facts:
    """What must be known of the times of meetings; `clocks` are those of the first."""

    clocks: tuple[Clock, ...] = ()
    shifts: tuple[Shift, ...] = ()
    odd: tuple[Shift, ...] = ()
    """Of a single one: where that week's hour is another than in the weeks around."""
    inconvenient: tuple[Clock, ...] = ()
    holidays: Holidays = ()
    weekends: tuple[date, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    doubled: bool = False
    """The clock shows the hour twice on one of the days; the first is meant."""
    notice: int | None = None
    """Days that are left, where that is less than the floor."""


def people_of(groups: Iterable[GroupKey], world: World) -> tuple[Person, ...]:
    """Who is expected; none of the groups: everybody who has a role."""
    keys = frozenset(groups)
    users = dict.fromkeys(
        m.user
        for m in world.memberships
        if m.role is not Role.GUEST and (m.group in keys or not keys)
    )
    known = (world.people.get(user) for user in users)
    return tuple(p for p in known if p is not None and not (p.left or p.bot))


def zones_of(people: Iterable[Person], moment: datetime) -> tuple[str, ...]:
    """Each once, from west to east."""
    zones = {person.zone for person in people}
    return tuple(sorted(zones, key=lambda zone: (local(moment, zone).utcoffset(), zone)))


def clocks(moment: datetime, zones: Iterable[str]) -> tuple[Clock, ...]:
    return tuple(Clock(zone, local(moment, zone)) for zone in zones)


def shifts(meetings: Sequence[Meeting], zones: Iterable[str]) -> tuple[Shift, ...]:
    """Between each and the one after it, where both are to be at one hour of their own zone."""
    return tuple(
        Shift(after.start_day, zone, local(after.starts, zone), by)
        for before, after in pairwise(meetings)
        if (before.zone, before.start_at) == (after.zone, after.start_at)
        for zone in zones
        if (by := _distance(after, zone) - _distance(before, zone))
    )


def unusual(meeting: Meeting, zones: Iterable[str]) -> tuple[Shift, ...]:
    """Where the hour is not that of four weeks before and after: the clocks differ that week."""
    found = []
    for zone in zones:
        before, after = (_distance(meeting, zone, by) for by in (-_FOUR_WEEKS, _FOUR_WEEKS))
        here = _distance(meeting, zone)
        if before == after != here:
            at = local(meeting.starts, zone)
            found.append(Shift(meeting.start_day, zone, at, here - before))
    return tuple(found)


def inconvenient(meeting: Meeting, zones: Iterable[str]) -> tuple[Clock, ...]:
    """Where it begins too early, or else ends too late."""
    found = []
    for zone in zones:
        start, end = local(meeting.starts, zone), local(meeting.ends, zone)
        if start.time() < EARLIEST or start.time() >= LATEST:
            found.append(Clock(zone, start))
        elif _one_day(meeting) and _is_late(start, end):
            found.append(Clock(zone, end))
    return tuple(found)


def days_of(meeting: Meeting) -> tuple[date, ...]:
    count = (meeting.end_day - meeting.start_day).days + 1
    return tuple(meeting.start_day + _DAY * n for n in range(count))


def holidays(days: Iterable[date], people: Iterable[Person], holiday: Holiday) -> Holidays:
    """The days on which some of the people have one, and where those live."""
    homes = sorted(
        {(p.country, p.region) for p in people if p.country is not None},
        key=lambda home: (home[0], home[1] or ""),
    )
    found = ((day, tuple(home for home in homes if holiday(day, *home))) for day in days)
    return tuple((day, there) for day, there in found if there)


def _distance(meeting: Meeting, zone: str, later: timedelta = timedelta()) -> timedelta:
    """How much later the clock of the zone stands than that of the meeting, at its hour."""
    moment = instant(meeting.start_day + later, meeting.start_at, meeting.zone)
    there, here = local(moment, zone).utcoffset(), local(moment, meeting.zone).utcoffset()
    return (there or timedelta()) - (here or timedelta())


def _one_day(meeting: Meeting) -> bool:
    return meeting.start_day == meeting.end_day


def _is_late(start: datetime, end: datetime) -> bool:
    return end.date() > start.date() or end.time() > LATEST
