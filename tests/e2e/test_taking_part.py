"""What people are asked and told around a meeting, by slash, direct message, button and form."""

from pathlib import Path

from bot.demo.seeds import DEMO
from tests.e2e.stage import Stage, open_stage


async def test_needs_stay_private_and_an_announcement_is_posted_from_its_preview(
    sqlite_folder: Path, sqlite_template: Path
) -> None:
    async with open_stage(sqlite_folder, sqlite_template, seed=DEMO, reanchored=False) as past:
        await _story(past)
        past.overlook()
        await past.sound()


async def _story(past: Stage) -> None:
    coordinator, chair = past.person("coordinator"), past.person("models-chair")
    observer = past.person("industry-observer")
    await chair.types("/meeting needs MT-30")
    await chair.fills(await chair.form(), access="ramp-canary", diet="nothing")
    await chair.sees("Thank you: kept for MT-30")
    await observer.says("needs MT-30 typed-canary")  # Who has no slash commands.
    offered = await observer.sees("Please say it in the form")
    await observer.presses(offered, "Say what I need")
    await observer.fills(await observer.form(), diet="walnut-canary")
    await coordinator.says("meeting needs MT-30")
    counted = await coordinator.sees("2 answers, 2 of them with something they need")
    await coordinator.presses(counted, "Show what they need")
    listed = repr(await coordinator.form())
    assert "ramp-canary" in listed
    assert "walnut-canary" in listed
    assert "canary" not in repr(past.rows("outbox", "inbox", "history"))

    shown = await coordinator.types("/wg announce Storm in <!channel>: say where you join")
    await coordinator.presses(shown.message, "Post it", confirmed=True)
    posted = await chair.sees("Storm in ", "#wg-all")
    assert "announced by @coordinator" in posted["text"]
