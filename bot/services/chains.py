"""What waits for what, read from the rows, whatever there is beside."""

from collections.abc import Iterable
from datetime import date

from bot.domain import knock_on
from bot.domain.items import Item
from bot.domain.knock_on import Delay, Hit, Step
from bot.domain.model import GroupKey, Ref
from bot.domain.things import Thing
from bot.storage.database import Store


def slipped(store: Store, ref: Ref, was: date | None = None) -> tuple[Hit, ...]:
    """What waits for it, an action or a deadline, and cannot be met in time for its date.

    `was`: its date before, where only what is hit since then counts.
    """
    steps = around(store, ref)
    return knock_on.hits(steps, ref) if was is None else knock_on.pushed(steps, ref, was)


def late_needs(store: Store, ref: Ref) -> tuple[tuple[Step, date], ...]:
    """What it needs that cannot be met by its date, each with the day on which it can be."""
    return knock_on.too_late(below(store, [ref]), ref)


def waiting_for(store: Store, ref: Ref) -> tuple[Step, ...]:
    """What is open and needs it, directly."""
    found: list[Thing] = [*store.items.open_needing([ref]), *store.deadlines.open_needing([ref])]
    return tuple(step_of(one) for one in found)


def around(store: Store, ref: Ref) -> dict[Ref, Step]:
    """It, all that waits for it, and all that those wait for."""
    seen, edge = {ref}, {ref}
    while edge:
        waiting = {item.ref for item in store.items.open_needing(edge)}
        waiting |= {deadline.ref for deadline in store.deadlines.open_needing(edge)}
        edge = waiting - seen
        seen |= edge
    return below(store, seen)


def below(store: Store, refs: Iterable[Ref]) -> dict[Ref, Step]:
    """These and all that they wait for."""
    found: dict[Ref, Step] = {}
    asked, edge = set[Ref](), set(refs)
    while edge:  # Once, but for what a merge has renamed.
        reached = store.deadlines.needed(edge) - asked
        asked |= reached
        fresh = steps(store, reached)
        found |= fresh
        edge = {need for step in fresh.values() for need in step.needs} - asked
    return found


def delays(store: Store, things: Iterable[Thing], today: date) -> dict[Ref, Delay]:
    """Of those open that cannot be met in time, for what they wait for, through others too."""
    own = {one.ref: step_of(one) for one in things}
    needs = {need for step in own.values() for need in step.needs} - set(own)
    return knock_on.delays({**below(store, needs), **own}, own, today)


def steps(store: Store, refs: Iterable[Ref]) -> dict[Ref, Step]:
    """By their ids, and by those that were asked for, also from before a merge."""
    wanted = set(refs)
    found = {one.ref: step_of(one) for one in store.deadlines.many(wanted) if not one.taken_back}
    found |= {one.ref: step_of(one) for one in store.items.many(wanted) if not one.taken_back}
    for ref in wanted - set(found):
        item = store.items.get(ref)
        if item is not None and not item.taken_back:
            found[ref] = found[item.ref] = step_of(item)
    return found


def needed(store: Store, thing: Thing) -> tuple[Thing, ...]:
    """What it waits for, directly; open or closed."""
    refs = thing.needs
    return (*store.deadlines.many(refs), *store.items.many(refs)) if refs else ()


def all_needed(store: Store, thing: Thing) -> tuple[Thing, ...]:
    """What it waits for, through others too; open or closed."""
    refs = tuple(below(store, thing.needs)) if thing.needs else ()
    return (*store.deadlines.many(refs), *store.items.many(refs)) if refs else ()


def step_of(one: Thing) -> Step:
    if isinstance(one, Item):
        return Step(one.ref, one.due.day, (GroupKey(one.group),), one.needs, one.state.closed)
    return Step(one.ref, one.due, one.groups, one.needs, one.stage.closed)
