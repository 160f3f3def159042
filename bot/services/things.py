"""Actions and deadlines in the rows, looked at alike by whoever reminds of them."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from itertools import chain

from bot.domain.deadlines import Deadline, DeadlineId
from bot.domain.items import Item
from bot.domain.model import GroupKey, ItemId, Role, UserId, World
from bot.domain.things import Thing, is_closed
from bot.storage.database import Store

_LEADING = (Role.CHAIR, Role.COCHAIR)


def all_open(store: Store) -> Iterator[Thing]:
    """In the order in which what is due of them is put."""
    return chain(store.items.all_open(), store.deadlines.all_open())


def changed_since(store: Store, at: datetime) -> tuple[Thing, ...]:
    """The open ones."""
    return (*store.items.open_changed_since(at), *store.deadlines.open_changed_since(at))


def still_open(store: Store, subjects: Iterable[str]) -> list[Thing]:
    """In the order of the subjects; actions all at once."""
    wanted = tuple(subjects)
    ids = [int(id_) for kind, _, id_ in (one.partition(":") for one in wanted) if kind == "item"]
    items = {item.subject: item for item in (store.items.by_ids(ids) if ids else ())}
    found = (items.get(one) or by_subject(store, one) for one in wanted)
    return [thing for thing in found if thing is not None and not is_closed(thing)]


def by_subject(store: Store, subject: str) -> Thing | None:
    """What the outbox names so; None also where that is something else."""
    kind, _, id_ = subject.partition(":")
    if kind == "item":
        return store.items.by_id(ItemId(int(id_)))
    return store.deadlines.by_id(DeadlineId(int(id_))) if kind == "deadline" else None


def as_they_were(store: Store, things: Iterable[Thing]) -> frozenset[str]:
    """Subjects of those that are open still and have not changed since they were read."""
    known = tuple(things)
    items = {
        (one.id, one.version, one.updated_at): one.subject for one in known if isinstance(one, Item)
    }
    ids = [int(id_) for id_, _, _ in items]
    stamps = store.items.open_stamps(ids) if ids else ()
    same = {items.get((ItemId(one.id), one.version, one.updated_at), "") for one in stamps}
    deadlines = {one.ref: one for one in known if isinstance(one, Deadline)}
    read = store.deadlines.many(deadlines) if deadlines else ()
    still = {one.subject for one in read if one == deadlines[one.ref] and not is_closed(one)}
    return frozenset(same | still)


def reaching(store: Store, world: World, user: UserId, until: date) -> tuple[Thing, ...]:
    """Of which the person may hear until that day: their own, given, and what they lead."""
    items = {i.id: i for i in (*store.items.open_of(user), *store.items.open_given_by(user))}
    items |= {item.id: item for item in _late(store, led(world, user), until)}
    return (*sorted(items.values(), key=_order), *deadlines_reaching(store, world, user))


def led(world: World, user: UserId) -> Collection[GroupKey]:
    """Groups that the person chairs, or may have to stand in for."""
    roles = world.roles(user)
    if any(m.role is Role.COORDINATOR for m in roles):
        return tuple(world.groups)
    return tuple(m.group for m in roles if m.group is not None and m.role in _LEADING)


def deadlines_reaching(store: Store, world: World, user: UserId) -> tuple[Deadline, ...]:
    keys = set(led(world, user))
    if not keys:
        return store.deadlines.open_of(user)
    over_all = any(m.group is None for m in world.roles(user))
    return tuple(
        one
        for one in store.deadlines.all_open()
        if one.owner == user or over_all or not keys.isdisjoint(one.groups)
    )


def _late(store: Store, keys: Collection[GroupKey], until: date) -> tuple[Item, ...]:
    """Actions of these groups that are overdue by then, of which their chairs may be told."""
    if not keys:
        return ()
    refs = [one.ref for one in store.items.outlines(keys) if one.due_day < until and one.owners]
    return store.items.many(refs) if refs else ()


def _order(item: Item) -> tuple[object, ...]:
    return item.due.day, int(item.ref.rpartition("-")[2]), item.id
