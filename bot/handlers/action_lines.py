"""Actions as minutes have them, with dashes between what, who and when, for the usual reader."""

import re

from bot.domain.due import read_when
from bot.errors import BadInput, Code
from bot.handlers.reading import Reading
from bot.handlers.tokens import MENTION, plain, tidy
from bot.views.text import mention

_DASH = re.compile(r"\s+(?:[\u2013\u2014]|-{1,2})\s+")
_BY = re.compile(r"(?:by|owner|who)\b:?\s+(?=\S)", re.IGNORECASE)
_BY_WHEN = re.compile(r"(?:by|due|on|until|before)\b:?\s*", re.IGNORECASE)
_NAME_WORDS = 4
_EDGES = " \t,;:."


def as_action(text: str, reading: Reading) -> str:
    """Raises BadInput for a name that nobody has, or two have."""
    line = tidy(text)
    parts = [part for part in _DASH.split(line) if part]
    if len(parts) == 3 and is_date(parts[2], reading):
        who = _owner(parts[0], reading)
        return _joined(parts[1], who, parts[2])
    if len(parts) > 1 and (by := _BY.match(parts[-1])):
        tail = parts[-1][by.end() :]
        who, when = ("", tail) if is_date(tail, reading) else _split(tail, reading)
        return _joined(line[: line.rindex(parts[-1])], who, when)
    return _dated(line, reading)


def _split(tail: str, reading: Reading) -> tuple[str, str]:
    """Whom it names, as tokens, and the date behind."""
    found = [*MENTION.finditer(tail)]
    if found and not tail[: found[0].start()].strip():
        end = found[-1].end()
        return tail[:end], tail[end:].strip(_EDGES)
    words = tail.split()
    for number in range(min(_NAME_WORDS, len(words)), 0, -1):
        name = " ".join(words[:number]).rstrip(_EDGES)
        rest = " ".join(words[number:])
        if (not rest or is_date(rest, reading)) and (person := reading.person(name)):
            return mention(person.user), rest
    for number in range(1, min(_NAME_WORDS, len(words)) + 1):
        if number == len(words) or is_date(" ".join(words[number:]), reading):
            name = " ".join(words[:number]).rstrip(_EDGES)
            raise BadInput(Code.PERSON_UNKNOWN, "owner", plain(name, reading))
    return tail, ""


def _owner(words: str, reading: Reading) -> str:
    if MENTION.search(words):
        return words
    person = reading.person(words)
    if person is None:
        raise BadInput(Code.PERSON_UNKNOWN, "owner", plain(words, reading))
    return mention(person.user)


def _dated(line: str, reading: Reading) -> str:
    """A date that stands bare behind the last name gets the word that says so."""
    found = [*MENTION.finditer(line)]
    if not found:
        return line
    end = found[-1].end()
    rest = line[end:].strip(_EDGES)
    if rest and not _BY_WHEN.match(rest) and is_date(rest, reading):
        return f"{line[:end]} by {rest}"
    return line


def _joined(what: str, who: str, when: str) -> str:
    day = _BY_WHEN.sub("", when, count=1).strip() if _BY_WHEN.match(when) else when.strip()
    dashed = re.sub(r"\s+(?:[\u2013\u2014]|-{1,2})\s*$", "", what).strip(" \t,;:")
    return " ".join(part for part in (dashed, who.strip(), f"by {day}" if day else "") if part)


def is_date(words: str, reading: Reading) -> bool:
    """Also one that cannot be taken: that is said of the date, not of a name."""
    bare = _BY_WHEN.sub("", words, count=1) if _BY_WHEN.match(words) else words
    try:
        read_when(bare, reading.dates(None, bare))
    except BadInput as error:
        return error.code not in (Code.DATE_UNREADABLE, Code.DATE_NEEDED, Code.ZONE_UNKNOWN)
    return True


def is_who_what_when(text: str, reading: Reading) -> bool:
    """Somebody known, what, and a date, with dashes between."""
    parts = [part for part in _DASH.split(tidy(text)) if part]
    if len(parts) != 3 or not is_date(parts[2], reading):
        return False
    return bool(MENTION.match(parts[0])) or reading.person(parts[0]) is not None
