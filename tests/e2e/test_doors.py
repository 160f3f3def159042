"""Every door makes the same action of the same words."""

from typing import Any

from tests.e2e.actors import initial
from tests.e2e.stage import Stage

LINE = "Draft the shortlist @targets-cochair by next Friday"
GROUP = "#wg-targets"


async def _same(stage: Stage, ref: str) -> dict[str, Any]:
    """The action as every door makes it; its card, and nothing else, stands in the channel."""
    card = await stage.person("targets-cochair").sees(f"Action {ref} ", GROUP)
    assert card["text"] == (
        f"Action {ref} for @targets-cochair: Draft the shortlist, due Fri 27 Nov 2026, "
        "in Targets, open, not confirmed."
    )
    assert "thread_ts" not in card
    return card


async def test_the_command_of_actions_makes_one(stage: Stage) -> None:
    answer = await stage.person("targets-chair").types(f"/action add {LINE}", GROUP)
    assert answer.text.startswith("TR-1 added for @targets-cochair: Draft the shortlist")
    assert "Not confirmed yet: @targets-cochair will be asked." in answer.text
    assert list(answer.buttons) == ["Undo", "Details", "Add another"]
    await _same(stage, "TR-1")


async def test_the_root_command_takes_the_word_with_its_noun_or_without(stage: Stage) -> None:
    chair = stage.person("targets-chair")
    assert "TR-1 added" in (await chair.types(f"/wg action add {LINE}", GROUP)).text
    assert "TR-2 added" in (await chair.types(f"/wg add {LINE}", GROUP)).text
    await _same(stage, "TR-1")
    await _same(stage, "TR-2")


async def test_a_command_elsewhere_names_its_group_by_key_prefix_name_or_alias(
    stage: Stage,
) -> None:
    boss = stage.person("coordinator")
    for number, name in enumerate(("targets", "TR", "Targets", "repurposing"), start=1):
        answer = await boss.types(f"/wg add {LINE} for {name}")
        if name == "TR":
            assert "Which group is this for?" in answer.text
            await boss.presses(answer.message, "Targets")
            await boss.sees(f"TR-{number} added")
        else:
            assert f"TR-{number} added" in answer.text
        await _same(stage, f"TR-{number}")


async def test_a_mention_in_the_channel_makes_one_and_is_answered_in_its_thread(
    stage: Stage,
) -> None:
    chair = stage.person("targets-chair")
    ts = await chair.says(f"@concerted action add {LINE}", GROUP)
    answer = await chair.sees("Recorded as TR-1", GROUP, thread=ts)
    assert "due Fri 27 Nov 2026" in answer["text"]
    await _same(stage, "TR-1")
    again = await chair.says(f"@concerted add {LINE}", GROUP)
    await chair.sees("Recorded as TR-2", GROUP, thread=again)
    await _same(stage, "TR-2")


async def test_a_mention_in_a_thread_keeps_the_parents_link_and_words(stage: Stage) -> None:
    chair, cochair = stage.person("targets-chair"), stage.person("targets-cochair")
    parent = await cochair.says("Which drugs are worth a look? I would start at fingolimod.", GROUP)
    await chair.says(f"@concerted add {LINE}", GROUP, thread=parent)
    await chair.sees("Recorded as TR-1", GROUP, thread=parent)
    await _same(stage, "TR-1")
    full = await chair.types("/action TR-1", GROUP)
    shown = str(full.blocks)
    assert "Which drugs are worth a look? I would start at fingolimod." in shown
    assert f"p{parent.replace('.', '')}|a message" in shown


async def test_a_direct_message_makes_one_and_is_answered_there(stage: Stage) -> None:
    chair = stage.person("targets-chair")
    await chair.says(f"add {LINE}")
    await chair.sees("TR-1 added for @targets-cochair: Draft the shortlist")
    await chair.says(f"action: {LINE}")
    await chair.sees("TR-2 added for @targets-cochair: Draft the shortlist")
    await _same(stage, "TR-1")
    await _same(stage, "TR-2")


async def test_the_message_shortcut_opens_a_form_with_the_words_and_keeps_the_link(
    stage: Stage,
) -> None:
    chair, cochair = stage.person("targets-chair"), stage.person("targets-cochair")
    ts = await cochair.says("Draft the shortlist", GROUP)
    await chair.makes_action_of(GROUP, ts)
    form = await chair.form()
    assert initial(form, "text") == "Draft the shortlist"
    picked = stage.demo.person_id("targets-cochair")
    told = await chair.fills(form, owner=[picked], due="2026-11-27")
    assert told["response_action"] is None
    await chair.sees("TR-1 added", GROUP)
    await _same(stage, "TR-1")
    shown = str((await chair.types("/action TR-1", GROUP)).blocks)
    assert f"p{ts.replace('.', '')}|a message" in shown


async def test_the_global_shortcut_opens_the_same_form_anywhere(stage: Stage) -> None:
    chair = stage.person("targets-chair")
    await stage.post("shortcut", user=chair.handle, callback_id="item.new")
    form = await chair.form()
    picked = stage.demo.person_id("targets-cochair")
    told = await chair.fills(form, text="Draft the shortlist", owner=[picked], due="2026-11-27")
    assert told["response_action"] is None
    await chair.sees("TR-1 added")
    await _same(stage, "TR-1")


async def test_nothing_after_add_opens_the_form_or_offers_a_button_that_does(
    stage: Stage,
) -> None:
    chair = stage.person("targets-chair")
    await chair.types("/action add", GROUP)
    form = await chair.form()
    assert initial(form, "due") == "2026-11-29"
    await stage.post("close", user=chair.handle, view_id=form["id"])
    await chair.says("@concerted add", GROUP)
    offered = await chair.sees("What needs doing?")
    await chair.presses(offered, "Open the form")
    form = await chair.form()
    picked = stage.demo.person_id("targets-cochair")
    await chair.fills(form, text="Draft the shortlist", owner=[picked], due="2026-11-27")
    await chair.sees("TR-1 added")
    await _same(stage, "TR-1")


async def test_without_owner_and_date_the_adder_and_the_usual_week_are_taken_and_said(
    stage: Stage,
) -> None:
    chair = stage.person("targets-chair")
    answer = await chair.types("/action add Draft the shortlist", GROUP)
    assert "TR-1 added for @targets-chair" in answer.text
    assert "No owner said, so it is yours." in answer.text
    assert "No date said: the group's usual 7 days." in answer.text
    assert "Sun 29 Nov 2026" in answer.text
    await chair.sees("Action TR-1", GROUP)
