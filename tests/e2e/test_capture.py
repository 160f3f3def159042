"""Lines in a channel that become actions, and the same message never makes two."""

from tests.e2e.stage import Stage

GROUP = "#wg-targets"


async def test_a_capture_line_becomes_an_action_with_a_reaction_and_a_reply(stage: Stage) -> None:
    chair = stage.person("targets-chair")
    ts = await chair.says("ACTION: Draft the shortlist @targets-cochair by next Friday", GROUP)
    receipt = await chair.sees("Recorded as TR-1", GROUP, thread=ts)
    assert "Draft the shortlist, due Fri 27 Nov 2026" in receipt["text"]
    card = await chair.sees("Action TR-1", GROUP)
    assert "thread_ts" not in card
    await _marked(stage, ts)


async def test_each_capture_line_of_a_message_is_an_action_of_its_own(stage: Stage) -> None:
    chair = stage.person("targets-chair")
    ts = await chair.says(
        "Action: Draft the shortlist by 27 Nov\nACTION: Ask Basel @nobody-known\n"
        "action: Book the room by 30 Nov",
        GROUP,
    )
    receipt = await chair.sees("Recorded as TR-1", GROUP, thread=ts)
    assert "Recorded as TR-2" in receipt["text"]
    assert "nobody-known" not in receipt["text"]
    aside = await chair.sees("nobody-known")
    assert "can't find" in aside["text"]
    await chair.sees("Action TR-1", GROUP)
    await chair.sees("Action TR-2", GROUP)
    await _marked(stage, ts)


async def test_a_line_may_also_tell_a_deadline_of_the_channels_group(stage: Stage) -> None:
    chair = stage.person("targets-chair")
    ts = await chair.says("DEADLINE: Shared protocol approved by 4 Dec", GROUP)
    receipt = await chair.sees("Recorded as DL-1", GROUP, thread=ts)
    assert "Shared protocol approved, milestone due Fri 4 Dec 2026, in Targets" in receipt["text"]
    await _marked(stage, ts)
    both = await chair.says("Action: Draft it by 27 Nov\nDeadline: Protocol sent by 11 Dec", GROUP)
    receipt = await chair.sees("Recorded as TR-1", GROUP, thread=both)
    assert "Recorded as DL-2" in receipt["text"]
    await chair.sees("Action TR-1", GROUP)
    refused = await chair.says("DEADLINE: Protocol printed", GROUP)
    asked = await chair.sees("A date is missing")
    assert "deadline add Protocol printed for targets" in asked["text"]
    await _marked(stage, refused, "warning")
    bare = await chair.says("DEADLINE:", GROUP)
    await chair.sees("What is to be reached, and by when?")
    await _marked(stage, bare, "warning")
    await chair.says("DEADLINE: Consent of patient J.S., DOB 3/4/61, by 4 Dec", GROUP)
    await chair.sees("looks like patient information")
    assert stage.select("SELECT ref FROM deadlines") == [("DL-1",), ("DL-2",)]


async def test_a_capture_line_outside_the_groups_channels_is_left_alone(stage: Stage) -> None:
    chair = stage.person("targets-chair")
    before = await stage.kept()
    ts = await chair.says("ACTION: Draft the shortlist", "#wg-chairs")
    await chair.says("We talked about ACTION: lists", GROUP)
    await chair.says("Is there any action: I wonder", GROUP)
    assert await stage.kept() == before
    assert await chair.reads("#wg-chairs", thread=ts) == []


async def test_a_message_captured_by_a_line_and_then_by_the_shortcut_is_one_action(
    stage: Stage,
) -> None:
    chair, cochair = stage.person("targets-chair"), stage.person("targets-cochair")
    ts = await chair.says("ACTION: Draft the shortlist by 27 Nov", GROUP)
    await chair.sees("Recorded as TR-1", GROUP, thread=ts)
    await chair.sees("Action TR-1", GROUP)
    await cochair.makes_action_of(GROUP, ts)
    assert "Already recorded as TR-1" in (await cochair.sees("Already recorded", GROUP))["text"]
    assert await cochair.forms_open() == 0
    assert len((await stage.kept())["items"]) == 1


async def test_two_people_with_the_shortcuts_form_open_on_one_message_make_one_action(
    stage: Stage,
) -> None:
    chair, cochair = stage.person("targets-chair"), stage.person("targets-cochair")
    ts = await chair.says("We need the shortlist by Friday", GROUP)
    await chair.makes_action_of(GROUP, ts)
    await cochair.makes_action_of(GROUP, ts)
    await chair.fills(await chair.form())
    await cochair.fills(await cochair.form())
    await chair.sees("TR-1 added", GROUP)
    assert "TR-1" in (await cochair.sees("Already recorded as", GROUP))["text"]
    await chair.sees("Action TR-1", GROUP)
    assert len((await stage.kept())["items"]) == 1


async def test_a_mention_that_slack_delivers_twice_is_one_action_with_one_answer(
    stage: Stage,
) -> None:
    chair = stage.person("targets-chair")
    ts = await chair.says("@concerted add Draft the shortlist by 27 Nov", GROUP)
    events = [e["payload"]["event"] for e in await stage.traffic("events_api", "to_bot")]
    assert sorted(e["type"] for e in events if e["ts"] == ts) == ["app_mention", "message"]
    await chair.sees("Recorded as TR-1", GROUP, thread=ts)
    await chair.sees("Action TR-1", GROUP)
    assert len((await stage.kept())["items"]) == 1


async def test_a_mention_that_is_a_capture_line_too_is_one_action(stage: Stage) -> None:
    chair = stage.person("targets-chair")
    ts = await chair.says("@concerted ACTION: Draft the shortlist by 27 Nov", GROUP)
    await chair.sees("Recorded as TR-1", GROUP, thread=ts)
    await chair.sees("Action TR-1", GROUP)
    assert len((await stage.kept())["items"]) == 1


async def _marked(stage: Stage, ts: str, sign: str = "white_check_mark") -> None:
    async def ask() -> object:
        told = await stage.get("messages/%23wg-targets", user="targets-chair")
        return next(m for m in told["messages"] if m["ts"] == ts)

    def found(message: dict[str, object]) -> object:
        return message.get("reactions")

    reactions = await stage.answers(ask, found)
    assert [r["name"] for r in reactions] == [sign]
