"""What looks like a patient's is refused at every door, and nothing of it is kept or logged."""

import io
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot import telemetry
from tests.e2e.actors import elements
from tests.e2e.stage import Stage, open_stage

GROUP = "#wg-targets"
LINE = "patient J.S., DOB 3/4/61 @symptoms-chair"
CANARIES = ("J.S.", "3/4/61", "943 476", "9434765919", "Kowalska", "4471902", "558123")
REFUSED = "This looks like patient information, so I stored nothing."
STAYS = "Your message itself stays in Slack: please delete it there."


@pytest.fixture(name="logged")
def _logged(plain_logs: None) -> Iterator[io.StringIO]:
    """All that is logged, at DEBUG, as the program sets it up."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    stream = io.StringIO()
    telemetry.set_up("DEBUG", "json", stream)
    yield stream
    root.handlers = handlers
    root.setLevel(level)


@pytest.fixture(name="heard")
async def _heard(
    tmp_path: Path, sqlite_template: Path, logged: io.StringIO
) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, sqlite_template) as stage:
        yield stage
        await stage.nothing_more_said()
        await stage.sound()
        kept = b"".join(path.read_bytes() for path in stage.database.parent.glob("concerted.db*"))
    printed = logged.getvalue()
    assert len(kept) > len(stage.database.read_bytes())  # the WAL is among it
    assert '"event": "patient_data.refused"' in printed
    for canary in CANARIES:
        assert canary.encode() not in kept
        assert canary not in printed


async def test_a_command_and_its_forms_are_refused_where_they_are(heard: Stage) -> None:
    chair = heard.person("targets-chair")
    before = await heard.kept()
    answer = await chair.types(f"/action add {LINE}", GROUP)
    assert answer.text.startswith(REFUSED)
    assert elements(answer.blocks) == []
    asked = await chair.types("/action add call 943 476 5919", GROUP)
    assert "with the word phone before it" in asked.text
    await chair.types("/action add", GROUP)
    form = await chair.form()
    told = await chair.fills(form, text="Send MRN 4471902 to Milan", due="2026-11-27")
    assert told["errors"]["text"].startswith(REFUSED)
    told = await chair.fills(form, text="Send it", note="hospital no. 558123", due="2026-11-27")
    assert told["errors"]["note"].startswith(REFUSED)
    assert await heard.kept() == before


async def test_what_is_said_aloud_is_refused_in_private(heard: Stage) -> None:
    chair = heard.person("targets-chair")
    before = await heard.kept()
    for line, place in (
        (f"@concerted add {LINE}", GROUP),
        (f"ACTION: {LINE}", GROUP),
        (f"add {LINE}", "dm"),
        ("what of patient Kowalska?", "dm"),
    ):
        already = len(await chair.reads())
        await chair.says(line, place)
        await heard.answers(chair.reads, lambda told, n=already: told[n:] or None)
        said = await chair.sees(REFUSED)
        assert said["text"].endswith(STAYS)
        assert elements(said["blocks"]) == []
    assert [m for m in await chair.reads(GROUP) if REFUSED in m["text"]] == []
    for ts in {m["ts"] for m in await chair.reads()}:
        heard.seen.add((str((await chair.reads())[0]["channel"]), str(ts)))
    assert await heard.kept() == before


async def test_anothers_message_is_refused_or_loses_its_words(heard: Stage) -> None:
    chair, cochair = heard.person("targets-chair"), heard.person("targets-cochair")
    parent = await cochair.says("We saw patient J.S. today", GROUP)
    await chair.makes_action_of(GROUP, parent)
    told = await chair.sees(REFUSED, GROUP)
    assert told["text"].endswith("whoever wrote it can delete it there.")
    assert await chair.forms_open() == 0
    await chair.says("@concerted add Send the template by 27 Nov", GROUP, thread=parent)
    await chair.sees("Recorded as TR-1", GROUP, thread=parent)
    await chair.sees("Action TR-1", GROUP)
    assert f"p{parent.replace('.', '')}" in str((await chair.types("/action TR-1")).blocks)
