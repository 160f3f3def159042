"""Meetings moved and cancelled: one, or it and the rest of its series."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from bot.domain import rescheduling
from bot.domain.days import day_in
from bot.domain.history import Change
from bot.domain.items import NOTE_LIMIT
from bot.domain.local_times import Facts
from bot.domain.meetings import Meeting, MeetingState, PrepItem
from bot.domain.model import Ref
from bot.domain.notices import Holiday
from bot.domain.recurrence import require_times
from bot.domain.rescheduling import Former, Policy
from bot.errors import BadInput, Code, Conflict
from bot.services import (
    agenda_news,
    checklists,
    meeting_news,
    meetings,
    preparation_reminders,
)
from bot.services.access import Ask, Op, authorize_each
from bot.services.checks import require_reason
from bot.services.meeting_facts import facts_of
from bot.services.meeting_undo import CANCEL, MOVE, keep
from bot.storage.database import Store

NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class Changed:
    """`before` and `meetings` go together; `told`: when their channel hears, None: it does not.

    `dates`: how many of the preparation moved; `done`: how many items stay done.
    """

    before: tuple[Meeting, ...]
    meetings: tuple[Meeting, ...]
    told: datetime | None = None
    facts: Facts = NO_FACTS
    dates: int = 0
    done: int = 0


def for_change(ask: Ask, ref: Ref) -> Meeting:
    """One that is still to begin and that the asker may move or cancel."""
    meeting = meetings.find(ask, ref)
    authorize_each(ask, Op.CHANGE_MEETING, meeting.groups)
    sitting = ask.store.proceedings.sitting(meeting.id)
    if sitting is not None and sitting.ended_at is None:
        raise Conflict(Code.UNDER_WAY, ref=ref, changing=True)
    if not meeting.state.ahead or meeting.starts <= ask.now:
        raise Conflict(Code.MEETING_OVER, ref=ref, state=meeting.state.value)
    return meeting


def move(
    ask: Ask, ref: Ref, day: date, at: time, zone: str, holiday: Holiday, *, rest: bool = False
) -> Changed:
    """`rest`: those after it in its series as many days later or earlier, at the same hour."""
    meeting = for_change(ask, ref)
    if (day, at, zone) == (meeting.start_day, meeting.start_at, meeting.zone):
        raise Conflict(Code.ALREADY_THEN, ref=ref)
    found = with_rest(ask, meeting) if rest else (meeting,)
    by = day - meeting.start_day
    after = tuple(rescheduling.moved(one, one.start_day + by, at, zone) for one in found)
    require_times(tuple(one.start_day for one in after), at, zone)
    if after[0].starts <= ask.now:
        raise BadInput(Code.DATE_PAST, "due", day=day)
    if not rest:
        after = tuple(_off_the_rule(one, meeting) for one in after)
    template = checklists.of_meeting(ask.store, meeting)
    policy = Policy(ask.world, holiday, day_in(ask.now, zone), template)
    saved, dates, done = stored(ask, found, after, MOVE, f"{day.isoformat()} {at:%H:%M}", policy)
    told = meeting_news.changed(ask, found, saved, holiday)
    return Changed(found, saved, told, facts_of(ask, saved, holiday), dates, done)


def cancel(ask: Ask, ref: Ref, why: str, holiday: Holiday, *, rest: bool = False) -> Changed:
    meeting = for_change(ask, ref)
    require_reason(why, "cancel", ref=ref)
    found = with_rest(ask, meeting) if rest else (meeting,)
    after = tuple(replace(one, state=MeetingState.CANCELLED, why=why) for one in found)
    saved, _, _ = stored(ask, found, after, CANCEL, why)
    return Changed(found, saved, meeting_news.changed(ask, found, saved, holiday))


def later(store: Store, meeting: Meeting) -> int:
    """How many of its series come after it."""
    if meeting.series is None:
        return 0
    series = store.meetings.of_series(meeting.series)
    return sum(one.state.ahead and one.starts > meeting.starts for one in series)


def with_rest(ask: Ask, meeting: Meeting) -> tuple[Meeting, ...]:
    """The meeting, and those after it in its series."""
    if meeting.series is None:
        return (meeting,)
    series = ask.store.meetings.of_series(meeting.series)
    after = (one for one in series if one.state.ahead and one.starts > meeting.starts)
    return (meeting, *after)


def _off_the_rule(meeting: Meeting, before: Meeting) -> Meeting:
    """It remembers the day that the rule of its series gave it."""
    if meeting.series is None or meeting.start_day == before.start_day:
        return meeting
    return replace(meeting, series_day=before.series_day or before.start_day)


def stored(
    ask: Ask,
    before: tuple[Meeting, ...],
    after: tuple[Meeting, ...],
    verb: str,
    detail: str,
    policy: Policy | None = None,
) -> tuple[tuple[Meeting, ...], int, int]:
    """As stored, how many dates of their preparation moved, and what of it is done already."""
    prepared = ask.store.meetings.preparation(one.id for one in before)
    saved, formers, dates, done = [], [], 0, 0
    for old, new in zip(before, after, strict=True):
        stamped = replace(new, updated_at=ask.now, updated_by=ask.actor.user)
        saved.append(ask.store.meetings.save(stamped, expected=old.version))
        items = prepared[old.id]
        formers.append(Former(old, items, saved[-1].version))
        if policy is not None:
            dates += _follow(ask, items, old, new, policy)
        preparation_reminders.follow(ask.store, ask.world, old.id, ask.now)
        if policy is not None:
            preparation_reminders.moved(ask.store, ask.world, policy.holiday, old, items, ask.now)
        done += sum(item.done_at is not None for item in items)
        agenda_news.follow(ask.store, ask.world, saved[-1], ask.now)
    keep(ask, formers)
    _remember(ask, saved, verb, detail)
    return tuple(saved), dates, done


def _follow(
    ask: Ask,
    items: Iterable[PrepItem],
    old: Meeting,
    new: Meeting,
    policy: Policy,
) -> int:
    known = tuple(items)
    following = rescheduling.following(known, old, new, policy)
    changed = [now for was, now in zip(known, following, strict=True) if was != now]
    for item in changed:
        late = item.due < policy.today  # Stays so: it is not set anew.
        ask.store.meetings.save_prep(old.id, item if late else replace(item, set_at=ask.now))
    return len(changed)


def _remember(ask: Ask, saved: list[Meeting], verb: str, detail: str) -> None:
    """Once for all of them: they are taken back together."""
    first, more = saved[0], len(saved) - 1
    words = f"{detail[:NOTE_LIMIT]}{f' (and {more} more)' if more else ''}"
    ask.store.audit.add(
        Change(first.ref, first.version, ask.now, ask.actor.user, verb, ask.key, words)
    )
