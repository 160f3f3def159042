"""The workspace on loopback: one HTTP server for methods, sockets, page and control."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.sandbox import files, responses
from bot.sandbox.clock import WorkspaceClock, instant
from bot.sandbox.control import Control
from bot.sandbox.desk import Desk
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.hooks import Hooks
from bot.sandbox.journal import Journal
from bot.sandbox.manifest import Manifest
from bot.sandbox.pages import guarded, routes
from bot.sandbox.sockets import Sockets
from bot.sandbox.store import Store
from bot.sandbox.timemachine import Attached, TimeMachine
from bot.sandbox.webapi import WebApi
from bot.sandbox.workspace import Workspace

HOST = "127.0.0.1"
MAX_BODY = 32 * 1024 * 1024


class Sandbox:
    def __init__(
        self,
        *,
        seed: Mapping[str, Any],
        manifest: Mapping[str, Any],
        now: Callable[[], datetime],
        state_file: Path | None = None,
        bot_token: str = "xoxb-sandbox",  # noqa: S107 - opens nothing but this workspace
        app_token: str = "xapp-sandbox",  # noqa: S107 - opens nothing but this workspace
        seeds: Mapping[str, Mapping[str, Any]] | None = None,
        ack_seconds: float = 3.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`seeds` are the worlds Reset knows by name; `seed` is the one to start with."""
        self._store = Store(state_file)
        clock = WorkspaceClock(now, _offset(self._store, seed, now))
        journal, faults = Journal(clock.now), Faults(monotonic)
        workspace = Workspace(seed, self._store, clock, journal, monotonic)
        told = Manifest(manifest)
        sockets = Sockets(workspace, journal, faults, ack_seconds)
        events = Events(workspace, sockets, told, faults)
        self._desk = Desk(workspace, journal, faults, told, sockets, events, Hooks(clock.now))
        self._machine = TimeMachine(self._desk)
        worlds = {"demo": seed, "structure": seed, "empty": seed} | dict(seeds or {})
        self._control = Control(self._desk, self._machine, worlds)
        self._api = WebApi(self._desk, bot_token, app_token)
        self._runner: web.AppRunner | None = None
        self._retrying: asyncio.Task[None] | None = None
        self.url = ""

    def now(self) -> datetime:
        """The workspace's clock, which is the bot's too."""
        return self._desk.workspace.now()

    def attach(
        self,
        *,
        next_due: Callable[[], Awaitable[datetime | None]],
        tick: Callable[[], Awaitable[list[dict[str, Any]]]],
        settle: Callable[[], Awaitable[None]],
        reseed: Callable[[str, Mapping[str, Any]], Awaitable[bool]],
    ) -> None:
        self._machine.attached = Attached(next_due, tick, settle, reseed)

    async def start(self, port: int = 0) -> None:
        """Serve on loopback and nowhere else; a taken port raises OSError."""
        application = web.Application(middlewares=[guarded], client_max_size=MAX_BODY)
        application.add_routes(self._control.routes())
        application.add_routes(
            [
                web.post("/api/{method}", self._api.handle),
                web.get("/api/{method}", self._api.handle),
                web.get("/link", self._desk.sockets.connect),
                web.post("/hooks/{kind}/{key}", self._hook),
                web.post("/upload/{file}", self._upload),
                *routes(),
            ]
        )
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, HOST, port).start()
        except OSError:
            await self._runner.cleanup()
            self._runner = None
            raise
        bound = self._runner.addresses[0][1]
        self.url = self._desk.url = f"http://{HOST}:{bound}"
        self._retrying = asyncio.create_task(self._desk.sockets.keep_retrying())

    async def stop(self) -> None:
        if self._retrying is not None:
            self._retrying.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._retrying
        self._desk.journal.close()
        await self._desk.sockets.close()
        if self._runner is not None:
            await self._runner.cleanup()
        self._store.close()

    async def _hook(self, request: web.Request) -> web.Response:
        return await responses.receive(self._desk, request)

    async def _upload(self, request: web.Request) -> web.Response:
        return await files.receive(self._desk, request)


def _offset(store: Store, seed: Mapping[str, Any], now: Callable[[], datetime]) -> timedelta:
    """How far the clock is ahead: as left behind, else so that the seed's time is now."""
    kept = store.all("meta").get("offset")
    if kept is not None:
        return timedelta(seconds=kept)
    start = instant(str(seed["now"]))
    return start - now() if start is not None else timedelta()
