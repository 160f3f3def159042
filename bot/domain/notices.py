"""What must be said about an action, to whom and when: the policy of domain.md 5, pure.

Every notice an action gives in its present state is computed, past and future; who plans picks
those that are due. A key carries the local date of the person, never an instant.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.days import (
    END_OF_DAY,
    USUAL_HOURS,
    Calendar,
    Hours,
    add_working_days,
    day_in,
    instant,
    next_allowed,
    next_opening,
    opening,
    roll_back,
    roll_forward,
    working_days_between,
)
from bot.domain.items import Answer, Assignment, Item
from bot.domain.model import WORKING_HOURS, Group, Person, Ref, UserId, World

REMIND, ASK, SILENT = "remind", "ask", "silent"
REMINDERS = frozenset({REMIND, ASK, SILENT})
"""Kinds that are derived from rows: taken back when an action changes, planned again if due."""
AGAIN = "again"
"""The step of a reminder that the owner put off to a day of their own."""
DAILY = "daily"
"""The bundle of one person's day."""

NO_TIME, ROLLING = timedelta(0), timedelta(days=21)
EVERY_DAY = frozenset(range(7))
USEFUL_WORKING_DAYS = 3
"""A reminder is worth saying for its own day and three working days (reliability.md 4.6)."""
SILENCE_WORKING_DAYS = 3
SOON_WORKING_DAYS = 2
EARLY, ROOM = 7, timedelta(days=3)
"""Reminders a week or more ahead are only for actions given some days before those."""

Holiday = Callable[[date, str | None, str | None], bool]
"""Day, country, region: is it a public holiday there?"""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that must be said to one person about one action, and when.

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


def calendar_of(person: Person, world: World, holiday: Holiday) -> Calendar:
    def is_holiday(day: date) -> bool:
        return holiday(day, person.country, person.region)

    return Calendar(
        weekend=EVERY_DAY - person.workdays,
        is_holiday=is_holiday,
        closures=tuple((first, last) for first, last, _ in world.programme.closures),
        away_until=person.away_until,
    )


def hours_of(person: Person) -> Hours:
    return USUAL_HOURS if person.hours == WORKING_HOURS else Hours.own(*person.hours)


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
    return tuple(found)


def step_of(key: str) -> str:
    """The step in the key of a row of the outbox, `` for rows that are no reminder."""
    parts = key.split(":")
    return parts[3] if len(parts) > 4 and parts[2] in REMINDERS else ""


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
        heard = [n for n in fellows if n.key in said]
        overtaken = any(n.step == notice.step or _precedes(notice, n) for n in heard)
        unknown = all(n.step != notice.step for n in fellows)
        if overtaken or (since is not None and unknown and notice.at <= since):
            yield notice


def _precedes(one: Notice, other: Notice) -> bool:
    """Whether both count days from the due day, and the other more."""
    counts = [n.step.removesuffix("d") for n in (one, other)]
    numbers = [int(count) for count in counts if count.lstrip("+-").isdigit()]
    return len(numbers) == 2 and numbers[0] < numbers[1]


def silent_owner(step: str) -> UserId:
    """Who did not answer, from the step of a `silent` notice."""
    return UserId(step.removeprefix(f"{SILENT}-"))


def _reminders(
    item: Item, group: Group, owner: Person, assignment: Assignment, calendar: Calendar
) -> list[Notice]:
    by_day = {
        day: _notice(item, REMIND, f"{offsets[-1]}d", owner, day, calendar)
        for day, offsets in steps_by_day(item, group, calendar).items()
    }
    return [n for n in _unquieted(item, owner, by_day, calendar) if n.at > _heard(item, assignment)]


def steps_by_day(item: Item, group: Group, calendar: Calendar) -> dict[date, list[int]]:
    """Days counted from the due day, by the working day that they fall on; the last is said."""
    found: dict[date, list[int]] = {}
    for offset in _offsets(item, group):
        found.setdefault(_day_of(item.due.day, offset, calendar), []).append(offset)
    return found


def _offsets(item: Item, group: Group) -> Iterator[int]:
    """Earliest first, so that of the steps of one day the latest is said."""
    settings = group.settings
    ahead = timedelta(days=(item.due.day - day_in(item.created_at, group.zone)).days)
    for before in sorted(settings.remind_before, reverse=True):
        if before < EARLY or ahead > timedelta(days=before) + ROOM:
            yield -before
    yield 0
    yield from sorted(settings.remind_after)


def _day_of(due: date, offset: int, calendar: Calendar) -> date:
    """Before the due day and on it roll back to a working day, after it forward."""
    day = due + timedelta(days=offset)
    if calendar.is_away(day):
        return roll_forward(day, calendar)
    return roll_back(day, calendar) if offset <= 0 else roll_forward(day, calendar)


def _unquieted(
    item: Item, owner: Person, by_day: dict[date, Notice], calendar: Calendar
) -> Iterator[Notice]:
    wish = next((q for q in item.quiet if q.user == owner.user), None)
    if wish is None:
        yield from by_day.values()
        return
    if wish.until is None:
        return
    again = roll_forward(wish.until, calendar)
    yield _notice(item, REMIND, AGAIN, owner, again, calendar)
    yield from (notice for day, notice in by_day.items() if day > again)


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
            _notice(item, ASK, "ask", owner, day, calendar),
            at=at,
            until=_end(until, owner),
            urgent=True,
        )
    day = day_in(morning(assignment.asked_at, owner, calendar), owner.zone)
    notice = _notice(item, ASK, "ask", owner, day, calendar)
    return replace(notice, until=max(notice.until, _end(item.due.day, owner)))


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
    yield _notice(item, SILENT, f"{SILENT}-{assignment.user}", giver, day, calendar)


def morning(moment: datetime, person: Person, calendar: Calendar) -> datetime:
    """The person's next moment of daily words, at or after the given one."""
    return next_opening(moment, person.zone, hours_of(person), calendar)


def _notice(item: Item, kind: str, step: str, to: Person, day: date, calendar: Calendar) -> Notice:
    last = add_working_days(day, USEFUL_WORKING_DAYS, calendar)
    return Notice(
        key=f"{item.subject}:{kind}:{step}:{day.isoformat()}:{to.user}",
        subject=item.subject,
        ref=item.ref,
        kind=kind,
        step=step,
        to=UserId(to.user),
        day=day,
        at=opening(day, hours_of(to), to.zone),
        until=_end(last, to),
    )


def _end(day: date, person: Person) -> datetime:
    return instant(day, END_OF_DAY, person.zone)
