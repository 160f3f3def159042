"""Blocks: at each of Slack's limits they pass, one beyond they are refused."""

from collections.abc import Callable

import pytest

from bot.sandbox.refusals import Surface, blocks
from tests.sandbox.block_kit import (
    Json,
    actions,
    button,
    field,
    mrkdwn,
    picture,
    plain,
    section,
    url,
)


def markdown(length: int) -> list[Json]:
    return [
        {"type": "markdown", "text": "x" * (length - 10)},
        {"type": "markdown", "text": "y" * 10},
    ]


LIMITS = [
    pytest.param("message", lambda n: [section()] * n, 50, id="50 blocks in a message"),
    pytest.param("modal", lambda n: [section()] * n, 100, id="100 blocks in a modal"),
    pytest.param("home", lambda n: [section()] * n, 100, id="100 blocks on Home"),
    pytest.param("message", lambda n: [section(block_id="b" * n)], 255, id="block_id 255"),
    pytest.param("message", lambda n: [section(text=mrkdwn("x" * n))], 3000, id="section 3,000"),
    pytest.param("message", lambda n: [section(fields=[plain("x")] * n)], 10, id="10 fields"),
    pytest.param("message", lambda n: [section(fields=[plain("x" * n)])], 2000, id="field 2,000"),
    pytest.param(
        "message", lambda n: [{"type": "header", "text": plain("x" * n)}], 150, id="header 150"
    ),
    pytest.param(
        "message",
        lambda n: [{"type": "context", "elements": [mrkdwn("x")] * n}],
        10,
        id="10 elements in a context",
    ),
    pytest.param(
        "message",
        lambda n: [{"type": "context", "elements": [mrkdwn("x" * n)]}],
        3000,
        id="context text 3,000",
    ),
    pytest.param("message", lambda n: [actions(n)], 25, id="25 elements in actions"),
    pytest.param("modal", lambda n: [field(label=plain("x" * n))], 2000, id="label 2,000"),
    pytest.param("modal", lambda n: [field(hint=plain("x" * n))], 2000, id="hint 2,000"),
    pytest.param("message", lambda n: [picture(alt_text="x" * n)], 2000, id="alt text 2,000"),
    pytest.param("message", lambda n: [picture(title=plain("x" * n))], 2000, id="title 2,000"),
    pytest.param("message", lambda n: [picture(block_id="b" * n)], 255, id="image block_id 255"),
    pytest.param("message", lambda n: [picture(image_url=url(n))], 3000, id="image URL 3,000"),
    pytest.param("message", markdown, 12_000, id="markdown 12,000 over the message"),
]


@pytest.mark.parametrize(("surface", "build", "limit"), LIMITS)
def test_at_its_limit_a_block_passes(
    surface: Surface, build: Callable[[int], list[Json]], limit: int
) -> None:
    assert blocks(build(limit), surface) == []


@pytest.mark.parametrize(("surface", "build", "limit"), LIMITS)
def test_one_beyond_its_limit_a_block_is_refused(
    surface: Surface, build: Callable[[int], list[Json]], limit: int
) -> None:
    assert blocks(build(limit + 1), surface)


