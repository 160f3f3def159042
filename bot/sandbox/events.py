"""Events as Slack wraps them, sent only where the app subscribed and the bot may read."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.sandbox.faults import Faults
from bot.sandbox.manifest import Manifest
from bot.sandbox.sockets import Delivery, Sockets
from bot.sandbox.workspace import Row, Workspace, new_id

TOKEN = "sandbox-verification"  # noqa: S105 - Slack's old verification field, no secret here
_SCOPE = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "app_mention": "app_mentions:read",
}


def channel_type(channel: Row) -> str:
    if channel.get("is_im"):
        return "im"
    return "group" if channel.get("is_private") else "channel"


class Events:
    def __init__(
        self, workspace: Workspace, sockets: Sockets, manifest: Manifest, faults: Faults
    ) -> None:
        self._workspace, self._sockets = workspace, sockets
        self._manifest, self._faults = manifest, faults

    @property
    def scopes(self) -> frozenset[str]:
        return self._manifest.scopes - self._faults.removed_scopes()

    def wanted(self, name: str) -> bool:
        needed = _SCOPE.get(name)
        return name in self._manifest.events and (needed is None or needed in self.scopes)

    def wrap(self, event: dict[str, Any], shared: bool = False) -> dict[str, Any]:
        workspace = self._workspace
        team, app = workspace.team["id"], workspace.app["id"]
        return {
            "token": TOKEN,
            "team_id": team,
            "context_team_id": team,
            "context_enterprise_id": None,
            "api_app_id": app,
            "event": event,
            "type": "event_callback",
            "event_id": new_id("Ev"),
            "event_time": int(workspace.now().timestamp()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": team,
                    "user_id": workspace.bot,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": shared,
            "event_context": "4-" + new_id("", 40),
        }

    async def emit(self, name: str, event: dict[str, Any], shared: bool = False) -> Delivery | None:
        if not self.wanted(name):
            return None
        event.setdefault("event_ts", self._workspace.next_ts())
        return await self._sockets.deliver_event(self.wrap(event, shared))

    def spawn(self, name: str, event: dict[str, Any], shared: bool = False) -> None:
        """Emit without waiting for the bot; the workspace counts as busy until it answers."""
        self._sockets.spawn(self.emit(name, event, shared))

    # Messages

    def _message_event(self, channel: Row, message: Row) -> dict[str, Any]:
        # Slack sends no metadata along to those who did not ask for it.
        kept = {key: value for key, value in message.items() if key != "metadata"}
        return kept | {
            "type": "message",
            "channel": channel["id"],
            "event_ts": message["ts"],
            "channel_type": channel_type(channel),
        }

    def message_name(self, channel: Row) -> str:
        return {"im": "message.im", "group": "message.groups"}.get(
            channel_type(channel), "message.channels"
        )

    async def said(self, channel: Row, message: Row) -> Delivery | None:
        """A new message; one that names the bot comes a second time, as a mention."""
        if self._workspace.bot not in channel["members"]:
            return None
        shared = bool(channel.get("is_ext_shared"))
        event = self._message_event(channel, message)
        under_way = [self.emit(self.message_name(channel), event, shared)]
        named = f"<@{self._workspace.bot}>" in message.get("text", "")
        if named and not channel.get("is_im") and not message.get("bot_id"):
            mention = {key: v for key, v in event.items() if key != "channel_type"}
            under_way.append(self.emit("app_mention", mention | {"type": "app_mention"}, shared))
        outcomes = [o for o in await asyncio.gather(*under_way) if o is not None]
        return min(outcomes, key=lambda o: o.acked, default=None)

    def spawn_said(self, channel: Row, message: Row) -> None:
        self._sockets.spawn(self.said(channel, message))

    def changed(self, channel: Row, message: Row, before: Row) -> None:
        event = {
            "type": "message",
            "subtype": "message_changed",
            "hidden": True,
            "message": message,
            "previous_message": before,
            "channel": channel["id"],
            "ts": self._workspace.next_ts(),
            "channel_type": channel_type(channel),
        }
        self.spawn(self.message_name(channel), event)

    def deleted(self, channel: Row, before: Row) -> None:
        event = {
            "type": "message",
            "subtype": "message_deleted",
            "hidden": True,
            "deleted_ts": before["ts"],
            "previous_message": before,
            "channel": channel["id"],
            "ts": self._workspace.next_ts(),
            "channel_type": channel_type(channel),
        }
        self.spawn(self.message_name(channel), event)

    # Channels and people

    def channel_event(self, channel: Row, kind: str, more: Row | None = None) -> None:
        """A change of a channel, named as Slack does for public and private ones."""
        prefix = "group" if channel.get("is_private") else "channel"
        name = f"{prefix}_{kind}"
        self.spawn(name, {"type": name, "channel": channel["id"]} | (more or {}))
