"""What a notice is: something to be said to one person about one thing, once; pure.

A key carries the local date of the person, never an instant. Which notices an action or a deadline
gives is in `item_notices`, `deadline_notices` and `escalation`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from bot.domain.days import (
    END_OF_DAY,
    USUAL_HOURS,
    Calendar,
    Hours,
    add_working_days,
    instant,
    next_opening,
    opening,
)
from bot.domain.model import WORKING_HOURS, Person, Ref, UserId, World

REMIND, ASK, SILENT, ESCALATE = "remind", "ask", "silent", "escalate"
REMINDERS = frozenset({REMIND, ASK, SILENT, ESCALATE})
"""Kinds that are derived from rows: taken back when the thing changes, planned again if due."""
AGAIN = "again"
"""The step of a reminder that the owner put off to a day of their own."""
DAILY = "daily"
"""The bundle of one person's day."""

EVERY_DAY = frozenset(range(7))
USEFUL_WORKING_DAYS = 3
"""A reminder is worth saying for its own day and three working days (reliability.md 4.6)."""

Holiday = Callable[[date, str | None, str | None], bool]
"""Day, country, region: is it a public holiday there?"""


class About(Protocol):
    """What a notice can be about; `subject` is how the outbox names it."""

    @property
    def subject(self) -> str: ...
    @property
    def ref(self) -> Ref: ...


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that must be said to one person about one action or deadline, and when.

    `step` is `-2d`, `0d`, `+7d`, `ask`, `silent`, `+10wd`…; `day` the local date in the key.
    """

    key: str
    subject: str
    ref: Ref
    kind: str
    step: str
    to: UserId
    day: date
    at: datetime
    until: datetime
    urgent: bool = False
    """Said as soon as the person's hours allow, not held to their morning nor to one a day."""


@dataclass(frozen=True, slots=True)
class _Holidays:
    """Those of one place; a value, by which calendars made anew are known to be the same."""

    holiday: Holiday
    country: str | None
    region: str | None

    def __call__(self, day: date) -> bool:
        return self.holiday(day, self.country, self.region)


def calendar_of(person: Person, world: World, holiday: Holiday) -> Calendar:
    return Calendar(
        weekend=EVERY_DAY - person.workdays,
        is_holiday=_Holidays(holiday, person.country, person.region),
        closures=tuple((first, last) for first, last, _ in world.programme.closures),
        away_until=person.away_until,
    )


def programme_calendar(world: World, holiday: Holiday) -> Calendar:
    """Of what belongs to nobody or to several."""
    programme = world.programme
    closures = tuple((first, last) for first, last, _ in programme.closures)
    holidays = _Holidays(holiday, programme.country, programme.region)
    return Calendar(is_holiday=holidays, closures=closures)


def hours_of(person: Person) -> Hours:
    return USUAL_HOURS if person.hours == WORKING_HOURS else Hours.own(*person.hours)


def step_of(key: str) -> str:
    """The step in the key of a row of the outbox, `` for rows that are no reminder."""
    return _told_by(key)[0]


def urgency(kind: str, key: str) -> tuple[int, bool]:
    """Sorts what is said together: what is late or due, then questions, then what is ahead."""
    step = step_of(key)
    days = re.match(r"[+-]?\d+", step)
    ahead = kind == REMIND and days is not None and int(days[0]) < 0
    late = kind == ESCALATE or (kind == REMIND and not ahead)
    return (0 if late else 2 if ahead else 1), not (late and key.startswith("deadline:"))


def day_of(key: str) -> date | None:
    """The local day in the key of a reminder."""
    day = _told_by(key)[1]
    return date.fromisoformat(day) if day else None


def _told_by(key: str) -> tuple[str, str]:
    """Step and day; subjects have two parts, or three."""
    parts = key.split(":")
    kind = next((n for n in (2, 3) if len(parts) > n + 3 and parts[n] in REMINDERS), None)
    return ("", "") if kind is None else (parts[kind + 1], parts[kind + 2])


def said_before(
    old: tuple[Notice, ...],
    new: tuple[Notice, ...],
    said: frozenset[str],
    since: datetime | None = None,
) -> Iterator[Notice]:
    """Those of the new notices that must not be said, though their keys are new.

    Days have moved: the step, or a later one, was said on its old day (`said` are keys). Steps
    that had not been there are for after `since`.
    """
    for notice in new:
        if notice.key in said:
            continue
        fellows = [n for n in old if (n.kind, n.to) == (notice.kind, notice.to)]
        if notice.kind == ESCALATE:
            fellows = _renamed(fellows, notice, new)
        heard = [n for n in fellows if n.key in said]
        overtaken = any(n.step == notice.step or _precedes(notice, n) for n in heard)
        unknown = all(n.step != notice.step for n in fellows)
        if overtaken or (since is not None and unknown and notice.at <= since):
            yield notice


def _renamed(old: list[Notice], notice: Notice, new: tuple[Notice, ...]) -> list[Notice]:
    """The old step in the place of this one, by the name of this one, if there was one.

    The first step to a person stays the first, after however many days it may come.
    """
    fellows = [n for n in new if (n.kind, n.to) == (notice.kind, notice.to)]
    place = sorted(fellows, key=lambda n: n.at).index(notice)
    there = sorted(old, key=lambda n: n.at)[place:]
    return [replace(n, step=notice.step) for n in there]


def _precedes(one: Notice, other: Notice) -> bool:
    """Whether both count days from the due day, and the other more."""
    counts = [n.step.removesuffix("d") for n in (one, other)]
    numbers = [int(count) for count in counts if count.lstrip("+-").isdigit()]
    return len(numbers) == 2 and numbers[0] < numbers[1]


def silent_owner(step: str) -> UserId:
    """Who did not answer, from the step of a `silent` notice."""
    return UserId(step.removeprefix(f"{SILENT}-"))


def morning(moment: datetime, person: Person, calendar: Calendar) -> datetime:
    """The person's next moment of daily words, at or after the given one."""
    return next_opening(moment, person.zone, hours_of(person), calendar)


def notice_on(
    thing: About, kind: str, step: str, to: Person, day: date, calendar: Calendar
) -> Notice:
    """On the opening of that day of theirs; useful for it and some working days."""
    last = add_working_days(day, USEFUL_WORKING_DAYS, calendar)
    return Notice(
        key=f"{thing.subject}:{kind}:{step}:{day.isoformat()}:{to.user}",
        subject=thing.subject,
        ref=thing.ref,
        kind=kind,
        step=step,
        to=UserId(to.user),
        day=day,
        at=opening(day, hours_of(to), to.zone),
        until=end_of(last, to),
    )


def end_of(day: date, person: Person) -> datetime:
    return instant(day, END_OF_DAY, person.zone)
