"""Changes of the world around the bot: people and channels come, change and go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.sandbox.conversations import channel_object
from bot.sandbox.desk import Desk
from bot.sandbox.directory import user_object
from bot.sandbox.events import channel_type
from bot.sandbox.typed import user_by_name
from bot.sandbox.whereabouts import ControlError, Whereabouts
from bot.sandbox.workspace import Row, new_id

_USER_FIELDS = ("handle", "name", "title", "is_admin", "is_owner", "is_restricted")


class World:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._where = Whereabouts(desk)

    def change(self, body: Mapping[str, Any]) -> dict[str, Any]:
        if body.get("user"):
            changed = {"user": self._user(body)}
        elif body.get("channel"):
            changed = {"channel": self._channel(body)}
        else:
            raise ControlError(400, "bad_request", "Say which user or channel changes.")
        self._desk.journal.change("world", **{k: v["id"] for k, v in changed.items()})
        return changed

    # People

    def _user(self, body: Mapping[str, Any]) -> Row:
        user = self._new_user(body) if body.get("new") else self._where.user(body["user"])
        fields = {key: body[key] for key in _USER_FIELDS if key in body}
        if "deactivated" in body:
            fields["deleted"] = bool(body["deactivated"])
        if body.get("zone"):
            fields["tz"] = _zone(str(body["zone"]))
        if fields:
            fields["updated"] = int(self._desk.workspace.now().timestamp())
            user = user | fields
            self._desk.workspace.put_user(user)
            shown = user_object(self._desk, user)
            self._desk.events.spawn("user_change", {"type": "user_change", "user": shown})
        if "member_of" in body:
            self._set_membership(user, body)
        return user

    def _new_user(self, body: Mapping[str, Any]) -> Row:
        given = body["new"] if isinstance(body["new"], dict) else {}
        handle = str(given.get("handle") or body["user"]).removeprefix("@")
        if user_by_name(self._desk.workspace, handle):
            raise ControlError(409, "name_taken", f"There is a person {handle} already.")
        workspace = self._desk.workspace
        external = bool(given.get("external"))
        user: Row = {"id": new_id("U"), "handle": handle, "name": handle, "tz": "UTC"}
        user["team_id"] = new_id("T") if external else workspace.team["id"]
        user |= {key: value for key, value in given.items() if key not in ("external", "handle")}
        user["tz"] = _zone(str(given.get("zone") or user["tz"]))
        workspace.put_user(user)
        shown = user_object(self._desk, user)
        self._desk.events.spawn("team_join", {"type": "team_join", "user": shown})
        return user

    def _set_membership(self, user: Row, body: Mapping[str, Any]) -> None:
        wanted = {self._where.find_channel(name)["id"] for name in body["member_of"]}
        for channel in [*self._desk.workspace.channels.values()]:
            if channel.get("is_im"):
                continue
            inside, asked = user["id"] in channel["members"], channel["id"] in wanted
            if asked and not inside:
                self.join(channel, user["id"], body.get("by"))
            elif inside and not asked:
                self.leave(channel, user["id"])

    def join(self, channel: Row, user: str, by: Any = None) -> None:
        channel["members"].append(user)
        self._desk.workspace.put_channel(channel)
        inviter = {"inviter": self._where.user(by)["id"]} if by else {}
        self._membership("member_joined_channel", channel, user, **inviter)

    def leave(self, channel: Row, user: str) -> None:
        channel["members"].remove(user)
        self._desk.workspace.put_channel(channel)
        if user == self._desk.workspace.bot:
            self._desk.events.channel_event(channel, "left")
        elif self._desk.workspace.bot in channel["members"]:
            self._membership("member_left_channel", channel, user)

    def _membership(self, kind: str, channel: Row, user: str, **more: Any) -> None:
        if self._desk.workspace.bot not in channel["members"]:
            return
        event = {
            "type": kind,
            "user": user,
            "channel": channel["id"],
            "channel_type": "G" if channel_type(channel) == "group" else "C",
            "team": self._desk.workspace.users[user]["team_id"],
        }
        self._desk.events.spawn(kind, event | more)

    # Channels

    def _channel(self, body: Mapping[str, Any]) -> Row:
        channel = self._new_channel(body) if body.get("new") else self._named(body)
        changes = {
            "renamed": self._rename,
            "archived": self._archive,
            "shared": self._share,
            "new_id": self._new_id,
            "deleted": self._delete,
        }
        for word, change in changes.items():
            if word in body:
                channel = change(channel, body[word])
        if "bot_in" in body:
            self._move_bot(channel, bool(body["bot_in"]), body.get("by"))
        return channel

    def _named(self, body: Mapping[str, Any]) -> Row:
        channel = self._where.find_channel(body["channel"])
        if channel.get("is_im"):
            raise ControlError(409, "not_available", "A direct message stays as it is.")
        return channel

    def _new_channel(self, body: Mapping[str, Any]) -> Row:
        given = body["new"] if isinstance(body["new"], dict) else {}
        name = str(given.get("name") or body["channel"]).removeprefix("#")
        if any(c.get("name") == name for c in self._desk.workspace.channels.values()):
            raise ControlError(409, "name_taken", f"There is a channel #{name} already.")
        members = [self._where.user(member)["id"] for member in given.get("members", ())]
        channel: Row = {"id": new_id("C"), "name": name, "members": members}
        channel |= {"is_private": bool(given.get("is_private") or given.get("private"))}
        self._desk.workspace.put_channel(channel)
        if not channel["is_private"]:
            told = {"id": channel["id"], "name": name, "creator": next(iter(members), "")}
            event = {"type": "channel_created", "channel": told}
            self._desk.events.spawn("channel_created", event)
        return channel

    def _tell(self, channel: Row, kind: str, more: Row | None = None) -> None:
        if self._desk.workspace.bot in channel["members"]:
            self._desk.events.channel_event(channel, kind, more)

    def _rename(self, channel: Row, name: Any) -> Row:
        previous = [channel["name"], *channel.get("previous_names", ())]
        channel |= {"name": str(name).removeprefix("#"), "previous_names": previous}
        self._desk.workspace.put_channel(channel)
        shown = channel_object(self._desk, channel)
        told = {key: shown[key] for key in ("id", "name", "name_normalized", "created")}
        self._tell(channel, "rename", {"channel": told})
        return channel

    def _archive(self, channel: Row, archived: Any) -> Row:
        channel["is_archived"] = bool(archived)
        self._desk.workspace.put_channel(channel)
        self._tell(channel, "archive" if archived else "unarchive")
        return channel

    def _share(self, channel: Row, shared: Any) -> Row:
        channel["is_ext_shared"] = bool(shared)
        self._desk.workspace.put_channel(channel)
        if self._desk.workspace.bot in channel["members"]:
            name = "channel_shared" if shared else "channel_unshared"
            event = {"type": name, "channel": channel["id"]}
            self._desk.events.spawn(name, event | {"connected_team_id": new_id("T")})
        return channel

    def _new_id(self, channel: Row, wanted: Any) -> Row:
        """The channel goes on under another id, as when a shared one is converted."""
        workspace, old = self._desk.workspace, channel["id"]
        new = wanted if isinstance(wanted, str) else new_id("C")
        if new in workspace.channels:
            raise ControlError(409, "name_taken", f"There is a channel {new} already.")
        workspace.drop_channel(old)
        channel = channel | {"id": new}
        workspace.put_channel(channel)
        for ts, message in [*workspace.messages.get(old, {}).items()]:
            workspace.put_message(new, message)
            workspace.drop_message(old, ts)
        if workspace.bot in channel["members"]:
            event = {"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": new}
            self._desk.events.spawn("channel_id_changed", event)
        return channel

    def _delete(self, channel: Row, _: Any) -> Row:
        workspace = self._desk.workspace
        self._tell(channel, "deleted")
        for ts in [*workspace.messages.get(channel["id"], {})]:
            workspace.drop_message(channel["id"], ts)
        workspace.drop_channel(channel["id"])
        return channel

    def _move_bot(self, channel: Row, inside: bool, by: Any) -> None:
        bot = self._desk.workspace.bot
        if inside and bot not in channel["members"]:
            self.join(channel, bot, by)
        elif not inside and bot in channel["members"]:
            self.leave(channel, bot)


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ControlError(400, "bad_request", f'"{name}" is no time zone.') from error
    return name
