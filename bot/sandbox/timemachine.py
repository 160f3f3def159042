"""Moving the workspace's clock forward, everything due on the way in its order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.clock import duration, instant
from bot.sandbox.desk import Desk
from bot.sandbox.whereabouts import ControlError

MAX_EVENTS = 500
MAX_SECONDS = 60.0
IDLE_SECONDS = 10.0
SILENCE_SECONDS = 0.1
# A row that stays due although nothing comes of it is stepped over after so many tries.
MAX_STALLS = 10
_STALL = timedelta(seconds=1)
_FARTHEST = timedelta(days=20 * 366)
"""In one move; the calendars of zones and holidays end some time."""


@dataclass(frozen=True, slots=True)
class Attached:
    """The bot, as far as the clock and Reset know it."""

    next_due: Callable[[], Awaitable[datetime | None]]
    tick: Callable[[], Awaitable[list[dict[str, Any]]]]
    settle: Callable[[], Awaitable[None]]
    reseed: Callable[[str, Mapping[str, Any]], Awaitable[bool]]


class TimeMachine:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._moving = asyncio.Lock()
        self.attached: Attached | None = None

    async def idle(self) -> bool:
        """Wait until nothing is in flight and the bot has settled; False when it never was."""
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                await self._quiet()
        except TimeoutError:
            return False
        return True

    async def _quiet(self) -> None:
        while True:
            seen = self._desk.journal.seq
            if self.attached is None:
                if not await self._desk.journal.wait(SILENCE_SECONDS) and not self.busy:
                    return
                continue
            await self._in_flight()
            await self.attached.settle()
            if not self.busy and self._desk.journal.seq == seen:
                return

    async def _in_flight(self) -> None:
        while self.busy:
            await self._desk.journal.wait(SILENCE_SECONDS)

    @property
    def busy(self) -> bool:
        return self._desk.sockets.busy

    async def move(self, body: Mapping[str, Any]) -> dict[str, Any]:
        attached = self.attached
        if attached is None:
            detail = "The bot runs elsewhere, so its clock cannot be moved from here."
            raise ControlError(409, "clock_not_attached", detail)
        async with self._moving:
            began = self._desk.workspace.now()
            target = await self._target(body, began, attached)
            happened, truncated = await self._run(attached, target)
            events = [event for event in happened if not _was_before(event, began)]
            now = self._desk.workspace.now()
        self._desk.journal.change("clock", now=now.isoformat())
        return {
            "from": began.isoformat(),
            "now": now.isoformat(),
            "events": events,
            "truncated": truncated,
        }

    async def _target(self, body: Mapping[str, Any], now: datetime, attached: Attached) -> datetime:
        if "advance" in body:
            step = duration(str(body["advance"]))
            if step is None:
                detail = "Say a length as ISO 8601 does, P1W or PT90M, without months or years."
                raise ControlError(400, "bad_request", detail)
            return now + _within(step)
        if body.get("to") == "next":
            return await self._next(attached) or now
        target = instant(str(body.get("to") or ""))
        if target is None:
            detail = "Say an instant with its offset, such as 2027-02-10T09:00:00+00:00."
            raise ControlError(400, "bad_request", detail)
        if target < now:
            detail = f"It is {now.isoformat()} here already; Reset starts anew."
            raise ControlError(409, "clock_backwards", detail)
        return now + _within(target - now)

    async def _next(self, attached: Attached) -> datetime | None:
        known = (await attached.next_due(), self._desk.sockets.next_retry())
        return min((due for due in known if due is not None), default=None)

    async def _run(self, attached: Attached, target: datetime) -> tuple[list[dict[str, Any]], bool]:
        events: list[dict[str, Any]] = []
        deadline = self._desk.workspace.monotonic() + MAX_SECONDS
        stalls = 0
        while (due := await self._next(attached)) is not None and due <= target:
            if stalls >= MAX_STALLS:
                break
            late = self._desk.workspace.monotonic() > deadline
            if late or len(events) >= MAX_EVENTS:
                return events, True
            moment = max(due, self._desk.workspace.now())
            self._set(min(moment + _STALL * bool(stalls), target))
            said = await self._tick(attached)
            stalls = 0 if said else stalls + 1
            events += said
        self._set(target)
        return events + await self._tick(attached), False

    def _set(self, moment: datetime) -> None:
        if moment > self._desk.workspace.now():
            self._desk.workspace.clock.set(moment)
            self._desk.workspace.keep_offset()

    async def _tick(self, attached: Attached) -> list[dict[str, Any]]:
        await self._desk.sockets.retry_due()
        said = await attached.tick()
        await self.idle()
        return said


def _was_before(event: Mapping[str, Any], began: datetime) -> bool:
    """What was said since the last tick belongs to that time, not to the move."""
    at = instant(str(event.get("at") or ""))
    return at is not None and at < began


def _within(step: timedelta) -> timedelta:
    if step > _FARTHEST:
        raise ControlError(400, "bad_request", "The clock moves at most 20 years at once.")
    return step
