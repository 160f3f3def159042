"""What people type, as Slack hands it on: escaped, names and links made unmistakable."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.workspace import Row, Workspace

_NAME = re.compile(r"(?<![\w@.])@([\w][\w.\-]*)")
_CHANNEL = re.compile(r"(?<![\w#&])#([\w][\w\-]*)")
_LINK = re.compile(r"https?://[^\s<>|]+[^\s<>|.,;:!?)\]'\"]")
_EVERYONE = {"channel": "<!channel>", "here": "<!here>", "everyone": "<!everyone>"}
_TOKEN = re.compile(r"<([@#!]?)([^>|]+)(?:\|([^>]*))?>")


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def user_by_name(workspace: Workspace, name: str, bot_name: str = "") -> Row | None:
    wanted = name.casefold()
    for user in workspace.users.values():
        if wanted == user["handle"].casefold():
            return user
    return workspace.users[workspace.bot] if wanted == bot_name.casefold() else None


def message_text(workspace: Workspace, text: str, bot_name: str = "") -> str:
    """A message's text: names become ids without labels."""
    return _marked(workspace, text, bot_name, labelled=False)


def command_text(workspace: Workspace, text: str, escaped: bool, bot_name: str = "") -> str:
    """A command's text: with `should_escape` names become ids with labels, else they stay."""
    if not escaped:
        return escape(text)
    return _marked(workspace, text, bot_name, labelled=True)


def _marked(workspace: Workspace, text: str, bot_name: str, labelled: bool) -> str:
    parts, last = [], 0
    for link in _LINK.finditer(text):
        parts.append(_names(workspace, text[last : link.start()], bot_name, labelled))
        parts.append(f"<{escape(link.group())}>")
        last = link.end()
    parts.append(_names(workspace, text[last:], bot_name, labelled))
    return "".join(parts)


def _names(workspace: Workspace, text: str, bot_name: str, labelled: bool) -> str:
    def name(found: re.Match[str]) -> str:
        typed = found.group(1)
        handle = typed.rstrip(".-_")
        for tried in dict.fromkeys((typed, handle)):
            if tried in _EVERYONE and not labelled:
                return _EVERYONE[tried] + typed[len(tried) :]
            user = user_by_name(workspace, tried, bot_name)
            if user is not None:
                label = f"|{user['handle']}" if labelled else ""
                return f"<@{user['id']}{label}>{typed[len(tried) :]}"
        return found.group()

    def channel(found: re.Match[str]) -> str:
        for row in workspace.channels.values():
            if row.get("name") and row["name"] == found.group(1).casefold():
                shown = "" if row.get("is_private") else row["name"]
                return f"<#{row['id']}|{shown}>"
        return found.group()

    return _CHANNEL.sub(channel, _NAME.sub(name, escape(text)))


def rich_text(text: str) -> list[dict[str, Any]]:
    """The rich text block Slack puts beside what a person typed."""
    elements: list[dict[str, Any]] = []
    last = 0
    for token in _TOKEN.finditer(text):
        _add_text(elements, text[last : token.start()])
        elements.append(_token(*token.groups()))
        last = token.end()
    _add_text(elements, text[last:])
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": "typed", "elements": [section]}]


def _add_text(elements: list[dict[str, Any]], text: str) -> None:
    if text:
        plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        elements.append({"type": "text", "text": plain})


def _token(mark: str, target: str, label: str | None) -> dict[str, Any]:
    if mark == "@":
        return {"type": "user", "user_id": target}
    if mark == "#":
        return {"type": "channel", "channel_id": target}
    if mark == "!":
        return {"type": "broadcast", "range": target}
    return {"type": "link", "url": target} | ({"text": label} if label else {})
