"""What is said of a meeting's checklist: which meeting, which numbers, what to add; pure."""

import re
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.due import find_when, read_when
from bot.domain.meetings import PREFIX, Meeting
from bot.domain.model import Group, Ref, UserId
from bot.errors import BadInput, Code, UserError
from bot.handlers import sentence
from bot.handlers.reading import Reading
from bot.handlers.refs import read_ids
from bot.handlers.registry import ID
from bot.handlers.tokens import plain, tidy

PREP = "meeting prep [<ID>]"
ADD = "meeting prep add <ID> <what> [@owner] [<when>]"
SKIP = "meeting prep skip <ID> <number> <why>"
TICK, UNTICK = "meeting tick <ID> <number>…", "meeting untick <ID> <number>…"
ANNOUNCE = "meeting announce <ID>"
MOST = 50
"""Numbers in one line."""
_SUB = re.compile(r"(add|skip)(?=\s|$)\s*", re.IGNORECASE)
_PAGE = re.compile(r"\s*page\s+(\d{1,4})\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"(?:#|no\.?\s*|number\s+)?(\d{1,4})(?![\w%-])(?:\s*(?:,|and\b|&amp;|\+))*\s*")
_BEFORE_A_DATE = re.compile(r"\s*(?:[,;]|\b(?:by|on|due|until))\s*$", re.IGNORECASE)
_PART_OF_TEXT = frozenset({"for", "of", "from", "since", "in", "at", "to", "the", "with"})
_LONGEST_DATE = 6
_EDGES = " \t\n,;:"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`ref` None: the next meeting of `group`, or without one of the asker's own."""

    verb: str
    ref: Ref | None
    rest: str
    reading: Reading
    group: Group | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Numbered:
    ref: Ref
    numbers: tuple[int, ...]
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Addition:
    text: str
    owner: UserId | None
    due: date | None


def read_prep(text: str, reading: Reading) -> Wanted:
    """Raises BadInput where no meeting is meant."""
    line = tidy(text)
    if (sub := _SUB.match(line)) is not None:
        usage = ADD if sub[1].casefold() == "add" else SKIP
        ref, rest = read_meeting(line[sub.end() :], reading, usage)
        return Wanted(sub[1].casefold(), ref, rest, reading)
    page = 1
    if (paged := _PAGE.search(line)) is not None:
        page, line = int(paged[1]), line[: paged.start()]
    if not line:
        return Wanted("show", None, "", reading, reading.here, page)
    if ID.match(line):
        ref, rest = read_meeting(line, reading, PREP)
        if rest.strip(" .!?"):
            raise BadInput(Code.WRONG_WORDS, None, plain(rest, reading), usage=PREP)
        return Wanted("show", ref, "", reading, page=page)
    named = sentence.group_named(line, reading)
    if not named:
        raise BadInput(Code.WRONG_WORDS, None, plain(line, reading), usage=PREP)
    return Wanted("show", None, "", reading, reading.group(named, line), page)


def read_ticks(text: str, reading: Reading, usage: str) -> Numbered:
    ref, rest = read_meeting(text, reading, usage)
    numbers, left = _numbers(rest)
    if not numbers or left.strip(" .!?"):
        raise BadInput(Code.WRONG_WORDS, None, plain(left, reading), usage=usage)
    return Numbered(ref, numbers)


def read_only_meeting(text: str, reading: Reading, usage: str) -> Ref:
    ref, rest = read_meeting(text, reading, usage)
    if rest.strip(" .!?"):
        raise BadInput(Code.WRONG_WORDS, None, plain(rest, reading), usage=usage)
    return ref


def read_skip(wanted: Wanted, ref: Ref) -> Numbered:
    """One number, and why."""
    match = _NUMBER.match(wanted.rest)
    if match is None:
        raise BadInput(Code.WRONG_WORDS, None, plain(wanted.rest, wanted.reading), usage=SKIP)
    why = sentence.without_because(plain(wanted.rest[match.end() :], wanted.reading))
    return Numbered(ref, (int(match[1]),), why.strip(_EDGES))


def read_addition(line: str, reading: Reading, meeting: Meeting) -> Addition:
    """`T-3` counts from the meeting itself."""
    owners, line = sentence.people_in(line, reading)
    if len(owners) > 1:
        raise BadInput(Code.WRONG_WORDS, "owner", plain(line, reading), usage=ADD)
    dates = replace(reading.dates(None, line), next_meeting=meeting.start_day)
    found = find_when(line, dates)
    if found is not None:
        day, text = found.when.day, found.without(line)
    else:
        day, text = None, line
        words = [*re.finditer(r"\S+", line)]
        for match in words[1:][-_LONGEST_DATE:]:
            before = line[: match.start()].rstrip()
            if before.rpartition(" ")[2].casefold() in _PART_OF_TEXT:
                continue
            try:
                day = read_when(line[match.start() :], dates).day
            except UserError:
                continue  # No date begins here: the words are part of what is to be done.
            text = _BEFORE_A_DATE.sub("", before)
            break
    return Addition(plain(text, reading).strip(_EDGES), next(iter(owners), None), day)


def read_meeting(line: str, reading: Reading, usage: str) -> tuple[Ref, str]:
    refs, rest = read_ids(line, reading, 1)
    if not refs[0].startswith(f"{PREFIX}-"):
        raise BadInput(Code.WRONG_WORDS, None, plain(refs[0], reading), usage=usage)
    return refs[0], rest


def _numbers(line: str) -> tuple[tuple[int, ...], str]:
    found: list[int] = []
    at = 0
    while len(found) < MOST and (match := _NUMBER.match(line, at)):
        found.append(int(match[1]))
        at = match.end()
    return tuple(dict.fromkeys(found)), line[at:]
