"""What the bot can read of channels and people, and what stays closed to it."""

from __future__ import annotations

from typing import Any

from tests.sandbox.conftest import Clock, Hands
from tests.sandbox.test_webapi import MARK, post


async def test_metadata_is_stripped_from_history_unless_asked_for(hands: Hands) -> None:
    await post(hands, metadata=MARK)
    read = await hands.api("conversations.history", channel="C0OPEN")
    assert read["messages"][0]["metadata"] == {"event_type": "notice"}
    full = await hands.api("conversations.history", channel="C0OPEN", include_all_metadata=True)
    assert full["messages"][0]["metadata"] == MARK


async def test_history_comes_in_pages_newest_first_without_replies(hands: Hands) -> None:
    stamps = [await post(hands) for _ in range(3)]
    await post(hands, thread_ts=stamps[0])
    first = await hands.api("conversations.history", channel="C0OPEN", limit=2)
    assert [m["ts"] for m in first["messages"]] == [stamps[2], stamps[1]]
    assert first["has_more"]
    cursor = first["response_metadata"]["next_cursor"]
    rest = await hands.api("conversations.history", channel="C0OPEN", limit=2, cursor=cursor)
    assert [(m["ts"], m["reply_count"]) for m in rest["messages"]] == [(stamps[0], 1)]
    assert rest["response_metadata"]["next_cursor"] == ""


async def test_oldest_is_left_out_unless_inclusive(hands: Hands) -> None:
    stamps = [await post(hands) for _ in range(2)]
    asked: dict[str, Any] = {"channel": "C0OPEN", "oldest": stamps[0]}
    read = await hands.api("conversations.history", **asked)
    assert [m["ts"] for m in read["messages"]] == [stamps[1]]
    read = await hands.api("conversations.history", **asked, inclusive=True)
    assert len(read["messages"]) == 2


async def test_a_thread_is_read_by_its_parent_oldest_first(hands: Hands) -> None:
    parent = await post(hands)
    answer = await post(hands, thread_ts=parent)
    read = await hands.api("conversations.replies", channel="C0OPEN", ts=parent)
    assert [m["ts"] for m in read["messages"]] == [parent, answer]
    lost = await hands.api("conversations.replies", channel="C0OPEN", ts="1000000000.000001")
    assert lost["error"] == "thread_not_found"


async def test_history_is_closed_where_the_bot_is_no_member(hands: Hands) -> None:
    refused = await hands.api("conversations.history", channel="C0QUIET")
    assert refused["error"] == "not_in_channel"
    refused = await hands.api("conversations.history", channel="C0HIDDEN")
    assert refused["error"] == "channel_not_found"


async def test_a_channel_is_described_with_the_bots_place_in_it(hands: Hands) -> None:
    told = await hands.api("conversations.info", channel="C0OPEN", include_num_members=True)
    channel = told["channel"]
    assert (channel["is_member"], channel["num_members"]) == (True, 4)
    told = await hands.api("conversations.info", channel="C0QUIET")
    assert told["channel"]["is_member"] is False
    assert (await hands.api("conversations.info", channel="C0OLD"))["channel"]["is_archived"]
    refused = await hands.api("conversations.info", channel="C0HIDDEN")
    assert refused["error"] == "channel_not_found"


async def test_lists_of_channels_hide_private_ones_without_the_bot(hands: Hands) -> None:
    told = await hands.api("conversations.list", types="public_channel,private_channel")
    assert [c["id"] for c in told["channels"]] == ["C0OPEN", "C0QUIET", "C0SHUT", "C0OLD"]
    told = await hands.api("users.conversations", user="U0BEN")
    assert [c["id"] for c in told["channels"]] == ["C0OPEN"]


async def test_the_bot_may_join_public_channels_only(hands: Hands) -> None:
    assert (await hands.api("conversations.join", channel="C0QUIET"))["ok"]
    await post(hands, "C0QUIET")
    refused = await hands.api("conversations.join", channel="C0HIDDEN")
    assert refused["error"] == "channel_not_found"


async def test_members_come_in_pages(hands: Hands) -> None:
    first = await hands.api("conversations.members", channel="C0OPEN", limit=3)
    cursor = first["response_metadata"]["next_cursor"]
    rest = await hands.api("conversations.members", channel="C0OPEN", limit=3, cursor=cursor)
    assert first["members"] + rest["members"] == ["U0ANN", "U0BEN", "U0FAR", "U0BOT"]
    refused = await hands.api("conversations.members", channel="C0OPEN", cursor="%%")
    assert refused["error"] == "invalid_cursor"


async def test_a_person_is_described_with_the_offset_of_today(hands: Hands, clock: Clock) -> None:
    told = (await hands.api("users.info", user="U0ANN"))["user"]
    assert (told["tz"], told["tz_offset"], told["is_admin"]) == ("Europe/Rome", 3600, True)
    clock.pass_(60 * 60 * 24 * 60)
    assert (await hands.api("users.info", user="U0ANN"))["user"]["tz_offset"] == 7200
    assert (await hands.api("users.info", user="U0NONE"))["error"] == "user_not_found"


async def test_people_of_another_workspace_are_described_in_part(hands: Hands) -> None:
    far = (await hands.api("users.info", user="U0FAR"))["user"]
    assert (far["team_id"], far["is_stranger"]) == ("T0AWAY", False)
    assert "is_admin" not in far
    assert (await hands.api("users.info", user="U0LONE"))["user"]["is_stranger"] is True
    listed = await hands.api("users.list")
    assert {"U0FAR", "U0LONE"}.isdisjoint(user["id"] for user in listed["members"])


async def test_somebody_deactivated_has_no_zone_any_more(hands: Hands) -> None:
    gone = (await hands.api("users.info", user="U0GONE"))["user"]
    assert gone["deleted"] is True
    assert "tz" not in gone


async def test_the_rest_of_the_directory_answers(hands: Hands) -> None:
    assert (await hands.api("team.info"))["team"]["id"] == "T0HOME"
    assert (await hands.api("bots.info", bot="B0BOT"))["bot"]["user_id"] == "U0BOT"
    assert (await hands.api("bots.info", bot="B0"))["error"] == "bot_not_found"
    assert (await hands.api("blocks.validate", blocks=[{"type": "divider"}]))["ok"]
    assert not (await hands.api("blocks.validate", blocks=[{"type": "nonsense"}]))["ok"]
    many = await hands.api("conversations.open", users="U0ANN,U0BEN")
    assert many["error"] == "missing_scope"
    assert (await hands.api("conversations.open", users="U0NO"))["error"] == "user_not_found"
