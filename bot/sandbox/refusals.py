"""What Slack refuses: messages, views, acks and what a person types, checked on plain dictionaries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.sandbox.blocks import Surface, blocks
from bot.sandbox.methods import METHODS, Method, method

__all__ = [
    "METHODS", "Method", "Refusal", "Surface", "blocks", "message", "method", "response",
    "submission", "view", "view_ack",
]


@dataclass(frozen=True, slots=True)
class Refusal:
    error: str
    messages: tuple[str, ...] = ()
    needed: str = ""
    provided: str = ""


def message(args: Mapping[str, Any], *, update: bool = False) -> Refusal | None:
    return None


def view(view: Mapping[str, Any], surface: Literal["modal", "home"]) -> Refusal | None:
    return None


def response(body: Mapping[str, Any]) -> Refusal | None:
    return None


def view_ack(body: Mapping[str, Any], view: Mapping[str, Any]) -> Refusal | None:
    return None


def submission(view: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, str]:
    return {}
