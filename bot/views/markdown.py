"""Markdown for files and e-mails: what people typed made harmless in one place, and tables."""

import re
from collections.abc import Sequence

from bot.views.text import bare

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~]|&(?=#?\w+;)|:(?=//)|(?<=www)\.", re.IGNORECASE)
"""Also what makes a link of a bare address."""
_STARTS = re.compile(r"^(?:([#+=>-])|(\d+)([.)]))")


def escaped(text: str) -> str:
    """One line that shows as it was typed: no markup, no link, no heading, no cell's end."""
    line = _SPECIAL.sub(r"\\\g<0>", bare(text))
    return _STARTS.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", line)


def table(heading: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Numbers stand to the right."""
    first = rows[0] if rows else heading
    rule = ["---:" if isinstance(cell, int) else "---" for cell in first]
    lines = [map(escaped, heading), rule, *((escaped(str(c)) for c in row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def bullets(lines: Sequence[str]) -> str:
    return "\n".join(f"- {escaped(line)}" for line in lines)
