"""The Home tab: acted on in place, and shown again whenever something of the viewer's changes."""

from typing import Any

from tests.e2e.actors import Actor, labelled, plain, words
from tests.e2e.stage import Stage


async def _home(actor: Actor) -> dict[str, Any]:
    view: dict[str, Any] = (await actor.stage.get(f"home/{actor.handle}"))["view"]
    return view


async def _opened(actor: Actor) -> dict[str, Any]:
    await actor.stage.post("open-home", user=actor.handle)
    return await _home(actor)


async def _rows(actor: Actor, part: str = "row") -> list[str]:
    """What has a row under one's own headings, or in another part."""
    ids = [str(block["block_id"]) for block in (await _home(actor))["blocks"]]
    return [name.partition(":")[2] for name in ids if name.startswith(f"{part}:")]


async def _presses(actor: Actor, block_id: str, element: dict[str, Any], **more: Any) -> None:
    view_id = (await _home(actor))["id"]
    await actor.stage.post(
        "interact",
        user=actor.handle,
        view_id=view_id,
        action=element["action_id"],
        block_id=block_id,
        **more,
    )
    await actor.stage.bot.settled()


async def test_the_button_of_home_opens_the_form_of_a_new_action(stage: Stage) -> None:
    chair = stage.person("models-chair")
    home = await _opened(chair)
    element, block = labelled(home["blocks"], "New action")
    await _presses(chair, block, element)
    await chair.fills(await chair.form(), text="Draft it", due="2026-12-04")
    await chair.sees("EM-1 added")
    await chair.sees("Action EM-1", "#wg-models")
    await stage.bot.settled()
    assert await _rows(chair) == ["EM-1"]


async def test_a_row_is_done_in_place_and_taken_back_in_place(demo: Stage) -> None:
    cochair, chair = demo.person("models-cochair"), demo.person("models-chair")
    await _opened(chair)
    await _opened(cochair)
    assert "EM-2" in await _rows(cochair)
    row = next(b for b in (await _home(cochair))["blocks"] if b["block_id"] == "row:EM-2")
    done = next(o for o in row["accessory"]["options"] if words(o["text"]) == "Mark done")
    await _presses(cochair, "row:EM-2", row["accessory"], selected_option=done["value"])
    assert await cochair.forms_open() == 0
    assert "EM-2" not in await _rows(cochair)
    home = await _home(cochair)
    assert "You closed it." in plain(home)
    assert "*Overdue* 0" in plain(await _home(chair))
    assert "@models-cochair closed it" in plain(await _home(chair))
    element, block = labelled(home["blocks"], "Undo")
    await _presses(cochair, block, element)
    assert await cochair.forms_open() == 0
    assert "EM-2" in await _rows(cochair)
    assert "*Overdue* 1" in plain(await _home(chair))


async def test_chairs_and_coordinators_see_how_groups_stand(demo: Stage) -> None:
    chair, coordinator = demo.person("trials-chair"), demo.person("coordinator")
    seen = plain(await _opened(chair))
    assert "🟡 Needs a look · *Trials*: PC-2 is 4 days late (moved 2 times, +14 days)." in seen
    assert await _rows(chair, "decide") == ["PC-3"]
    assert "All groups" not in seen
    over_all = plain(await _opened(coordinator))
    for said in (
        "🔴 Late · *Symptoms*: SR-1 is 9 days late",
        "🟡 Needs a look · *Models*: EM-2 is 2 days late",
        "🟢 On track · *Targets*: nothing is overdue",
        "🟢 On track · *Outcomes*: nothing is overdue",
        "▇ 1 Models",
    ):
        assert said in over_all
    await chair.types("/action move PC-2 30 Nov because scans are late")
    await demo.bot.settled()
    assert "🟢 On track · *Trials*" in plain(await _home(chair))
    assert await _rows(chair, "decide") == ["PC-2", "PC-3"]
    assert "🟢 On track · *Trials*" in plain(await _home(coordinator))


async def test_what_happens_in_slack_shows_at_home_too(stage: Stage) -> None:
    coordinator = stage.person("coordinator")
    assert "Cannot reach" not in plain(await _opened(coordinator))
    await stage.post("world", channel="#wg-models", deleted=True)
    await stage.bot.settled()
    assert "Without a channel: Models" in plain(await _home(coordinator))
    stage.overlook()


async def test_a_burst_of_changes_is_shown_once_and_a_lost_race_drawn_again(stage: Stage) -> None:
    member = stage.person("models-chair")
    await _opened(member)
    published = len(await stage.traffic("views.publish"))
    user = stage.demo.person_id(member.handle)
    for _ in range(5):
        stage.bot.surfaces.homes.changed(stage.bot.client, [user])
    await stage.bot.settled()
    assert len(await stage.traffic("views.publish")) == published + 1
    conflict = {"kind": "refused", "method": "views.publish", "error": "hash_conflict", "times": 1}
    await stage.faults(conflict)
    stage.excused.add("hash_conflict")
    await member.types("/action add Draft it by 4 Dec", "#wg-models")
    await member.sees("Action EM-1", "#wg-models")
    await stage.bot.settled()
    assert await _rows(member) == ["EM-1"]
