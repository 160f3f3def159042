"""What Slack refuses of messages, views, answers and acks, checked on plain dictionaries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from bot.sandbox.blocks import ONE_TABLE as _ONE_TABLE
from bot.sandbox.blocks import Surface, blocks, totals
from bot.sandbox.elements import plain
from bot.sandbox.inputs import submission
from bot.sandbox.methods import METHODS, Kind, Method, conversation_scope, method
from bot.sandbox.shapes import Check, Refusal, among, boolean, complaint, record, string

__all__ = [
    "METHODS",
    "Kind",
    "Method",
    "Refusal",
    "Surface",
    "blocks",
    "conversation_scope",
    "message",
    "method",
    "response",
    "submission",
    "validate",
    "view",
    "view_ack",
]

TEXT, UPDATED_TEXT, MARKDOWN = 40_000, 4_000, 12_000
ATTACHMENTS = 100
_STRUCTURED = ("blocks", "attachments", "metadata")
VIEW_BYTES = 250_000
# Slack publishes no number; it refuses large metadata, so we do, at a size that is surely small.
METADATA_BYTES = 4_000

_TS = r"\d{10}\.\d{6}"
_EVENT_TYPE = r"[A-Za-z0-9_.-]+"


def message(args: Mapping[str, Any], *, update: bool = False) -> Refusal | None:
    """For every method that posts or changes a message; arrays may come as JSON text."""
    given = {**args, **{key: _decoded(args.get(key)) for key in _STRUCTURED}}
    return (
        _arrays(given)
        or _words(given, UPDATED_TEXT if update else TEXT)
        or _content(given)
        or _metadata(given.get("metadata"), may_be_empty=update)
        or _thread(given.get("thread_ts"))
    )


def view(
    view: Mapping[str, Any], surface: Literal["modal", "home"], at: str = "/view"
) -> Refusal | None:
    shape = {"modal": _MODAL, "home": _HOME}[surface]
    found = shape(view, at)
    if isinstance(view, Mapping) and "blocks" in view:
        found += blocks(view["blocks"], surface, f"{at}/blocks")
        found += [] if found or surface == "home" else _submittable(view, at)
    if found:
        return Refusal("invalid_arguments", tuple(found))
    return Refusal("view_too_large") if _size(view) > VIEW_BYTES else None


def response(body: Mapping[str, Any]) -> Refusal | None:
    """For the body of a command's ack and of a post to a response_url."""
    given = {key: value for key, value in body.items() if value is not None}
    if found := _RESPONSE(given, ""):
        return Refusal("invalid_arguments", tuple(found))
    return None if given.get("delete_original") else message(given)


def view_ack(body: Mapping[str, Any], view: Mapping[str, Any]) -> Refusal | None:
    """For the answer to a submitted `view`; an empty body closes it."""
    action = body.get("response_action")
    if action is None or action == "clear":
        extra = tuple(_unexpected(body, {"response_action"}))
        return Refusal("invalid_arguments", extra) if extra else None
    if action == "errors":
        found = tuple(_unexpected(body, {"response_action", "errors"})) + tuple(
            _errors(body.get("errors"), view)
        )
        return Refusal("invalid_arguments", found) if found else None
    if action in ("update", "push"):
        return _next_view(body)
    words = complaint(f"unsupported response_action: {action}", "/response_action")
    return Refusal("invalid_arguments", (words,))


def validate(args: Mapping[str, Any]) -> Refusal | None:
    """For blocks.validate: exactly one of `blocks`, `message` and `view`."""
    given = {k: _decoded(args[k]) for k in ("blocks", "message", "view") if args.get(k)}
    if len(given) != 1:
        words = "must provide exactly one of `blocks`, `view`, or `message`"
        return Refusal("invalid_arguments", (words,))
    if "message" in given:
        return message(given["message"])
    if "view" in given:
        home = isinstance(given["view"], Mapping) and given["view"].get("type") == "home"
        return view(given["view"], "home" if home else "modal")
    return _content(given)


