"""Tokens, links, emoji and odd letters in what people write: nothing rings, nothing is lost.

That no token but ours is live is looked for after every story, see `Stage.sound`.
"""

import pytest

from bot.sandbox import payloads
from tests.e2e.stage import Stage

GROUP = "#wg-models"
TYPED = (
    ("Ask @channel and @here for drafts", "Ask @channel and @here for drafts"),
    ("<!channel> read this", "‹!channel› read this"),
    ("<!here|click> and <!subteam^S1>", "‹!here|click› and ‹!subteam^S1›"),
    ("<https://evil.example|click me>", "click me"),
    ("*bold* _it_ ~no~ `code` & <b>", "bold it no 'code' &amp; ‹b›"),
    ("Résumé für 日本語 🎉 :tada: 👩‍👩‍👧", "Résumé für 日本語 🎉 tada 👩‍👩‍👧"),
    ("מסמך טיוטה \u202eevil\u202c", "מסמך טיוטה evil"),
    ("a\tb\u00a0c; and so on:", "a b c; and so on"),
)
RAW = (
    "<!channel> do it",
    "<!here> do it",
    "<!everyone> do it",
    "<!subteam^S1|@team> do it",
    "<!subteam^S1> do it",
    "<https://evil.example|https://good.example> do it",
    "<https://evil.example|click> do it",
    "<#C0DEMO001|wg-models> do it",
    "<!date^1^{date}|now> do it",
    "do it &lt;!channel&gt;",
    "do it &amp;lt;!channel&amp;gt;",
)


@pytest.mark.parametrize(("door", "most"), [("command", 9), ("mention", 4), ("form", 4)])
async def test_what_looks_like_a_token_is_only_text(stage: Stage, door: str, most: int) -> None:
    chair = stage.person("models-chair")
    for number, (typed, shown) in enumerate(TYPED[:most], start=1):
        if door == "command":
            await chair.types(f"/action add {typed} by 4 Dec", GROUP)
        elif door == "mention":
            ts = await chair.says(f"@concerted add {typed} by 4 Dec", GROUP)
            await chair.sees(f"Recorded as EM-{number}", GROUP, thread=ts)
        else:
            await stage.post("shortcut", user=chair.handle, callback_id="item.new")
            await chair.fills(await chair.form(), text=typed, due="2026-12-04")
            await chair.sees(f"EM-{number} added")
        card = await chair.sees(f"Action EM-{number} ", GROUP)
        assert shown in card["text"] or "evil.example" in card["text"], typed
        assert "due Fri 4 Dec 2026" in card["text"]


async def test_live_tokens_that_slack_hands_on_are_dead_when_said_again(stage: Stage) -> None:
    chair = stage.person("models-chair")
    desk = stage.sandbox._desk
    user = stage.demo.person_id("models-chair")
    channel = desk.workspace.channels[stage.demo.channel_id("wg-models")]
    for number, text in enumerate(RAW, start=1):
        payload = payloads.command(desk, user, channel, "/action", f"add {text} by 4 Dec")
        assert (await desk.sockets.deliver("slash_commands", payload)).acked
        card = await chair.sees(f"Action EM-{number} ", GROUP)
        assert "do it" in card["text"]
        for line in (f"block EM-1 {text}", f"note EM-1 {text}"):
            payload = payloads.command(desk, user, channel, "/action", line)
            assert (await desk.sockets.deliver("slash_commands", payload)).acked
    assert "23 changes" in (await chair.types("/action history EM-1")).text


async def test_a_refusal_says_the_typed_tokens_dead_too(stage: Stage) -> None:
    stage.excused.add("user_not_found")
    chair = stage.person("models-chair")
    desk = stage.sandbox._desk
    user = stage.demo.person_id("models-chair")
    channel = desk.workspace.channels[stage.demo.channel_id("wg-models")]
    for text in (*RAW, "<@U999ZZZ9> do it", "<@U999ZZZ9|boss> do it"):
        for line in (f"list {text}", f"add {text} by 12/11/2027"):
            payload = payloads.command(desk, user, channel, "/wg", line)
            told = await desk.sockets.deliver("slash_commands", payload)
            assert told.acked
            assert told.body["text"]
    assert (await stage.kept())["items"] == []
    assert await chair.reads(GROUP) == []


async def test_a_person_that_nobody_knows_is_no_owner(stage: Stage) -> None:
    desk = stage.sandbox._desk
    stage.excused |= {"user_not_found"}
    user = stage.demo.person_id("models-chair")
    channel = desk.workspace.channels[stage.demo.channel_id("wg-models")]
    payload = payloads.command(desk, user, channel, "/action", "add Draft it <@U999ZZZ9|boss>")
    told = await desk.sockets.deliver("slash_commands", payload)
    assert "can't find" in told.body["text"]
    typed = await stage.person("models-chair").types("/action add <@U999ZZZ9> pays & goes", GROUP)
    assert typed.text == (
        'I can\'t find "@U999ZZZ9" in Models. Please pick someone. '
        "You typed: action add ‹@U999ZZZ9› pays &amp; goes"
    )
    assert (await stage.kept())["items"] == []
