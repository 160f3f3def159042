"""What those who stand over all groups are told of them together; frozen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.days import day_in
from bot.domain.deadlines import Deadline
from bot.domain.knock_on import Delay
from bot.domain.meetings import Meeting
from bot.domain.model import GroupKey, Ref, World
from bot.domain.state import Cause, Needed, Reason, Standing, Status, Why, held_up, late_deadline


@dataclass(frozen=True, slots=True)
class Report:
    """How groups stand, and what is in danger for `event`, where all of them meet next.

    `ready`: that meeting, in per cent. `risks`: deadlines before it that may not be met. `decide`:
    the actions that wait for a word of whoever leads their group.
    """

    statuses: tuple[Status, ...]
    now: datetime
    decide: Mapping[GroupKey, tuple[tuple[Ref, Why], ...]] = field(default_factory=dict)
    event: Meeting | None = None
    ready: int | None = None
    risks: tuple[Cause, ...] = ()


def endangered(
    deadlines: Sequence[Deadline],
    needed: Mapping[Ref, Needed],
    delays: Mapping[Ref, Delay],
    event: Meeting | None,
    world: World,
    now: datetime,
) -> Iterator[Cause]:
    """Those overdue, and those held up however far ahead; until the meeting, if there is one."""
    for deadline in deadlines:
        if event is not None and deadline.due > event.start_day:
            continue
        group = world.groups.get(deadline.groups[0]) if deadline.groups else None
        today = day_in(now, group.zone if group else world.programme.zone)
        if deadline.due < today:
            yield from late_deadline(deadline, today)
        elif held := tuple(held_up(deadline, needed)):
            yield from held
        elif (delay := delays.get(deadline.ref)) is not None:
            yield Cause(Standing.LOOK, Reason.NEEDS_MORE, deadline.ref, delay=delay)
