"""Every word about actions, said by slash command, with what it answers and what it keeps."""

from tests.e2e.actors import buttons
from tests.e2e.stage import Stage

GROUP = "#wg-models"


async def _added(stage: Stage, count: int = 1, owner: str = "models-cochair") -> None:
    """EM-1 and so on, `Table of features`, due Fri 27 Nov 2026, given by the chair."""
    chair = stage.person("models-chair")
    for number in range(1, count + 1):
        await chair.types(f"/action add Table of features @{owner} by 27 Nov", GROUP)
        await chair.sees(f"Action EM-{number}", GROUP)


async def test_an_id_alone_in_any_writing_shows_the_action_with_its_buttons(stage: Stage) -> None:
    await _added(stage)
    chair = stage.person("models-chair")
    for line in ("/action EM-1", "/wg em1", "/wg EM 1", "/wg em-01", "/action show em1"):
        answer = await chair.types(line)
        assert answer.text.startswith("EM-1 for @models-cochair: Table of features, due"), line
        assert "Fri 27 Nov 2026 (in 5 days)" in answer.text
    ts = await chair.says("@concerted em 1", GROUP)
    await chair.sees("EM-1 for @models-cochair")
    assert await chair.reads(GROUP, thread=ts) == []


async def test_done_closes_with_the_note_as_evidence(stage: Stage) -> None:
    await _added(stage)
    cochair = stage.person("models-cochair")
    answer = await cochair.types("/action done EM-1 https://example.org/table.xlsx")
    assert answer.text == (
        "EM-1 is done: Table of features (@models-cochair, due Fri 27 Nov 2026). "
        "With: https://example.org/table.xlsx."
    )
    assert list(answer.buttons) == ["Undo", "Details"]
    card = await cochair.sees("EM-1", GROUP)
    assert "<https://example.org/table.xlsx|evidence>" in str(card["blocks"])
    assert buttons(card) == ["Reopen"]


async def test_reopen_makes_it_open_again(stage: Stage) -> None:
    await _added(stage)
    chair = stage.person("models-chair")
    await chair.types("/action done EM-1")
    assert (await chair.types("/action reopen EM-1")).text.startswith("EM-1 is open again: Table")
    assert "open" in (await chair.sees("EM-1", GROUP))["text"]
    assert "EM-1 is open already" in (await chair.types("/action reopen em1")).text


async def test_drop_wants_a_reason_and_keeps_it(stage: Stage) -> None:
    await _added(stage)
    chair = stage.person("models-chair")
    before = await stage.kept()
    assert "Why will it not be done?" in (await chair.types("/action drop EM-1")).text
    assert await stage.kept() == before
    answer = await chair.types("/action drop EM-1 because covered by Trials")
    assert answer.text.startswith("EM-1 will not be done")
    assert answer.text.endswith("Reason: covered by Trials.")
    assert "won't do" in (await chair.sees("EM-1", GROUP))["text"]


async def test_start_block_and_unblock_change_its_state(stage: Stage) -> None:
    await _added(stage)
    cochair = stage.person("models-cochair")
    assert (await cochair.types("/action start EM-1")).text.startswith("EM-1 is in progress")
    assert "What are you waiting for?" in (await cochair.types("/action block EM-1")).text
    answer = await cochair.types("/action block EM-1 no scans from site 3 yet")
    assert answer.text.endswith("Reason: no scans from site 3 yet.")
    assert "blocked" in (await cochair.sees("EM-1", GROUP))["text"]
    assert "not blocked any more" in (await cochair.types("/action unblock EM-1")).text
    assert "EM-1 is not blocked" in (await cochair.types("/action unblock EM-1")).text


async def test_give_hands_over_and_the_new_owner_is_to_be_asked(stage: Stage) -> None:
    await _added(stage)
    chair = stage.person("models-chair")
    answer = await chair.types("/action give EM-1 to @coordinator")
    assert answer.text.startswith("EM-1 is now with @coordinator: Table of features")
    assert "Not confirmed yet: @coordinator will be asked." in answer.text
    both = await chair.types("/action give EM-1 @models-chair and @models-cochair")
    assert "with @models-chair and @models-cochair" in both.text
    await chair.sees("for @models-chair and @models-cochair", GROUP)
    assert "Who will do it?" in (await chair.types("/action give EM-1")).text


