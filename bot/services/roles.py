"""Roles: who is what in which group, and that no group loses its last chair by accident."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.departures import Departure, Left, Why
from bot.domain.model import Group, GroupKey, Membership, Person, Ref, Role, UserId
from bot.errors import BadInput, Code, Conflict, NotFound
from bot.services import charges, departures, role_news
from bot.services.access import Ask, Op, allowed, authorize
from bot.services.checks import find_group
from bot.services.history import remember_shape
from bot.services.links import ALL

AT_ONCE = timedelta(seconds=10)
"""Two who name one person's role within this time did not know of each other."""


@dataclass(frozen=True, slots=True)
class Named:
    """`group` None: the programme."""

    person: Person
    role: Role
    group: Group | None
    changed: bool = True


@dataclass(frozen=True, slots=True)
class Removed:
    """Of which groups, and which of the programme's roles; `left`: what waits for others now.

    `channels`: the names of those where they may be still.
    """

    person: UserId
    groups: tuple[Group, ...]
    programme: tuple[Role, ...] = ()
    left: tuple[Left, ...] = ()
    channels: tuple[str, ...] = ()


def name_role(ask: Ask, user: UserId, role: Role, key: GroupKey | None) -> Named:
    """Give a person their role in a group instead of any other, or one more in the programme.

    Raises Conflict for the last chair's, and when somebody else has just named another.
    """
    if role.of_programme:
        authorize(ask, Op.NAME_PROGRAMME_ROLE)
        group = None
    elif key is None:
        raise BadInput(Code.GROUP_WHICH, "group")
    else:
        group = find_group(ask, key)
        authorize(ask, Op.NAME_ROLE, group.key)
    person = _present(ask, user, group)
    membership = Membership(user, group.key if group else None, role)
    held = _held(ask, user, membership.group)
    if membership in held and (group is None or len(held) == 1):
        return Named(person, role, group, changed=False)
    require_nameable(ask, user, role, group)
    if group is not None:
        ask.store.groups.remove_role(user, group.key)
    ask.store.groups.set_role(membership)
    remember_shape(ask, _where(group), "role", f"{user} {role}")
    role_news.given(ask, user, role, group)
    charges.relieve(ask.store, user)
    return Named(person, role, group)


def require_nameable(ask: Ask, user: UserId, role: Role, group: Group | None) -> None:
    """Raises Conflict for the last chair's other role, and when another was named just now."""
    _not_just_named(ask, _present(ask, user, group), group)
    if group is not None and role is not Role.CHAIR:
        _keep_one(ask, user, Role.CHAIR, group)


def remove(ask: Ask, user: UserId, key: GroupKey | None) -> Removed:
    """Take a person out of one group, or (None) out of all that the asker may change.

    Raises Conflict while they are the only chair, or the only coordinator.
    """
    if key is not None:
        group = find_group(ask, key)
        authorize(ask, Op.NAME_ROLE, group.key)
        gone = [_leave(ask, user, group)]
        channels = _channels(ask, user, (group,))
        return Removed(user, (group,), left=_waiting(ask, gone), channels=channels)
    groups = _changeable(ask, user)
    gone = [_leave(ask, user, group) for group in groups]
    programme, channels = _leave_programme(ask, user), _channels(ask, user, groups)
    return Removed(user, groups, programme, _waiting(ask, gone), channels)


def _channels(ask: Ask, user: UserId, groups: Iterable[Group]) -> tuple[str, ...]:
    person = ask.world.people.get(user)
    if person is None or person.left:
        return ()
    found = (ask.store.groups.channel(g.channel) for g in groups if g.channel is not None)
    return tuple(channel.name for channel in found if channel is not None and channel.name)


def only_group(ask: Ask, user: UserId) -> GroupKey | None:
    """The one group the asker may take the person out of; None: programme roles alone.

    Raises BadInput where there are several, or a role of the programme besides.
    """
    groups = _changeable(ask, user)
    may = allowed(ask.world, ask.actor, Op.NAME_PROGRAMME_ROLE, None, ask.now)
    over_all = may and any(m.group is None for m in ask.world.roles(user))
    if len(groups) + over_all > 1:
        raise BadInput(Code.GROUP_WHICH, "group", choices=(*groups, ALL))
    return groups[0].key if groups else None


def _waiting(ask: Ask, gone: Iterable[Departure | None]) -> tuple[Left, ...]:
    world = ask.store.groups.world()
    stand = (departures.stands(ask.store, world, one) for one in gone if one is not None)
    return tuple(left for left in stand if left.waits)


