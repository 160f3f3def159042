"""`/action add`, durably committed and answered in the ack, beside a bare Bolt echo in one run.

Both go through the same sandbox, Web API and Socket Mode, in turns, so that whatever else the
machine does touches both; the ratio is the figure, the milliseconds are of this machine today.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.web.async_client import AsyncWebClient

from bot.demo.world import World
from bot.sandbox.server import Sandbox
from bot.storage.upkeep import migrate
from bot.world import require_fresh_zones, utc_now
from tests.e2e.stage import MANIFEST, TOKENS, open_stage

ROUNDS, EACH, WARM_UP = 10, 20, 10
LINE = "/action add Draft the shortlist @targets-cochair by next Friday"

Ask = Callable[[], Awaitable[float]]


def asking(http: aiohttp.ClientSession, url: str) -> Ask:
    """One command typed by a person; gives the milliseconds until its ack."""
    command, _, text = LINE.partition(" ")
    body = {
        "user": "targets-chair",
        "channel": "#wg-targets",
        "command": command,
        "text": text,
        "wait": "ack",
    }

    async def ask() -> float:
        async with http.post(f"{url}/_control/command", json=body) as answer:
            told = await answer.json()
            assert told["acked"], told
            return float(told["ack_ms"])

    return ask


@asynccontextmanager
async def echo() -> AsyncIterator[str]:
    """A Bolt app that says back what was typed, and nothing else."""
    sandbox = Sandbox(seed=World.load().workspace(), manifest=MANIFEST, now=utc_now)
    await sandbox.start()
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(token=TOKENS[0], base_url=f"{sandbox.url}/api/", session=session)
        app = AsyncApp(client=client, process_before_response=True)

        async def say_back(args: AsyncArgs) -> None:
            await args.ack(text=args.body["text"])

        app.command("/action")(say_back)
        handler = AsyncSocketModeHandler(app, TOKENS[1])
        await handler.connect_async()
        try:
            yield sandbox.url
        finally:
            await handler.close_async()
            await sandbox.stop()


async def in_turns(*asks: Ask) -> list[list[float]]:
    """A block of each, again and again."""
    times: list[list[float]] = [[] for _ in asks]
    for _ in range(ROUNDS):
        for ask, into in zip(asks, times, strict=True):
            into += [await ask() for _ in range(EACH)]
    return times


def after(ask: Ask, settled: Callable[[], Awaitable[None]]) -> Ask:
    """The bot has said what there was to say before the next command comes, as among people."""

    async def calmly() -> float:
        took = await ask()
        await settled()
        return took

    return calmly


def told(name: str, times: list[float]) -> str:
    return (
        f"{name:<28} median {median(times):7.2f} ms   p95 {quantiles(times, n=20)[-1]:7.2f} ms"
        f"   n={len(times)}"
    )


async def main() -> None:
    require_fresh_zones()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = folder / "template.db"
        await asyncio.to_thread(migrate, f"sqlite:///{template}")
        async with (
            open_stage(folder, template, pace=timedelta(0)) as stage,
            echo() as bare_url,
        ):
            bare, ours = asking(stage.http, bare_url), asking(stage.http, stage.sandbox.url)
            calm = after(ours, stage.bot.settled)
            for _ in range(WARM_UP):
                await bare()
                await calm()
            echoed, added, hurried = await in_turns(bare, calm, ours)
            await stage.bot.settled()
    print(told("bare Bolt echo", echoed))
    print(told("/action add, committed", added))
    print(told("the same, back to back", hurried))
    print(f"ratio of medians: {median(added) / median(echoed):.1f}", end=", ")
    print(f"back to back {median(hurried) / median(echoed):.1f}")


if __name__ == "__main__":
    asyncio.run(main())
