"""Slack's dictionaries are read, also where parts of them are missing."""

from typing import Any

import pytest

from bot.handlers import payloads
from bot.handlers.captures import captured
from bot.handlers.registry import Invocation
from bot.views.blocks import Field, Id, value

BOT = "U0BOT0001"


def event(**said: Any) -> dict[str, Any]:
    told = {"type": "message", "user": "U1", "channel": "C1", "ts": "5.1", "text": "hi"} | said
    return {"type": "event_callback", "event_id": "Ev1", "event": told}


def heard(**told: Any) -> Invocation:
    found = payloads.message(event(**told), BOT)
    assert found is not None
    return found


def test_a_slash_command_is_read() -> None:
    found = payloads.slash(
        {
            "command": "/action",
            "text": " add Draft <@U2|bob> ",
            "user_id": "U1",
            "channel_id": "C1",
            "trigger_id": "t1",
        }
    )
    assert (found.source, found.key, found.trigger) == ("command", "t1", "t1")
    assert (found.actor, found.channel, found.noun) == ("U1", "C1", "action")
    assert (found.text, found.mentioned) == ("add Draft <@U2|bob>", ("U2",))
    assert found.speaks
    assert not found.by_outbox


def test_a_root_command_has_no_noun() -> None:
    assert payloads.slash({"command": "/wg", "text": None}).noun == ""


def test_one_message_has_one_key_whatever_event_brings_it() -> None:
    told = {"text": f"<@{BOT}> add", "client_msg_id": "m1"}
    one, two = heard(**told), heard(**told, type="app_mention")
    assert (one.source, one.key, one.alt) == (two.source, two.key, two.alt)
    assert (one.key, one.alt) == ("C1:5.1", "m1")


@pytest.mark.parametrize(
    "told",
    [
        {"bot_id": "B1"},
        {"user": BOT},
        {"user": None},
        {"ts": None},
        {"channel": None},
        {"hidden": True},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message"},
    ],
)
def test_what_is_not_for_us_is_passed_over(told: dict[str, Any]) -> None:
    assert payloads.message(event(**told), BOT) is None


@pytest.mark.parametrize("subtype", [None, "thread_broadcast", "file_share"])
def test_what_people_say_is_heard(subtype: str | None) -> None:
    assert heard(subtype=subtype).text == "hi"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"<@{BOT}> add Draft", "add Draft"),
        (f"<@{BOT}|concerted>: add Draft", "add Draft"),
        (f"<@{BOT}>, add Draft", "add Draft"),
        (f"Hello <@{BOT}> add Draft", "add Draft"),
        (f"add Draft <@{BOT}>", "add Draft"),
        (f"<@{BOT}> add <@{BOT}> Draft", "add Draft"),
        (f"<@{BOT}>", ""),
    ],
)
def test_the_bots_name_is_no_part_of_the_line(text: str, said: str) -> None:
    found = heard(text=text)
    assert found.text == said
    assert found.addressed
    assert not found.direct


def test_a_dm_is_a_command_without_a_mention() -> None:
    found = heard(channel="D1", channel_type="im", text="mine")
    assert found.addressed
    assert found.direct
    assert not found.aloud


def test_a_message_in_a_channel_is_not_for_the_bot() -> None:
    assert not heard(text="mine").addressed
    assert not payloads.is_heard(heard(text="mine"))
    assert payloads.is_heard(heard(text="ACTION: mine"))


def test_the_root_of_a_thread_is_in_no_thread() -> None:
    assert heard(thread_ts="5.1").thread_ts is None
    assert heard(thread_ts="4.1").thread_ts == "4.1"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("ACTION: Draft it", (("action", "Draft it"),)),
        ("action: Draft it", (("action", "Draft it"),)),
        ("  Action : Draft it ", (("action", "Draft it"),)),
        ("*ACTION:* Draft it", (("action", "Draft it"),)),
        ("Deadline: Protocol by 4 Dec", (("deadline", "Protocol by 4 Dec"),)),
        ("ACTION: one\nDEADLINE: two\nthanks", (("action", "one"), ("deadline", "two"))),
        ("ACTION:", (("action", ""),)),
        ("The ACTION: is clear", ()),
        ("thanks\nACTION: one", ()),
        ("actions: one", ()),
        ("Transaction: one", ()),
        ("Our deadline: Friday", ()),
        ("", ()),
    ],
)
def test_lines_that_open_with_a_word_of_ours_are_captured(
    text: str, lines: tuple[tuple[str, str], ...]
) -> None:
    assert tuple((line.word, line.text) for line in captured(text)) == lines


def press(**pressed: Any) -> dict[str, Any]:
    return {
        "type": "block_actions",
        "user": {"id": "U1"},
        "channel": {"id": "C1"},
        "container": {"type": "message", "message_ts": "5.1", "thread_ts": "4.1"},
        "trigger_id": "t1",
        "response_url": "http://127.0.0.1/hook",
        "actions": [{"action_ts": "6.1", "block_id": "row"} | pressed],
    }


