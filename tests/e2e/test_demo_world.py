"""The demo world plays as demo.yaml tells; journeys 2 to 5 as far as actions go."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.demo.seeds import DEMO
from bot.domain.templates import CALL, TEMPLATES
from tests.e2e.actors import buttons
from tests.e2e.stage import Stage, open_stage
from tests.e2e.wishes import want_no_digests, want_no_meetings

CHAIRS = ("models-chair", "targets-chair", "trials-chair", "outcomes-chair", "symptoms-chair")
TASKS = {item.key: item.text for item in TEMPLATES[CALL]}
LATE_IN_2026 = {"symptoms-cochair": "14:00", "models-cochair": "15:00"}
"""Their clocks stopped changing in 2026: an hour earlier in UTC."""


@pytest.fixture
async def past(sqlite_folder: Path, sqlite_template: Path) -> AsyncIterator[Stage]:
    """All of the demo world in its own year: Sunday 18 November 2012, noon UTC."""
    async with open_stage(sqlite_folder, sqlite_template, seed=DEMO, reanchored=False) as opened:
        yield opened
        await opened.nothing_more_said()
        await opened.sound()


def _expected(stage: Stage) -> list[dict[str, Any]]:
    """Every message of the Monday after `as_of`."""
    said: list[dict[str, Any]] = stage.demo.facts["expected"]["says_on_2012-11-19"]
    return said


def _kinds(rows: list[dict[str, Any]]) -> list[str]:
    return ["digest" if row["kind"] == "digest" else "reminder" for row in rows]


async def _reminder(stage: Stage, row: dict[str, Any]) -> dict[str, Any]:
    """That it is about just what it should be, and nothing else."""
    message = await stage.person(row["to"]).sees("Reminder: ")
    for about in row["about"]:
        ref, _, key = about.partition(" ")
        assert f"{ref}, {TASKS.get(key, '')}" in message["text"]
    many = {1: "one of your", 3: "three of your"}[len(row["about"])]
    noun = "meeting task" if "MT-" in row["about"][0] else "action"
    assert f"Reminder: {many} {noun}s" in message["text"]
    return message


async def _tasks_are_told(stage: Stage) -> None:
    for row in _expected(stage):
        if "MT-" in "".join(row.get("about", ())):
            await _reminder(stage, row)


async def _digest(stage: Stage, chair: str, week: int) -> str:
    message = await stage.person(chair).sees(f"{chair.partition('-')[0].capitalize()}: week {week}")
    return str(message["text"])


async def test_in_2012_monday_says_what_is_expected_and_nothing_before(past: Stage) -> None:
    first = datetime.fromisoformat(str(past.demo.facts["expected"]["says_nothing_until"]))
    assert await past.advance((first - timedelta(seconds=1)).isoformat()) == []
    events = await past.advance("2012-11-20T06:00:00+00:00")
    assert [e["at"][11:16] for e in events] == [row["utc"] for row in _expected(past)]
    assert _kinds(events) == _kinds(_expected(past))
    for row in _expected(past):
        if row["kind"] == "digest":
            assert await _digest(past, row["to"], 47)
        else:
            await _reminder(past, row)


async def test_today_the_same_comes_but_at_the_hours_of_winnipeg_and_calgary(demo: Stage) -> None:
    assert await demo.advance("2026-11-23T06:59:00+00:00") == []
    events = await demo.advance("2026-11-24T06:00:00+00:00")
    rows = _expected(demo)
    hours = [LATE_IN_2026.get(row["to"], row["utc"]) for row in rows]
    assert [e["at"][8:16] for e in events] == [f"23T{hour}" for hour in hours]
    assert _kinds(events) == _kinds(rows)
    for chair in CHAIRS:
        assert "Closed, W40–W47" in await _digest(demo, chair, 48)
    told = {row["to"]: await _reminder(demo, row) for row in rows if row["kind"] == "reminder"}
    assert "is due Mon 30 Nov 2026, in 7 days" in told["symptoms-cochair"]["text"]
    assert "was due Fri 20 Nov 2026, 3 days late" in told["models-cochair"]["text"]
    assert buttons(told["models-cochair"])[:3] == ["Mark done", "Need more time", "I'm blocked"]
    due = "Approve the agenda for Models call, is due Mon 23 Nov 2026, today"
    starts = "the call is Tue 1 Dec 2026, 15:00 Amsterdam (UTC+1)"
    assert f"{due}, {starts}" in told["models-chair"]["text"]
    assert buttons(told["models-chair"]) == ["Mark done", "Whole checklist"]


async def test_journey_2_an_owner_far_away_is_asked_in_their_morning(
    sqlite_folder: Path, sqlite_template: Path
) -> None:
    async with open_stage(
        sqlite_folder, sqlite_template, reanchored=False, at="2012-10-16T13:40:00+00:00"
    ) as stage:
        chair, cochair = stage.person("models-chair"), stage.person("models-cochair")
        answer = await chair.types(
            "/action add Table of model features @models-cochair by 16 Nov", "#wg-models"
        )
        assert "EM-1 added" in answer.text
        assert "Fri 16 Nov 2012" in answer.text
        assert "Not confirmed yet" in answer.text
        assert "Undo" in answer.buttons
        await chair.sees("not confirmed", "#wg-models")
        assert await stage.advance("2012-10-16T14:59:00+00:00") == []
        assert [e["kind"] for e in await stage.advance("PT2M")] == ["ask"]
        asked = await cochair.sees("waits for your answer")
        assert {"Accept", "Decline"} <= set(buttons(asked))
        kept = await stage.kept()
        refused = await chair.types(
            "/action add Table of model features @models-cochair by 12/11/2012", "#wg-models"
        )
        assert "Mon 12 Nov 2012 or Tue 11 Dec 2012" in refused.text
        assert buttons(refused.message) == ["Mon 12 Nov 2012", "Tue 11 Dec 2012"]
        assert await stage.kept() == kept
        await chair.presses(refused.message, "Tue 11 Dec 2012")
        added = await chair.sees("EM-2 added for @models-cochair", "#wg-models")
        assert "due Tue 11 Dec 2012" in added["text"]
        await chair.sees("Action EM-2", "#wg-models")
        await stage.nothing_more_said()
        await stage.sound()


async def test_journey_3_ones_own_over_all_groups(past: Stage) -> None:
    mine = await past.person("symptoms-cochair").types("/wg mine", "#wg-outcomes")
    assert "due Mon 26 Nov 2012" in mine.text
    assert "due Wed 26 Dec 2012" in mine.text
    assert mine.text.index("OM-2") < mine.text.index("SR-3")
    late = await past.person("trials-chair").types("/wg mine")
    for fact in ("PC-2", "4 days late", "moved 2 times", "first promised Wed 31 Oct 2012"):
        assert fact in late.text


async def test_journey_4_an_honest_move_is_counted_and_kept(past: Stage) -> None:
    chair = past.person("trials-chair")
    answer = await chair.types("/action move PC-2 30 Nov because scans are late")
    assert "PC-2 is now due Fri 30 Nov 2012, not Wed 14 Nov 2012" in answer.text
    assert "moved 3 times, +30 days" in answer.text
    told = (await chair.types("/action history PC-2")).text
    for reason in (
        "Storm: the statistician could not travel",
        "Imaging data came late",
        "scans are late",
    ):
        assert reason in told
    assert told.count("moved it from") == 3


async def test_journey_5_what_is_done_a_minute_before_is_not_said(past: Stage) -> None:
    await past.advance("2012-11-19T15:59:00+00:00")
    for chair in CHAIRS:
        assert ("EM-2" in await _digest(past, chair, 47)) is (chair == "models-chair")
    await _tasks_are_told(past)
    await past.person("symptoms-cochair").sees("OM-2")
    cochair = past.person("models-cochair")
    answer = await cochair.types("/action done EM-2 https://example.org/table")
    assert "EM-2 is done" in answer.text
    assert [e["kind"] for e in await past.advance("PT10M")] == []
    assert [m for m in await cochair.reads() if not m.get("ephemeral")] == []


async def test_journey_5_overdue_is_said_twice_and_reminders_roll_around_the_closure(
    past: Stage,
) -> None:
    await past.bot.db.write(want_no_digests)
    await past.bot.db.write(want_no_meetings)
    events = await past.advance("2013-01-07T12:00:00+00:00")
    late = [e for e in events if _is_about(past, e, "EM-2")]
    assert [e["at"][:16] for e in late] == ["2012-11-19T16:00", "2012-11-23T16:00"]
    asked = await past.person("models-cochair").sees("is this still right?")
    assert buttons(asked)[:3] == ["Keep, new date", "Hand over", "Drop"]
    merged = [e["at"][:10] for e in events if _is_about(past, e, "SR-3")]
    assert merged == ["2012-12-19", "2012-12-21", "2013-01-03"]
    past.overlook()


def _is_about(stage: Stage, event: dict[str, Any], ref: str) -> bool:
    """Also as one of several in a message; what waits for it only names it."""
    if event["kind"] != "remind":
        return False
    messages = stage.sandbox._desk.workspace.messages
    return f". {ref}, " in messages[event["channel"]][event["ts"]]["text"]
