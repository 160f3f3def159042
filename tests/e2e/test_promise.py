"""The main job: someone promises, the bot remembers."""

from tests.e2e.stage import Stage, plain


async def test_a_promise_is_made_accepted_reminded_of_and_kept(stage: Stage) -> None:
    chair, cochair = stage.person("targets-chair"), stage.person("targets-cochair")
    answer = await chair.types(
        "/action add Draft the shortlist @targets-cochair by next Friday", "#wg-targets"
    )
    assert "TR-1" in answer.text
    assert "Fri 27 Nov 2026" in answer.text
    assert "Undo" in answer.buttons
    card = await cochair.sees("TR-1", "#wg-targets")
    assert "Draft the shortlist" in card["text"]
    await stage.advance("PT27H")
    asked = await cochair.sees("TR-1")
    assert "Draft the shortlist" in asked["text"]
    await cochair.presses(asked, "Accept")
    await stage.advance("PT48H")
    reminder = await cochair.sees("Reminder")
    assert "Fri 27 Nov 2026" in reminder["text"]
    await cochair.presses(reminder, "done")
    card = await cochair.sees("TR-1", "#wg-targets")
    assert "✅" in plain(card)
    assert await stage.advance("P14D") == []
