"""What must be said about an action, to whom and when: the policy of domain.md 5, pure.

Every notice an action gives in its present state is computed, past and future; who plans picks
those that are due.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain import escalation, ladders
from bot.domain.days import (
    Calendar,
    add_working_days,
    day_in,
    next_allowed,
    working_days_between,
)
from bot.domain.items import Answer, Assignment, Item
from bot.domain.model import Group, Person, World
from bot.domain.notices import (
    ASK,
    SILENT,
    USEFUL_WORKING_DAYS,
    Holiday,
    Notice,
    calendar_of,
    end_of,
    hours_of,
    morning,
    notice_on,
)

NO_TIME, ROLLING = timedelta(0), timedelta(days=21)
SILENCE_WORKING_DAYS = 3
SOON_WORKING_DAYS = 2


def may_be_due(item: Item, world: World, now: datetime, mark: datetime) -> bool:
    """Whether `for_item` is worth the work: some step can lie between `mark` and `now`.

    Days roll over weekends, holidays, closures and absences, and a day lasts fifty hours around
    the world.
    """
    group = world.groups.get(item.group)
    if group is None or item.quiet or not item.confirmed:
        return True
    closures = max((last - first for first, last, _ in world.programme.closures), default=NO_TIME)
    slack = closures + ROLLING
    first = item.due.day - timedelta(days=max(group.settings.remind_before, default=0)) - slack
    late = item.due.day + timedelta(days=max(group.settings.remind_after, default=0))
    last = max([late, *_first_days_back(item, world)]) + slack
    if last < min(mark, now).date():
        last = escalation.last_day(escalation.of_item(item, group, world), group, world) + slack
    return first <= now.date() and min(mark, now).date() <= last


def _first_days_back(item: Item, world: World) -> Iterator[date]:
    for user in item.owners:
        person = world.people.get(user)
        if person is not None and person.away_until is not None:
            yield person.away_until


def for_item(item: Item, world: World, holiday: Holiday) -> tuple[Notice, ...]:
    """All notices of an open action; none once it is closed."""
    group = world.groups.get(item.group)
    if item.state.closed or group is None:
        return ()
    found: list[Notice] = []
    for assignment in item.assignments:
        owner = world.people.get(assignment.user)
        if owner is None or owner.left or owner.bot:
            continue
        calendar = calendar_of(owner, world, holiday)
        if assignment.answer is Answer.ACCEPTED:
            found += _reminders(item, group, owner, assignment, calendar)
        else:
            question = _ask(item, owner, assignment, calendar)
            found.append(question)
            found += _silence(item, world, assignment, question.at, holiday)
    late = escalation.of_item(item, group, world)
    return (*found, *escalation.steps(late, group, world, holiday))


def _reminders(
    item: Item, group: Group, owner: Person, assignment: Assignment, calendar: Calendar
) -> list[Notice]:
    found = ladders.reminders(item, item.due.day, steps(item, group), owner, calendar)
    return [notice for notice in found if notice.at > _heard(item, assignment)]


def steps(item: Item, group: Group) -> tuple[int, ...]:
    """Days counted from the due day on which its owners are reminded of it."""
    ahead = (item.due.day - day_in(item.created_at, group.zone)).days
    return ladders.offsets(group.settings.remind_before, group.settings.remind_after, ahead)


def _heard(item: Item, assignment: Assignment) -> datetime:
    """Nothing that fell due before the date was set, or was accepted, is said afterwards."""
    return max(item.set_at, assignment.answered_at or item.set_at)


def _ask(item: Item, owner: Person, assignment: Assignment, calendar: Calendar) -> Notice:
    """Would they take it on? At their next morning; within their hours when due within two days.

    Who is away is asked when back: days of absence make nothing urgent.
    """
    asked = day_in(assignment.asked_at, owner.zone)
    soon = working_days_between(asked, item.due.day, replace(calendar, away_until=None))
    if soon <= SOON_WORKING_DAYS and not calendar.is_away(asked):
        at = next_allowed(assignment.asked_at, owner.zone, hours_of(owner), calendar)
        day = day_in(at, owner.zone)
        until = add_working_days(max(item.due.day, day), USEFUL_WORKING_DAYS, calendar)
        return replace(
            notice_on(item, ASK, "ask", owner, day, calendar),
            at=at,
            until=end_of(until, owner),
            urgent=True,
        )
    day = day_in(morning(assignment.asked_at, owner, calendar), owner.zone)
    notice = notice_on(item, ASK, "ask", owner, day, calendar)
    return replace(notice, until=max(notice.until, end_of(item.due.day, owner)))


def _silence(
    item: Item, world: World, assignment: Assignment, since: datetime, holiday: Holiday
) -> Iterator[Notice]:
    """Three working days after the question was put, the one who gave it is told once."""
    giver = world.people.get(assignment.given_by)
    if giver is None or giver.left or giver.bot or giver.user == assignment.user:
        return
    if not any(m.group in (None, item.group) for m in world.roles(giver.user)):
        return  # They have left the group.
    calendar = calendar_of(giver, world, holiday)
    asked = day_in(since, giver.zone)
    day = add_working_days(asked, SILENCE_WORKING_DAYS, calendar)
    yield notice_on(item, SILENT, f"{SILENT}-{assignment.user}", giver, day, calendar)
