"""A call held in its thread: started, lines caught, the bot gone for a while, ended."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.demo.seeds import DEMO
from tests.e2e.actors import buttons, plain
from tests.e2e.stage import Stage, open_stage

MODELS = "#wg-models"
LINES = (
    ("ACTION: Draft the list of models – by @models-cochair 4 Dec", "white_check_mark"),
    ("ACTION: Ask Basel for the scans @models-chair by 5 Dec", "white_check_mark"),
    ("ACTION: @models-cochair – send the protocol – 6 Dec", "white_check_mark"),
    ("ACTION: Find a room – by Zoltan 4 Dec", "warning"),
    ("ACTION: Print the table @models-cochair by 1 Nov 2012", "warning"),
    ("ACTION: Compare two scores by 7 Dec", "white_check_mark"),
    ("ACTION: Write to the partners – by @models-chair", "white_check_mark"),
)


@pytest.fixture
async def past(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Stage]:
    """All of the demo world when MT-15 begins: Tuesday 27 November 2012, 14:00 UTC."""
    at = "2012-11-27T14:00:00+00:00"
    async with open_stage(tmp_path, sqlite_template, seed=DEMO, reanchored=False, at=at) as opened:
        yield opened
        opened.overlook()
        await opened.sound()


async def test_journey_11_a_call_is_written_up_as_it_is_held(past: Stage) -> None:
    chair, cochair = past.person("models-chair"), past.person("models-cochair")
    outsider = past.person("targets-chair")
    refused = (await outsider.types("/meeting start MT-15")).text
    assert refused.startswith("That is for")
    started = await chair.types("/meeting start MT-15", MODELS)
    assert "MT-15 Models call is under way" in started.text
    opening = await cochair.sees("MT-15 Models call has begun", MODELS)
    thread = str(opening["ts"])
    assert "Notes: @models-cochair?" in opening["text"]
    again = await chair.types("/meeting start")
    assert "MT-15 is under way since Tue 27 Nov 2012, 14:00 London" in again.text
    await cochair.presses(opening, "I'll take notes")
    rewritten = await cochair.sees("@models-cochair takes notes.", MODELS)
    assert rewritten["ts"] == thread
    for line, sign in LINES:
        ts = await chair.says(line, MODELS, thread)
        assert await _signs(past, thread, ts) == [sign]
    assert _actions(past) == ["EM-4", "EM-5", "EM-6", "EM-7", "EM-8"]
    unknown = await chair.sees("Find a room")
    assert "your line is kept, but is not yet an action" in unknown["text"]
    assert buttons(unknown) == ["Keep it as a note"]
    off = await chair.says("[off] the secret of the partners", MODELS, thread)
    spoken = await cochair.says("We talked of the models.", MODELS, thread)
    assert await _signs(past, thread, spoken) == ["memo"]
    past.excused.add("dispatch_failed")
    await past.stop_bot()
    missed = await chair.says("ACTION: Send the minutes @models-cochair by 10 Dec", MODELS, thread)
    await past.start_bot()
    assert await _signs(past, thread, missed) == ["white_check_mark"]
    assert _actions(past)[-1] == "EM-9"
    await past.stop_bot()
    await past.start_bot()
    assert _actions(past)[-1] == "EM-9"
    assert await _signs(past, thread, off, none=True) == []
    assert past.select("SELECT count(*) FROM proceedings") == [(9,)]
    ended = await chair.types("/meeting end MT-15")
    assert "Caught: 6 actions, 0 decisions and 1 note." in ended.text
    assert "2 lines still need a name or a date" in ended.text
    assert buttons(ended.message) == ["Complete it", "Complete it", "Undo"]
    await chair.sees("MT-15 Models call was ended by @models-chair.", MODELS, thread=thread)
    shown = await chair.presses(ended.message, "Complete it")
    assert shown is not None
    asked = await chair.sees("Find a room")
    await chair.chooses(asked, "Models co-chair (Calgary) (@models-cochair)")
    await chair.sees("your line became EM-10: Find a room")
    past_date = await chair.sees("Print the table")
    await chair.picks_day(past_date, "2012-12-12")
    await chair.sees("your line became EM-11: Print the table")
    assert past.select("SELECT state FROM meetings WHERE ref = 'MT-15'") == [("held",)]
    assert "secret" not in _everything(past)
    assert "Findings" not in plain(opening)


def _actions(stage: Stage) -> list[str]:
    query = "SELECT ref FROM items WHERE source_meeting = 'MT-15' ORDER BY id"
    return [ref for (ref,) in stage.select(query)]


def _everything(stage: Stage) -> str:
    tables = [name for (name,) in stage.select("SELECT name FROM sqlite_master WHERE type='table'")]
    return str(stage.rows(*tables))


async def _signs(stage: Stage, thread: str, ts: str, *, none: bool = False) -> list[str]:
    """The reactions on a message of the thread, waited for unless there are to be none."""

    async def ask() -> dict[str, Any]:
        told = await stage.get("messages/%23wg-models", user="models-chair", thread_ts=thread)
        return next(m for m in told["messages"] if m["ts"] == ts)

    if none:
        await stage.bot.settled()
        return [r["name"] for r in (await ask()).get("reactions", [])]
    found = await stage.answers(ask, lambda message: message.get("reactions"))
    return [r["name"] for r in found]
