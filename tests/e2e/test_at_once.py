"""Two at once, twice the same, and what Slack delivers again: one effect, an honest answer."""

import asyncio

from tests.e2e.stage import Stage

GROUP = "#wg-models"


async def _added(stage: Stage) -> None:
    chair = stage.person("models-chair")
    await chair.types("/action add Table of features @models-cochair by 4 Dec", GROUP)
    await chair.sees("Action EM-1", GROUP)


def _closings(stage: Stage) -> int:
    return int(stage.select("SELECT count(*) FROM history WHERE verb = 'done'")[0][0])


async def test_two_people_close_the_same_action_at_once(stage: Stage) -> None:
    await _added(stage)
    people = [stage.person(h) for h in ("models-chair", "models-cochair", "coordinator")]
    answers = await asyncio.gather(*(p.types("/action done EM-1") for p in people))
    texts = sorted(answer.text for answer in answers)
    assert sum(text.startswith("EM-1 is done") for text in texts) == 1
    assert sum(text.startswith("EM-1 is already done by @") for text in texts) == 2
    assert _closings(stage) == 1


async def test_two_people_press_the_same_button_at_once(stage: Stage) -> None:
    await _added(stage)
    chair, cochair = stage.person("models-chair"), stage.person("models-cochair")
    card = await chair.sees("Action EM-1", GROUP)
    await asyncio.gather(chair.presses(card, "Mark done"), cochair.presses(card, "Mark done"))
    told = [(await p.sees("EM-1 is", GROUP))["text"] for p in (chair, cochair)]
    assert sum("EM-1 is done" in text for text in told) == 1
    assert sum("EM-1 is already done by" in text for text in told) == 1
    assert _closings(stage) == 1


async def test_a_double_click_closes_once(stage: Stage) -> None:
    await _added(stage)
    chair = stage.person("models-chair")
    card = await chair.sees("Action EM-1", GROUP)
    await asyncio.gather(chair.presses(card, "Mark done"), chair.presses(card, "Mark done"))
    await chair.sees("EM-1 is", GROUP)
    assert _closings(stage) == 1


async def test_every_kind_of_envelope_delivered_twice_has_one_effect(stage: Stage) -> None:
    chair = stage.person("models-chair")
    await stage.faults({"kind": "duplicate_envelope"})
    answer = await chair.types("/action add Table of features by 4 Dec", GROUP)
    assert "EM-1 added" in answer.text
    card = await chair.sees("Action EM-1", GROUP)
    ts = await chair.says("@concerted add Another by 4 Dec", GROUP)
    await chair.sees("Recorded as EM-2", GROUP, thread=ts)
    await chair.sees("Action EM-2", GROUP)
    await chair.presses(card, "Mark done")
    await chair.sees("EM-1 is done", GROUP)
    await chair.says("ACTION: A third by 4 Dec", GROUP)
    await chair.sees("Action EM-3", GROUP)
    await stage.post("shortcut", user=chair.handle, callback_id="item.new")
    await chair.fills(await chair.form(), text="A fourth")
    await chair.sees("EM-4 added")
    await chair.sees("Action EM-4", GROUP)
    await stage.faults()
    assert len((await stage.kept())["items"]) == 4
    assert _closings(stage) == 1
    assert await chair.forms_open() == 0
    stage.excused |= {"ignored", "exchanged_trigger_id", "expired_trigger_id"}
    thread = await chair.reads(GROUP, thread=ts)
    assert len(thread) == 1
    stage.overlook()


async def test_an_event_whose_ack_was_lost_comes_again_and_changes_nothing(stage: Stage) -> None:
    chair = stage.person("models-chair")
    stage.excused |= {"operation_timeout", "dispatch_failed"}
    ts = await chair.says("@concerted add Table of features by 4 Dec", GROUP)
    await chair.sees("Recorded as EM-1", GROUP, thread=ts)
    await chair.sees("Action EM-1", GROUP)
    for entry in await stage.traffic("events_api", "to_bot"):
        if entry["payload"]["event"].get("ts") == ts:
            sockets = stage.sandbox._desk.sockets
            again = await sockets.deliver("events_api", entry["payload"], (1, "timeout"))
            assert again.acked
    await stage.bot.settled()
    assert len((await stage.kept())["items"]) == 1
    assert len(await chair.reads(GROUP, thread=ts)) == 1


async def test_a_form_sent_twice_makes_one_action(stage: Stage) -> None:
    chair = stage.person("models-chair")
    await stage.post("shortcut", user=chair.handle, callback_id="item.new")
    form = await chair.form()
    await asyncio.gather(
        chair.fills(form, text="Table of features"), chair.fills(form, text="Table of features")
    )
    await chair.sees("EM-1 added")
    await chair.sees("Action EM-1", GROUP)
    assert len((await stage.kept())["items"]) == 1
