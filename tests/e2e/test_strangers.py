"""People from another workspace, people who left, and people without any group."""

from tests.e2e.actors import buttons
from tests.e2e.stage import Stage


async def test_an_external_member_has_mentions_direct_messages_and_buttons(demo: Stage) -> None:
    guest = demo.person("industry-observer")
    await demo.post(
        "command", 409, user=guest.handle, channel="#wg-targets", command="/action", text="list"
    )
    ts = await guest.says("@concerted add Ask the company by 4 Dec", "#wg-targets")
    await guest.sees("Recorded as TR-4", "#wg-targets", thread=ts)
    await guest.sees("Action TR-4", "#wg-targets")
    await guest.says("mine")
    mine = await guest.sees("Your open actions")
    assert "TR-3" in mine["text"]
    assert "TR-4" in mine["text"]
    await guest.says("done TR-4 they said yes")
    await guest.sees("TR-4 is done")
    card = await guest.sees("Action TR-3", "#wg-targets")
    await guest.presses(card, "Not blocked any more")
    await guest.sees("TR-3 is not blocked any more", "#wg-targets")
    await guest.says("EM-2")
    assert "ask @models-chair" in (await guest.sees("That is for the people of Models"))["text"]


async def test_who_has_left_gets_nothing_new_and_hears_nothing(stage: Stage) -> None:
    chair = stage.person("models-chair")
    await chair.types("/action add Draft it @models-cochair by 4 Dec", "#wg-models")
    await chair.sees("Action EM-1", "#wg-models")
    await stage.post("world", user="models-cochair", deactivated=True)
    kept = await stage.kept()
    refused = await chair.types("/action add Another @models-cochair", "#wg-models")
    assert refused.text.startswith("@models-cochair has left. Please pick someone else.")
    refused = await chair.types("/action give EM-1 @models-cochair")
    assert "@models-cochair has left." in refused.text
    assert await stage.kept() == kept
    assert [e for e in await stage.advance("P3D") if e["kind"] in ("ask", "remind")] == []
    await chair.types("/action give EM-1 @models-chair")
    await chair.sees("Action EM-1 for @models-chair", "#wg-models")
    stage.overlook()


async def test_who_is_in_no_group_is_told_whom_to_ask(stage: Stage) -> None:
    await stage.post("world", user="newcomer", new={"name": "Newcomer", "zone": "Asia/Tokyo"})
    new = stage.person("newcomer")
    kept = await stage.kept()
    refused = await new.types("/action add Draft it by 4 Dec")
    assert refused.text.startswith("You are not in a working group yet. Ask a coordinator")
    await new.sees("Hello, I am Concerted.")
    assert await stage.kept() == kept
    refused = await new.types("/action done EM-1")
    assert "I know no EM-1." in refused.text
    assert (await new.types("/wg mine")).text.startswith("Nothing on your list.")


async def test_who_speaks_in_a_groups_channel_belongs_to_it(stage: Stage) -> None:
    await stage.post(
        "world",
        user="newcomer",
        new={"name": "Newcomer", "zone": "Asia/Tokyo"},
        member_of=["#wg-models"],
    )
    new = stage.person("newcomer")
    answer = await new.types("/action add Draft it by 4 Dec", "#wg-models")
    assert "EM-1 added for @newcomer" in answer.text
    await new.sees("Action EM-1", "#wg-models")
    await new.sees("Hello, I am Concerted.")


async def test_slack_itself_refuses_a_command_in_a_thread_and_the_mention_is_the_way(
    stage: Stage,
) -> None:
    chair = stage.person("models-chair")
    parent = await chair.says("What is next?", "#wg-models")
    place = {"user": chair.handle, "channel": "#wg-models", "thread_ts": parent}
    refused = await stage.post("command", 409, command="/action", text="add Draft it", **place)
    assert refused["error"] == "not_available"
    assert (await stage.kept())["items"] == []
    await chair.says("@concerted add Draft it", "#wg-models", thread=parent)
    receipt = await chair.sees("Recorded as EM-1", "#wg-models", thread=parent)
    assert "Undo" in buttons(receipt)
    await chair.sees("Action EM-1", "#wg-models")


async def test_what_was_said_aloud_is_undone_only_by_who_said_it(stage: Stage) -> None:
    chair, boss = stage.person("models-chair"), stage.person("coordinator")
    ts = await chair.says("@concerted add Draft it", "#wg-models")
    receipt = await chair.sees("Recorded as EM-1", "#wg-models", thread=ts)
    await chair.sees("Action EM-1", "#wg-models")
    kept = await stage.kept()
    await boss.presses(receipt, "Undo")
    await boss.sees("nothing of yours to take back", "#wg-models", thread=ts)
    assert await stage.kept() == kept
    await chair.presses(receipt, "Undo")
    await chair.sees("Taken back: EM-1 was not added", "#wg-models", thread=ts)
