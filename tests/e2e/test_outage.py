"""The bot is stopped for four days and started again: one late word to each person."""

from tests.e2e.stage import Stage


async def test_after_four_days_each_person_reads_one_message_marked_late(stage: Stage) -> None:
    chair, cochair = stage.person("models-chair"), stage.person("models-cochair")
    for text, owner, day in (
        ("Read the draft", "models-chair", "23 Nov"),
        ("Book the room", "models-chair", "25 Nov"),
        ("Table of features", "models-cochair", "24 Nov"),
        ("List the labs", "models-chair", "26 Nov"),
    ):
        await chair.types(f"/action add {text} @{owner} by {day}", "#wg-models")
    assert "accepted" in (await cochair.types("/action accept EM-3")).text
    for number in range(1, 5):
        await chair.sees(f"Action EM-{number}", "#wg-models")
    await stage.stop_bot()
    await stage.post("clock", advance="P4D")
    await stage.start_bot()
    events = await stage.advance("PT4H")
    assert len({e["channel"] for e in events}) == len(events) == 2
    told = await chair.sees("Delayed: was due Mon 23 Nov 09:00 (I was offline ")
    for ref in ("EM-1", "EM-2", "EM-4"):
        assert ref in told["text"]
    other = await cochair.sees("Delayed: was due Tue 24 Nov 09:00 (I was offline ")
    assert "EM-3" in other["text"]
    assert await stage.advance("PT2H") == []


async def test_what_was_closed_before_the_stop_is_not_said_after_it(stage: Stage) -> None:
    chair = stage.person("models-chair")
    await chair.types("/action add Read the draft by 24 Nov", "#wg-models")
    await chair.types("/action done EM-1")
    await chair.sees("Action EM-1", "#wg-models")
    await stage.stop_bot()
    await stage.post("clock", advance="P4D")
    await stage.start_bot()
    assert await stage.advance("P1D") == []
