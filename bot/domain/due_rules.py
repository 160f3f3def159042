"""What a spelled date means for its reader: which day, and which days are refused (domain.md 6)."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from datetime import time as WallTime  # noqa: N812 - `time` is the name of a field here
from enum import StrEnum
from functools import cache
from typing import NoReturn
from zoneinfo import available_timezones

from bot.domain import days
from bot.domain.due_words import (
    Phrase,
    clock_time,
    day_number,
    month_number,
    weekday_number,
)
from bot.errors import BadInput, Code

FIELD = "due"
_YEARS_AHEAD = 5
_EARLIEST_YEAR = 1900
_SURELY_AHEAD = timedelta(2)  # whatever the time and the zone
_FRIDAY = 4
_SATURDAY = 5


@cache
def _iana_names() -> Mapping[str, str]:
    return {name.lower(): name for name in available_timezones() if "/" in name}


def iana_zone(words: str) -> tuple[str, ...]:
    """`UTC` or an IANA name such as `Europe/Rome`, in any case; cities are not known here."""
    if words.lower() == "utc":
        return ("UTC",)
    name = _iana_names().get(words.lower())
    return (name,) if name else ()


class Note(StrEnum):
    """What the answer must add to the date."""

    NEXT_YEAR = "next-year"  # the day has passed this year
    WEEKEND = "weekend"
    FOLD = "fold"  # the clock shows this time twice; the first is meant


Resolved = tuple[date, tuple[Note, ...]]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a reader of dates must know; `now` is aware UTC, zones are IANA names.

    Relative words are of the typist's `zone`, a day without a time is one of the
    `group_zone`; `next_meeting` is a day there. `find_zone` gives all zones that words
    may mean.
    """

    now: datetime
    zone: str
    group_zone: str
    next_meeting: date | None = None
    find_zone: Callable[[str], tuple[str, ...]] = iana_zone
    past_ok: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """A due day of the group, or with `time` a wall time of `zone`."""

    day: date
    time: WallTime | None = None
    zone: str | None = None
    notes: tuple[Note, ...] = ()

    def is_same(self, other: "When") -> bool:
        """Whether both mean one day and time, whatever must be noted about it."""
        return (self.day, self.time, self.zone) == (other.day, other.time, other.zone)

    def instant(self, group_zone: str) -> datetime:
        """Aware UTC; without a time the last minute of the day in the group's zone."""
        return days.instant(self.day, self.time or days.END_OF_DAY, self.zone or group_zone)

    def group_day(self, group_zone: str) -> date:
        """The date on which the group has it due."""
        if self.time is None:
            return self.day
        return days.day_in(self.instant(group_zone), group_zone)


@dataclass(frozen=True, slots=True)
class Resolver:
    """One phrase on its way to a date; `typed` is what refusals give back, `rest` the time part."""

    reading: Reading
    typed: str
    rest: str
    today: date  # for the typist
    group_today: date

    def refuse(self, code: Code = Code.DATE_UNREADABLE, **facts: object) -> NoReturn:
        raise BadInput(code, FIELD, self.typed, **facts)

    def day(self, parts: Mapping[str, str]) -> Resolved:
        for name, resolve in _FORMS.items():
            if name in parts:
                return resolve(self, parts)
        return self.refuse()

    def checked(self, when: When) -> When:
        """The same, with its notes; refused when skipped by the clock, past or too far."""
        fault = self._fault(when)
        if fault:
            self.refuse(fault, day=when.day)
        self._check_gap(when)
        notes = when.notes
        if when.day.weekday() >= _SATURDAY:
            notes += (Note.WEEKEND,)
        if when.time is not None and when.zone and days.is_doubled(when.day, when.time, when.zone):
            notes += (Note.FOLD,)
        return replace(when, notes=notes) if notes else when

    def clock(self, word: str) -> WallTime:
        return clock_time(word) or self.refuse()

    def possible(self, *choices: date | None) -> tuple[date, ...]:
        """Those that would be accepted, each once, in the order given."""
        fit = [day for day in choices if day and not self._fault(When(day))]
        return tuple(dict.fromkeys(fit))

    def _fault(self, when: When) -> Code | None:
        reading = self.reading
        if when.day > _years_later(max(self.today, self.group_today)):
            return Code.DATE_FAR
        if when.day.year < (_EARLIEST_YEAR if reading.past_ok else reading.now.year - 1):
            return Code.DATE_PAST
        if reading.past_ok or when.day > max(self.today, self.group_today) + _SURELY_AHEAD:
            return None
        return Code.DATE_PAST if when.instant(reading.group_zone) < reading.now else None

    def _check_gap(self, when: When) -> None:
        if when.time is None or when.zone is None:
            return
        neighbours = days.gap_neighbours(when.day, when.time, when.zone)
        if neighbours:
            self.refuse(Code.TIME_GAP, choices=neighbours, zone=when.zone, day=when.day)

    def on_calendar(self, year: int, month: int, day: int) -> date:
        """The date, or a refusal that names the days around the missing one."""
        if year == 0:
            self.refuse()
        last = monthrange(year, month)[1]
        if day <= last:
            return date(year, month, day)
        edge = date(year, month, last)
        choices = self.possible(edge, edge + days.ONE_DAY)
        return self.refuse(Code.DATE_MISSING_DAY, choices=choices, year=year, month=month, day=day)

    def later(self, amount: timedelta) -> date:
        return self.today + amount


