"""Groups: setting up, and how they come, are renamed, closed and merged."""

from dataclasses import dataclass, replace

from bot.domain import weeks
from bot.domain.deadlines import Deadline
from bot.domain.groups import FIVE, KEY, PREFIX
from bot.domain.items import Item
from bot.domain.meetings import Meeting
from bot.domain.model import (
    RESERVED_PREFIXES,
    Group,
    GroupKey,
    GroupState,
    Membership,
    Programme,
    Ref,
    Role,
    World,
)
from bot.domain.notices import REMINDERS
from bot.errors import BadInput, Code, Conflict, NotAllowed
from bot.services import cards, group_meetings, role_news
from bot.services.access import Ask, Op, authorize
from bot.services.checks import find_group
from bot.services.history import remember, remember_shape
from bot.services.links import (
    ALL,
    PROGRAMME_NAME,
    leave_channel,
    link_by_name,
    link_common_by_name,
)

NAME_LIMIT = 120


@dataclass(frozen=True, slots=True)
class SetUp:
    """What one run of set-up did; nothing on a second run. `common`: linked that of all."""

    coordinator: bool
    groups: tuple[Group, ...]
    linked: tuple[Group, ...]
    common: bool = False


@dataclass(frozen=True, slots=True)
class Shaped:
    """Of a closed one `deadlines` that are still open, and `meetings` cancelled with it."""

    group: Group
    changed: bool = True
    deadlines: tuple[Ref, ...] = ()
    meetings: tuple[Meeting, ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """`moved`: old and new id of each open action.

    `deadlines`, `meetings`: the open ones, and those ahead, that came along.
    """

    moved: tuple[tuple[Ref, Ref], ...]
    changed: bool = True
    deadlines: tuple[Ref, ...] = ()
    meetings: tuple[Meeting, ...] = ()


def require_setter(ask: Ask) -> None:
    """Coordinators set up; while there is none, owners and admins of the workspace."""
    if _coordinated(ask.world):
        authorize(ask, Op.SHAPE_GROUPS)
    elif not ask.actor.admin:
        raise NotAllowed(op=Op.SHAPE_GROUPS.value, first=True)


def _coordinated(world: World) -> bool:
    """A coordinator who has left does not count: else nobody could ever set up again."""
    people = (world.people.get(user) for user in world.holding(Role.COORDINATOR))
    return any(person is None or not person.left for person in people)


def set_up(ask: Ask, make: tuple[Group, ...] = FIVE) -> SetUp:
    """Make what is missing of programme, groups and links. Safe to run again.

    The first to run it becomes coordinator. `make` are made only while there is no group.
    """
    require_setter(ask)
    first = not _coordinated(ask.world)
    groups = ask.store.groups
    if first:
        groups.set_role(Membership(ask.actor.user, None, Role.COORDINATOR))
        ask = replace(ask, world=groups.world())
    if groups.programme() is None:
        groups.save_programme(Programme(PROGRAMME_NAME, ask.actor.zone, ask.actor.country))
    there = groups.all()
    made = () if there else tuple(replace(group, zone=ask.actor.zone) for group in make)
    for group in made:
        groups.save(group)
    linked = link_by_name(ask, (*there, *made))
    common = link_common_by_name(ask)
    if first or made or linked or common:
        remember_shape(ask, "programme", "setup", " ".join(g.key for g in (*made, *linked)))
    return SetUp(first, made, linked, common)


def set_zone(ask: Ask, zone: str, country: str | None, region: str | None) -> bool:
    """The programme's, and that of the groups that had it; False: it was so before."""
    require_setter(ask)
    programme = ask.store.groups.programme() or Programme(PROGRAMME_NAME, zone)
    if programme.zone == zone:
        return False
    ask.store.groups.save_programme(replace(programme, zone=zone, country=country, region=region))
    for group in ask.store.groups.all():
        if group.zone == programme.zone:
            ask.store.groups.save(replace(group, zone=zone))
    remember_shape(ask, "programme", "zone", zone)
    return True


def add(ask: Ask, key: str, prefix: str, name: str) -> Shaped:
    authorize(ask, Op.SHAPE_GROUPS)
    if KEY.fullmatch(key) is None or key == ALL:
        raise BadInput(Code.KEY_WRONG, "groups", key)
    if PREFIX.fullmatch(prefix) is None or prefix in RESERVED_PREFIXES:
        raise BadInput(Code.PREFIX_WRONG, "groups", prefix)
    _require_name(name)
    there = ask.store.groups.get(GroupKey(key))
    if there is not None and there.state is GroupState.CLOSED and there.prefix == prefix:
        return _reopen(ask, there, name)
    if there is not None:
        if (there.prefix, there.name, there.state) == (prefix, name, GroupState.ACTIVE):
            return Shaped(there, changed=False)
        raise Conflict(Code.GROUP_TAKEN, key=key)
    if any(group.prefix == prefix for group in ask.store.groups.all()):
        raise Conflict(Code.PREFIX_TAKEN, prefix=prefix)
    programme = ask.store.groups.programme()
    printed = next((g for g in FIVE if (g.key, g.prefix) == (key, prefix)), None)
    new = printed or Group(GroupKey(key), prefix, short=key.capitalize(), name=name)
    group = replace(new, name=name, zone=programme.zone if programme else ask.actor.zone)
    ask.store.groups.save(group)
    remember_shape(ask, f"group:{group.key}", "add", group.name)
    return Shaped(group)


def _reopen(ask: Ask, closed: Group, name: str) -> Shaped:
    """Its ids go on where they ended; its channel is to be linked again."""
    group = replace(closed, name=name, state=GroupState.ACTIVE, ended_at=None)
    ask.store.groups.save(group)
    remember_shape(ask, f"group:{group.key}", "reopen", group.name)
    return Shaped(group)


def rename(ask: Ask, key: GroupKey, name: str) -> Shaped:
    group = find_group(ask, key)
    authorize(ask, Op.SHAPE_GROUPS)
    _require_name(name)
    if group.name == name:
        return Shaped(group, changed=False)
    group = replace(group, name=name)
    ask.store.groups.save(group)
    remember_shape(ask, f"group:{group.key}", "rename", group.name)
    return Shaped(group)


def close(ask: Ask, key: GroupKey) -> Shaped:
    """No new actions; the open ones stay and can still be ended. Its meetings end with it."""
    authorize(ask, Op.SHAPE_GROUPS)
    there = ask.store.groups.get(key)
    if there is not None and there.state is GroupState.CLOSED:
        return Shaped(there, changed=False)
    active = find_group(ask, key)
    meetings = group_meetings.call_off(ask, key)
    group = leave_channel(ask.store, replace(active, state=GroupState.CLOSED, ended_at=ask.now))
    remember_shape(ask, f"group:{group.key}", "close", group.name)
    _unsaid(ask, group)
    return Shaped(group, deadlines=tuple(d.ref for d in _promised(ask, key)), meetings=meetings)


def merge(ask: Ask, key: GroupKey, into: GroupKey) -> Merged:
    """Open actions get new ids in the other group, the old ids still resolve.

    People move too, and decisions and meetings, whose ids are of no group.
    Chairs of the old group become members of the new one unless they had a role there.
    """
    authorize(ask, Op.SHAPE_GROUPS)
    there = ask.store.groups.get(key)
    if there is not None and there.merged_into == into:
        return Merged((), changed=False)
    old, new = find_group(ask, key), find_group(ask, into)
    if old.key == new.key:
        raise BadInput(Code.GROUP_WHICH, "group", into)
    in_new = {m.user for m in ask.store.groups.members(new.key) if m.named}
    for member in ask.store.groups.members(old.key):
        if member.named and member.user not in in_new:
            role = Role.MEMBER if member.role in (Role.CHAIR, Role.COCHAIR) else member.role
            ask.store.groups.set_role(Membership(member.user, new.key, role))
    items = ask.store.items.open_in(old.key)
    moved = tuple((item.ref, _renumber(ask, item, new).ref) for item in items)
    deadlines = tuple(_carried(ask, deadline, old, new) for deadline in _promised(ask, old.key))
    ask.store.decisions.regroup(old.key, new.key)
    leave_channel(
        ask.store, replace(old, state=GroupState.MERGED, merged_into=new.key, ended_at=ask.now)
    )
    meetings = group_meetings.carry(ask, old, new)
    remember_shape(ask, f"group:{old.key}", "merge", new.key)
    _unsaid(ask, old)
    return Merged(moved, deadlines=deadlines, meetings=meetings)


def _unsaid(ask: Ask, group: Group) -> None:
    """It has ended: neither news of its roles nor its digest is of use to anybody."""
    role_news.unsaid(ask, group.key)
    ask.store.outbox.withdraw(weeks.subject(group))


def _promised(ask: Ask, key: GroupKey) -> tuple[Deadline, ...]:
    """Open deadlines of the group, its own or with others."""
    return tuple(d for d in ask.store.deadlines.of_groups([key]) if key in d.groups)


def _carried(ask: Ask, deadline: Deadline, old: Group, new: Group) -> Ref:
    """The other group in the place of this one; not to be undone alone."""
    groups = tuple(dict.fromkeys(new.key if key == old.key else key for key in deadline.groups))
    after = replace(deadline, groups=groups, updated_at=ask.now, updated_by=ask.actor.user)
    saved = ask.store.deadlines.save(after, expected=deadline.version)
    remember(ask, deadline, saved, "merge", old.short or old.name, undone=True)
    ask.store.outbox.withdraw(saved.subject, kinds=REMINDERS)
    return saved.ref


def _require_name(name: str) -> None:
    if not name.strip():
        raise BadInput(Code.TEXT_EMPTY, "groups", name)
    if len(name) > NAME_LIMIT:
        raise BadInput(Code.TEXT_LONG, "groups", name, length=len(name), limit=NAME_LIMIT)


def _renumber(ask: Ask, item: Item, group: Group) -> Item:
    """Not to be undone alone: its group is gone. Reminders are planned again by the new id."""
    moved = ask.store.items.renumber(item, group.key)
    ask.store.deadlines.rename_needed(item.ref, moved.ref)
    remember(ask, item, moved, "merge", item.ref, undone=True)
    ask.store.outbox.withdraw(moved.subject, kinds=REMINDERS)
    cards.refresh(ask.store, ask.world, moved, ask.now)
    return moved
