"""Answers by acknowledgement or response address, and what they leave on the screen."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from bot.sandbox import chat, refusals
from bot.sandbox.blocks import has_chart
from bot.sandbox.desk import Desk
from bot.sandbox.hooks import Hook
from bot.sandbox.workspace import SLACKBOT, Row


def as_body(payload: Any) -> dict[str, Any]:
    """An acknowledgement's payload; Slack takes a bare text as well."""
    if isinstance(payload, str):
        return {"text": payload} if payload else {}
    return payload if isinstance(payload, dict) else {}


def notice(desk: Desk, channel: str, user: str, text: str) -> Row:
    """Slack's own word to one person, such as that a command failed."""
    message = {"type": "message", "user": SLACKBOT, "ts": desk.workspace.next_ts(), "text": text}
    return chat.whisper(desk, channel, user, message)


def show(desk: Desk, hook: Hook, body: dict[str, Any]) -> str | None:
    """Put an answer on the screen; answers Slack's code when it refuses to."""
    if hook.channel not in desk.workspace.channels:
        return "channel_not_found"
    if body.get("delete_original"):
        return _delete_original(desk, hook)
    refusal = refusals.response(body)
    if refusal is not None:
        return refusal.error
    if desk.faults.of("no_charts") and has_chart(body.get("blocks")):
        return "invalid_blocks"
    if body.get("replace_original") and _replace_original(desk, hook, body):
        return None
    more: Row = {"from_response": True}
    thread_ts = body.get("thread_ts") or hook.thread_ts
    if thread_ts:
        more["thread_ts"] = thread_ts
    message = chat.compose(desk, body, **more)
    if body.get("response_type") == "in_channel":
        chat.deliver(desk, desk.workspace.channels[hook.channel], message)
    else:
        chat.whisper(desk, hook.channel, hook.user, message)
    return None


def _delete_original(desk: Desk, hook: Hook) -> str | None:
    ts = hook.source_ts or ""
    if desk.workspace.ephemerals.get(hook.channel, {}).pop(ts, None):
        desk.journal.change("deleted", channel=hook.channel, user=hook.user, ts=ts)
        return None
    message = desk.workspace.message(hook.channel, ts)
    if message is None:
        return "message_not_found"
    chat.remove(desk, desk.workspace.channels[hook.channel], message)
    return None


def _replace_original(desk: Desk, hook: Hook, body: dict[str, Any]) -> bool:
    ts = hook.source_ts or ""
    private = desk.workspace.ephemerals.get(hook.channel, {})
    if ts in private:
        fresh = chat.compose(desk, body)
        kept = {k: v for k, v in private[ts].items() if k not in ("blocks", "attachments")}
        new = {k: fresh[k] for k in ("text", "blocks", "attachments") if k in fresh}
        private[ts] = kept | new
        desk.journal.change("ephemeral", channel=hook.channel, user=hook.user, ts=ts)
        return True
    message = desk.workspace.message(hook.channel, ts)
    if message is None:
        return False
    chat.change(desk, desk.workspace.channels[hook.channel], message, body)
    return True


async def receive(desk: Desk, request: web.Request) -> web.Response:
    """A POST to a response address."""
    key = f"{request.match_info['kind']}/{request.match_info['key']}"
    try:
        body = await request.json()
    except (ValueError, RecursionError):
        body = None
    entry = desk.journal.log("from_bot", "response_url", body)
    hook = desk.hooks.use(key)
    if isinstance(hook, str):
        problem: str | None = hook
    elif not isinstance(body, dict):
        problem = "invalid_payload"
    else:
        problem = show(desk, hook, body)
    entry["error"] = problem
    desk.journal.change("log", log_seq=entry["seq"])
    if problem is None:
        return web.Response(text="ok")
    status = 404 if isinstance(hook, str) else 400
    answer = json.dumps({"ok": False, "error": problem})
    return web.Response(status=status, text=answer, content_type="application/json")
