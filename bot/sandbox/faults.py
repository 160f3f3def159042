"""Failure switches: what goes wrong on purpose, how often and where."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

KINDS = (
    "rate_limited",
    "server_error",
    "slow",
    "hang",
    "refused",
    "drop_after_accept",
    "accept_late",
    "duplicate_envelope",
    "drop_envelope",
    "disconnect",
    "no_charts",
    "scope_removed",
    "history_lag",
)
_FIELDS = frozenset(
    ("kind", "method", "times", "probability", "seed", "seconds", "status", "error", "scope")
)


_NUMBERS = ("times", "probability", "seed", "seconds", "status")


@dataclass(slots=True)
class Fault:
    kind: str
    method: str | None = None
    times: int | None = None
    probability: float | None = None
    seed: int = 0
    seconds: float | None = None
    status: int | None = None
    error: str | None = None
    scope: str | None = None
    since: float = 0.0
    chance: random.Random = field(default_factory=random.Random)

    def shown(self) -> dict[str, Any]:
        shown = {name: getattr(self, name) for name in _FIELDS if name != "seed"}
        if self.probability is not None:
            shown["seed"] = self.seed
        return {name: value for name, value in sorted(shown.items()) if value is not None}


class Faults:
    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self.active: list[Fault] = []

    def set(self, rules: list[Mapping[str, Any]]) -> str | None:
        """Add rules; answers the sentence that says what is wrong with them, if anything."""
        for rule in rules:
            if rule.get("kind") not in KINDS:
                return f"A fault's kind is one of {', '.join(KINDS)}."
            if unknown := set(rule) - _FIELDS:
                return f"A fault has no {', '.join(sorted(unknown))}."
            if wrong := [n for n in _NUMBERS if isinstance(rule.get(n), (str, list, dict))]:
                return f"A number is wanted for {', '.join(wrong)}."
        for rule in rules:
            fault = Fault(**rule)
            fault.since = self._monotonic()
            fault.chance = random.Random(fault.seed)  # noqa: S311 - repeatable, not secret
            self.active.append(fault)
        return None

    def clear(self) -> None:
        self.active.clear()

    def of(self, kind: str) -> list[Fault]:
        return [fault for fault in self.active if fault.kind == kind]

    def strikes(self, *kinds: str, method: str = "") -> Fault | None:
        """Take the first rule of these kinds that hits now, and count it."""
        for fault in self.active:
            if fault.kind not in kinds or (fault.method and fault.method != method):
                continue
            if fault.probability is not None and fault.chance.random() >= fault.probability:
                continue
            self._count(fault)
            return fault
        return None

    def _count(self, fault: Fault) -> None:
        if fault.times is None:
            return
        fault.times -= 1
        if fault.times <= 0:
            self.active.remove(fault)

    def served(self) -> None:
        """Forget the disconnects that were carried out and keep nobody out."""
        self.active = [f for f in self.active if f.kind != "disconnect" or f.seconds]

    def removed_scopes(self) -> frozenset[str]:
        return frozenset(f.scope or f.error or "" for f in self.of("scope_removed"))

    def gate_shut(self) -> bool:
        """Whether a `disconnect` with seconds still keeps new sockets out."""
        now = self._monotonic()
        return any(f.seconds and now < f.since + f.seconds for f in self.of("disconnect"))
