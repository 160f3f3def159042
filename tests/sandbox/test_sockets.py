"""Socket Mode: hello, envelopes, acknowledgements, second deliveries, disconnects."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp
import pytest

from tests.sandbox.conftest import Clock, Hands, Socket

Plug = Callable[[], Awaitable[Socket]]


async def test_a_socket_is_greeted_with_the_apps_id(hands: Hands) -> None:
    opened = await hands.api("apps.connections.open", token="xapp-sandbox")
    async with hands.session.ws_connect(opened["url"]) as socket:
        hello = await socket.receive_json(timeout=5)
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        assert hello["connection_info"] == {"app_id": "A0APP"}
        assert (await hands.get("state"))["connected"] == 1


async def test_an_address_serves_one_connection(hands: Hands) -> None:
    opened = await hands.api("apps.connections.open", token="xapp-sandbox")
    async with hands.session.ws_connect(opened["url"]):
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await hands.session.ws_connect(opened["url"])


async def test_a_ping_is_answered(hands: Hands) -> None:
    opened = await hands.api("apps.connections.open", token="xapp-sandbox")
    async with hands.session.ws_connect(opened["url"], autoping=False) as socket:
        await socket.receive_json(timeout=5)
        await socket.ping(b"there?")
        pong = await socket.receive(timeout=5)
        assert (pong.type, bytes(pong.data)) == (aiohttp.WSMsgType.PONG, b"there?")


async def test_a_command_arrives_with_slacks_fields_and_takes_an_answer(
    hands: Hands, plug: Plug
) -> None:
    socket = await plug()
    typing = asyncio.create_task(
        hands.post("command", user="ann", channel="#shut", command="/do", text="a")
    )
    envelope = await socket.next()
    await socket.ack(envelope, {"text": "Done."})
    done = await typing
    assert envelope["type"] == "slash_commands"
    assert envelope["accepts_response_payload"] is True
    payload = envelope["payload"]
    assert payload["channel_name"] == "privategroup"
    assert (payload["team_id"], payload["user_name"]) == ("T0HOME", "ann")
    assert payload["response_url"].startswith(hands.sandbox.url)
    assert payload["is_enterprise_install"] == "false"
    assert done["response"] == {"text": "Done."}
    assert [m["ephemeral"] for m in done["seen"]] == [True]


async def test_a_mention_arrives_twice_with_one_stamp_and_two_event_ids(
    hands: Hands, plug: Plug
) -> None:
    socket = await plug()
    said = await hands.post(
        "message", user="ann", channel="#open", text="@helper hello", wait="none"
    )
    envelopes = [await socket.next(), await socket.next()]
    for envelope in envelopes:
        await socket.ack(envelope)
    events = [envelope["payload"]["event"] for envelope in envelopes]
    assert {event["type"] for event in events} == {"message", "app_mention"}
    assert {event["ts"] for event in events} == {said["ts"]}
    assert len({event["client_msg_id"] for event in events}) == 1
    assert len({envelope["payload"]["event_id"] for envelope in envelopes}) == 2
    assert all(e["payload"]["authorizations"][0]["user_id"] == "U0BOT" for e in envelopes)


async def test_nothing_of_channels_without_the_bot_is_told(hands: Hands, plug: Plug) -> None:
    await plug()
    await hands.post("message", user="ann", channel="#hidden", text="@helper secret")
    assert await hands.log("events_api") == []


async def test_with_several_sockets_each_envelope_goes_to_one(hands: Hands, plug: Plug) -> None:
    sockets = [await plug(), await plug()]
    for word in ("a", "b"):
        await hands.post("message", user="ann", channel="#open", text=word, wait="none")
    for socket in sockets:
        await socket.ack(await socket.next())
    assert len(await hands.log("events_api")) == 2


async def test_an_eleventh_socket_is_sent_away(hands: Hands, plug: Plug) -> None:
    for _ in range(10):
        await plug()
    opened = await hands.api("apps.connections.open", token="xapp-sandbox")
    async with hands.session.ws_connect(opened["url"]) as socket:
        told = await socket.receive_json(timeout=5)
        assert (told["type"], told["reason"]) == ("disconnect", "too_many_websockets")


async def test_without_a_socket_a_command_fails_at_once_and_is_not_kept(
    hands: Hands, plug: Plug
) -> None:
    done = await hands.post("command", user="ann", channel="#open", command="/do")
    assert (done["acked"], done["error"]) == (False, "dispatch_failed")
    assert done["seen"][0]["text"] == '/do failed with the error "dispatch_failed"'
    socket = await plug()
    await hands.post("message", user="ann", channel="#open", text="Next.", wait="none")
    envelope = await socket.next()
    await socket.ack(envelope)
    assert envelope["type"] == "events_api"


class TestWithoutAcknowledgement:
    @pytest.fixture
    def ack_seconds(self) -> float:
        return 0.05

    async def test_the_person_is_told_and_the_log_is_red(self, hands: Hands, plug: Plug) -> None:
        socket = await plug()
        done = await hands.post("command", user="ann", channel="#open", command="/do")
        assert done["error"] == "operation_timeout"
        assert done["seen"][0]["user"] == "USLACKBOT"
        [entry] = await hands.log("slash_commands")
        assert entry["error"] == "operation_timeout"
        await socket.ack(await socket.next(), {"text": "Too late."})
        await socket.ack({"envelope_id": "never-sent"})
        async with asyncio.timeout(5):
            while len(await hands.log("late", way="ack")) < 2:
                await hands.sandbox._desk.journal.wait(5)
        assert "Too late." not in await hands.texts("#open", "ann")

    async def test_an_event_comes_again_at_once_then_by_the_workspace_clock(
        self, hands: Hands, plug: Plug, clock: Clock
    ) -> None:
        socket = await plug()
        await hands.post("message", user="ann", channel="#open", text="Hi.", wait="ack")
        first, second = await socket.next(), await socket.next()
        assert (first["retry_attempt"], second["retry_attempt"]) == (0, 1)
        assert second["retry_reason"] == "timeout"
        assert first["payload"]["event_id"] == second["payload"]["event_id"]
        assert first["envelope_id"] != second["envelope_id"]
        clock.pass_(59)
        sockets = hands.sandbox._desk.sockets
        await sockets.retry_due()
        assert len(await hands.log("events_api")) == 2
        clock.pass_(1)
        await sockets.retry_due()
        third = await socket.next()
        assert third["retry_attempt"] == 2
        clock.pass_(300)
        retrying = asyncio.create_task(sockets.retry_due())
        fourth = await socket.next()
        await socket.ack(fourth)
        await retrying
        assert fourth["retry_attempt"] == 3
        assert sockets.next_retry() is None


@pytest.mark.parametrize("reason", ["refresh_requested", "link_disabled"])
async def test_a_disconnect_says_why_and_closes(hands: Hands, plug: Plug, reason: str) -> None:
    socket = await plug()
    await hands.post("faults", set=[{"kind": "disconnect", "error": reason}])
    told = await socket.next()
    assert (told["type"], told["reason"]) == ("disconnect", reason)
    closed = await socket.socket.receive(timeout=5)
    assert closed.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)


async def test_a_warning_leaves_the_socket_open(hands: Hands, plug: Plug) -> None:
    socket = await plug()
    await hands.post("faults", set=[{"kind": "disconnect", "error": "warning"}])
    assert (await socket.next())["reason"] == "warning"
    await hands.post("message", user="ann", channel="#open", text="Still?", wait="none")
    assert (await socket.next())["type"] == "events_api"
