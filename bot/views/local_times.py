"""What a meeting's hour is in each city, and where that is not as usual, in sentences."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from bot.domain.local_times import Clock, Facts, Holidays, Home, Overlap, Shift
from bot.domain.meetings import Meeting, MeetingKind
from bot.views.dates import count, day_words
from bot.views.text import bare, clip

ZONES, ROWS, NAMED = 20, 6, 3
Countries = Mapping[str, str]
"""English names by ISO 3166 code."""


def city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def clocks(found: Sequence[Clock], day: date) -> str:
    """Such as "Vancouver 07:00, Rome 16:00"; with the weekday where that is another."""
    said = [_clock(clock.zone, clock.at, day) for clock in found[:ZONES]]
    more = [f"and {len(found) - ZONES} more"] if len(found) > ZONES else []
    return ", ".join([*said, *more])


def sentences(
    facts: Facts, first: Meeting, countries: Countries, *, told: bool = True
) -> tuple[str, ...]:
    """Whole sentences, unescaped; `told` False: only what somebody should know of its time."""
    said = [f"Local times: {clocks(facts.clocks, first.start_day)}."] if facts.clocks else []
    return (
        *(said if told else ()),
        *_differences(facts),
        *holidays(facts.holidays, countries),
        *_weekends(facts),
        *_hours(facts),
        *_overlaps(facts.overlaps),
        *_notice(facts, first),
        *(("The clock shows that time twice that day; the first is meant.",) * facts.doubled),
    )


def holidays(found: Holidays, countries: Countries) -> tuple[str, ...]:
    """Whole sentences; a country without a name by its code."""
    said = [
        f"{day_words(day)} is a public holiday in {_places(homes, countries)}."
        for day, homes in found[:ROWS]
    ]
    more = len(found) - ROWS
    return (*said, *([f"So are {count(more, 'more day')} of them."] if more > 0 else []))


def shifted(found: Iterable[Shift]) -> str:
    """Of one day: who meets at another hour than before, and by how much."""
    return ", ".join(f"{_clock(one.zone, one.at, one.day)} ({_by(one)})" for one in found)


def _by(shift: Shift) -> str:
    minutes = round(abs(shift.by).total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    size = " ".join(
        [*([count(hours, "hour")] if hours else []), *([f"{rest} minutes"] if rest else [])]
    )
    return f"{size} {'later' if shift.by.total_seconds() > 0 else 'earlier'}"


def _clock(zone: str, at: datetime, day: date) -> str:
    weekday = f" {at:%a}" if at.date() != day else ""
    return f"{city(zone)}{weekday} {at:%H:%M}"


def _differences(facts: Facts) -> list[str]:
    if facts.odd:
        return [f"The clocks differ that week: {shifted(facts.odd)} than usual."]
    days = [(day, [*found]) for day, found in groupby(facts.shifts, key=lambda one: one.day)]
    if not days:
        return []
    said = [
        f"from {day_words(day)} {', '.join(_clock(s.zone, s.at, day) for s in found[:ZONES])}"
        for day, found in days[:ROWS]
    ]
    more = f"; and {count(len(days) - ROWS, 'more change')}" if len(days) > ROWS else ""
    return [f"The clocks change in between: {'; '.join(said)}{more}."]


def _places(homes: Sequence[Home], countries: Countries) -> str:
    by_country: dict[str, list[str]] = {}
    for code, region in homes:
        by_country.setdefault(code, []).extend([region] if region else [])
    names = [
        " ".join([countries.get(code, code), *([f"({', '.join(regions)})"] if regions else [])])
        for code, regions in by_country.items()
    ]
    return " and ".join([*([", ".join(names[:-1])] if names[:-1] else []), names[-1]])


def _weekends(facts: Facts) -> list[str]:
    if len(facts.weekends) > NAMED:
        return [f"{len(facts.weekends)} of the days are Saturdays or Sundays."]
    return [f"{day.day} {day:%b %Y} is a {day:%A}." for day in facts.weekends]


def _hours(facts: Facts) -> list[str]:
    early = [c for c in facts.inconvenient if c.at.hour < 7]
    late = [c for c in facts.inconvenient if c not in early]
    said = [("Early", "before 07:00", early), ("Late", "after 22:00", late)]
    return [
        f"{word} for some, {hours}: "
        + ", ".join(f"{city(c.zone)} {c.at:%H:%M}" for c in found[:ROWS])
        + "."
        for word, hours, found in said
        if found
    ]


def _overlaps(found: Sequence[Overlap]) -> list[str]:
    said = [
        f"On {day_words(one.meeting.start_day)} it overlaps with {_other(one.other)}, "
        f"where {_same(one.people)} expected."
        for one in found[:NAMED]
    ]
    more = len(found) - NAMED
    return [*said, *([f"And it overlaps {count(more, 'more time')}."] if more > 0 else [])]


def _same(people: int) -> str:
    return "one of the same people is" if people == 1 else f"{people} of the same people are"


def _other(meeting: Meeting | None) -> str:
    if meeting is None:
        return "a meeting of another working group"
    return f"{meeting.ref} {clip(bare(meeting.title), 60)}"


def _notice(facts: Facts, first: Meeting) -> list[str]:
    if facts.notice is None:
        return []
    kind = (
        "a meeting face to face is announced eight weeks"
        if first.kind is MeetingKind.FACE_TO_FACE
        else "a call is announced a week"
    )
    left = count(facts.notice, "day") if facts.notice else "less than a day"
    return [f"That is short notice, {left}: {kind} ahead."]
