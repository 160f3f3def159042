"""Meetings at another time, and what that does to their preparation: what was done stays done."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from bot.domain.days import ONE_DAY, add_working_days, wall_after
from bot.domain.meetings import Meeting, NewMeeting, OwnerRole, PrepItem, PrepState, Rsvp
from bot.domain.model import World
from bot.domain.notices import Holiday
from bot.domain.preparation import calendar_for, checklist, due_day
from bot.domain.recurrence import Rule
from bot.domain.templates import TEMPLATES, TemplateItem

TOO_LATE = "planned too late for it"
"""Why an item is skipped that could only be done after the meeting has begun."""


@dataclass(frozen=True, slots=True)
class Series:
    """The rule by which meetings were planned; `first` and `at` are on the clock in `zone`."""

    key: str
    rule: Rule
    first: date
    at: time
    zone: str


@dataclass(frozen=True, slots=True)
class Former:
    """A meeting with its preparation as it was; `version` is that of the change since."""

    meeting: Meeting
    preparation: tuple[PrepItem, ...]
    version: int
    replies: tuple[Rsvp, ...] = ()
    """Those that the change takes the place of."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What dates of a preparation follow: who works when, and what day it is there."""

    world: World
    holiday: Holiday
    today: date
    template: tuple[TemplateItem, ...] = ()
    """The checklist, where it is not the usual one."""


def moved(meeting: Meeting, day: date, at: time, zone: str) -> Meeting:
    """The same at another time, as long as before; over several days, as long on the clock."""
    start = datetime.combine(meeting.start_day, meeting.start_at)
    length = datetime.combine(meeting.end_day, meeting.end_at) - start
    end = wall_after(day, at, zone, length if length > ONE_DAY else meeting.ends - meeting.starts)
    return replace(
        meeting, start_day=day, start_at=at, end_day=end.date(), end_at=end.time(), zone=zone
    )


def prepared(meeting: Meeting | NewMeeting, policy: Policy) -> tuple[PrepItem, ...]:
    """Its checklist; what should be done already is due on the next working day, or skipped."""
    items = checklist(meeting, policy.world, policy.holiday, policy.today, policy.template)
    return tuple(_in_time(item, meeting, policy) for item in items)


def following(
    items: Iterable[PrepItem], before: Meeting, after: Meeting, policy: Policy
) -> tuple[PrepItem, ...]:
    """The same items, on the days that the meeting's new ones give."""
    return tuple(_following(item, before, after, policy) for item in items)


def _following(item: PrepItem, before: Meeting, after: Meeting, policy: Policy) -> PrepItem:
    """What was done stays done, but for what the bot said itself of the day that was."""
    said = item.role is OwnerRole.BOT and item.done_by is None
    left_out = item.state is PrepState.SKIPPED and item.why != TOO_LATE
    if left_out or (item.state is PrepState.DONE and not said):
        return item
    due = _due(item, before, after, policy)
    if item.state is PrepState.DONE:
        again = due != item.due and due >= policy.today
        return replace(item, due=due, state=PrepState.TODO, done_at=None) if again else item
    late = item.state is PrepState.TODO and item.due < policy.today
    if late and due < policy.today:
        return replace(item, due=max(item.due, due))
    return _in_time(replace(item, due=due, state=PrepState.TODO, why=""), after, policy)


def _due(item: PrepItem, before: Meeting, after: Meeting, policy: Policy) -> date:
    """By the offset that gave its day; a checklist may have been adjusted since."""
    calendar = calendar_for(item.role, after, policy.world, policy.holiday, policy.today)
    usual = TEMPLATES.get(after.template or "", ())
    known = [one for one in (*policy.template, *usual) if one.key == item.key]
    if not known:
        return item.due + (after.start_day - before.start_day)
    gave = (one for one in known if due_day(one, before, calendar) == item.due)
    return due_day(next(gave, known[0]), after, calendar)


def _in_time(item: PrepItem, meeting: Meeting | NewMeeting, policy: Policy) -> PrepItem:
    if item.due >= policy.today:
        return item
    calendar = calendar_for(item.role, meeting, policy.world, policy.holiday, policy.today)
    soon = add_working_days(policy.today, 1, calendar)
    if soon > meeting.start_day:
        return replace(item, state=PrepState.SKIPPED, why=TOO_LATE)
    return replace(item, due=soon)
