"""Slack's chart block as lines, for where it may not stand or is refused."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from bot.domain.outbox import Block
from bot.views.text import escape

CHART = "data_visualization"
NEW_BLOCKS = "data_"
"""How the blocks begin that not every Slack takes yet."""


def lines(block: Block) -> Iterator[str]:
    """For mrkdwn: each series in one line, such as "Closed, W41\u2013W43: 2 3 1"."""
    chart = cast(Mapping[str, object], block["chart"])
    for series in cast(Sequence[Mapping[str, object]], chart.get("series", ())):
        points = cast(Sequence[Mapping[str, object]], series["data"])
        yield escape(line(str(series["name"]), [(str(p["label"]), p["value"]) for p in points]))


def line(name: str, points: Sequence[tuple[str, object]]) -> str:
    """Unescaped, no full stop; `points`: label and value, at least one."""
    first, last = points[0][0], points[-1][0]
    span = first if first == last else f"{first}\u2013{last}"
    return f"{name}, {span}: {' '.join(str(value) for _, value in points)}"
