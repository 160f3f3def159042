"""An agenda drafted, posted and kept up, and the ninth journey: a topic that comes late."""

from pathlib import Path

from bot.demo.seeds import DEMO
from tests.e2e.stage import Stage, open_stage

MONDAY = "2012-11-26T15:00:00+00:00"
"""The day before MT-15, after its last day for papers."""


async def test_an_agenda_is_drafted_posted_and_kept_up_and_journey_9(
    sqlite_folder: Path, sqlite_template: Path
) -> None:
    async with open_stage(
        sqlite_folder, sqlite_template, seed=DEMO, reanchored=False, at=MONDAY
    ) as past:
        await _drafted(past)
        await _late(past)
        past.overlook()
        await past.sound()


async def _drafted(past: Stage) -> None:
    chair = past.person("models-chair")
    drafted = await chair.types("/meeting agenda draft MT-15")
    assert "The agenda of MT-15 is drafted." in drafted.text
    assert "EM-2 Table: which features of progression each model reproduces" in drafted.text
    await chair.presses(drafted.message, "Post", confirmed=True)
    posted = await chair.sees("Agenda of MT-15", "#wg-models")
    assert "18 of 60 min, posted Mon 26 Nov 2012." in posted["text"]
    await chair.presses(posted, "Add topic")
    await chair.fills(
        await chair.form(), text="Shared <!here> review", minutes="10", purpose="decide"
    )
    again = await past.person("models-cochair").sees("Shared", "#wg-models")
    assert again["ts"] == posted["ts"]
    assert "28 of 60 min, posted Mon 26 Nov 2012, changed since" in again["text"]


async def _late(past: Stage) -> None:
    chair, cochair = past.person("models-chair"), past.person("models-cochair")
    line = "Shared protocol 10 min decide https://example.org/protocol"
    waits = await cochair.types(f"/meeting agenda add {line}")
    assert "papers for MT-15 are closed, so it waits for @models-chair" in waits.text
    asked = await chair.sees("@models-cochair asks late for a topic at MT-15")
    await chair.presses(asked, "Next meeting")
    await cochair.sees("comes too late for MT-15: it is on the agenda of MT-20")
    shown = await cochair.types("/meeting agenda MT-20")
    assert "1. Shared protocol (decide, 10 min, paper https://example.org/protocol" in shown.text
    await chair.presses(asked, "Accept late")
    await chair.sees('"Shared protocol" went on to a later meeting already.')
    # Who has no slash commands, and no rights in that group.
    observer = past.person("industry-observer")
    await observer.says("agenda drop MT-15 1")
    await observer.sees("That is for the people of Models.")
