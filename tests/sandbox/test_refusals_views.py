"""Modals and Home, as Slack takes or refuses them."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.sandbox.refusals import Refusal, view
from tests.sandbox.block_kit import Json, actions, field, modal, mrkdwn, plain, section

SUBMIT = plain("Save")


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}


LIMITS = [
    pytest.param(lambda n: modal(title=plain("x" * n)), 24, id="title 24"),
    pytest.param(lambda n: modal(submit=plain("x" * n)), 24, id="submit 24"),
    pytest.param(lambda n: modal(close=plain("x" * n)), 24, id="close 24"),
    pytest.param(lambda n: modal(*[section()] * n), 100, id="100 blocks"),
    pytest.param(lambda n: modal(private_metadata="x" * n), 3000, id="private_metadata 3,000"),
    pytest.param(lambda n: modal(callback_id="x" * n), 255, id="callback_id 255"),
    pytest.param(lambda n: modal(external_id="x" * n), 255, id="external_id 255"),
]


@pytest.mark.parametrize(("build", "limit"), LIMITS)
def test_at_its_limit_a_modal_passes(build: Callable[[int], Json], limit: int) -> None:
    assert view(build(limit), "modal") is None


@pytest.mark.parametrize(("build", "limit"), LIMITS)
def test_one_beyond_its_limit_a_modal_is_refused(build: Callable[[int], Json], limit: int) -> None:
    refusal = view(build(limit + 1), "modal")
    assert refusal is not None
    assert refusal.error == "invalid_arguments"


def test_an_ordinary_modal_passes() -> None:
    ordinary = modal(
        section(),
        field(block_id="task"),
        field(block_id="who", element={"type": "users_select", "action_id": "who"}),
        submit=SUBMIT,
        close=plain("Cancel"),
        callback_id="item.add",
        private_metadata="",
        notify_on_close=True,
        clear_on_close=False,
    )
    assert view(ordinary, "modal") is None


def test_an_ordinary_home_passes() -> None:
    assert view(home(section(), actions(3), {"type": "divider"}, callback_id=""), "home") is None


def test_home_takes_inputs_without_a_submit() -> None:
    assert view(home(field(dispatch_action=True)), "home") is None


WRONG = [
    pytest.param(
        {"type": "modal", "blocks": []}, "missing required field: title", id="modal without title"
    ),
    pytest.param(
        {"type": "modal", "title": plain("x")}, "missing required field: blocks", id="no blocks"
    ),
    pytest.param(
        {"title": plain("x"), "blocks": []}, "missing required field: type", id="without type"
    ),
    pytest.param(modal(title=mrkdwn("x")), "unsupported type: mrkdwn", id="title is plain text"),
    pytest.param(modal(title=plain("")), "more than 0", id="title says something"),
    pytest.param(modal(submit="Save"), "must provide an object", id="submit is a text object"),
    pytest.param(modal(field()), "must define `submit`", id="inputs need a submit"),
    pytest.param(modal(submit_disabled=True), "property: submit_disabled", id="unknown key"),
    pytest.param(modal(notify_on_close="yes"), "boolean", id="notify_on_close is boolean"),
    pytest.param(modal(blocks=None), "array", id="null is no blocks"),
    pytest.param(modal(type="home"), "one of", id="Home opened as a modal"),
    pytest.param(
        modal(section(block_id="a"), section(block_id="a")), "already exists: a", id="block_id"
    ),
    pytest.param(
        modal({"type": "table", "rows": []}), "unsupported type: table", id="table in a modal"
    ),
    pytest.param("modal", "must provide an object", id="no object"),
]


@pytest.mark.parametrize(("wrong", "words"), WRONG)
def test_a_wrong_modal_is_refused_and_told_why(wrong: Any, words: str) -> None:
    refusal = view(wrong, "modal")
    assert refusal is not None
    assert refusal.error == "invalid_arguments"
    assert any(words in found for found in refusal.messages)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        pytest.param(home(title=plain("x")), "property: title", id="title"),
        pytest.param(home(submit=SUBMIT), "property: submit", id="submit"),
        pytest.param(home(notify_on_close=True), "property: notify_on_close", id="notify"),
        pytest.param(home({"type": "markdown", "text": "x"}), "type: markdown", id="markdown"),
        pytest.param(modal(), "one of", id="a modal published as Home"),
    ],
)
def test_a_wrong_home_is_refused_and_told_why(wrong: Json, words: str) -> None:
    refusal = view(wrong, "home")
    assert refusal is not None
    assert any(words in found for found in refusal.messages)


def weighing(size: int) -> Json:
    """Home of so many bytes of JSON; 3,000 characters of two bytes weigh 6,000."""
    view = home(*[section(text=plain("é" * 3000))] * 41, section(text=plain("x")), callback_id="")
    missing = size - len(json.dumps(view, ensure_ascii=False, separators=(",", ":")).encode())
    view["blocks"][-1]["text"]["text"] += "x" * missing
    return view


def test_a_view_of_250_kilobytes_passes_and_a_larger_one_is_refused() -> None:
    assert view(weighing(250_000), "home") is None
    assert view(weighing(250_001), "home") == Refusal("view_too_large")


def test_a_complaint_points_into_the_view() -> None:
    refusal = view(modal(section(text=mrkdwn("x" * 3001))), "modal")
    words = "[ERROR] must be less than 3001 characters [json-pointer:/view/blocks/0/text/text]"
    assert refusal == Refusal("invalid_arguments", (words,))
