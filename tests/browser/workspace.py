"""A small workspace and a small app, for what the page does whatever the bot."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox

START = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
HOSTILE = '<img src=x onerror="document.title=1"> <script>document.title=2</script> שלום عالم'

SEED: dict[str, Any] = {
    "team": {"id": "T0HOME", "name": "Example Society", "domain": "example"},
    "now": START.isoformat(),
    "app": {"id": "A0APP", "bot_user": "U0BOT", "bot_id": "B0BOT", "name": "helper"},
    "users": [
        {
            "id": "U0CHAIR",
            "handle": "chair",
            "name": "Chair",
            "title": "Chair of the group",
            "tz": "Europe/Rome",
        },
        {
            "id": "U0MEMBER",
            "handle": "member",
            "name": "Member",
            "title": "Member",
            "tz": "America/New_York",
        },
        {
            "id": "U0GUEST",
            "handle": "guest",
            "name": "Guest",
            "title": "Partner",
            "tz": "Asia/Tokyo",
            "team_id": "T0AWAY",
        },
    ],
    "channels": [
        {
            "id": "C0GROUP",
            "name": "wg-group",
            "members": ["U0CHAIR", "U0MEMBER", "U0GUEST"],
            "bot_in": True,
        },
        {
            "id": "C0BOARD",
            "name": "board",
            "is_private": True,
            "members": ["U0CHAIR"],
            "bot_in": True,
        },
    ],
    "messages": [],
}
MANIFEST: dict[str, Any] = {
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "helper"},
        "slash_commands": [
            {
                "command": "/form",
                "description": "Opens a form",
                "usage_hint": "[anything]",
                "should_escape": True,
            },
            {
                "command": "/forget",
                "description": "Never answers",
                "usage_hint": "",
                "should_escape": True,
            },
        ],
        "shortcuts": [
            {"name": "Keep this", "type": "message", "callback_id": "keep", "description": "Keeps"}
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "app_mentions:read",
                "channels:history",
                "chat:write",
                "commands",
                "groups:history",
                "im:history",
                "im:write",
                "reactions:write",
                "users:read",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": ["app_home_opened", "app_mention", "message.im", "message.channels"]
        },
        "interactivity": {"is_enabled": True},
    },
}


def new_sandbox(
    now: Callable[[], datetime], ack_seconds: float = 3.0, seed: dict[str, Any] = SEED
) -> Sandbox:
    return Sandbox(seed=seed, manifest=MANIFEST, now=now, ack_seconds=ack_seconds)


@asynccontextmanager
async def app_beside(
    sandbox: Sandbox, listen: Callable[[AsyncApp], None]
) -> AsyncIterator[AsyncWebClient]:
    """The real Bolt, connected to the workspace over Web API and Socket Mode."""
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(
            token="xoxb-sandbox", base_url=f"{sandbox.url}/api/", session=session
        )
        app = AsyncApp(client=client, name="helper", process_before_response=True)
        listen(app)
        handler = AsyncSocketModeHandler(app, "xapp-sandbox", web_client=client)
        await handler.connect_async()
        try:
            yield client
        finally:
            await handler.close_async()


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def option(value: str) -> dict[str, Any]:
    return {"text": plain(value.capitalize()), "value": value}


def field(name: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    named = {"action_id": f"form.{name}"} | element
    label = plain(name.capitalize())
    return {"type": "input", "block_id": name, "label": label, "element": named} | more


OPTIONS = [option("one"), option("two"), option("three")]
# Every element a form of Slack's knows and this page draws.
EVERY_FIELD: list[dict[str, Any]] = [
    field("title", {"type": "plain_text_input"}, hint=plain("Start with a verb")),
    field("notes", {"type": "plain_text_input", "multiline": True}, optional=True),
    field("choice", {"type": "static_select", "options": OPTIONS}, optional=True),
    field(
        "grouped",
        {
            "type": "static_select",
            "option_groups": [{"label": plain("Numbers"), "options": OPTIONS}],
        },
        optional=True,
    ),
    field("several", {"type": "multi_static_select", "options": OPTIONS}, optional=True),
    field("person", {"type": "users_select"}, optional=True),
    field("people", {"type": "multi_users_select"}, optional=True),
    field("place", {"type": "conversations_select"}, optional=True),
    field("places", {"type": "multi_conversations_select"}, optional=True),
    field("channel", {"type": "channels_select"}, optional=True),
    field("channels", {"type": "multi_channels_select"}, optional=True),
    field("ticks", {"type": "checkboxes", "options": OPTIONS}, optional=True),
    field("radio", {"type": "radio_buttons", "options": OPTIONS}, optional=True),
    field("day", {"type": "datepicker", "initial_date": "2027-03-08"}, optional=True),
    field("time", {"type": "timepicker"}, optional=True),
    field("moment", {"type": "datetimepicker"}, optional=True),
    field("number", {"type": "number_input", "is_decimal_allowed": False}, optional=True),
    field("email", {"type": "email_text_input"}, optional=True),
    field("link", {"type": "url_text_input"}, optional=True),
]


def form(blocks: list[dict[str, Any]], title: str = "Form", **more: Any) -> dict[str, Any]:
    shape = {
        "type": "modal",
        "callback_id": "form",
        "title": plain(title),
        "submit": plain("Send"),
        "close": plain("Cancel"),
        "blocks": blocks,
    }
    return shape | more
