"""The bot explains itself: why a reminder came or did not, and what comes next."""

from tests.e2e.stage import Stage

GROUP = "#wg-models"


async def test_what_was_done_before_its_hour_is_told_as_taken_back(stage: Stage) -> None:
    """Two days before it is due is Monday 23 November, 09:00 in Amsterdam."""
    chair = stage.person("models-chair")
    await chair.types("/action add Draft it by 25 Nov", GROUP)
    await chair.sees("Action EM-1", GROUP)
    await stage.advance("2026-11-23T07:59:00+00:00")
    await chair.types("/wg preview")
    soon = await chair.sees("Until Mon 30 Nov 2026 I have ")
    assert "Mon 23 Nov 2026, 09:00 Amsterdam (UTC+1): EM-1, Draft it, is due" in soon["text"]
    await chair.types("/action done EM-1 https://example.org/table", GROUP)
    await chair.sees("EM-1 is done", GROUP)
    assert await stage.advance("PT2M") == []
    await chair.types("/wg why EM-1")
    told = (await chair.sees("Why EM-1, Draft it: "))["text"]
    assert "It is done: I say nothing more about it." in told
    assert (
        "6 reminders taken back, because it was done (@models-chair, Mon 23 Nov 2026, 08:59 "
        "Amsterdam (UTC+1)): 2 days before (Mon 23 Nov 2026), to @models-chair; on the due day"
    ) in told
    await chair.types("/wg preview")
    left = await chair.sees("Until Mon 30 Nov 2026 I have ")
    assert "EM-1" not in left["text"]
    stage.overlook()
