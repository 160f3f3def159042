"""A new deadline out of one line: its groups, kind, owner and date, in any order; pure."""

import re
from dataclasses import dataclass

from bot.domain.deadlines import Kind, NewDeadline
from bot.domain.due import When, find_when, read_when
from bot.domain.model import Group
from bot.errors import BadInput, Code
from bot.handlers import sentence
from bot.handlers.reading import Reading
from bot.handlers.refs import awaited_in
from bot.handlers.tokens import plain, tidy

ADD = (
    "deadline add <what> [by] <when> [@owner] [for <group>|all] [as milestone|deliverable] "
    "[needs <id>…]"
)
_AS = re.compile(r"(?<![\w'-])as\s+(?:an?\s+)?(milestone|deliverable)\b", re.IGNORECASE)
_AS_WHAT = re.compile(r"(?<![\w'-])as\s+(?:an?\s+)?([^\W\d]+)[.!]?$", re.IGNORECASE)
_FOR = re.compile(
    r"(?<![\w'-])for\s+(.+?)(?=[.;!?]*\s*$|\s+(?:by|due|on|for|as)\b|\s+@|\s+<@)", re.IGNORECASE
)
_COMMAND = re.compile(r"^(?:deadlines?\b[\s:]*)?(?:add\b[\s:]*)?", re.IGNORECASE)
_ALL = frozenset({"all", "all groups", "everybody", "everyone"})
_LONGEST_DATE = 8
"""Words; a date without `by` before it stands at the end."""
_EDGES = " \t\n,;:"


@dataclass(frozen=True, slots=True)
class Said:
    """A new deadline as read from a line; `owner_said` False: the asker's."""

    new: NewDeadline
    when: When
    owner_said: bool


def read_new(text: str, reading: Reading) -> Said | None:
    """None: nothing was said. Raises UserError where something cannot be taken as it stands."""
    line = tidy(text)
    if not line:
        return None
    needs, spans = awaited_in(line, reading)
    for span in reversed(spans):
        line = _without(line, span.start, span.end)
    kind, line = _kind(line)
    groups, line = _groups(line, reading)
    owners, line = sentence.people_in(line, reading)
    if len(owners) > 1:
        raise BadInput(Code.WRONG_WORDS, "owner", usage=ADD)
    when, what = _when(line, reading, groups)
    new = NewDeadline(
        text=plain(what, reading).strip(_EDGES),
        due=when.day,
        groups=tuple(group.key for group in groups),
        kind=kind,
        owner=owners[0] if owners else reading.actor.user,
        needs=needs,
    )
    return Said(new, when, bool(owners))


def without_command(line: str) -> str:
    """What is to be reached, without the words that say so."""
    return _COMMAND.sub("", tidy(line), count=1)


def _kind(line: str) -> tuple[Kind, str]:
    """The last `as deliverable`; a milestone where nothing is said. Raises BadInput."""
    found = [*_AS.finditer(line)]
    said = _AS_WHAT.search(line)
    if said and said[1].casefold() not in {kind.value for kind in Kind}:
        raise BadInput(Code.WRONG_WORDS, "kind", said[1], kind=said[1])
    if not found:
        return Kind.MILESTONE, line
    return Kind(found[-1][1].casefold()), _without(line, found[-1].start(), found[-1].end())


def _groups(line: str, reading: Reading) -> tuple[tuple[Group, ...], str]:
    """The groups of the last `for` that names any; none for all. Raises BadInput where unclear."""
    for match in [*_FOR.finditer(line)][::-1]:
        for words in _starts(match[1]):
            end, rest = match.start(1) + len(words), match[1][len(words) :]
            if not _may_follow(rest, reading):
                continue
            if words.casefold() in _ALL:
                return (), _without(line, match.start(), end)
            if groups := sentence.groups_named(words, reading):
                return groups, _without(line, match.start(), end)
        _refuse_unnamed(line, match, reading)
    return (reading.group(),), line


def _refuse_unnamed(line: str, match: re.Match[str], reading: Reading) -> None:
    """A group that is closed; at the end behind the date, also what is no group at all."""
    parts = [
        part for part in sentence.parts_named(match[1]) if not sentence.group_named(part, reading)
    ]
    for part in parts:
        reading.refuse_ended(plain(part, reading))
    behind = not line[match.end() :].strip(_EDGES + ".!?")
    if behind and parts and not parts[0].startswith(("@", "<@")):
        try:
            _when(line[: match.start()], reading, ())
        except BadInput:
            return
        typed = plain(parts[0], reading)
        raise BadInput(Code.GROUP_UNKNOWN, "group", typed)


def _may_follow(rest: str, reading: Reading) -> bool:
    """Behind the name of a group stands a date, or nothing."""
    if not rest.strip(_EDGES):
        return True
    try:
        read_when(rest, reading.dates())
    except BadInput as refused:
        return refused.code is not Code.DATE_UNREADABLE
    return True


def _starts(words: str) -> list[str]:
    """The words, and their first ones where a date may follow: the most first."""
    ends = [match.end() for match in re.finditer(r"\S+", words)]
    return [words[:end].rstrip(_EDGES) for end in reversed(ends)]


def _when(line: str, reading: Reading, groups: tuple[Group, ...]) -> tuple[When, str]:
    """The date, and the line without it. Raises BadInput without any."""
    dates = reading.dates(groups[0] if len(groups) == 1 else None, line)
    found = find_when(line, dates)
    if found is not None:
        return found.when, found.without(line)
    refused: BadInput | None = None
    starts = [match.start() for match in re.finditer(r"\S+", line)]
    for start in starts[-_LONGEST_DATE:]:
        try:
            return read_when(line[start:], dates), line[:start]
        except BadInput as error:
            if refused is None and error.code is not Code.DATE_UNREADABLE:
                refused = error
    raise refused or BadInput(Code.DATE_NEEDED, "due")


def _without(line: str, start: int, end: int) -> str:
    return " ".join(f"{line[:start]} {line[end:]}".split())
