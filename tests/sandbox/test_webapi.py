"""What Slack refuses because of the state of its workspace, one test a rule."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox import refusals
from bot.sandbox.webapi import METHODS
from tests.sandbox.conftest import Clock, Hands

HOME = {"type": "home", "blocks": [{"type": "divider"}]}
FORM = {"type": "modal", "title": {"type": "plain_text", "text": "New"}, "blocks": HOME["blocks"]}
MARK = {"event_type": "notice", "event_payload": {"id": "n1"}}


async def post(hands: Hands, channel: str = "C0OPEN", **more: Any) -> str:
    posted = await hands.api("chat.postMessage", channel=channel, text="Hello.", **more)
    assert posted["ok"], posted
    return str(posted["ts"])


def test_every_method_has_its_rules() -> None:
    assert set(METHODS) == set(refusals.METHODS)


@pytest.mark.parametrize(("token", "error"), [("", "not_authed"), ("xoxb-other", "invalid_auth")])
async def test_a_call_without_the_right_token_is_refused(
    hands: Hands, token: str, error: str
) -> None:
    assert (await hands.api("auth.test", token=token))["error"] == error


async def test_the_app_token_opens_sockets_and_nothing_else(hands: Hands) -> None:
    refused = await hands.api("auth.test", token="xapp-sandbox")
    assert refused["error"] == "not_allowed_token_type"
    refused = await hands.api("apps.connections.open")
    assert refused["error"] == "not_allowed_token_type"


async def test_every_answer_names_the_granted_scopes(hands: Hands) -> None:
    url = f"{hands.sandbox.url}/api/auth.test"
    headers = {"Authorization": "Bearer xoxb-sandbox"}
    async with hands.session.post(url, headers=headers) as answer:
        assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")
        assert (await answer.json())["bot_id"] == "B0BOT"


async def test_an_unknown_method_is_refused_and_red_in_the_log(hands: Hands) -> None:
    assert (await hands.api("chat.shout"))["error"] == "unknown_method"
    [entry] = await hands.log("chat.shout", way="from_bot")
    assert entry["error"] == "unknown_method"


async def test_form_encoded_arguments_carry_json_in_strings(hands: Hands) -> None:
    url = f"{hands.sandbox.url}/api/chat.postMessage"
    form = {"channel": "C0OPEN", "text": "Hi.", "blocks": '[{"type": "divider"}]'}
    headers = {"Authorization": "Bearer xoxb-sandbox"}
    async with hands.session.post(url, data=form, headers=headers) as answer:
        told = await answer.json()
    assert told["message"]["blocks"][0]["type"] == "divider"
    form["blocks"] = "[{"
    async with hands.session.post(url, data=form, headers=headers) as answer:
        assert (await answer.json())["error"] == "invalid_blocks_format"


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0NONE", "channel_not_found"),
        ("U0NONE", "channel_not_found"),
        ("C0QUIET", "not_in_channel"),
        ("C0HIDDEN", "channel_not_found"),
        ("C0OLD", "is_archived"),
        ("U0BOT", "cannot_dm_bot"),
        ("U0LONE", "invalid_user_combination"),
    ],
)
async def test_a_message_goes_only_where_the_bot_may_post(
    hands: Hands, channel: str, error: str
) -> None:
    refused = await hands.api("chat.postMessage", channel=channel, text="Hello.")
    assert refused == {"ok": False, "error": error}


async def test_a_person_is_reached_by_their_id_and_by_the_channel_it_opens(hands: Hands) -> None:
    opened = await hands.api("conversations.open", users="U0ANN")
    direct = opened["channel"]["id"]
    posted = await hands.api("chat.postMessage", channel="U0ANN", text="One.")
    assert posted["channel"] == direct
    await post(hands, direct)
    assert await hands.texts("dm", "ann") == ["One.", "Hello."]


async def test_a_message_to_somebody_deactivated_is_accepted_silently(hands: Hands) -> None:
    assert (await hands.api("chat.postMessage", channel="U0GONE", text="Hello."))["ok"]


async def test_stamps_rise_while_the_clock_stands(hands: Hands) -> None:
    stamps = [await post(hands) for _ in range(5)]
    assert stamps == sorted(set(stamps))


async def test_a_reply_needs_the_parent_of_a_thread(hands: Hands) -> None:
    parent = await post(hands)
    reply = await post(hands, thread_ts=parent)
    lost = await hands.api(
        "chat.postMessage", channel="C0OPEN", text="?", thread_ts="1000000000.000001"
    )
    assert lost["error"] == "thread_not_found"
    nested = await hands.api("chat.postMessage", channel="C0OPEN", text="?", thread_ts=reply)
    assert nested["error"] == "cannot_reply_to_message"


async def test_an_update_changes_the_bots_own_message_and_keeps_its_metadata(
    hands: Hands,
) -> None:
    ts = await post(hands, metadata=MARK, blocks=[{"type": "divider"}])
    assert (await hands.api("chat.update", channel="C0OPEN", ts=ts, text="Changed."))["ok"]
    read = await hands.api("conversations.history", channel="C0OPEN", include_all_metadata=True)
    [message] = read["messages"]
    assert message["text"] == "Changed."
    assert message["metadata"] == MARK
    assert "blocks" not in message
    assert message["edited"]["user"] == "U0BOT"


async def test_only_own_messages_are_changed_or_deleted(hands: Hands) -> None:
    said = await hands.post("message", user="ann", channel="#open", text="Mine.", wait="none")
    theirs = {"channel": "C0OPEN", "ts": said["ts"]}
    assert (await hands.api("chat.update", **theirs, text="x"))["error"] == "cant_update_message"
    assert (await hands.api("chat.delete", **theirs))["error"] == "cant_delete_message"
    gone = {"channel": "C0OPEN", "ts": "1000000000.000001"}
    assert (await hands.api("chat.update", **gone, text="x"))["error"] == "message_not_found"
    assert (await hands.api("chat.delete", **gone))["error"] == "message_not_found"
    direct = {"channel": "U0ANN", "ts": said["ts"]}
    assert (await hands.api("chat.update", **direct, text="x"))["error"] == "channel_not_found"


async def test_an_update_with_more_than_4000_characters_is_refused(hands: Hands) -> None:
    ts = await post(hands)
    refused = await hands.api("chat.update", channel="C0OPEN", ts=ts, text="x" * 4001)
    assert refused["error"] == "msg_too_long"


async def test_a_deleted_message_is_gone_and_a_parent_leaves_a_tombstone(hands: Hands) -> None:
    alone, parent = await post(hands), await post(hands)
    await post(hands, thread_ts=parent)
    for ts in (alone, parent):
        assert (await hands.api("chat.delete", channel="C0OPEN", ts=ts))["ok"]
    assert await hands.texts("#open", "ann") == ["This message was deleted."]


async def test_an_ephemeral_message_reaches_one_member_and_no_history(hands: Hands) -> None:
    told = {"channel": "C0OPEN", "text": "Psst."}
    assert (await hands.api("chat.postEphemeral", user="U0ANN", **told))["ok"]
    assert await hands.texts("#open", "ann") == ["Psst."]
    assert await hands.texts("#open", "ben") == []
    assert (await hands.api("conversations.history", channel="C0OPEN"))["messages"] == []
    refused = await hands.api("chat.postEphemeral", user="U0GONE", **told)
    assert refused["error"] == "user_not_in_channel"


async def trigger(hands: Hands) -> str:
    await hands.post("command", user="ann", channel="#open", command="/do", wait="ack")
    return str((await hands.log("slash_commands"))[-1]["payload"]["trigger_id"])


async def test_a_trigger_opens_one_form_within_three_seconds(hands: Hands, clock: Clock) -> None:
    used = await trigger(hands)
    assert (await hands.api("views.open", trigger_id=used, view=FORM))["ok"]
    again = await hands.api("views.open", trigger_id=used, view=FORM)
    assert again["error"] == "exchanged_trigger_id"
    old = await trigger(hands)
    clock.pass_(3.1)
    late = await hands.api("views.open", trigger_id=old, view=FORM)
    assert late["error"] == "expired_trigger_id"
    made_up = await hands.api("views.open", trigger_id="1.2.3", view=FORM)
    assert made_up["error"] == "invalid_trigger_id"


async def test_forms_stack_three_high(hands: Hands) -> None:
    await hands.api("views.open", trigger_id=await trigger(hands), view=FORM)
    for _ in range(2):
        assert (await hands.api("views.push", trigger_id=await trigger(hands), view=FORM))["ok"]
    refused = await hands.api("views.push", trigger_id=await trigger(hands), view=FORM)
    assert refused["error"] == "push_limit_reached"
    assert len((await hands.get("view/ann"))["views"]) == 3


async def test_a_stale_hash_is_a_conflict(hands: Hands) -> None:
    opened = await hands.api("views.open", trigger_id=await trigger(hands), view=FORM)
    first = {"view_id": opened["view"]["id"], "hash": opened["view"]["hash"], "view": FORM}
    assert (await hands.api("views.update", **first))["ok"]
    assert (await hands.api("views.update", **first))["error"] == "hash_conflict"
    home = (await hands.api("views.publish", user_id="U0ANN", view=HOME))["view"]
    assert (await hands.api("views.publish", user_id="U0ANN", view=HOME, hash=home["hash"]))["ok"]
    stale = await hands.api("views.publish", user_id="U0ANN", view=HOME, hash=home["hash"])
    assert stale["error"] == "hash_conflict"
    assert (await hands.api("views.update", view_id="V0", view=FORM))["error"] == "not_found"
    nobody = await hands.api("views.publish", user_id="U0NONE", view=HOME)
    assert nobody["error"] == "user_not_found"


async def test_a_reaction_is_added_once_to_a_message_that_is_there(hands: Hands) -> None:
    place = {"channel": "C0OPEN", "timestamp": await post(hands), "name": "eyes"}
    assert (await hands.api("reactions.add", **place))["ok"]
    assert (await hands.api("reactions.add", **place))["error"] == "already_reacted"
    lost = place | {"timestamp": "1000000000.000001"}
    assert (await hands.api("reactions.add", **lost))["error"] == "message_not_found"
    odd = place | {"name": "No Such!"}
    assert (await hands.api("reactions.add", **odd))["error"] == "invalid_name"


async def test_a_permalink_leads_to_the_message_on_the_page(hands: Hands) -> None:
    ts = await post(hands)
    told = await hands.api("chat.getPermalink", channel="C0OPEN", message_ts=ts)
    async with hands.session.get(told["permalink"], allow_redirects=False) as answer:
        assert answer.headers["Location"] == f"/#/C0OPEN@{ts}"


async def test_a_file_is_shared_once_its_bytes_have_come(hands: Hands) -> None:
    asked = await hands.api("files.getUploadURLExternal", filename="a.csv", length=3)
    share: dict[str, Any] = {"files": [{"id": asked["file_id"]}], "channel_id": "C0OPEN"}
    early = await hands.api("files.completeUploadExternal", **share)
    assert early["error"] == "file_update_failed"
    async with hands.session.post(asked["upload_url"], data=b"a;b") as answer:
        assert answer.status == 200
    assert (await hands.api("files.completeUploadExternal", **share))["ok"]
    seen = await hands.get("messages/C0OPEN", user="ann")
    assert seen["messages"][0]["files"][0]["name"] == "a.csv"
    assert (await hands.api("files.info", file="F0"))["error"] == "file_not_found"
