"""The app's manifest, as far as it decides what the workspace sends and allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Manifest:
    def __init__(self, manifest: Mapping[str, Any]) -> None:
        features = manifest.get("features", {})
        settings = manifest.get("settings", {})
        scopes = manifest.get("oauth_config", {}).get("scopes", {})
        self.scopes = frozenset((*scopes.get("bot", ()), *scopes.get("bot_optional", ())))
        self.events = frozenset(settings.get("event_subscriptions", {}).get("bot_events", ()))
        self.commands: list[dict[str, Any]] = list(features.get("slash_commands", ()))
        self.shortcuts: list[dict[str, Any]] = list(features.get("shortcuts", ()))
        home = features.get("app_home", {})
        self.home_tab = bool(home.get("home_tab_enabled", True))
        self.messages_tab = bool(home.get("messages_tab_enabled", True))
        self.read_only_tab = bool(home.get("messages_tab_read_only_enabled", False))
        self.bot_name = str(features.get("bot_user", {}).get("display_name", ""))

    def command(self, name: str) -> dict[str, Any] | None:
        return next((c for c in self.commands if c["command"] == name), None)

    def shortcut(self, callback_id: str) -> dict[str, Any] | None:
        return next((s for s in self.shortcuts if s["callback_id"] == callback_id), None)
