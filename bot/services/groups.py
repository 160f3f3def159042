"""Groups: setting up, linking channels, naming roles, and how groups come and go."""

from dataclasses import dataclass, replace

from bot.domain.groups import FIVE, KEY, PREFIX, channel_name
from bot.domain.model import (
    RESERVED_PREFIXES,
    ChannelId,
    Group,
    GroupKey,
    GroupState,
    Item,
    Membership,
    Programme,
    Role,
    UserId,
)
from bot.errors import BadInput, Code, Conflict, NotAllowed, NotFound
from bot.services import cards
from bot.services.access import Ask, Op, authorize
from bot.services.history import remember, remember_shape

PROGRAMME_CHANNEL = "wg-all"
PROGRAMME_NAME = "Progressive MS working groups"


@dataclass(frozen=True, slots=True)
class SetUp:
    """What one run of set-up did; nothing on a second run."""

    coordinator: bool
    groups: tuple[Group, ...]
    linked: tuple[Group, ...]


def set_up(ask: Ask) -> SetUp:
    """Make what is missing of programme, five groups and their channels. Safe to run again.

    The first to run it becomes coordinator if they are owner or admin of the workspace.
    """
    first = _first_coordinator(ask)
    if not first:
        authorize(ask, Op.SHAPE_GROUPS)
    groups = ask.store.groups
    if groups.programme() is None:
        groups.save_programme(Programme(PROGRAMME_NAME, ask.actor.zone, ask.actor.country))
    there = groups.all()
    made = [] if there else [replace(group, zone=ask.actor.zone) for group in FIVE]
    for group in made:
        groups.save(group)
    linked = _link_by_name(ask, (*there, *made))
    if first or made or linked:
        remember_shape(ask, "programme", "setup", " ".join(g.key for g in (*made, *linked)))
    return SetUp(first, tuple(made), linked)


def link(ask: Ask, key: GroupKey | None) -> Group | None:
    """Make this channel the group's, or (None) that of all groups."""
    authorize(ask, Op.LINK_GROUP, key)
    channel = ask.store.groups.channel(ask.channel)
    if channel is None or not channel.bot_in:
        raise Conflict(Code.BOT_ABSENT)
    taken = ask.store.groups.by_channel(ask.channel)
    if taken is not None and taken.key != key:
        raise Conflict(Code.CHANNEL_TAKEN, group=taken)
    if key is None:
        programme = ask.store.groups.programme() or Programme(PROGRAMME_NAME, ask.actor.zone)
        ask.store.groups.save_programme(replace(programme, channel=ask.channel))
        remember_shape(ask, "programme", "link", ask.channel)
        return None
    group = replace(existing(ask, key), channel=ask.channel)
    ask.store.groups.save(group)
    remember_shape(ask, f"group:{group.key}", "link", ask.channel)
    return group


def unlink(ask: Ask) -> Group | None:
    """This channel is no group's any more; None: it was that of all groups."""
    group = ask.store.groups.by_channel(ask.channel)
    programme = ask.store.groups.programme()
    if group is not None:
        authorize(ask, Op.LINK_GROUP, group.key)
        ask.store.groups.save(replace(group, channel=None))
        remember_shape(ask, f"group:{group.key}", "unlink", ask.channel)
        return group
    authorize(ask, Op.LINK_GROUP)
    if programme is None or programme.channel != ask.channel:
        raise NotFound(Code.CHANNEL_UNLINKED)
    ask.store.groups.save_programme(replace(programme, channel=None))
    return None


def name_role(ask: Ask, user: UserId, role: Role, key: GroupKey | None) -> Membership:
    """Give a person their role in a group, or in the programme."""
    if role.of_programme:
        authorize(ask, Op.NAME_PROGRAMME_ROLE)
        membership = Membership(user, None, role)
    else:
        if key is None:
            raise BadInput(Code.GROUP_WHICH, "group")
        group = existing(ask, key)
        authorize(ask, Op.NAME_ROLE, group.key)
        membership = Membership(user, group.key, role)
        if role is not Role.CHAIR:
            _keep_a_chair(ask, user, group)
    person = ask.world.people.get(user)
    if person is None:
        raise BadInput(Code.PERSON_UNKNOWN, "owner", user)
    if person.bot:
        raise BadInput(Code.PERSON_BOT, "owner", user, person=person)
    if person.left:
        raise BadInput(Code.PERSON_LEFT, "owner", user, person=person)
    ask.store.groups.set_role(membership)
    where = f"group:{membership.group}" if membership.group else "programme"
    remember_shape(ask, where, "role", f"{user} {role}")
    return membership


def remove(ask: Ask, user: UserId, key: GroupKey | None) -> tuple[Group, ...]:
    """Take a person out of one group, or out of all that the asker may change.

    Raises Conflict while they are its only chair.
    """
    mine = [m for m in ask.world.roles(user) if m.group is not None]
    keys = [key] if key is not None else list(dict.fromkeys(m.group for m in mine))
    if not keys:
        raise NotFound(Code.PERSON_OUTSIDE, person=ask.world.people.get(user))
    left = []
    for one in keys:
        assert one is not None
        group = existing(ask, one)
        authorize(ask, Op.NAME_ROLE, group.key)
        _keep_a_chair(ask, user, group)
        if not ask.store.groups.remove_role(user, group.key):
            raise NotFound(Code.PERSON_OUTSIDE, person=ask.world.people.get(user), group=group.key)
        remember_shape(ask, f"group:{group.key}", "remove", user)
        left.append(group)
    return tuple(left)


