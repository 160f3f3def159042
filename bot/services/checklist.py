"""The installer's checklist: one message that ticks itself, whatever door a step came by."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.history import Change
from bot.domain.model import Group, GroupState, Person, Role, UserId, World
from bot.domain.outbox import Message, Outgoing, State, Way
from bot.services.access import Ask
from bot.services.channel_losses import cut_off
from bot.storage.database import Store
from bot.views.checklist import SetUpState, checklist

SETUP = "setup"
USEFUL = timedelta(days=30)


def begin(store: Store, users: Iterable[UserId], now: datetime) -> None:
    """For those who are to set up a workspace where nobody has begun; others have no need of it."""
    if store.groups.programme() is None and not store.groups.all():
        for user in users:
            _post(store, user, now)


def follow(ask: Ask, changes: Iterable[Change]) -> None:
    """After a request: whoever became coordinator by it gets the list, all lists are ticked."""
    changes = tuple(changes)
    set_up = any((change.ref, change.verb) == ("programme", SETUP) for change in changes)
    if set_up and ask.actor.user not in ask.world.holding(Role.COORDINATOR):
        _post(ask.store, ask.actor.user, ask.now)
    elif changes or _coordinates(ask.world, ask.actor.user):
        refresh(ask.store, ask.now)


def refresh(store: Store, now: datetime) -> None:
    """Rewrite each list that does not tell how things stand."""
    rows = store.outbox.about(SETUP)
    if not rows:
        return
    said = {row.out.lane: row for row in rows}
    posted = {row.out.lane for row in rows if row.out.way is Way.POST}
    world = store.groups.world()
    for lane in posted:
        user = UserId(lane)
        fresh = _message(store, world, user, now)
        if fresh == said[lane].out.message or not _coordinates(world, user):
            continue
        row = store.outbox.by_key(_key(user))
        if row is not None and row.state is State.PENDING:
            store.outbox.put(_outgoing(user, fresh, now))
        else:
            _edit(store, user, fresh, now, sum(row.out.lane == lane for row in rows))


def _edit(store: Store, user: UserId, message: Message, now: datetime, number: int) -> None:
    store.outbox.put(
        Outgoing(
            key=f"{_key(user)}:{number}",
            subject=SETUP,
            kind=SETUP,
            lane=user,
            message=message,
            at=now,
            until=now + USEFUL,
            way=Way.EDIT,
            edits=_key(user),
        )
    )


def _post(store: Store, user: UserId, now: datetime) -> None:
    store.outbox.put(_outgoing(user, _message(store, store.groups.world(), user, now), now))


def _outgoing(user: UserId, message: Message, now: datetime) -> Outgoing:
    key = _key(user)
    return Outgoing(key, SETUP, SETUP, user, message, now, now + USEFUL)


def _message(store: Store, world: World, user: UserId, now: datetime) -> Message:
    groups = tuple(g for g in world.groups.values() if g.state is GroupState.ACTIVE)
    state = SetUpState(
        groups=groups,
        unlinked=tuple(group for group in groups if group.channel is None),
        chairless=tuple(group for group in groups if not _has_chair(world, group)),
        acted=bool(store.items.groups()),
        met=bool(store.meetings.all()),
        lost=cut_off(store, groups),
        person=world.people.get(user) or Person(user, "", zone=world.programme.zone),
    )
    return checklist(state, now)


def _has_chair(world: World, group: Group) -> bool:
    chairs = world.holding(Role.CHAIR, group.key)
    return any(user in world.people and not world.people[user].left for user in chairs)


def _coordinates(world: World, user: UserId) -> bool:
    return user in world.holding(Role.COORDINATOR)


def _key(user: UserId) -> str:
    return f"{SETUP}:{user}"
