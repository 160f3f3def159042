"""How the groups stand, asked in private and aloud, and posted for all to see."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.seeds import DEMO
from tests.e2e.actors import plain
from tests.e2e.stage import Stage, open_stage
from tests.e2e.test_privacy import file_in_dm


@pytest.fixture
async def past(sqlite_folder: Path, sqlite_template: Path) -> AsyncIterator[Stage]:
    """All of the demo world in its own year: Sunday 18 November 2012, noon UTC."""
    async with open_stage(sqlite_folder, sqlite_template, seed=DEMO, reanchored=False) as opened:
        yield opened
        await opened.nothing_more_said()
        await opened.sound()


async def test_journey_7_the_coordinator_sees_all_five_and_posts_them(past: Stage) -> None:
    coordinator = past.person("coordinator")
    private = await coordinator.types("/wg status", "#wg-coordination")
    for told in (
        "1 late, 2 to look at, 2 on track. Symptoms: Late, SR-1 is 9 days late. 3 open, 1 overdue,"
        " 0 blocked. Next meeting MT-19, Thu 29 Nov 2012, 16:00 London (UTC+0), 33 % ready:"
        " 1 yes, 0 remote, 1 no; quorum 2 of 3 not reached.",
        "Models: Needs a look, EM-2 is 2 days late;"
        " MT-15 “Draft agenda to the chair” is 2 days late. 2 open,",
        "Trials: Needs a look, PC-2 is 4 days late (moved 2 times, +14 days). 2 open, 1 overdue,",
        "Targets: On track, nothing is overdue. 2 open, 0 overdue, 1 blocked. Next meeting MT-16,",
        "Also: OM-3 waits for PC-2, which is overdue; no update by a member for 16 days.",
    ):
        assert told in private.text
    assert [block["type"] for block in private.blocks].count("table") == 1
    await coordinator.presses(private.message, "As Markdown")
    report = await coordinator.sees("I am sending you status-2012-11-18.md", "#wg-coordination")
    assert (
        "For Milan international meeting (MT-30), Wed 6 Feb 2013 (20 % ready): 3 deadlines"
        in (report["text"])
    )
    assert "To be decided: SR-1 is overdue; PC-3 has no owner." in report["text"]
    assert (await file_in_dm(past, "coordinator"))["name"] == "status-2012-11-18.md"
    past.overlook()
    await coordinator.presses(private.message, "Post to channel", confirmed=True)
    posted = await coordinator.sees("Status of 5 groups", "#wg-coordination")
    assert "Symptoms: Late, SR-1 is 9 days late." in posted["text"]
    assert "actions" not in [block["type"] for block in posted["blocks"]]
    assert "symptoms-chair" not in plain(posted)
    said = await coordinator.says("@concerted status", "#wg-coordination")
    aloud = await coordinator.sees("Status of 5 groups", "#wg-coordination", thread=said)
    assert "actions" not in [block["type"] for block in aloud["blocks"]]
    chair = past.person("symptoms-chair")
    own = await chair.types("/wg status", "#wg-all")
    assert own.text.startswith("Status of Symptoms. As of Sun 18 Nov 2012, 07:00 Toronto (UTC−5)")
    assert "Trials" not in own.text


async def test_said_aloud_a_group_is_told_of_in_its_own_channel_only(demo: Stage) -> None:
    chair = demo.person("trials-chair")
    said = await chair.says("@concerted status", "#wg-trials")
    answer = await chair.sees("Status of Trials", "#wg-trials", thread=said)
    assert "Trials: Needs a look, PC-2 is 4 days late (moved 2 times, +14 days)." in answer["text"]
    await chair.says("@concerted status trials", "#wg-all")
    private = await chair.sees("Status of Trials")
    assert "Only you see this." in plain(private)
    await chair.presses(private, "Post to channel", confirmed=True)
    await chair.sees("Done: the status goes to #wg-trials")
    await chair.sees("Status of Trials", "#wg-trials")


async def test_somebody_of_another_workspace_has_the_report_of_their_groups_by_a_mention(
    demo: Stage,
) -> None:
    """Also where Slack takes no file."""
    demo.excused.add("missing_scope")
    await demo.faults({"kind": "scope_removed", "scope": "files:write"})
    observer = demo.person("industry-observer")
    await observer.says("@concerted status all as markdown", "#wg-targets")
    told = await observer.sees("I am sending you status-2026-11-22.md")
    assert "status of 2 groups as of" in told["text"]
    part = await observer.sees("The status as Markdown, part 1 of 1")
    demo.overlook()
    said = plain(part)
    assert "- Trials: PC-2 is 4 days late (moved 2 times, +14 days)" in said
    assert "| Targets | 🟢 On track | 2 | 0 | 1 | MT-16 Tue 1 Dec 2026, 15:30 London" in said
    assert "Symptoms" not in said
    for line, words in (
        ("/wg status symptoms markdown", "That is for the people of Symptoms"),
        ("/wg status markdown", "status of Trials as of"),
    ):
        chair = demo.person("trials-chair")
        assert words in (await chair.types(line, "#wg-trials")).text
        demo.overlook()


async def test_what_cannot_be_told_is_said_exactly(demo: Stage) -> None:
    chair, coordinator = demo.person("trials-chair"), demo.person("coordinator")
    for line, told in (
        ("/wg status models", "That is for the people of Models"),
        ("/wg status cardiology", "I know no group"),
    ):
        assert told in (await chair.types(line)).text
    await coordinator.types("/wg group close trials")
    closed = await coordinator.types("/wg status trials")
    assert "Trials was closed on Sun 22 Nov 2026, so it has no status of its own." in closed.text
    nobody = await chair.types("/wg status all")
    assert "No data: there is no group whose status you may see." in nobody.text
