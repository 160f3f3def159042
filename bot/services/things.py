"""What people are reminded of in the rows, looked at alike by whoever reminds of it."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time
from itertools import chain

from bot.domain.deadlines import Deadline, DeadlineId
from bot.domain.items import Item
from bot.domain.model import GroupKey, ItemId, Role, UserId, World
from bot.domain.preparation_notices import Duty, days_between, may_hear
from bot.domain.things import Reminded, Thing, is_closed
from bot.services import duties
from bot.storage.database import Store

_LEADING = (Role.CHAIR, Role.COCHAIR)


def all_open(store: Store) -> Iterator[Reminded]:
    """In the order in which what is due of them is put."""
    return chain(store.items.all_open(), store.deadlines.all_open(), duties.owed(store))


def changed_since(store: Store, at: datetime) -> tuple[Thing, ...]:
    """The open ones; of what meetings need nothing is due as it changes."""
    return (*store.items.open_changed_since(at), *store.deadlines.open_changed_since(at))


def still_open(store: Store, subjects: Iterable[str]) -> list[Reminded]:
    """In the order of the subjects; actions all at once."""
    wanted = tuple(subjects)
    ids = [int(id_) for kind, _, id_ in (one.partition(":") for one in wanted) if kind == "item"]
    known: dict[str, Reminded] = {**duties.by_subjects(store, wanted)}
    known |= {item.subject: item for item in (store.items.by_ids(ids) if ids else ())}
    found = (known.get(one) or by_subject(store, one) for one in wanted)
    return [thing for thing in found if thing is not None and not is_closed(thing)]


def by_subject(store: Store, subject: str) -> Reminded | None:
    """What the outbox names so; None also where that is something else."""
    kind, _, id_ = subject.partition(":")
    if kind == duties.PREP:
        return duties.by_subjects(store, [subject]).get(subject)
    if kind == "item":
        return store.items.by_id(ItemId(int(id_)))
    return store.deadlines.by_id(DeadlineId(int(id_))) if kind == "deadline" else None


def as_they_were(store: Store, things: Iterable[Reminded]) -> frozenset[str]:
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
    owed = {one.subject: one for one in known if isinstance(one, Duty)}
    again = duties.by_subjects(store, owed)
    still |= {subject for subject, one in again.items() if one == owed[subject] and not one.closed}
    return frozenset(same | still)


def reaching(
    store: Store, world: World, user: UserId, since: datetime, until: date
) -> tuple[Reminded, ...]:
    """Of which the person may hear in that time: their own, given, and what they lead."""
    items = {i.id: i for i in (*store.items.open_of(user), *store.items.open_given_by(user))}
    items |= {item.id: item for item in _late(store, led(world, user), until)}
    end = datetime.combine(until, time.max, UTC)
    owed = duties.owed(store, *days_between(world, since, end))
    heard = (duty for duty in owed if may_hear(duty, world, user))
    return (*sorted(items.values(), key=_order), *deadlines_reaching(store, world, user), *heard)


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
