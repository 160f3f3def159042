"""Block Kit's blocks: what each must be, where it may stand, what all must be together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from bot.sandbox.elements import (
    IMAGE,
    IMAGE_BLOCK,
    IN_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    plain,
    text,
)
from bot.sandbox.shapes import (
    Check,
    at_least_one,
    boolean,
    both,
    complaint,
    integer,
    record,
    several,
    string,
    typed,
)
from bot.sandbox.tables import (
    BLOCK_ID,
    CHART,
    DATA_TABLE,
    RICH_TEXT,
    TABLE,
    TABLE_CHARACTERS,
    characters,
)

Surface = Literal["message", "modal", "home"]

MOST = {"message": 50, "modal": 100, "home": 100}
MARKDOWN_CHARACTERS = 12_000
CHARTS = 2
_DRAWN = ("data_table", "data_visualization")
ONE_TABLE = "[ERROR] only_one_table_allowed"

_ID: dict[str, Check] = {"block_id": BLOCK_ID}


def _files_cannot_dispatch(block: Mapping[str, Any], at: str) -> list[str]:
    if block["element"]["type"] == "file_input" and block.get("dispatch_action"):
        return [complaint("must not be true for a file_input", f"{at}/dispatch_action")]
    return []


_EVERYWHERE: dict[str, Check] = {
    "actions": record({"elements": several(typed(IN_ACTIONS), 1, 25)}, _ID),
    "context": record(
        {
            "elements": several(
                typed({"image": IMAGE, **dict.fromkeys(("plain_text", "mrkdwn"), text(3000))}),
                1,
                10,
            )
        },
        _ID,
    ),
    "divider": record({}, _ID),
    "header": record({"text": plain(150)}, {**_ID, "level": integer(1, 6)}),
    "image": IMAGE_BLOCK,
    "input": both(
        record(
            {"label": plain(2000), "element": typed(IN_INPUT)},
            {**_ID, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
        ),
        _files_cannot_dispatch,
    ),
    "rich_text": RICH_TEXT,
    "section": both(
        record(
            {},
            {
                **_ID,
                "text": text(3000),
                "fields": several(text(2000), 1, 10),
                "accessory": typed(IN_SECTION),
                "expand": boolean,
            },
        ),
        at_least_one(("text", "fields")),
    ),
}
_IN_MESSAGES: dict[str, Check] = {
    "markdown": record({"text": string(MARKDOWN_CHARACTERS)}, _ID),
    "table": TABLE,
    "data_table": DATA_TABLE,
    "data_visualization": CHART,
}
_BLOCK: dict[str, Check] = {
    "message": typed({**_EVERYWHERE, **_IN_MESSAGES}),
    "modal": typed(_EVERYWHERE),
    "home": typed(_EVERYWHERE),
}
_ELEMENTS_ONLY_ON: dict[str, tuple[Surface, ...]] = {
    "datetimepicker": ("modal", "message"),
    "email_text_input": ("modal",),
    "number_input": ("modal",),
    "url_text_input": ("modal",),
    "file_input": ("modal",),
}


def blocks(blocks: Sequence[Mapping[str, Any]], surface: Surface, at: str = "/blocks") -> list[str]:
    """Every complaint; `at` is the pointer to the array in what was sent."""
    found = several(_BLOCK[surface], 0, MOST[surface])(blocks, at)
    if found:
        return found
    for rule in _TOGETHER:
        found += rule(blocks, at)
    return found + _misplaced(blocks, surface, at) + totals(blocks, at)


def has_chart(blocks: Any) -> bool:
    """What a workspace refuses that takes no charts yet."""
    return isinstance(blocks, list) and any(block.get("type") in _DRAWN for block in blocks)


def totals(blocks: Sequence[Mapping[str, Any]], at: str) -> list[str]:
    """What a whole message may hold of each kind, its attachments counted."""
    found = []
    if sum(block["type"] in ("table", "data_table") for block in blocks) > 1:
        found.append(ONE_TABLE)
    if sum(block["type"] == "data_visualization" for block in blocks) > CHARTS:
        found.append(complaint(f"no more than {CHARTS} data_visualization blocks allowed", at))
    if _length(blocks, "markdown", "text", len) > MARKDOWN_CHARACTERS:
        words = f"markdown blocks must be less than {MARKDOWN_CHARACTERS + 1} characters together"
        found.append(complaint(words, at))
    rows = _length(blocks, "table", "rows", characters)
    if rows + _length(blocks, "data_table", "rows", characters) > TABLE_CHARACTERS:
        words = f"table cells must be less than {TABLE_CHARACTERS + 1} characters together"
        found.append(complaint(words, at))
    return found


def _length(
    blocks: Sequence[Mapping[str, Any]], kind: str, key: str, measure: Callable[[Any], int]
) -> int:
    return sum(measure(block[key]) for block in blocks if block["type"] == kind)


def elements(block: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The elements of a block, each with its pointer inside the block."""
    if block["type"] == "actions":
        for i, element in enumerate(block["elements"]):
            yield f"/elements/{i}", element
    for key in ("accessory", "element"):
        if block["type"] in ("section", "input") and block.get(key):
            yield f"/{key}", block[key]


def _block_ids_differ(blocks: Sequence[Mapping[str, Any]], at: str) -> list[str]:
    seen: set[str] = set()
    found = []
    for i, block in enumerate(blocks):
        name = block.get("block_id")
        if name in seen:
            found.append(complaint(f"block_id already exists: {name}", f"{at}/{i}/block_id"))
        elif name:
            seen.add(name)
    return found


def _action_ids_differ(blocks: Sequence[Mapping[str, Any]], at: str) -> list[str]:
    found = []
    for i, block in enumerate(blocks):
        seen: set[str] = set()
        for where, element in elements(block):
            name = element.get("action_id")
            if name in seen:
                words = f"action_id already exists: {name}"
                found.append(complaint(words, f"{at}/{i}{where}/action_id"))
            elif name:
                seen.add(name)
    return found


def _one_focus(blocks: Sequence[Mapping[str, Any]], at: str) -> list[str]:
    focused = [
        f"{at}/{i}{where}/focus_on_load"
        for i, block in enumerate(blocks)
        for where, element in elements(block)
        if element.get("focus_on_load")
    ]
    return [complaint("only one element may have focus_on_load", where) for where in focused[1:]]


def _misplaced(blocks: Sequence[Mapping[str, Any]], surface: Surface, at: str) -> list[str]:
    return [
        complaint(f"unsupported type: {element['type']}", f"{at}/{i}{where}/type")
        for i, block in enumerate(blocks)
        for where, element in elements(block)
        if surface not in _ELEMENTS_ONLY_ON.get(element["type"], (surface,))
    ]


_TOGETHER = (_block_ids_differ, _action_ids_differ, _one_focus)
