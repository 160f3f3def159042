"""What a slip does to those that wait for it, through the chain of actions and deadlines; pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.model import GroupKey, Ref


@dataclass(frozen=True, slots=True)
class Step:
    """An action or a deadline, as far as others wait for it; `groups` empty: of all."""

    ref: Ref
    due: date
    groups: tuple[GroupKey, ...] = ()
    needs: tuple[Ref, ...] = ()
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """`step` cannot be met by its date: it can be on `earliest`, for it waits for `because`."""

    step: Step
    earliest: date
    because: Ref


@dataclass(frozen=True, slots=True)
class Delay:
    """It can be met on `earliest`, for it waits for the first of `way`, that for the next."""

    earliest: date
    way: tuple[Ref, ...]


Steps = Mapping[Ref, Step]


def chain(steps: Steps, start: Ref, end: Ref) -> tuple[Ref, ...]:
    """From `start` along needs to `end`, the shortest way; empty where none leads there."""
    ways: list[tuple[Ref, ...]] = [(start,)]
    seen = {start}
    for way in ways:
        if way[-1] == end:
            return way
        for need in steps[way[-1]].needs if way[-1] in steps else ():
            if need not in seen:
                seen.add(need)
                ways.append((*way, need))
    return ()


def circle(steps: Steps, ref: Ref, needs: Iterable[Ref]) -> tuple[Ref, ...]:
    """The circle that closes if `ref` waits for these: it begins and ends with `ref`."""
    for need in needs:
        if way := chain(steps, need, ref):
            return (ref, *way)
    return ()


def earliest(steps: Steps, ref: Ref) -> date:
    """Its own date, or the latest of what it waits for and that waits for; the closed is done."""
    return _earliest(steps, ref, {}, frozenset())


def delays(steps: Steps, refs: Iterable[Ref], today: date) -> dict[Ref, Delay]:
    """Of those that cannot be met by their date, but on a day still to come at the soonest."""
    days = {ref: earliest(steps, ref) for ref in refs}
    return {
        ref: Delay(day, _way(steps, ref, day))
        for ref, day in days.items()
        if day > max(steps[ref].due, today)
    }


def too_late(steps: Steps, ref: Ref) -> tuple[tuple[Step, date], ...]:
    """What it waits for and cannot be met by its date, each with the date on which it can be."""
    step = steps[ref]
    dates = [(need, earliest(steps, need.ref)) for need in _open_needs(steps, step)]
    return tuple((need, day) for need, day in dates if day > step.due)


def hits(steps: Steps, ref: Ref) -> tuple[Hit, ...]:
    """What waits for `ref`, through others too, and cannot be met by its date any more.

    `steps` must hold all that waits for it, and all that those wait for.
    """
    touched = _waiting(steps, ref)
    along = {r: s for r, s in steps.items() if r == ref or r in touched}
    found = []
    for one in touched:
        late = too_late(along, one)
        if late:
            need, _ = max(late, key=lambda pair: pair[1])
            found.append(Hit(steps[one], earliest(steps, one), need.ref))
    return tuple(sorted(found, key=lambda hit: (hit.earliest, hit.step.ref)))


def pushed(steps: Steps, ref: Ref, was: date) -> tuple[Hit, ...]:
    """Of `hits` those that can be met on another day since `ref` is not due on `was` any more."""
    before = {**steps, ref: replace(steps[ref], due=was)}
    return tuple(hit for hit in hits(steps, ref) if earliest(before, hit.step.ref) != hit.earliest)


def _earliest(steps: Steps, ref: Ref, known: dict[Ref, date], above: frozenset[Ref]) -> date:
    """`above`: those on the way here, for rows that make a circle all the same."""
    if ref not in known:
        step = steps[ref]
        below = [need for need in _open_needs(steps, step) if need.ref not in above]
        dates = (_earliest(steps, need.ref, known, above | {ref}) for need in below)
        known[ref] = max([step.due, *dates])
    return known[ref]


def _way(steps: Steps, ref: Ref, day: date) -> tuple[Ref, ...]:
    """Along what waits for that day, down to what is due then."""
    way = [ref]
    while steps[way[-1]].due < day:
        below = (need.ref for need in _open_needs(steps, steps[way[-1]]) if need.ref not in way)
        held = next((need for need in below if earliest(steps, need) == day), None)
        if held is None:
            break
        way.append(held)
    return tuple(way[1:])


def _open_needs(steps: Steps, step: Step) -> Iterator[Step]:
    found = (steps.get(need) for need in step.needs)
    return (need for need in found if need is not None and not need.closed)


def _waiting(steps: Steps, ref: Ref) -> tuple[Ref, ...]:
    """Those open that wait for it, directly or through others."""
    found, edge = dict[Ref, None](), {ref}
    while edge:
        edge = {
            step.ref
            for step in steps.values()
            if not step.closed and edge & set(step.needs) and step.ref not in {ref, *found}
        }
        found |= dict.fromkeys(sorted(edge))
    return tuple(found)
