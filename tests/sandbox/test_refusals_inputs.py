"""What Slack's client refuses of what a person filled in."""

from typing import Any

import pytest

from bot.sandbox.inputs import REQUIRED
from bot.sandbox.refusals import submission
from tests.sandbox.block_kit import Json, field, group, modal, multi, options, section, select


def filled(element: Json, value: Any, **more: Any) -> str:
    """The words at the field, empty where its value is taken."""
    view = modal(field(block_id="f", element={"action_id": "a", **element}, **more))
    return submission(view, {"f": value}).get("f", "")


def typed(kind: str, **more: Any) -> Json:
    return {"type": kind, **more}


NUMBER = typed("number_input", is_decimal_allowed=False)
DECIMAL = typed("number_input", is_decimal_allowed=True, min_value="0.5", max_value="2.5")
TEXT = typed("plain_text_input")
SHORT = typed("plain_text_input", min_length=2, max_length=4)
BOXES = typed("checkboxes", options=options(3))

RULES = [
    pytest.param(TEXT, "x" * 3000, "x" * 3001, id="3,000 characters"),
    pytest.param(SHORT, "xx", "x", id="min_length"),
    pytest.param(SHORT, "xxxx", "xxxxx", id="max_length"),
    pytest.param(TEXT, "x", 3, id="text is text"),
    pytest.param(NUMBER, "-12", "twelve", id="number"),
    pytest.param(NUMBER, "12", "1.5", id="whole number"),
    pytest.param(NUMBER, "12", "1e3", id="number without an exponent"),
    pytest.param(NUMBER, "12", True, id="truth is no number"),
    pytest.param(DECIMAL, "0.5", "0.49", id="min_value"),
    pytest.param(DECIMAL, "2.5", "2.51", id="max_value"),
    pytest.param(typed("email_text_input"), "chair@example.org", "chair@example", id="email"),
    pytest.param(typed("email_text_input"), "a.b@c.example.org", "a b@example.org", id="one word"),
    pytest.param(typed("url_text_input"), "https://example.org/a", "example.org", id="URL"),
    pytest.param(typed("url_text_input"), "http://localhost:80/", "javascript:x", id="web URL"),
    pytest.param(typed("datepicker"), "2026-11-22", "2026-11-31", id="date"),
    pytest.param(typed("datepicker"), "2026-11-22", "22 Nov", id="date as Slack writes it"),
    pytest.param(typed("timepicker"), "09:30", "9:30", id="time"),
    pytest.param(typed("timepicker"), "23:59", "24:00", id="hours"),
    pytest.param(typed("timepicker"), "00:59", "00:60", id="minutes"),
    pytest.param(typed("datetimepicker"), 1_795_348_800, "tomorrow", id="date and time"),
    pytest.param(select(), "1", "2", id="option"),
    pytest.param(select(), "1", ["1"], id="one option"),
    pytest.param(group(), "1", "2", id="option of a group"),
    pytest.param(typed("radio_buttons", options=options(2)), "1", "2", id="radio button"),
    pytest.param(BOXES, ["0", "2"], ["0", "3"], id="boxes"),
    pytest.param(BOXES, ["0"], "0", id="boxes are a list"),
    pytest.param(
        multi(options=options(3), max_selected_items=2),
        ["0", "1"],
        ["0", "1", "2"],
        id="max_selected_items",
    ),
    pytest.param(typed("users_select"), "U1", {"value": 3}, id="user"),
    pytest.param(typed("multi_users_select"), ["U1", "U2"], "U1", id="users"),
    pytest.param(typed("file_input", max_files=1), ["F1"], ["F1", "F2"], id="max_files"),
]


@pytest.mark.parametrize(("element", "right", "wrong"), RULES)
def test_a_wrong_value_is_refused_and_the_right_one_taken(
    element: Json, right: Any, wrong: Any
) -> None:
    assert filled(element, right) == ""
    assert filled(element, wrong).startswith("Please ")


@pytest.mark.parametrize("empty", [None, "", [], {}])
def test_a_required_field_must_be_filled_and_an_optional_one_need_not(empty: Any) -> None:
    assert filled(TEXT, empty) == REQUIRED
    assert filled(TEXT, empty, optional=True) == ""


def test_a_required_field_left_out_is_refused() -> None:
    assert submission(modal(field(block_id="f")), {}) == {"f": REQUIRED}


@pytest.mark.parametrize("name", ["note", "who"])
def test_a_value_for_a_block_without_elements_is_refused(name: str) -> None:
    view = modal(field(block_id="f"), section(block_id="note"))
    assert submission(view, {"f": "x", name: "x"}) == {name: "There is no such field."}


def test_a_choice_outside_of_the_inputs_may_come_along() -> None:
    view = modal(field(block_id="f"), section(block_id="sort", accessory=select()))
    assert submission(view, {"f": "x", "sort": {}}) == {}


@pytest.mark.parametrize(
    ("element", "state"),
    [
        (TEXT, {"type": "plain_text_input", "value": "x"}),
        (typed("datepicker"), {"type": "datepicker", "selected_date": "2026-11-22"}),
        (select(), {"type": "static_select", "selected_option": {"value": "1"}}),
        (BOXES, {"type": "checkboxes", "selected_options": [{"value": "0"}, {"value": "1"}]}),
        (typed("users_select"), {"type": "users_select", "selected_user": "U1"}),
    ],
)
def test_values_may_come_as_in_the_state_of_a_view(element: Json, state: Json) -> None:
    assert filled(element, {"a": state}) == ""


def test_an_empty_state_is_an_empty_field() -> None:
    assert filled(TEXT, {"a": {"type": "plain_text_input", "value": None}}) == REQUIRED
    assert filled(BOXES, {"a": {"type": "checkboxes", "selected_options": []}}) == REQUIRED
