"""Wall times and instants, working days, and the hours in which people may be spoken to."""

import zoneinfo
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from itertools import islice

ONE_DAY, ONE_MINUTE = timedelta(days=1), timedelta(minutes=1)
END_OF_DAY = time(23, 59)  # domain.md 5: a due day without a time
_SEARCH_DAYS = 3660  # ten years: longer closures are a mistake in the data
_KEPT = 20_000  # Of thousands of actions the same few days are asked for again and again.


@cache
def _zone(name: str, path: tuple[str, ...]) -> zoneinfo.ZoneInfo:
    """Kept for good: the library keeps eight zones and reads the others from disk each time.

    `path` is only part of the key, for `reset_tzpath`.
    """
    return zoneinfo.ZoneInfo.no_cache(name)


def instant(day: date, at: time, zone: str) -> datetime:
    """Aware UTC; a skipped wall time is shifted forward, of a doubled one the first is meant."""
    return _instant(day, at, zone, zoneinfo.TZPATH)


def instant_after(day: date, at: time, zone: str, begins: datetime) -> datetime:
    """The same, of a doubled one the second where the first is not after `begins`."""
    first = instant(day, at, zone)
    if first > begins:
        return first
    return datetime.combine(day, at.replace(fold=1), _zone(zone, zoneinfo.TZPATH)).astimezone(UTC)


def wall_after(day: date, at: time, zone: str, length: timedelta) -> datetime:
    """What the wall shows (naive) when that has passed; days are counted on the wall."""
    if length > ONE_DAY:
        return datetime.combine(day, at) + length
    return local(instant(day, at, zone) + length, zone).replace(tzinfo=None, fold=0)


@lru_cache(_KEPT)
def _instant(day: date, at: time, zone: str, path: tuple[str, ...]) -> datetime:
    return datetime.combine(day, at.replace(fold=0), _zone(zone, path)).astimezone(UTC)


