"""A checklist asked for in the channel: one message there, edited at every tick by anybody."""

from tests.e2e.actors import buttons
from tests.e2e.stage import Stage

GROUP = "#wg-targets"


async def test_one_message_in_the_channel_follows_every_tick(stage: Stage) -> None:
    chair, coordinator = stage.person("targets-chair"), stage.person("coordinator")
    member = stage.person("targets-cochair")
    planned = await chair.types("/meeting plan Targets call 17 Dec 15:00 in London", GROUP)
    ref = planned.text.split()[0]
    await chair.says(f"@concerted meeting prep {ref}", GROUP)
    posted = await chair.sees(f"Checklist of {ref} Targets call", GROUP)
    assert "0 of 6 ready (0 %)" in posted["text"]
    assert buttons(posted) == ["My part", "I can't come", "Add agenda item", "Add to calendar"]
    await coordinator.types(f"/meeting tick {ref} 1")
    first = await coordinator.sees("1 of 6 ready (16 %)", GROUP)
    refused = await member.types(f"/meeting tick {ref} 4")
    assert "Only @targets-chair" in refused.text
    mine = await chair.types(f"/meeting prep {ref}")
    await chair.presses(mine.message, "Mark done")
    second = await chair.sees("2 of 6 ready (33 %)", GROUP)
    assert posted["ts"] == first["ts"] == second["ts"]
