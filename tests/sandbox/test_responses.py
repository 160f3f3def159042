"""Response addresses: five uses, thirty minutes, private unless said otherwise."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from tests.sandbox.conftest import Clock, Hands, Socket

Plug = Callable[[], Awaitable[Socket]]
BUTTON = {
    "type": "actions",
    "block_id": "row",
    "elements": [
        {
            "type": "button",
            "action_id": "go",
            "value": "1",
            "text": {"type": "plain_text", "text": "Go"},
        }
    ],
}


async def address(hands: Hands, channel: str = "#open") -> str:
    await hands.post("command", user="ann", channel=channel, command="/do", wait="ack")
    return str((await hands.log("slash_commands"))[-1]["payload"]["response_url"])


async def answer(hands: Hands, url: str, **body: Any) -> tuple[int, str]:
    async with hands.session.post(url, json=body) as told:
        return told.status, await told.text()


async def test_five_answers_are_taken_and_the_sixth_refused(hands: Hands) -> None:
    url = await address(hands)
    for number in range(5):
        assert await answer(hands, url, text=f"Answer {number}.") == (200, "ok")
    status, told = await answer(hands, url, text="Answer 5.")
    assert (status, "used_url" in told) == (404, True)
    assert "Answer 5." not in await hands.texts("#open", "ann")


async def test_an_address_works_for_thirty_minutes(hands: Hands, clock: Clock) -> None:
    url = await address(hands)
    clock.pass_(30 * 60)
    assert (await answer(hands, url, text="Just in time."))[0] == 200
    clock.pass_(1)
    status, told = await answer(hands, url, text="Too late.")
    assert (status, "expired_url" in told) == (404, True)


async def test_an_answer_is_private_and_works_where_the_bot_is_no_member(hands: Hands) -> None:
    url = await address(hands, "#quiet")
    await answer(hands, url, text="Just for you.")
    assert "Just for you." in await hands.texts("#quiet", "ann")
    assert "Just for you." not in await hands.texts("#quiet", "ben")
    await answer(hands, url, text="For all.", response_type="in_channel")
    assert "For all." in await hands.texts("#quiet", "ben")


async def test_what_an_answer_said_to_all_cannot_be_edited_later(hands: Hands) -> None:
    url = await address(hands)
    await answer(hands, url, text="For all.", response_type="in_channel")
    seen = await hands.get("messages/C0OPEN", user="ben")
    ts = seen["messages"][0]["ts"]
    refused = await hands.api("chat.update", channel="C0OPEN", ts=ts, text="x")
    assert refused["error"] == "cant_update_message"


async def test_an_answer_to_a_channel_that_is_gone_is_refused(hands: Hands) -> None:
    url = await address(hands)
    await hands.post("world", channel="#open", deleted=True)
    status, told = await answer(hands, url, text="Hello?")
    assert (status, "channel_not_found" in told) == (400, True)


async def test_an_answer_slack_would_not_show_is_refused(hands: Hands) -> None:
    status, told = await answer(hands, await address(hands), blocks=[{"type": "nonsense"}])
    assert (status, "invalid_blocks" in told) == (400, True)


async def test_an_answer_in_the_ack_for_the_channel_shows_what_was_typed(
    hands: Hands, plug: Plug
) -> None:
    socket = await plug()
    typing = asyncio.create_task(
        hands.post("command", user="ann", channel="#quiet", command="/do", text="it")
    )
    await socket.ack(await socket.next(), {"text": "Done.", "response_type": "in_channel"})
    await typing
    assert await hands.texts("#quiet", "ben") == ["/do it", "Done."]


async def press(hands: Hands, user: str, channel: str, ts: str) -> str:
    await hands.post("interact", user=user, channel=channel, message_ts=ts, action="go", wait="ack")
    entry = (await hands.log("interactive"))[-1]
    return str(entry["payload"]["response_url"])


async def test_the_pressed_message_is_replaced_or_deleted(hands: Hands) -> None:
    posted = await hands.api("chat.postMessage", channel="C0OPEN", text="Go?", blocks=[BUTTON])
    url = await press(hands, "ben", "#open", posted["ts"])
    await answer(hands, url, text="Gone.", replace_original=True)
    assert await hands.texts("#open", "ann") == ["Gone."]
    await answer(hands, url, delete_original=True)
    assert await hands.texts("#open", "ann") == []


async def test_a_private_message_is_replaced_for_the_one_who_sees_it(hands: Hands) -> None:
    posted = await hands.api(
        "chat.postEphemeral", channel="C0OPEN", user="U0ANN", text="Go?", blocks=[BUTTON]
    )
    url = await press(hands, "ann", "#open", posted["message_ts"])
    payload = (await hands.log("interactive"))[-1]["payload"]
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload
    await answer(hands, url, text="Gone.", replace_original=True)
    assert await hands.texts("#open", "ann") == ["Gone."]
    await answer(hands, url, delete_original=True)
    assert await hands.texts("#open", "ann") == []
