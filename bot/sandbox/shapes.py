"""Small checks from which the rules for Slack's JSON are put together."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

Check = Callable[[Any, str], list[str]]
"""Takes a value and its JSON pointer; returns every complaint."""

URL = r"[A-Za-z][A-Za-z0-9+.-]*:\S+"


@dataclass(frozen=True, slots=True)
class Refusal:
    """`error` is Slack's code; `messages` what Slack puts in response_metadata."""

    error: str
    messages: tuple[str, ...] = ()
    needed: str = ""
    provided: str = ""


def complaint(words: str, at: str) -> str:
    return f"[ERROR] {words} [json-pointer:{at}]"


def string(most: int, least: int = 1, pattern: str = "", words: str = "") -> Check:
    """`words` says what is wrong with a value that does not match the whole `pattern`."""

    def check(value: Any, at: str) -> list[str]:
        if not isinstance(value, str):
            return [complaint("must provide a string", at)]
        if len(value) < least:
            return [complaint(f"must be more than {least - 1} characters", at)]
        if len(value) > most:
            return [complaint(f"must be less than {most + 1} characters", at)]
        if pattern and not re.fullmatch(pattern, value):
            return [complaint(words, at)]
        return []

    return check


def boolean(value: Any, at: str) -> list[str]:
    return [] if isinstance(value, bool) else [complaint("must provide a boolean", at)]


def integer(least: int, most: int) -> Check:
    def check(value: Any, at: str) -> list[str]:
        if isinstance(value, bool) or not isinstance(value, int):
            return [complaint("must provide an integer", at)]
        if not least <= value <= most:
            return [complaint(f"must be from {least} to {most}", at)]
        return []

    return check


def number(value: Any, at: str) -> list[str]:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return [complaint("must provide a number", at)]
    return []


def among(*allowed: Any) -> Check:
    def check(value: Any, at: str) -> list[str]:
        if any(value == one and type(value) is type(one) for one in allowed):
            return []
        return [complaint(f"must be one of {', '.join(map(repr, allowed))}", at)]

    return check


def several(item: Check, least: int, most: int) -> Check:
    def check(value: Any, at: str) -> list[str]:
        if not isinstance(value, (list, tuple)):
            return [complaint("must provide an array", at)]
        if len(value) < least:
            return [complaint(f"no fewer than {least} items allowed", at)]
        if len(value) > most:
            return [complaint(f"no more than {most} items allowed", at)]
        return [words for i, one in enumerate(value) for words in item(one, f"{at}/{i}")]

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """An object with these keys, `type` and no others."""
    known = {**required, **(optional or {})}

    def check(value: Any, at: str) -> list[str]:
        if not isinstance(value, Mapping):
            return [complaint("must provide an object", at)]
        found = [
            complaint(f"missing required field: {key}", at) for key in required if key not in value
        ]
        for key, part in value.items():
            if key in known:
                found += known[key](part, f"{at}/{key}")
            elif key != "type":
                found.append(complaint(f"invalid additional property: {key}", at))
        return found

    return check


def typed(kinds: Mapping[str, Check]) -> Check:
    """An object whose `type` says which of the kinds it must be."""

    def check(value: Any, at: str) -> list[str]:
        if not isinstance(value, Mapping):
            return [complaint("must provide an object", at)]
        kind = value.get("type")
        if kind is None:
            return [complaint("missing required field: type", at)]
        if not isinstance(kind, str) or kind not in kinds:
            return [complaint(f"unsupported type: {kind}", f"{at}/type")]
        return kinds[kind](value, at)

    return check


def both(shape: Check, *rules: Check) -> Check:
    """The rules may rely on the shape: they are asked only where it is right."""

    def check(value: Any, at: str) -> list[str]:
        return shape(value, at) or [words for rule in rules for words in rule(value, at)]

    return check


def exactly_one(names: Collection[str]) -> Check:
    def check(value: Any, at: str) -> list[str]:
        if sum(value.get(name) is not None for name in names) == 1:
            return []
        words = " or ".join(f"`{name}`" for name in names)
        return [complaint(f"must define either {words}, and only one of them", at)]

    return check


def at_least_one(names: Collection[str]) -> Check:
    def check(value: Any, at: str) -> list[str]:
        if any(value.get(name) is not None for name in names):
            return []
        words = " or ".join(f"`{name}`" for name in names)
        return [complaint(f"must define either {words}", at)]

    return check
