"""Delivery: claim, freeze and commit, send, settle; in order and paced in each lane."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial
from typing import Protocol

from bot.domain import days, notices
from bot.domain.model import ChannelId, Person, UserId, World
from bot.domain.notices import Holiday
from bot.domain.outbox import Message, Outgoing, Sent, State
from bot.errors import Busy, DeliveryError, Halted, Refused, TryAgain
from bot.services import channel_losses
from bot.services.notices import OUTAGE
from bot.storage.database import UNHURRIED, Database, Store
from bot.telemetry import get_logger
from bot.views import notices as words

log = get_logger(__name__)

PACE = timedelta(seconds=1.1)
"""Slack takes about one message a second in a channel (platform.md 1.2)."""
PUNCTUAL = timedelta(minutes=5)
BACKOFF = (1.0, 300.0)
HALTED_FOR = timedelta(minutes=5)
SETTLE_PAUSE = 0.2
LEFT = "left"
"""Why nothing is said to a person any more."""


@dataclass(frozen=True, slots=True)
class Posted:
    channel: str
    ts: str


class Send(Protocol):
    """Brings one row to Slack; raises a DeliveryError for any answer but yes."""

    def __call__(self, row: Sent, dm: ChannelId | None) -> Awaitable[Posted]: ...


@dataclass(frozen=True, slots=True)
class Said:
    """What became of one row, for logs and the time machine."""

    at: datetime
    kind: str
    key: str
    channel: str
    ts: str


@dataclass(slots=True)
class Delivery:
    db: Database
    send: Send
    clock: Callable[[], datetime]
    holiday: Holiday
    pace: timedelta = PACE
    observe: Callable[[Said], None] = lambda said: None
    """Told of each message that stands in Slack."""
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def deliver(self) -> list[Said]:
        """Until nothing is ready: what is due, lane by lane, the lanes side by side."""
        said: list[Said] = []
        async with self._one_at_a_time:
            while (ready := await self.db.write(self._claim, wait=UNHURRIED)) is not None:
                said += [s for s in await asyncio.gather(*map(self._bring, ready)) if s]
        return said

    def _claim(self, store: Store) -> tuple[tuple[Sent, ChannelId | None], ...] | None:
        """Heads of free lanes, their final words frozen; what may not be said now is put off.

        None: nothing is due. Empty: all that was looked at was put off, others may be due.
        """
        now = self.clock()
        heads = store.outbox.claim(now)
        if not heads:
            return None
        world = store.groups.world()
        ready = []
        for head in heads:
            frozen = self._freeze(store, head, world, now)
            if frozen is not None:
                ready.append((frozen, store.groups.dm(UserId(head.out.lane))))
        return tuple(ready)

    def _freeze(self, store: Store, head: Sent, world: World, now: datetime) -> Sent | None:
        if head.out.until <= now:
            store.outbox.stale(head.id, "too late to be useful")
            return None
        allowed = self._allowed(store, head, world, now)
        if allowed is None:
            store.outbox.refuse(head.id, LEFT)
            return None
        if allowed > now:
            store.outbox.defer(head.id, allowed)
            return None
        if head.out.bundle is None:
            store.outbox.freeze(head.id, head.claim_no, head.out.message)
            return head
        return self._bundle(store, head, world, now)

    def _allowed(self, store: Store, head: Sent, world: World, now: datetime) -> datetime | None:
        """When it may be said: now, at the person's next morning, or never to who has left."""
        person = world.people.get(UserId(head.out.lane))
        if person is None:
            return now
        if person.left:
            return None
        counted = head.out.bundle is not None and head.out.quiet_hours
        said = store.outbox.last_said(head.out.lane, head.out.bundle or "") if counted else None
        return allowed_at(head.out, person, world, self.holiday, said, now)

    def _due(self, row: Sent, world: World) -> datetime:
        """What belongs to a person's daily message waits for their morning."""
        person = world.people.get(UserId(row.out.lane))
        return _morning_of(row.out, person, world, self.holiday) if person else row.out.at

    def _bundle(self, store: Store, head: Sent, world: World, now: datetime) -> Sent:
        """One message of all that is due to this person; of one action only the latest word."""
        rows = [head, *store.outbox.bundle_with(head, now)]
        hello = store.outbox.by_key(f"{words.HELLO}:{head.out.lane}")
        waits = hello is not None and hello.state is State.PENDING and hello.out.bundle is not None
        if hello is not None and waits and all(row.id != hello.id for row in rows):
            rows.append(hello)  # Nobody is asked anything before they are greeted.
        useful = [row for row in rows if row.out.until > now]
        due = min(self._due(row, world) for row in useful)
        late = self._late(store, due, head, world, now)
        message = words.bundle(parts(row.out for row in useful), late)
        merged = [row.id for row in rows if row.id != head.id]
        store.outbox.freeze(head.id, head.claim_no, message, merged)
        frozen = store.outbox.by_id(head.id)
        assert frozen is not None
        return frozen

    def _late(
        self, store: Store, at: datetime, head: Sent, world: World, now: datetime
    ) -> str | None:
        if now - at <= PUNCTUAL:
            return None
        person = world.people[UserId(head.out.lane)]
        outage = store.marks.get(OUTAGE)
        offline = None
        if outage is not None and outage.at >= at:
            began = datetime.fromisoformat(outage.value)
            offline = (days.local(began, person.zone), days.local(outage.at, person.zone))
        return words.late_words(days.local(at, person.zone), offline)

    async def _bring(self, claimed: tuple[Sent, ChannelId | None]) -> Said | None:
        row, dm = claimed
        try:
            posted = await self.send(row, dm)
        except DeliveryError as error:
            await self._settle(partial(self._settle_error, row=row, error=error))
            return None
        now = self.clock()

        def settle(store: Store) -> None:
            store.outbox.settle(
                row.id, row.claim_no, State.SENT, channel=posted.channel, ts=posted.ts
            )
            store.outbox.free_lane(row.out.lane, row.claim_no, now + self.pace)
            if row.out.lane.startswith(("U", "W")) and posted.channel != dm:
                store.groups.save_dm(UserId(row.out.lane), ChannelId(posted.channel))

        await self._settle(settle)
        log.info("notice.sent", key=row.out.key, kind=row.out.kind, attempts=row.attempts)
        said = Said(now, row.out.kind, row.out.key, posted.channel, posted.ts)
        self.observe(said)
        return said

    def _settle_error(self, store: Store, row: Sent, error: DeliveryError) -> None:
        """The table of reliability.md 7."""
        now = self.clock()
        lane, claim = row.out.lane, row.claim_no
        if isinstance(error, TryAgain):
            wait = error.after if error.after is not None else _backoff(row.attempts)
            again = now + timedelta(seconds=wait)
            store.outbox.settle(row.id, claim, State.PENDING, why=error.reason, next_try=again)
            if error.after is not None:
                store.outbox.pause_lane(lane, again, error.reason)
            store.outbox.free_lane(lane, claim, again)
            return
        if isinstance(error, Halted):
            again = now + HALTED_FOR
            store.outbox.settle(row.id, claim, State.PENDING, why=error.reason, next_try=again)
            store.outbox.pause_all(again, error.reason)
            store.outbox.free_lane(lane, claim, again)
        else:
            if isinstance(error, Refused):
                channel_losses.refused(store, lane, error.reason, now)
            state = State.REFUSED if isinstance(error, Refused) else State.UNKNOWN
            store.outbox.settle(row.id, claim, state, why=error.reason)
            store.outbox.free_lane(lane, claim, now + self.pace)
        log.warning("notice.unsent", key=row.out.key, reason=error.reason)

    async def _settle(self, work: Callable[[Store], None]) -> None:
        """A busy database is asked again; past the lease the row is `unknown` all the same."""
        deadline = asyncio.get_running_loop().time() + 40
        while True:
            try:
                await self.db.write(work)
                return
            except Busy:
                if asyncio.get_running_loop().time() > deadline:
                    raise
                await asyncio.sleep(SETTLE_PAUSE)


