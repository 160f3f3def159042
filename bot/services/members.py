"""Who is in a group, as what, and what each has open there."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.model import Group, GroupKey, Membership, Role, UserId
from bot.services.access import Ask, Op, allowed, authorize
from bot.services.checks import find_group


@dataclass(frozen=True, slots=True)
class Members:
    """`load`: open actions by their owner, None: not for this reader."""

    group: Group
    held: tuple[Membership, ...]
    load: Mapping[UserId, int] | None = None


def members(ask: Ask, key: GroupKey) -> Members:
    """Partners are shown as members to who is neither of the group nor a coordinator.

    Who is over all groups is one of this only by name, not by being in its channel.
    """
    group = find_group(ask, key)
    authorize(ask, Op.SEE_GROUP, group.key)
    over_all = {m.user for m in ask.world.memberships if m.group is None}
    there = [m for m in ask.world.members(group.key) if m.named or m.user not in over_all]
    known = [m for m in there if m.user in ask.world.people]
    held = [m for m in known if not ask.world.people[m.user].left]
    if not _is_near(ask, group.key):
        held = [Membership(m.user, m.group, _veiled(m.role), m.named) for m in held]
    load = None
    if allowed(ask.world, ask.actor, Op.NAME_ROLE, group.key, ask.now):
        load = Counter(u for item in ask.store.items.open_in(group.key) for u in item.owners)
    return Members(group, tuple(held), load)


def _is_near(ask: Ask, key: GroupKey) -> bool:
    mine = ask.world.roles(ask.actor.user)
    return any(m.group == key or m.role is Role.COORDINATOR for m in mine)


def _veiled(role: Role) -> Role:
    """That somebody is a partner says something of their health."""
    return Role.MEMBER if role is Role.PARTNER else role
