"""What one person's Home tells: their own, their groups' for chairs, all groups' for coordinators.

However many actions there are, the number of queries stays the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.days import Calendar
from bot.domain.deadlines import Deadline
from bot.domain.deciding import to_decide
from bot.domain.departures import Departure
from bot.domain.history import UNDO_FOR, Change
from bot.domain.items import Item
from bot.domain.model import GroupKey, GroupState, Person, Ref, Role, UserId, World
from bot.domain.notices import Holiday, programme_calendar
from bot.domain.preparation import takes_part
from bot.domain.state import Outline, Status
from bot.services import channel_losses, meetings, status
from bot.services.access import Op, allowed, standings
from bot.services.notices import PLAN_MARK
from bot.storage.database import Database, Store
from bot.views import home as view
from bot.views.blocks import View
from bot.views.home import Glance
from bot.views.home_chair import DECIDED_AT_ONCE, GroupGlance
from bot.views.home_coordinator import ProgrammeGlance

LATELY = timedelta(days=7)
NEWS = 5


async def home(db: Database, viewer: UserId, now: datetime, holiday: Holiday) -> View:
    glance, world = await db.read(lambda store: glance_of(store, viewer, now, holiday))
    return view.home(glance, world, viewer, now)


def glance_of(
    store: Store, viewer: UserId, now: datetime, holiday: Holiday
) -> tuple[Glance, World]:
    """Only what the viewer may see; nothing for who has left."""
    world = store.groups.world()
    person = world.people.get(viewer)
    if person is None or person.left or person.bot:
        return Glance(), world
    own = store.items.open_of(viewer)
    waiting, given = _waiting(store, world, person, own, now)
    news, total = _news(store, world, person, own, now)
    chaired, programme = _groups(store, world, person, now, holiday)
    closed = store.items.closed_of(viewer, now - LATELY)
    glance = Glance(
        own=own,
        waiting=waiting,
        given=given,
        closed=tuple(sorted(closed, key=lambda i: i.closed_at or now, reverse=True)),
        news=news,
        news_total=total,
        last=_last(store, viewer, now),
        meetings=meetings.upcoming_of(store, viewer, now, world),
        tasks=meetings.tasks_of(store, viewer, now, world),
        deadlines=store.deadlines.open_of(viewer),
        chaired=chaired,
        programme=programme,
    )
    return glance, world


def _waiting(
    store: Store, world: World, person: Person, own: tuple[Item, ...], now: datetime
) -> tuple[tuple[Item, ...], frozenset[Ref]]:
    """What others owe the person, and what the person's own wait for."""
    owed = [item for item in store.items.open_given_by(person.user) if item.owners]
    needed = {ref for item in own for ref in item.needs} - {item.ref for item in owed}
    awaited = [
        item
        for item in (store.items.many(needed) if needed else ())
        if not item.state.closed and person.user not in item.owners
    ]
    found = {item.ref: item for item in (*owed, *awaited)}
    seen = [i for i in found.values() if allowed(world, person, Op.SEE_ITEM, i, now)]
    may = {i.ref for i in seen if allowed(world, person, Op.CHANGE_ITEM, i, now)}
    return tuple(seen), frozenset(may)


def _news(
    store: Store, world: World, person: Person, own: tuple[Item, ...], now: datetime
) -> tuple[tuple[Change, ...], int]:
    prefixes = [
        group.prefix
        for group in world.groups.values()
        if any(m.group == group.key for m in world.roles(person.user))
        and allowed(world, person, Op.SEE_GROUP, group.key, now)
    ]
    refs = [item.ref for item in own]
    return store.audit.of_others(person.user, now - LATELY, prefixes, refs, NEWS)


def _last(store: Store, viewer: UserId, now: datetime) -> Change | None:
    """The viewer's last change, while it can be taken back."""
    request = store.audit.last_request(viewer, now - UNDO_FOR)
    changes = store.audit.of_request(request) if request else ()
    return changes[-1] if changes and changes[-1].after is not None else None


