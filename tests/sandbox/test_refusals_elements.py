"""Elements: at each of Slack's limits they pass, one beyond they are refused."""

from collections.abc import Callable
from typing import Any

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
    url,
)


def overflow(**more: Any) -> Json:
    return {"type": "overflow", "options": [option(**more)]}


def box(**more: Any) -> Json:
    return {"type": "checkboxes", "options": [option(**more)]}


LIMITS = [
    pytest.param(lambda n: button(text=plain("x" * n)), 75, id="button text 75"),
    pytest.param(lambda n: button(value="x" * n), 2000, id="button value 2,000"),
    pytest.param(lambda n: button(url=url(n)), 3000, id="button URL 3,000"),
    pytest.param(lambda n: button(accessibility_label="x" * n), 75, id="accessibility label 75"),
    pytest.param(lambda n: button(action_id="x" * n), 255, id="action_id 255"),
    pytest.param(lambda n: confirm(title=plain("x" * n)), 100, id="confirm title 100"),
    pytest.param(lambda n: confirm(text=plain("x" * n)), 300, id="confirm text 300"),
    pytest.param(lambda n: confirm(confirm=plain("x" * n)), 30, id="confirm button 30"),
    pytest.param(lambda n: confirm(deny=plain("x" * n)), 30, id="deny button 30"),
    pytest.param(lambda n: select(options=options(n)), 100, id="100 options of a select"),
    pytest.param(lambda n: multi(options=options(n)), 100, id="100 options of a multi-select"),
    pytest.param(lambda n: group(options=options(n)), 100, id="100 options in a group"),
    pytest.param(
        lambda n: {"type": "static_select", "option_groups": group()["option_groups"] * n},
        100,
        id="100 groups",
    ),
    pytest.param(lambda n: group(label=plain("x" * n)), 75, id="group label 75"),
    pytest.param(lambda n: select(options=[option(text=plain("x" * n))]), 75, id="option text 75"),
    pytest.param(lambda n: select(options=[option(value="x" * n)]), 150, id="option value 150"),
    pytest.param(
        lambda n: select(options=[option(description=plain("x" * n))]), 75, id="description 75"
    ),
    pytest.param(lambda n: select(placeholder=plain("x" * n)), 150, id="placeholder 150"),
    pytest.param(
        lambda n: {"type": "overflow", "options": options(n)}, 5, id="5 options of an overflow"
    ),
    pytest.param(
        lambda n: {"type": "overflow", "options": [option(value="x" * n)]},
        150,
        id="overflow value 150",
    ),
    pytest.param(
        lambda n: {"type": "overflow", "options": [option(url=url(n))]},
        3000,
        id="overflow URL 3,000",
    ),
    pytest.param(lambda n: {"type": "checkboxes", "options": options(n)}, 10, id="10 checkboxes"),
    pytest.param(
        lambda n: {"type": "radio_buttons", "options": options(n)}, 10, id="10 radio buttons"
    ),
    pytest.param(lambda n: overflow(text=plain("x" * n)), 75, id="overflow text 75"),
    pytest.param(lambda n: overflow(description=plain("x" * n)), 75, id="overflow description 75"),
    pytest.param(lambda n: box(text=plain("x" * n)), 75, id="checkbox text 75"),
    pytest.param(lambda n: box(value="x" * n), 150, id="checkbox value 150"),
    pytest.param(lambda n: box(description=mrkdwn("x" * n)), 75, id="checkbox description 75"),
    pytest.param(lambda n: text_input(placeholder=plain("x" * n)), 150, id="input placeholder 150"),
    pytest.param(lambda n: text_input(initial_value="x" * n), 3000, id="initial value 3,000"),
    pytest.param(lambda n: text_input(max_length=n), 3000, id="max_length 3,000"),
    pytest.param(lambda n: text_input(min_length=n), 3000, id="min_length 3,000"),
    pytest.param(
        lambda n: text_input(max_length=5, min_length=n), 5, id="min_length up to max_length"
    ),
    pytest.param(
        lambda n: text_input(max_length=5, initial_value="x" * n), 5, id="value up to max_length"
    ),
    pytest.param(
        lambda n: number_input(max_value="5", min_value=str(n)), 5, id="min_value up to max_value"
    ),
    pytest.param(lambda n: {"type": "file_input", "max_files": n}, 10, id="10 files"),
    pytest.param(lambda n: picture(alt_text="x" * n), 2000, id="alt text 2,000"),
    pytest.param(
        lambda n: {"type": "datetimepicker", "initial_date_time": n},
        9_999_999_999,
        id="10 digits of a date and time",
    ),
]


@pytest.mark.parametrize(("build", "limit"), LIMITS)
def test_at_its_limit_an_element_passes(build: Callable[[int], Json], limit: int) -> None:
    assert complaints(build(limit)) == []


@pytest.mark.parametrize(("build", "limit"), LIMITS)
def test_one_beyond_its_limit_an_element_is_refused(
    build: Callable[[int], Json], limit: int
) -> None:
    assert complaints(build(limit + 1))
