"""Who is gone from a group: what they had there is set free, and who minds the group is told."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.charge import in_charge
from bot.domain.departures import LEADING, Departure, DepartureId, Left, Why
from bot.domain.history import Change
from bot.domain.items import Assignment, Item
from bot.domain.model import Group, GroupKey, GroupState, Person, Ref, Role, UserId, World
from bot.domain.notices import DAILY, REMINDERS
from bot.domain.outbox import Message, Outgoing, State, Way
from bot.services import cards, guests, left_deadlines
from bot.services.access import Ask
from bot.services.headcounts import ask_again
from bot.services.silencing import hush, silence
from bot.storage.database import Store
from bot.views import handovers as view

HANDOVER = "handover"
USEFUL = timedelta(days=30)
REOPENS = timedelta(days=1)
"""So long a settled departure is looked at again: Undo may have taken its end back."""
BACK, GONE = "back", "gone"
LEAVE = "leave"
"""The verb in the history; its detail is who left."""


def depart(
    store: Store, user: UserId, key: GroupKey, why: Why, by: UserId, request: str, now: datetime
) -> Departure | None:
    """End what the person is and has in the group; None: there was nothing.

    Who leaves again before the last time is settled adds to that.
    """
    mine = [m for m in store.groups.members(key) if m.user == user]
    theirs = [item for item in store.items.open_in(key) if user in item.owners]
    coordinates = user in store.groups.world().holding(Role.COORDINATOR)
    if not mine and (not theirs or (coordinates and why is not Why.DEACTIVATED)):
        return None
    store.groups.remove_role(user, key)
    world = store.groups.world()
    _release(store, world, theirs, user, by, request, now)
    freed = left_deadlines.release(
        store, world, user, key, Change(Ref(""), 0, now, by, LEAVE, request, user)
    )
    silence(store, user, key)
    if not store.groups.memberships(user):
        hush(store, user)
    if why is not Why.REMOVED:
        shape = Change(Ref(f"group:{key}"), 0, now, by, LEAVE, request, user)
        store.audit.add(shape)  # Also what keeps Undo from bringing back who is not there.
    roles = tuple(m.role for m in mine if m.named)
    refs = (*(item.ref for item in theirs), *freed)
    guests.clean(store, user, now)
    departure = _kept(store, Departure(DepartureId(0), user, key, now, why, roles, refs))
    _mark(store, departure, GONE, now)
    renew(store, world, departure, now)
    if set(roles) & set(LEADING):
        for other in store.departures.open():  # What the leaver was to settle is told to the next.
            renew(store, world, other, now)
    return departure


def learn(store: Store, known: Person, fresh: Person, now: datetime) -> None:
    """What Slack says now of a person, against what was known: gone, or there again."""
    if fresh.left and not known.left:
        deactivated(store, fresh.user, now, f"left:{fresh.user}:{now.isoformat()}")
    elif known.left and not fresh.left:
        reactivated(store, fresh.user, now)


def deactivated(store: Store, user: UserId, now: datetime, request: str) -> None:
    """Out of everything, and never written to again."""
    known = store.groups.person(user)
    if known is not None:
        store.groups.save_person(replace(known, left=True, left_at=known.left_at or now))
    store.outbox.silence(user, why="left")
    # What others are to hear of the same actions is planned again.
    store.outbox.withdraw_all(store.outbox.subjects(user, REMINDERS), REMINDERS)
    groups = {m.group for m in store.groups.memberships(user) if m.group is not None}
    groups |= {item.group for item in store.items.open_of(user)}
    for key in sorted(groups):
        depart(store, user, key, Why.DEACTIVATED, user, request, now)
    _leave_programme(store, user, now, request)
    guests.clean(store, user, now)


def reactivated(store: Store, user: UserId, now: datetime) -> None:
    known = store.groups.person(user)
    if known is not None and known.left_at is not None:
        store.groups.save_person(replace(known, left=False, left_at=None))
    for group in store.groups.all():
        if group.channel is not None:  # They may never have left it.
            ask_again(store, group.channel, now)
    for departure in _latest(store, user).values():
        if departure.why is Why.DEACTIVATED:
            came_back(store, user, departure.group, now)


def came_back(store: Store, user: UserId, key: GroupKey, now: datetime) -> None:
    """Who minds the group is asked whether all is to be as it was, if anything was lost."""
    departure = _latest(store, user).get(key)
    if departure is not None:
        _mark(store, departure, BACK, now)
        renew(store, store.groups.world(), departure, now)


def follow(store: Store, now: datetime, refs: Collection[Ref] | None = None) -> None:
    """What was settled, or taken back, shows where the departure was told; None: look at all."""
    recent = store.departures.recent(now - REOPENS)
    touched = [one for one in recent if refs is None or not set(refs).isdisjoint(one.refs)]
    if touched:
        world = store.groups.world()
        for departure in touched:
            renew(store, world, departure, now)


def follow_request(ask: Ask) -> None:
    """Only what the request has touched is looked at; all, where it changed groups or people."""
    known = ask.store.groups.person(ask.actor.user)
    refs, shaped = ask.store.audit.touched((ask.key, roles_key(ask)))
    if shaped or known != ask.actor:
        follow(ask.store, ask.now)
    elif refs:
        follow(ask.store, ask.now, refs)


def roles_key(ask: Ask) -> str:
    """The request by which a hand-over names roles: Undo of its actions leaves them."""
    return f"{ask.key}:roles"


def stands(store: Store, world: World, departure: Departure) -> Left:
    """What still waits for somebody, and whether anything can be given back."""
    group = _present_group(world, departure.group)
    mark = store.marks.get(_name(departure))
    back = mark is not None and mark.value == BACK
    found = store.items.known_as(departure.refs)
    if group is None:
        closed = world.groups.get(departure.group)
        stranded = tuple(i for i in found if not (i.state.closed or i.assignments))
        return Left(departure, back=back, closed=closed, stranded=stranded)
    items = [i for i in found if i.group == group.key and not i.state.closed]
    moved = group.key != departure.group
    holds = {m.role for m in world.roles(departure.user) if m.group == group.key and m.named}
    lost = [role for role in departure.roles if role not in holds and not moved]
    free = tuple(r for r in LEADING if r in lost and not _anybody(world, r, group.key))
    deadlines = left_deadlines.waiting(store, departure)
    theirs = back and (bool(deadlines) or any(share(store, departure, item) for item in items))
    roles = back and any(role in free or role not in LEADING for role in lost)
    unowned = tuple(item for item in items if not item.assignments)
    return Left(departure, group, unowned, free, back, theirs or roles, deadlines=deadlines)


def share(store: Store, departure: Departure, item: Item) -> Assignment | None:
    """Their part in an open action as it was, if nobody has changed its owners since."""
    for change in reversed(store.audit.of(item.ref)):
        if change.verb == LEAVE and change.detail == departure.user:
            before, after = change.item_before, change.item_after
            if before is None or after is None or item.owners != after.owners:
                return None
            return next((a for a in before.assignments if a.user == departure.user), None)
    return None


def renew(store: Store, world: World, departure: Departure, now: datetime) -> None:
    """Say, say anew or settle what was said of the departure."""
    left = stands(store, world, departure)
    waits = left.waits or bool(left.stranded)
    if waits == (departure.settled_at is not None):
        settled = replace(departure, settled_at=None if waits else now)
        store.departures.save(settled)
    subject, message = _name(departure), view.left_line(left, world)
    said = [row for row in store.outbox.about(subject) if row.out.way is Way.POST]
    if not left.waits:
        store.outbox.withdraw(subject)
    elif left.group is not None:
        for user in in_charge(world, left.group.key, now, but=departure.user):
            _say(store, subject, user, message, now)
    for row in said:
        if row.state in (State.SENT, State.MERGED) and not _is_gone(world, row.out.lane):
            cards.say_anew(store, world, row, message, now)


def _release(
    store: Store,
    world: World,
    theirs: Collection[Item],
    user: UserId,
    by: UserId,
    request: str,
    now: datetime,
) -> None:
    """All at once, however many there are: Slack does not wait long for its event."""
    before = {item.id: item for item in theirs}
    saved = store.items.release(theirs, user, by, now)
    store.audit.add_all(
        Change(one.ref, one.version, now, by, LEAVE, request, user, before[one.id], one)
        for one in saved
    )
    store.outbox.withdraw_all((one.subject for one in saved), REMINDERS)
    cards.refresh_all(store, world, saved, now)


def _kept(store: Store, new: Departure) -> Departure:
    """Written down, as part of the last one where that is not settled or nothing is new."""
    last = _latest(store, new.user).get(new.group)
    if last is None or (last.settled_at is not None and (new.roles or new.refs)):
        return store.departures.add(new)
    roles = tuple(dict.fromkeys((*last.roles, *new.roles)))
    refs = tuple(dict.fromkeys((*last.refs, *new.refs)))
    grown = replace(last, at=new.at, why=new.why, roles=roles, refs=refs)
    store.departures.save(grown)
    return grown


def _latest(store: Store, user: UserId) -> dict[GroupKey, Departure]:
    return {departure.group: departure for departure in store.departures.of(user)}


def _leave_programme(store: Store, user: UserId, now: datetime, request: str) -> None:
    """The last coordinator stays written down, for the day they come back; the chairs are told."""
    roles = {m.role for m in store.groups.memberships(user) if m.group is None}
    if not roles:
        return
    world = store.groups.world()
    others = [u for u in in_charge(world, None, now, but=user) if u != user]
    last = Role.COORDINATOR in roles and not others
    for role in roles - ({Role.COORDINATOR} if last else set()):
        store.groups.remove_role(user, None, role)
    store.audit.add(Change(Ref("programme"), 0, now, user, LEAVE, request, user))
    told = others
    if last:
        active = [g.key for g in world.groups.values() if g.state is GroupState.ACTIVE]
        told = [u for key in active for u in in_charge(world, key, now, but=user)]
    message = view.coordinator_left(user, world, last=last)
    for to in dict.fromkeys(told) if Role.COORDINATOR in roles else ():
        _say(store, f"coordinator:{user}:{now.date().isoformat()}", to, message, now)


def _say(store: Store, subject: str, user: UserId, message: Message, now: datetime) -> None:
    """What waits already, in the same words, keeps its time."""
    key = f"{subject}:{user}"
    waiting = store.outbox.by_key(key)
    if waiting and waiting.state is State.PENDING and waiting.out.message == message:
        return
    store.outbox.put(
        Outgoing(
            key=key,
            subject=subject,
            kind=HANDOVER,
            lane=user,
            message=message,
            at=now,
            until=now + USEFUL,
            bundle=DAILY,
            quiet_hours=True,
        )
    )


def _name(departure: Departure) -> str:
    """How the outbox and the marks name it."""
    return f"departure:{departure.id}"


def _mark(store: Store, departure: Departure, word: str, now: datetime) -> None:
    store.marks.set(_name(departure), now, word)


def _present_group(world: World, key: GroupKey) -> Group | None:
    """The group, or the one it was merged into; None once it is closed."""
    group = world.groups.get(key)
    while group is not None and group.merged_into is not None:
        group = world.groups.get(group.merged_into)
    return group if group is not None and group.state is GroupState.ACTIVE else None


def _anybody(world: World, role: Role, key: GroupKey) -> bool:
    return any(not _is_gone(world, user) for user in world.holding(role, key))


def _is_gone(world: World, user: str) -> bool:
    person = world.people.get(UserId(user))
    return person is None or person.left
