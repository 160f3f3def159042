"""Channels as the bot asks for them."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from bot.sandbox import chat, refusals
from bot.sandbox.desk import Args, Desk, truthy
from bot.sandbox.workspace import Row, SlackError

MAX_LIMIT = 999


def page(rows: list[Any], args: Args, default: int = 100) -> tuple[list[Any], str]:
    """One page of rows and the cursor of the next; the last page's is empty."""
    try:
        limit = int(args.get("limit") or default)
        start = int(base64.b64decode(str(args.get("cursor") or ""), validate=True) or b"0")
    except (ValueError, binascii.Error) as error:
        raise SlackError("invalid_cursor" if args.get("cursor") else "invalid_limit") from error
    if not 1 <= limit <= 1000:
        raise SlackError("invalid_limit")
    rest = rows[start + limit :]
    cursor = base64.b64encode(str(start + limit).encode()).decode() if rest else ""
    return rows[start : start + limit], cursor


def channel_object(desk: Desk, channel: Row) -> dict[str, Any]:
    """Slack's description of a channel."""
    workspace = desk.workspace
    if channel.get("is_im"):
        return {
            "id": channel["id"],
            "created": channel["created"],
            "is_im": True,
            "is_archived": False,
            "is_org_shared": False,
            "user": channel["user"],
            "is_user_deleted": bool(workspace.users[channel["user"]].get("deleted")),
            "context_team_id": workspace.team["id"],
        }
    private, shared = bool(channel.get("is_private")), bool(channel.get("is_ext_shared"))
    return {
        "id": channel["id"],
        "name": channel["name"],
        "name_normalized": channel["name"],
        "is_channel": not private,
        "is_group": private,
        "is_im": False,
        "is_mpim": False,
        "is_private": private,
        "created": channel["created"],
        "is_archived": bool(channel.get("is_archived")),
        "is_general": False,
        "is_shared": shared,
        "is_ext_shared": shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "is_member": workspace.bot in channel["members"],
        "context_team_id": workspace.team["id"],
        "shared_team_ids": sorted({workspace.users[u]["team_id"] for u in channel["members"]}),
        "creator": channel.get("creator") or next(iter(channel["members"]), ""),
        "topic": {"value": channel.get("topic", ""), "creator": "", "last_set": 0},
        "purpose": {"value": channel.get("purpose", ""), "creator": "", "last_set": 0},
        "previous_names": channel.get("previous_names", []),
    }


def info(desk: Desk, args: Args) -> dict[str, Any]:
    channel = chat.readable(desk, str(args["channel"]))
    shown = channel_object(desk, channel)
    if truthy(args.get("include_num_members")):
        shown["num_members"] = len(channel["members"])
    return {"channel": shown}


def open_direct(desk: Desk, args: Args) -> dict[str, Any]:
    if args.get("channel"):
        channel = chat.readable(desk, str(args["channel"]))
    else:
        users = [user for user in str(args.get("users") or "").split(",") if user]
        if not users:
            raise SlackError("users_list_not_supplied")
        if any(user not in desk.workspace.users for user in users):
            raise SlackError("user_not_found")
        if len(users) > 1:
            raise SlackError("missing_scope", needed="mpim:write")
        channel = chat.direct(desk.workspace, users[0])
    if truthy(args.get("return_im")):
        return {"channel": channel_object(desk, channel)}
    return {"channel": {"id": channel["id"]}}


def members(desk: Desk, args: Args) -> dict[str, Any]:
    channel = chat.readable(desk, str(args["channel"]))
    found, cursor = page(list(channel["members"]), args)
    return {"members": found, "response_metadata": {"next_cursor": cursor}}


def _history_channel(desk: Desk, args: Args) -> Row:
    channel = chat.readable(desk, str(args["channel"]))
    if desk.workspace.bot not in channel["members"]:
        raise SlackError("not_in_channel")
    return channel


def _within(desk: Desk, messages: Iterable[Row], args: Args) -> list[Row]:
    oldest, latest = float(args.get("oldest") or 0), float(args.get("latest") or "inf")
    inclusive = truthy(args.get("inclusive"))
    lag = max((fault.seconds or 0 for fault in desk.faults.of("history_lag")), default=0.0)
    horizon = (desk.workspace.now() - timedelta(seconds=lag)).timestamp() if lag else float("inf")
    return [
        message
        for message in messages
        if (ts := float(message["ts"])) <= horizon
        and (oldest < ts < latest or (inclusive and ts in (oldest, latest)))
    ]


def _as_read(desk: Desk, channel: str, message: Row, args: Args) -> dict[str, Any]:
    """A message in an answer: its metadata only for those who ask, its thread counted."""
    shown = dict(message)
    shown.pop("from_response", None)
    if "metadata" in shown and not truthy(args.get("include_all_metadata")):
        shown["metadata"] = {"event_type": shown["metadata"].get("event_type")}
    return shown | thread_summary(desk, channel, message)


