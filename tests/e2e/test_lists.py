"""Lists, one's own actions and help, over the demo's actions; all for one person's eyes."""

import pytest

from tests.e2e.actors import buttons, plain
from tests.e2e.stage import Stage


async def test_each_filter_lists_its_actions_overdue_first(demo: Stage) -> None:
    boss = demo.person("coordinator")
    for words, refs in (
        ("list overdue", ["SR-1", "PC-2", "EM-2"]),
        ("list", ["SR-1", "PC-2", "EM-2", "TR-2", "TR-3", "OM-2", "EM-3"]),
        ("list blocked", ["TR-3"]),
        ("list unowned", ["PC-3"]),
        ("list done models", ["EM-1"]),
        ("list all trials", ["PC-2", "PC-3", "PC-1"]),
        ("list @trials-chair", ["PC-2"]),
        ("list mine", []),
        ("list open outcomes", ["OM-2", "OM-3"]),
    ):
        answer = await boss.types(f"/action {words}")
        shown = [b["block_id"].removeprefix("row:") for b in answer.blocks]
        rows = [ref for ref in shown if ref in _refs()]
        assert rows[: len(refs)] == refs, words
        assert bool(rows) == bool(refs), words


async def test_in_a_groups_channel_the_list_is_that_groups(demo: Stage) -> None:
    answer = await demo.person("models-chair").types("/action list", "#wg-models")
    assert answer.text.startswith("Models: open actions: 2 actions, 1 overdue.")
    assert "EM-2" in answer.text
    assert "TR-2" not in answer.text


async def test_a_list_shows_nobody_what_is_not_theirs(demo: Stage) -> None:
    chair = demo.person("models-chair")
    everything = (await chair.types("/action list all")).text
    assert "EM-1" in everything
    assert "TR-1" not in everything
    assert "That is for the people of Targets" in (await chair.types("/action list targets")).text


async def test_mine_over_all_groups_late_ones_first_with_how_often_they_were_moved(
    demo: Stage,
) -> None:
    cochair = demo.person("symptoms-cochair")
    told = (await cochair.types("/wg mine", "#wg-outcomes")).text
    assert told.startswith("Your open actions: 2 actions.")
    assert "OM-2" in told
    assert "Mon 30 Nov 2026" in told
    assert told.index("OM-2") < told.index("SR-3")
    late = (await demo.person("trials-chair").types("/wg mine")).text
    assert "4 days late" in late
    assert "moved 2 times" in late
    await cochair.says("mine")
    await cochair.sees("Your open actions")
    ts = await cochair.says("@concerted mine", "#wg-outcomes")
    await cochair.sees("Your open actions")
    assert await cochair.reads("#wg-outcomes", thread=ts) == []


async def test_an_empty_list_says_so_and_offers_a_new_action(stage: Stage) -> None:
    answer = await stage.person("models-chair").types("/wg mine")
    assert answer.text.startswith("Nothing on your list. 🎉 Enjoy the quiet.")
    assert "New action" in answer.buttons


async def test_a_row_of_a_list_can_be_acted_on(demo: Stage) -> None:
    chair = demo.person("models-chair")
    answer = await chair.types("/action list", "#wg-models")
    await chair.chooses(answer.message, "Mark done")
    assert (await chair.sees("is done", "#wg-models"))["text"].startswith("EM-2 is done")


async def test_a_list_shows_another_filter_in_its_place(demo: Stage) -> None:
    chair = demo.person("models-chair")
    answer = await chair.types("/action list", "#wg-models")
    await chair.chooses(answer.message, "Done")
    changed = await chair.sees("Models: done actions", "#wg-models")
    assert changed["ts"] == answer.message["ts"]
    assert "EM-1" in changed["text"]


async def test_help_tells_members_and_coordinators_their_own_words(stage: Stage) -> None:
    member = plain((await stage.person("partner").types("/wg help")).message)
    boss = plain((await stage.person("coordinator").types("/wg")).message)
    for word in ("action add", "action list", "mine", "undo", "help"):
        assert word in member
    assert "setup" in boss
    assert "setup" not in member
    assert "Please, no patient data." in member


async def test_help_on_one_word_tells_that_word(stage: Stage) -> None:
    told = (await stage.person("partner").types("/wg help move")).text
    assert "because" in told
    assert "action add" not in told


@pytest.mark.parametrize(
    ("typed", "near"), [("mvoe EM-2 4 Dec", "move"), ("hsitory EM-2", "history"), ("mien", "mine")]
)
async def test_an_unknown_word_gets_the_nearest_and_a_button_that_carries_on(
    demo: Stage, typed: str, near: str
) -> None:
    chair = demo.person("models-chair")
    answer = await chair.types(f"/wg {typed}")
    assert f'I don\'t know "{typed.split()[0]}". Did you mean {near}' in answer.text
    assert buttons(answer.message)[0] == near
    await chair.presses(answer.message, near)
    carried_on = {"move": "EM-2 is now due", "history": "History of EM-2", "mine": "Your open"}
    await chair.sees(carried_on[near])


def _refs() -> frozenset[str]:
    groups = ("EM", "TR", "PC", "OM", "SR")
    return frozenset(f"{prefix}-{number}" for prefix in groups for number in range(1, 4))
