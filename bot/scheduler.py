"""Three ticks, nothing else: what they find due is in the rows."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC
from time import monotonic

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.telemetry import get_logger

Tick = Callable[[], Awaitable[object]]

log = get_logger(__name__)

# Seconds from one tick to the next.
PLAN, DELIVER, KEEP = 60, 5, 60


@dataclass(slots=True)
class Liveness:
    """When each tick last went well, in monotonic seconds; none has before the first time."""

    succeeded: dict[str, float] = field(default_factory=dict)

    def age(self, tick: str) -> float | None:
        """Seconds since the tick went well."""
        at = self.succeeded.get(tick)
        return None if at is None else monotonic() - at


def ticks(plan: Tick, deliver: Tick, keep: Tick, alive: Liveness | None = None) -> AsyncIOScheduler:
    """A scheduler to start inside a running loop; each tick also runs once at the start.

    Its clock is the machine's: the Clock decides what is due, not when somebody looks.
    """
    alive = alive or Liveness()
    scheduler = AsyncIOScheduler(
        jobstores={"default": MemoryJobStore()},
        executors={"default": AsyncIOExecutor()},
        # Late is better than never, and once is enough: a lost wake-up costs one tick.
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        timezone=UTC,
    )
    for name, tick, seconds in (
        ("plan", plan, PLAN),
        ("deliver", deliver, DELIVER),
        ("keep", keep, KEEP),
    ):
        soon = OrTrigger([DateTrigger(), IntervalTrigger(seconds=seconds)])
        scheduler.add_job(_guarded(name, tick, alive), soon, id=name, name=name)
    return scheduler


def _guarded(name: str, tick: Tick, alive: Liveness) -> Tick:
    async def run() -> None:
        try:
            await tick()
        except Exception:
            log.exception("tick.failed", tick=name)
        else:
            alive.succeeded[name] = monotonic()

    return run
