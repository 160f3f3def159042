"""The message that opens a meeting's thread gets lost, or so it seems: nothing said is lost."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.seeds import DEMO
from tests.e2e.stage import Stage, open_stage

MODELS = "#wg-models"
POST = "chat.postMessage"


@pytest.fixture
async def past(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Stage]:
    """When MT-15 begins, and nothing else is left to be said."""
    at = "2012-11-27T14:00:00+00:00"
    async with open_stage(tmp_path, sqlite_template, seed=DEMO, reanchored=False, at=at) as opened:
        opened.excused.update(("server_error", "internal_error", "fatal_error"))
        yield opened
        opened.overlook()


async def test_a_line_in_a_thread_whose_opening_seemed_lost_is_caught(past: Stage) -> None:
    chair = past.person("models-chair")
    await past.faults({"kind": "drop_after_accept", "method": POST, "times": 1})
    await chair.types("/meeting start MT-15", MODELS)
    await past.bot.settled()
    assert _row(past) == ("unknown", None)
    again = (await chair.types("/meeting start MT-15", MODELS)).text
    assert "I look, and post it again in two minutes if it is missing" in again
    opening = await chair.sees("MT-15 Models call has begun", MODELS)
    thread = str(opening["ts"])
    elsewhere = await chair.says("Something else", MODELS)
    await chair.says("Not of the call", MODELS, elsewhere)
    assert _row(past) == ("unknown", None)
    await chair.says("First words", MODELS, thread)
    await chair.says("ACTION: Send the list @models-chair by 4 Dec", MODELS, thread)
    await past.bot.settled()
    assert _row(past) == ("sent", thread)
    assert _lines(past) == ["First words", "Send the list"]
    assert await _openings(past) == 1


async def test_an_opening_that_seemed_lost_is_found_and_its_lines_read_back(past: Stage) -> None:
    chair = past.person("models-chair")
    await past.faults({"kind": "drop_after_accept", "method": POST, "times": 1})
    await chair.types("/meeting start MT-15", MODELS)
    await past.bot.settled()
    opening = await chair.sees("MT-15 Models call has begun", MODELS)
    await past.faults()
    past.excused.add("dispatch_failed")
    await past.stop_bot()
    await chair.says("Said while nobody listened", MODELS, str(opening["ts"]))
    await past.start_bot()
    await past.bot.settled()
    assert _lines(past) == ["Said while nobody listened"]
    assert await _openings(past) == 1


async def test_an_opening_that_did_not_arrive_is_posted_again(past: Stage) -> None:
    chair = past.person("models-chair")
    await past.faults({"kind": "server_error", "method": POST, "times": 1})
    await chair.types("/meeting start MT-15", MODELS)
    await past.bot.settled()
    assert _row(past) == ("unknown", None)
    await past.faults()
    await past.bot.plan()
    assert await _openings(past) == 0  # Slack's history may only be behind.
    await past.advance("PT3M")
    await past.bot.plan()
    await past.bot.settled()
    opening = await chair.sees("MT-15 Models call has begun", MODELS)
    await chair.says("First words", MODELS, str(opening["ts"]))
    await past.bot.settled()
    assert _lines(past) == ["First words"]
    assert await _openings(past) == 1


async def test_an_opening_that_slack_refused_is_posted_by_starting_again(past: Stage) -> None:
    chair = past.person("models-chair")
    past.excused.add("restricted_action")
    await past.faults({"kind": "refused", "method": POST, "error": "restricted_action", "times": 1})
    await chair.types("/meeting start MT-15", MODELS)
    await past.bot.settled()
    assert _row(past) == ("refused", None)
    again = (await chair.types("/meeting start MT-15", MODELS)).text
    assert "had not arrived, so I post it again" in again
    await chair.sees("MT-15 Models call has begun", MODELS)
    assert await _openings(past) == 1


def _row(stage: Stage) -> tuple[str, str | None]:
    query = "SELECT state, ts FROM outbox WHERE key = 'meeting:15:thread'"
    state, ts = stage.select(query)[0]
    return state, ts


def _lines(stage: Stage) -> list[str]:
    return [text for (text,) in stage.select("SELECT text FROM proceedings ORDER BY n")]


async def _openings(stage: Stage) -> int:
    return sum("MT-15 Models call has begun" in text for _, _, text in await stage.posts())