def allowed_at(
    out: Outgoing,
    person: Person,
    world: World,
    holiday: Holiday,
    said: datetime | None,
    now: datetime,
) -> datetime:
    """Not before `now`; `said`: when the person had the last message of this bundle.

    Part of a daily message that need not wait for its morning waits for the person's hours.
    """
    if not out.quiet_hours and out.bundle is None:
        return now
    calendar = notices.calendar_of(person, world, holiday)
    hours = notices.hours_of(person)
    if not out.quiet_hours:
        return days.next_allowed(now, person.zone, hours, calendar)
    moment = max(now, _morning_of(out, person, world, holiday))
    allowed = days.next_allowed(moment, person.zone, hours, calendar)
    today = days.day_in(allowed, person.zone)
    if out.bundle is None or said is None or days.day_in(said, person.zone) != today:
        return allowed
    tomorrow = days.instant(today + days.ONE_DAY, time(0), person.zone)
    return days.next_opening(tomorrow, person.zone, hours, calendar)


def _morning_of(out: Outgoing, person: Person, world: World, holiday: Holiday) -> datetime:
    if out.bundle is None or not out.quiet_hours:
        return out.at
    return notices.morning(out.at, person, notices.calendar_of(person, world, holiday))


def parts(rows: Iterable[Outgoing]) -> tuple[Message, ...]:
    """What the one message says."""
    return tuple(out.message for out in latest(rows))


def latest(rows: Iterable[Outgoing]) -> tuple[Outgoing, ...]:
    """Of one action only the last word; what matters most comes first."""
    last = {(out.subject, out.kind in notices.REMINDERS): out for out in rows}
    return tuple(sorted(last.values(), key=lambda out: notices.urgency(out.kind, out.key)))


def _backoff(attempts: int) -> float:
    """1 s to 300 s, doubling, with jitter so that many rows do not come back at once."""
    low, high = BACKOFF
    doubled: float = min(high, low * 2.0 ** max(0, attempts - 1))
    return doubled * random.uniform(0.8, 1.2)  # noqa: S311 - not a secret
