"""A workspace of invented people, the real Bolt beside it, and hands to work both."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox

START = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
TEAM, OTHER = "T0HOME", "T0AWAY"

SEED: dict[str, Any] = {
    "team": {"id": TEAM, "name": "Testers", "domain": "testers"},
    "now": START.isoformat(),
    "app": {"id": "A0APP", "bot_user": "U0BOT", "bot_id": "B0BOT", "name": "helper"},
    "users": [
        {"id": "U0ANN", "handle": "ann", "name": "Ann", "tz": "Europe/Rome", "is_admin": True},
        {"id": "U0BEN", "handle": "ben", "name": "Ben", "tz": "America/Winnipeg"},
        {"id": "U0FAR", "handle": "far", "name": "Far", "tz": "Asia/Tokyo", "team_id": OTHER},
        {"id": "U0GONE", "handle": "gone", "name": "Gone", "tz": "UTC", "deleted": True},
        {"id": "U0LONE", "handle": "lone", "name": "Lone", "tz": "UTC", "team_id": OTHER},
    ],
    "channels": [
        {"id": "C0OPEN", "name": "open", "members": ["U0ANN", "U0BEN", "U0FAR"], "bot_in": True},
        {"id": "C0QUIET", "name": "quiet", "members": ["U0ANN"], "bot_in": False},
        {
            "id": "C0SHUT",
            "name": "shut",
            "is_private": True,
            "members": ["U0ANN"],
            "bot_in": True,
        },
        {
            "id": "C0HIDDEN",
            "name": "hidden",
            "is_private": True,
            "members": ["U0ANN"],
            "bot_in": False,
        },
        {"id": "C0OLD", "name": "old", "is_archived": True, "members": ["U0ANN"], "bot_in": True},
    ],
    "messages": [],
}
SCOPES = [
    "app_mentions:read",
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "reactions:write",
    "team:read",
    "users:read",
]
EVENTS = [
    "app_home_opened",
    "app_mention",
    "message.im",
    "message.channels",
    "message.groups",
    "member_joined_channel",
    "member_left_channel",
    "channel_left",
    "channel_rename",
    "channel_archive",
    "channel_deleted",
    "channel_id_changed",
    "channel_shared",
    "user_change",
]
MANIFEST: dict[str, Any] = {
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Helper"},
        "slash_commands": [
            {"command": "/do", "description": "Do it", "should_escape": True},
            {"command": "/raw", "description": "Do it raw"},
        ],
        "shortcuts": [
            {"name": "Keep", "type": "message", "callback_id": "keep", "description": "Keep"},
            {"name": "New", "type": "global", "callback_id": "new", "description": "New"},
        ],
    },
    "oauth_config": {"scopes": {"bot": SCOPES}},
    "settings": {
        "event_subscriptions": {"bot_events": EVENTS},
        "interactivity": {"is_enabled": True},
    },
}


class Clock:
    """A real clock that stands until a test moves it."""

    def __init__(self) -> None:
        self.at = START
        self.ticks = 0.0

    def __call__(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.ticks

    def pass_(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.ticks += seconds


class Hands:
    """The HTTP side of a running workspace, as the bot, as a person, as anybody."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.sandbox, self.session = sandbox, session

    async def api(self, method: str, token: str = "xoxb-sandbox", **args: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = f"{self.sandbox.url}/api/{method}"
        async with self.session.post(url, json=args, headers=headers) as answer:
            body: dict[str, Any] = await answer.json()
            return body

    async def post(self, call: str, expect: int = 200, **body: Any) -> dict[str, Any]:
        url = f"{self.sandbox.url}/_control/{call}"
        async with self.session.post(url, json=body) as answer:
            told: dict[str, Any] = await answer.json()
            assert answer.status == expect, told
            return told

    async def get(self, call: str, expect: int = 200, **query: Any) -> dict[str, Any]:
        url = f"{self.sandbox.url}/_control/{call}"
        async with self.session.get(url, params=query) as answer:
            told: dict[str, Any] = await answer.json()
            assert answer.status == expect, told
            return told

    async def texts(self, channel: str, user: str, **query: Any) -> list[str]:
        seen = await self.get(f"messages/{quote(channel)}", user=user, **query)
        return [message["text"] for message in seen["messages"]]

    async def log(self, kind: str, way: str = "to_bot") -> list[dict[str, Any]]:
        return [e for e in (await self.get("log", way=way))["log"] if e["kind"] == kind]


class Socket:
    """A Socket Mode client of our own, for what Bolt hides."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(5):
            received: dict[str, Any] = await self.socket.receive_json()
            return received

    async def ack(self, envelope: Mapping[str, Any], payload: Any = None) -> None:
        body = {"envelope_id": envelope["envelope_id"]}
        await self.socket.send_json(body | ({"payload": payload} if payload is not None else {}))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def sandbox(clock: Clock, ack_seconds: float) -> AsyncIterator[Sandbox]:
    made = Sandbox(
        seed=SEED, manifest=MANIFEST, now=clock, monotonic=clock.monotonic, ack_seconds=ack_seconds
    )
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
def ack_seconds() -> float:
    """A test of a bot that does not acknowledge overrides this with less."""
    return 3.0


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as made:
        yield made


@pytest.fixture
async def hands(sandbox: Sandbox, session: aiohttp.ClientSession) -> Hands:
    return Hands(sandbox, session)


@pytest.fixture
async def plug(hands: Hands) -> AsyncIterator[Callable[[], Awaitable[Socket]]]:
    """Connect a socket and swallow its hello."""
    sockets: list[aiohttp.ClientWebSocketResponse] = []

    async def connect() -> Socket:
        opened = await hands.api("apps.connections.open", token="xapp-sandbox")
        socket = await hands.session.ws_connect(opened["url"])
        sockets.append(socket)
        plugged = Socket(socket)
        assert (await plugged.next())["type"] == "hello"
        return plugged

    yield connect
    for socket in sockets:
        await socket.close()


@asynccontextmanager
async def bolt(
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


@pytest.fixture
def state_file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "workspace.db"
