"""Slack fails, the socket drops, the database is busy: nothing twice, nobody left in the dark."""

import asyncio
import gc
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import quantiles
from time import thread_time
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.app import Bot, keep_what_is_loaded
from bot.handlers.replies import guarded
from bot.services.inbox import Inbox
from tests.e2e.stage import Stage, open_stage

GROUP = "#wg-models"
ADD = "/action add Table of features by 4 Dec"


def _row(stage: Stage) -> tuple[str, int]:
    """State and tries of the card's row."""
    state, attempts = stage.select("SELECT state, attempts FROM outbox WHERE kind = 'card'")[0]
    return str(state), int(attempts)


async def test_told_to_wait_it_waits_as_long_and_posts_once(stage: Stage) -> None:
    stage.excused.add("ratelimited")
    chair = stage.person("models-chair")
    await stage.faults(
        {"kind": "rate_limited", "method": "chat.postMessage", "times": 1, "seconds": 30}
    )
    assert "EM-1 added" in (await chair.types(ADD, GROUP)).text
    assert _row(stage) == ("pending", 1)
    await stage.advance("PT20S")
    assert await chair.reads(GROUP) == [m for m in await chair.reads(GROUP) if m.get("ephemeral")]
    await stage.advance("PT15S")
    await chair.sees("Action EM-1", GROUP)
    assert _row(stage) == ("sent", 2)


async def test_blocks_that_slack_refuses_leave_the_text_to_be_said(stage: Stage) -> None:
    stage.excused.add("invalid_blocks_format")
    chair = stage.person("models-chair")
    refused = {"kind": "refused", "method": "chat.postMessage", "error": "invalid_blocks_format"}
    await stage.faults({**refused, "times": 1})
    assert "EM-1 added" in (await chair.types(ADD, GROUP)).text
    card = await chair.sees("Action EM-1", GROUP)
    assert "Table of features" in card["text"]
    assert not card.get("blocks")
    assert _row(stage) == ("sent", 1)


async def test_what_slack_may_have_posted_is_never_posted_again(stage: Stage) -> None:
    chair = stage.person("models-chair")
    await stage.faults({"kind": "drop_after_accept", "method": "chat.postMessage", "times": 1})
    stage.excused.add("no_answer_was_sent")
    assert "EM-1 added" in (await chair.types(ADD, GROUP)).text
    await chair.sees("Action EM-1", GROUP)
    assert _row(stage)[0] == "unknown"
    await stage.advance("PT1H")
    posts = [text for _, _, text in await stage.posts() if text.startswith("Action EM-1")]
    assert len(posts) == 1


async def test_an_internal_error_of_slack_is_not_tried_again_either(stage: Stage) -> None:
    stage.excused.add("internal_error")
    chair = stage.person("models-chair")
    await stage.faults({"kind": "server_error", "method": "chat.postMessage", "times": 1})
    assert "EM-1 added" in (await chair.types(ADD, GROUP)).text
    await stage.advance("PT1H")
    assert _row(stage)[0] == "unknown"
    await chair.types("/action add Another by 4 Dec", GROUP)
    await chair.sees("Action EM-2", GROUP)


async def test_a_slow_slack_delays_no_answer(stage: Stage) -> None:
    chair = stage.person("models-chair")
    await stage.faults({"kind": "slow", "method": "chat.postMessage", "times": 1, "seconds": 0.8})
    answer = await chair.types(ADD, GROUP, wait="ack")
    assert "EM-1 added" in answer.text
    assert answer.raw["ack_ms"] < 700
    await chair.sees("Action EM-1", GROUP)