def _groups(
    store: Store, world: World, person: Person, now: datetime, holiday: Holiday
) -> tuple[tuple[GroupGlance, ...], ProgrammeGlance | None]:
    """Those the person chairs, also for an away chair; all of them for a coordinator."""
    active = [g for g in world.groups.values() if g.state is GroupState.ACTIVE]
    chaired = {g.key for g in active if Role.CHAIR in standings(world, person, g.key, now)}
    over_all = allowed(world, person, Op.SEE_HEALTH, None, now)
    shown = active if over_all else [g for g in active if g.key in chaired]
    if not shown and not over_all:
        return (), None
    survey = status.surveyed(store, world, shown, now)
    left, calendar = store.departures.open(), programme_calendar(world, holiday)
    glances = tuple(
        _group(one, survey.items.get(one.group.key, ()), left, now, calendar)
        for one in survey.statuses
    )
    mine = _with_rows(store, tuple(one for one in glances if one.group.key in chaired))
    ahead = {s.group.key: s.meeting.starts for s in survey.statuses if s.meeting}
    return mine, _programme(store, world, glances, ahead) if over_all else None


def _group(
    one: Status,
    items: Iterable[Outline],
    left: Iterable[Departure],
    now: datetime,
    calendar: Calendar,
) -> GroupGlance:
    group = one.group
    by_ref = {item.ref: item for item in items}
    return GroupGlance(
        group=group,
        judged=one.judged,
        remarks=one.remarks,
        open=one.open,
        overdue=one.overdue,
        blocked=one.blocked,
        unowned=one.unowned,
        unconfirmed=one.unconfirmed,
        decide=to_decide(by_ref.values(), group, now, calendar),
        left=tuple((each, _orphans(each, by_ref)) for each in left if each.group == group.key),
    )


def _with_rows(store: Store, glances: tuple[GroupGlance, ...]) -> tuple[GroupGlance, ...]:
    """With the few actions in full that the chair sees rows of."""
    wanted = [ref for glance in glances for ref, _ in glance.decide[:DECIDED_AT_ONCE]]
    found = store.items.many(wanted) if wanted else ()
    return tuple(
        replace(one, rows=tuple(item for item in found if item.group == one.group.key))
        for one in glances
    )


def _orphans(departure: Departure, open_: dict[Ref, Outline]) -> int:
    """How many of theirs are still theirs, or nobody's."""
    there = [open_[ref] for ref in departure.refs if ref in open_]
    return sum(not item.owners or departure.user in item.owners for item in there)


def _programme(
    store: Store,
    world: World,
    glances: tuple[GroupGlance, ...],
    ahead: Mapping[GroupKey, datetime],
) -> ProgrammeGlance:
    planned = store.marks.get(PLAN_MARK)
    keys = tuple(glance.group.key for glance in glances)
    return ProgrammeGlance(
        groups=glances,
        chairless=tuple(key for key in keys if not _has_chair(world, key)),
        counts=store.outbox.counts(),
        planned=planned.at if planned else None,
        meetings=ahead,
        lost=channel_losses.cut_off(store, (glance.group for glance in glances)),
    )


def _has_chair(world: World, key: GroupKey) -> bool:
    chairs = world.holding(Role.CHAIR, key)
    return any(user in world.people and not world.people[user].left for user in chairs)


def concerned(store: Store, world: World, changes: Sequence[Change]) -> frozenset[UserId]:
    """Whose Home the changes of one request show in; `world` as it was before."""
    users: set[UserId] = set()
    for change in changes:
        users |= _over_all(world)
        users |= {user for user in map(UserId, change.detail.split()) if user in world.people}
        kind, _, key = change.ref.partition(":")
        users |= _members(world, GroupKey(key)) if kind == "group" else set()
        for thing in (change.before, change.after):
            users |= _near(thing, world) if thing else set()
    awaiting = store.items.open_needing(change.ref for change in changes if change.after)
    users.update(user for item in awaiting for user in item.owners)
    return frozenset(users)


def concerned_by_event(world: World, user: UserId, channel: str) -> frozenset[UserId]:
    """The person, who leads a group, and who belongs to that of the channel."""
    leads = {m.user for m in world.memberships if m.role in (Role.CHAIR, Role.COCHAIR)}
    group = next((g.key for g in world.groups.values() if channel and g.channel == channel), None)
    return frozenset(
        {user} | leads | _over_all(world) | (_members(world, group) if group else set())
    )


def _members(world: World, key: GroupKey) -> set[UserId]:
    return {m.user for m in world.members(key)}


def _over_all(world: World) -> set[UserId]:
    return {m.user for m in world.memberships if m.group is None}


def _near(thing: Item | Deadline, world: World) -> set[UserId]:
    if isinstance(thing, Deadline):
        there = {user for key in takes_part(thing.groups, world) for user in _members(world, key)}
        return {*there, *thing.owners, thing.created_by}
    given = {assignment.given_by for assignment in thing.assignments}
    return {*_members(world, thing.group), *thing.owners, thing.created_by, *given}