def thread_summary(desk: Desk, channel: str, message: Row) -> dict[str, Any]:
    if message.get("thread_ts", message["ts"]) != message["ts"]:
        return {}
    replies = desk.workspace.replies(channel, message["ts"])
    if not replies:
        return {}
    users = list(dict.fromkeys(reply.get("user", "") for reply in replies))
    return {
        "thread_ts": message["ts"],
        "reply_count": len(replies),
        "reply_users": users,
        "reply_users_count": len(users),
        "latest_reply": max(reply["ts"] for reply in replies),
    }


def history(desk: Desk, args: Args) -> dict[str, Any]:
    channel = _history_channel(desk, args)
    top_level = (
        message
        for message in desk.workspace.messages.get(channel["id"], {}).values()
        if not message.get("thread_ts")
        or message["thread_ts"] == message["ts"]
        or message.get("subtype") == "thread_broadcast"
    )
    newest_first = sorted(_within(desk, top_level, args), key=lambda m: m["ts"], reverse=True)
    return _messages(desk, channel, newest_first, args)


def replies(desk: Desk, args: Args) -> dict[str, Any]:
    channel = _history_channel(desk, args)
    asked = desk.workspace.message(channel["id"], str(args["ts"]))
    if asked is None:
        raise SlackError("thread_not_found")
    root = str(asked.get("thread_ts", asked["ts"]))
    parent = desk.workspace.message(channel["id"], root)
    answers = desk.workspace.replies(channel["id"], root)
    kept = _within(desk, answers, args)
    return _messages(desk, channel, [*([parent] if parent else []), *kept], args)


def _messages(desk: Desk, channel: Row, rows: list[Row], args: Args) -> dict[str, Any]:
    found, cursor = page(rows, {**args, "limit": min(int(args.get("limit") or 100), MAX_LIMIT)})
    shown = [_as_read(desk, channel["id"], message, args) for message in found]
    return {
        "messages": shown,
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }


_LISTED: dict[str, refusals.Kind] = {
    "public_channel": "public",
    "private_channel": "private",
    "im": "im",
    "mpim": "mpim",
}


def _kinds(desk: Desk, args: Args, name: str) -> set[str]:
    kinds = set(str(args.get("types") or "public_channel").replace(" ", "").split(","))
    if not kinds <= set(_LISTED):
        raise SlackError("invalid_types")
    for kind in sorted(kinds):
        refused = refusals.conversation_scope(name, _LISTED[kind], desk.events.scopes)
        if refused is not None:
            raise SlackError(refused.error, needed=refused.needed, provided=refused.provided)
    return kinds


def _visible(desk: Desk, kinds: set[str], args: Args, of: str | None = None) -> list[Row]:
    bot = desk.workspace.bot

    def listed(channel: Row) -> bool:
        if channel.get("is_im"):
            return "im" in kinds
        if channel.get("is_archived") and truthy(args.get("exclude_archived")):
            return False
        if of is not None and of not in channel["members"]:
            return False
        if channel.get("is_private"):
            return "private_channel" in kinds and bot in channel["members"]
        return "public_channel" in kinds

    return [channel for channel in desk.workspace.channels.values() if listed(channel)]


def list_all(desk: Desk, args: Args) -> dict[str, Any]:
    found, cursor = page(_visible(desk, _kinds(desk, args, "conversations.list"), args), args)
    shown = [
        channel_object(desk, channel) | {"num_members": len(channel["members"])}
        for channel in found
    ]
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


def of_user(desk: Desk, args: Args) -> dict[str, Any]:
    user = str(args.get("user") or desk.workspace.bot)
    if user not in desk.workspace.users:
        raise SlackError("user_not_found")
    found, cursor = page(
        _visible(desk, _kinds(desk, args, "users.conversations"), args, user), args
    )
    shown = [channel_object(desk, channel) for channel in found]
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


def join(desk: Desk, args: Args) -> dict[str, Any]:
    channel = chat.readable(desk, str(args["channel"]))
    if channel.get("is_im") or channel.get("is_private"):
        raise SlackError("method_not_supported_for_channel_type")
    if channel.get("is_archived"):
        raise SlackError("is_archived")
    if desk.workspace.bot not in channel["members"]:
        channel["members"].append(desk.workspace.bot)
        desk.workspace.put_channel(channel)
        desk.journal.change("world", channel=channel["id"])
    return {"channel": channel_object(desk, channel)}


METHODS: dict[str, Callable[[Desk, Args], dict[str, Any]]] = {
    "conversations.info": info,
    "conversations.open": open_direct,
    "conversations.members": members,
    "conversations.history": history,
    "conversations.replies": replies,
    "conversations.list": list_all,
    "conversations.join": join,
    "users.conversations": of_user,
}