def _decoded(value: Any) -> Any:
    """Forms carry arrays and objects as JSON text."""
    if isinstance(value, str) and value.startswith(("[", "{")):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _size(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def _arrays(given: Mapping[str, Any]) -> Refusal | None:
    for key, error in (("blocks", "invalid_blocks_format"), ("attachments", "invalid_attachments")):
        if given.get(key) is not None and not isinstance(given[key], (list, tuple)):
            return Refusal(error, (complaint("must provide an array", f"/{key}"),))
    return None


def _words(given: Mapping[str, Any], most: int) -> Refusal | None:
    text, markdown = given.get("text") or "", given.get("markdown_text") or ""
    if not isinstance(text, str) or not isinstance(markdown, str):
        return Refusal("invalid_arguments", (complaint("must provide a string", "/text"),))
    if markdown and (text or given.get("blocks")):
        return Refusal("markdown_text_conflict")
    if len(text) > most or len(markdown) > MARKDOWN:
        return Refusal("msg_too_long")
    if text.strip() or markdown.strip() or given.get("blocks") or given.get("attachments"):
        return None
    return Refusal("no_text")


def _content(given: Mapping[str, Any]) -> Refusal | None:
    attachments = given.get("attachments") or []
    if len(attachments) > ATTACHMENTS:
        return Refusal("too_many_attachments")
    found = blocks(given["blocks"], "message") if given.get("blocks") else []
    for i, attachment in enumerate(attachments):
        if not isinstance(attachment, Mapping):
            words = complaint("must provide an object", f"/attachments/{i}")
            return Refusal("invalid_attachments", (words,))
        if attachment.get("blocks") is not None:
            found += blocks(attachment["blocks"], "message", f"/attachments/{i}/blocks")
    found = found or totals(list(_every_block(given)), "/blocks")
    if not found:
        return None
    tables_only = set(found) == {_ONE_TABLE}
    return Refusal("invalid_attachments" if tables_only else "invalid_blocks", tuple(found))


def _every_block(given: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from given.get("blocks") or ()
    for attachment in given.get("attachments") or ():
        yield from attachment.get("blocks") or ()


def _metadata(value: Any, *, may_be_empty: bool) -> Refusal | None:
    if value is None or (value == {} and may_be_empty):
        return None
    if not isinstance(value, Mapping) or set(value) != {"event_type", "event_payload"}:
        return Refusal("invalid_metadata_format")
    name, payload = value["event_type"], value["event_payload"]
    if not isinstance(name, str) or not re.fullmatch(_EVENT_TYPE, name):
        return Refusal("invalid_metadata_format")
    if not isinstance(payload, Mapping) or not all(
        isinstance(key, str) and isinstance(part, (str, int, float))
        for key, part in payload.items()
    ):
        return Refusal("invalid_metadata_format")
    return Refusal("metadata_too_large") if _size(value) > METADATA_BYTES else None


def _thread(value: Any) -> Refusal | None:
    if value in (None, "") or (isinstance(value, str) and re.fullmatch(_TS, value)):
        return None
    return Refusal("invalid_thread_ts")


def _blocks_later(value: Any, at: str) -> list[str]:
    """Blocks depend on the surface: `view` asks for them itself."""
    return []


_VIEW: dict[str, Check] = {
    "private_metadata": string(3000, least=0),
    "callback_id": string(255, least=0),
    "external_id": string(255, least=0),
}
_HOME = record({"type": among("home"), "blocks": _blocks_later}, _VIEW)
_MODAL = record(
    {"type": among("modal"), "title": plain(24), "blocks": _blocks_later},
    {
        **_VIEW,
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
    },
)
_RESPONSE = record(
    {},
    {
        "response_type": among("ephemeral", "in_channel"),
        "replace_original": boolean,
        "delete_original": boolean,
        "unfurl_links": boolean,
        "unfurl_media": boolean,
        "mrkdwn": boolean,
        # `message` asks for the rest.
        **dict.fromkeys(("text", "blocks", "attachments", "metadata", "thread_ts"), _blocks_later),
    },
)


def _submittable(view: Mapping[str, Any], at: str) -> list[str]:
    if view.get("submit") or all(block["type"] != "input" for block in view["blocks"]):
        return []
    return [complaint("must define `submit` to use an `input` block in modals", at)]


def _unexpected(body: Mapping[str, Any], known: set[str]) -> Iterator[str]:
    for key in body:
        if key not in known:
            yield complaint(f"invalid additional property: {key}", "")


def _errors(errors: Any, view: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(errors, Mapping) or not errors:
        yield complaint("must provide an object with at least one error", "/errors")
        return
    fields = {b.get("block_id") for b in view.get("blocks", ()) if b.get("type") == "input"}
    for name, words in errors.items():
        if name not in fields:
            yield complaint(f"no input block has the block_id {name}", "/errors")
        elif not isinstance(words, str) or not words.strip():
            yield complaint("must be a string that says something", f"/errors/{name}")


def _next_view(body: Mapping[str, Any]) -> Refusal | None:
    extra = tuple(_unexpected(body, {"response_action", "view"}))
    if extra:
        return Refusal("invalid_arguments", extra)
    return view(body.get("view"), "modal")  # type: ignore[arg-type]  # checked there