SHAPES = [
    pytest.param(section(), {"type": "section"}, "must define either", id="section says something"),
    pytest.param(section(), section(text=mrkdwn("")), "more than 0", id="empty text"),
    pytest.param(
        section(), section(fields=[]), "no fewer than 1 items", id="an array of fields is not empty"
    ),
    pytest.param(section(expand=True), section(expand="yes"), "boolean", id="expand is boolean"),
    pytest.param(
        section(text={**plain("x"), "emoji": True}),
        section(text={**mrkdwn("x"), "emoji": True}),
        "invalid additional property: emoji",
        id="emoji is for plain text",
    ),
    pytest.param(
        section(text={**mrkdwn("x"), "verbatim": True}),
        section(text={**plain("x"), "verbatim": True}),
        "invalid additional property: verbatim",
        id="verbatim is for mrkdwn",
    ),
    pytest.param(section(), section(text="Words"), "must provide an object", id="text is object"),
    pytest.param(
        section(), section(text={"type": "html", "text": "x"}), "unsupported type: html", id="html"
    ),
    pytest.param(
        section(), section(colour="red"), "invalid additional property: colour", id="unknown key"
    ),
    pytest.param(section(), {"type": "sektion"}, "unsupported type: sektion", id="unknown block"),
    pytest.param(section(), {}, "missing required field: type", id="block without type"),
    pytest.param(section(), "divider", "must provide an object", id="block is an object"),
    pytest.param(section(), section(block_id=None), "must provide a string", id="null is no id"),
    pytest.param(
        {"type": "header", "text": plain("x")},
        {"type": "header", "text": mrkdwn("x")},
        "unsupported type: mrkdwn",
        id="header is plain text",
    ),
    pytest.param(
        {"type": "header", "text": plain("x"), "level": 1},
        {"type": "header"},
        "missing required field: text",
        id="header has text",
    ),
    pytest.param(
        {"type": "divider", "block_id": "d"},
        {"type": "divider", "text": plain("x")},
        "invalid additional property: text",
        id="divider holds nothing",
    ),
    pytest.param(
        {"type": "context", "elements": [picture()]},
        {"type": "context", "elements": [button()]},
        "unsupported type: button",
        id="no button in a context",
    ),
    pytest.param(
        actions(1), {"type": "actions", "elements": []}, "no fewer than 1", id="actions not empty"
    ),
    pytest.param(
        actions(1),
        {"type": "actions", "elements": [field()["element"]]},
        "unsupported type: plain_text_input",
        id="no text input in actions",
    ),
    pytest.param(
        section(accessory={"type": "multi_users_select"}),
        {"type": "actions", "elements": [{"type": "multi_users_select"}]},
        "unsupported type: multi_users_select",
        id="no multi-select in actions",
    ),
    pytest.param(
        {"type": "actions", "elements": [{"type": "datetimepicker"}]},
        section(accessory={"type": "datetimepicker"}),
        "unsupported type: datetimepicker",
        id="no datetimepicker in a section",
    ),
    pytest.param(
        section(accessory=button()),
        field(element=button()),
        "unsupported type: button",
        id="no button in an input",
    ),
    pytest.param(
        {
            "type": "actions",
            "elements": [{"type": "overflow", "options": [{"text": plain("x"), "value": "v"}]}],
        },
        field(element={"type": "overflow", "options": [{"text": plain("x"), "value": "v"}]}),
        "unsupported type: overflow",
        id="no overflow in an input",
    ),
    pytest.param(
        field(optional=True, dispatch_action=True),
        {"type": "input", "label": plain("x")},
        "missing required field: element",
        id="input has an element",
    ),
    pytest.param(
        field(), field(label=mrkdwn("x")), "unsupported type: mrkdwn", id="label is plain text"
    ),
    pytest.param(
        picture(), {"type": "image", "alt_text": "A"}, "must define either", id="image has a source"
    ),
    pytest.param(
        {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "A"},
        picture(slack_file={"id": "F1"}),
        "only one of them",
        id="image has one source",
    ),
    pytest.param(
        picture(),
        {"type": "image", "image_url": "https://example.org/a.png"},
        "missing required field: alt_text",
        id="image has alt text",
    ),
    pytest.param(
        picture(), picture(image_url="a.png"), "must be a valid URL", id="image URL is a URL"
    ),
]


@pytest.mark.parametrize(("right", "wrong", "words"), SHAPES)
def test_a_block_of_the_wrong_shape_is_refused_and_the_right_one_is_not(
    right: Json, wrong: Json, words: str
) -> None:
    assert blocks([right], "message") == []
    assert any(words in found for found in blocks([wrong], "message"))


@pytest.mark.parametrize("kind", ["markdown", "table", "data_table", "data_visualization"])
@pytest.mark.parametrize("surface", ["modal", "home"])
def test_blocks_of_messages_alone_are_refused_elsewhere(kind: str, surface: Surface) -> None:
    assert f"unsupported type: {kind}" in blocks([{"type": kind, "text": "x"}], surface)[0]


@pytest.mark.parametrize("surface", ["message", "modal", "home"])
@pytest.mark.parametrize("kind", ["file", "video", "null"])
def test_blocks_that_nothing_here_shows_are_refused(kind: str, surface: Surface) -> None:
    assert blocks([{"type": kind}], surface)


@pytest.mark.parametrize(
    ("kind", "surface"),
    [
        ("number_input", "message"),
        ("email_text_input", "message"),
        ("url_text_input", "home"),
        ("file_input", "home"),
        ("datetimepicker", "home"),
    ],
)
def test_some_inputs_live_in_modals_alone(kind: str, surface: Surface) -> None:
    more = {"is_decimal_allowed": False} if kind == "number_input" else {}
    wanted = [field(element={"type": kind, **more})]
    assert blocks(wanted, "modal") == []
    assert f"unsupported type: {kind}" in blocks(wanted, surface)[0]


def test_block_ids_are_unique_in_one_message() -> None:
    assert blocks([section(block_id="a"), section(block_id="b"), section()], "message") == []
    found = blocks([section(block_id="a"), section(block_id="a")], "message")
    assert found == ["[ERROR] block_id already exists: a [json-pointer:/blocks/1/block_id]"]


def test_action_ids_are_unique_in_one_block_and_may_repeat_in_another() -> None:
    assert blocks([actions(2), actions(2)], "message") == []
    twice = {"type": "actions", "elements": [button(action_id="a"), button(action_id="a")]}
    assert "action_id already exists: a" in blocks([twice], "message")[0]


def test_one_element_takes_the_focus() -> None:
    focused = {"type": "plain_text_input", "focus_on_load": True}
    assert blocks([field(element=focused), field()], "modal") == []
    assert "focus_on_load" in blocks([field(element=focused), field(element=focused)], "modal")[0]


def test_a_file_input_cannot_dispatch() -> None:
    upload = {"type": "file_input"}
    assert blocks([field(element=upload)], "modal") == []
    assert "dispatch" in blocks([field(element=upload, dispatch_action=True)], "modal")[0]


def test_a_complaint_points_at_the_place() -> None:
    found = blocks([section(), section(text=mrkdwn("x" * 3001))], "message", "/view/blocks")
    assert found == [
        "[ERROR] must be less than 3001 characters [json-pointer:/view/blocks/1/text/text]"
    ]
