"""A week before a series meets at another hour for some than last time, its channel hears so."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from bot.domain import local_times
from bot.domain.days import USUAL_HOURS, opening
from bot.domain.foretold import Foretold
from bot.domain.local_times import Shift
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.model import World
from bot.domain.notices import Holiday
from bot.domain.outbox import Outgoing
from bot.services.meeting_news import CLOCKS, lanes, quiet_until
from bot.storage.database import Store
from bot.views.meeting_news import clocks_change

AHEAD = timedelta(days=7)
_DAY = timedelta(days=1)
_QUARTER = 15
"""Minutes. Opening hours begin with one, on any clock."""


@dataclass(frozen=True, slots=True)
class _Change:
    """A meeting that is at another hour for some; `lanes`: channels, and when each hears."""

    meeting: Meeting
    shifts: tuple[Shift, ...]
    lanes: tuple[tuple[str, datetime], ...]


def plan(
    store: Store,
    world: World,
    holiday: Holiday,
    country_name: Callable[[str], str],
    now: datetime,
    mark: datetime,
) -> int:
    """Put what has fallen due since the mark and is still of use; how many rows.

    Safe to run twice: each occurrence has one row in a channel.
    """
    quarter = now.replace(minute=now.minute // _QUARTER * _QUARTER, second=0, microsecond=0)
    if quarter <= mark:
        return 0
    put = 0
    for told in _changes(store, world, holiday, mark - AHEAD, now):
        for lane, at in told.lanes:
            if mark < at <= now < told.meeting.starts:
                put += store.outbox.put(_outgoing(told, lane, at, world, holiday, country_name))
    return put


def next_at(store: Store, world: World, holiday: Holiday, now: datetime) -> datetime | None:
    """The next one, if that is within the coming week."""
    found = _changes(store, world, holiday, now, now + AHEAD)
    later = (at for told in found for _, at in told.lanes if at > now)
    return min(later, default=None)


def foretold(
    store: Store,
    world: World,
    holiday: Holiday,
    country_name: Callable[[str], str],
    now: datetime,
    mark: datetime,
    until: datetime,
) -> Iterator[Foretold]:
    for told in _changes(store, world, holiday, mark - AHEAD, until):
        for lane, at in told.lanes:
            if mark < at <= until and max(at, now) < told.meeting.starts:
                out = _outgoing(told, lane, at, world, holiday, country_name)
                yield Foretold(max(at, now), told.meeting.subject, out)


def _changes(
    store: Store, world: World, holiday: Holiday, since: datetime, until: datetime
) -> Iterator[_Change]:
    """All that may be told between the two; of each occurrence against the one before it.

    Only of series with a rule: others, as of a world from elsewhere, were announced elsewhere.
    """
    found = store.meetings.recurring(since.date(), until.date() + AHEAD + _DAY)
    for key in dict.fromkeys(meeting.series for meeting in found):
        planned = key is not None and store.series.get(key) is not None
        series = store.meetings.of_series(key) if key and planned else ()
        standing = [one for one in series if one.state is not MeetingState.CANCELLED]
        for before, after in pairwise(standing):
            shifts = _shifts(before, after, world) if after in found else ()
            if shifts:
                yield _Change(after, shifts, tuple(_when(after, world, holiday)))


def _shifts(before: Meeting, after: Meeting, world: World) -> tuple[Shift, ...]:
    people = local_times.people_of(after.groups, world)
    return local_times.shifts((before, after), local_times.zones_of(people, after.starts))


def _when(meeting: Meeting, world: World, holiday: Holiday) -> Iterator[tuple[str, datetime]]:
    for lane, zone in lanes(meeting, world):
        opens = opening(meeting.start_day - AHEAD, USUAL_HOURS, zone)
        yield lane, quiet_until(opens, zone, world, holiday)


def _outgoing(
    told: _Change,
    lane: str,
    at: datetime,
    world: World,
    holiday: Holiday,
    country_name: Callable[[str], str],
) -> Outgoing:
    meeting = told.meeting
    people = local_times.people_of(meeting.groups, world)
    holidays = local_times.holidays(local_times.days_of(meeting), people, holiday)
    countries = {code: country_name(code) for _, homes in holidays for code, _ in homes}
    return Outgoing(
        key=f"{meeting.subject}:clocks:{meeting.start_day.isoformat()}:{lane}",
        subject=meeting.subject,
        kind=CLOCKS,
        lane=lane,
        message=clocks_change(meeting, told.shifts, holidays, countries, world),
        at=at,
        until=meeting.starts,
    )
