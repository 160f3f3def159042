"""Messages, answers and acks, as Slack takes or refuses them."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.refusals import Refusal, blocks, message, response, validate, view_ack
from tests.sandbox.block_kit import Json, field, modal, mrkdwn, plain, section

EVENT = {"event_type": "concerted_notice", "event_payload": {"id": "1", "n": 1, "late": False}}
SUBMIT = {"submit": plain("Save")}
CHART = {
    "type": "data_visualization",
    "title": "Open",
    "chart": {"type": "pie", "segments": [{"label": "A", "value": 1}]},
}
TABLE = {"type": "table", "rows": [[{"type": "raw_text", "text": "A"}]]}
ONE_TABLE = ("[ERROR] only_one_table_allowed",)


def error(refusal: Refusal | None) -> str:
    return refusal.error if refusal else ""


def said(**more: Any) -> Json:
    return {"channel": "C1", "text": "Words", **more}


def noted(length: int) -> Json:
    """A message whose metadata is so many bytes of JSON."""
    empty = {"event_type": "e", "event_payload": {"id": ""}}
    size = len('{"event_type":"e","event_payload":{"id":""}}')
    return said(metadata={**empty, "event_payload": {"id": "x" * (length - size)}})


LIMITS = [
    pytest.param(lambda n: said(text="x" * n), 40_000, "msg_too_long", id="text 40,000"),
    pytest.param(lambda n: {"markdown_text": "x" * n}, 12_000, "msg_too_long", id="markdown_text"),
    pytest.param(lambda n: said(blocks=[section()] * n), 50, "invalid_blocks", id="50 blocks"),
    pytest.param(
        lambda n: said(attachments=[{"text": "x"}] * n),
        100,
        "too_many_attachments",
        id="100 attachments",
    ),
    pytest.param(lambda n: said(blocks=[TABLE] * n), 1, "invalid_attachments", id="one table"),
    pytest.param(lambda n: said(blocks=[CHART] * n), 2, "invalid_blocks", id="two charts"),
    pytest.param(
        lambda n: said(blocks=[CHART], attachments=[{"blocks": [CHART] * (n - 1)}]),
        2,
        "invalid_blocks",
        id="two charts, those in attachments counted",
    ),
    pytest.param(noted, 4_000, "metadata_too_large", id="metadata"),
]


@pytest.mark.parametrize(("build", "limit", "refused"), LIMITS)
def test_at_its_limit_a_message_passes(
    build: Callable[[int], Json], limit: int, refused: str
) -> None:
    assert message(build(limit)) is None


@pytest.mark.parametrize(("build", "limit", "refused"), LIMITS)
def test_one_beyond_its_limit_a_message_is_refused(
    build: Callable[[int], Json], limit: int, refused: str
) -> None:
    assert error(message(build(limit + 1))) == refused


def test_a_changed_message_is_held_to_a_shorter_text() -> None:
    assert message(said(text="x" * 4_000), update=True) is None
    assert error(message(said(text="x" * 4_001), update=True)) == "msg_too_long"


TAKEN = [
    pytest.param(said(), id="plain words"),
    pytest.param(said(blocks=[section()]), id="words and blocks"),
    pytest.param({"blocks": [section()]}, id="blocks alone"),
    pytest.param({"attachments": [{"fallback": "x"}]}, id="attachments alone"),
    pytest.param(said(blocks='[{"type": "divider"}]'), id="blocks as JSON text"),
    pytest.param(said(text="[draft] agenda"), id="text that only looks like JSON"),
    pytest.param(said(text="[1]"), id="text that is JSON"),
    pytest.param(said(metadata=EVENT), id="metadata"),
    pytest.param(said(thread_ts="1795348800.000100"), id="a thread"),
    pytest.param(said(blocks=[], thread_ts=None, metadata=None), id="nothing for optional ones"),
]


@pytest.mark.parametrize("args", TAKEN)
def test_an_ordinary_message_passes(args: Json) -> None:
    assert message(args) is None


REFUSED = [
    pytest.param({"channel": "C1"}, "no_text", id="nothing to say"),
    pytest.param({"text": "", "blocks": []}, "no_text", id="empty text, no blocks"),
    pytest.param({"text": " \n"}, "no_text", id="blank text"),
    pytest.param(said(markdown_text="x"), "markdown_text_conflict", id="markdown and text"),
    pytest.param(
        {"markdown_text": "x", "blocks": [section()]}, "markdown_text_conflict", id="and blocks"
    ),
    pytest.param(said(blocks="nonsense"), "invalid_blocks_format", id="blocks that are no array"),
    pytest.param(said(blocks={"blocks": []}), "invalid_blocks_format", id="blocks in an object"),
    pytest.param(said(blocks=[{"type": "section"}]), "invalid_blocks", id="a wrong block"),
    pytest.param(said(attachments={}), "invalid_attachments", id="attachments no array"),
    pytest.param(said(attachments=["x"]), "invalid_attachments", id="attachment no object"),
    pytest.param(
        said(attachments=[{"blocks": [{"type": "section"}]}]), "invalid_blocks", id="inside"
    ),
    pytest.param(said(text=["x"]), "invalid_arguments", id="text is a string"),
    pytest.param(said(metadata="x"), "invalid_metadata_format", id="metadata no object"),
    pytest.param(said(metadata={}), "invalid_metadata_format", id="empty metadata"),
    pytest.param(
        said(metadata={"event_type": "e"}), "invalid_metadata_format", id="without payload"
    ),
    pytest.param(
        said(metadata={**EVENT, "event_type": ""}), "invalid_metadata_format", id="empty type"
    ),
    pytest.param(
        said(metadata={**EVENT, "event_type": "a b"}), "invalid_metadata_format", id="type of words"
    ),
    pytest.param(
        said(metadata={**EVENT, "event_payload": {"a": {"b": 1}}}),
        "invalid_metadata_format",
        id="payload that is not flat",
    ),
    pytest.param(
        said(metadata={**EVENT, "event_payload": {"a": None}}),
        "invalid_metadata_format",
        id="payload with null",
    ),
    pytest.param(said(metadata={**EVENT, "mac": "x"}), "invalid_metadata_format", id="unknown key"),
    pytest.param(said(thread_ts="1795348800"), "invalid_thread_ts", id="ts without a fraction"),
    pytest.param(said(thread_ts=1795348800.0001), "invalid_thread_ts", id="ts as a number"),
]


@pytest.mark.parametrize(("args", "refused"), REFUSED)
def test_a_wrong_message_is_refused_with_its_code(args: Json, refused: str) -> None:
    assert error(message(args)) == refused


def test_the_second_table_is_named() -> None:
    assert message(said(blocks=[TABLE, TABLE])) == Refusal("invalid_attachments", ONE_TABLE)


def test_tables_in_attachments_count_too() -> None:
    split = said(blocks=[TABLE], attachments=[{"blocks": [TABLE]}])
    assert message(split) == Refusal("invalid_attachments", ONE_TABLE)


def test_a_change_may_remove_metadata() -> None:
    assert message(said(metadata={}), update=True) is None


def test_a_complaint_about_a_block_points_at_it() -> None:
    refusal = message(said(blocks=[section(text=mrkdwn(""))]))
    words = "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]"
    assert refusal == Refusal("invalid_blocks", (words,))


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        pytest.param({"text": "x"}, "", id="text"),
        pytest.param({"text": "x", "response_type": "in_channel"}, "", id="in channel"),
        pytest.param({"blocks": [section()], "replace_original": True}, "", id="replacing"),
        pytest.param({"delete_original": True}, "", id="deleting"),
        pytest.param({"text": "x", "blocks": None}, "", id="nothing given for blocks"),
        pytest.param({}, "no_text", id="nothing"),
        pytest.param({"text": "x", "response_type": "public"}, "invalid_arguments", id="type"),
        pytest.param({"text": "x", "replace_original": "yes"}, "invalid_arguments", id="yes"),
        pytest.param({"text": "x", "channel": "C1"}, "invalid_arguments", id="channel"),
        pytest.param({"blocks": [{"type": "section"}]}, "invalid_blocks", id="wrong block"),
        pytest.param({"text": "x" * 40_001}, "msg_too_long", id="too long"),
    ],
)
def test_an_answer_to_a_command_or_response_url(body: Json, refused: str) -> None:
    assert error(response(body)) == refused


VIEW = modal(field(block_id="task"), section(block_id="note"), **SUBMIT)
ACKS = [
    pytest.param({}, True, id="closes"),
    pytest.param({"response_action": "clear"}, True, id="clears"),
    pytest.param({"response_action": "errors", "errors": {"task": "Say it"}}, True, id="errors"),
    pytest.param({"response_action": "update", "view": VIEW}, True, id="updates"),
    pytest.param({"response_action": "push", "view": VIEW}, True, id="pushes"),
    pytest.param({"text": "Saved"}, False, id="words"),
    pytest.param({"response_action": "close"}, False, id="unknown action"),
    pytest.param({"response_action": "clear", "view": VIEW}, False, id="clear with a view"),
    pytest.param({"response_action": "errors"}, False, id="no errors"),
    pytest.param({"response_action": "errors", "errors": {}}, False, id="empty errors"),
    pytest.param(
        {"response_action": "errors", "errors": {"note": "x"}}, False, id="error at no input"
    ),
    pytest.param(
        {"response_action": "errors", "errors": {"who": "x"}}, False, id="error at no block"
    ),
    pytest.param(
        {"response_action": "errors", "errors": {"task": ""}}, False, id="error without words"
    ),
    pytest.param(
        {"response_action": "errors", "errors": {"task": ["x"]}}, False, id="error as a list"
    ),
    pytest.param({"response_action": "update"}, False, id="update without a view"),
    pytest.param({"response_action": "push", "view": modal(field())}, False, id="wrong view"),
    pytest.param(
        {"response_action": "push", "view": VIEW, "errors": {"task": "x"}}, False, id="two answers"
    ),
]


@pytest.mark.parametrize(("body", "taken"), ACKS)
def test_an_answer_to_a_submitted_modal(body: Json, taken: bool) -> None:
    assert error(view_ack(body, VIEW)) == ("" if taken else "invalid_arguments")


@pytest.mark.parametrize(
    ("args", "refused"),
    [
        pytest.param({"blocks": [section()]}, "", id="blocks"),
        pytest.param({"view": VIEW}, "", id="modal"),
        pytest.param({"view": {"type": "home", "blocks": []}}, "", id="Home"),
        pytest.param({"message": {"text": "x"}}, "", id="message"),
        pytest.param({}, "invalid_arguments", id="none"),
        pytest.param({"blocks": [section()], "view": VIEW}, "invalid_arguments", id="two"),
        pytest.param({"blocks": [{"type": "section"}]}, "invalid_blocks", id="wrong blocks"),
        pytest.param({"view": modal(field())}, "invalid_arguments", id="wrong view"),
    ],
)
def test_blocks_can_be_validated_without_being_posted(args: Json, refused: str) -> None:
    assert error(validate(args)) == refused


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(
        ["type", "text", "elements", "element", "accessory", "rows", "chart", "options", "block_id"]
    ), inner | st.sampled_from(["section", "actions", "input", "table", "button", "plain_text"])),
    max_leaves=20,
)  # fmt: skip


@given(JSON)
def test_any_json_gets_an_answer(value: Any) -> None:
    assert isinstance(blocks(value, "message"), list)
    message({"text": "x", "blocks": value, "attachments": value, "metadata": value})
    assert view_ack({"response_action": "push", "view": value}, VIEW)
