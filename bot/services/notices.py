"""Planning: what the rows say must be said by now goes into the outbox, once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import item_notices, notices
from bot.domain.items import Item
from bot.domain.model import ItemId, UserId, World
from bot.domain.notices import DAILY, ESCALATE, SILENT, Holiday, Notice, silent_owner
from bot.domain.outbox import SAID_BEFORE, Message, Outgoing, State
from bot.services import digests
from bot.services.escalations import told_before
from bot.storage import marks
from bot.storage.database import Store
from bot.views import escalations
from bot.views import notices as words
from bot.views.escalations import Told

PLAN_MARK = marks.PLAN_MARK
OUTAGE = "outage"
"""The last time the bot was away: until `at`, since the instant in `value`."""
GAP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Planner:
    """Safe to run twice, at any time: a notice planned again is the same row."""

    holiday: Holiday

    def due(self, store: Store, now: datetime) -> tuple[ItemId, ...]:
        """The actions of which something is to be said and not yet put; reads only."""
        found = self._unput(store, store.items.all_open(), store.groups.world(), now)
        return tuple(dict.fromkeys(item.id for item, _ in found))

    def due_of_changed(
        self, store: Store, now: datetime, since: datetime | None = None
    ) -> tuple[ItemId, ...]:
        """The same of what has changed `since`, or since the last look at everything."""
        changed = store.items.open_changed_since(since or self._mark(store, now))
        found = self._unput(store, changed, store.groups.world(), now) if changed else []
        return tuple(dict.fromkeys(item.id for item, _ in found))

    def plan(self, store: Store, now: datetime, only: tuple[ItemId, ...] | None = None) -> int:
        """Put every notice due since ever that is still useful or was never looked at.

        However long the bot was down, the mark tells: what ran out meanwhile is put as well, and
        delivery marks it stale instead of keeping silent about it. `only` are the actions that a
        look at everything has found.
        """
        items = store.items.all_open() if only is None else self._still_open(store, only)
        put = self._put(store, items, now)
        mark = self._mark(store, now)
        put += digests.plan(store, self.holiday, now, mark)
        if now - mark > GAP:
            store.marks.set(OUTAGE, now, mark.isoformat())
        store.marks.set(PLAN_MARK, now)
        return put

    def plan_changed(self, store: Store, now: datetime, only: tuple[ItemId, ...]) -> int:
        """The mark stays: nobody has looked at the others.

        But who is to hear of these now hears of all that is due: it is one message a day.
        """
        items = {item.id: item for item in self._still_open(store, only)}
        due = self._unput(store, items.values(), store.groups.world(), now)
        for user in {notice.to for _, notice in due}:
            items |= {item.id: item for item in store.items.open_of(user)}
        return self._put(store, items.values(), now)

    def _put(self, store: Store, items: Iterable[Item], now: datetime) -> int:
        world = store.groups.world()
        found = self._unput(store, items, world, now)
        for item, notice in found:
            told = told_before(store, item.subject, notice.to) if notice.kind == ESCALATE else ()
            store.outbox.put(outgoing(item, notice, world, now, told))
        return len(found)

    def _unput(
        self, store: Store, items: Iterable[Item], world: World, now: datetime
    ) -> list[tuple[Item, Notice]]:
        mark = self._mark(store, now)
        due = [
            (item, notice)
            for item in items
            if item_notices.may_be_due(item, world, now, mark)
            for notice in item_notices.for_item(item, world, self.holiday)
            if notice.at <= now and (notice.until > now or notice.at > mark)
        ]
        standing = store.outbox.standing(tuple(notice.key for _, notice in due))
        return [(item, notice) for item, notice in due if notice.key not in standing]

    def _still_open(self, store: Store, only: tuple[ItemId, ...]) -> list[Item]:
        found = (store.items.by_id(item) for item in only)
        return [item for item in found if item is not None and not item.state.closed]

    def _mark(self, store: Store, now: datetime) -> datetime:
        mark = store.marks.get(PLAN_MARK)
        return mark.at if mark is not None else now

    def follow(
        self,
        store: Store,
        before: World,
        items: Iterable[Item],
        now: datetime,
        to: UserId | None = None,
    ) -> None:
        """After a change of settings: what was said on its old day counts as said on its new one.

        `to`: only to this person. What is still pending is to be withdrawn before.
        """
        after = store.groups.world()
        pairs = [
            (item, self._notices(item, before, to), self._notices(item, after, to))
            for item in items
        ]
        keys = {notice.key for _, old, new in pairs for notice in (*old, *new)}
        said = store.outbox.standing(tuple(keys))
        since = now if to is None else None
        for item, old, new in pairs:
            unsaid = notices.said_before(old, new, said, since)
            _count_as_said(store, item, unsaid, after, now)

    def from_now_on(self, store: Store, item: Item, to: UserId, now: datetime) -> None:
        """Whoever did not want to hear of it is not told what was due meanwhile."""
        world = store.groups.world()
        passed = (n for n in self._notices(item, world, to) if n.at <= now)
        _count_as_said(store, item, passed, world, now)

    def _notices(self, item: Item, world: World, to: UserId | None) -> tuple[Notice, ...]:
        found = item_notices.for_item(item, world, self.holiday)
        return tuple(notice for notice in found if to in (None, notice.to))

    def count_as_said(self, store: Store, now: datetime) -> None:
        """Of a world that comes from elsewhere: nothing that fell due before is said again."""
        world = store.groups.world()
        for item in store.items.all_open():
            passed = (n for n in self._notices(item, world, None) if n.at <= now)
            _count_as_said(store, item, passed, world, now)
        store.marks.set(PLAN_MARK, now)

    def next_at(self, store: Store, now: datetime) -> datetime | None:
        """The next instant at which something falls due, for a clock that skips what is between."""
        world = store.groups.world()
        later = [
            notice.at
            for item in store.items.all_open()
            for notice in item_notices.for_item(item, world, self.holiday)
            if notice.at > now
        ]
        others = store.outbox.next_at(), digests.next_at(world, self.holiday, now)
        return min([*later, *(at for at in others if at is not None)], default=None)


def line(
    item: Item,
    kind: str,
    step: str,
    to: UserId,
    world: World,
    now: datetime,
    told: Told = (),
) -> Message:
    """One action's part of the person's daily message; `told`: who was told before them."""
    if kind == ESCALATE:
        return escalations.action(item, to, world, now, told)
    if kind == SILENT:
        return words.unanswered(item, silent_owner(step), world, now)
    return words.reminder_line(item, step, world, to, now)


def _count_as_said(
    store: Store, item: Item, found: Iterable[Notice], world: World, now: datetime
) -> None:
    for notice in found:
        row = outgoing(item, notice, world, now)
        store.outbox.put(row, state=State.STALE, why=SAID_BEFORE)


def outgoing(item: Item, notice: Notice, world: World, now: datetime, told: Told = ()) -> Outgoing:
    return Outgoing(
        key=notice.key,
        subject=notice.subject,
        kind=notice.kind,
        lane=notice.to,
        message=line(item, notice.kind, notice.step, notice.to, world, now, told),
        at=notice.at,
        until=notice.until,
        bundle=DAILY,
        quiet_hours=not notice.urgent,
    )