def local(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(_zone(zone, zoneinfo.TZPATH))


def day_in(moment: datetime, zone: str) -> date:
    return local(moment, zone).date()


def gap_neighbours(day: date, at: time, zone: str) -> tuple[datetime, datetime] | None:
    """The wall times (naive) before and after the clock change that skips this one, else None.

    They are as far from each other as the clock jumps: 01:30 gives 00:30 and 02:30.
    """
    early, late = (_round_trip(day, at, zone, fold) for fold in (1, 0))
    wall = datetime.combine(day, at)
    return None if wall in (early, late) else (early, late)


def is_doubled(day: date, at: time, zone: str) -> bool:
    """Whether the clock shows this wall time twice."""
    first, second = (
        datetime.combine(day, at.replace(fold=fold), _zone(zone, zoneinfo.TZPATH)).astimezone(UTC)
        for fold in (0, 1)
    )
    return first < second  # a skipped time comes out the other way round


def _round_trip(day: date, at: time, zone: str, fold: int) -> datetime:
    there = datetime.combine(day, at.replace(fold=fold), _zone(zone, zoneinfo.TZPATH)).astimezone(
        UTC
    )
    return there.astimezone(_zone(zone, zoneinfo.TZPATH)).replace(tzinfo=None, fold=0)


def utc_offset_words(zone: str, moment: datetime) -> str:
    """`UTC+5:30`, `UTC`; behind it with a real minus sign. Abbreviations in zone data are wrong."""
    offset = local(moment, zone).utcoffset() or timedelta()
    minutes = round(offset.total_seconds() / 60)
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "\N{MINUS SIGN}"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def _no_holiday(day: date) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Calendar:
    """On which days somebody works; `closures` are first and last day, both closed.

    What follows from it is kept under its value: `is_holiday` says the same of a day each time.
    Away are the days from `away_since` (without one: all earlier days) to the day
    before `away_until`, which is the first day back.
    """

    weekend: frozenset[int] = frozenset({5, 6})  # date.weekday(): Saturday, Sunday
    is_holiday: Callable[[date], bool] = _no_holiday
    closures: tuple[tuple[date, date], ...] = ()
    away_until: date | None = None
    away_since: date | None = None

    def is_away(self, day: date) -> bool:
        if self.away_until is None or day >= self.away_until:
            return False
        return self.away_since is None or day >= self.away_since


WEEKDAYS = Calendar()


def is_working(day: date, calendar: Calendar) -> bool:
    return not (
        day.weekday() in calendar.weekend
        or any(first <= day <= last for first, last in calendar.closures)
        or calendar.is_away(day)
        or calendar.is_holiday(day)
    )


def _working_days(start: date, step: timedelta, calendar: Calendar) -> Iterator[date]:
    """`start` itself first, if it is one; ValueError when ten years have none."""
    idle = 0
    while idle < _SEARCH_DAYS:
        if is_working(start, calendar):
            idle = 0
            yield start
        idle += 1
        start += step
    raise ValueError(f"no working day in the ten years before or after {start}")


@lru_cache(_KEPT)
def roll_forward(day: date, calendar: Calendar) -> date:
    """The day itself if it is a working day, else the next one."""
    return next(_working_days(day, ONE_DAY, calendar))


@lru_cache(_KEPT)
def roll_back(day: date, calendar: Calendar) -> date:
    """The day itself if it is a working day, else the one before."""
    return next(_working_days(day, -ONE_DAY, calendar))


@lru_cache(_KEPT)
def add_working_days(day: date, count: int, calendar: Calendar) -> date:
    """The `count`-th working day after `day` (before it when negative); 0 is `day` itself."""
    if count == 0:
        return day
    step = ONE_DAY if count > 0 else -ONE_DAY
    return next(islice(_working_days(day + step, step, calendar), abs(count) - 1, None))


def working_days_between(first: date, last: date, calendar: Calendar) -> int:
    """Working days after `first` up to and with `last`; negative when `last` is earlier."""
    if last < first:
        return -sum(is_working(last + ONE_DAY * n, calendar) for n in range((first - last).days))
    return sum(is_working(last - ONE_DAY * n, calendar) for n in range((last - first).days))


@dataclass(frozen=True, slots=True)
class Hours:
    """Local hours in which the bot may speak; what was held back is said at `speak_at`."""

    start: time = time(8)
    end: time = time(18)
    speak_at: time = time(9)

    def __post_init__(self) -> None:
        if not self.start <= self.speak_at < self.end:
            raise ValueError(f"hours {self.start}-{self.end} do not hold {self.speak_at}")

    @classmethod
    def own(cls, start: time, end: time) -> "Hours":
        """Hours that somebody chose: held words come at their start."""
        return cls(start, end, start)


USUAL_HOURS = Hours()


def opening(day: date, hours: Hours, zone: str) -> datetime:
    """The first moment at which the wall shows `speak_at` or later: the clock may skip it."""
    return _opening(day, hours, zone, zoneinfo.TZPATH)


@lru_cache(_KEPT)
def _opening(day: date, hours: Hours, zone: str, path: tuple[str, ...]) -> datetime:
    moment = instant(day, hours.speak_at, zone)
    if local(moment, zone).time() == hours.speak_at:
        return moment
    wall = datetime.combine(day, hours.speak_at)
    before = wall.replace(tzinfo=_zone(zone, path), fold=1).astimezone(UTC)
    minutes = range((moment - before) // ONE_MINUTE)
    return before + ONE_MINUTE * bisect_left(
        minutes,
        True,
        key=lambda n: local(before + ONE_MINUTE * n, zone).replace(tzinfo=None) >= wall,
    )


def next_opening(moment: datetime, zone: str, hours: Hours, calendar: Calendar) -> datetime:
    """The first opening of a working day at or after the moment; aware UTC.

    A day on which the clock skips all of the hours has none.
    """
    working = _working_days(day_in(moment, zone), ONE_DAY, calendar)
    openings = ((day, opening(day, hours, zone)) for day in working)
    return next(
        at for day, at in openings if at >= moment and _is_within(local(at, zone), day, hours)
    )


def next_allowed(now: datetime, zone: str, hours: Hours, calendar: Calendar) -> datetime:
    """`now` inside the hours of a working day, else the next opening of one; aware UTC."""
    here = local(now, zone)
    if _is_within(here, here.date(), hours) and is_working(here.date(), calendar):
        return now
    return next_opening(now, zone, hours, calendar)


def _is_within(here: datetime, day: date, hours: Hours) -> bool:
    return here.date() == day and hours.start <= here.time() < hours.end
