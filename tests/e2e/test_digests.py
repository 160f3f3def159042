"""A chair's Monday: a digest comes whole without charts too, and its rows can be acted on."""

from typing import Any

from tests.e2e.actors import plain
from tests.e2e.stage import Stage
from tests.e2e.wishes import want_no_preparation

NO_CHARTS = {"kind": "no_charts"}
CHART, LINES = "data_visualization", "Overdue, W40–W47: 0 0 0 0 0 0 0 1"


def types(message: dict[str, Any]) -> list[str]:
    return [block["type"] for block in message["blocks"]]


def row(message: dict[str, Any], ref: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        block for block in message["blocks"] if block["block_id"] == f"decide:{ref}"
    )
    return found


async def test_a_digest_comes_whole_without_charts_and_a_row_is_decided_where_it_stands(
    demo: Stage,
) -> None:
    demo.excused |= {"invalid_blocks"}
    await demo.bot.db.write(want_no_preparation, wait=30)
    await demo.advance("2026-11-23T07:59:00+00:00")
    demo.overlook()
    refused = {"kind": "refused", "method": "chat.postMessage", "times": 1}
    await demo.faults({**refused, "error": "invalid_blocks"})
    await demo.advance("PT2M")
    chair = demo.person("trials-chair")
    digest = await chair.sees("Trials: week 48.")
    assert digest["text"].startswith(
        "Trials: week 48. Needs a look: 1 of 2 open actions is overdue, and the next call, MT-17 "
        "on Wed 2 Dec 2026, 15:00 London (UTC+0), is 50 % ready. Why: PC-2 is 5 days late"
    )
    assert CHART not in types(digest)
    assert LINES in plain(digest)
    rows = "SELECT state, attempts FROM outbox WHERE key LIKE 'digest:trials:2026-W48:%:%'"
    assert demo.select(rows.replace(":%:%", ":%")) == [("sent", 1)]

    await chair.chooses(digest, "Mark done")
    changed = await chair.sees("Since this was sent: PC-2,")
    assert changed["ts"] == digest["ts"]
    assert "✅ Done by @trials-chair" in row(changed, "PC-2")["text"]["text"]
    assert row(changed, "PC-3") == row(digest, "PC-3")
    assert types(changed) == [CHART if i == 5 else kind for i, kind in enumerate(types(digest))]

    await demo.faults(NO_CHARTS)
    await chair.presses(changed, "Undo")
    again = await chair.sees("Trials: week 48.")
    assert (again["text"], again["blocks"]) == (digest["text"], digest["blocks"])
    assert {state for state, _ in demo.select(rows)} == {"sent"}
    await demo.nothing_more_said()


async def test_the_digest_by_word_is_private_sent_once_and_wanted_or_not(demo: Stage) -> None:
    chair, coordinator = demo.person("trials-chair"), demo.person("coordinator")
    assert (await chair.types("/wg digest", "#wg-trials")).text == ""
    preview = await chair.sees("Trials: week 47.", "#wg-trials")
    assert preview["ephemeral"]
    assert CHART in types(preview)
    demo.excused |= {"invalid_blocks"}
    await demo.faults(NO_CHARTS)
    await coordinator.types("/wg digest trials")
    plainer = await coordinator.sees("Trials: week 47.")
    assert plainer["ephemeral"]
    assert CHART not in types(plainer)
    await demo.faults()

    refusal = await demo.person("partner").types("/wg digest trials")
    assert refusal.text.startswith("Only @trials-chair can do this. Please ask them.")
    for line, told in (
        ("digest now models", "the digest of week 48 of Models goes to @models-chair now;"),
        ("digest off models", "no more weekly digests of Models for you. See it at any time"),
        ("digest on all", "the weekly digest of all groups comes to you every week. The next"),
    ):
        assert told in (await coordinator.types(f"/wg {line}")).text
    for line, told in (
        ("digest off", "no more weekly digests of Trials for you."),
        ("digest now", "the digest of week 48 of Trials goes to you now."),
        ("digest news", "comes to you only in weeks in which there is something to say."),
        ("digest on", "The next one: Mon 30 Nov 2026, 08:00 London (UTC+0)."),
        ("digest cardiology", "I know no group"),
        ("help digest", "At risk: due within 5 working days, and blocked, untouched for 7 days"),
    ):
        assert told in (await chair.types(f"/wg {line}")).text
    await chair.sees("Trials: week 48.")
    went = await chair.types("/wg digest now")
    assert "of week 48 of Trials went on Sun 22 Nov 2026, 12:00 London (UTC+0)." in went.text
    await demo.advance("2026-11-23T07:30:00+00:00")
    models = [m["text"] for m in await demo.person("models-chair").reads() if "week 4" in m["text"]]
    assert [text[:16] for text in models] == ["Models: week 48."]
    demo.overlook()
