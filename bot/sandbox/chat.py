"""Messages the bot posts, changes, takes back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bot.sandbox import refusals
from bot.sandbox.desk import Args, Desk, truthy
from bot.sandbox.workspace import Row, SlackError, Workspace, new_id

_EMOJI = re.compile(r"[a-z0-9_+'\-]+(?:::skin-tone-[2-6])?")


def refuse(refusal: refusals.Refusal | None) -> None:
    if refusal is not None:
        messages = {"response_metadata": {"messages": list(refusal.messages)}}
        raise SlackError(refusal.error, **(messages if refusal.messages else {}))


def readable(desk: Desk, channel: str) -> Row:
    """A channel the bot may know of; a private one without it does not exist for it."""
    found = desk.workspace.channels.get(channel)
    if found is None:
        raise SlackError("channel_not_found")
    if found.get("is_private") and desk.workspace.bot not in found["members"]:
        raise SlackError("channel_not_found")
    return found


def writable(desk: Desk, channel: str) -> Row:
    workspace = desk.workspace
    if channel in workspace.users:
        channel = direct(workspace, channel)["id"]
    found = readable(desk, channel)
    if found.get("is_archived"):
        raise SlackError("is_archived")
    if workspace.bot not in found["members"]:
        raise SlackError("not_in_channel")
    if found.get("is_im") and not desk.manifest.messages_tab:
        raise SlackError("messages_tab_disabled")
    return found


def direct(workspace: Workspace, user: str) -> Row:
    """The bot's channel with one person, where Slack lets it open one."""
    if workspace.users[user].get("is_bot"):
        raise SlackError("cannot_dm_bot")
    if workspace.is_external(user) and not workspace.shares_channel(user):
        raise SlackError("invalid_user_combination")
    return workspace.im(user)


def with_ids(blocks: list[Row]) -> list[Row]:
    """Slack names the blocks and elements that came without a name."""
    named = []
    for block in blocks:
        fresh: Row = {"block_id": new_id("", 5)} | block
        for place in ("accessory", "element"):
            if isinstance(fresh.get(place), dict):
                fresh[place] = _named(fresh[place])
        if fresh.get("type") == "actions":
            fresh["elements"] = [_named(element) for element in fresh["elements"]]
        named.append(fresh)
    return named


def _named(element: Row) -> Row:
    if element.get("type") == "image":
        return element
    named: Row = {"action_id": new_id("", 5)} | element
    return named


def compose(desk: Desk, args: Args, **more: Any) -> Row:
    """The bot's message as the workspace keeps it."""
    workspace = desk.workspace
    message: Row = {
        "type": "message",
        "user": workspace.bot,
        "ts": workspace.next_ts(),
        "bot_id": workspace.app["bot_id"],
        "app_id": workspace.app["id"],
        "text": str(args.get("text") or args.get("markdown_text") or ""),
        "team": workspace.team["id"],
    }
    for kept in ("attachments", "metadata"):
        if args.get(kept):
            message[kept] = args[kept]
    if args.get("blocks"):
        message["blocks"] = with_ids(args["blocks"])
    return message | more


def thread(workspace: Workspace, channel: str, args: Args) -> dict[str, str]:
    ts = args.get("thread_ts")
    if not ts:
        return {}
    parent = workspace.message(channel, str(ts))
    if parent is None:
        raise SlackError("thread_not_found")
    if parent.get("thread_ts", ts) != ts:
        raise SlackError("cannot_reply_to_message")
    return {"thread_ts": str(ts)}


def post_message(desk: Desk, args: Args) -> dict[str, Any]:
    refuse(refusals.message(args))
    channel = writable(desk, str(args["channel"]))
    more: dict[str, Any] = thread(desk.workspace, channel["id"], args)
    if more and truthy(args.get("reply_broadcast")):
        more["subtype"] = "thread_broadcast"
    message = deliver(desk, channel, compose(desk, args, **more))
    return {"channel": channel["id"], "ts": message["ts"], "message": message}


def deliver(desk: Desk, channel: Row, message: Row) -> Row:
    desk.workspace.put_message(channel["id"], message)
    told = {"thread_ts": message["thread_ts"]} if message.get("thread_ts") else {}
    desk.journal.change("message", channel=channel["id"], ts=message["ts"], **told)
    desk.events.spawn_said(channel, message)
    return message


def update(desk: Desk, args: Args) -> dict[str, Any]:
    refuse(refusals.message(args, update=True))
    channel = readable(desk, str(args["channel"]))
    if channel.get("is_archived"):
        raise SlackError("is_archived")
    before = _own(desk, channel, str(args["ts"]), "cant_update_message")
    message = change(desk, channel, before, args)
    return {
        "channel": channel["id"],
        "ts": message["ts"],
        "text": message["text"],
        "message": message,
    }


