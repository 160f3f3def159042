"""What people may not do or see is refused to them alone, and names who can help."""

from typing import Any

import pytest
import structlog

from bot.sandbox import payloads
from bot.views.carried import value
from tests.e2e.stage import Stage

MODELS, TRIALS = "#wg-models", "#wg-trials"


async def test_what_is_said_in_another_groups_channel_is_answered_in_private(stage: Stage) -> None:
    boss, other = stage.person("coordinator"), stage.person("trials-chair")
    await stage.person("models-chair").types("/action add Draft the table by 4 Dec", MODELS)
    await boss.sees("Action EM-1", MODELS)
    await boss.says("@concerted done EM-1", TRIALS)
    await boss.sees("EM-1 is done")
    await boss.says("ACTION: Plan the audit for models", TRIALS)
    await boss.sees("EM-2")
    await boss.sees("Action EM-2", MODELS)
    await stage.bot.settled()
    assert [m["text"] for m in await other.reads(TRIALS) if "EM-" in m["text"]] == []


async def test_a_chair_elsewhere_and_a_member_hear_whom_to_ask(stage: Stage) -> None:
    kept = await stage.kept()
    told = await stage.person("trials-chair").types("/wg role @models-cochair chair in models")
    assert told.text.startswith("Only @models-chair can do this. Please ask them.")
    told = await stage.person("models-cochair").types("/wg remove @models-chair from models")
    assert told.text.startswith("Only @models-chair can do this. Please ask them.")
    told = await stage.person("models-cochair").types("/wg group close models")
    assert "@coordinator" in told.text
    assert "can do this. Please ask them." in told.text
    told = await stage.person("models-cochair").types("/wg help setup")
    assert "For coordinators: ask @coordinator and @deputy-coordinator." in told.text
    guess = await stage.person("models-cochair").types("/wg setpu")
    assert "setup" not in guess.buttons
    assert await stage.kept() == kept


async def test_no_role_is_given_to_bots_strangers_or_who_has_left(stage: Stage) -> None:
    stage.excused.add("user_not_found")
    chair = stage.person("models-chair")
    await stage.post("world", user="symptoms-cochair", deactivated=True)
    await chair.types("/meeting plan Models call 4 Dec 15:00 in London with models")
    await stage.person("targets-chair").types("/meeting plan Targets call 3 Dec 15:00 in London")
    kept = await stage.kept()
    told = await chair.types("/wg role <@U999ZZZ9> member in models")
    assert told.text.startswith("I can't find \"")
    told = await chair.types("/wg role @concerted member in models")
    assert "is a bot" in told.text or "can't find" in told.text
    told = await chair.types("/wg role @symptoms-cochair member in models")
    assert told.text.startswith("@symptoms-cochair has left.")
    told = await chair.types("/wg role @symptoms-cochair guest at MT-31")
    assert told.text.startswith("@symptoms-cochair has left.")
    told = await chair.types("/wg role @models-cochair guest in trials")
    assert told.text.startswith("A guest is invited to one meeting")
    told = await chair.types("/wg role @trials-chair guest at MT-32")
    assert told.text.startswith("That is for the people of Targets. You can ask @targets-chair.")
    told = await chair.types("/wg role @models-chair member in models")
    assert told.text.startswith("@models-chair is the only chair of Models.")
    assert await stage.kept() == kept


@pytest.mark.parametrize(("forged", "code"), [("EM-1", "not-allowed"), ("EM-999", "no-such-id")])
async def test_a_forged_press_is_refused_and_logged_without_words(
    stage: Stage, forged: str, code: str
) -> None:
    await stage.person("models-chair").types("/action add Secret thing by 4 Dec", MODELS)
    other = stage.person("trials-chair")
    await other.types("/action add Draft it by 4 Dec", TRIALS)
    card = await other.sees("Action PC-1", TRIALS)
    items = (await stage.kept())["items"]
    with structlog.testing.capture_logs() as logs:
        await presses(stage, card, "trials-chair", value(forged, 1))
    assert (await stage.kept())["items"] == items
    refused = [entry for entry in logs if entry["event"] == "request.refused"]
    assert [entry["code"] for entry in refused] == [code]
    assert [entry.get("op") for entry in refused] == ["change item" if forged == "EM-1" else None]
    assert "Secret" not in str(logs)
    stage.overlook()


async def presses(stage: Stage, card: dict[str, Any], handle: str, carried: str) -> None:
    """A button of the card, with what it carries replaced on the way."""
    desk = stage.sandbox._desk
    user = stage.demo.person_id(handle)
    channel = desk.workspace.channels[str(card["channel"])]
    message = desk.workspace.messages[channel["id"]][str(card["ts"])]
    action = {
        "type": "button",
        "action_id": "item.done",
        "block_id": "forged",
        "action_ts": desk.workspace.next_ts(),
        "value": carried,
    }
    payload = payloads.message_action(desk, user, channel, message, action, {})
    assert (await desk.sockets.deliver("interactive", payload)).acked
    await stage.bot.settled()