def add(ask: Ask, key: str, prefix: str, name: str) -> Group:
    authorize(ask, Op.SHAPE_GROUPS)
    if KEY.fullmatch(key) is None:
        raise BadInput(Code.KEY_WRONG, "group", key)
    if PREFIX.fullmatch(prefix) is None or prefix in RESERVED_PREFIXES:
        raise BadInput(Code.PREFIX_WRONG, "group", prefix)
    _require_name(name)
    if ask.store.groups.get(GroupKey(key)) is not None:
        raise Conflict(Code.GROUP_TAKEN, key=key)
    if any(group.prefix == prefix for group in ask.store.groups.all()):
        raise Conflict(Code.PREFIX_TAKEN, prefix=prefix)
    zone = ask.world.programme.zone
    group = Group(GroupKey(key), prefix, short=key.capitalize(), name=name, zone=zone)
    ask.store.groups.save(group)
    remember_shape(ask, f"group:{group.key}", "add", group.name)
    return group


def rename(ask: Ask, key: GroupKey, name: str) -> Group:
    group = existing(ask, key)
    authorize(ask, Op.SHAPE_GROUPS, key)
    _require_name(name)
    group = replace(group, name=name)
    ask.store.groups.save(group)
    remember_shape(ask, f"group:{group.key}", "rename", group.name)
    return group


def close(ask: Ask, key: GroupKey) -> Group:
    """No new actions; the open ones stay and can be ended or moved by merging."""
    group = existing(ask, key)
    authorize(ask, Op.SHAPE_GROUPS, key)
    group = replace(group, state=GroupState.CLOSED, channel=None)
    ask.store.groups.save(group)
    remember_shape(ask, f"group:{group.key}", "close", group.name)
    return group


def merge(ask: Ask, key: GroupKey, into: GroupKey) -> tuple[Item, ...]:
    """Open actions get new ids in the other group, the old ids still resolve; people move too."""
    old, new = existing(ask, key), existing(ask, into)
    authorize(ask, Op.SHAPE_GROUPS)
    if old.key == new.key:
        raise BadInput(Code.GROUP_TAKEN, "group", into, key=into)
    in_new = {m.user for m in ask.store.groups.members(new.key) if m.named}
    for member in ask.store.groups.members(old.key):
        if member.named and member.user not in in_new:
            role = Role.MEMBER if member.role in (Role.CHAIR, Role.COCHAIR) else member.role
            ask.store.groups.set_role(Membership(member.user, new.key, role))
    moved = tuple(_renumber(ask, item, new) for item in ask.store.items.open_in(old.key))
    ask.store.groups.save(replace(old, state=GroupState.MERGED, merged_into=new.key, channel=None))
    return moved


def existing(ask: Ask, key: GroupKey) -> Group:
    group = ask.store.groups.get(key)
    if group is None or group.state is not GroupState.ACTIVE:
        raise NotFound(Code.GROUP_UNKNOWN, typed=key)
    return group


def _first_coordinator(ask: Ask) -> bool:
    if any(m.role is Role.COORDINATOR for m in ask.world.memberships):
        return False
    if not ask.actor.admin:
        raise NotAllowed(op=Op.SHAPE_GROUPS.value, first=True)
    ask.store.groups.set_role(Membership(ask.actor.user, None, Role.COORDINATOR))
    return True


def _link_by_name(ask: Ask, groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """Channels that are named for a group and that the bot is in become theirs."""
    free = {c.name: c.id for c in ask.store.groups.channels() if c.bot_in and not c.archived}
    linked = []
    for group in groups:
        found = free.get(channel_name(group))
        if found is None or group.channel or group.state is not GroupState.ACTIVE:
            continue
        if ask.store.groups.by_channel(found) is None:
            linked.append(replace(group, channel=found))
            ask.store.groups.save(linked[-1])
    programme = ask.store.groups.programme()
    if programme is not None and programme.channel is None and PROGRAMME_CHANNEL in free:
        common = ChannelId(free[PROGRAMME_CHANNEL])
        ask.store.groups.save_programme(replace(programme, channel=common))
    return tuple(linked)


def _keep_a_chair(ask: Ask, user: UserId, group: Group) -> None:
    chairs = ask.world.holding(Role.CHAIR, group.key)
    if chairs == (user,):
        raise Conflict(Code.LAST_CHAIR, group=group, person=ask.world.people.get(user))


def _require_name(name: str) -> None:
    if not name.strip():
        raise BadInput(Code.TEXT_EMPTY, "group", name)
    if len(name) > 120:
        raise BadInput(Code.TEXT_LONG, "group", name, length=len(name), limit=120)


def _renumber(ask: Ask, item: Item, group: Group) -> Item:
    moved = ask.store.items.renumber(item, group.key)
    remember(ask, item, moved, "merge", group.key)
    cards.refresh(ask.store, ask.world, moved, ask.now)
    return moved
