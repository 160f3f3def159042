"""The days counted from a due day on which somebody is reminded, rolled to working days; pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol

from bot.domain.days import Calendar, roll_back, roll_forward
from bot.domain.items import Quiet
from bot.domain.model import Person
from bot.domain.notices import AGAIN, REMIND, About, Notice, notice_on

EARLY, ROOM = 7, 3
"""Reminders a week or more ahead are only for what was given some days before those."""


class Quietable(About, Protocol):
    """What people can be reminded of, and do not want to be."""

    @property
    def quiet(self) -> tuple[Quiet, ...]: ...


def offsets(before: Iterable[int], after: Iterable[int], ahead: int) -> tuple[int, ...]:
    """Earliest first, so that of the steps of one day the latest is said.

    `ahead`: how many days before its due day the thing was added.
    """
    early = (days for days in sorted(set(before), reverse=True))
    kept = (-days for days in early if days < EARLY or ahead > days + ROOM)
    return (*kept, 0, *sorted(after))


def by_day(due: date, steps: Iterable[int], calendar: Calendar) -> dict[date, list[int]]:
    """The steps by the working day that they fall on; the last is said."""
    found: dict[date, list[int]] = {}
    for offset in steps:
        found.setdefault(day_of(due, offset, calendar), []).append(offset)
    return found


def reminders(
    thing: Quietable, due: date, steps: Iterable[int], to: Person, calendar: Calendar
) -> Iterator[Notice]:
    """One a day, without those that the person did not want."""
    said = {
        day: notice_on(thing, REMIND, f"{offsets_[-1]}d", to, day, calendar)
        for day, offsets_ in by_day(due, steps, calendar).items()
    }
    wish = next((q for q in thing.quiet if q.user == to.user), None)
    if wish is None:
        yield from said.values()
        return
    if wish.until is None:
        return
    again = roll_forward(wish.until, calendar)
    yield notice_on(thing, REMIND, AGAIN, to, again, calendar)
    yield from (notice for day, notice in said.items() if day > again)


def day_of(due: date, offset: int, calendar: Calendar) -> date:
    """Before the due day and on it roll back to a working day, after it or while away forward."""
    day = due + timedelta(days=offset)
    if offset <= 0 and not calendar.is_away(day):
        back = last_working(day, calendar)
        if not calendar.is_away(back):
            return back
    return roll_forward(day, calendar)


def last_working(day: date, calendar: Calendar) -> date:
    """The day itself or the last before it that is a working day, absence aside."""
    return roll_back(day, replace(calendar, away_until=None) if calendar.away_until else calendar)
