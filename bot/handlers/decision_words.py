"""A new decision out of one line: its group, its window for objections and its review; pure."""

import re
from dataclasses import dataclass
from datetime import date

from bot.domain.decisions import NewDecision
from bot.domain.due import find_when, read_when
from bot.domain.model import Group
from bot.errors import BadInput, Code
from bot.handlers import sentence
from bot.handlers.reading import Reading
from bot.handlers.tokens import plain, tidy

DECIDE = "decide <text> [review <when>] [objections [by <when>]] [for <group>]"
_CLAUSE = re.compile(
    r"(?<![\w'-])(?:and\s+)?(review(?=[\s:])|objections?\b):?"
    r"(\s+(?:by|on|until|till|before|due)\b:?)?\s*",
    re.IGNORECASE,
)
_BEFORE_A_NOUN = (
    "a all an and any few for had have his her its many more most my no of on other our some such"
    " the their these this those to two under until were what which with without your"
)
_SPOKEN_OF = frozenset(_BEFORE_A_NOUN.split())
"""Behind these, `objections` at the end of a line are spoken of, not asked for."""
_EDGES = " \t\n,;:"
_MARKS = _EDGES + ".!?"
_MOST = 20


@dataclass(frozen=True, slots=True)
class Said:
    """A new decision as read from a line; `open_` without a day: a window as long as usual.

    `typed`: the words of the window's last day.
    """

    new: NewDecision
    open_: bool = False
    typed: str = ""


@dataclass(frozen=True, slots=True)
class _Clause:
    """`phrase` is a date in words, or empty."""

    start: int
    end: int
    phrase: str


def read_new(text: str, reading: Reading) -> Said:
    """Raises UserError where something cannot be taken as it stands."""
    line = tidy(text)
    if not line:
        raise BadInput(Code.TEXT_EMPTY, "text", noun="decision")
    found: dict[str, str] = {}
    for match in [*_CLAUSE.finditer(line)][: -_MOST - 1 : -1]:
        word = "review" if match[1].casefold() == "review" else "objections"
        clause = _clause(line, match, word, reading) if word not in found else None
        if clause is not None:
            found[word] = clause.phrase
            after = line[clause.end :] if line[clause.end :].strip(_MARKS) else ""
            line = f"{line[: clause.start].rstrip(_EDGES)} {after}".strip()
    group, line = sentence.group_in(line, reading)
    review, by = (_day(found.get(word, ""), reading, group) for word in ("review", "objections"))
    new = NewDecision(plain(line, reading).strip(_EDGES), group.key, review, by)
    return Said(new, "objections" in found, found.get("objections", ""))


def _clause(line: str, match: re.Match[str], word: str, reading: Reading) -> _Clause | None:
    """None: the words are part of what is decided."""
    after = line[match.end() :]
    try:
        dated = find_when(f"by {after}", reading.dates(reading.here, after)) if after else None
    except BadInput as refused:
        if match[2] or refused.code is not Code.DATE_UNREADABLE:
            raise
        return None  # As in "review 3 papers": only `by` says for sure that a date is to follow.
    if dated is not None and dated.start == 0:
        return _Clause(match.start(), match.end() + dated.end - len("by "), dated.phrase)
    if word == "objections" and _asked_for(line, match, after, reading):
        return _Clause(match.start(), match.end(), "")
    return None


def _asked_for(line: str, match: re.Match[str], after: str, reading: Reading) -> bool:
    """The bare word, where the sentence ends or only the group follows."""
    before = line[: match.start()].split()
    if before and before[-1].casefold().strip(_EDGES) in _SPOKEN_OF:
        return False
    rest = after.strip(_EDGES + ".!")
    return not rest or (rest.casefold().startswith("for ") and _names(rest, reading))


def _names(words: str, reading: Reading) -> bool:
    return bool(sentence.group_named(words, reading))


def _day(phrase: str, reading: Reading, group: Group) -> date | None:
    return read_when(phrase, reading.dates(group, phrase)).day if phrase else None
