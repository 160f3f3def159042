"""Who minds a group when there is something to be said about it."""

from datetime import datetime

from bot.domain.days import day_in
from bot.domain.model import GroupKey, Person, Role, UserId, World


def in_charge(
    world: World, group: GroupKey | None, now: datetime, but: UserId | None = None
) -> tuple[UserId, ...]:
    """The chairs, else the co-chairs, else the coordinators; who is away only if all are."""
    tiers = [world.holding(role, group) for role in (Role.CHAIR, Role.COCHAIR) if group]
    tiers.append(world.holding(Role.COORDINATOR))
    people = world.people
    present = [
        [
            people[u]
            for u in dict.fromkeys(tier)
            if u in people and u != but and _can_read(people[u])
        ]
        for tier in tiers
    ]
    here = ([p for p in tier if not _is_away(p, now)] for tier in present)
    chosen = next((tier for tier in (*here, *present) if tier), [])
    return tuple(person.user for person in chosen)


def has_chair(world: World, group: GroupKey) -> bool:
    """One who is still in the workspace, away or not."""
    chairs = world.holding(Role.CHAIR, group)
    return any(user in world.people and not world.people[user].left for user in chairs)


def _can_read(person: Person) -> bool:
    return not (person.left or person.bot)


def _is_away(person: Person, now: datetime) -> bool:
    return person.away_until is not None and day_in(now, person.zone) < person.away_until
