"""What a message in a meeting's thread says, line by line; pure."""

import re
from dataclasses import dataclass

from bot.domain.proceedings import LineKind

_LEAD = r"[\s*_~>\u2022-]*"
_MAKES = re.compile(_LEAD + r"(action|decision|deadline)\s*[*_]*\s*:\s*[*_]*[ \t]*(.*)", re.I)
_WORD = re.compile(
    _LEAD + r"(topic|present|regrets?)(?:\s*[*_]*\s*(:)\s*[*_]*|\s+|$)(?:from\s+)?(.*)", re.I
)
_OFF = re.compile(_LEAD + r"\[\s*off\b[^\]\n]*\]", re.IGNORECASE)
_UNDO = re.compile(r"undo\s*[.!]?", re.IGNORECASE)
_KINDS = {
    "action": LineKind.ACTION,
    "decision": LineKind.DECISION,
    "deadline": LineKind.DEADLINE,
    "topic": LineKind.TOPIC,
    "present": LineKind.PRESENT,
    "regret": LineKind.REGRETS,
    "regrets": LineKind.REGRETS,
}


@dataclass(frozen=True, slots=True)
class Heard:
    """`kind` None: the writer's last line is to be taken back.

    `sure`: it can mean nothing else; `present` without a colon may open a sentence.
    """

    kind: LineKind | None
    text: str = ""
    sure: bool = True
    line: str = ""
    """All of it, with its word."""


def heard(text: str, *, pasted: bool = False) -> tuple[Heard, ...]:
    """Each line of a message; what follows `[off]` in it is in none, of what is pasted its line."""
    found: list[Heard] = []
    for line in text.splitlines():
        if _OFF.match(line) and not pasted:
            break
        if _OFF.match(line):
            continue
        if line.strip():
            found.append(_heard(line.strip()))
    return tuple(found)


def recorded(text: str) -> str:
    """The message without what is off the record."""
    lines = text.splitlines()
    end = next((n for n, line in enumerate(lines) if _OFF.match(line)), len(lines))
    return "\n".join(lines[:end])


def is_word(text: str) -> bool:
    """Whether the message begins with one of the words of a meeting's thread."""
    first = next(iter(heard(text)), None)
    return _OFF.match(text) is not None or (first is not None and first.kind is not LineKind.NOTE)


def _heard(line: str) -> Heard:
    if _UNDO.fullmatch(line):
        return Heard(None, line=line)
    if made := _MAKES.fullmatch(line):
        return Heard(_KINDS[made[1].casefold()], made[2].strip(), line=line)
    if word := _WORD.fullmatch(line):
        kind, text = _KINDS[word[1].casefold()], word[3].strip()
        sure = bool(word[2]) or kind is LineKind.TOPIC or _names(text)
        if text:
            return Heard(kind, text, sure, line)
    return Heard(LineKind.NOTE, line, line=line)


def _names(text: str) -> bool:
    return text.startswith(("@", "<@")) or text.casefold().strip(" .!") in ("all", "me")
