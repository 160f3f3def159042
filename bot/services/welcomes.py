"""Greeting: everybody once, at their first act or the first time others count on them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.history import Change
from bot.domain.model import Person, UserId
from bot.domain.notices import DAILY
from bot.domain.outbox import Outgoing, State
from bot.services import cards
from bot.services.access import Ask, Op, authorize
from bot.storage.database import Store
from bot.views.notices import HELLO
from bot.views.welcomes import hello

USEFUL = timedelta(days=14)


def key_of(user: UserId) -> str:
    return f"{HELLO}:{user}"


def is_new(person: Person | None) -> bool:
    """Nobody greets programs, nor who has left."""
    if person is None:
        return True
    return person.welcomed_at is None and not (person.bot or person.left)


def greet_actor(store: Store, user: UserId, now: datetime) -> None:
    """At once, at the first act of their own; also if it was to be said in the morning."""
    person = store.groups.person(user)
    if person is None or person.bot or person.left:
        return
    if person.welcomed_at is None or _still_waits(store, person, now):
        _greet(store, person, now, at_once=True)


def greet_counted_on(ask: Ask, changes: Iterable[Change]) -> None:
    """Who was given an action or a role by somebody else: with their next daily message."""
    users = {user for change in changes for user in _counted_on(change)} - {ask.actor.user}
    for person in ask.store.groups.people(users).values() if users else ():
        if is_new(person):
            _greet(ask.store, person, ask.now, at_once=False)


def confirm_zone(ask: Ask) -> None:
    """The zone we suppose is theirs; the greeting says so from now on."""
    authorize(ask, Op.CHANGE_SELF, ask.actor)
    person = ask.store.groups.person(ask.actor.user)
    if person is None or person.zone_chosen:
        return
    ask.store.groups.save_person(replace(person, zone_chosen=True))
    world = ask.store.groups.world()
    cards.rewrite(ask.store, world, key_of(person.user), "confirmed", ask.now)


def _greet(store: Store, person: Person, now: datetime, *, at_once: bool) -> None:
    store.outbox.put(
        Outgoing(
            key=key_of(person.user),
            subject=key_of(person.user),
            kind=HELLO,
            lane=person.user,
            message=hello(person, now),
            at=now,
            until=now + USEFUL,
            bundle=None if at_once else DAILY,
            quiet_hours=not at_once,
        )
    )
    store.groups.save_person(replace(person, welcomed_at=now))


def _still_waits(store: Store, person: Person, now: datetime) -> bool:
    if person.welcomed_at is None or now - person.welcomed_at > USEFUL:
        return False
    row = store.outbox.by_key(key_of(person.user))
    return row is not None and row.state is State.PENDING and row.out.quiet_hours


def _counted_on(change: Change) -> Iterable[UserId]:
    if change.after is not None:
        before = change.before.owners if change.before else ()
        return (user for user in change.after.owners if user not in before)
    return (UserId(change.detail.partition(" ")[0]),) if change.verb == "role" else ()
