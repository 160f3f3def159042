"""One card for one action: edited in place whatever happens, its menu, its forms."""

from typing import Any

from tests.e2e.actors import buttons, initial
from tests.e2e.stage import Stage

GROUP = "#wg-models"


async def _card(stage: Stage, ref: str = "EM-1") -> dict[str, Any]:
    return await stage.person("models-chair").sees(f"Action {ref}", GROUP)


async def _added(stage: Stage) -> dict[str, Any]:
    chair = stage.person("models-chair")
    await chair.types("/action add Table of features by 4 Dec", GROUP)
    return await _card(stage)


async def test_the_card_is_edited_in_place_by_every_change(stage: Stage) -> None:
    chair = stage.person("models-chair")
    first = await _added(stage)
    assert buttons(first) == ["Mark done", "Need more time", "I'm blocked"]
    for line, said in (
        ("start EM-1", "in progress."),
        ("block EM-1 no scans yet", "blocked."),
        ("unblock EM-1", "open."),
        ("move EM-1 11 Dec because of the scans", "due Fri 11 Dec 2026"),
        ("give EM-1 @models-cochair", "for @models-cochair"),
        ("edit EM-1 Table of twelve", "Table of twelve"),
        ("done EM-1 sent", ", done,"),
        ("reopen EM-1", ", open,"),
        ("drop EM-1 not needed", ", won't do,"),
        ("undo", ", open, not confirmed, moved once, +7 days."),
    ):
        await chair.types(f"/wg {line}")
        card = await _card(stage)
        assert card["ts"] == first["ts"]
        assert said in card["text"], line


async def test_the_buttons_of_the_card_do_what_they_say(stage: Stage) -> None:
    chair = stage.person("models-chair")
    await chair.presses(await _added(stage), "I'm blocked")
    await chair.fills(await chair.form(), reason="no scans yet")
    await chair.sees("EM-1 is blocked: Table of features", GROUP)
    await chair.presses(await _card(stage), "Not blocked any more")
    await chair.sees("EM-1 is not blocked any more", GROUP)
    await chair.presses(await _card(stage), "Need more time")
    form = await chair.form()
    await chair.fills(form, quick="2026-12-11", reason="scans are late")
    await chair.sees("EM-1 is now due Fri 11 Dec 2026, not Fri 4 Dec 2026", GROUP)
    await chair.presses(await _card(stage), "Mark done")
    await chair.sees("EM-1 is done", GROUP)
    await chair.presses(await _card(stage), "Reopen")
    await chair.sees("EM-1 is open again", GROUP)


async def test_the_menu_hands_over_edits_notes_drops_and_tells_the_history(stage: Stage) -> None:
    chair = stage.person("models-chair")
    card = await _added(stage)
    await chair.chooses(card, "Edit")
    form = await chair.form()
    assert initial(form, "text") == "Table of features"
    await chair.fills(form, text="Table of twelve features")
    await chair.sees("EM-1 now reads: Table of twelve features", GROUP)
    await chair.chooses(await _card(stage), "Add a note")
    await chair.fills(await chair.form(), note="Draft is in the drive")
    await chair.sees("Noted on EM-1: Draft is in the drive", GROUP)
    await chair.chooses(await _card(stage), "Hand over")
    form = await chair.form()
    await chair.fills(form, owner=[stage.demo.person_id("models-cochair")])
    await chair.sees("EM-1 is now with @models-cochair", GROUP)
    await chair.chooses(await _card(stage), "Won't do")
    await chair.fills(await chair.form(), reason="Trials has it")
    await chair.sees("EM-1 will not be done", GROUP)
    await chair.chooses(await _card(stage), "History")
    told = (await chair.sees("History of EM-1", GROUP))["text"]
    assert "dropped it: Trials has it" in told


async def test_an_action_without_an_owner_can_be_taken_once(demo: Stage) -> None:
    chair, boss = demo.person("trials-chair"), demo.person("coordinator")
    card = await chair.sees("Action PC-3", "#wg-trials")
    await chair.presses(card, "I'll take it")
    await chair.sees("PC-3 is yours now", "#wg-trials")
    await boss.presses(await boss.sees("Action PC-3", "#wg-trials"), "Mark done")
    await boss.sees("PC-3 is done", "#wg-trials")


async def test_a_click_on_an_old_card_gets_the_present_state(stage: Stage) -> None:
    chair, boss = stage.person("models-chair"), stage.person("coordinator")
    await _added(stage)
    shown = await chair.types("/action EM-1", GROUP)
    await boss.types("/action done EM-1")
    await _card(stage)
    kept = await stage.kept()
    for label in ("Mark done", "Need more time", "I'm blocked"):
        await chair.presses(shown.message, label)
        refused = await chair.sees("EM-1 is already done by @coordinator on Sun 22 Nov", GROUP)
        assert buttons(refused) == ["Reopen", "Open"]
    assert await chair.forms_open() == 0
    assert await stage.kept() == kept


async def test_who_may_not_change_it_is_told_who_can(stage: Stage) -> None:
    stranger = stage.person("deputy-coordinator")
    partner = stage.person("partner")
    chair = stage.person("symptoms-chair")
    await chair.types("/action add Gather the evidence by 4 Dec", "#wg-symptoms")
    card = await partner.sees("Action SR-1", "#wg-symptoms")
    kept = await stage.kept()
    await partner.presses(card, "Mark done")
    await partner.sees("Only @symptoms-chair can do this. Please ask them.", "#wg-symptoms")
    assert await stage.kept() == kept
    await stranger.presses(card, "Mark done")
    await stranger.sees("SR-1 is done", "#wg-symptoms")
