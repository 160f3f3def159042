"""The way on after a refusal carries what was typed: nothing typed is lost."""

from tests.e2e.actors import initial
from tests.e2e.stage import Stage

GROUP = "#wg-models"


async def test_an_ambiguous_date_is_chosen_by_button(stage: Stage) -> None:
    chair = stage.person("models-chair")
    answer = await chair.types("/action add Draft it @models-cochair by 12/11/2027", GROUP)
    await chair.presses(answer.message, "Fri 12 Nov 2027")
    told = await chair.sees("EM-1 added for @models-cochair: Draft it", GROUP)
    assert "due Fri 12 Nov 2027" in told["text"]
    assert told["ts"] == answer.message["ts"]
    await chair.sees("Action EM-1", GROUP)


async def test_an_unreadable_date_is_picked_from_a_calendar(stage: Stage) -> None:
    chair = stage.person("models-chair")
    await chair.types("/action add Draft it", GROUP)
    await chair.sees("Action EM-1", GROUP)
    answer = await chair.types("/action move EM-1 when it suits because of the scans", GROUP)
    assert "couldn't read" in answer.text
    await chair.picks_day(answer.message, "2026-12-11")
    await chair.sees("EM-1 is now due Fri 11 Dec 2026", GROUP)


async def test_a_past_date_is_replaced(stage: Stage) -> None:
    chair = stage.person("models-chair")
    answer = await chair.types("/action add Draft it by 1 Nov 2026", GROUP)
    await chair.picks_day(answer.message, "2026-12-11")
    told = await chair.sees("EM-1 added", GROUP)
    assert "Draft it, due Fri 11 Dec 2026" in told["text"]
    await chair.sees("Action EM-1", GROUP)


async def test_an_unknown_person_is_picked_from_the_groups_people(stage: Stage) -> None:
    chair = stage.person("models-chair")
    answer = await chair.types("/action add Draft it @nobody by 4 Dec", GROUP)
    await chair.chooses(answer.message, "Models co-chair (Calgary) (@models-cochair)")
    told = await chair.sees("EM-1 added for @models-cochair: Draft it", GROUP)
    assert "due Fri 4 Dec 2026" in told["text"]
    await chair.sees("Action EM-1", GROUP)


async def test_someone_outside_the_group_is_replaced(stage: Stage) -> None:
    chair = stage.person("models-chair")
    answer = await chair.types("/action add Draft it @targets-chair by 4 Dec", GROUP)
    await chair.chooses(answer.message, "Models co-chair (Calgary) (@models-cochair)")
    await chair.sees("EM-1 added for @models-cochair: Draft it, due Fri 4 Dec 2026", GROUP)
    await chair.sees("Action EM-1", GROUP)


async def test_of_several_people_of_one_name_one_is_picked(stage: Stage) -> None:
    chair = stage.person("models-chair")
    answer = await chair.types("/action add Draft it @chair by 4 Dec", GROUP)
    assert answer.text.startswith('"@chair" could be Models chair (Amsterdam) (@models-chair) or')
    await chair.chooses(answer.message, "Models chair (Amsterdam) (@models-chair)")
    await chair.sees("EM-1 added for @models-chair: Draft it, due Fri 4 Dec 2026", GROUP)
    await chair.sees("Action EM-1", GROUP)


async def test_a_group_is_chosen_by_button_where_none_is_meant(stage: Stage) -> None:
    member = stage.person("symptoms-cochair")
    answer = await member.types("/action add Draft it by 4 Dec")
    assert answer.text.startswith("Which group is this for?")
    assert list(answer.buttons) == ["Outcomes", "Symptoms"]
    await member.presses(answer.message, "Outcomes")
    await member.sees("OM-1 added for @symptoms-cochair: Draft it, due Fri 4 Dec 2026")
    await member.sees("Action OM-1", "#wg-outcomes")


async def test_a_text_too_long_goes_into_the_form_with_nothing_lost(stage: Stage) -> None:
    chair = stage.person("models-chair")
    long = "Draft the table of features. " * 20
    answer = await chair.types(f"/action add {long}", GROUP)
    assert "300 fit" in answer.text
    await chair.presses(answer.message, "Open the form")
    form = await chair.form()
    assert long.strip() in initial(form, "note")


async def test_a_form_keeps_what_was_typed_when_a_field_is_wrong(stage: Stage) -> None:
    chair = stage.person("models-chair")
    await chair.types("/action add", GROUP)
    form = await chair.form()
    kept = await stage.kept()
    told = await chair.fills(form, text="Draft it", due="2026-11-01", note="see the drive")
    assert told["response_action"] == "errors"
    assert told["errors"]["due"].startswith("Sun 1 Nov 2026 has passed.")
    assert await stage.kept() == kept
    again = await chair.form()
    assert again["id"] == form["id"]
    told = await chair.fills(again, due="2026-12-04", needs="EM-99")
    assert told["errors"] == {"needs": "I know no EM-99."}
    told = await chair.fills(await chair.form(), needs="nothing yet")
    assert told["errors"]["needs"].startswith("Which one?")
    told = await chair.fills(await chair.form(), needs="")
    assert told["response_action"] is None
    added = await chair.sees("EM-1 added", GROUP)
    assert "Draft it, due Fri 4 Dec 2026" in added["text"]
    assert "see the drive" in str((await chair.types("/action EM-1")).blocks)
    await chair.sees("Action EM-1", GROUP)


async def test_a_form_about_an_action_closed_meanwhile_says_so_and_stays(stage: Stage) -> None:
    chair, boss = stage.person("models-chair"), stage.person("coordinator")
    await chair.types("/action add Draft it", GROUP)
    card = await chair.sees("Action EM-1", GROUP)
    await chair.presses(card, "Need more time")
    form = await chair.form()
    await boss.types("/action done EM-1")
    told = await chair.fills(form, due="2026-12-11", reason="scans are late")
    assert told["response_action"] == "errors"
    assert any("EM-1 is already done by @coordinator" in e for e in told["errors"].values())


async def test_a_text_edited_by_two_is_not_overwritten(stage: Stage) -> None:
    chair, boss = stage.person("models-chair"), stage.person("coordinator")
    await chair.types("/action add Draft it", GROUP)
    await chair.chooses(await chair.sees("Action EM-1", GROUP), "Edit")
    form = await chair.form()
    await boss.types("/action edit EM-1 Draft the table")
    told = await chair.fills(form, text="Draft it twice")
    assert "EM-1 changed meanwhile" in told["errors"]["text"]
    assert "Draft the table" in told["errors"]["text"]
