"""How long a proposed decision can be objected to: who votes has two working days of their own."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.domain.days import ONE_DAY, add_working_days, day_in, instant
from bot.domain.decisions import Decision, DecisionState
from bot.domain.model import Group, GroupKey, Person, Role, World
from bot.domain.notices import Holiday, calendar_of

VOTING = frozenset({Role.CHAIR, Role.COCHAIR, Role.MEMBER, Role.PARTNER})
USUAL = timedelta(days=10)
LEAST = 2
"""Working days that nobody who votes has less of."""


def voters(world: World, group: GroupKey) -> tuple[Person, ...]:
    """Each once, as they are listed in the group."""
    users = dict.fromkeys(m.user for m in world.members(group) if m.role in VOTING)
    people = (world.people[user] for user in users if user in world.people)
    return tuple(person for person in people if not (person.left or person.bot))


def earliest(world: World, group: Group, holiday: Holiday, now: datetime) -> date:
    """The first day there at whose end everybody who votes has had their working days.

    Today is none of them. Who is away is not waited for: else one absence could stop a group.
    """
    over = (_over(person, world, holiday, now) for person in voters(world, group.key))
    return day_in(max(over, default=now), group.zone)


def usual(world: World, group: Group, holiday: Holiday, now: datetime) -> date:
    return max(day_in(now, group.zone) + USUAL, earliest(world, group, holiday, now))


def open_until(decision: Decision) -> date | None:
    """The last day of its window; None: it has none, or somebody has objected."""
    return decision.objections_by if decision.state is DecisionState.PROPOSED else None


def closes(decision: Decision, world: World) -> datetime | None:
    """When it stands unless somebody has objected; None: it does not become so by itself."""
    last = open_until(decision)
    if last is None:
        return None
    group = world.groups.get(decision.group)
    zone = group.zone if group else world.programme.zone
    return instant(last + ONE_DAY, time(0), zone)


def passed(
    proposed: tuple[Decision, ...], world: World, now: datetime
) -> Iterator[tuple[Decision, datetime]]:
    """Those whose window has closed, each with when it did."""
    for decision in proposed:
        at = closes(decision, world)
        if at is not None and at <= now:
            yield decision, at


def _over(person: Person, world: World, holiday: Holiday, now: datetime) -> datetime:
    calendar = replace(calendar_of(person, world, holiday), away_until=None)
    day = add_working_days(day_in(now, person.zone), LEAST, calendar)
    return instant(day, person.hours[1], person.zone)
