"""What the clock brings for meetings, beside reminders: each kind looks for itself what is due.

One that says something puts rows of the outbox, whose keys keep it to once.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.foretold import Foretold
from bot.domain.model import World
from bot.domain.notices import Holiday
from bot.services import (
    access_needs,
    clock_changes,
    held_questions,
    interests,
    link_notes,
    minutes_calendar,
    quorum_checks,
    reviews,
    timeboxes,
)
from bot.storage.database import Store


@dataclass(frozen=True, slots=True)
class Moment:
    """`mark`: until when everything was looked at before; `country_name` of an ISO 3166 code."""

    now: datetime
    mark: datetime
    world: World
    holiday: Holiday
    country_name: Callable[[str], str]


class Occasion(Protocol):
    """Safe to run twice; runs at every tick on the writer, so cheap where nothing is due."""

    def plan(self, store: Store, moment: Moment, /) -> int:
        """Do and put what has fallen due since the mark; how many rows."""

    def next_at(self, store: Store, moment: Moment, /) -> datetime | None:
        """The next instant after `now` at which it has something to do, if soon."""

    def foretold(self, store: Store, moment: Moment, until: datetime, /) -> Iterable[Foretold]:
        """What `plan` is to put from the mark on if nothing changes, by the same rules."""


@dataclass(frozen=True, slots=True)
class _ByCalendar:
    """One that looks at the calendars of people or channels, and at nothing else beside."""

    _plan: Callable[[Store, World, Holiday, datetime, datetime], int]
    _next_at: Callable[[Store, World, Holiday, datetime], datetime | None]
    _foretold: Callable[[Store, World, Holiday, datetime, datetime, datetime], Iterable[Foretold]]

    def plan(self, store: Store, moment: Moment, /) -> int:
        return self._plan(store, moment.world, moment.holiday, moment.now, moment.mark)

    def next_at(self, store: Store, moment: Moment, /) -> datetime | None:
        return self._next_at(store, moment.world, moment.holiday, moment.now)

    def foretold(self, store: Store, moment: Moment, until: datetime, /) -> Iterable[Foretold]:
        m = moment
        return self._foretold(store, m.world, m.holiday, m.now, m.mark, until)


class _ClockChanges:
    def plan(self, store: Store, moment: Moment, /) -> int:
        m = moment
        return clock_changes.plan(store, m.world, m.holiday, m.country_name, m.now, m.mark)

    def next_at(self, store: Store, moment: Moment, /) -> datetime | None:
        return clock_changes.next_at(store, moment.world, moment.holiday, moment.now)

    def foretold(self, store: Store, moment: Moment, until: datetime, /) -> Iterable[Foretold]:
        m = moment
        return clock_changes.foretold(
            store, m.world, m.holiday, m.country_name, m.now, m.mark, until
        )


class _Interests:
    def plan(self, store: Store, moment: Moment, /) -> int:
        return interests.plan(store, moment.world, moment.now, moment.mark)

    def next_at(self, store: Store, moment: Moment, /) -> datetime | None:
        return interests.next_at(store, moment.world, moment.now)

    def foretold(self, store: Store, moment: Moment, until: datetime, /) -> Iterable[Foretold]:
        m = moment
        return interests.foretold(store, m.world, m.now, m.mark, until)


class _LinkNotes:
    def plan(self, store: Store, moment: Moment, /) -> int:
        m = moment
        return link_notes.plan(store, m.world, m.holiday, m.now, m.mark)

    def next_at(self, store: Store, moment: Moment, /) -> datetime | None:
        return link_notes.next_at(store, moment.world, moment.now)

    def foretold(self, store: Store, moment: Moment, until: datetime, /) -> Iterable[Foretold]:
        m = moment
        return link_notes.foretold(store, m.world, m.holiday, m.now, m.mark, until)


class _AccessNeeds:
    def plan(self, store: Store, moment: Moment, /) -> int:
        return access_needs.purge(store, moment.now)

    def next_at(self, store: Store, moment: Moment, /) -> datetime | None:
        return access_needs.next_at(store, moment.now)

    def foretold(self, store: Store, moment: Moment, until: datetime, /) -> Iterable[Foretold]:
        return access_needs.foretold(store, moment.now, until)


class _Timeboxes:
    def plan(self, store: Store, moment: Moment, /) -> int:
        return timeboxes.plan(store, moment.world, moment.now)

    def next_at(self, store: Store, moment: Moment, /) -> datetime | None:
        return timeboxes.next_at(store, moment.world, moment.now)

    def foretold(self, store: Store, moment: Moment, until: datetime, /) -> Iterable[Foretold]:
        return timeboxes.foretold(store, moment.world, moment.now, until)


OCCASIONS: tuple[Occasion, ...] = (
    _ByCalendar(reviews.plan, reviews.next_at, reviews.foretold),
    _ClockChanges(),
    _ByCalendar(minutes_calendar.plan, minutes_calendar.next_at, minutes_calendar.foretold),
    _Interests(),
    _LinkNotes(),
    _AccessNeeds(),
    _ByCalendar(quorum_checks.plan, quorum_checks.next_at, quorum_checks.foretold),
    _Timeboxes(),
    _ByCalendar(held_questions.plan, held_questions.next_at, held_questions.foretold),
)


def plan(store: Store, moment: Moment) -> int:
    return sum(occasion.plan(store, moment) for occasion in OCCASIONS)


def next_at(store: Store, moment: Moment) -> Iterator[datetime]:
    found = (occasion.next_at(store, moment) for occasion in OCCASIONS)
    return (at for at in found if at is not None)


def foretold(store: Store, moment: Moment, until: datetime) -> tuple[Foretold, ...]:
    """In the order in which they come; of rows, only those that are not put yet."""
    found = [one for occasion in OCCASIONS for one in occasion.foretold(store, moment, until)]
    standing = store.outbox.standing(one.out.key for one in found if one.out is not None)
    new = (one for one in found if one.out is None or one.out.key not in standing)
    return tuple(sorted(new, key=lambda one: one.at))
