"""Planning: what the rows say must be said by now goes into the outbox, once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import notices
from bot.domain.model import Item, Notice, UserId, World
from bot.domain.notices import DAILY, SILENT, Holiday, silent_owner
from bot.domain.outbox import Message, Outgoing
from bot.storage.database import Store
from bot.views import notices as words

PLAN_MARK = "plan"
OUTAGE = "outage"
"""The last time the bot was away: until `at`, since the instant in `value`."""
GAP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Planner:
    """Safe to run twice, at any time: a notice planned again is the same row."""

    holiday: Holiday

    def plan(self, store: Store, now: datetime) -> int:
        """Put every notice due since ever that is still useful or was never looked at.

        However long the bot was down, the mark tells: what ran out meanwhile is put as well, and
        delivery marks it stale instead of keeping silent about it.
        """
        world = store.groups.world()
        last = store.marks.get(PLAN_MARK)
        mark = last.at if last else now
        due = [
            (item, notice)
            for item in store.items.all_open()
            for notice in notices.for_item(item, world, self.holiday)
            if notice.at <= now and (notice.until > now or notice.at > mark)
        ]
        settled = store.outbox.settled(tuple(notice.key for _, notice in due))
        new = [
            store.outbox.put(_outgoing(item, notice, world, now))
            for item, notice in due
            if notice.key not in settled
        ]
        if now - mark > GAP:
            store.marks.set(OUTAGE, now, mark.isoformat())
        store.marks.set(PLAN_MARK, now)
        return sum(new)

    def next_at(self, store: Store, now: datetime) -> datetime | None:
        """The next instant at which something falls due, for a clock that skips what is between."""
        world = store.groups.world()
        later = [
            notice.at
            for item in store.items.all_open()
            for notice in notices.for_item(item, world, self.holiday)
            if notice.at > now
        ]
        waiting = store.outbox.next_at()
        return min([*later, *([waiting] if waiting else [])], default=None)


def line(item: Item, kind: str, step: str, to: UserId, world: World, now: datetime) -> Message:
    """One action's part of the person's daily message."""
    if kind == SILENT:
        return words.unanswered(item, silent_owner(step), world, now)
    return words.reminder_line(item, step, world, to, now)


def _outgoing(item: Item, notice: Notice, world: World, now: datetime) -> Outgoing:
    return Outgoing(
        key=notice.key,
        subject=notice.subject,
        kind=notice.kind,
        lane=notice.to,
        message=line(item, notice.kind, notice.step, notice.to, world, now),
        at=notice.at,
        until=notice.until,
        bundle=DAILY,
        quiet_hours=not notice.urgent,
    )
