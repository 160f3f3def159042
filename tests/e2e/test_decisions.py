"""A decision by every door: proposed, objected to, given time anew, and adopted by itself."""

from tests.e2e.actors import buttons
from tests.e2e.stage import Stage

GROUP = "#wg-targets"


async def test_a_proposal_from_too_short_a_window_to_its_adoption(stage: Stage) -> None:
    chair, cochair = stage.person("targets-chair"), stage.person("targets-cochair")
    observer = stage.person("industry-observer")
    short = await cochair.types("/wg decide One template objections by 23 Nov", GROUP)
    assert "Mon 23 Nov 2026 is too soon" in short.text
    await cochair.presses(short.message, "Tue 24 Nov 2026")
    await cochair.sees("Proposed as DC-1: One template. Stands after Tue 24 Nov 2026", GROUP)
    card = await chair.sees("Decision DC-1: One template.", GROUP)
    assert buttons(card) == ["Object", "Details"]
    await observer.presses(card, "Object")
    refused = await observer.sees("Objecting is for those who vote in Targets", GROUP)
    assert refused["ephemeral"]
    await stage.advance("2026-11-23T09:00:00+00:00")
    asked = await chair.sees("proposes DC-1 to Targets: One template.")
    await chair.presses(asked, "Object")
    await chair.fills(await chair.form(), reason="Two pages are too few")
    objected = await chair.sees("DC-1: Not adopted: 1 objection")
    assert buttons(objected) == ["Adopt anyway", "Withdraw", "New window"]
    again = await chair.types("/wg window DC-1 by 25 Nov")
    assert "DC-1: Stands after Wed 25 Nov 2026 unless somebody objects by then" in again.text
    await stage.advance("2026-11-26T09:00:00+00:00")
    await chair.sees("DC-1 (Targets): Decided on Thu 26 Nov 2026, with 1 objection on record")
    stands = await chair.sees("Decision DC-1: One template. Decided on Thu 26 Nov 2026", GROUP)
    assert (stands["ts"], buttons(stands)) == (card["ts"], ["Details"])
    late = await cochair.types("/wg object DC-1 it is too long")
    assert "DC-1 is decided since Thu 26 Nov 2026." in late.text
    stage.overlook()  # The digest and what else a week brings.


async def test_a_line_in_the_channel_is_a_decision_once(stage: Stage) -> None:
    chair = stage.person("targets-chair")
    ts = await chair.says("DECISION: One template, review 4 Feb", GROUP)
    receipt = await chair.sees("Recorded as DC-1: One template.", GROUP, thread=ts)
    assert "comes back on Thu 4 Feb 2027" in receipt["text"]
    await chair.sees("Decision DC-1", GROUP)
    await chair.presses(receipt, "Undo")
    await chair.sees("Taken back: DC-1 was not added", GROUP, thread=ts)
    await chair.sees("Decision DC-1 was taken back", GROUP)
    ts = await chair.says("decisions all")
    await chair.sees("All decisions: no decision yet.")
