"""A meeting planned, moved, moved back and cancelled by chairs and coordinators, as all see it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.seeds import DEMO
from tests.e2e.actors import buttons, plain
from tests.e2e.stage import Stage, open_stage


@pytest.fixture
async def past(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Stage]:
    """All of the demo world in its own year: Sunday 18 November 2012, noon UTC."""
    async with open_stage(tmp_path, sqlite_template, seed=DEMO, reanchored=False) as opened:
        yield opened
        opened.overlook()
        await opened.sound()


async def test_journey_14_milan_moves_and_a_call_is_cancelled(past: Stage) -> None:
    coordinator, chair = past.person("coordinator"), past.person("models-chair")
    refused = await chair.types("/meeting move MT-30 7 Feb 2013 09:00")
    assert "Only @coordinator and @deputy-coordinator can do this" in refused.text
    moved = await coordinator.types("/meeting move MT-30 7 Feb 2013 09:00", "#wg-all")
    assert "MT-30 moved:" in moved.text
    assert "Thu 7 Feb 2013, 09:00 Rome (UTC+1) until Sat 9 Feb 2013" in moved.text
    assert "instead of Wed 6 Feb 2013" in moved.text
    assert "9 Feb 2013 is a Saturday." in moved.text
    assert "The channel is told once, Mon 19 Nov 2012, 09:00 London (UTC+0)." in moved.text
    assert buttons(moved.message) == ["Undo", "Details"]
    due = dict(past.select(DUE))
    assert due["announce"] == "2012-12-13"
    assert due["papers-out"] == "2013-01-24"
    assert due["final-slides"] == "2013-02-01"
    assert due["quorum"] == "2013-02-04"
    assert due["actions-out"] == "2013-02-12"
    undone = await coordinator.types("/wg undo")
    assert "Taken back: MT-30 is where it was before, with its preparation." in undone.text
    assert dict(past.select(DUE))["announce"] == "2012-12-12"
    await coordinator.types("/meeting move MT-30 8 Feb 2013")
    await coordinator.types("/meeting move MT-30 7 Feb 2013 09:00")
    cancelled = await coordinator.types("/meeting cancel MT-20 no quorum")
    assert "is cancelled: no quorum." in cancelled.text
    said = [e for e in await past.advance("PT22H") if e["kind"] == "meeting-news"]
    assert [e["at"][:16] for e in said] == ["2012-11-19T09:00", "2012-11-19T09:00"]
    told = await coordinator.sees("MT-30", "#wg-all")
    assert "moves to Thu 7 Feb 2013, 09:00 Rome (UTC+1), instead of Wed 6 Feb" in told["text"]
    assert "New York 03:00" in plain(told)
    models = await chair.types("/meeting list", "#wg-models")
    assert "MT-20" not in models.text
    assert "MT-25" in models.text


DUE = (
    "SELECT p.key, p.due FROM preparation p JOIN meetings m ON m.id = p.meeting_id"
    " WHERE m.ref = 'MT-30'"
)


async def test_journey_8_a_series_is_planned_in_one_line(past: Stage) -> None:
    coordinator = past.person("coordinator")
    line = "Endpoints 7 Mar 2013 15:00 for 1h in London every Thursday until 21 Mar with all"
    planned = await coordinator.types(f"/meeting plan {line}", "#wg-all")
    assert planned.text.startswith(
        "MT-31 to MT-33 are planned: Endpoints, Thu 7 Mar 2013, 15:00 London (UTC+0) for 1 hour, "
        "all groups. 3 meetings: Thu 7 Mar 2013, Thu 14 Mar 2013, Thu 21 Mar 2013."
    )
    assert "Local times: Vancouver 07:00" in planned.text
    assert "New York 10:00" in planned.text
    assert "The clocks change in between: from Thu 14 Mar 2013 Vancouver 08:00" in planned.text
    assert "New York 11:00" in planned.text
    shown = await coordinator.presses(planned.message, "Details")
    assert shown is not None
    await coordinator.types("/wg undo")
    assert "I know no MT-32" in (await coordinator.types("/wg MT-32")).text
