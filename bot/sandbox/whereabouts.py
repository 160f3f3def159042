"""Who and where a request of the control API means, and whether they may be there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sandbox import typed
from bot.sandbox.desk import Desk
from bot.sandbox.workspace import Row


class ControlError(Exception):
    """A request refused: HTTP status, code, and a sentence for a person."""

    def __init__(self, status: int, code: str, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.more = status, code, detail, more


class Whereabouts:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def user(self, name: Any) -> Row:
        """A person by id or handle."""
        given = str(name or "").removeprefix("@")
        found = self._desk.workspace.users.get(given)
        bot_name = self._desk.manifest.bot_name
        found = found or typed.user_by_name(self._desk.workspace, given, bot_name)
        if found is None:
            raise ControlError(404, "user_not_found", f'There is no person "{given}" here.')
        return found

    def actor(self, body: Mapping[str, Any]) -> Row:
        user = self.user(body.get("user"))
        if user.get("deleted"):
            raise ControlError(409, "account_inactive", f"{user['name']} is deactivated.")
        if user.get("is_bot"):
            raise ControlError(409, "not_available", "A bot cannot act as a person.")
        return user

    def refuse_external(self, user: Row, what: str) -> None:
        if self._desk.workspace.is_external(user["id"]):
            detail = f"{what} are not available to people of another workspace."
            raise ControlError(409, "not_available", detail)

    def find_channel(self, name: Any, user: Row | None = None) -> Row:
        """A channel by id, `#name`, or `dm`: the one between this person and the bot."""
        given = str(name or "")
        if given == "dm" and user is not None:
            return self._desk.workspace.im(user["id"])
        found = self._desk.workspace.channels.get(given)
        if found is not None:
            return found
        for channel in self._desk.workspace.channels.values():
            if channel.get("name") and channel["name"] == given.removeprefix("#"):
                return channel
        raise ControlError(404, "channel_not_found", f'There is no channel "{given}" here.')

    def channel(self, body: Mapping[str, Any], user: Row) -> Row:
        """A channel this person can see: one of theirs, or a public one."""
        channel = self.find_channel(body.get("channel"), user)
        if user["id"] in channel["members"]:
            return channel
        if channel.get("is_private") or channel.get("is_im"):
            raise ControlError(404, "channel_not_found", f"{user['name']} sees no such channel.")
        return channel

    def channel_to_write(self, body: Mapping[str, Any], user: Row) -> Row:
        channel = self.channel(body, user)
        if user["id"] not in channel["members"]:
            detail = f"{user['name']} is not in #{channel['name']}."
            raise ControlError(409, "not_in_channel", detail)
        if channel.get("is_archived"):
            raise ControlError(409, "is_archived", f"#{channel['name']} is archived.")
        return channel

    def message(self, channel: Row, ts: str, user: Row | None = None) -> Row:
        """A message; with a person also one that only they see."""
        found = self._desk.workspace.message(channel["id"], ts)
        if found is None and user is not None:
            private = self._desk.workspace.ephemerals.get(channel["id"], {}).get(ts)
            if private and private["ephemeral_for"] == user["id"]:
                return private
        if found is None:
            raise ControlError(404, "message_not_found", f"There is no message {ts} here.")
        return found

    def view(self, user: Row, view_id: str) -> Row:
        """The form on top, or the Home, of this person."""
        home = self._desk.workspace.homes.get(user["id"])
        if home and home["id"] == view_id:
            return home
        return self.form(user, view_id)

    def form(self, user: Row, view_id: str) -> Row:
        stack = self._desk.workspace.modals.get(user["id"], [])
        if not stack or stack[-1]["id"] != view_id:
            detail = f"{user['name']} has no form {view_id} on top of the screen."
            raise ControlError(404, "view_not_found", detail)
        return stack[-1]
