"""What is asked of minutes, out of one line; pure."""

import re
from dataclasses import dataclass

from bot.domain.meetings import PREFIX
from bot.domain.model import Ref
from bot.errors import BadInput, Code
from bot.handlers import sentence
from bot.handlers.reading import Reading
from bot.handlers.refs import read_ids
from bot.handlers.tokens import plain

MINUTES = "meeting minutes <ID> [as html|markdown]"
CORRECT = "meeting correct <ID> s/old words/new words/"
COMMENT, OBJECT = "meeting comment <ID> <text>", "meeting object <ID> <why>"
APPROVE, PUBLISH = "meeting approve <ID>", "meeting publish <ID>"
HTML, MARKDOWN = "html", "markdown"
_FORMATS = {"": "", "html": HTML, "page": HTML, "markdown": MARKDOWN, "md": MARKDOWN}
_SLASHED = re.compile(r"s([^\w\s\\])")
_ARROW = re.compile(r"\s*(?:->|=>|\u2192)\s*")
_GLOBAL = re.compile(r"\s+g$")
_QUOTES = re.compile(r'^"(.*)"$|^\'(.*)\'$', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Asked:
    """One meeting, and the words after its id."""

    ref: Ref
    words: str = ""


@dataclass(frozen=True, slots=True)
class Correcting:
    ref: Ref
    old: str
    new: str
    everywhere: bool = False


def read_format(text: str, reading: Reading) -> Asked:
    """`words`: the kind of file, or nothing."""
    asked = read_words(text, reading, MINUTES)
    kind = asked.words.casefold().strip(" .?!").removeprefix("as ").strip()
    if kind not in _FORMATS:
        raise BadInput(Code.WRONG_WORDS, None, asked.words, usage=MINUTES)
    return Asked(asked.ref, _FORMATS[kind])


def read_alone(text: str, reading: Reading, usage: str) -> Asked:
    asked = read_words(text, reading, usage)
    if asked.words.strip(" .?!"):
        raise BadInput(Code.WRONG_WORDS, None, asked.words, usage=usage)
    return Asked(asked.ref)


def read_reason(text: str, reading: Reading, usage: str) -> Asked:
    asked = read_words(text, reading, usage)
    return Asked(asked.ref, sentence.without_because(asked.words))


def read_words(text: str, reading: Reading, usage: str) -> Asked:
    refs, rest = read_ids(text, reading, 1)
    if not refs[0].startswith(f"{PREFIX}-"):
        raise BadInput(Code.WRONG_WORDS, None, plain(refs[0], reading), usage=usage)
    return Asked(refs[0], plain(rest, reading).strip())


def read_correction(text: str, reading: Reading) -> Correcting:
    """`s/old/new/`, between any marks, or `"old" -> "new"`; a `g` behind means everywhere."""
    asked = read_words(text, reading, CORRECT)
    found = _slashed(asked) or _arrowed(asked)
    if found is None or not found.old.strip() or found.old == found.new:
        raise BadInput(Code.WRONG_WORDS, None, asked.words, usage=CORRECT)
    return found


def _slashed(asked: Asked) -> Correcting | None:
    match = _SLASHED.match(asked.words)
    if match is None:
        return None
    mark = match[1]
    cut = re.compile(rf"(?<!\\){re.escape(mark)}")
    old, *rest = cut.split(asked.words[match.end() :])
    if not rest or len(rest) > 2:
        return None
    flags = rest[1].strip(" .").casefold() if len(rest) == 2 else ""
    if flags not in ("", "g"):
        return None
    old, new = (part.replace(f"\\{mark}", mark) for part in (old, rest[0]))
    return Correcting(asked.ref, old, new, flags == "g")


def _arrowed(asked: Asked) -> Correcting | None:
    parts = _ARROW.split(asked.words)
    if len(parts) != 2:
        return None
    old, new = parts
    everywhere = _GLOBAL.search(new) is not None and new.rstrip(" g").endswith(('"', "'"))
    if everywhere:
        new = _GLOBAL.sub("", new)
    return Correcting(asked.ref, _unquoted(old), _unquoted(new), everywhere)


def _unquoted(words: str) -> str:
    match = _QUOTES.match(words.strip())
    return next(part for part in match.groups() if part is not None) if match else words.strip()
