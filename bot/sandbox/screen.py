"""The elements on a screen, and the values they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Row = dict[str, Any]

# Per element type: the field of its value, and of what it starts with.
_VALUES = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "file_input": ("files", "initial_files"),
}
# Types that hold nothing, but hand over something when pressed.
_PRESSED = {"overflow": "selected_option"}


def elements(blocks: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Every interactive element with its block, in the order of the screen."""
    for block in blocks:
        inside = [block.get("accessory"), block.get("element")]
        if block.get("type") in ("actions", "context_actions"):
            inside += block.get("elements", [])
        for element in inside:
            if isinstance(element, dict) and element.get("action_id"):
                yield block, element


def find(blocks: Sequence[Row], action_id: str, block_id: str | None) -> tuple[Row, Row] | None:
    for block, element in elements(blocks):
        if element["action_id"] == action_id and block_id in (None, block["block_id"]):
            return block, element
    return None


def state(blocks: Sequence[Row], typed: Mapping[str, Row]) -> dict[str, dict[str, Row]]:
    """`state.values`: what people chose, else what the elements start with."""
    values: dict[str, dict[str, Row]] = {}
    for block, element in elements(blocks):
        kind = element["type"]
        if kind not in _VALUES:
            continue
        field, initial = _VALUES[kind]
        key = f"{block['block_id']}/{element['action_id']}"
        empty: Any = [] if field.endswith("s") else None
        held = typed.get(key) or {"type": kind, field: element.get(initial, empty)}
        values.setdefault(block["block_id"], {})[element["action_id"]] = held
    return values


def value_field(kind: str) -> str | None:
    return _VALUES[kind][0] if kind in _VALUES else _PRESSED.get(kind)


def options(element: Row) -> list[Row]:
    """All options, those in groups too."""
    grouped = (o for group in element.get("option_groups", ()) for o in group["options"])
    return [*element.get("options", ()), *grouped]


def held(element: Row, given: Any) -> Row | None:
    """The element holding what was given; None when it has no such choice."""
    kind = element["type"]
    field = value_field(kind)
    if field is None:
        return {"type": kind}
    if field == "selected_option":
        chosen = _option(element, given)
        return None if given is not None and chosen is None else {"type": kind, field: chosen}
    if field == "selected_options":
        picked = [_option(element, one) for one in given or ()]
        return None if None in picked else {"type": kind, field: picked}
    if field.endswith("s") and isinstance(given, str):
        given = [given]
    if field == "value" and given is not None:
        given = str(given)
    return {"type": kind, field: given}


def _option(element: Row, given: Any) -> Row | None:
    wanted = given.get("value") if isinstance(given, dict) else given
    if element["type"] == "external_select" and isinstance(given, dict):
        return given
    return next((o for o in options(element) if o.get("value") == wanted), None)
