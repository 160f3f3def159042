"""A deadline is reminded of four weeks ahead, and one click settles it where it was said."""

from tests.e2e.actors import buttons, plain
from tests.e2e.stage import Stage


async def test_four_weeks_ahead_at_nine_and_one_click_says_that_it_is_met(stage: Stage) -> None:
    chair = stage.person("models-chair")
    await chair.types("/deadline add Letters out by 24 Dec", "#wg-models")
    events = await stage.advance("2026-11-26T12:00:00+00:00")
    told = [(e["at"][:16], e["key"].split(":")[3]) for e in events if e["kind"] == "remind"]
    assert told == [("2026-11-26T08:00", "-28d")]  # 09:00 in Amsterdam
    reminder = await chair.sees("Reminder: one of your deadlines needs attention")
    assert "DL-1, Letters out, is due Thu 24 Dec 2026, in 28 days" in reminder["text"]
    assert buttons(reminder) == ["Met", "New date"]
    await chair.presses(reminder, "Met")
    settled = await chair.sees("nothing is left to do here")
    assert settled["ts"] == reminder["ts"]
    assert "✅ Met by @models-chair, Thu 26 Nov 2026" in plain(settled)
    assert [e for e in await stage.advance("P15D") if e["kind"] == "remind"] == []
    stage.overlook()
