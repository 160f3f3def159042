"""Lines in a channel that are taken down without a command: `ACTION: …`, `DEADLINE: …`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.domain.items import Source
from bot.handlers.reading import Reading
from bot.handlers.registry import Invocation
from bot.handlers.tokens import plain
from bot.handlers.verbs import Told, in_lines, tried
from bot.services import receipts
from bot.services.access import Ask
from bot.services.inbox import Outcome, Reply, Silent

_CAPTURED = re.compile(
    r"[\s*_~>\u2022-]*(action|decision|deadline)\s*[*_]*\s*:\s*[*_]*[ \t]*(.*)", re.IGNORECASE
)

_COMMANDS = {"action": "action add", "deadline": "deadline add", "decision": "decide"}


@dataclass(frozen=True, slots=True)
class Caught:
    """One line: the word that it opened with, in small letters, and what stood behind it."""

    word: str
    text: str


def captured(text: str) -> tuple[Caught, ...]:
    """Each line that opens with a word such as `ACTION:`, if the message does."""
    lines = text.strip().splitlines()
    if not lines or not _CAPTURED.fullmatch(lines[0]):
        return ()
    found = (_CAPTURED.fullmatch(line) for line in lines)
    return tuple(Caught(match[1].casefold(), match[2].strip()) for match in found if match)


def as_command(text: str) -> str:
    """The line that says the same anywhere; unchanged where it is not one captured line."""
    lines = captured(text)
    return f"{_COMMANDS[lines[0].word]} {lines[0].text}".strip() if len(lines) == 1 else text


class Taker(Protocol):
    """What becomes of the lines that open with one word."""

    def known(self, ask: Ask, source: Source | None) -> Reply | None:
        """What is said if the message was taken down before."""

    def alone(self, ask: Ask, by: Invocation, line: str, reading: Reading) -> Outcome:
        """The only line of its message."""

    def among(self, ask: Ask, by: Invocation, line: str, reading: Reading) -> Told:
        """One of several."""


@dataclass(frozen=True, slots=True)
class Captures:
    """`takers` by the words that they take."""

    takers: Mapping[str, Taker]

    def __call__(
        self, ask: Ask, by: Invocation, lines: tuple[Caught, ...], reading: Reading
    ) -> Outcome:
        """The same message again makes nothing."""
        lines = tuple(line for line in lines if line.word in self.takers)
        if not lines:
            return Silent()
        if not by.addressed:
            group = ask.group
            if group is None or group not in reading.active or not group.settings.capture:
                return Silent()
            said = (taker.known(ask, by.quoted) for taker in self.takers.values())
            known = next(filter(None, said), None)
            if known is not None:
                return known
        outcome = self._taken(ask, by, lines, reading)
        if by.ts and isinstance(outcome, Reply) and not outcome.private:
            receipts.react(ask, by.ts)
        return outcome

    def _taken(
        self, ask: Ask, by: Invocation, lines: tuple[Caught, ...], reading: Reading
    ) -> Outcome:
        if len(lines) == 1:
            return self.takers[lines[0].word].alone(ask, by, lines[0].text, reading)

        def one(line: Caught) -> Told:
            taker = self.takers[line.word]
            name = plain(line.text, reading)
            return tried(ask, name, lambda: taker.among(ask, by, line.text, reading))

        return in_lines(ask, by, tuple(one(line) for line in lines))
