"""One thing's part of a person's daily message, from what the rows hold of it now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain import knock_on
from bot.domain.days import day_in
from bot.domain.deadline_notices import zone_of
from bot.domain.deadlines import Deadline
from bot.domain.items import Item
from bot.domain.knock_on import Step, Steps
from bot.domain.model import UserId, World
from bot.domain.notices import ASK, ESCALATE, SILENT, silent_owner
from bot.domain.outbox import Message, Sent
from bot.domain.preparation_notices import Duty
from bot.domain.things import Reminded, Thing
from bot.services import chains
from bot.services.absences import absent_from
from bot.services.escalations import said_of, told_before
from bot.storage.database import Store
from bot.views import deadline_notices, escalations, notices, preparation_notices
from bot.views.escalations import Told


@dataclass(frozen=True, slots=True)
class Beside:
    """What lines tell besides their things: what those wait for, and who was told of them."""

    steps: Steps
    said: Mapping[str, Sequence[Sent]]
    absent: Mapping[str, frozenset[UserId]] = field(default_factory=dict)
    """By the meeting that gave somebody an action: who was not there."""


def beside(store: Store, told: Iterable[tuple[Reminded, str]]) -> Beside:
    """For lines about these things, each with its kind; read once for all of them."""
    pairs = tuple(told)
    waiting = {
        one.ref
        for one, kind in pairs
        if isinstance(one, Deadline) and one.needs and kind != ESCALATE
    }
    late = {
        thing.subject for thing, kind in pairs if kind == ESCALATE and not isinstance(thing, Duty)
    }
    given_at = {
        one.source.meeting
        for one, kind in pairs
        if kind == ASK and isinstance(one, Item) and one.source and one.source.meeting
    }
    return Beside(
        chains.below(store, waiting) if waiting else {},
        said_of(store, late) if late else {},
        absent_from(store, given_at) if given_at else {},
    )


def line(
    beside: Beside,
    thing: Reminded,
    kind: str,
    step: str,
    to: UserId,
    world: World,
    now: datetime,
    later: Told = (),
) -> Message:
    """`later`: who will have been told of it by then, beside those who were."""
    if isinstance(thing, Duty):
        tell = preparation_notices.told if kind == ESCALATE else preparation_notices.reminder
        return tell(thing, world, to, now)
    if kind == ESCALATE:
        told = (*told_before(beside.said.get(thing.subject, ()), to, step), *later)
        return _escalated(thing, to, world, now, told)
    if isinstance(thing, Deadline):
        return _of_deadline(beside.steps, thing, step, to, world, now)
    if kind == SILENT:
        return notices.unanswered(thing, silent_owner(step), world, now)
    meeting = thing.source.meeting if thing.source else ""
    missed = meeting if to in beside.absent.get(meeting, ()) else ""
    return notices.reminder_line(thing, step, world, to, now, missed)


def _escalated(thing: Thing, to: UserId, world: World, now: datetime, told: Told) -> Message:
    if isinstance(thing, Item):
        return escalations.action(thing, to, world, now, told)
    buttons = deadline_notices.deciding_buttons(thing)
    return escalations.deadline(thing, to, world, now, told, buttons)


def _of_deadline(
    steps: Steps, deadline: Deadline, step: str, to: UserId, world: World, now: datetime
) -> Message:
    today = day_in(now, zone_of(deadline, world))
    waits = deadline.needs and deadline.ref in steps
    late = {need.ref for need, _ in knock_on.too_late(steps, deadline.ref)} if waits else set()
    needs = [steps[ref] for ref in deadline.needs if ref in steps]
    awaited = [n for n in needs if n.ref in late or _overdue(n, today)]
    earliest = knock_on.earliest(steps, deadline.ref) if waits else deadline.due
    return deadline_notices.reminder(deadline, step, awaited, earliest, world, to, now)


def _overdue(step: Step, today: date) -> bool:
    return not step.closed and step.due < today
