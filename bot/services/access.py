"""Who asks, and whether they may: one check of the one table in `rights`, deny by default."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.days import day_in
from bot.domain.deadlines import Deadline
from bot.domain.decisions import Decision
from bot.domain.items import Item
from bot.domain.meetings import Meeting
from bot.domain.model import (
    ChannelId,
    Group,
    GroupKey,
    GroupState,
    Person,
    Role,
    UserId,
    World,
)
from bot.errors import NotAllowed
from bot.services.rights import MEMBERS, RIGHTS, Op, Standing
from bot.storage.database import Store

__all__ = [
    "RIGHTS", "Ask", "Op", "Standing", "Thing", "allowed", "authorize", "authorize_each", "may_own",
    "offered_to", "roles_of", "standings", "who_can",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ask:
    """One request inside its transaction.

    `key` names the request: its changes are undone together, its repetition is recognised.
    """

    store: Store
    actor: Person
    now: datetime
    key: str
    channel: ChannelId
    world: World
    thread_ts: str | None = None

    @property
    def group(self) -> Group | None:
        """The group whose channel the request came from."""
        return next((g for g in self.world.groups.values() if g.channel == self.channel), None)


Thing = Item | Deadline | Decision | Meeting | GroupKey | Person | None
"""An action, a deadline, a decision, a meeting, a group by its key, a person, the programme."""


def authorize(ask: Ask, op: Op, thing: Thing = None) -> None:
    """Refuse with `NotAllowed`, naming who can, unless the table allows it.

    Who may not even see an action hears no more than that: not who has it.
    """
    if allowed(ask.world, ask.actor, op, thing, ask.now):
        return
    look = _look(thing)
    seen = look is None or allowed(ask.world, ask.actor, look, thing, ask.now)
    refused = op if seen or look is None else look
    group = _group_of(thing)
    facts: dict[str, object] = {"group": group} if group and Role.MEMBER in RIGHTS[refused] else {}
    if refused is Op.OBJECT:
        facts["votes"] = True
    if refused is Op.ADD_DEADLINE and thing is None:
        facts["for_all"] = True
    raise NotAllowed(who_can(ask.world, refused, thing, ask.now), op=op.value, **facts)


def authorize_each(ask: Ask, op: Op, keys: tuple[GroupKey, ...]) -> None:
    """The same for all of these groups at once; none: for all together.

    Who chairs only some of them is refused, and the others' chairs cannot help alone.
    """
    if not all(allowed(ask.world, ask.actor, op, key, ask.now) for key in keys or (None,)):
        authorize(ask, op, keys[0] if len(keys) == 1 else None)


def allowed(world: World, person: Person, op: Op, thing: Thing, now: datetime) -> bool:
    if person.left or person.bot:
        return False
    return not RIGHTS[op].isdisjoint(standings(world, person, thing, now))


def standings(
    world: World, person: Person, thing: Thing, now: datetime
) -> frozenset[Role | Standing]:
    """Every role and relation of the person to the thing."""
    if isinstance(thing, Deadline):
        return _at_deadline(world, person, thing, now)
    if isinstance(thing, Meeting):
        return _at_meeting(world, person, thing, now)
    group = _group_of(thing)
    mine = [m for m in world.roles(person.user) if m.group in (None, group)]
    programme = any(m.group is None for m in mine)
    found: set[Role | Standing] = {m.role for m in mine if m.named or not programme}
    if group and Role.COCHAIR in found and _chair_is_away(world, group, now):
        found.add(Role.CHAIR)
    if isinstance(thing, Item) and mine:
        found |= _relations(person.user, thing)
    if isinstance(thing, Decision) and mine:
        found |= _at_decision(person.user, thing)
    if isinstance(thing, Person) and thing.user == person.user:
        found.add(Standing.SELF)
    return frozenset(found)


def _relations(user: UserId, item: Item) -> set[Role | Standing]:
    """Only for people of the group: who left it has no business with what was theirs."""
    found: set[Role | Standing] = set()
    if user in item.owners:
        found.add(Standing.OWNER)
    if user == item.created_by or _gave(user, item):
        found.add(Standing.GIVER)
    if user == item.updated_by:
        found.add(Standing.DOER)
    return found


def _at_deadline(
    world: World, person: Person, deadline: Deadline, now: datetime
) -> frozenset[Role | Standing]:
    """What they are in any of its groups, and to the deadline itself."""
    keys = deadline.groups or tuple(world.groups)
    found = {role for key in keys for role in standings(world, person, key, now)}
    if not found:
        return frozenset()
    if person.user == deadline.owner:
        found.add(Standing.OWNER)
    if person.user == deadline.created_by:
        found.add(Standing.GIVER)
    if person.user == deadline.updated_by:
        found.add(Standing.DOER)
    return frozenset(found)


def _at_meeting(
    world: World, person: Person, meeting: Meeting, now: datetime
) -> frozenset[Role | Standing]:
    """What they are in any of its groups; its chair is who chairs every one of them.

    Who chairs only some of them is a member there.
    """
    each = [standings(world, person, key, now) for key in meeting.groups or tuple(world.groups)]
    found = {role for roles in each for role in roles}
    if found & {Role.CHAIR, Role.COCHAIR}:
        found.add(Role.MEMBER)
    if not all({Role.CHAIR, Role.COORDINATOR} & roles for roles in each) or not meeting.groups:
        found.discard(Role.CHAIR)
    if not meeting.groups:
        found.discard(Role.COCHAIR)
    if person.user in meeting.guests:
        found.add(Role.GUEST)
    if person.user == meeting.note_taker and found:
        found.add(Standing.NOTE_TAKER)
    return frozenset(found)


def _at_decision(user: UserId, decision: Decision) -> set[Role | Standing]:
    relations: set[Role | Standing] = set()
    if user == decision.created_by:
        relations.add(Standing.GIVER)
    if user == decision.updated_by:
        relations.add(Standing.DOER)
    return relations


def _look(thing: Thing) -> Op | None:
    """What whoever may not even see the thing is refused."""
    if isinstance(thing, Item):
        return Op.SEE_ITEM
    if isinstance(thing, Meeting):
        return Op.SEE_MEETING
    return Op.SEE_DECISION if isinstance(thing, Decision) else None


def who_can(world: World, op: Op, thing: Thing, now: datetime) -> tuple[UserId, ...]:
    """Whom to ask: the group's chairs, or who stands in for them, else the coordinators."""
    group = _group_of(thing)
    if op in (Op.ANSWER_ITEM, Op.QUIET_ITEM) and isinstance(thing, Item) and thing.owners:
        return thing.owners
    chairs = _present(world, _acting_chairs(world, group, now)) if Role.CHAIR in RIGHTS[op] else ()
    chairs = chairs or _present(world, world.holding(Role.COORDINATOR))
    owners = thing.owners if isinstance(thing, Item) and op is Op.CHANGE_ITEM else ()
    return tuple(dict.fromkeys((*_present(world, owners), *chairs)))


