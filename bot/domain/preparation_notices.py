"""What must be said about an item of a preparation, to whom and when: domain.md 5, pure.

On its due day to whoever owes it, a working day later again, and a working day after that to the
chair; then only the state shows it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.domain import ladders
from bot.domain.days import ONE_DAY, Calendar, add_working_days, instant, roll_forward
from bot.domain.escalation import Late, first_told
from bot.domain.items import Quiet
from bot.domain.meetings import Meeting, MeetingState, PrepItem, PrepState
from bot.domain.model import Person, Ref, UserId, World
from bot.domain.notices import (
    ESCALATE,
    REMIND,
    Holiday,
    Notice,
    calendar_of,
    notice_on,
    programme_calendar,
)
from bot.domain.preparation import owners_of, preparation_subject

DUE, LATE, TOLD = "0d", "+1wd", "+2wd"
REACH = timedelta(days=180)
"""Nothing is said so long after a due day, whoever was away and whatever was closed."""
_NOON = time(12)
_ROLLING = timedelta(days=21)
_NOBODY: frozenset[UserId] = frozenset()


@dataclass(frozen=True, slots=True)
class Duty:
    """An item of a preparation with its meeting, which tells when it is due and who owes it."""

    meeting: Meeting
    item: PrepItem
    acting: frozenset[UserId] = _NOBODY
    """Who has an open action in the meeting's groups, where such people owe it."""
    replied: frozenset[UserId] = _NOBODY
    """Who has replied, where that is what is owed."""

    @property
    def subject(self) -> str:
        return preparation_subject(self.meeting.id, self.item.n)

    @property
    def ref(self) -> Ref:
        return self.meeting.ref

    @property
    def owners(self) -> tuple[UserId, ...]:
        """Named for this meeting; who else owes it goes by roles, and by the day."""
        return (self.item.owner,) if self.item.owner else ()

    @property
    def quiet(self) -> tuple[Quiet, ...]:
        return ()

    @property
    def before(self) -> bool:
        """It is to be done before the meeting begins."""
        return self.item.due <= self.meeting.start_day

    @property
    def closed(self) -> bool:
        over = self.meeting.state is MeetingState.HELD and self.before
        gone = over or self.meeting.state is MeetingState.CANCELLED
        return gone or self.item.state is not PrepState.TODO

    @property
    def set_at(self) -> datetime:
        return self.item.set_at or self.meeting.created_at


def for_duty(duty: Duty, world: World, holiday: Holiday) -> tuple[Notice, ...]:
    """All notices of what is still to be done; what is for the meeting ends as it begins."""
    if duty.closed or not (duty.item.required or duty.item.owner):
        return ()
    found: dict[tuple[UserId, str, date], Notice] = {}
    for notice in _steps(duty, world, holiday):
        if duty.before:
            notice = replace(notice, until=min(notice.until, duty.meeting.starts))
        if duty.set_at < notice.at < notice.until:
            found[notice.to, notice.kind, notice.day] = notice
    return tuple(found.values())


def may_be_due(duty: Duty, world: World, now: datetime, mark: datetime) -> bool:
    """Whether `for_duty` is worth the work: some step can lie between `mark` and `now`."""
    first, last = days_between(world, mark, now)
    return first <= duty.item.due <= last


def days_between(world: World, mark: datetime, until: datetime) -> tuple[date, date]:
    """First and last due day of what can have a step between the two."""
    closures = (last - first for first, last, _ in world.programme.closures)
    slack = _ROLLING + max(closures, default=timedelta())
    return min(mark, until).date() - REACH, until.date() + slack


def owners_on(duty: Duty, day: date, world: World) -> tuple[UserId, ...]:
    """Who owes it on that day: of those away others may stand in."""
    owing = owners_of(duty.item, duty.meeting, world, day, duty.acting)
    return tuple(user for user in owing if user not in duty.replied)


def may_hear(duty: Duty, world: World, user: UserId) -> bool:
    """Whether it can be theirs, or theirs to mind, on some day."""
    keys = {None, *duty.meeting.groups}
    theirs = any(not duty.meeting.groups or m.group in keys for m in world.roles(user))
    return theirs or user in duty.owners


def _steps(duty: Duty, world: World, holiday: Holiday) -> Iterator[Notice]:
    due = duty.item.due
    calendar = _calendar(duty, world, holiday)
    for person, own in _readers(owners_on(duty, due, world), world, holiday):
        yield _on_due_day(duty, person, own)
    late = add_working_days(due, 1, calendar)
    for person, own in _readers(owners_on(duty, late, world), world, holiday):
        day = roll_forward(add_working_days(due, 1, _here(own)), own)
        yield notice_on(duty, REMIND, LATE, person, day, own)
    if duty.item.required:
        yield from _told(duty, add_working_days(due, 2, calendar), world, holiday)


def _on_due_day(duty: Duty, person: Person, calendar: Calendar) -> Notice:
    """On the working day before, where their morning comes after the start."""
    day = ladders.day_of(duty.item.due, 0, calendar)
    notice = notice_on(duty, REMIND, DUE, person, day, calendar)
    if duty.before and notice.at >= duty.meeting.starts:
        earlier = ladders.last_working(duty.item.due - ONE_DAY, calendar)
        if not calendar.is_away(earlier):
            return notice_on(duty, REMIND, DUE, person, earlier, calendar)
    return notice


def _told(duty: Duty, day: date, world: World, holiday: Holiday) -> Iterator[Notice]:
    at = instant(day, _NOON, duty.meeting.zone)
    late = Late(
        subject=duty.subject,
        ref=duty.ref,
        due=duty.item.due,
        owners=owners_on(duty, day, world),
        groups=duty.meeting.groups,
        set_at=duty.set_at,
    )
    told = first_told(late, world, at) if late.owners else ()
    for person, own in _readers(told, world, holiday):
        yield notice_on(duty, ESCALATE, TOLD, person, roll_forward(day, own), own)


def _calendar(duty: Duty, world: World, holiday: Holiday) -> Calendar:
    """The only owner's, of several the programme's. Absence counts no days: others step in."""
    owners = owners_on(duty, duty.item.due, world)
    if len(owners) != 1:
        return programme_calendar(world, holiday)
    return _here(calendar_of(world.people[owners[0]], world, holiday))


def _here(calendar: Calendar) -> Calendar:
    return replace(calendar, away_until=None)


def _readers(
    users: tuple[UserId, ...], world: World, holiday: Holiday
) -> Iterator[tuple[Person, Calendar]]:
    for user in users:
        person = world.people[user]
        yield person, calendar_of(person, world, holiday)