def test_a_button_is_read() -> None:
    found = payloads.click(press(action_id="item.done", value=value("EM-2", 3)))
    assert found is not None
    assert found.id is Id.ITEM_DONE
    assert (found.value.ref, found.value.version) == ("EM-2", 3)
    assert found.by.key == "5.1:item.done:U1:6.1"
    assert (found.by.channel, found.by.thread_ts) == ("C1", "4.1")


def test_an_option_carries_its_value() -> None:
    option = {"value": value("EM-2", 3, do="drop")}
    found = payloads.click(press(action_id="item.more", selected_option=option))
    assert found is not None
    assert (found.value.ref, found.value.get("do")) == ("EM-2", "drop")


def test_a_numbered_button_is_one_of_its_kind() -> None:
    found = payloads.click(press(action_id="word.run#2", value=value(line="help")))
    assert found is not None
    assert (found.id, found.value.get("line")) == (Id.WORD_RUN, "help")


@pytest.mark.parametrize(
    "given",
    [
        {"selected_date": "2026-12-04"},
        {"selected_user": "2026-12-04"},
        {"selected_option": {"value": "2026-12-04"}},
    ],
)
def test_a_pick_is_read_with_its_row(given: dict[str, Any]) -> None:
    found = payloads.click(press(action_id="item.pick_date", block_id="line", **given))
    assert found is not None
    assert (found.picked, found.block) == ("2026-12-04", "line")


@pytest.mark.parametrize("body", [{}, press(action_id="foreign"), {"actions": []}])
def test_a_foreign_button_is_none(body: dict[str, Any]) -> None:
    assert payloads.click(body) is None


def test_a_form_is_read() -> None:
    metadata = value("EM-2", 3, channel="C1", thread_ts="4.1")
    form = payloads.form(
        {
            "type": "view_submission",
            "user": {"id": "U1"},
            "view": {
                "id": "V1",
                "callback_id": "item.add",
                "private_metadata": metadata,
                "blocks": [
                    {"type": "section", "block_id": "about"},
                    {"type": "input", "block_id": "text"},
                ],
                "state": {
                    "values": {
                        "text": {"text": {"type": "plain_text_input", "value": " Draft "}},
                        "note": {"note": {"type": "plain_text_input", "value": None}},
                        "due": {"due": {"type": "datepicker", "selected_date": "2026-12-04"}},
                        "group": {"group": {"selected_option": {"value": "models"}}},
                        "owner": {"owner": {"selected_options": [{"value": "U2"}]}},
                        "foreign": {"foreign": {"value": "x"}},
                    }
                },
            },
        }
    )
    assert form is not None
    assert (form.by.source, form.by.key, form.by.channel) == ("view", "V1:item.add", "C1")
    assert [form.get(name) for name in (Field.TEXT, Field.NOTE, Field.DUE, Field.GROUP)] == [
        "Draft", "", "2026-12-04", "models",
    ]  # fmt: skip
    assert form.people == ("U2",)


def test_only_inputs_can_show_an_error() -> None:
    blocks = [{"type": "section", "block_id": "about"}, {"type": "input", "block_id": "text"}]
    assert payloads.inputs_of({"view": {"blocks": blocks}}) == ("text",)


def test_a_message_shortcut_knows_its_message() -> None:
    chosen = payloads.shortcut(
        {
            "type": "message_action",
            "callback_id": "item.from_message",
            "trigger_id": "t1",
            "user": {"id": "U1"},
            "channel": {"id": "C1"},
            "message_ts": "5.1",
            "message": {"ts": "5.1", "text": "We should"},
        }
    )
    assert (chosen.id, chosen.text, chosen.of_message) == (Id.ITEM_FROM_MESSAGE, "We should", True)
    assert (chosen.by.key, chosen.by.channel, chosen.by.ts) == ("t1", "C1", "5.1")


def test_a_global_shortcut_has_no_place() -> None:
    body = {"type": "shortcut", "callback_id": "item.new", "trigger_id": "t1", "user": {"id": "U1"}}
    chosen = payloads.shortcut(body)
    assert (chosen.id, chosen.by.channel, chosen.of_message) == (Id.ITEM_NEW, "", False)


def test_an_event_about_a_person_has_their_profile() -> None:
    body = event(type="user_change", user={"id": "U7", "name": "bob"}, channel=None)
    what = payloads.happening(body)
    assert (what.kind, what.key, what.actor) == ("user_change", "Ev1", "U7")
    assert what.profile == {"id": "U7", "name": "bob"}


def test_an_event_about_a_channel_has_its_name() -> None:
    what = payloads.happening(event(type="channel_rename", channel={"id": "C1", "name": "new"}))
    assert (what.channel, what.name) == ("C1", "new")
