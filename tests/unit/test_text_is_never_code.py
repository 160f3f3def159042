"""Nothing that anybody types becomes a mention, a link, a tag or a line of the log."""

import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bot.domain.outbox import Message
from bot.sandbox import refusals
from bot.telemetry import get_logger, set_up
from bot.views import blocks
from bot.views.blocks import View, parse_value, value
from bot.views.text import storable
from tests.scale import FULL
from tests.unit.hostile import HOSTILE, PLAINEST, WORST
from tests.unit.hostile_world import Given, given
from tests.unit.screens import WORLD
from tests.unit.sinks import SINKS, Sink
from tests.unit.test_telemetry import restored_logging

__all__ = ["restored_logging"]

CELLS, OF, TRIED, BY_SLACK = 10_000, 27, 27 if FULL else 3, 8
SLOW, SELDOM = {"my settings form"}, 54
"""What is drawn in thirty times the time of others is tried with fewer texts."""
_TOKEN = re.compile(r"<([^<>]*)>")
_OURS = re.compile(
    r"@(?P<user>[UW][A-Z0-9]{5,})|#(?P<channel>[CG][A-Z0-9]+)"
    r"|!date\^\d+\^\{date_short_pretty\} \{time\}\|[^<>|*]+"
    r"|https?://[^<>| ]+\|(?:evidence|a message|Paper|Join|the declaration)"
)
_CHANNELS = {group.channel for group in WORLD.groups.values()}


def active(shown: Message | View | str) -> list[str]:
    """What Slack would make something of, but for people, channels and days that are ours."""
    if isinstance(shown, str):
        return _TOKEN.findall(shown)
    root: Any = shown.payload if isinstance(shown, View) else shown.blocks
    found = _TOKEN.findall(shown.text) if isinstance(shown, Message) else []
    return found + [what for text in _mrkdwn(root) for what in _foreign(text)]


def _foreign(text: str) -> list[str]:
    return [token for token in _TOKEN.findall(text) if not _is_ours(token)]


def _is_ours(token: str) -> bool:
    found = _OURS.fullmatch(token)
    if found is None:
        return False
    user, channel = found["user"], found["channel"]
    return (user is None or user in WORLD.people) and (channel is None or channel in _CHANNELS)


def _mrkdwn(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        if node.get("type") == "mrkdwn":
            assert node["verbatim"] is True, node
            yield node["text"]
        for part in node.values():
            if isinstance(part, dict | list | tuple):
                yield from _mrkdwn(part)
    elif isinstance(node, list | tuple):
        for part in node:
            yield from _mrkdwn(part)


def is_taken(shown: Message | View | str) -> bool:
    """Whether Slack would take it."""
    if isinstance(shown, str):
        return True
    if isinstance(shown, View):
        surface: Any = shown.payload["type"]
        return refusals.view(shown.payload, surface) is None
    args = {"channel": "C1", "text": shown.text, "blocks": list(shown.blocks)}
    return refusals.message(args, update=False) is None


def test_the_corpus_and_the_table_are_large_enough() -> None:
    assert len(HOSTILE) >= 400
    assert len(SINKS) >= 75
    assert len(set(WORST)) >= 20


def test_no_words_become_active_anywhere() -> None:
    """In one test, for each text builds its world once; three texts of 27 in each sink, or all."""
    wrong, cells = [], 0
    for row, text in enumerate(HOSTILE):
        world = given(storable(text))
        for column, (name, sink) in enumerate(SINKS.items()):
            of, tried = (SELDOM, 1) if name in SLOW else (OF, TRIED)
            if (row + column) % of >= tried and text not in PLAINEST:
                continue
            shown, cells = sink(world), cells + 1
            if found := active(shown):
                wrong.append((name, text[:60], found[:2]))
            if cells % BY_SLACK == 0 and not is_taken(shown):
                wrong.append((name, text[:60], ["refused by Slack"]))
    assert not wrong, (len(wrong), wrong[:10])
    assert cells >= CELLS


def test_no_ampersand_is_escaped_twice() -> None:
    """But in handles, which have none in Slack."""
    world = given("Research & development")
    twice = []
    for name, sink in SINKS.items():
        shown = sink(world)
        said = [shown.text] if isinstance(shown, Message) else []
        root: Any = shown.payload if isinstance(shown, View) else getattr(shown, "blocks", ())
        texts = (text.replace("@Research &amp;amp;", "") for text in (*said, *_mrkdwn(root)))
        twice += [(name, text) for text in texts if "&amp;amp;" in text]
    assert not twice


def _careless(it: Given) -> Message:
    return blocks.message("Hello", blocks.section("x", it.text))


@pytest.mark.parametrize(
    "sink",
    [
        _careless,
        lambda it: blocks.message(it.text),
        lambda it: blocks.modal("x", [blocks.context("x", it.text)], callback=blocks.Id.SETUP_FORM),
        lambda it: it.text,
    ],
)
def test_a_sink_that_forgets_to_escape_is_found(sink: Sink) -> None:
    for text in ("<!channel>", "<@U0EVIL0001>", "<https://evil.example|your bank>"):
        assert active(sink(given(text))) == [text[1:-1]]


def test_what_a_button_carries_comes_back_as_it_was() -> None:
    for text in HOSTILE:
        kept = storable(text)
        assert parse_value(value(line=kept)).get("line") == kept


@pytest.mark.usefixtures("restored_logging")
def test_no_words_make_a_second_line_of_the_log() -> None:
    stream = io.StringIO()
    set_up("DEBUG", "json", stream)
    log = get_logger("bot.test")
    for text in HOSTILE:
        log.debug("request.done", command=text)
    told = stream.getvalue().split("\n")[:-1]
    assert len(told) == len(HOSTILE)
    assert {json.loads(line)["event"] for line in told} == {"request.done"}
