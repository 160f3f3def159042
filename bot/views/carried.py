"""What buttons, options, block_ids and forms carry: one encoding, a hint and never a permission."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.views.text import storable


@dataclass(frozen=True, slots=True)
class Value:
    """What a button, an option, a block_id or a form carries: a hint, never a permission."""

    ref: str = ""
    version: int = 0
    extra: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        return self.extra.get(name, "")


def value(ref: str = "", version: int = 0, /, **extra: str) -> str:
    """Compact JSON; what is empty is left out."""
    said: dict[str, object] = {"ref": ref, "v": version, **extra}
    kept = {name: part for name, part in said.items() if part}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def parse_value(text: str | None) -> Value:
    """Never raises: anything unreadable is an empty Value."""
    try:
        said = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return Value()
    if not isinstance(said, dict) or not _is_storable(said.values()):
        return Value()
    version = said.pop("v", 0)
    ref = said.pop("ref", "")
    extra = {str(name): part for name, part in said.items() if isinstance(part, str)}
    return Value(
        ref if isinstance(ref, str) else "", version if isinstance(version, int) else 0, extra
    )


def _is_storable(parts: Iterable[object]) -> bool:
    return all(storable(part) == part for part in parts if isinstance(part, str))
