"""A reminder's buttons and menu, and what takes it back."""

from typing import Any

from tests.e2e.actors import buttons
from tests.e2e.stage import Stage

GROUP = "#wg-models"


async def _reminded(stage: Stage) -> dict[str, Any]:
    """Two days before Wednesday 25 November, at 09:00 in Amsterdam."""
    chair = stage.person("models-chair")
    await chair.types("/action add Draft it by 25 Nov", GROUP)
    await chair.sees("Action EM-1", GROUP)
    assert await stage.advance("2026-11-23T07:59:00+00:00") == []
    assert [e["kind"] for e in await stage.advance("PT2M")] == ["remind"]
    return await chair.sees("Reminder: one of your actions needs attention")


async def test_it_tells_the_date_and_the_distance(stage: Stage) -> None:
    told = await _reminded(stage)
    assert "EM-1, Draft it, is due Wed 25 Nov 2026, in 2 days." in told["text"]
    assert buttons(told) == ["Mark done", "Need more time", "I'm blocked"]


async def test_remind_me_tomorrow_says_it_again_tomorrow(stage: Stage) -> None:
    chair = stage.person("models-chair")
    await chair.chooses(await _reminded(stage), "Remind me tomorrow")
    await chair.sees("You hear of EM-1 again on your next working morning")
    events = await stage.advance("2026-11-24T12:00:00+00:00")
    assert [(e["kind"], e["at"][:16]) for e in events] == [("remind", "2026-11-24T08:00")]
    assert "is due Wed 25 Nov 2026, tomorrow" in (await chair.sees("tomorrow."))["text"]


async def test_stop_this_one_is_silence(stage: Stage) -> None:
    chair = stage.person("models-chair")
    await chair.chooses(await _reminded(stage), "Stop this one")
    await chair.sees("No more reminders to you about EM-1")
    events = await stage.advance("P21D")
    assert [(e["kind"], e["at"][:10]) for e in events] == [("escalate", "2026-12-09")] * 2
    for coordinator in ("coordinator", "deputy-coordinator"):
        await stage.person(coordinator).sees("14 days late, for @models-chair")


async def test_hand_over_from_the_reminder_asks_the_next_owner(stage: Stage) -> None:
    chair, cochair = stage.person("models-chair"), stage.person("models-cochair")
    await chair.chooses(await _reminded(stage), "Hand over")
    form = await chair.form()
    await chair.fills(form, owner=[stage.demo.person_id("models-cochair")])
    await chair.sees("EM-1 is now with @models-cochair")
    await stage.advance("PT10H")  # The co-chair is asked when their own hours open.
    assert "@models-chair asks you to take it on" in (await cochair.sees("EM-1"))["text"]
    events = await stage.advance("P2D")
    assert stage.demo.person_id("models-chair") not in str([e["key"] for e in events])
    stage.overlook()


async def test_details_from_the_reminder_are_told_in_private(stage: Stage) -> None:
    chair = stage.person("models-chair")
    await chair.chooses(await _reminded(stage), "Details")
    assert (await chair.sees("EM-1 for @models-chair: Draft it"))["ephemeral"]


async def test_more_time_moves_it_and_the_later_reminders_with_it(stage: Stage) -> None:
    chair = stage.person("models-chair")
    reminder = await _reminded(stage)
    await chair.presses(reminder, "Need more time")
    await chair.fills(await chair.form(), quick="2026-12-02", reason="scans are late")
    await chair.sees("EM-1 is now due Wed 2 Dec 2026")
    again = await chair.sees("nothing is left to do here")
    assert again["ts"] == reminder["ts"]
    events = await stage.advance("2026-12-02T12:00:00+00:00")
    days = [e["at"][:10] for e in events if e["kind"] == "remind"]
    assert days == ["2026-11-30", "2026-12-02"]
    stage.overlook()


async def test_what_is_done_before_its_hour_is_never_said(stage: Stage) -> None:
    chair = stage.person("models-chair")
    await chair.types("/action add Draft it by 25 Nov", GROUP)
    await chair.sees("Action EM-1", GROUP)
    await stage.advance("2026-11-23T07:59:00+00:00")
    await chair.types("/action done EM-1")
    assert await stage.advance("P21D") == []


async def test_several_actions_of_a_day_are_one_message_with_a_row_each(stage: Stage) -> None:
    chair = stage.person("models-chair")
    for number in range(1, 4):
        await chair.types(f"/action add Draft {number} by 25 Nov", GROUP)
        await chair.sees(f"Action EM-{number}", GROUP)
    assert len(await stage.advance("2026-11-23T09:00:00+00:00")) == 1
    told = await chair.sees("Reminder: three of your actions need attention.")
    assert buttons(told).count("Mark done") == 3
    await chair.presses(told, "Mark done")
    assert "EM-1 is done" in (await chair.sees("EM-1 is done"))["text"]
    left = await chair.sees("two of your actions need attention")
    assert left["ts"] == told["ts"]
