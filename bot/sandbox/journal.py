"""The traffic between workspace and bot, and the changes the page follows."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Any

KEPT_TRAFFIC = 500
KEPT_CHANGES = 2000


class Journal:
    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._seq = 0
        self.traffic: deque[dict[str, Any]] = deque(maxlen=KEPT_TRAFFIC)
        self.changes: deque[dict[str, Any]] = deque(maxlen=KEPT_CHANGES)
        self._waiting: set[asyncio.Future[None]] = set()
        self.closed = False

    @property
    def seq(self) -> int:
        return self._seq

    def log(self, way: str, kind: str, payload: Any, **more: Any) -> dict[str, Any]:
        """Write down a piece of traffic; one with an `error` is shown red."""
        self._seq += 1
        entry = {
            "seq": self._seq,
            "at": self._now().isoformat(),
            "way": way,
            "kind": kind,
            "ms": None,
            "payload": payload,
            "error": None,
        } | more
        self.traffic.append(entry)
        self._tell("log", {"log_seq": entry["seq"]})
        return entry

    def change(self, kind: str, **more: Any) -> None:
        self._seq += 1
        self._tell(kind, more)

    def _tell(self, kind: str, more: dict[str, Any]) -> None:
        self.changes.append({"seq": self._seq, "kind": kind} | more)
        self.wake()

    def close(self) -> None:
        """Let those who follow go home."""
        self.closed = True
        self.wake()

    def wake(self) -> None:
        """Let those who wait look again."""
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
        self._waiting.clear()

    def since(self, after: float) -> list[dict[str, Any]]:
        return [change for change in self.changes if change["seq"] > after]

    async def wait(self, seconds: float) -> bool:
        """Wait for the next change; False when none came in time."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            # Not wait_for: in Python 3.11 it can swallow a cancellation.
            async with asyncio.timeout(seconds):
                await waiter
        except TimeoutError:
            return False
        finally:
            self._waiting.discard(waiter)
        return True
