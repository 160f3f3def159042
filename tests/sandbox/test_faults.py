"""Each failure switch does what it says, as often as it says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from tests.sandbox.conftest import Clock, Hands, Socket

Plug = Callable[[], Awaitable[Socket]]
SAY: dict[str, Any] = {"channel": "C0OPEN", "text": "Hello."}


async def switch(hands: Hands, kind: str, **more: Any) -> None:
    await hands.post("faults", set=[{"kind": kind} | more])


async def call(hands: Hands, **args: Any) -> tuple[int, dict[str, str], dict[str, Any]]:
    url = f"{hands.sandbox.url}/api/chat.postMessage"
    headers = {"Authorization": "Bearer xoxb-sandbox"}
    async with hands.session.post(url, json=SAY | args, headers=headers) as answer:
        return answer.status, dict(answer.headers), await answer.json()


async def test_rate_limited_answers_429_with_retry_after_once(hands: Hands) -> None:
    await switch(hands, "rate_limited", method="chat.postMessage", times=1, seconds=7)
    assert (await hands.api("auth.test"))["ok"]
    status, headers, body = await call(hands)
    assert (status, headers["Retry-After"], body["error"]) == (429, "7", "ratelimited")
    assert (await call(hands))[2]["ok"]


async def test_server_error_and_refused_answer_what_they_are_told(hands: Hands) -> None:
    await switch(hands, "server_error", times=1, status=503)
    assert (await call(hands))[0] == 503
    await switch(hands, "refused", times=1, error="ekm_access_denied")
    assert (await call(hands))[2] == {"ok": False, "error": "ekm_access_denied"}
    assert await hands.texts("#open", "ann") == []


async def test_slow_answers_late_but_answers(hands: Hands) -> None:
    await switch(hands, "slow", times=1, seconds=0.01)
    assert (await call(hands))[2]["ok"]


async def test_hang_ends_without_an_answer_and_without_a_message(hands: Hands) -> None:
    await switch(hands, "hang", times=1, seconds=0.01)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await call(hands)
    assert await hands.texts("#open", "ann") == []


@pytest.mark.parametrize("kind", ["drop_after_accept", "accept_late"])
async def test_a_dropped_call_leaves_its_message_behind(hands: Hands, kind: str) -> None:
    await switch(hands, kind, times=1)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await call(hands)
    assert await hands.texts("#open", "ann", contains="Hello.") == ["Hello."]


async def test_a_chance_is_the_same_for_the_same_seed(hands: Hands) -> None:
    runs = []
    for _ in range(2):
        await switch(hands, "refused", error="fatal_error", probability=0.5, seed=4)
        runs.append([(await call(hands))[2]["ok"] for _ in range(12)])
        await hands.post("faults", clear=True)
    assert runs[0] == runs[1]
    assert set(runs[0]) == {True, False}


async def test_duplicate_envelope_delivers_twice(hands: Hands, plug: Plug) -> None:
    socket = await plug()
    await switch(hands, "duplicate_envelope", times=1)
    await hands.post("message", user="ann", channel="#open", text="Hi.", wait="none")
    first, second = await socket.next(), await socket.next()
    assert first["payload"] == second["payload"]
    assert first["envelope_id"] != second["envelope_id"]


class TestLost:
    @pytest.fixture
    def ack_seconds(self) -> float:
        return 0.05

    async def test_drop_envelope_loses_it_and_an_event_comes_again(
        self, hands: Hands, plug: Plug
    ) -> None:
        socket = await plug()
        await switch(hands, "drop_envelope", times=1)
        await hands.post("message", user="ann", channel="#open", text="Hi.", wait="none")
        assert (await socket.next())["retry_attempt"] == 1


async def test_disconnect_with_seconds_keeps_new_sockets_out_so_long(
    hands: Hands, plug: Plug, clock: Clock
) -> None:
    socket = await plug()
    await switch(hands, "disconnect", seconds=30)
    assert (await socket.next())["reason"] == "refresh_requested"
    with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
        await plug()
    clock.pass_(31)
    await plug()


async def test_no_charts_refuses_charts_and_lets_text_through(hands: Hands) -> None:
    await switch(hands, "no_charts")
    chart = [{"type": "data_visualization"}]
    assert (await call(hands, blocks=chart))[2]["error"] == "invalid_blocks"
    assert (await call(hands))[2]["ok"]


async def test_scope_removed_is_missing_and_no_longer_listed(hands: Hands, plug: Plug) -> None:
    await plug()
    await switch(hands, "scope_removed", scope="chat:write")
    _, headers, body = await call(hands)
    assert (body["error"], body["needed"]) == ("missing_scope", "chat:write")
    assert "chat:write" not in headers["x-oauth-scopes"].split(",")
    await switch(hands, "scope_removed", scope="channels:history")
    await hands.post("message", user="ann", channel="#open", text="Hi.")
    assert await hands.log("events_api") == []
    read = await hands.api("conversations.history", channel="C0OPEN")
    assert read["needed"] == "channels:history"


async def test_history_lag_hides_what_was_just_said(hands: Hands, clock: Clock) -> None:
    await switch(hands, "history_lag", seconds=10)
    await call(hands)
    assert (await hands.api("conversations.history", channel="C0OPEN"))["messages"] == []
    clock.pass_(10)
    assert len((await hands.api("conversations.history", channel="C0OPEN"))["messages"]) == 1


async def test_an_unknown_fault_is_refused_in_words(hands: Hands) -> None:
    refused = await hands.post("faults", 400, set=[{"kind": "gremlin"}])
    assert "rate_limited" in refused["detail"]
    refused = await hands.post("faults", 400, set=[{"kind": "slow", "colour": "red"}])
    assert "colour" in refused["detail"]
    assert (await hands.get("state"))["faults"] == []
