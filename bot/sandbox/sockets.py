"""Socket Mode: connections, envelopes, acknowledgements, second deliveries."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import uuid
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from aiohttp import WSMsgType, web

from bot.sandbox.faults import Faults
from bot.sandbox.journal import Journal
from bot.sandbox.workspace import Workspace

MAX_SOCKETS = 10
# An event nobody acknowledged comes again at once, then after these times of the workspace's clock.
RETRIES = (timedelta(minutes=1), timedelta(minutes=5))


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one envelope; `body` is the payload of its acknowledgement."""

    seq: int
    acked: bool = False
    ms: float | None = None
    body: Any = None
    error: str | None = None


@dataclass(slots=True)
class Retry:
    due: datetime
    payload: dict[str, Any]
    attempt: int


@dataclass(slots=True)
class Pending:
    socket: web.WebSocketResponse
    answer: asyncio.Future[Any] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Sockets:
    def __init__(
        self, workspace: Workspace, journal: Journal, faults: Faults, ack_seconds: float
    ) -> None:
        self._workspace, self._journal, self._faults = workspace, journal, faults
        self._ack_seconds = ack_seconds
        self._open: list[web.WebSocketResponse] = []
        self._tickets: set[str] = set()
        self._pending: dict[str, Pending] = {}
        self._retries: list[Retry] = []
        self._tasks: set[asyncio.Task[Any]] = set()
        self._working = 0
        self._turn = 0
        self._retry_added = asyncio.Event()

    @property
    def connected(self) -> int:
        return len(self._open)

    # Connections

    def ticket(self) -> str:
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return ticket

    async def connect(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets or self._faults.gate_shut():
            return web.Response(status=403, text="This address is used up; ask for a new one.")
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if self.connected >= MAX_SOCKETS:
            await self._say_goodbye(socket, "too_many_websockets")
            return socket
        self._open.append(socket)
        self._journal.change("world", connected=self.connected)
        try:
            await self._greet(socket)
            await self._listen(socket)
        finally:
            self._gone(socket)
        return socket

    async def _greet(self, socket: web.WebSocketResponse) -> None:
        started = self._workspace.clock.real().isoformat()
        debug = {"host": "sandbox", "started": started, "approximate_connection_time": 3600}
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": self.connected,
                "debug_info": debug,
                "connection_info": {"app_id": self._workspace.app["id"]},
            }
        )

    async def _listen(self, socket: web.WebSocketResponse) -> None:
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                try:
                    answer = json.loads(message.data)
                except ValueError:
                    self._journal.log("ack", "junk", message.data, error="not_json")
                    continue
                self._acknowledge(answer)

    def _acknowledge(self, answer: dict[str, Any]) -> None:
        pending = self._pending.get(answer.get("envelope_id", ""))
        if pending is None or pending.answer.done():
            self._journal.log("ack", "late", answer, error="ignored")
            return
        pending.answer.set_result(answer.get("payload"))

    def _gone(self, socket: web.WebSocketResponse) -> None:
        if socket in self._open:
            self._open.remove(socket)
        for pending in self._pending.values():
            if pending.socket is socket and not pending.answer.done():
                pending.answer.set_exception(ConnectionResetError("The socket closed."))
        self._journal.change("world", connected=self.connected)

    async def disconnect(self, reason: str) -> None:
        """Send every socket away; a `warning` only announces it, `abrupt` says nothing."""
        for socket in [*self._open]:
            await self._say_goodbye(socket, reason)

    async def _say_goodbye(self, socket: web.WebSocketResponse, reason: str) -> None:
        if reason != "abrupt":
            debug = {"host": "sandbox"}
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": debug})
        if reason != "warning":
            if socket in self._open:
                self._open.remove(socket)
            await socket.close()

    # Envelopes

    async def deliver(
        self, kind: str, payload: dict[str, Any], retry: tuple[int, str] | None = None
    ) -> Delivery:
        entry = self._journal.log("to_bot", kind, payload)
        envelope = {"type": kind, "payload": payload, "accepts_response_payload": True}
        if kind == "events_api":
            attempt, reason = retry or (0, "")
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
            envelope["accepts_response_payload"] = False
        with self.working():
            outcome = await self._exchange(entry["seq"], envelope)
        entry["ms"], entry["error"] = outcome.ms, outcome.error
        self._journal.log("ack", kind, outcome.body, ms=outcome.ms, error=outcome.error)
        return outcome

    async def _exchange(self, seq: int, envelope: dict[str, Any]) -> Delivery:
        if not self._open:
            return Delivery(seq, error="dispatch_failed")
        self._turn += 1
        pending = Pending(self._open[self._turn % len(self._open)])
        key = str(uuid.uuid4())
        self._pending[key] = pending
        began = self._workspace.monotonic()
        try:
            await self._send(pending.socket, envelope, key)
            async with asyncio.timeout(self._ack_seconds):
                body = await pending.answer
        except TimeoutError:
            return Delivery(seq, error="operation_timeout")
        except ConnectionError:
            return Delivery(seq, error="dispatch_failed")
        finally:
            del self._pending[key]
        ms = round((self._workspace.monotonic() - began) * 1000, 1)
        return Delivery(seq, True, ms, body)

    async def _send(
        self, socket: web.WebSocketResponse, envelope: dict[str, Any], key: str
    ) -> None:
        if self._faults.strikes("drop_envelope", method=envelope["type"]):
            return
        await socket.send_json(envelope | {"envelope_id": key})
        if self._faults.strikes("duplicate_envelope", method=envelope["type"]):
            self._journal.log("to_bot", envelope["type"], envelope["payload"], duplicate=True)
            await socket.send_json(envelope | {"envelope_id": str(uuid.uuid4())})

    async def deliver_event(self, payload: dict[str, Any]) -> Delivery:
        """Send an event; unacknowledged it is sent again at once, and then by the clock."""
        outcome = await self.deliver("events_api", payload)
        if not outcome.acked:
            reason = "timeout" if outcome.error == "operation_timeout" else "http_error"
            outcome = await self.deliver("events_api", payload, (1, reason))
            if not outcome.acked:
                self._later(payload, 2)
        return outcome

    def _later(self, payload: dict[str, Any], attempt: int) -> None:
        if attempt - 2 < len(RETRIES):
            due = self._workspace.now() + RETRIES[attempt - 2]
            self._retries.append(Retry(due, payload, attempt))
            self._retry_added.set()

    def next_retry(self) -> datetime | None:
        return min((retry.due for retry in self._retries), default=None)

    async def retry_due(self) -> None:
        now = self._workspace.now()
        due = [retry for retry in self._retries if retry.due <= now]
        self._retries = [retry for retry in self._retries if retry.due > now]
        for retry in due:
            outcome = await self.deliver("events_api", retry.payload, (retry.attempt, "timeout"))
            if not outcome.acked:
                self._later(retry.payload, retry.attempt + 1)

    async def keep_retrying(self) -> None:
        """Serve second deliveries while the clock runs by itself; ends by being cancelled."""
        while True:
            self._retry_added.clear()
            due = self.next_retry()
            wait = None if due is None else (due - self._workspace.now()).total_seconds()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._retry_added.wait()
            await self.retry_due()

    # What is under way

    @contextlib.contextmanager
    def working(self) -> Iterator[None]:
        self._working += 1
        try:
            yield
        finally:
            self._working -= 1

    @property
    def busy(self) -> bool:
        return bool(self._working or self._tasks)

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[Any]) -> None:
        """What the task told was before its end: who waits for the end is woken again."""
        self._tasks.discard(task)
        self._journal.wake()

    async def close(self) -> None:
        for task in [*self._tasks]:
            task.cancel()
        for socket in [*self._open]:
            await socket.close(code=1001)
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def forget(self) -> None:
        """Drop second deliveries of a world that is no more."""
        self._retries.clear()
