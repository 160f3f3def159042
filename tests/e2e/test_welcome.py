"""A newcomer's first days: greeted once, by what they do or are given, never for being there."""

from tests.e2e.actors import Actor, buttons
from tests.e2e.stage import Stage


async def _newcomer(stage: Stage) -> Actor:
    await stage.post(
        "world",
        user="newcomer",
        new={"name": "Newcomer", "zone": "Europe/Rome"},
        member_of=["#wg-models"],
    )
    return stage.person("newcomer")


async def test_who_only_talks_is_not_written_to_and_who_asks_is_greeted_once(
    stage: Stage,
) -> None:
    new = await _newcomer(stage)
    await new.says("Good to be here", "#wg-models")
    await stage.nothing_more_said()
    refused = await new.types("/wg hlep")
    assert "I don't know" in refused.text
    hello = await new.sees("Hello, I am Concerted.")
    assert "Your zone is Rome (UTC+1), mornings 09:00. Is that right?" in hello["text"]
    assert buttons(hello) == ["Yes", "Change", "See my actions"]
    await new.types("/wg mine")
    await new.presses(hello, "Yes")
    settled = await new.sees("Hello, I am Concerted.")
    assert settled["ts"] == hello["ts"]
    assert buttons(settled) == ["Change", "See my actions"]
    await new.presses(settled, "Change")
    assert "zone" in str((await new.form())["blocks"])


async def test_who_is_given_an_action_is_greeted_in_the_one_message_of_the_day(
    stage: Stage,
) -> None:
    await _newcomer(stage)
    chair, new = stage.person("models-chair"), stage.person("newcomer")
    await new.says("Good to be here", "#wg-models")
    await stage.bot.people.sync()
    added = await chair.types("/action add Draft it @newcomer by 4 Dec", "#wg-models")
    assert "EM-1 added for @newcomer" in added.text
    await chair.sees("Action EM-1", "#wg-models")
    assert await new.reads() == []
    await stage.advance("2026-11-23T08:30:00+00:00")
    (daily,) = await new.reads()
    assert "Hello, I am Concerted." in daily["text"]
    assert "EM-1, Draft it, @models-chair asks you to take it on" in daily["text"]
    await new.sees("Hello, I am Concerted.")
    await new.presses(daily, "Accept")
    await new.sees("You have accepted EM-1")
    await new.presses((await new.reads())[0], "Yes")
    settled = (await new.reads())[0]
    assert "Is that right?" not in settled["text"]
    assert "EM-1" in settled["text"]
