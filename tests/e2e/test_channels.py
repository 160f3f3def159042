"""A group's channel is archived: the chair hears how to go on, privately, and once."""

from tests.e2e.actors import plain
from tests.e2e.stage import Stage

GROUP = "#wg-models"


async def test_an_archived_channel_is_told_on_the_next_morning_and_comes_back(stage: Stage) -> None:
    chair = stage.person("models-chair")
    stage.excused.add("is_archived")
    await stage.post("world", channel=GROUP, archived=True)
    await chair.types("/action add Table of features for models by 4 Dec")
    await stage.advance("2026-11-23T08:01:00+00:00")
    told = await chair.sees("Models has lost its channel: #wg-models was archived.")
    assert "/wg link models" in plain(told)
    await stage.post("world", channel=GROUP, archived=False)
    await chair.sees("Action EM-1", GROUP)
    await chair.types("/action add Another table by 4 Dec", GROUP)
    await chair.sees("Action EM-2", GROUP)
    await stage.advance("P1D")