def change(desk: Desk, channel: Row, before: Row, args: Args) -> Row:
    """Give a message new contents; blocks not named again are gone, metadata stays."""
    kept = {key: value for key, value in before.items() if key not in ("blocks", "attachments")}
    fresh = compose(desk, args)
    new = {key: fresh[key] for key in ("text", "blocks", "attachments", "metadata") if key in fresh}
    edited = {"user": desk.workspace.bot, "ts": fresh["ts"]}
    message = desk.workspace.put_message(channel["id"], kept | new | {"edited": edited})
    desk.journal.change("changed", channel=channel["id"], ts=message["ts"])
    desk.events.changed(channel, message, before)
    return message


def _own(desk: Desk, channel: Row, ts: str, code: str) -> Row:
    message = desk.workspace.message(channel["id"], ts)
    if message is None:
        raise SlackError("message_not_found")
    if message.get("bot_id") != desk.workspace.app["bot_id"] or message.get("from_response"):
        raise SlackError(code)
    return message


def post_ephemeral(desk: Desk, args: Args) -> dict[str, Any]:
    refuse(refusals.message(args))
    channel = writable(desk, str(args["channel"]))
    user = str(args["user"])
    if user not in channel["members"]:
        raise SlackError("user_not_in_channel")
    more = thread(desk.workspace, channel["id"], args)
    message = whisper(desk, channel["id"], user, compose(desk, args, **more))
    return {"message_ts": message["ts"]}


def whisper(desk: Desk, channel: str, user: str, message: Row) -> Row:
    """Show a message to one person only; Slack keeps no such message, nor do we over a restart."""
    message |= {"ephemeral_for": user, "is_ephemeral": True}
    desk.workspace.ephemerals.setdefault(channel, {})[message["ts"]] = message
    desk.journal.change("ephemeral", channel=channel, user=user, ts=message["ts"])
    return message


def delete(desk: Desk, args: Args) -> dict[str, Any]:
    channel = readable(desk, str(args["channel"]))
    message = _own(desk, channel, str(args["ts"]), "cant_delete_message")
    remove(desk, channel, message)
    return {"channel": channel["id"], "ts": message["ts"]}


def remove(desk: Desk, channel: Row, message: Row) -> None:
    """Take a message away; the parent of a thread leaves a tombstone."""
    workspace = desk.workspace
    if workspace.replies(channel["id"], message["ts"]):
        tomb = {"type": "message", "subtype": "tombstone", "user": "USLACKBOT", "hidden": True}
        tomb |= {"text": "This message was deleted.", "ts": message["ts"]}
        workspace.put_message(channel["id"], tomb)
        desk.journal.change("changed", channel=channel["id"], ts=message["ts"])
    else:
        workspace.drop_message(channel["id"], message["ts"])
    desk.events.deleted(channel, message)


def permalink(desk: Desk, channel: str, message: Row) -> str:
    link = f"{desk.url}/archives/{channel}/p{message['ts'].replace('.', '')}"
    parent = message.get("thread_ts")
    return f"{link}?thread_ts={parent}&cid={channel}" if parent else link


def get_permalink(desk: Desk, args: Args) -> dict[str, Any]:
    channel = readable(desk, str(args["channel"]))
    message = desk.workspace.message(channel["id"], str(args["message_ts"]))
    if message is None:
        raise SlackError("message_not_found")
    link = permalink(desk, channel["id"], message)
    return {"channel": channel["id"], "permalink": link}


def add_reaction(desk: Desk, args: Args) -> dict[str, Any]:
    channel = readable(desk, str(args["channel"]))
    if channel.get("is_archived"):
        raise SlackError("is_archived")
    name, ts = str(args["name"]), str(args["timestamp"])
    if not _EMOJI.fullmatch(name):
        raise SlackError("invalid_name")
    message = desk.workspace.message(channel["id"], ts)
    if message is None:
        raise SlackError("message_not_found")
    if desk.workspace.bot not in channel["members"]:
        raise SlackError("not_in_channel")
    if not react(desk, channel["id"], message, desk.workspace.bot, name):
        raise SlackError("already_reacted")
    return {}


def react(desk: Desk, channel: str, message: Row, user: str, name: str, on: bool = True) -> bool:
    """Add or take back a reaction; False when there was nothing to change."""
    reactions = {r["name"]: [*r["users"]] for r in message.get("reactions", ())}
    users = reactions.setdefault(name, [])
    if (user in users) == on:
        return False
    if on:
        users.append(user)
    else:
        users.remove(user)
    shown = [{"name": n, "users": u, "count": len(u)} for n, u in reactions.items() if u]
    desk.workspace.put_message(channel, message | {"reactions": shown})
    desk.journal.change("reaction", channel=channel, ts=message["ts"], user=user)
    return True


METHODS: dict[str, Callable[[Desk, Args], dict[str, Any]]] = {
    "chat.postMessage": post_message,
    "chat.update": update,
    "chat.postEphemeral": post_ephemeral,
    "chat.delete": delete,
    "chat.getPermalink": get_permalink,
    "reactions.add": add_reaction,
}
