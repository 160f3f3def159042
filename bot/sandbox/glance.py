"""The workspace as people look at it: state, messages, forms, traffic, changes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from aiohttp import web

from bot.sandbox import forms
from bot.sandbox.desk import Desk
from bot.sandbox.timemachine import TimeMachine
from bot.sandbox.whereabouts import ControlError, Whereabouts
from bot.sandbox.workspace import Row

WAIT_SECONDS = 10.0
HEARTBEAT_SECONDS = 15.0


class Glance:
    def __init__(self, desk: Desk, machine: TimeMachine) -> None:
        self._desk, self._machine = desk, machine
        self._where = Whereabouts(desk)

    def state(self, query: Mapping[str, str]) -> dict[str, Any]:
        workspace, manifest = self._desk.workspace, self._desk.manifest
        viewer = self._where.user(query["user"]) if query.get("user") else None
        if viewer is not None and not viewer.get("is_bot"):
            workspace.im(viewer["id"])
        offset = workspace.clock.offset.total_seconds()
        return {
            "now": workspace.now().isoformat(),
            "clock": {
                "real": workspace.clock.real().isoformat(),
                "offset_seconds": offset,
                "attached": self._machine.attached is not None,
            },
            "team": workspace.team,
            "app": workspace.app,
            "bot": workspace.bot,
            "users": [self._user(user) for user in workspace.users.values()],
            "channels": [
                self._channel(channel, viewer)
                for channel in workspace.channels.values()
                if not channel.get("is_im") or (viewer and viewer["id"] in channel["members"])
            ],
            "connected": self._desk.sockets.connected,
            "faults": [fault.shown() for fault in self._desk.faults.active],
            "views": [
                {"user": user, "view_id": stack[-1]["id"], "depth": len(stack)}
                for user, stack in workspace.modals.items()
                if stack
            ],
            "idle": not self._machine.busy,
            "commands": manifest.commands,
            "shortcuts": manifest.shortcuts,
            "page": {"home_tab": manifest.home_tab, "read_only_dm": manifest.read_only_tab},
            "seq": self._desk.journal.seq,
        }

    def _user(self, user: Row) -> dict[str, Any]:
        external = self._desk.workspace.is_external(user["id"])
        flags = ("is_admin", "is_owner", "is_restricted", "is_bot", "deleted")
        shown = {key: user.get(key, "") for key in ("id", "handle", "name", "title", "tz")}
        shown["team_id"] = user["team_id"]
        return shown | {"external": external} | {flag: bool(user.get(flag)) for flag in flags}

    def _channel(self, channel: Row, viewer: Row | None) -> dict[str, Any]:
        flags = ("is_private", "is_im", "is_archived", "is_ext_shared")
        shown = {"id": channel["id"], "name": channel.get("name", "")}
        shown |= {"members": channel["members"], "user": channel.get("user")}
        shown |= {flag: bool(channel.get(flag)) for flag in flags}
        shown["bot_in"] = self._desk.workspace.bot in channel["members"]
        if viewer is not None:
            inside = viewer["id"] in channel["members"]
            unread = self._desk.workspace.unread(viewer["id"], channel["id"]) if inside else 0
            shown |= {"unread": unread, "is_member": inside}
        return shown

    async def messages(self, name: str, query: Mapping[str, str]) -> dict[str, Any]:
        """What this person sees in a channel or thread; `contains` waits for such a message."""
        if not query.get("user"):
            raise ControlError(400, "bad_request", "Say as whom to look: user=id or handle.")
        user = self._where.user(query["user"])
        channel = self._where.channel({"channel": name}, user)
        wanted = query.get("contains")
        if wanted is None:
            return {"channel": channel["id"], "messages": self._seen(channel, user, query)}
        try:
            async with asyncio.timeout(_number(query, "timeout", WAIT_SECONDS)):
                while True:
                    seen = self._seen(channel, user, query)
                    fitting = [m for m in seen if wanted in json.dumps(m, ensure_ascii=False)]
                    if fitting:
                        return {"channel": channel["id"], "messages": fitting}
                    await self._desk.journal.wait(WAIT_SECONDS)
        except TimeoutError as error:
            detail = f'Nobody said "{wanted}" here in time.'
            raise ControlError(408, "timeout", detail) from error

    def _seen(self, channel: Row, user: Row, query: Mapping[str, str]) -> list[Row]:
        thread, after = query.get("thread_ts"), _number(query, "after")

        def here(message: Row) -> bool:
            parent = message.get("thread_ts")
            if thread:
                return thread in (parent, message["ts"])
            return parent in (None, message["ts"]) or message.get("subtype") == "thread_broadcast"

        return [
            forms.shown_message(self._desk, channel["id"], message)
            for message in self._desk.workspace.seen_by(user["id"], channel["id"])
            if here(message) and float(message["ts"]) > after
        ]

    def views(self, name: str) -> dict[str, Any]:
        user = self._where.user(name)
        stack = self._desk.workspace.modals.get(user["id"], [])
        return {"views": [forms.view_state(self._desk, view) for view in reversed(stack)]}

    def home(self, name: str) -> dict[str, Any]:
        home = self._desk.workspace.homes.get(self._where.user(name)["id"])
        return {"view": forms.view_state(self._desk, home) if home else None}

    def log(self, query: Mapping[str, str]) -> dict[str, Any]:
        after, way = _number(query, "after"), query.get("way")
        entries = [
            entry
            for entry in self._desk.journal.traffic
            if entry["seq"] > after and way in (None, "", entry["way"])
        ]
        return {"log": entries, "seq": self._desk.journal.seq}

    async def follow(self, request: web.Request) -> web.StreamResponse:
        """Changes as server-sent events, from `after` on."""
        journal = self._desk.journal
        last = {"after": request.headers.get("Last-Event-ID") or request.query.get("after") or ""}
        after = _number(last, "after", journal.seq)
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        with suppress(ConnectionResetError):  # A page that is closed follows no more.
            while not journal.closed:
                for change in journal.since(after):
                    after = change["seq"]
                    line = f"id: {after}\ndata: {json.dumps(change)}\n\n"
                    await response.write(line.encode())
                if not journal.since(after) and not await journal.wait(HEARTBEAT_SECONDS):
                    await response.write(b": still here\n\n")
        return response


def _number(query: Mapping[str, str], name: str, default: float = 0) -> float:
    try:
        return float(query.get(name) or default)
    except ValueError as error:
        raise ControlError(400, "bad_request", f"{name} is not a number.") from error