async def test_accept_is_the_owners_alone(stage: Stage) -> None:
    await _added(stage)
    chair, cochair = stage.person("models-chair"), stage.person("models-cochair")
    refused = await chair.types("/action accept EM-1")
    assert refused.text.startswith("Only @models-cochair can do this.")
    assert (await cochair.types("/action accept EM-1")).text.startswith("You have accepted EM-1")
    again = await cochair.types("/action accept EM-1")
    assert again.text.startswith("You have accepted EM-1 already")
    assert "not confirmed" not in (await chair.sees("Action EM-1", GROUP))["text"]


async def test_edit_changes_the_text_and_note_adds_a_comment(stage: Stage) -> None:
    await _added(stage)
    chair = stage.person("models-chair")
    assert (await chair.types("/action edit EM-1 Table of 12 features")).text.startswith(
        "EM-1 now reads: Table of 12 features"
    )
    noted = await chair.types("/action note EM-1 see https://example.org/draft")
    assert noted.text.startswith("Noted on EM-1: see https://example.org/draft")
    full = await chair.types("/action EM-1")
    assert "1 note" in str(full.blocks)
    await chair.sees("Table of 12 features", GROUP)


async def test_history_tells_every_change_with_who_and_when(stage: Stage) -> None:
    await _added(stage)
    chair, cochair = stage.person("models-chair"), stage.person("models-cochair")
    await cochair.types("/action accept EM-1")
    await cochair.types("/action move EM-1 4 Dec because the scans are late")
    await chair.types("/action done EM-1 sent")
    told = (await chair.types("/action history EM-1")).text
    assert "4 changes" in told
    for change in (
        "@models-chair added it",
        "@models-cochair accepted it",
        "@models-cochair moved it from Fri 27 Nov 2026 to Fri 4 Dec 2026 because the scans",
        "@models-chair closed it: sent",
    ):
        assert f"Sun 22 Nov 2026 {change}" in told
    await chair.sees("Action EM-1", GROUP)


async def test_several_ids_are_answered_each_for_itself_and_one_refusal_stops_no_other(
    stage: Stage,
) -> None:
    await _added(stage, 3)
    chair = stage.person("models-chair")
    told = (await chair.types("/action done EM-1, EM-99 and em3")).text
    assert "EM-1 is done" in told
    assert "I know no EM-99." in told
    assert "EM-3 is done" in told
    moved = (await chair.types("/action move EM-1 EM-2 4 Dec")).text
    assert "EM-1 is already done by @models-chair" in moved
    assert "EM-2 is now due Fri 4 Dec 2026" in moved
    given = await chair.types("/action give EM-2 EM-1 @models-chair")
    assert "EM-2 is now with @models-chair" in given.text
    dropped = await chair.types("/action drop EM-2 EM-3 no longer needed")
    assert "EM-2 will not be done" in dropped.text
    assert "EM-3 is already done" in dropped.text
    assert "Undo" in dropped.buttons


async def test_the_id_may_come_before_the_word(stage: Stage) -> None:
    await _added(stage)
    chair = stage.person("models-chair")
    assert "EM-1 is done" in (await chair.types("/wg EM-1 done")).text


async def test_an_action_may_wait_for_others(stage: Stage) -> None:
    await _added(stage)
    chair = stage.person("models-chair")
    answer = await chair.types("/action add Write it up by 4 Dec needs EM-1", GROUP)
    assert "EM-2 added" in answer.text
    await chair.sees("Action EM-2", GROUP)
    told = str((await chair.types("/action EM-2")).blocks)
    assert "EM-1 (open, due Fri 27 Nov 2026)" in told
    refused = await chair.types("/action add Print it needs EM-77", GROUP)
    assert "I know no EM-77." in refused.text
