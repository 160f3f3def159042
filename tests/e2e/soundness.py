"""What the bot sends, looked through for tokens that would ring, link or mention."""

import json
import re
from collections.abc import Iterator
from typing import Any

_TOKEN = re.compile(r"<([^<>\n]+)>")
_OURS = re.compile(r"!date\^\d+\^")


def tokens_that_ring(entry: dict[str, Any], known: set[str]) -> list[str]:
    """Of one piece of traffic: tokens that are not ours, or any in a message's `text`."""
    if entry["way"] not in ("from_bot", "ack") or entry["kind"] == "junk":
        return []
    found = []
    for where, text in _texts(entry["payload"]):
        for token in _TOKEN.findall(text):
            if where == "text" or not _is_ours(token, known):
                found.append(f"{entry['kind']}: <{token}>")
    return found


def _is_ours(token: str, known: set[str]) -> bool:
    target = token.partition("|")[0]
    if target.startswith(("@", "#")):
        return target[1:] in known
    return bool(_OURS.match(token)) or target.startswith(("http://", "https://"))


def _texts(payload: Any) -> Iterator[tuple[str, str]]:
    """Top-level `text` and every mrkdwn object."""
    if isinstance(payload, dict) and isinstance(payload.get("text"), str):
        yield "text", payload["text"]
    yield from (("mrkdwn", text) for text in _mrkdwn(payload))


def _mrkdwn(part: Any) -> Iterator[str]:
    if isinstance(part, str) and part[:1] in "[{" and part[1:2] in '"{[':
        part = _parsed(part)
    if isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            yield str(part.get("text"))
        for value in part.values():
            yield from _mrkdwn(value)
    elif isinstance(part, list):
        for value in part:
            yield from _mrkdwn(value)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
