"""Meetings looked up: one's own plate, what is ahead, and days counted back from a meeting."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.seeds import DEMO
from tests.e2e.actors import plain
from tests.e2e.stage import Stage, open_stage


@pytest.fixture
async def past(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Stage]:
    """All of the demo world in its own year: Sunday 18 November 2012, noon UTC."""
    async with open_stage(tmp_path, sqlite_template, seed=DEMO, reanchored=False) as opened:
        yield opened
        await opened.nothing_more_said()
        await opened.sound()


async def test_journey_3_meetings_are_told_in_the_readers_own_time_and_only_to_them(
    past: Stage,
) -> None:
    cochair = past.person("symptoms-cochair")
    listed = await cochair.types("/meeting list all", "#wg-outcomes")
    for told in (
        "MT-18 Outcomes call, Thu 29 Nov 2012, 09:00 Winnipeg (UTC−6), Outcomes, announced,"
        " 33 % ready, 1 yes, 0 remote, 0 no; quorum 2 of 3 not reached.",
        "MT-19 Symptoms call, Thu 29 Nov 2012, 10:00 Winnipeg (UTC−6), Symptoms, announced,"
        " 33 % ready, 1 yes, 0 remote, 1 no; quorum 2 of 3 not reached.",
    ):
        assert told in listed.text
    assert "<!date^1354201200^" in plain({"blocks": listed.blocks})
    assert "MT-15" not in listed.text
    here = await cochair.types("/wg meeting list", "#wg-outcomes")
    assert here.text.startswith("Outcomes: meetings ahead: 4 meetings. MT-18")
    one = await cochair.types("/wg next symptoms", "#wg-outcomes")
    assert "29 Nov 2012, 10:00 Winnipeg (UTC−6) until Thu 29 Nov 2012, 11:00" in one.text
    assert "16:00 London (UTC+0), Symptoms, announced, 33 % ready" in one.text
    assert "1 yes, 0 remote, 1 no" in one.text
    assert "One-line update on each open action for MT-19, due Thu 22 Nov 2012 (in 4" in one.text
    await cochair.says("mt19")
    assert (await cochair.sees("MT-19 Symptoms call"))["text"] == one.text


async def test_journey_3_my_plate_has_actions_tasks_and_meetings(past: Stage) -> None:
    cochair = past.person("symptoms-cochair")
    mine = await cochair.types("/wg mine", "#wg-outcomes")
    assert mine.text.startswith("Your open actions: 2 actions. OM-2 ")
    for told in (
        "due Mon 26 Nov 2012 (in 8 days)",
        "due Wed 26 Dec 2012",
        "Yours to prepare: One-line update on each open action for MT-18, due Thu 22 Nov 2012",
        "Attendance, regrets, declarations, who steps out of which item for MT-19",
        "Your next meetings: MT-18 Outcomes call, Thu 29 Nov 2012, 09:00 Winnipeg (UTC−6)",
        "MT-19 Symptoms call, Thu 29 Nov 2012, 10:00 Winnipeg (UTC−6)",
    ):
        assert told in mine.text
    assert "*Your next meetings*" in plain({"blocks": mine.blocks})
    assert "MT-15" not in mine.text


async def test_other_groups_meetings_are_refused_like_their_actions(demo: Stage) -> None:
    chair = demo.person("models-chair")
    for line in ("/meeting MT-16", "/meeting next targets", "/wg meeting list targets"):
        assert "That is for the people of Targets" in (await chair.types(line)).text, line
    assert "MT-99" in (await chair.types("/meeting MT-99")).text
    assert "Milan international meeting" in (await chair.types("/wg MT-30")).text
    outsider = demo.person("industry-observer")
    await outsider.says("meeting next models")
    await outsider.sees("That is for the people of Models")
    await outsider.says("meeting list")
    told = (await outsider.sees("Your meetings"))["text"]
    assert "MT-16 Targets call, Tue 1 Dec 2026, 16:30 Zurich (UTC+1)" in told
    assert "you said yes" in told
    assert "MT-15" not in told


async def test_days_are_counted_back_from_the_groups_next_meeting(past: Stage) -> None:
    cochair = past.person("models-cochair")
    added = await cochair.types("/action add Send the table by T-7", "#wg-models")
    assert "due Tue 20 Nov 2012" in added.text
    await cochair.sees("Send the table", "#wg-models")
    refused = await cochair.types("/action add Send the table by T-12", "#wg-models")
    assert "Thu 15 Nov 2012 has passed" in refused.text
    chair = past.person("outcomes-chair")
    moved = await chair.types("/action move OM-3 T-7 because it must be read before")
    assert "Thu 22 Nov 2012" in moved.text


async def test_more_time_offers_the_day_before_the_next_meeting(demo: Stage) -> None:
    chair = demo.person("models-chair")
    answer = await chair.types("/action list", "#wg-models")
    await chair.chooses(answer.message, "Change date")
    form = await chair.form()
    assert "Day before the meeting: Mon 30 Nov 2026" in plain(form)
