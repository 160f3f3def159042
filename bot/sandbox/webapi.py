"""Slack's Web API over HTTP: arguments, token, scopes, faults; then the method itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.sandbox import chat, conversations, directory, files, refusals, views
from bot.sandbox.blocks import has_chart
from bot.sandbox.desk import Args, Desk
from bot.sandbox.faults import Fault
from bot.sandbox.workspace import SlackError

Method = Callable[[Desk, Args], dict[str, Any]]

METHODS: dict[str, Method] = {
    **chat.METHODS,
    **conversations.METHODS,
    **directory.METHODS,
    **files.METHODS,
    **views.METHODS,
}
_JSON_ARGUMENTS = {
    "blocks": "invalid_blocks_format",
    "attachments": "invalid_attachments",
    "metadata": "invalid_metadata_format",
    "view": "invalid_arguments",
    "files": "invalid_arguments",
    "message": "invalid_arguments",
}
HANG_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    body: dict[str, Any]
    status: int = 200
    retry_after: int | None = None


def refused(code: str, **more: Any) -> dict[str, Any]:
    return {"ok": False, "error": code} | more


class WebApi:
    def __init__(self, desk: Desk, bot_token: str, app_token: str) -> None:
        self._desk = desk
        self._tokens = {bot_token: "bot", app_token: "app"}

    async def handle(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        raw, problem = await _arguments(request)
        entry = self._desk.journal.log("from_bot", name, _without_token(raw))
        began = self._desk.workspace.monotonic()
        if problem:
            answer = Answer(refused(problem))
        elif name == "apps.connections.open":
            answer = await self._answer(request, name, raw)
        else:
            with self._desk.sockets.working():
                answer = await self._answer(request, name, raw)
        entry["ms"] = round((self._desk.workspace.monotonic() - began) * 1000, 1)
        entry["answer"] = answer.body
        entry["error"] = None if answer.body.get("ok") else answer.body.get("error")
        self._desk.journal.change("log", log_seq=entry["seq"])
        return self._respond(answer)

    def _respond(self, answer: Answer) -> web.Response:
        response = web.json_response(answer.body, status=answer.status)
        response.headers["x-oauth-scopes"] = ",".join(sorted(self._desk.events.scopes))
        if answer.retry_after is not None:
            response.headers["Retry-After"] = str(answer.retry_after)
        return response

    async def _answer(self, request: web.Request, name: str, args: Args) -> Answer:
        fault = self._desk.faults.strikes(
            "rate_limited", "server_error", "refused", "slow", "hang",
            "drop_after_accept", "accept_late", method=name,
        )  # fmt: skip
        if fault is None:
            return Answer(self._call(request, name, args))
        return await self._fail(fault, request, name, args)

    async def _fail(self, fault: Fault, request: web.Request, name: str, args: Args) -> Answer:
        if fault.kind == "rate_limited":
            return Answer(refused("ratelimited"), fault.status or 429, int(fault.seconds or 1))
        if fault.kind == "server_error":
            return Answer(refused(fault.error or "internal_error"), fault.status or 500)
        if fault.kind == "refused":
            return Answer(refused(fault.error or "fatal_error"), fault.status or 200)
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds or 1)
            return Answer(self._call(request, name, args))
        if fault.kind == "hang":
            await asyncio.sleep(fault.seconds or HANG_SECONDS)
        elif fault.kind == "drop_after_accept":
            self._call(request, name, args)
        else:
            self._desk.sockets.spawn(self._accept_late(fault, request, name, args))
        if request.transport is not None:
            request.transport.abort()
        return Answer(refused("no_answer_was_sent"))

    async def _accept_late(self, fault: Fault, request: web.Request, name: str, args: Args) -> None:
        await asyncio.sleep(fault.seconds or 0)
        self._call(request, name, args)

    def _call(self, request: web.Request, name: str, args: Args) -> dict[str, Any]:
        """Run the method, or say in Slack's words why not."""
        kind = self._token_kind(request, args)
        if kind in ("not_authed", "invalid_auth"):
            return refused(kind)
        method = METHODS.get(name)
        if method is None:
            return refused("unknown_method", req_method=name)
        if (kind == "app") != (name == "apps.connections.open"):
            return refused("not_allowed_token_type")
        refusal = refusals.method(name, args, self._desk.events.scopes, kind) or (
            self._scope_of_kind(name, args)
        )
        if refusal is not None:
            return refused(refusal.error, **_details(refusal))
        if self._desk.faults.of("no_charts") and has_chart(args.get("blocks")):
            return refused("invalid_blocks")
        try:
            return {"ok": True} | method(self._desk, args)
        except SlackError as error:
            return refused(error.code, **error.more)

    def _scope_of_kind(self, name: str, args: Args) -> refusals.Refusal | None:
        """The scope this kind of channel asks for; a channel not to be seen is refused later."""
        workspace = self._desk.workspace
        channel = workspace.channels.get(str(args.get("channel") or ""))
        if channel is None or (
            channel.get("is_private") and workspace.bot not in channel["members"]
        ):
            return None
        kind: refusals.Kind = "private" if channel.get("is_private") else "public"
        if channel.get("is_im"):
            kind = "im"
        return refusals.conversation_scope(name, kind, self._desk.events.scopes)

    def _token_kind(self, request: web.Request, args: Args) -> str:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        token = token.strip() if scheme.lower() == "bearer" else str(args.get("token") or "")
        if not token:
            return "not_authed"
        return self._tokens.get(token, "invalid_auth")


def _details(refusal: refusals.Refusal) -> dict[str, Any]:
    details: dict[str, Any] = {}
    if refusal.needed:
        details = {"needed": refusal.needed, "provided": refusal.provided}
    if refusal.messages:
        details["response_metadata"] = {"messages": list(refusal.messages)}
    return details


async def _arguments(request: web.Request) -> tuple[Args, str | None]:
    """The call's arguments and, if they cannot be read, Slack's code for that."""
    args: Args = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except (ValueError, RecursionError):
            return args, "invalid_json"
        if not isinstance(body, dict):
            return args, "json_not_object"
        args |= body
    else:
        args |= dict(await request.post())
    for name, code in _JSON_ARGUMENTS.items():
        if isinstance(args.get(name), str):
            try:
                args[name] = json.loads(args[name])
            except (ValueError, RecursionError):
                return args, code
    return args, None


def _without_token(args: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in args.items() if name != "token"}
