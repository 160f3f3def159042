"""Who is given an action is asked the next working morning, and answers in one of three ways."""

from typing import Any

from tests.e2e.actors import buttons
from tests.e2e.stage import Stage

GROUP = "#wg-models"


async def _asked(stage: Stage) -> dict[str, Any]:
    """Given on Sunday noon UTC; Calgary reads it on Monday at 09:00 its time."""
    chair, cochair = stage.person("models-chair"), stage.person("models-cochair")
    await chair.types("/action add Table of features @models-cochair by 4 Dec", GROUP)
    await chair.sees("Action EM-1", GROUP)
    assert await stage.advance("2026-11-23T14:59:00+00:00") == []
    assert [e["kind"] for e in await stage.advance("PT2M")] == ["ask"]
    return await cochair.sees("Table of features")


async def test_the_question_tells_who_asks_what_and_by_when(stage: Stage) -> None:
    asked = await _asked(stage)
    assert asked["text"] == (
        "Reminder: one action waits for your answer. EM-1, Table of features, @models-chair asks "
        "you to take it on, due Fri 4 Dec 2026 (in 11 days)."
    )
    assert buttons(asked) == ["Accept", "Suggest another date", "Decline"]


async def test_accepting_confirms_it_and_the_question_shows_that(stage: Stage) -> None:
    cochair = stage.person("models-cochair")
    asked = await _asked(stage)
    await cochair.presses(asked, "Accept")
    await cochair.sees("You have accepted EM-1: Table of features, due Fri 4 Dec 2026.")
    assert "Accepted by @models-cochair" in (await cochair.sees("nothing is left"))["text"]
    assert (await cochair.sees("EM-1", GROUP))["text"].endswith("in Models, open.")
    assert (await cochair.sees("nothing is left"))["ts"] == asked["ts"]


async def test_declining_with_a_reason_gives_it_back_and_the_giver_reads_it_next_morning(
    stage: Stage,
) -> None:
    chair, cochair = stage.person("models-chair"), stage.person("models-cochair")
    asked = await _asked(stage)
    await cochair.presses(asked, "Decline")
    form = await cochair.form()
    await cochair.fills(form, reason="I am on leave until March")
    await cochair.sees("You have declined EM-1, it is with @models-chair now")
    assert "for @models-chair: Table" in (await chair.sees("Action EM-1", GROUP))["text"]
    assert await stage.advance("2026-11-24T07:59:00+00:00") == []
    assert [e["kind"] for e in await stage.advance("PT2M")] == ["declined"]
    told = await chair.sees("was declined by @models-cochair (I am on leave until March)")
    assert buttons(told) == ["Hand over", "Change date", "Drop"]
    assert await stage.advance("P2D") == []


async def test_declining_by_word_wants_a_reason_too(stage: Stage) -> None:
    cochair = stage.person("models-cochair")
    await _asked(stage)
    assert (await cochair.types("/action decline EM-1")).text.startswith("Why not?")
    told = await cochair.types("/action decline EM-1 on leave")
    assert told.text.startswith("You have declined EM-1")
    assert told.text.endswith("Reason: on leave.")


async def test_suggesting_another_date_moves_it_and_takes_it_on(stage: Stage) -> None:
    chair, cochair = stage.person("models-chair"), stage.person("models-cochair")
    asked = await _asked(stage)
    await cochair.presses(asked, "Suggest another date")
    form = await cochair.form()
    await cochair.fills(form, due="2026-12-11", reason="the scans come on the 9th")
    await cochair.sees("EM-1 is now due Fri 11 Dec 2026, not Fri 4 Dec 2026")
    card = await chair.sees("Action EM-1", GROUP)
    assert "due Fri 11 Dec 2026, in Models, open, moved once, +7 days." in card["text"]
    assert "once, +7 days" in str(card["blocks"])


async def test_a_silent_owner_is_reported_to_the_giver_once_after_three_working_days(
    stage: Stage,
) -> None:
    chair = stage.person("models-chair")
    await _asked(stage)
    events = await stage.advance("2026-11-30T12:00:00+00:00")
    assert [e["kind"] for e in events] == ["silent"]
    assert "@models-cochair has not answered" in (await chair.sees("not confirmed"))["text"]
