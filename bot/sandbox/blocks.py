"""Block Kit's rules, block by block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

Surface = Literal["message", "modal", "home"]


def blocks(blocks: Sequence[Mapping[str, Any]], surface: Surface) -> list[str]:
    return []
