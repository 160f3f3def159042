"""A workspace that has nothing of the demo: other people, channels, ids and zones."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.actors import buttons, initial
from tests.e2e.stage import Stage, open_stage

TEAM = "TELSEWHERE"
WORKSPACE: dict[str, Any] = {
    "team": {"id": TEAM, "name": "Somewhere else", "domain": "elsewhere"},
    "app": {"id": "AELSE", "bot_user": "UBOTELSE9", "bot_id": "BELSE", "name": "concerted"},
    "users": [
        {
            "id": f"U{handle.upper():0<8}", "handle": handle, "name": handle.title(), "tz": zone,
            "title": "", "team_id": TEAM, "is_admin": handle == "owner",
            "is_owner": handle == "owner",
        }
        for handle, zone in (
            ("owner", "Asia/Kolkata"), ("second", "Pacific/Auckland"), ("third", "America/Lima"),
        )
    ],
    "channels": [
        {
            "id": f"C{name.upper():0<8}", "name": name, "is_private": False,
            "members": ["UOWNER000", "USECOND00", "UTHIRD000"], "bot_in": name == "cells",
        }
        for name in ("cells", "lobby")
    ],
    "messages": [],
}  # fmt: skip


@pytest.fixture
async def elsewhere(sqlite_folder: Path, sqlite_template: Path) -> AsyncIterator[Stage]:
    """Empty database; Thursday 4 March 2027, 06:00 UTC."""
    async with open_stage(
        sqlite_folder, sqlite_template, workspace=WORKSPACE, at="2027-03-04T06:00:00+00:00"
    ) as opened:
        yield opened
        await opened.nothing_more_said()
        await opened.sound()


async def test_before_the_setup_everything_says_how_to_begin(elsewhere: Stage) -> None:
    second = elsewhere.person("second")
    refused = await second.types("/action add Count the cells", "#cells")
    assert refused.text.startswith("No groups are set up yet. An owner or admin of this workspace")
    assert "Set up" not in refused.buttons
    await second.sees("Hello, I am Concerted.")
    assert (await elsewhere.kept())["groups"] == []


async def test_the_first_admin_sets_up_links_and_adds_and_the_owner_is_reminded(
    elsewhere: Stage,
) -> None:
    owner, second = elsewhere.person("owner"), elsewhere.person("second")
    done = await owner.types("/wg setup")
    assert "You are the coordinator now." in done.text
    hello = await owner.sees("Hello, I am Concerted.")
    steps = await owner.sees("Set-up: 1 of 5 steps are done. Done: 5 groups made.")
    await owner.presses(steps, "Yes, my zone is right")
    await owner.sees("Set-up: 2 of 5 steps are done.")
    assert "Yes" not in buttons(await owner.sees("Hello, I am Concerted."))
    assert (await owner.types("/wg group add cells CL Cell models")).text.startswith("The group")
    linked = await owner.types("/wg link cells", "#cells")
    assert "This channel now belongs to Cell models" in linked.text
    elsewhere.overlook()
    again = await owner.types("/wg link cells", "#cells")
    assert "Nothing changed." in again.text
    named = await owner.types("/wg role @second chair in cells")
    assert "@second is now the chair of" in named.text
    answer = await owner.types("/action add Count the cells @second by next Friday", "#cells")
    assert "CL-1 added for @second: Count the cells, due Fri 12 Mar 2027" in answer.text
    await owner.sees("Action CL-1", "#cells")
    events = await elsewhere.advance("2027-03-05T12:00:00+00:00")
    assert [e["at"][:16] for e in events if e["channel"] != hello["channel"]] == [
        "2027-03-04T20:00"
    ]
    steps = await owner.sees("Set-up: 3 of 5 steps are done.")
    assert "Without a chair: Models, Targets, Trials, Outcomes, Symptoms." in steps["text"]
    asked = await second.sees("CL-1, Count the cells, @owner asks you to take it on")
    assert "Hello, I am Concerted." in asked["text"]
    await second.presses(asked, "Accept")
    await second.sees("You have accepted CL-1")
    events = await elsewhere.advance("2027-03-11T12:00:00+00:00")
    assert [(e["kind"], e["at"][:16]) for e in events] == [
        ("digest", "2027-03-07T19:00"),
        ("remind", "2027-03-09T20:00"),
    ]
    assert "On track: none of 1" in (await second.sees("Cells: week 10."))["text"]
    reminder = await second.sees("CL-1, Count the cells, is due Fri 12 Mar 2027")
    await second.presses(reminder, "Mark done")
    await second.sees("CL-1 is done")
    assert buttons(await owner.sees("Action CL-1", "#cells")) == ["Reopen"]


async def test_someone_who_is_no_admin_cannot_set_up(elsewhere: Stage) -> None:
    refused = await elsewhere.person("third").types("/wg setup")
    assert refused.text.startswith("The first set-up is for an owner or admin of this workspace.")
    await elsewhere.person("third").sees("Hello, I am Concerted.")
    kept = await elsewhere.kept()
    assert kept["memberships"] == kept["groups"] == []


async def test_the_setup_form_takes_groups_of_ones_own(elsewhere: Stage) -> None:
    owner = elsewhere.person("owner")
    done = await owner.types("/wg setup")
    await owner.presses(done.message, "Add groups")
    form = await owner.form()
    assert initial(form, "zone") == "Asia/Kolkata"
    told = await owner.fills(form, groups="cells CL Cell models\nmice", zone="Lima")
    assert "key PREFIX Name, unlike mice" in told["errors"]["groups"]
    told = await owner.fills(await owner.form(), groups="cells CL Cell models", zone="Lima")
    assert told["response_action"] is None
    assert "Cell models was added." in (await owner.sees("Cell models was added."))["text"]
    assert "Cell models" in str((await elsewhere.kept())["groups"])
    await owner.sees("Hello, I am Concerted.")
    await owner.sees("Set-up: 1 of 5 steps are done. Done: 6 groups made.")


async def test_a_channel_the_bot_is_not_in_is_not_linked_blindly(elsewhere: Stage) -> None:
    owner = elsewhere.person("owner")
    await owner.types("/wg setup")
    await owner.types("/wg group add cells CL Cell models")
    elsewhere.overlook()
    refused = await owner.types("/wg link cells", "#lobby")
    assert "I am not in this channel. Type /invite @Concerted here first." in refused.text
    assert await owner.reads("#lobby") == [
        m for m in await owner.reads("#lobby") if m.get("ephemeral")
    ]