def _changeable(ask: Ask, user: UserId) -> tuple[Group, ...]:
    """The groups the person is in and in which the asker names roles; refuses if there are none."""
    theirs = [m.group for m in ask.world.roles(user) if m.group is not None]
    keys = [key for key in dict.fromkeys(theirs) if ask.world.groups[key].state == "active"]
    mine = [k for k in keys if allowed(ask.world, ask.actor, Op.NAME_ROLE, k, ask.now)]
    for key in () if mine else keys[:1]:
        authorize(ask, Op.NAME_ROLE, key)
    programme = any(m.group is None for m in ask.world.roles(user))
    if not mine and (programme or not _names_somewhere(ask)):
        authorize(ask, Op.NAME_PROGRAMME_ROLE)
    if not mine and not programme:
        raise NotFound(Code.PERSON_OUTSIDE, person=ask.world.people.get(user), typed=user)
    return tuple(ask.world.groups[key] for key in mine)


def _names_somewhere(ask: Ask) -> bool:
    """Who chairs a group hears that a person is in none; others hear whom to ask."""
    return any(allowed(ask.world, ask.actor, Op.NAME_ROLE, k, ask.now) for k in ask.world.groups)


def _leave(ask: Ask, user: UserId, group: Group) -> Departure | None:
    held = _held(ask, user, group.key)
    _keep_one(ask, user, Role.CHAIR, group)
    if not held:
        raise NotFound(
            Code.PERSON_OUTSIDE, person=ask.world.people.get(user), typed=user, group=group.key
        )
    by = ask.actor.user
    gone = departures.depart(ask.store, user, group.key, Why.REMOVED, by, ask.key, ask.now)
    remember_shape(ask, _where(group), "remove", user)
    role_news.taken(ask, user, (), group)
    charges.relieve(ask.store, user)
    return gone


def _leave_programme(ask: Ask, user: UserId) -> tuple[Role, ...]:
    """Nothing unless the asker may: a chair takes people out of groups only."""
    if not allowed(ask.world, ask.actor, Op.NAME_PROGRAMME_ROLE, None, ask.now):
        return ()
    held = _held(ask, user, None)
    if not held:
        return ()
    _keep_one(ask, user, Role.COORDINATOR, None)
    ask.store.groups.remove_role(user, None)
    remember_shape(ask, _where(None), "remove", user)
    roles = tuple(membership.role for membership in held)
    role_news.taken(ask, user, roles, None)
    charges.relieve(ask.store, user)
    return roles


def _held(ask: Ask, user: UserId, key: GroupKey | None) -> tuple[Membership, ...]:
    """What the person is there now, and until the end: others who name roles there wait."""
    ask.store.marks.set(f"roles:{key or ''}", ask.now)
    return tuple(m for m in ask.store.groups.members(key) if m.user == user)


def _keep_one(ask: Ask, user: UserId, role: Role, group: Group | None) -> None:
    """Who has left does not count: they can act no more, and may be taken out."""
    members = ask.store.groups.members(group.key if group else None)
    people = ask.world.people
    here = {m.user for m in members if m.role is role and m.user in people}
    if {holder for holder in here if not people[holder].left} == {user}:
        raise Conflict(Code.LAST_CHAIR, group=group, role=role.value, person=people.get(user))


def _not_just_named(ask: Ask, person: Person, group: Group | None) -> None:
    """In the programme roles stand beside each other: only one group's role displaces another."""
    if group is None:
        return
    for change in reversed(ask.store.audit.of(Ref(_where(group)))):
        if change.at <= ask.now - AT_ONCE:
            return
        user, _, named = change.detail.partition(" ")
        if change.verb != "role" or user != person.user:
            continue
        if change.by == ask.actor.user:
            return
        raise Conflict(Code.ROLE_MEANWHILE, person=person, role=named, group=group, by=change.by)


def _present(ask: Ask, user: UserId, group: Group | None) -> Person:
    person = ask.world.people.get(user)
    if person is None:
        raise BadInput(Code.PERSON_UNKNOWN, "owner", user, **({"group": group} if group else {}))
    if person.bot:
        raise BadInput(Code.PERSON_BOT, "owner", user, person=person)
    if person.left:
        raise BadInput(Code.PERSON_LEFT, "owner", user, person=person)
    return person


def _where(group: Group | None) -> str:
    return f"group:{group.key}" if group else "programme"
