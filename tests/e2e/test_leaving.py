"""Somebody goes: their promises find new owners, and they never hear of it again."""

from typing import Any

from tests.e2e.actors import Actor, buttons, initial, plain
from tests.e2e.stage import Stage

GROUP = "#wg-models"
MONDAY = "2026-11-23T08:01:00+00:00"


async def _promises(stage: Stage, number: int) -> Actor:
    """The co-chair of Models owns some actions; the chair gave and sees them."""
    chair = stage.person("models-chair")
    for count in range(1, number + 1):
        await chair.types(f"/action add Table {count} @models-cochair by 4 Dec", GROUP)
        await chair.sees(f"Action EM-{count}", GROUP)
    return chair


async def _left(stage: Stage, user: str) -> set[str]:
    """All that stands in the person's direct messages."""
    return {str(m["ts"]) for m in await stage.person(user).reads()}


async def _picked(form: dict[str, Any]) -> dict[str, Any]:
    names = [b["block_id"] for b in form["blocks"] if b["block_id"].startswith("give#")]
    return {name: initial(form, name) for name in names}


async def test_the_chair_hands_over_by_form_and_the_leaver_is_never_written_to(
    stage: Stage,
) -> None:
    chair = await _promises(stage, 2)
    before = await _left(stage, "models-cochair")
    await stage.post("world", user="models-cochair", deactivated=True)
    assert "needs an owner" in plain(await chair.sees("Action EM-1", GROUP)).lower()
    await stage.advance(MONDAY)
    told = await chair.sees("2 open actions need an owner")
    assert "the co-chair's role is free" in told["text"]
    assert buttons(told) == ["Hand over", "Details"]
    await chair.presses(told, "Details")
    await chair.sees("EM-2, Table 2, due Fri 4 Dec 2026")
    await chair.presses(told, "Hand over")
    form = await chair.form()
    assert set(await _picked(form)) == {"give#EM-1", "give#EM-2"}
    every = next(block for block in form["blocks"] if block["block_id"] == "owner")
    options = every["element"]["options"]
    found = [option["value"] for option in options if "coordinator" in str(option["text"])]
    await chair.fills(form, owner=found[0])
    look = await chair.form()
    assert "EM-1 to @coordinator, who is asked" in plain(look)
    assert "Nothing is changed yet" in plain(look)
    assert "needs an owner" in plain(await chair.sees("Action EM-1", GROUP)).lower()
    await chair.fills(look)
    await chair.sees("Handed over: EM-1 to @coordinator, who is asked")
    assert "for @coordinator" in (await chair.sees("Action EM-2", GROUP))["text"]
    assert await chair.forms_open() == 0
    await stage.advance("P7D")
    await stage.person("coordinator").sees("EM-1")
    for reader in (chair, stage.person("coordinator")):
        stage.seen |= {(str(m["channel"]), str(m["ts"])) for m in await reader.reads()}
    assert await _left(stage, "models-cochair") == before


async def test_who_left_by_accident_is_given_everything_back(stage: Stage) -> None:
    chair = await _promises(stage, 1)
    groups = ["#wg-all"]
    await stage.post("world", user="models-cochair", member_of=groups)
    await stage.advance(MONDAY)
    told = await chair.sees("has left Models")
    await stage.post("world", user="models-cochair", member_of=[*groups, GROUP])
    again = await chair.sees("is back in Models")
    assert again["ts"] == told["ts"]
    await chair.presses(again, "Give everything back")
    await chair.sees("EM-1 is theirs again")
    assert "for @models-cochair" in (await chair.sees("Action EM-1", GROUP))["text"]
    assert buttons(await chair.sees("nothing is left to do here")) == []
    assert (await chair.types("/wg handover")).text == "Nothing waits to be handed over."


async def test_words_try_it_out_and_do_it_in_one_go(stage: Stage) -> None:
    chair = await _promises(stage, 2)
    await stage.post("world", user="models-cochair", member_of=["#wg-all"])
    look = await chair.types("/wg handover @models-cochair to @models-chair dry run", GROUP)
    assert look.text.startswith("This will: EM-1 to @models-chair; EM-2 to @models-chair.")
    assert "needs an owner" in plain(await chair.sees("Action EM-1", GROUP)).lower()
    done = await chair.types("/wg handover @models-cochair to @models-chair", GROUP)
    assert done.text == "Handed over: EM-1 to @models-chair; EM-2 to @models-chair."
    assert "for @models-chair" in (await chair.sees("Action EM-2", GROUP))["text"]
    undone = await chair.types("/wg undo", GROUP)
    assert "EM-1" in undone.text
    assert "EM-2" in undone.text
    refused = await stage.person("targets-chair").types("/wg handover in models")
    assert "@models-chair" in refused.text
