"""Deadlines by every door: added, looked up, moved before others, told to those outside not."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.seeds import DEMO
from tests.e2e.actors import initial, plain
from tests.e2e.stage import Stage, open_stage


@pytest.fixture
async def past(sqlite_folder: Path, sqlite_template: Path) -> AsyncIterator[Stage]:
    """All of the demo world in its own year: Sunday 18 November 2012, noon UTC."""
    opening = open_stage(sqlite_folder, sqlite_template, seed=DEMO, reanchored=False)
    async with opening as opened:
        yield opened
        await opened.nothing_more_said()
        await opened.sound()


async def test_a_deadline_from_adding_to_a_slip_that_hits_another_group(past: Stage) -> None:
    chair = past.person("trials-chair")
    listed = await chair.types("/deadline list", "#wg-trials")
    assert "Trials: deadlines: 1 deadline. DL-6 Trials: two-page recommendation" in listed.text
    assert "due Fri 30 Nov 2012 (in 12 days), for @trials-chair, in Trials" in listed.text
    assert "deliverable open" in listed.text
    one = await chair.types("/wg dl6")
    assert (
        "waiting for PC-2 (due Wed 14 Nov 2012, 4 days late), PC-3 (due Fri 30 Nov 2012)."
        in one.text
    )
    for line, told in (
        ("/deadline stage DL-6 review", "DL-6 is now a deliverable in review"),
        ("/wg needs DL-6 OM-3", "DL-6 waits for PC-2, PC-3, OM-3"),
        ("/deadline needs DL-6 DL-6", "DL-6 cannot wait for itself."),
        ("/deadline needs DL-6 DL-99", "DL-99"),
        ("/wg move DL-6 7 Dec", "Why does DL-6 move to Fri 7 Dec 2012?"),
        ("/deadline move DL-6 1 Nov 2012 because it was", "has passed"),
        ("/deadline DL-4", "That is for the people of Models"),
        ("/deadline move DL-7 7 Dec because I say so", "Only @outcomes-chair"),
    ):
        assert told in (await chair.types(line, "#wg-trials")).text, line
    outcomes = past.person("outcomes-chair")
    ts = await outcomes.says(
        "@concerted deadline move DL-7 7 Dec because of the scans", "#wg-outcomes"
    )
    aloud = await outcomes.sees("DL-7 is now due Fri 7 Dec 2012", "#wg-outcomes", ts)
    assert "moved once, +7 days, first promised Fri 30 Nov 2012" in aloud["text"]
    await outcomes.says("needs DL-7 DL-6")
    await outcomes.sees("DL-7 waits for OM-2, OM-3, DL-6")
    late = await chair.types("/wg move DL-6 10 Dec because the statistician is ill", "#wg-trials")
    assert (
        "That hits DL-7 of Outcomes, due Fri 7 Dec 2012: waiting for DL-6, it cannot be met"
        " before Mon 10 Dec 2012." in late.text
    )
    history = await chair.types("/deadline history DL-6")
    assert "moved once, +10 days, first promised Fri 30 Nov 2012." in history.text
    assert (
        "@trials-chair moved it from Fri 30 Nov 2012 to Mon 10 Dec 2012 because the statistician"
        in history.text
    )
    back = await chair.types("/wg undo")
    assert "Taken back: the new date of DL-6. It is for @trials-chair" in back.text
    assert "due Fri 30 Nov 2012, in Trials, deliverable in review." in back.text
    assert "moved" not in (await chair.types("/wg DL-6")).text
    added = await past.person("coordinator").types(
        "/deadline add Slides in by 25 Jan for all as deliverable", "#wg-all"
    )
    assert "DL-9 added for @coordinator: Slides in, deliverable due Fri 25 Jan 2013" in added.text
    everything = await past.person("coordinator").types("/wg deadline list all")
    assert "All deadlines: 6 deadlines." in everything.text
    assert "DL-9 Slides in" in plain({"blocks": everything.blocks}).replace("*", "")


async def test_before_others_only_their_own_groups_part_is_said(past: Stage) -> None:
    chair = past.person("trials-chair")
    await past.person("outcomes-chair").types("/deadline needs DL-7 DL-6")
    ts = await chair.says("@concerted move DL-6 10 Dec because of the scans", "#wg-trials")
    aloud = await chair.sees("DL-6 is now due Mon 10 Dec 2012", "#wg-trials", ts)
    assert "DL-7" not in aloud["text"]
    await chair.sees("About DL-6, for you alone: That hits DL-7 of Outcomes")


async def test_the_chair_whom_a_move_hits_hears_of_it_on_monday_once(past: Stage) -> None:
    """Journey 4: an honest move."""
    chair, outcomes = past.person("trials-chair"), past.person("outcomes-chair")
    moved = await chair.types("/action move PC-2 30 Nov because scans are late", "#wg-trials")
    assert "It was moved 3 times, +30 days, first promised Wed 31 Oct 2012." in moved.text
    assert (
        "That hits OM-3 of Outcomes, due Thu 29 Nov 2012: waiting for PC-2, it cannot be met"
        " before Fri 30 Nov 2012." in moved.text
    )
    refused = await chair.types("/deadline move DL-6 7 Dec", "#wg-trials")
    await chair.presses(refused.message, "Say why")
    form = await chair.form()
    assert initial(form, "due") == "2012-12-07"
    await chair.fills(form, reason="The scans are late")
    await chair.sees("DL-6 is now due Fri 7 Dec 2012, not Fri 30 Nov 2012", "#wg-trials")
    assert not any("slip" in event["key"] for event in await past.advance("PT25H"))
    events = await past.advance("PT2H")
    assert [(e["kind"], e["at"][:16]) for e in events if "slip" in e["key"]] == [
        ("slip", "2012-11-19T14:00")
    ]
    told = await outcomes.sees("That hits OM-3 of Outcomes, due Thu 29 Nov 2012")
    assert "PC-2 of Trials is now due Fri 30 Nov 2012, moved 3 times, +30 days" in told["text"]
    past.overlook()
