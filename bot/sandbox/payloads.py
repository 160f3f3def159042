"""The bodies Slack sends when a person does something."""

from __future__ import annotations

from typing import Any

from bot.sandbox.desk import Desk
from bot.sandbox.events import TOKEN
from bot.sandbox.workspace import Row


def _frame(desk: Desk, user: str) -> dict[str, Any]:
    row, team = desk.workspace.users[user], desk.workspace.team
    return {
        "token": TOKEN,
        "team": {"id": team["id"], "domain": team["domain"]},
        "user": {
            "id": user,
            "username": row["handle"],
            "name": row["handle"],
            "team_id": row["team_id"],
        },
        "api_app_id": desk.workspace.app["id"],
        "enterprise": None,
        "is_enterprise_install": False,
    }


def channel_name(channel: Row) -> str:
    if channel.get("is_im"):
        return "directmessage"
    return "privategroup" if channel.get("is_private") else str(channel["name"])


def command(desk: Desk, user: str, channel: Row, name: str, text: str) -> dict[str, Any]:
    team = desk.workspace.team
    hook = desk.hooks.make("commands", channel["id"], user)
    return {
        "token": TOKEN,
        "team_id": team["id"],
        "team_domain": team["domain"],
        "channel_id": channel["id"],
        "channel_name": channel_name(channel),
        "user_id": user,
        "user_name": desk.workspace.users[user]["handle"],
        "command": name,
        "text": text,
        "api_app_id": desk.workspace.app["id"],
        "is_enterprise_install": "false",
        "response_url": desk.url + hook,
        "trigger_id": desk.workspace.trigger(user),
    }


def _public(message: Row) -> Row:
    hidden = ("ephemeral_for", "is_ephemeral", "from_response")
    return {key: value for key, value in message.items() if key not in hidden}


def message_action(
    desk: Desk, user: str, channel: Row, message: Row, action: Row, state: Row
) -> dict[str, Any]:
    """A press on a message; of an ephemeral one Slack sends only where it was."""
    ephemeral = bool(message.get("is_ephemeral"))
    hook = desk.hooks.make("actions", channel["id"], user, message["ts"], message.get("thread_ts"))
    body = _frame(desk, user) | {
        "type": "block_actions",
        "container": {
            "type": "message",
            "message_ts": message["ts"],
            "channel_id": channel["id"],
            "is_ephemeral": ephemeral,
        },
        "trigger_id": desk.workspace.trigger(user),
        "channel": {"id": channel["id"], "name": channel_name(channel)},
        "state": {"values": state},
        "response_url": desk.url + hook,
        "actions": [action],
    }
    if message.get("thread_ts"):
        body["container"]["thread_ts"] = message["thread_ts"]
    return body if ephemeral else body | {"message": _public(message)}


def view_action(desk: Desk, user: str, view: Row, action: Row) -> dict[str, Any]:
    return _frame(desk, user) | {
        "type": "block_actions",
        "container": {"type": "view", "view_id": view["id"]},
        "trigger_id": desk.workspace.trigger(user, view["id"]),
        "view": view,
        "actions": [action],
    }


def view_submission(desk: Desk, user: str, view: Row) -> dict[str, Any]:
    return _frame(desk, user) | {
        "type": "view_submission",
        "trigger_id": desk.workspace.trigger(user, view["id"]),
        "view": view,
        "response_urls": [],
    }


def view_closed(desk: Desk, user: str, view: Row, cleared: bool) -> dict[str, Any]:
    return _frame(desk, user) | {"type": "view_closed", "view": view, "is_cleared": cleared}


def global_shortcut(desk: Desk, user: str, callback_id: str) -> dict[str, Any]:
    return _frame(desk, user) | {
        "type": "shortcut",
        "callback_id": callback_id,
        "action_ts": desk.workspace.next_ts(),
        "trigger_id": desk.workspace.trigger(user),
    }


def message_shortcut(
    desk: Desk, user: str, callback_id: str, channel: Row, message: Row
) -> dict[str, Any]:
    hook = desk.hooks.make("actions", channel["id"], user, None, message.get("thread_ts"))
    return _frame(desk, user) | {
        "type": "message_action",
        "callback_id": callback_id,
        "action_ts": desk.workspace.next_ts(),
        "trigger_id": desk.workspace.trigger(user),
        "response_url": desk.url + hook,
        "channel": {"id": channel["id"], "name": channel_name(channel)},
        "message_ts": message["ts"],
        "message": _public(message),
    }