async def test_a_dropped_socket_is_opened_again(stage: Stage) -> None:
    chair = stage.person("models-chair")
    stage.excused |= {"dispatch_failed", "ignored"}
    before = len(await stage.traffic("apps.connections.open"))
    await stage.faults({"kind": "disconnect"})

    async def typed() -> dict[str, Any]:
        return await stage.post(
            "command", user=chair.handle, channel=GROUP, command="/wg", text="mine"
        )

    def found(told: dict[str, Any]) -> dict[str, Any] | None:
        return told if told["acked"] else None

    await stage.answers(typed, found)
    assert "EM-1 added" in (await chair.types(ADD, GROUP)).text
    assert len(await stage.traffic("apps.connections.open")) > before
    await chair.sees("Action EM-1", GROUP)


async def test_a_form_that_slack_does_not_open_is_told_with_a_way_on(stage: Stage) -> None:
    stage.excused.add("internal_error")
    chair = stage.person("models-chair")
    await stage.faults({"kind": "server_error", "method": "views.open", "times": 1})
    answer = await chair.types("/action add", GROUP)
    assert "Something went wrong on our side; nothing was lost. Reference" in answer.text
    await chair.presses(answer.message, "Try again")
    assert await chair.form()


async def test_while_the_database_is_locked_the_answer_is_busy_and_nothing_is_saved(
    hurried: Stage,
) -> None:
    chair = hurried.person("models-chair")
    kept = await hurried.kept()
    with closing(sqlite3.connect(hurried.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = await chair.types(ADD, GROUP, wait="ack")
        assert answer.text.startswith("I am busy; nothing was saved. Please send it again.")
        assert "Table of features" in answer.text
        assert answer.raw["ack_ms"] < 3000
        other.execute("ROLLBACK")
    assert await hurried.kept() == kept
    await chair.presses(answer.message, "Send again")
    await chair.sees("EM-1 added", GROUP)
    await chair.sees("Action EM-1", GROUP)


class _Failing:
    """A door that breaks right after it has acknowledged."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    @guarded
    async def broken(self, args: AsyncArgs) -> None:
        await args.ack()
        raise RuntimeError("on purpose")


def _with_a_broken_door(bot: Bot) -> Bot:
    app = AsyncApp(client=bot.client, name="broken", process_before_response=True)
    app.command("/action")(_Failing(bot.surfaces.inbox).broken)
    bot.surfaces.listen(app)
    return replace(bot, app=app)


async def test_an_exception_right_after_the_ack_still_answers_the_person(
    sqlite_folder: Path, sqlite_template: Path
) -> None:
    async with open_stage(sqlite_folder, sqlite_template, adapt=_with_a_broken_door) as stage:
        chair = stage.person("models-chair")
        await chair.types("/action list", GROUP)
        told = await chair.sees("Something went wrong on our side; nothing was lost.", GROUP)
        assert told.get("ephemeral")
        await stage.nothing_more_said()
        await stage.sound()


async def test_fifty_commands_never_hold_up_the_loop(stage: Stage) -> None:
    chair = stage.person("models-chair")
    gaps: list[float] = []
    busy: list[float] = []  # what the loop's own thread worked between two ticks
    loop = asyncio.get_running_loop()

    ticking: list[asyncio.TimerHandle] = []

    def tick(last: float, worked: float) -> None:
        now, work = loop.time(), thread_time()
        gaps.append(now - last)
        busy.append(work - worked)
        ticking[:] = [loop.call_later(0.005, tick, now, work)]

    keep_what_is_loaded()
    tick(loop.time(), thread_time())
    for number in range(50):
        await chair.types(f"/action add Table {number} by 4 Dec", GROUP, wait="ack")
    ticking[0].cancel()
    gc.unfreeze()
    await stage.bot.settled()
    stage.overlook()
    # Time alone also tells of others on the machine, so once in a while it may be longer;
    # the loop's own work never, nor any wait that is worth the name.
    assert max(busy) < 0.1, sorted(busy)[-5:]
    assert quantiles(gaps, n=100)[-1] < 0.1, sorted(gaps)[-5:]
    assert max(gaps) < 1.0, sorted(gaps)[-5:]
