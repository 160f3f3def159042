"""Three ticks that come at once and again, survive failures and say that they live."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from structlog.testing import capture_logs

from bot.scheduler import Liveness, ticks

TICKS = ("plan", "deliver", "keep")


async def nothing() -> None:
    """A tick that finds nothing due."""


@asynccontextmanager
async def started(scheduler: AsyncIOScheduler) -> AsyncIterator[AsyncIOScheduler]:
    scheduler.start()
    try:
        yield scheduler
    finally:
        scheduler.shutdown(wait=False)
        # It stops in the loop's next turn.
        await asyncio.sleep(0)


def counting(
    seen: dict[str, int], name: str, event: asyncio.Event
) -> Callable[[], Awaitable[None]]:
    async def tick() -> None:
        seen[name] = seen.get(name, 0) + 1
        if len(seen) == len(TICKS):
            event.set()

    return tick


def hurry(scheduler: AsyncIOScheduler, name: str) -> None:
    """Make the next run due a minute ago, as after a blocked loop."""
    late = datetime.now(UTC) - timedelta(minutes=1)  # noqa: TID251  # The scheduler's own clock.
    scheduler.modify_job(name, next_run_time=late)


async def test_there_are_three_ticks_without_state() -> None:
    async with started(ticks(nothing, nothing, nothing)) as scheduler:
        jobs = scheduler.get_jobs()
        assert {job.id for job in jobs} == set(TICKS)
        for job in jobs:
            assert job.misfire_grace_time is None
            assert job.coalesce
            assert job.max_instances == 1


async def test_each_tick_comes_at_the_start() -> None:
    seen: dict[str, int] = {}
    all_seen = asyncio.Event()
    plan, deliver, keep = (counting(seen, name, all_seen) for name in TICKS)
    async with started(ticks(plan, deliver, keep)):
        await asyncio.wait_for(all_seen.wait(), 2)
    assert seen == dict.fromkeys(TICKS, 1)


@pytest.mark.parametrize(("name", "seconds"), [("plan", 60), ("deliver", 5), ("keep", 60)])
async def test_each_tick_comes_again_in_its_time(name: str, seconds: int) -> None:
    async with started(ticks(nothing, nothing, nothing)) as scheduler:
        job = scheduler.get_job(name)
        first = job.trigger.get_next_fire_time(None, job.next_run_time)
        second = job.trigger.get_next_fire_time(first, first)
        assert second - first == timedelta(seconds=seconds)


async def test_a_late_tick_runs_once_and_not_never() -> None:
    runs: list[str] = []
    ran = asyncio.Event()

    async def deliver() -> None:
        runs.append("deliver")
        ran.set()

    async with started(ticks(nothing, deliver, nothing)) as scheduler:
        await asyncio.wait_for(ran.wait(), 2)
        ran.clear()
        hurry(scheduler, "deliver")
        await asyncio.wait_for(ran.wait(), 2)
        assert runs == ["deliver", "deliver"]


async def test_a_failing_tick_is_logged_and_comes_again() -> None:
    alive = Liveness()
    attempts = 0
    well = asyncio.Event()

    async def keep() -> None:
        nonlocal attempts
        attempts += 1
        if attempts == 1:
            failed.set()
            raise RuntimeError("the database is away")
        well.set()

    failed = asyncio.Event()
    with capture_logs() as logs:
        async with started(ticks(nothing, nothing, keep, alive)) as scheduler:
            await asyncio.wait_for(failed.wait(), 2)
            assert alive.age("keep") is None
            hurry(scheduler, "keep")
            await asyncio.wait_for(well.wait(), 2)
    assert [(line["event"], line["tick"]) for line in logs] == [("tick.failed", "keep")]


async def test_a_tick_that_went_well_is_reported_alive() -> None:
    alive = Liveness()
    assert alive.age("plan") is None
    ran = asyncio.Event()

    async def after_plan() -> None:
        ran.set()

    async with started(ticks(nothing, after_plan, nothing, alive)):
        await asyncio.wait_for(ran.wait(), 2)
        await asyncio.sleep(0)
    age = alive.age("plan")
    assert age is not None
    assert 0 <= age < 5
