"""Owners, date, group, ids and text out of one line, in any order; pure.

A line is as Slack escapes it: `<@U…|name>`, `<#C…|name>`, `<https://…|label>`, `&amp; &lt; &gt;`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.due import When, find_when, read_leading
from bot.domain.items import Due, NewItem, Source
from bot.domain.model import Group, Ref, UserId
from bot.errors import BadInput, Code
from bot.handlers.reading import Reading, due_of
from bot.handlers.refs import Span, awaited_in
from bot.handlers.tokens import EVERYBODY, MENTION, plain, tidy

_AND = re.compile(r"\s*(?:,|\+|&amp;|\band\b)\s*", re.IGNORECASE)
_CHANNEL = re.compile(r"<#([CG][A-Z0-9]+)>")
_BETWEEN = re.compile(r"\s*(?:,|&amp;|\+|\band\b)?\s*", re.IGNORECASE)
_BEFORE_OWNER = re.compile(r"(?<![\w'-])for\s+$", re.IGNORECASE)
_FOR = re.compile(r"(?<![\w'-])for\s+(?=\S)", re.IGNORECASE)
_GROUP_ENDS = re.compile(
    r"[\"')\]]*(?:[.;!?,:]*\s*$|[,;]?(?=\s+(?:by|due|on|needs|for|because)\b|\s+[@<]))",
    re.IGNORECASE,
)
_BECAUSE = re.compile(r"[\s,;:.-]*(?:because(?:\s+of)?|since|as)\b[\s:,]*", re.IGNORECASE)
_ADD = re.compile(r"^(?:actions?\b[\s:]*)?(?:add\b[\s:]*)?", re.IGNORECASE)
_MOST = 20  # people, or words `for`, in one line: a longer one is no sentence
_A_WORD = 12
_GROUP_WORDS = 12
_NAME_WORDS = 4
_LONGEST_NAME = 200
_BEFORE_A_PLACE = "a about and at by from in into join of on or post read see the this to via with"
_PREPOSITIONS = frozenset(_BEFORE_A_PLACE.split())
_EDGES = " \t\n,;:"
_TRAILING = re.compile(r"(?:[ \t\n,:]|(?<!&gt)(?<!&lt)(?<!&amp);)+$")


@dataclass(frozen=True, slots=True)
class Said:
    """A new action as read from a line; `when` None and `owner_said` False: taken for granted."""

    new: NewItem
    owner_said: bool
    when: When | None


def read_new(line: str, reading: Reading, source: Source | None = None) -> Said | None:
    """None: nothing was said. Raises UserError where something cannot be taken as it stands."""
    line = tidy(line)
    if not line:
        return None
    named, group_spans = _group(line, reading)
    # What was typed stays in the line: `tr` may stand in somebody's name too (see `_group`).
    group = reading.group(named)
    needs, needs_spans = awaited_in(line, reading)
    owners, owner_spans = _owners(line, reading, group)
    found = find_when(line, reading.dates(group, line))
    date_spans = [Span(found.start, found.end)] if found else []
    text = _left(line, [*group_spans, *needs_spans, *owner_spans, *date_spans])
    new = NewItem(
        text=plain(text, reading),
        group=group.key,
        due=due_of(found.when) if found else reading.usual_due(group),
        owners=owners or (reading.actor.user,),
        needs=needs,
        source=source,
    )
    return Said(new, bool(owners), found.when if found else None)


def read_owners(line: str, reading: Reading, group: Group | None) -> tuple[UserId, ...]:
    """People and nothing else. Raises BadInput."""
    line = tidy(line)
    owners, spans = _owners(line, reading, group)
    left = re.sub(r"^to\b|\bto$", "", _left(line, spans), flags=re.IGNORECASE).strip(_EDGES + ".")
    if left and not owners:
        raise BadInput(Code.PERSON_UNKNOWN, "owner", plain(left, reading), **_group_fact(group))
    if left:
        raise BadInput(Code.WRONG_WORDS, "owner", plain(left, reading))
    return owners


def people_in(line: str, reading: Reading) -> tuple[tuple[UserId, ...], str]:
    """Everybody named, and the line without them."""
    line = tidy(line)
    owners, spans = _owners(line, reading, None)
    return owners, _left(line, spans)


def group_in(line: str, reading: Reading) -> tuple[Group, str]:
    """The group meant, and the line without its name. Raises BadInput where it is not clear."""
    named, spans = _group(line, reading)
    return reading.group(named), _left(line, spans)


def group_named(words: str, reading: Reading) -> tuple[Group, ...]:
    """The groups that all the words may mean; `for` or `in` may stand before them."""
    words = re.sub(r"^(?:for|in|of)\s+", "", tidy(words), flags=re.IGNORECASE)
    if channel := _CHANNEL.fullmatch(words):
        group = reading.linked(channel[1])
        return (group,) if group else ()
    return reading.named(plain(words))


def groups_named(words: str, reading: Reading) -> tuple[Group, ...]:
    """One group, or several with commas or `and` between; empty where a part names none."""
    whole = group_named(words, reading)
    if whole:
        return (reading.group(whole, words),)
    parts = parts_named(words)
    named = [(group_named(part, reading), part) for part in parts]
    if len(parts) < 2 or not all(found for found, _ in named):
        return ()
    return tuple(dict.fromkeys(reading.group(found, part) for found, part in named))


def parts_named(words: str) -> list[str]:
    return [part for part in _AND.split(words) if part]


def read_move(line: str, reading: Reading, group: Group | None) -> tuple[Due, When, str]:
    """The new date, and the reason behind `because`."""
    line = tidy(line)
    found = read_leading(line, reading.dates(group, line))
    rest = line[found.end :]
    return due_of(found.when), found.when, plain(without_because(rest), reading).strip(" ,;:-")


def without_because(words: str) -> str:
    because = _BECAUSE.match(words)
    return words[because.end() :] if because else words


def is_add(line: str) -> bool:
    found = _ADD.match(tidy(line))
    return found is not None and "add" in found[0].casefold()


def without_command(line: str) -> str:
    """What is to be done, without the word that says so."""
    return _ADD.sub("", tidy(line), count=1)


def group_of(ref: Ref, reading: Reading) -> Group | None:
    """The group whose prefix the id has."""
    prefix = ref.partition("-")[0]
    return next((g for g in reading.world.groups.values() if g.prefix.upper() == prefix), None)


def _owners(
    line: str, reading: Reading, group: Group | None
) -> tuple[tuple[UserId, ...], list[Span]]:
    """Everybody named; neighbours and the `and` between them are one span."""
    owners: list[UserId] = []
    spans: list[Span] = []
    for count, match in enumerate(MENTION.finditer(line)):
        if count == _MOST:
            raise BadInput(Code.WRONG_WORDS, "owner", plain(match[0], reading))
        user, end = _whom(line, match, reading, group)
        if user is None:
            continue
        owners.append(user)
        start = match.start()
        if spans and _BETWEEN.fullmatch(line, spans[-1].end, start):
            start = spans.pop().start
        elif before := _BEFORE_OWNER.search(line, max(0, start - _A_WORD), start):
            start = before.start()
        spans.append(Span(start, end))
    return tuple(dict.fromkeys(owners)), spans


def _whom(
    line: str, match: re.Match[str], reading: Reading, group: Group | None
) -> tuple[UserId | None, int]:
    """Who is meant and where the name ends; None where it is an address to everybody."""
    if match[1]:
        return UserId(match[1]), match.end()
    handle = match[2].rstrip(".'-")
    start = match.start(2)
    if handle.casefold() in EVERYBODY:
        return None, match.end()
    for words in _starts(line[start : start + _LONGEST_NAME], _NAME_WORDS):
        person = reading.person(words) if " " in words else None
        if person is not None:
            return person.user, start + len(words)
    person = reading.person(match[2]) or reading.person(handle)
    if person is None:
        raise BadInput(Code.PERSON_UNKNOWN, "owner", f"@{handle}", **_group_fact(group))
    return person.user, start + len(handle)


def _group_fact(group: Group | None) -> dict[str, object]:
    return {"group": group.key} if group else {}


def _starts(text: str, most: int) -> list[str]:
    """The first words of a text, the most first."""
    ends = [match.end() for match, _ in zip(re.finditer(r"\S+", text), range(most), strict=False)]
    return [text[:end].rstrip(_EDGES + ".!?\"')") for end in reversed(ends)]


def _group(line: str, reading: Reading) -> tuple[tuple[Group, ...], list[Span]]:
    """The last `for …` that names a group, else a linked channel that stands by itself.

    A choice made after being asked stands behind the words it makes clear: `for tr for trials`.
    """
    named: tuple[Group, ...] = ()
    spans: list[Span] = []
    for match in [*_FOR.finditer(line)][: -_MOST - 1 : -1]:
        groups, end = _named_at(line, match.end(), reading, opens=match.start() == 0)
        if groups and (not named or (len(groups) > len(named) and named[0] in groups)):
            named = named or groups
            spans.append(Span(match.start(), end))
    if named:
        return named, spans
    if reading.here is None:  # There the words are text, and the action is the channel's.
        _refuse_ended(line, reading)
    for match in _CHANNEL.finditer(line):
        group = reading.linked(match[1])
        before = line[: match.start()].split()
        if group and not (before and before[-1].casefold() in _PREPOSITIONS):
            return (group,), [Span(match.start(), match.end())]
    return (), []


def _refuse_ended(line: str, reading: Reading) -> None:
    """Raises BadInput where a sentence ends with `for` and the name of an ended group."""
    for match in [*_FOR.finditer(line)][-_MOST:]:
        for words in _starts(line[match.end() : match.end() + _LONGEST_NAME], _GROUP_WORDS):
            if words and _GROUP_ENDS.match(line, match.end() + len(words)):
                reading.refuse_ended(plain(words))


def _named_at(
    line: str, at: int, reading: Reading, *, opens: bool
) -> tuple[tuple[Group, ...], int]:
    """The groups that the words at `at` may mean, the longest name first, and where it ends.

    In the middle of a sentence a name must end there: `search for models that work` names none.
    """
    if channel := _CHANNEL.match(line, at):
        group = reading.linked(channel[1])
        return ((group,), channel.end()) if group else ((), at)
    for words in _starts(line[at : at + _LONGEST_NAME], _GROUP_WORDS):
        end = at + len(words)
        ends = _GROUP_ENDS.match(line, end)
        if not words or not (ends or opens):
            continue
        groups = reading.named(plain(words))
        if groups and ends:
            return groups, ends.end()
        if len(groups) == 1 and reading.is_full(words, groups[0]):
            return groups, end
    return (), at


def _left(line: str, spans: Iterable[Span]) -> str:
    """What remains when the spans are taken out."""
    parts: list[str] = []
    at = 0
    for span in sorted(spans, key=lambda span: span.start):
        parts.append(line[at : max(at, span.start)])
        at = max(at, span.end)
    parts.append(line[at:])
    kept = " ".join(" ".join(parts).split())
    return _TRAILING.sub("", re.sub(r" +([,;.!?])(?= |$)", r"\1", kept)).lstrip(_EDGES)
