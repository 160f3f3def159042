"""What requests have just changed: planned and delivered at once, besides the ticks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.services.delivery import Delivery
from bot.services.notices import Planner
from bot.services.people import People
from bot.storage.database import UNHURRIED

SOON_SECONDS = 5
"""The delivery tick comes by itself after as long."""
OVERLAP = timedelta(seconds=2)
"""A transaction may commit a little after the time that it wrote down."""


@dataclass(slots=True)
class AtOnce:
    """What requests have changed since the last time; the ticks look at everything."""

    people: People
    planner: Planner
    delivery: Delivery
    _since: datetime | None = None

    async def __call__(self) -> float | None:
        await self.people.greet()
        db, now = self.delivery.db, self.delivery.clock()
        since = self._since if self._since and self._since < now else None
        changed = await db.read(
            lambda store: self.planner.due_of_changed(store, now, since), wait=UNHURRIED
        )
        for part in changed.parts():
            await db.write(partial(self.planner.put, now=now, drafts=part), wait=UNHURRIED)
        self._since = now - OVERLAP
        await self.delivery.deliver()
        waiting = await db.read(lambda store: store.outbox.next_at())
        if waiting is None:
            return None
        seconds = (waiting - self.delivery.clock()).total_seconds()
        return seconds if seconds < SOON_SECONDS else None
