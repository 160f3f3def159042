"""Greetings and thanks, which are understood and stand in no help."""

import re
from collections.abc import Iterable
from typing import Any

from bot.errors import BadInput, Code
from bot.handlers.reading import Reading
from bot.handlers.registry import Command, Invocation
from bot.services.access import Ask
from bot.services.inbox import Outcome, Reply
from bot.views.help import greeting

THANKS = ("thanks", "thank", "thx")
HELLO = ("hi", "hello", "hey")
MORE = 3
"""Words after the first, at most."""


def greetings() -> Iterable[Command[Any]]:
    yield Command("", HELLO, "hi", "", read, greeted)
    yield Command("", THANKS, "thanks", "", read, thanked)


def read(line: str, reading: Reading) -> None:
    """Raises BadInput where more is said: it may be something to do."""
    if len(line.split()) > MORE or re.search(r"\d|<@", line):
        raise BadInput(Code.UNKNOWN_WORD, None, line, talk=True)


def greeted(ask: Ask, by: Invocation, said: None) -> Outcome:
    return Reply(greeting(thanked=False))


def thanked(ask: Ask, by: Invocation, said: None) -> Outcome:
    return Reply(greeting(thanked=True))
