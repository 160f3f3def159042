"""What whoever plans or moves a meeting must know of its time: for whom it is hard, and why."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain import local_times
from bot.domain.days import day_in, is_doubled
from bot.domain.local_times import Clock, Facts, Overlap
from bot.domain.meetings import Meeting, MeetingId, MeetingKind
from bot.domain.model import GroupKey, UserId
from bot.domain.notices import Holiday
from bot.services import meetings
from bot.services.access import Ask

FLOOR = {
    MeetingKind.CALL: timedelta(weeks=1),
    MeetingKind.FACE_TO_FACE: timedelta(weeks=8),
}
"""Notice that people are to have at least (domain.md 2)."""
_SATURDAY = 5


def facts_of(ask: Ask, found: Sequence[Meeting], holiday: Holiday) -> Facts:
    """Of the meetings as they are now, in the order of their days; all of the same groups.

    Who comes face to face keeps the hours of the place.
    """
    first = found[0]
    people = local_times.people_of(first.groups, ask.world)
    zones = local_times.zones_of(people, first.starts)
    days = [day for meeting in found for day in local_times.days_of(meeting)]
    left = first.start_day - day_in(ask.now, first.zone)
    return Facts(
        clocks=local_times.clocks(first.starts, zones),
        shifts=local_times.shifts(found, zones),
        odd=local_times.unusual(first, zones) if len(found) == 1 else (),
        inconvenient=_inconvenient(found, zones if first.kind is MeetingKind.CALL else ()),
        holidays=local_times.holidays(days, people, holiday),
        weekends=tuple(day for day in days if day.weekday() >= _SATURDAY),
        overlaps=_overlaps(ask, found),
        doubled=any(is_doubled(m.start_day, m.start_at, m.zone) for m in found),
        notice=left.days if left < FLOOR[first.kind] else None,
    )


def before_others(facts: Facts) -> Facts:
    """Without what other groups do: for whom a channel's people may read."""
    overlaps = tuple(
        one
        if one.other is None or set(one.other.groups) <= set(one.meeting.groups)
        else replace(one, other=None)
        for one in facts.overlaps
    )
    return replace(facts, overlaps=overlaps)


def _inconvenient(found: Sequence[Meeting], zones: Sequence[str]) -> tuple[Clock, ...]:
    """For each zone the first that is."""
    known: dict[str, Clock] = {}
    for meeting in found:
        for clock in local_times.inconvenient(meeting, zones):
            known.setdefault(clock.zone, clock)
    return tuple(known.values())


def _overlaps(ask: Ask, found: Sequence[Meeting]) -> tuple[Overlap, ...]:
    ids: Collection[MeetingId] = {meeting.id for meeting in found}
    mine = _users(ask, found[0].groups)
    others = [
        (other, other.starts, other.ends, len(mine & _users(ask, other.groups)))
        for other in ask.store.meetings.upcoming(ask.now)
        if other.id not in ids
    ]
    spans = [(meeting, meeting.starts, meeting.ends) for meeting in found]
    return tuple(
        Overlap(meeting, people, other if meetings.may_see(ask, other) else None)
        for meeting, starts, ends in spans
        for other, begins, over, people in others
        if people and starts < over and begins < ends
    )


def _users(ask: Ask, groups: tuple[GroupKey, ...]) -> frozenset[UserId]:
    return frozenset(person.user for person in local_times.people_of(groups, ask.world))
