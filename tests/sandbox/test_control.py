"""The control API: changes of the world, and looking at what is there."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from tests.sandbox.conftest import Hands


class TestWorld:
    @pytest.mark.parametrize(
        ("change", "event"),
        [
            ({"channel": "#open", "renamed": "wide"}, "channel_rename"),
            ({"channel": "#open", "archived": True}, "channel_archive"),
            ({"channel": "#open", "deleted": True}, "channel_deleted"),
            ({"channel": "#open", "shared": True}, "channel_shared"),
            ({"channel": "#open", "new_id": "C0NEW"}, "channel_id_changed"),
            ({"channel": "#open", "bot_in": False}, "channel_left"),
            ({"channel": "#quiet", "bot_in": True, "by": "ann"}, "member_joined_channel"),
            ({"user": "ben", "zone": "Asia/Tokyo"}, "user_change"),
            ({"user": "ben", "deactivated": True}, "user_change"),
            ({"user": "ben", "member_of": []}, "member_left_channel"),
            ({"user": "lone", "member_of": ["#open"]}, "member_joined_channel"),
        ],
    )
    async def test_each_change_is_told_by_its_event(
        self, hands: Hands, change: dict[str, Any], event: str
    ) -> None:
        await hands.post("world", **change)
        told = [entry["payload"]["event"]["type"] for entry in await hands.log("events_api")]
        assert event in told

    async def test_new_people_and_channels_are_there_at_once(self, hands: Hands) -> None:
        made = await hands.post("world", user="zoe", new={"name": "Zoe", "zone": "Asia/Tokyo"})
        await hands.post("world", channel="#fresh", new={"members": ["zoe"]}, bot_in=True)
        await hands.post("message", user="zoe", channel="#fresh", text="Hi.")
        assert (await hands.api("users.info", user=made["user"]["id"]))["user"][
            "tz"
        ] == "Asia/Tokyo"
        refused = await hands.post("world", 409, user="zoe", new=True)
        assert refused["error"] == "name_taken"
        refused = await hands.post("world", 400, user="zoe", zone="Mars/Olympus")
        assert refused["error"] == "bad_request"


class TestLooking:
    async def test_waiting_for_words_ends_with_them_or_in_408(self, hands: Hands) -> None:
        waiting = asyncio.create_task(hands.texts("#open", "ann", contains="later", timeout=5))
        await hands.post("message", user="ben", channel="#open", text="Not yet.", wait="none")
        await hands.post("message", user="ben", channel="#open", text="See you later.", wait="none")
        assert await waiting == ["See you later."]
        query: dict[str, Any] = {"user": "ann", "contains": "never", "timeout": 0.01}
        assert (await hands.get("messages/C0OPEN", 408, **query))["error"] == "timeout"

    async def test_unread_counts_fall_when_read(self, hands: Hands) -> None:
        said = await hands.post("message", user="ben", channel="#open", text="One.", wait="none")

        async def unread() -> int:
            state = await hands.get("state", user="ann")
            [channel] = [c for c in state["channels"] if c["id"] == "C0OPEN"]
            return int(channel["unread"])

        assert await unread() == 1
        await hands.post("read", user="ann", channel="#open", ts=said["ts"])
        assert await unread() == 0

    async def test_the_state_tells_what_the_page_needs(self, hands: Hands) -> None:
        state = await hands.get("state", user="ann")
        assert state["commands"][0]["command"] == "/do"
        assert state["shortcuts"][0]["callback_id"] == "keep"
        assert (state["bot"], state["connected"], state["idle"]) == ("U0BOT", 0, True)
        assert [user["external"] for user in state["users"]].count(True) == 2

    async def test_changes_are_followed_as_they_happen(self, hands: Hands) -> None:
        url = f"{hands.sandbox.url}/_control/events?after=0"
        async with hands.session.get(url) as stream:
            said = await hands.post(
                "message", user="ben", channel="#open", text="One.", wait="none"
            )
            change: dict[str, Any] = {}
            async with asyncio.timeout(5):
                async for line in stream.content:
                    if line.startswith(b"data:") and b'"message"' in line:
                        change = json.loads(line.removeprefix(b"data:"))
                        break
        assert (change["kind"], change["channel"], change["ts"]) == (
            "message",
            "C0OPEN",
            said["ts"],
        )

    async def test_a_reaction_is_added_and_taken_back(self, hands: Hands) -> None:
        said = await hands.post("message", user="ben", channel="#open", text="One.", wait="none")
        place: dict[str, Any] = {
            "user": "ann",
            "channel": "#open",
            "message_ts": said["ts"],
            "name": "eyes",
        }
        await hands.post("reaction", **place)
        [message] = (await hands.get("messages/C0OPEN", user="ben"))["messages"]
        assert message["reactions"] == [{"name": "eyes", "users": ["U0ANN"], "count": 1}]
        await hands.post("reaction", **place, present=False)
        [message] = (await hands.get("messages/C0OPEN", user="ben"))["messages"]
        assert message["reactions"] == []

    async def test_a_malformed_request_is_refused_in_words(self, hands: Hands) -> None:
        url = f"{hands.sandbox.url}/_control/message"
        for body in (b"{", b"[]"):
            async with hands.session.post(url, data=body) as answer:
                assert (answer.status, (await answer.json())["error"]) == (400, "bad_request")
        refused = await hands.post("message", 400, wait="forever")
        assert refused["error"] == "bad_request"
        refused = await hands.get("log", 400, after="yesterday")
        assert refused["error"] == "bad_request"
        for rules in ("slow", ["slow"], [{"kind": "slow", "seconds": "long"}]):
            refused = await hands.post("faults", 400, set=rules)
            assert refused["error"] == "bad_request"
