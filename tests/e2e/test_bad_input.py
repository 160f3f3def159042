"""What cannot be taken is told privately, exactly and with a way on; the database stays whole."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.demo.seeds import DEMO
from tests.e2e.actors import buttons, elements
from tests.e2e.stage import Stage, open_stage

pytestmark = pytest.mark.asyncio(loop_scope="module")
GROUP = "#wg-models"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> AsyncIterator[Stage]:
    """One demo world for all of these: none of them changes it."""
    folder = tmp_path_factory.mktemp("refused")
    async with open_stage(folder, sqlite_template, seed=DEMO) as opened:
        yield opened
        await opened.nothing_more_said()
        await opened.sound()


REFUSED = (
    # Words.
    ("/wg frobnicate", 'I don\'t know "frobnicate".', "Help"),
    ("/wg doen EM-2", 'I don\'t know "doen". Did you mean done', "done"),
    ("/action mvoe EM-2 4 Dec", 'I don\'t know "mvoe". Did you mean move', "move"),
    ("/action EM-2 nonsense", "I don't know", "Help"),
    # People.
    ("/action add Draft it @nobody", 'I can\'t find "@nobody" in Models. Please pick someone.', ""),
    ("/action add Draft it @chair", "could be Models chair (Amsterdam) (@models-chair) or", ""),
    ("/action add Draft it @targets-chair", "@targets-chair is not in Models.", ""),
    ("/action give EM-2 @partner", "@partner is not in Models.", ""),
    ("/action give EM-2", "Who will do it? Please name someone", ""),
    ("/action add Draft it @concerted", "is a bot, not a person. Please pick a person.", ""),
    # Dates.
    ("/action move EM-2 soonish", 'I couldn\'t read "soonish" as a date.', ""),
    ("/action move EM-2", "A date is missing: by when?", ""),
    ("/action move EM-2 1 Nov 2026", "Sun 1 Nov 2026 has passed.", ""),
    ("/action add Draft it by 20 Nov 2026", "Fri 20 Nov 2026 has passed.", ""),
    ("/action move EM-2 1 Dec 2035", "Sat 1 Dec 2035 is more than five years away.", ""),
    ("/action move EM-2 31 Apr", "There is no such day as", ""),
    (
        "/action move EM-2 12/11/2027",
        '"12/11/2027" could be two days: Fri 12 Nov 2027 or Sat 11 Dec 2027?',
        "Fri 12 Nov 2027",
    ),
    ("/action add Draft it by 12/01/2027", "could be two days", "Tue 12 Jan 2027"),
    # Ids.
    ("/action EM-99", "I know no EM-99.", "My actions"),
    ("/action done XX-1", "I know no XX-1.", "My actions"),
    ("/wg MT-77", "I know no MT-77.", "My actions"),
    ("/action done", "Which one? Please say its id", "My actions"),
    ("/action TR-3", "That is for the people of Targets.", ""),
    ("/action done TR-2", "That is for the people of Targets.", ""),
    ("/action add Draft it needs EM-99", "I know no EM-99.", "My actions"),
    # Text.
    ("/action edit EM-2", "What needs doing?", "Open the form"),
    ("/action add by tomorrow", "What needs doing?", "Open the form"),
    ("/action add @models-cochair", "What needs doing?", "Open the form"),
    ("/action note EM-2", "What needs doing?", "Open the form"),
    (f"/action add {'long ' * 2000}", "characters; 300 fit.", "Open the form"),
    (f"/action edit EM-2 {'x' * 10_000}", "10000 characters; 300 fit.", "Open the form"),
    (f"/action note EM-2 {'x' * 10_000}", "10000 characters; 3000 fit.", "Open the form"),
    (f"/action drop EM-2 {'x' * 10_000}", "10000 characters; 3000 fit.", "Open the form"),
    (f"/wg {'x' * 10_000}", "I don't know", "Help"),
    # Reasons and states.
    ("/action drop EM-2", "Why will it not be done?", ""),
    ("/action block EM-2", "What are you waiting for?", ""),
    ("/action unblock EM-2", "EM-2 is not blocked", "Open"),
    ("/action reopen EM-2", "EM-2 is open already", "Open"),
    ("/action done EM-1", "EM-1 is already done by @models-chair on Thu 15 Oct 2026", "Reopen"),
    ("/action move EM-2 20 Nov 2026", "Fri 20 Nov 2026 has passed.", ""),
    ("/action move EM-3 1 Dec 2026", "EM-3 is due that day already", "Open"),
    # Groups.
    ("/action list nogroup", 'I know no group "nogroup". Which one do you mean?', "Models"),
    ("/action add Draft it for targets", "That is for the people of Targets.", ""),
)  # fmt: skip


@pytest.mark.parametrize(
    ("line", "said", "way_on"), REFUSED, ids=[line[:40] for line, _, _ in REFUSED]
)
async def test_it_is_refused_in_private_and_nothing_is_kept(
    world: Stage, line: str, said: str, way_on: str
) -> None:
    chair = world.person("models-chair")
    kept, posts = await world.kept(), len(await world.posts())
    answer = await chair.types(line, GROUP)
    assert said in answer.text
    assert answer.raw["response"]["response_type"] == "ephemeral"
    assert elements(answer.blocks) or "@targets-chair" in answer.text or "EM-2" in answer.text
    if way_on:
        assert way_on in buttons(answer.message)
    assert len(answer.text) < 4000
    assert await world.kept() == kept
    assert len(await world.posts()) == posts


MENTIONED = (
    ("frobnicate", "I don't know"),
    ("done EM-99", "I know no EM-99."),
    ("add Draft it @nobody", "can't find"),
    ("add Draft it by 12/11/2027", "could be two days"),
    (f"add {'long ' * 700}", "300 fit."),
    ("done TR-2", "That is for the people of Targets."),
)


@pytest.mark.parametrize(("line", "said"), MENTIONED, ids=[line[:20] for line, _ in MENTIONED])
async def test_a_mistake_said_aloud_is_answered_in_private_all_the_same(
    world: Stage, line: str, said: str
) -> None:
    chair = world.person("models-chair")
    kept, before = await world.kept(), len(await chair.reads(GROUP))
    ts = await chair.says(f"@concerted {line}", GROUP)
    told = await chair.sees(said)
    assert told["channel"].startswith("D")
    assert await chair.reads(GROUP, thread=ts) == []
    assert len(await chair.reads(GROUP)) == before
    assert await world.kept() == kept
