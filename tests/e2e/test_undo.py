"""Taking back one's own last change: by button, by word, in time, and not over others."""

from tests.e2e.stage import Stage

GROUP = "#wg-models"


async def test_undo_takes_back_the_adding(stage: Stage) -> None:
    chair = stage.person("models-chair")
    answer = await chair.types("/action add Table of features by 4 Dec", GROUP)
    await chair.presses(answer.message, "Undo")
    told = await chair.sees("Taken back: EM-1 was not added: Table of features.", GROUP)
    assert told["ts"] == answer.message["ts"]
    assert (await chair.sees("EM-1", GROUP))["text"] is not None
    gone = await chair.types("/action EM-1")
    assert gone.text.startswith("EM-1 no longer exists: it was taken back.")
    again = await chair.types("/action add Another one by 4 Dec", GROUP)
    assert "EM-2 added" in again.text
    await chair.sees("Action EM-2", GROUP)


async def test_undo_takes_back_each_change_and_says_what(stage: Stage) -> None:
    chair = stage.person("models-chair")
    await chair.types("/action add Table of features by 4 Dec", GROUP)
    for line, said in (
        ("done EM-1", "closing of EM-1"),
        ("move EM-1 11 Dec because of the scans", "the new date of EM-1"),
        ("edit EM-1 Another table", "the new text of EM-1"),
        ("give EM-1 @models-cochair", "the handing over of EM-1"),
        ("block EM-1 no scans", "blocking of EM-1"),
        ("drop EM-1 not needed", "dropping of EM-1"),
    ):
        await chair.types(f"/action {line}")
        told = (await chair.types("/wg undo")).text
        assert told.startswith(f"Taken back: {said}. It is open again"), line
        assert "for @models-chair: Table of features, due Fri 4 Dec 2026" in told
    card = await chair.sees("Action EM-1", GROUP)
    assert card["text"] == (
        "Action EM-1 for @models-chair: Table of features, due Fri 4 Dec 2026, in Models, open."
    )


async def test_undo_of_several_takes_them_all_back(stage: Stage) -> None:
    chair = stage.person("models-chair")
    for _ in range(2):
        await chair.types("/action add Table of features by 4 Dec", GROUP)
    answer = await chair.types("/action done EM-1 EM-2")
    await chair.presses(answer.message, "Undo")
    told = (await chair.sees("Taken back"))["text"]
    assert "EM-1" in told
    assert "EM-2" in told
    for ref in ("EM-1", "EM-2"):
        assert "open." in (await chair.sees(f"Action {ref}", GROUP))["text"]


async def test_a_second_undo_takes_back_the_change_before(stage: Stage) -> None:
    chair = stage.person("models-chair")
    await chair.types("/action add Table of features by 4 Dec", GROUP)
    await chair.types("/action done EM-1")
    await chair.types("/wg undo")
    assert "EM-1 was not added" in (await chair.types("/wg undo")).text
    refused = await chair.types("/wg undo")
    assert refused.text.startswith("There is nothing of yours to take back")
    await chair.sees("EM-1", GROUP)


async def test_after_ten_minutes_it_is_too_late_by_word_and_by_button(stage: Stage) -> None:
    chair = stage.person("models-chair")
    await chair.types("/action add Table of features by 4 Dec", GROUP)
    await chair.sees("Action EM-1", GROUP)
    answer = await chair.types("/action done EM-1")
    await stage.advance("PT9M")
    kept = await stage.kept()
    await stage.advance("PT2M")
    assert "nothing of yours to take back" in (await chair.types("/wg undo")).text
    await chair.presses(answer.message, "Undo")
    await chair.sees("nothing of yours to take back from the last ten minutes")
    assert await stage.kept() == kept


async def test_what_somebody_else_changed_since_is_left_alone_and_shown(stage: Stage) -> None:
    chair, boss = stage.person("models-chair"), stage.person("coordinator")
    await chair.types("/action add Table of features by 4 Dec", GROUP)
    answer = await chair.types("/action move EM-1 11 Dec")
    await boss.types("/action edit EM-1 Table of twelve features")
    kept = await stage.kept()
    refused = await chair.types("/wg undo")
    assert refused.text.startswith("EM-1 changed meanwhile, so I left it alone.")
    assert "Table of twelve features" in refused.text
    assert "Open" in refused.buttons
    await chair.presses(answer.message, "Undo")
    await chair.sees("EM-1 changed meanwhile")
    assert await stage.kept() == kept
    await chair.sees("Action EM-1", GROUP)


async def test_nobody_takes_back_what_another_did(stage: Stage) -> None:
    chair, boss = stage.person("models-chair"), stage.person("coordinator")
    await chair.types("/action add Table of features by 4 Dec", GROUP)
    kept = await stage.kept()
    assert "nothing of yours" in (await boss.types("/wg undo")).text
    assert await stage.kept() == kept
    await chair.sees("Action EM-1", GROUP)
