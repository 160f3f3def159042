"""Rich text, tables and charts: the blocks that nest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.elements import MANY, URL_TEXT
from bot.sandbox.shapes import (
    Check,
    among,
    boolean,
    both,
    complaint,
    integer,
    number,
    record,
    several,
    string,
    typed,
)

BLOCK_ID = string(255)
TABLE_CHARACTERS = 10_000

_STYLES = (
    "bold", "italic", "strike", "underline", "code", "highlight", "client_highlight", "unlink",
)  # fmt: skip
_STYLE: dict[str, Check] = {"style": record({}, dict.fromkeys(_STYLES, boolean))}
_LEAF = typed(
    {
        "text": record({"text": string(MANY)}, _STYLE),
        "link": record({"url": URL_TEXT}, {**_STYLE, "text": string(MANY), "unsafe": boolean}),
        "user": record({"user_id": string(MANY)}, _STYLE),
        "usergroup": record({"usergroup_id": string(MANY)}, _STYLE),
        "team": record({"team_id": string(MANY)}, _STYLE),
        "channel": record({"channel_id": string(MANY)}, _STYLE),
        "emoji": record(
            {"name": string(MANY)}, {**_STYLE, "unicode": string(MANY), "skin_tone": integer(1, 6)}
        ),
        "broadcast": record({"range": among("here", "channel", "everyone")}, _STYLE),
        "color": record({"value": string(MANY)}, _STYLE),
        "date": record(
            {"timestamp": integer(0, 9_999_999_999), "format": string(MANY)},
            {**_STYLE, "url": URL_TEXT, "fallback": string(MANY)},
        ),
    }
)
_LEAVES: dict[str, Check] = {"elements": several(_LEAF, 0, MANY)}
_BORDER: dict[str, Check] = {"border": among(0, 1)}
_RICH_SECTION = record(_LEAVES)
_RICH_LIST = record(
    {
        "style": among("bullet", "ordered"),
        "elements": several(typed({"rich_text_section": _RICH_SECTION}), 1, MANY),
    },
    {**_BORDER, "indent": integer(0, 8), "offset": integer(0, MANY)},
)
RICH_TEXT = record(
    {
        "elements": several(
            typed(
                {
                    "rich_text_section": _RICH_SECTION,
                    "rich_text_list": _RICH_LIST,
                    "rich_text_preformatted": record(
                        _LEAVES, {**_BORDER, "language": string(MANY)}
                    ),
                    "rich_text_quote": record(_LEAVES, _BORDER),
                }
            ),
            0,
            MANY,
        )
    },
    {"block_id": BLOCK_ID},
)


def _same_width(block: Mapping[str, Any], at: str) -> list[str]:
    width = len(block["rows"][0])
    return [
        complaint("all rows must have the same number of cells", f"{at}/rows/{i}")
        for i, row in enumerate(block["rows"])
        if len(row) != width
    ]


def _plain_heading(block: Mapping[str, Any], at: str) -> list[str]:
    return [
        complaint("rich_text is not allowed in the header row", f"{at}/rows/0/{i}")
        for i, cell in enumerate(block["rows"][0])
        if cell["type"] == "rich_text"
    ]


def _column_exists(block: Mapping[str, Any], at: str) -> list[str]:
    if block.get("row_header_column_index", 0) < len(block["rows"][0]):
        return []
    return [complaint("must be the index of a column", f"{at}/row_header_column_index")]


_RAW_TEXT = record({"text": string(MANY)})
_RAW_NUMBER = record({"value": number}, {"text": string(MANY)})
_COLUMN = record({}, {"align": among("left", "center", "right"), "is_wrapped": boolean})
TABLE = record(
    {
        "rows": several(
            several(typed({"raw_text": _RAW_TEXT, "rich_text": RICH_TEXT}), 1, 20), 1, 100
        )
    },
    {
        "block_id": BLOCK_ID,
        # A column may be skipped with null.
        "column_settings": several(
            lambda value, at: [] if value is None else _COLUMN(value, at), 1, 20
        ),
    },
)
DATA_TABLE = both(
    record(
        {
            "caption": string(MANY),
            # 100 rows and the header.
            "rows": several(
                several(
                    typed(
                        {
                            "raw_text": _RAW_TEXT,
                            "raw_number": _RAW_NUMBER,
                            "rich_text": RICH_TEXT,
                        }
                    ),
                    1,
                    20,
                ),
                2,
                101,
            ),
        },
        {
            "block_id": BLOCK_ID,
            "page_size": integer(1, 100),
            "row_header_column_index": integer(0, 19),
        },
    ),
    _same_width,
    _plain_heading,
    _column_exists,
)


def characters(value: Any) -> int:
    """How much text the cells of a table hold."""
    return sum(len(part) for part in _texts(value))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if isinstance(value.get("text"), str):
            yield value["text"]
        elif value.get("type") == "raw_number":
            yield str(value.get("value"))
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _texts(part)


def _above_zero(value: Any, at: str) -> list[str]:
    return number(value, at) or ([] if value > 0 else [complaint("must be more than 0", at)])


def _one_value_per_category(chart: Mapping[str, Any], at: str) -> list[str]:
    wanted = list(chart["axis_config"]["categories"])
    return [
        complaint("must have exactly one value for each category", f"{at}/series/{i}/data")
        for i, series in enumerate(chart["series"])
        if sorted(point["label"] for point in series["data"]) != sorted(wanted)
    ]


def _names_differ(chart: Mapping[str, Any], at: str) -> list[str]:
    names = [series["name"] for series in chart["series"]]
    if len(set(names)) == len(names):
        return []
    return [complaint("series must have different names", f"{at}/series")]


def _categories_differ(chart: Mapping[str, Any], at: str) -> list[str]:
    categories = chart["axis_config"]["categories"]
    if len(set(categories)) == len(categories):
        return []
    return [complaint("categories must differ", f"{at}/axis_config/categories")]


_LABEL = string(20)
_POINT = record({"label": _LABEL, "value": number})
_SERIES = record({"name": _LABEL, "data": several(_POINT, 1, 20)})
_AXES = record(
    {"categories": several(_LABEL, 1, 20)}, {"x_label": string(50), "y_label": string(50)}
)
_PLOT = both(
    record({"series": several(_SERIES, 1, 6), "axis_config": _AXES}),
    _names_differ,
    _categories_differ,
    _one_value_per_category,
)
_PIE = record({"segments": several(record({"label": _LABEL, "value": _above_zero}), 1, 6)})
CHART = record(
    {
        "title": string(50),
        "chart": typed({"pie": _PIE, "bar": _PLOT, "line": _PLOT, "area": _PLOT}),
    },
    {"block_id": BLOCK_ID},
)
