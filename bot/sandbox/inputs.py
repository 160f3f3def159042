"""What Slack's client refuses of what a person filled in, before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot.sandbox.blocks import elements
from bot.sandbox.elements import NUMBER

REQUIRED = "Please complete this required field."
_STATE = (
    "value", "selected_option", "selected_options", "selected_date", "selected_time",
    "selected_date_time", "selected_user", "selected_users", "selected_conversation",
    "selected_conversations", "selected_channel", "selected_channels", "files",
)  # fmt: skip


def submission(view: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, str]:
    """Words by block_id. A value is what was typed or chosen, plain or as in `view.state`."""
    # Slack's state also holds what was chosen outside of input blocks.
    known = {block.get("block_id") for block in view["blocks"] if any(elements(block))}
    found = {name: "There is no such field." for name in values if name not in known}
    for block in (block for block in view["blocks"] if block["type"] == "input"):
        name = block["block_id"]
        element = block["element"]
        value = _plain(values.get(name), element.get("action_id"))
        if value in (None, "", []):
            words = "" if block.get("optional") else REQUIRED
        else:
            words = _RULES[element["type"]](element, value)
        if words:
            found[name] = words
    return found


def _plain(value: Any, action_id: str | None) -> Any:
    if isinstance(value, Mapping) and action_id in value:
        value = value[action_id]
    if isinstance(value, Mapping):
        return next((_plain(value[k], None) for k in _STATE if value.get(k) is not None), None)
    if isinstance(value, (list, tuple)):
        return [_plain(one, None) for one in value]
    return value


def _text(element: Mapping[str, Any], value: Any) -> str:
    if not isinstance(value, str):
        return "Please enter text."
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < least:
        return f"Please enter at least {least} characters."
    return f"Please enter at most {most} characters." if len(value) > most else ""


def _number(element: Mapping[str, Any], value: Any) -> str:
    if isinstance(value, bool) or not re.fullmatch(NUMBER, str(value)):
        return "Please enter a number."
    if not element["is_decimal_allowed"] and "." in str(value):
        return "Please enter a whole number."
    if element.get("min_value") and float(value) < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if element.get("max_value") and float(value) > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return ""


def _matching(pattern: str, words: str) -> Callable[[Mapping[str, Any], Any], str]:
    return lambda element, value: "" if re.fullmatch(pattern, str(value)) else words


def _date(element: Mapping[str, Any], value: Any) -> str:
    try:
        return "" if date.fromisoformat(value).isoformat() == value else "Please pick a date."
    except (TypeError, ValueError):
        return "Please pick a date."


def _offered(element: Mapping[str, Any]) -> set[str] | None:
    """None where the client learns the options elsewhere."""
    if "options" not in element and "option_groups" not in element:
        return None
    groups = [element.get("options") or []]
    groups += [group["options"] for group in element.get("option_groups") or []]
    return {option["value"] for group in groups for option in group}


def _one(element: Mapping[str, Any], value: Any) -> str:
    offered = _offered(element)
    if not isinstance(value, str) or (offered is not None and value not in offered):
        return "Please choose one of the options."
    return ""


def _many(element: Mapping[str, Any], value: Any) -> str:
    if not isinstance(value, list):
        return "Please choose from the options."
    most = element.get("max_selected_items", element.get("max_files"))
    if most and len(value) > most:
        return f"Please choose at most {most}."
    return next((words for words in (_one(element, one) for one in value) if words), "")


_RULES: dict[str, Callable[[Mapping[str, Any], Any], str]] = {
    "plain_text_input": _text,
    "number_input": _number,
    "email_text_input": _matching(
        r"[^@\s]+@[^@\s]+\.[^@\s.]+", "Please enter a valid email address."
    ),
    "url_text_input": _matching(r"https?://[^\s/]+\.?\S*", "Please enter a valid URL."),
    "datepicker": _date,
    "timepicker": _matching(r"([01]\d|2[0-3]):[0-5]\d", "Please pick a time."),
    "datetimepicker": _matching(r"\d{10}", "Please pick a date and a time."),
    **dict.fromkeys(
        (
            "static_select",
            "external_select",
            "users_select",
            "conversations_select",
            "channels_select",
            "radio_buttons",
        ),
        _one,
    ),
    **dict.fromkeys(
        (
            "multi_static_select",
            "multi_external_select",
            "multi_users_select",
            "multi_conversations_select",
            "multi_channels_select",
            "checkboxes",
            "file_input",
        ),
        _many,
    ),
}
