"""What this workspace knows: people, channels, messages, forms, homes, triggers."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.sandbox.clock import WorkspaceClock
from bot.sandbox.journal import Journal
from bot.sandbox.store import Store

TRIGGER_SECONDS = 3.0
SLACKBOT = "USLACKBOT"

Row = dict[str, Any]


class SlackError(Exception):
    """A method's refusal: `ok: false` with this code."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.more = more


@dataclass(slots=True)
class Trigger:
    user: str
    issued: float
    view_id: str | None = None
    used: bool = False


def new_id(prefix: str, length: int = 10) -> str:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    return prefix + "".join(secrets.choice(alphabet) for _ in range(length))


def im_id(user: str) -> str:
    digest = hashlib.sha256(user.encode()).hexdigest().upper()
    return "D0" + digest[:9]


class Workspace:
    def __init__(
        self,
        seed: Mapping[str, Any],
        store: Store,
        clock: WorkspaceClock,
        journal: Journal,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.store, self.clock, self.journal, self.monotonic = store, clock, journal, monotonic
        self.team: Row = {}
        self.app: Row = {}
        self.users: dict[str, Row] = {}
        self.channels: dict[str, Row] = {}
        self.messages: dict[str, dict[str, Row]] = {}
        self.ephemerals: dict[str, dict[str, Row]] = {}
        self.homes: dict[str, Row] = {}
        self.modals: dict[str, list[Row]] = {}
        self.drafts: dict[str, dict[str, Row]] = {}
        self.read: dict[str, str] = {}
        self.files: dict[str, Row] = {}
        self.triggers: dict[str, Trigger] = {}
        self._last_ts = 0
        if store.all("meta"):
            self._load()
        else:
            self.reseed(seed)

    def _load(self) -> None:
        meta = self.store.all("meta")
        self.team, self.app = meta["team"], meta["app"]
        self.users = self.store.all("user")
        self.channels = self.store.all("channel")
        self.homes = self.store.all("home")
        self.read = self.store.all("read")
        self.files = self.store.all("file")
        for key, message in sorted(self.store.all("message").items()):
            channel, ts = key.split(":")
            self.messages.setdefault(channel, {})[ts] = message
            self._last_ts = max(self._last_ts, _micros(ts))

    def reseed(self, seed: Mapping[str, Any]) -> None:
        """Forget everything and start with the seed's people, channels and messages."""
        self.store.clear()
        for kept in (
            self.users, self.channels, self.messages, self.ephemerals, self.homes,
            self.modals, self.drafts, self.read, self.files, self.triggers,
        ):  # fmt: skip
            kept.clear()
        self._last_ts = 0
        self.team, self.app = dict(seed["team"]), dict(seed["app"])
        self.store.put("meta", "team", self.team)
        self.store.put("meta", "app", self.app)
        self.keep_offset()
        bot = {"id": self.bot, "handle": self.app["name"], "name": self.app["name"].capitalize()}
        for user in ({**bot, "is_bot": True, "tz": "UTC"}, *seed["users"]):
            self.put_user({"team_id": self.team["id"]} | dict(user))
        for channel in seed["channels"]:
            members = [*channel.get("members", ()), *([self.bot] if channel.get("bot_in") else [])]
            row = {key: value for key, value in channel.items() if key != "bot_in"}
            self.put_channel(row | {"members": list(dict.fromkeys(members))})
        for message in seed.get("messages", ()):
            self.put_message(message["channel"], dict(message))

    @property
    def bot(self) -> str:
        return str(self.app["bot_user"])

    def keep_offset(self) -> None:
        self.store.put("meta", "offset", self.clock.offset.total_seconds())

    # People and channels

    def put_user(self, user: Row) -> None:
        self.users[user["id"]] = user
        self.store.put("user", user["id"], user)

    def put_channel(self, channel: Row) -> None:
        channel.setdefault("created", int(self.clock.now().timestamp()))
        self.channels[channel["id"]] = channel
        self.store.put("channel", channel["id"], channel)

    def drop_channel(self, channel: str) -> None:
        self.channels.pop(channel)
        self.store.drop("channel", channel)

    def is_external(self, user: str) -> bool:
        return bool(self.users[user]["team_id"] != self.team["id"])

    def shares_channel(self, user: str) -> bool:
        return any(
            user in channel["members"] and self.bot in channel["members"]
            for channel in self.channels.values()
            if not channel.get("is_im")
        )

    def im(self, user: str) -> Row:
        """The channel between this person and the bot, made when first asked for."""
        key = im_id(user)
        if key not in self.channels:
            self.put_channel(
                {"id": key, "is_im": True, "user": user, "name": "", "members": [user, self.bot]}
            )
        return self.channels[key]

    # Messages

    def next_ts(self) -> str:
        """A stamp later than all before, also while the clock stands."""
        now = int(self.clock.now().timestamp() * 1_000_000)
        self._last_ts = max(self._last_ts + 1, now)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def put_message(self, channel: str, message: Row) -> Row:
        self.messages.setdefault(channel, {})[message["ts"]] = message
        self._last_ts = max(self._last_ts, _micros(message["ts"]))
        self.store.put("message", f"{channel}:{message['ts']}", message)
        return message

    def drop_message(self, channel: str, ts: str) -> None:
        del self.messages[channel][ts]
        self.store.drop("message", f"{channel}:{ts}")
        self.journal.change("deleted", channel=channel, ts=ts)

    def message(self, channel: str, ts: str) -> Row | None:
        return self.messages.get(channel, {}).get(ts)

    def replies(self, channel: str, ts: str) -> list[Row]:
        return [
            message
            for message in self.messages.get(channel, {}).values()
            if message.get("thread_ts") == ts and message["ts"] != ts
        ]

    def seen_by(self, user: str, channel: str) -> Iterator[Row]:
        """All of a channel that this person sees, their private answers too, in order of time."""
        private = self.ephemerals.get(channel, {}).values()
        shown = [*self.messages.get(channel, {}).values()]
        shown += [message for message in private if message["ephemeral_for"] == user]
        return iter(sorted(shown, key=lambda message: _micros(message["ts"])))

    def mark_read(self, user: str, channel: str, ts: str) -> None:
        self.read[f"{user}:{channel}"] = ts
        self.store.put("read", f"{user}:{channel}", ts)

    def unread(self, user: str, channel: str) -> int:
        seen = _micros(self.read.get(f"{user}:{channel}", "0.000000"))
        return sum(
            message.get("user") != user and _micros(message["ts"]) > seen
            for message in self.messages.get(channel, {}).values()
            if not message.get("thread_ts") or message.get("subtype") == "thread_broadcast"
        )

    # Triggers

    def trigger(self, user: str, view_id: str | None = None) -> str:
        key = f"{self.next_ts()}.{secrets.token_hex(16)}"
        self.triggers[key] = Trigger(user, self.monotonic(), view_id)
        return key

    def use_trigger(self, key: str) -> Trigger:
        trigger = self.triggers.get(key)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self.monotonic() - trigger.issued > TRIGGER_SECONDS:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger

    def now(self) -> datetime:
        return self.clock.now()


def _micros(ts: str) -> int:
    seconds, _, fraction = ts.partition(".")
    return int(seconds or 0) * 1_000_000 + int((fraction or "0").ljust(6, "0")[:6])
