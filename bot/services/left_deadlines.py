"""Deadlines of who is gone from a group: set free, waiting for another owner, given back."""

from dataclasses import replace
from datetime import datetime

from bot.domain.deadlines import Deadline
from bot.domain.departures import Departure
from bot.domain.history import Change
from bot.domain.model import GroupKey, Ref, UserId, World
from bot.domain.notices import REMINDERS
from bot.domain.preparation import takes_part
from bot.services.access import Ask, Op, authorize, may_own
from bot.services.history import remember
from bot.storage.database import Store


def release(
    store: Store,
    world: World,
    user: UserId,
    key: GroupKey,
    change: Change,
) -> tuple[Ref, ...]:
    """Nobody's now, unless they may own it by another of its groups; `change` says who and how."""
    freed = []
    for deadline in store.deadlines.open_of(user):
        keys = takes_part(deadline.groups, world)
        if key not in keys or any(may_own(world, user, one) for one in keys):
            continue
        after = replace(deadline, owner=None, updated_at=change.at, updated_by=change.by)
        saved = store.deadlines.save(after, expected=deadline.version)
        store.audit.add(
            replace(change, ref=saved.ref, version=saved.version, before=deadline, after=saved)
        )
        store.outbox.withdraw(saved.subject, kinds=REMINDERS)
        freed.append(saved.ref)
    return tuple(freed)


def waiting(store: Store, departure: Departure) -> tuple[Deadline, ...]:
    """Of what was theirs, the open ones without an owner."""
    found = store.deadlines.many(departure.refs) if departure.refs else ()
    return tuple(d for d in found if not (d.stage.closed or d.owner or d.taken_back))


def give_back(ask: Ask, departure: Departure, now: datetime) -> tuple[Deadline, ...]:
    """To who left, those that still have no owner."""
    given = []
    for deadline in waiting(ask.store, departure):
        authorize(ask, Op.CHANGE_DEADLINE, deadline)
        after = replace(
            deadline, owner=departure.user, set_at=now, updated_at=now, updated_by=ask.actor.user
        )
        saved = ask.store.deadlines.save(after, expected=deadline.version)
        remember(ask, deadline, saved, "give", departure.user)
        ask.store.outbox.withdraw(saved.subject, kinds=REMINDERS)
        given.append(saved)
    return tuple(given)
