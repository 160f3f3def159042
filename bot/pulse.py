"""Planning and delivery as soon as something has changed, besides their ticks."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.telemetry import get_logger

log = get_logger(__name__)

Work = Callable[[], Awaitable[float | None]]
"""Plans and delivers; answers in how many seconds something more can be said, None: not soon."""


@dataclass(slots=True)
class Pulse:
    work: Work
    _wanted: asyncio.Event = field(default_factory=asyncio.Event)
    _idle: asyncio.Event = field(default_factory=asyncio.Event)
    _later: asyncio.TimerHandle | None = None
    _stopping: bool = False

    def poke(self) -> None:
        """Something has changed; from any thread of the loop, as often as one likes."""
        self._idle.clear()
        self._wanted.set()

    async def settled(self) -> None:
        """Until everything that was poked for is done."""
        await self._idle.wait()

    def stop(self) -> None:
        """Finish what is being said and begin nothing more."""
        self._stopping = True
        if self._later is not None:
            self._later.cancel()
        self._wanted.set()

    async def beat(self) -> None:
        """Until stopped; what fails is logged and tried again by the ticks."""
        self._idle.set()
        while True:
            await self._wanted.wait()
            if self._stopping:
                self._idle.set()
                return
            self._idle.clear()
            self._wanted.clear()
            try:
                soon = await self.work()
            except Exception:
                log.exception("pulse.failed")
                soon = None
            if soon is not None:
                self._again_in(soon)
            if not self._wanted.is_set():
                self._idle.set()

    def _again_in(self, seconds: float) -> None:
        if self._later is not None:
            self._later.cancel()
        self._later = asyncio.get_running_loop().call_later(max(0.01, seconds), self.poke)
