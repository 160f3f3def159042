"""The Web API methods the workspace answers, with what each requires."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Method:
    required: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    token: str = "bot"


METHODS: dict[str, Method] = {}


def method(name: str, args: Mapping[str, Any], scopes: frozenset[str], token: str) -> Any:
    return None
