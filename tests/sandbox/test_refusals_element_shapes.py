"""Elements: the right shape passes, the wrong one is refused and told why."""

import pytest

from tests.sandbox.block_kit import (
    Json,
    button,
    complaints,
    confirm,
    group,
    mrkdwn,
    multi,
    number_input,
    option,
    options,
    picture,
    plain,
    select,
    text_input,
)

SHAPES = [
    pytest.param(button(style="primary"), button(style="default"), "one of", id="button style"),
    pytest.param(button(), button(text=mrkdwn("x")), "type: mrkdwn", id="button is plain text"),
    pytest.param(button(), button(text=plain("")), "more than 0", id="button says something"),
    pytest.param(button(), {"type": "button"}, "field: text", id="button has text"),
    pytest.param(button(), button(url="wg"), "valid URL", id="button URL is a URL"),
    pytest.param(button(), button(label="x"), "property: label", id="unknown key of a button"),
    pytest.param(button(), {"type": "knob"}, "type: knob", id="unknown element"),
    pytest.param(
        confirm(style="danger"), confirm(style="warn"), "one of", id="style of a confirmation"
    ),
    pytest.param(
        confirm(), button(confirm={"title": plain("x")}), "field: deny", id="all of it"
    ),
    pytest.param(select(), {"type": "static_select"}, "must define either", id="some options"),
    pytest.param(
        group(), {**group(), "options": [option()]}, "only one", id="options or groups, not both"
    ),
    pytest.param(select(), select(options=[]), "no fewer than 1", id="options are not empty"),
    pytest.param(
        select(), select(options=[{"text": plain("x")}]), "field: value", id="option has a value"
    ),
    pytest.param(
        {"type": "checkboxes", "options": [option(text=mrkdwn("*x*"))]},
        select(options=[option(text=mrkdwn("*x*"))]),
        "type: mrkdwn",
        id="mrkdwn options are for boxes",
    ),
    pytest.param(
        {"type": "overflow", "options": [option(url="https://example.org")]},
        select(options=[option(url="https://example.org")]),
        "property: url",
        id="URL options are for the overflow",
    ),
    pytest.param(
        select(initial_option=option()),
        select(initial_option=option(value="2")),
        "must match one of the options",
        id="initial option is offered",
    ),
    pytest.param(
        {**group(), "initial_option": option()},
        {**group(), "initial_option": option(text=plain("Other"))},
        "must match one of the options",
        id="initial option is offered in a group",
    ),
    pytest.param(
        multi(initial_options=[option()]),
        multi(initial_options=[option(value="2")]),
        "must match one of the options",
        id="initial options are offered",
    ),
    pytest.param(
        {"type": "radio_buttons", "options": options(2), "initial_option": option(value="1")},
        {"type": "radio_buttons", "options": options(2), "initial_option": option(value="2")},
        "must match one of the options",
        id="initial radio button is offered",
    ),
    pytest.param(
        {"type": "checkboxes", "options": options(2), "initial_options": options(2)},
        {"type": "checkboxes", "options": options(2), "initial_options": []},
        "no fewer than 1",
        id="initial options are not empty",
    ),
    pytest.param(
        multi(max_selected_items=1), multi(max_selected_items=0), "from 1", id="selects at least 1"
    ),
    pytest.param(
        {"type": "checkboxes", "options": options(1)},
        {"type": "checkboxes", "options": options(1), "max_selected_items": 1},
        "property: max_selected_items",
        id="checkboxes know no maximum",
    ),
    pytest.param(
        {"type": "datepicker", "initial_date": "2026-02-28"},
        {"type": "datepicker", "initial_date": "2026-02-29"},
        "YYYY-MM-DD",
        id="initial date exists",
    ),
    pytest.param(
        {"type": "datepicker"},
        {"type": "datepicker", "initial_date": "20261122"},
        "YYYY-MM-DD",
        id="initial date has dashes",
    ),
    pytest.param(
        {"type": "timepicker", "initial_time": "23:59", "timezone": "Europe/Paris"},
        {"type": "timepicker", "initial_time": "24:00"},
        "HH:mm",
        id="initial time exists",
    ),
    pytest.param(
        {"type": "datetimepicker", "initial_date_time": 1_795_348_800},
        {"type": "datetimepicker", "initial_date_time": "1795348800"},
        "integer",
        id="initial date and time is a number",
    ),
    pytest.param(
        {"type": "datetimepicker"},
        {"type": "datetimepicker", "placeholder": plain("x")},
        "property: placeholder",
        id="a datetimepicker has no placeholder",
    ),
    pytest.param(
        {"type": "users_select", "initial_user": "U1"},
        {"type": "users_select", "initial_users": ["U1"]},
        "property: initial_users",
        id="one user",
    ),
    pytest.param(
        {"type": "multi_users_select", "initial_users": ["U1"]},
        {"type": "multi_users_select", "initial_users": []},
        "no fewer than 1",
        id="initial users are not empty",
    ),
    pytest.param(
        {"type": "conversations_select", "filter": {"include": ["public"]}},
        {"type": "conversations_select", "filter": {}},
        "must define either",
        id="filter filters",
    ),
    pytest.param(
        {"type": "multi_conversations_select", "filter": {"include": ["im"]}},
        {"type": "multi_conversations_select", "filter": {"include": ["dm"]}},
        "one of",
        id="kinds of conversations",
    ),
    pytest.param(
        {"type": "channels_select", "initial_channel": "C1", "response_url_enabled": True},
        {"type": "channels_select", "filter": {"include": ["public"]}},
        "property: filter",
        id="channels have no filter",
    ),
    pytest.param(
        {"type": "multi_channels_select", "initial_channels": ["C1"]},
        {"type": "multi_channels_select", "initial_channels": "C1"},
        "array",
        id="initial channels are many",
    ),
    pytest.param(
        {"type": "external_select", "min_query_length": 0},
        {"type": "external_select", "options": [option()]},
        "property: options",
        id="external select brings no options",
    ),
    pytest.param(
        {"type": "multi_external_select", "initial_options": [option()]},
        {"type": "multi_external_select", "min_query_length": -1},
        "from 0",
        id="query length is not negative",
    ),
    pytest.param(
        text_input(dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]}),
        text_input(dispatch_action_config={"trigger_actions_on": []}),
        "no fewer than 1",
        id="dispatch says when",
    ),
    pytest.param(
        text_input(dispatch_action_config={"trigger_actions_on": ["on_character_entered"]}),
        text_input(dispatch_action_config={"trigger_actions_on": ["on_blur"]}),
        "one of",
        id="dispatch knows two moments",
    ),
    pytest.param(
        number_input(initial_value="-3"), {"type": "number_input"}, "is_dec", id="says which"
    ),
    pytest.param(
        {**number_input(initial_value="3.5"), "is_decimal_allowed": True},
        number_input(initial_value="3.5"),
        "whole number",
        id="no decimals where not allowed",
    ),
    pytest.param(
        number_input(min_value="1"), number_input(min_value=1), "string", id="bounds are strings"
    ),
    pytest.param(
        number_input(min_value="1"), number_input(min_value="one"), "number", id="numbers"
    ),
    pytest.param(
        {"type": "file_input", "filetypes": ["csv"]},
        {"type": "file_input", "filetypes": []},
        "no fewer than 1",
        id="file types are not empty",
    ),
    pytest.param(
        {"type": "email_text_input", "placeholder": plain("x")},
        {"type": "email_text_input", "confirm": confirm()["confirm"]},
        "property: confirm",
        id="typed inputs ask nothing back",
    ),
    pytest.param(picture(), picture(title=plain("x")), "property: title", id="no title inside"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "words"), SHAPES)
def test_an_element_of_the_wrong_shape_is_refused_and_the_right_one_is_not(
    right: Json, wrong: Json, words: str
) -> None:
    assert complaints(right) == []
    assert any(words in found for found in complaints(wrong))
