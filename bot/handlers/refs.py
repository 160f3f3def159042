"""Ids of actions in a line; pure."""

import re
from dataclasses import dataclass

from bot.domain.model import RESERVED_PREFIXES, Ref
from bot.errors import BadInput, Code
from bot.handlers.reading import Reading, prefixes
from bot.handlers.registry import ACTION, ID, as_ref, noun_of
from bot.handlers.tokens import plain, tidy

_NEEDS = re.compile(r"(?<![\w'-])needs:?\s+(?=\w)", re.IGNORECASE)
_ID_HERE = re.compile(ID.pattern + r"(?![\w-])")
_ID_GAP = re.compile(r"(?:\s*[,;]\s*(?:and\s+)?|\s+(?:and\s+|&amp;\s*)?)", re.IGNORECASE)
_AFTER_IDS = re.compile(r"\s*[,:;]?\s*")
_EDGES = " \t\n,;:"


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int


def read_ids(line: str, reading: Reading, most: int | None = None) -> tuple[tuple[Ref, ...], str]:
    """The ids a line begins with, each once, and what follows. Raises BadInput without any."""
    line = tidy(line)
    refs, end = _ids(line, 0, _known(reading), any_first=True, most=most)
    if not refs:
        raise BadInput(Code.ID_NEEDED, None, plain(line, reading))
    gap = _AFTER_IDS.match(line, end)
    return refs, line[gap.end() if gap else end :]


def read_needs(line: str, reading: Reading) -> tuple[Ref, ...]:
    """Ids in a form's field. Raises BadInput when there is anything else."""
    line = tidy(line)
    if not line:
        return ()
    refs, end = _ids(line, 0, _known(reading), any_first=True)
    if not refs or line[end:].strip(_EDGES + "."):
        raise BadInput(Code.ID_NEEDED, "needs", line[end:].strip() or line)
    return refs


def awaited_in(line: str, reading: Reading) -> tuple[tuple[Ref, ...], list[Span]]:
    """Actions and deadlines behind `needs`. Raises BadInput for what is neither."""
    known = _known(reading)
    found: list[Ref] = []
    spans: list[Span] = []
    for match in _NEEDS.finditer(line):
        refs, end = _ids(line, match.end(), known)
        if not refs:
            continue
        found += refs
        spans.append(Span(match.start(), end))
    return only_awaited(tuple(dict.fromkeys(found))), spans


def only_awaited(refs: tuple[Ref, ...]) -> tuple[Ref, ...]:
    """Raises BadInput for what cannot be waited for, such as meetings."""
    for ref in refs:
        if noun_of(ref.partition("-")[0]) not in (ACTION, "deadline"):
            raise BadInput(Code.WRONG_WORDS, "needs", ref, awaited=ref)
    return refs


def _known(reading: Reading) -> frozenset[str]:
    return prefixes(reading.world.groups.values()) | RESERVED_PREFIXES


def _ids(
    line: str,
    at: int,
    known: frozenset[str],
    *,
    any_first: bool = False,
    most: int | None = None,
) -> tuple[tuple[Ref, ...], int]:
    """The ids that stand at `at`, and where they end; after the first only known prefixes."""
    refs: list[Ref] = []
    end = at
    while len(refs) != most and (match := _ID_HERE.match(line, at)):
        ref = as_ref(match[0])
        first = any_first and not refs
        if ref is None or not (first or match[1].upper() in known):
            break
        refs.append(ref)
        end = match.end()
        gap = _ID_GAP.match(line, end)
        if gap is None:
            break
        at = gap.end()
    return tuple(dict.fromkeys(refs)), end