def roles_of(world: World, person: Person, now: datetime) -> frozenset[Role]:
    """All that the person is anywhere now, standing in for an absent chair included."""
    held = world.roles(person.user)
    stands_in = any(
        m.group is not None and m.role is Role.COCHAIR and _chair_is_away(world, m.group, now)
        for m in held
    )
    return frozenset({m.role for m in held} | ({Role.CHAIR} if stands_in else set()))


def offered_to(world: World, user: UserId) -> World:
    """The world as far as this person may pick from it: their active groups and who is in those.

    Coordinators and the steering committee pick from all. Of people outside their groups, those
    from another organisation and Slack's guests do not even see the names.
    """
    mine = world.roles(user)
    over_all = any(m.group is None for m in mine)
    keys = {m.group for m in mine}
    groups = {
        key: group
        for key, group in world.groups.items()
        if group.state is GroupState.ACTIVE and (over_all or key in keys)
    }
    members = tuple(
        m for m in world.memberships if m.group in groups or (m.group is None and groups)
    )
    person = world.people.get(user)
    people = world.people
    if not over_all and (person is None or person.external or person.guest):
        people = {m.user: people[m.user] for m in members if m.user in people}
    return replace(world, groups=groups, memberships=members, people=people)


def may_own(world: World, user: UserId, group: GroupKey) -> bool:
    """Owners are people of the group, or coordinators; never bots, nor who has left."""
    person = world.people.get(user)
    if person is None or person.bot or person.left:
        return False
    roles = {m.role for m in world.roles(user) if m.group in (None, group)}
    return not roles.isdisjoint(MEMBERS | {Role.COORDINATOR})


def _group_of(thing: Thing) -> GroupKey | None:
    """Of a deadline, the one it is for."""
    if isinstance(thing, (Item, Decision)):
        return thing.group
    if isinstance(thing, (Deadline, Meeting)):
        return thing.groups[0] if len(thing.groups) == 1 else None
    return None if isinstance(thing, Person) else thing


def _gave(user: UserId, item: Item) -> bool:
    return any(assignment.given_by == user for assignment in item.assignments)


def _acting_chairs(world: World, group: GroupKey | None, now: datetime) -> tuple[UserId, ...]:
    if group is None:
        return ()
    chairs = world.holding(Role.CHAIR, group)
    if _chair_is_away(world, group, now):
        return (*world.holding(Role.COCHAIR, group), *chairs)
    return chairs


def _chair_is_away(world: World, group: GroupKey, now: datetime) -> bool:
    """Also when nobody is chair: someone must be able to act."""
    chairs = [world.people[u] for u in world.holding(Role.CHAIR, group) if u in world.people]
    return all(c.left or (c.away_until and day_in(now, c.zone) < c.away_until) for c in chairs)


def _present(world: World, users: Iterable[UserId]) -> tuple[UserId, ...]:
    return tuple(u for u in users if u in world.people and not world.people[u].left)
