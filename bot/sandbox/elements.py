"""Block Kit's text objects, options, confirmation dialogs and interactive elements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bot.sandbox.shapes import (
    URL,
    Check,
    among,
    at_least_one,
    boolean,
    both,
    complaint,
    exactly_one,
    integer,
    record,
    several,
    string,
    typed,
)

ACTION_ID = string(255)
NUMBER = r"-?(\d+(\.\d*)?|\.\d+)"
MANY = 1_000_000
"""For counts and lengths that Slack documents no maximum of."""


def plain(most: int) -> Check:
    return typed({"plain_text": record({"text": string(most)}, {"emoji": boolean})})


def text(most: int) -> Check:
    return typed(
        {
            "plain_text": record({"text": string(most)}, {"emoji": boolean}),
            # `emoji` belongs to plain text alone: Slack refuses it here.
            "mrkdwn": record({"text": string(most)}, {"verbatim": boolean}),
        }
    )


URL_TEXT = string(3000, pattern=URL, words="must be a valid URL")
PLAIN_OPTION = record(
    {"text": plain(75), "value": string(150)}, {"description": plain(75), "url": URL_TEXT}
)
SELECT_OPTION = record({"text": plain(75), "value": string(150)}, {"description": plain(75)})
CHOICE = record({"text": text(75), "value": string(150)}, {"description": text(75)})
CONFIRM = record(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": among("primary", "danger")},
)
DISPATCH = record(
    {"trigger_actions_on": several(among("on_enter_pressed", "on_character_entered"), 1, 2)}
)
FILTER = both(
    record(
        {},
        {
            "include": several(among("im", "mpim", "private", "public"), 1, 4),
            "exclude_external_shared_channels": boolean,
            "exclude_bot_users": boolean,
        },
    ),
    at_least_one(("include", "exclude_external_shared_channels", "exclude_bot_users")),
)
SLACK_FILE = both(record({}, {"id": string(MANY), "url": URL_TEXT}), exactly_one(("id", "url")))

_INTERACTIVE: dict[str, Check] = {"action_id": ACTION_ID, "confirm": CONFIRM}
_PICKED: dict[str, Check] = {**_INTERACTIVE, "focus_on_load": boolean}
_MENU: dict[str, Check] = {**_PICKED, "placeholder": plain(150)}
_TYPED: dict[str, Check] = {
    "action_id": ACTION_ID,
    "placeholder": plain(150),
    "focus_on_load": boolean,
    "dispatch_action_config": DISPATCH,
}
_MULTI: dict[str, Check] = {**_MENU, "max_selected_items": integer(1, MANY)}
_OPTIONS: dict[str, Check] = {
    "options": several(SELECT_OPTION, 1, 100),
    "option_groups": several(
        record({"label": plain(75), "options": several(SELECT_OPTION, 1, 100)}), 1, 100
    ),
}


def _calendar_date(value: Any, at: str) -> list[str]:
    try:
        right = date.fromisoformat(value).isoformat() == value
    except (TypeError, ValueError):
        right = False
    return [] if right else [complaint("must be a date in the format YYYY-MM-DD", at)]


def _offered(element: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from element.get("options") or ()
    for group in element.get("option_groups") or ():
        yield from group["options"]


def _same(option: Mapping[str, Any]) -> tuple[Any, ...]:
    return option["value"], option["text"]["type"], option["text"]["text"]


def _initial_is_offered(element: Mapping[str, Any], at: str) -> list[str]:
    first = element.get("initial_option")
    chosen = [first] if first else list(element.get("initial_options") or ())
    offered = {_same(option) for option in _offered(element)}
    name = "initial_option" if first else "initial_options"
    if all(_same(option) in offered for option in chosen):
        return []
    return [complaint("must match one of the options", f"{at}/{name}")]


def _lengths_agree(element: Mapping[str, Any], at: str) -> list[str]:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if least > most:
        return [complaint("min_length must not be greater than max_length", at)]
    if len(element.get("initial_value") or "") > most:
        return [complaint(f"must be less than {most + 1} characters", f"{at}/initial_value")]
    return []


def _bounds_agree(element: Mapping[str, Any], at: str) -> list[str]:
    least, most = element.get("min_value"), element.get("max_value")
    if least and most and float(least) > float(most):
        return [complaint("min_value must not be greater than max_value", at)]
    if element["is_decimal_allowed"]:
        return []
    return [
        complaint("must be a whole number", f"{at}/{name}")
        for name in ("initial_value", "min_value", "max_value")
        if "." in (element.get(name) or "")
    ]


def _image(title: Mapping[str, Check]) -> Check:
    return both(
        record(
            {"alt_text": string(2000)},
            {"image_url": URL_TEXT, "slack_file": SLACK_FILE, **title},
        ),
        exactly_one(("image_url", "slack_file")),
    )


IMAGE = _image({})
IMAGE_BLOCK = _image({"title": plain(2000), "block_id": string(255)})
BUTTON = record(
    {"text": plain(75)},
    {
        **_INTERACTIVE,
        "value": string(2000),
        "url": URL_TEXT,
        "style": among("primary", "danger"),
        "accessibility_label": string(75),
    },
)
OVERFLOW = record({"options": several(PLAIN_OPTION, 1, 5)}, _INTERACTIVE)
CHECKBOXES = both(
    record(
        {"options": several(CHOICE, 1, 10)}, {**_PICKED, "initial_options": several(CHOICE, 1, 10)}
    ),
    _initial_is_offered,
)
RADIO = both(
    record({"options": several(CHOICE, 1, 10)}, {**_PICKED, "initial_option": CHOICE}),
    _initial_is_offered,
)
DATE = record({}, {**_MENU, "initial_date": _calendar_date})
TIME = record(
    {},
    {
        **_MENU,
        "initial_time": string(
            5, pattern=r"([01]\d|2[0-3]):[0-5]\d", words="must be a time in the format HH:mm"
        ),
        "timezone": string(MANY),
    },
)
DATETIME = record({}, {**_PICKED, "initial_date_time": integer(1_000_000_000, 9_999_999_999)})

SELECTS: dict[str, Check] = {
    "static_select": both(
        record({}, {**_MENU, **_OPTIONS, "initial_option": SELECT_OPTION}),
        exactly_one(("options", "option_groups")),
        _initial_is_offered,
    ),
    "external_select": record(
        {}, {**_MENU, "initial_option": SELECT_OPTION, "min_query_length": integer(0, MANY)}
    ),
    "users_select": record({}, {**_MENU, "initial_user": string(MANY)}),
    "conversations_select": record(
        {},
        {
            **_MENU,
            "initial_conversation": string(MANY),
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": FILTER,
        },
    ),
    "channels_select": record(
        {}, {**_MENU, "initial_channel": string(MANY), "response_url_enabled": boolean}
    ),
}
MULTI_SELECTS: dict[str, Check] = {
    "multi_static_select": both(
        record({}, {**_MULTI, **_OPTIONS, "initial_options": several(SELECT_OPTION, 1, 100)}),
        exactly_one(("options", "option_groups")),
        _initial_is_offered,
    ),
    "multi_external_select": record(
        {},
        {
            **_MULTI,
            "initial_options": several(SELECT_OPTION, 1, 100),
            "min_query_length": integer(0, MANY),
        },
    ),
    "multi_users_select": record({}, {**_MULTI, "initial_users": several(string(MANY), 1, MANY)}),
    "multi_conversations_select": record(
        {},
        {
            **_MULTI,
            "initial_conversations": several(string(MANY), 1, MANY),
            "default_to_current_conversation": boolean,
            "filter": FILTER,
        },
    ),
    "multi_channels_select": record(
        {}, {**_MULTI, "initial_channels": several(string(MANY), 1, MANY)}
    ),
}
_DIGITS = string(MANY, pattern=NUMBER, words="must be a number in a string")
TYPED_INPUTS: dict[str, Check] = {
    "plain_text_input": both(
        record(
            {},
            {
                **_TYPED,
                "initial_value": string(3000, least=0),
                "multiline": boolean,
                "min_length": integer(0, 3000),
                "max_length": integer(1, 3000),
            },
        ),
        _lengths_agree,
    ),
    "number_input": both(
        record(
            {"is_decimal_allowed": boolean},
            {**_TYPED, "initial_value": _DIGITS, "min_value": _DIGITS, "max_value": _DIGITS},
        ),
        _bounds_agree,
    ),
    "email_text_input": record({}, {**_TYPED, "initial_value": string(3000, least=0)}),
    "url_text_input": record({}, {**_TYPED, "initial_value": string(3000, least=0)}),
    "file_input": record(
        {},
        {
            "action_id": ACTION_ID,
            "filetypes": several(string(MANY), 1, MANY),
            "max_files": integer(1, 10),
        },
    ),
}

_CHOSEN: dict[str, Check] = {
    **SELECTS,
    "checkboxes": CHECKBOXES,
    "radio_buttons": RADIO,
    "datepicker": DATE,
    "timepicker": TIME,
}
IN_SECTION: dict[str, Check] = {
    **_CHOSEN,
    **MULTI_SELECTS,
    "button": BUTTON,
    "overflow": OVERFLOW,
    "image": IMAGE,
}
IN_ACTIONS: dict[str, Check] = {
    **_CHOSEN,
    "button": BUTTON,
    "overflow": OVERFLOW,
    "datetimepicker": DATETIME,
}
IN_INPUT: dict[str, Check] = {
    **_CHOSEN,
    **MULTI_SELECTS,
    **TYPED_INPUTS,
    "datetimepicker": DATETIME,
}
