"""Slack's table block, and the same as lines where it may not stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from bot.domain.outbox import Block
from bot.views.text import bare, escape, moment

ROWS = 99
"""Beside the heading."""
CHARACTERS = 9500
"""In all cells together: five per cent below Slack's limit."""
NOTHING = "-"


@dataclass(frozen=True, slots=True)
class At:
    """A cell with an instant, which Slack shows in the reader's zone; `zone` is for the rest."""

    lead: str
    at: datetime
    zone: str


Cell = str | int | At


def table(block_id: str, heading: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Block:
    """As many rows as Slack takes; `fitting` tells how many. Numbers stand to the right."""
    shown = rows[: fitting(heading, rows)]
    numeric = [bool(shown) and isinstance(cell, int) for cell in (shown[0] if shown else heading)]
    return {
        "type": "table",
        "block_id": block_id,
        "rows": [[_raw(word) for word in heading], *([_cell(cell) for cell in r] for r in shown)],
        "column_settings": [
            {"align": "right" if right else "left", "is_wrapped": not right} for right in numeric
        ],
    }


def fitting(heading: Sequence[str], rows: Sequence[Sequence[Cell]]) -> int:
    left = CHARACTERS - sum(map(len, heading))
    for number, row in enumerate(rows[:ROWS]):
        left -= sum(_length(cell) for cell in row)
        if left < 0:
            return number
    return min(len(rows), ROWS)


def lines(block: Block) -> Iterator[str]:
    """For mrkdwn: each row as one line, each cell with its heading."""
    rows = cast(Sequence[Sequence[Mapping[str, object]]], block["rows"])
    heading, *others = ([_said(cell) for cell in row] for row in rows)
    for first, *rest in others:
        facts = [f"{name}: {said}" for name, said in zip(heading[1:], rest, strict=True)]
        yield escape(" · ".join([first, *facts]))


def _length(cell: Cell) -> int:
    return (
        len(cell.lead) + len(moment(cell.at, cell.zone)) if isinstance(cell, At) else len(str(cell))
    )


def _raw(text: object) -> dict[str, object]:
    return {"type": "raw_text", "text": bare(str(text)) or NOTHING}


def _cell(cell: Cell) -> dict[str, object]:
    if not isinstance(cell, At):
        return _raw(cell)
    parts = [
        {"type": "text", "text": f"{cell.lead} "},
        {
            "type": "date",
            "timestamp": int(cell.at.timestamp()),
            "format": "{date_short_pretty} {time}",
            "fallback": moment(cell.at, cell.zone),
        },
    ]
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": parts}],
    }


def _said(cell: Mapping[str, object]) -> str:
    if cell["type"] == "raw_text":
        return str(cell["text"])
    (section,) = cast(Sequence[Mapping[str, object]], cell["elements"])
    leaves = cast(Sequence[Mapping[str, object]], section["elements"])
    return "".join(str(leaf.get("text") or leaf.get("fallback")) for leaf in leaves)
