"""The Home tab: one's own actions, and what changes shows itself there."""

from typing import Any

from tests.e2e.actors import Actor, labelled, words
from tests.e2e.stage import Stage


async def _home(actor: Actor) -> dict[str, Any]:
    view: dict[str, Any] = (await actor.stage.get(f"home/{actor.handle}"))["view"]
    return view


async def test_home_lists_ones_own_and_follows_what_changes_elsewhere(demo: Stage) -> None:
    cochair = demo.person("models-cochair")
    await demo.post("open-home", user=cochair.handle)
    assert "EM-2" in str((await _home(cochair))["blocks"])
    assert "EM-3" not in str((await _home(cochair))["blocks"])
    await cochair.types("/action done EM-2")
    await demo.bot.settled()
    assert "EM-2" not in str((await _home(cochair))["blocks"])


async def test_the_button_of_home_opens_the_form_of_a_new_action(stage: Stage) -> None:
    chair = stage.person("models-chair")
    await stage.post("open-home", user=chair.handle)
    home = await _home(chair)
    element, block = labelled(home["blocks"], "New action")
    await stage.post(
        "interact",
        user=chair.handle,
        view_id=home["id"],
        action=element["action_id"],
        block_id=block,
    )
    await chair.fills(await chair.form(), text="Draft it", due="2026-12-04")
    await chair.sees("EM-1 added")
    await chair.sees("Action EM-1", "#wg-models")
    assert "EM-1" in str((await _home(chair))["blocks"])


async def test_a_row_of_home_can_be_acted_on(demo: Stage) -> None:
    cochair = demo.person("models-cochair")
    await demo.post("open-home", user=cochair.handle)
    home = await _home(cochair)
    row = next(b for b in home["blocks"] if b["block_id"].endswith("EM-2"))
    menu = row["accessory"]
    done = next(o for o in menu["options"] if words(o["text"]) == "Mark done")
    await demo.post(
        "interact",
        user=cochair.handle,
        view_id=home["id"],
        action=menu["action_id"],
        block_id=row["block_id"],
        selected_option=done["value"],
    )
    assert "EM-2 is done" in str((await cochair.form())["blocks"])
    assert "EM-2" not in str((await _home(cochair))["blocks"])
