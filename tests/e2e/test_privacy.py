"""Journey 15: a person has their data, and is forgotten; what they did stays, unnamed."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.demo.seeds import DEMO
from tests.e2e.actors import buttons
from tests.e2e.stage import Stage, open_stage, plain

DM = "dm"


@pytest.fixture
async def january(sqlite_folder: Path, sqlite_template: Path) -> AsyncIterator[Stage]:
    """The demo world on Sunday 31 January 2027, ten o'clock in London."""
    at = "2027-01-31T10:00:00+00:00"
    async with open_stage(sqlite_folder, sqlite_template, seed=DEMO, at=at) as opened:
        yield opened
        await opened.sound()


def bytes_of(stage: Stage) -> bytes:
    files = sorted(stage.database.parent.glob(f"{stage.database.name}*"))
    assert len(files) == 3
    return b"".join(file.read_bytes() for file in files)


async def file_in_dm(stage: Stage, handle: str) -> dict[str, Any]:
    def found(messages: list[dict[str, Any]]) -> dict[str, Any] | None:
        return next((file for m in messages for file in m.get("files", [])), None)

    file: dict[str, Any] = await stage.answers(lambda: stage.person(handle).reads(), found)
    return file


async def test_journey_15_a_partner_takes_their_data_and_leaves(january: Stage) -> None:
    stage, partner = january, january.person("partner")
    coordinator = january.person("coordinator")
    answer = await partner.types("/wg me export", "#wg-symptoms")
    assert "Recorded as a request on Sun 31 Jan 2027; by law it is due by Mon 1 Mar 2027." in (
        answer.text
    )
    file = await file_in_dm(stage, "partner")
    assert file["name"] == "concerted-partner-2027-01-31.json"
    assert file["size"] > 1000

    asked = await partner.types("/wg me erase", "#wg-symptoms")
    assert "1 open action to hand over (SR-2)" in asked.text
    assert "Messages in Slack itself are the workspace owner's to delete." in asked.text
    (user,) = next(iter(stage.select("SELECT user FROM people WHERE handle = 'partner'")))
    held = stage.select(f"SELECT quiet_hours FROM outbox WHERE subject = 'erase:{user}'")
    assert set(held) == {(1,)}

    refused = await coordinator.types("/wg erase @partner")
    assert refused.text.startswith(
        "@partner still has open actions: SR-2. Hand them over first: give SR-2 @name."
    )
    await coordinator.types("/action give SR-2 @symptoms-chair")
    ready = await coordinator.types("/wg erase @partner")
    assert buttons({"blocks": ready.blocks}) == ["Erase @partner …"]
    (row,) = [block for block in ready.blocks if block["type"] == "actions"]
    assert row["elements"][0]["confirm"]["title"]["text"] == "Erase @partner?"
    await coordinator.presses(ready.message, "Erase @partner", confirmed=True)
    told = await coordinator.sees("Erased. The record says former member 1 now.")
    assert told["ts"] == ready.message["ts"]

    history = await coordinator.types("/action history SR-2")
    assert "former member 1" in history.text
    await stage.bot.keep()
    assert stage.select(f"SELECT * FROM people WHERE user = '{user}'") == []
    kept = bytes_of(stage).lower()
    traces = (user, "america/vancouver", "partner (vancouver)", "@partner")
    assert [trace for trace in traces if trace.lower().encode() in kept] == []
    assert b"former member 1" in kept


async def test_where_slack_takes_no_file_the_data_comes_as_messages(stage: Stage) -> None:
    """By direct message, as those do who have no commands."""
    stage.excused.add("missing_scope")
    await stage.faults({"kind": "scope_removed", "scope": "files:write"})
    chair = stage.person("models-chair")
    await chair.says("me export")
    told = await chair.sees("I am sending you concerted-models-chair-2026-11-22.json")
    assert "Recorded as a request on Sun 22 Nov 2026" in told["text"]
    await chair.sees("Your data as JSON, part 1 of")
    parts = [m for m in await chair.reads() if m["text"].startswith("Your data as JSON")]
    stage.overlook()
    raw = "".join(
        block["text"]["text"][3:-3]
        for part in parts
        for block in part["blocks"]
        if block["block_id"] == "file:part"
    )
    found = json.loads(raw.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    assert found["people"][0]["handle"] == "models-chair"
    assert "models-cochair" not in plain({"blocks": [found]})
