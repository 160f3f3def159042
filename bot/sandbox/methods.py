"""The Web API methods the workspace answers: token, scopes and arguments each requires."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.sandbox.shapes import Refusal, complaint

Kind = Literal["public", "private", "im", "mpim"]

PREFIX: dict[Kind, str] = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}


@dataclass(frozen=True, slots=True)
class Method:
    """`required`: arguments, alternatives joined with |. `scopes`: any one of them is enough.

    `kinds` says which of the scopes the kind of conversation asks for, where it matters.
    """

    required: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    kinds: Mapping[Kind, str] = field(default_factory=dict)
    app_level: bool = False
    """Asks for the app's own token instead of the bot's."""
    most: int = 0
    """Highest `limit` of a method that answers in pages; 0: not paged."""


def _of_conversations(right: str, *required: str, most: int = 0) -> Method:
    kinds = {kind: f"{prefix}:{right}" for kind, prefix in PREFIX.items()}
    return Method(required, tuple(kinds.values()), kinds, most=most)


_WRITE = ("chat:write",)
METHODS: dict[str, Method] = {
    "apps.connections.open": Method(app_level=True),
    "auth.test": Method(),
    "blocks.validate": Method(("blocks|view|message",)),
    "bots.info": Method((), ("users:read",)),
    "chat.delete": Method(("channel", "ts"), _WRITE),
    "chat.getPermalink": Method(("channel", "message_ts")),
    "chat.postEphemeral": Method(("channel", "user"), _WRITE),
    "chat.postMessage": Method(("channel",), _WRITE),
    "chat.update": Method(("channel", "ts"), _WRITE),
    "conversations.history": _of_conversations("history", "channel", most=999),
    "conversations.info": _of_conversations("read", "channel"),
    "conversations.join": Method(("channel",), ("channels:join",)),
    "conversations.list": _of_conversations("read", most=1000),
    "conversations.members": _of_conversations("read", "channel", most=1000),
    "conversations.open": Method(
        ("channel|users",),
        ("channels:manage", "groups:write", "im:write", "mpim:write"),
        {"im": "im:write", "mpim": "mpim:write"},
    ),
    "conversations.replies": _of_conversations("history", "channel", "ts", most=999),
    "files.completeUploadExternal": Method(("files",), ("files:write",)),
    "files.getUploadURLExternal": Method(("filename", "length"), ("files:write",)),
    "files.info": Method(("file",), ("files:read",)),
    "reactions.add": Method(("channel", "name", "timestamp"), ("reactions:write",)),
    "team.info": Method((), ("team:read",)),
    "users.conversations": _of_conversations("read", most=999),
    "users.info": Method(("user",), ("users:read",)),
    "users.list": Method((), ("users:read",), most=1000),
    "views.open": Method(("trigger_id|interactivity_pointer", "view")),
    "views.publish": Method(("user_id", "view")),
    "views.push": Method(("trigger_id|interactivity_pointer", "view")),
    "views.update": Method(("view_id|external_id", "view")),
}


def method(
    name: str, args: Mapping[str, Any], scopes: frozenset[str], token: str
) -> Refusal | None:
    """What Slack refuses before it looks at anything of the workspace.

    `token` is the kind of token given: "bot", "app", empty for none; any other is a wrong one.
    `scopes` are those of the bot's token.
    """
    known = METHODS.get(name)
    if known is None:
        return Refusal("unknown_method")
    return (
        _token(known, token)
        or _scope(known, args, scopes)
        or _missing(known, args)
        or _limit(known, args)
    )


def conversation_scope(name: str, kind: Kind, scopes: frozenset[str]) -> Refusal | None:
    """The scope a method needs for this kind of conversation, once that is known."""
    needed = METHODS[name].kinds.get(kind, "")
    return _without(needed, scopes) if needed and needed not in scopes else None


def _without(needed: str, scopes: frozenset[str]) -> Refusal:
    return Refusal("missing_scope", needed=needed, provided=",".join(sorted(scopes)))


def _token(known: Method, token: str) -> Refusal | None:
    if not token:
        return Refusal("not_authed")
    if token not in ("bot", "app"):
        return Refusal("invalid_auth")
    if (token == "app") != known.app_level:  # noqa: S105  # a kind, no secret
        return Refusal("not_allowed_token_type")
    return None


def _scope(known: Method, args: Mapping[str, Any], scopes: frozenset[str]) -> Refusal | None:
    kind = _kind(args)
    wanted = (known.kinds[kind],) if kind and kind in known.kinds else known.scopes
    if not wanted or scopes.intersection(wanted):
        return None
    return _without(",".join(wanted), scopes)


def _kind(args: Mapping[str, Any]) -> Kind | None:
    """None where the arguments do not show it: the id of a private channel may begin with C."""
    if str(args.get("channel") or "").startswith("D"):
        return "im"
    users = args.get("users") or ""
    if not users:
        return None
    count = len(users if isinstance(users, (list, tuple)) else str(users).split(","))
    return "mpim" if count > 1 else "im"


def _missing(known: Method, args: Mapping[str, Any]) -> Refusal | None:
    found = tuple(
        complaint(f"missing required field: {names.replace('|', ' or ')}", "")
        for names in known.required
        if all(args.get(one) in (None, "", [], {}) for one in names.split("|"))
    )
    return Refusal("invalid_arguments", found) if found else None


def _limit(known: Method, args: Mapping[str, Any]) -> Refusal | None:
    limit = args.get("limit")
    if not known.most or limit in (None, ""):
        return None
    if re.fullmatch(r"\d+", str(limit)) and 1 <= int(str(limit)) <= known.most:
        return None
    return Refusal("invalid_limit")