def _years_later(day: date) -> date:
    year = day.year + _YEARS_AHEAD
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def _iso(it: Resolver, parts: Mapping[str, str]) -> Resolved:
    year, month, day = (int(number) for number in parts["iso"].split("-"))
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        it.refuse()
    return _of_weekday(it, parts, it.on_calendar(year, month, day)), ()


def _named(it: Resolver, parts: Mapping[str, str]) -> Resolved:
    month = month_number(parts.get("month_1") or parts["month_2"])
    day = day_number(parts.get("day_1") or parts["day_2"])
    if day is None:
        it.refuse()
    typed_year = parts.get("year_1") or parts.get("year_2")
    if typed_year:
        return _of_weekday(it, parts, it.on_calendar(int(typed_year), month, day)), ()
    # Somewhere it may still be yesterday: a day is over when it is over for typist and group.
    today = min(it.today, it.group_today)
    passed = (month, day) < (today.month, today.day)
    found = it.on_calendar(today.year + passed, month, day)
    return _of_weekday(it, parts, found), (Note.NEXT_YEAR,) if passed else ()


def _of_weekday(it: Resolver, parts: Mapping[str, str], day: date) -> date:
    """The day, if it is the weekday named before it; both are offered when they disagree."""
    named = parts.get("of_week")
    if named is None or weekday_number(named) == day.weekday():
        return day
    ahead = (weekday_number(named) - day.weekday()) % 7
    nearest = timedelta(ahead if ahead <= 3 else ahead - 7)
    if date.max - day < nearest or day - date.min < -nearest:
        it.refuse()
    return it.refuse(Code.DATE_AMBIGUOUS, choices=it.possible(day, day + nearest), rest=it.rest)


def _weekday(it: Resolver, parts: Mapping[str, str]) -> Resolved:
    today, wanted = it.today, weekday_number(parts["weekday"])
    if "next" in parts:
        monday = today - timedelta(today.weekday())
        return monday + timedelta(7 + wanted), ()
    return today + timedelta((wanted - today.weekday() - 1) % 7 + 1), ()


def _near(it: Resolver, parts: Mapping[str, str]) -> Resolved:
    return it.later(timedelta(parts["near"] == "tomorrow")), ()


def _count(it: Resolver, parts: Mapping[str, str]) -> Resolved:
    count = int(parts.get("count") or parts["weeks"])
    if count == 0:
        it.refuse()
    return it.later(timedelta(count if parts.get("unit") == "day" else 7 * count)), ()


def _end_of(it: Resolver, parts: Mapping[str, str]) -> Resolved:
    today = it.today
    if parts["end_of"].endswith("m") or parts["end_of"].endswith("month"):
        return today.replace(day=monthrange(today.year, today.month)[1]), ()
    return today + timedelta((_FRIDAY - today.weekday()) % 7), ()


def _before_meeting(it: Resolver, parts: Mapping[str, str]) -> Resolved:
    meeting = it.reading.next_meeting
    if meeting is None:
        it.refuse(Code.NO_NEXT_MEETING)
    return meeting - timedelta(int(parts["before"])), ()


def _numeric(it: Resolver, parts: Mapping[str, str]) -> Resolved:
    """Never read, always asked: day first, then month first."""
    one, two = int(parts["one"]), int(parts.get("two") or parts["short"])
    year = int(parts["year"]) if "year" in parts else None
    day_first, month_first = (_maybe(it, year, *pair) for pair in ((two, one), (one, two)))
    readings = [day for day in (day_first, month_first) if day]
    choices = it.possible(*readings)
    if choices:
        it.refuse(Code.DATE_AMBIGUOUS, choices=choices, rest=it.rest)
    for day in readings:
        it.refuse(it._fault(When(day)) or Code.DATE_UNREADABLE, day=day)
    return it.refuse()


def _maybe(it: Resolver, year: int | None, month: int, day: int) -> date | None:
    try:
        if year is not None:
            return date(year, month, day)
        today = min(it.today, it.group_today)
        return date(today.year + ((month, day) < (today.month, today.day)), month, day)
    except ValueError:
        return None


_FORMS: dict[str, Callable[[Resolver, Mapping[str, str]], Resolved]] = {
    "iso": _iso,
    "month_1": _named,
    "month_2": _named,
    "weekday": _weekday,
    "near": _near,
    "count": _count,
    "weeks": _count,
    "end_of": _end_of,
    "before": _before_meeting,
    "one": _numeric,
}


def resolve(phrase: Phrase, zone: str | None, reading: Reading, typed: str, rest: str) -> When:
    """The date that a phrase means; BadInput when it has none that can be taken."""
    today = group_today = days.day_in(reading.now, reading.zone)
    if reading.group_zone != reading.zone:
        group_today = days.day_in(reading.now, reading.group_zone)
    it = Resolver(reading, typed, rest, today, group_today)
    at = it.clock(phrase.time) if phrase.time else None
    day, notes = it.day(phrase.parts)
    if at is None:
        return it.checked(When(day, notes=notes))
    return it.checked(When(day, at, zone or ("UTC" if phrase.utc else reading.zone), notes))
