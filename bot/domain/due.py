"""Dates as people type them: a closed grammar that refuses rather than guesses.

`read_when` takes a whole text, `read_leading` the words that open one (`next friday
because …`), `find_when` the date inside a sentence, by these rules:

1. A date follows `by` or `due` (also `due by`, `due on`, `due date`). After these words
   what only looks like a date is refused, anything else (`by committee`) is text.
2. The longest spelling wins. What follows must not change its meaning (`Friday week`,
   `Fri or Mon`, `Friday 3`), else all of it is refused.
3. A zone follows a time. A city is taken only where the sentence goes on to something
   else (the end, `for`, `@someone` …) or after `in`: not the Reading of `5pm Reading list`.
4. Two different dates are refused with both. Without any, `on` and a date count if
   nothing but such a boundary follows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bot.domain import due_bounds as bounds
from bot.domain.due_rules import FIELD, Note, Reading, When, iana_zone, resolve
from bot.domain.due_words import Canonical, Phrase, canonical, match_phrase
from bot.errors import BadInput, Code

__all__ = [
    "Found",
    "Note",
    "Reading",
    "When",
    "find_when",
    "iana_zone",
    "read_leading",
    "read_when",
]

_ZONE_WORDS = 4
_ZONE_LENGTH = 60
_SHOWN_WORDS = 5  # of what looks like a date, in a refusal
_SHOWN_AFTER = 3
_LONGEST = 300  # characters; no date is longer, whatever the spaces in it
_MOST_PLACES = 100  # for a date in one sentence; keeps the time for any input short
_TRAILING = " .,;:!?"


@dataclass(frozen=True, slots=True)
class Found:
    """A date inside a text: `text[start:end]` is its introducing word and `phrase`."""

    when: When
    start: int
    end: int
    phrase: str

    def without(self, text: str) -> str:
        """The text that remains when the date is taken out."""
        before, after = text[: self.start].rstrip(" ,;"), text[self.end :].lstrip(" ,;")
        if before.endswith("(") and after.startswith(")"):
            before, after = before[:-1].rstrip(" ,;"), after[1:].lstrip(" ,;")
        gap = "" if after.startswith((".", "!", "?", ")")) else " "
        return f"{before}{gap}{after}".strip()


def read_when(text: str, reading: Reading) -> When:
    """The date that the whole text is; BadInput when it is none that can be taken."""
    line = canonical(bounds.LAST_MARKS.sub("", text.strip()[: _LONGEST + 1]))
    if not line.text:
        raise BadInput(Code.DATE_NEEDED, FIELD, text)
    if len(line.original) > _LONGEST:
        raise BadInput(Code.DATE_UNREADABLE, FIELD, text.strip())
    opening = bounds.OPENING.match(line.text)
    phrase = match_phrase(line.text, opening.end() if opening else 0)
    if phrase is None:
        raise BadInput(Code.DATE_UNREADABLE, FIELD, text.strip())
    zone = None
    if phrase.end < len(line.text):
        zone = _whole_zone(line, phrase, reading)
    return _resolve(line, phrase, zone, len(line.text), reading)


def read_leading(text: str, reading: Reading) -> Found:
    """The date that opens the text, up to `because` or another boundary; else BadInput."""
    line = canonical(text)
    if not line.text:
        raise BadInput(Code.DATE_NEEDED, FIELD, text)
    opening = bounds.OPENING.match(line.text)
    found = _read_at(line, 0, opening.end() if opening else 0, reading)
    if found is None or not bounds.BOUNDARY.match(line.text, found[1]):
        raise BadInput(Code.DATE_UNREADABLE, FIELD, _excerpt(line, 0))
    return found[0]


def find_when(text: str, reading: Reading) -> Found | None:
    """The one date in a sentence, None without any; BadInput rather than a guess."""
    line = canonical(text)
    return _only(_after_by(line, reading)) or _only(_after_on(line, reading))


def _only(dates: Iterator[Found]) -> Found | None:
    """The last of several that mean the same; two that do not are refused at once."""
    last = None
    for found in dates:
        if last and not last.when.is_same(found.when):
            choices = tuple(dict.fromkeys((last.when.day, found.when.day)))
            typed = f"{last.phrase}, {found.phrase}"
            raise BadInput(Code.DATE_AMBIGUOUS, FIELD, typed, choices=choices, rest="")
        last = found
    return last


def _after_by(line: Canonical, reading: Reading) -> Iterator[Found]:
    for count, match in enumerate(bounds.INTRODUCED.finditer(line.text)):
        if count == _MOST_PLACES:
            raise BadInput(Code.DATE_UNREADABLE, FIELD, _excerpt(line, match.start()))
        at = _read_at(line, match.start(), match.end(), reading)
        if at:
            yield at[0]
        elif bounds.LIKE_A_DATE.match(line.text, match.end()):
            raise BadInput(Code.DATE_UNREADABLE, FIELD, _excerpt(line, match.end()))


def _after_on(line: Canonical, reading: Reading) -> Iterator[Found]:
    """`on Friday` where nothing but a boundary follows; a past day is only spoken of."""
    for match in islice(bounds.ON.finditer(line.text), _MOST_PLACES):
        try:
            at = _read_at(line, match.start(), match.end(), reading, strict=True)
        except BadInput as refusal:
            if refusal.code not in (Code.DATE_PAST, Code.DATE_UNREADABLE):
                raise
            continue
        if at and bounds.BOUNDARY.match(line.text, at[1]):
            yield at[0]


def _read_at(
    line: Canonical, start: int, at: int, reading: Reading, strict: bool = False
) -> tuple[Found, int] | None:
    """The date spelled at `at`, taken out from `start`; with its end in the canonical text.

    `strict` gives None where no boundary follows.
    """
    phrase = match_phrase(line.text, at)
    if phrase is None:
        return None
    if strict and not (phrase.time or bounds.BOUNDARY.match(line.text, phrase.end)):
        return None
    zone, end = _zone_in_sentence(line, start, phrase, reading)
    if bounds.GOES_ON.match(line.text, end) or _is_doubtful(line, phrase, end):
        raise BadInput(Code.DATE_UNREADABLE, FIELD, _excerpt(line, at, end))
    when = _resolve(line, phrase, zone, end, reading)
    typed = line.typed(at, end)
    return Found(when, line.origin(start), line.origin(end - 1) + 1, typed), end


def _is_doubtful(line: Canonical, phrase: Phrase, end: int) -> bool:
    """A word that is a weekday only perhaps, with the sentence going on after it."""
    weak = bounds.DOUBTFUL.match(line.text[phrase.start : end])
    return bool(weak) and not bounds.BOUNDARY.match(line.text, end)


def _resolve(line: Canonical, phrase: Phrase, zone: str | None, end: int, reading: Reading) -> When:
    typed = line.typed(phrase.start, end)
    rest = line.typed(phrase.time_start, end).lstrip(" ,") if phrase.time else ""
    return resolve(phrase, zone, reading, typed, rest)


def _excerpt(line: Canonical, start: int, end: int = 0) -> str:
    """What a refusal shows: all up to `end`, then a few words as far as the phrase may go."""
    at = max(start, end)
    for _ in range(_SHOWN_AFTER if end else _SHOWN_WORDS):
        if at > start and at >= len(line.text):
            break
        at = _word_end(line, at + 1)
        if bounds.BOUNDARY.match(line.text, at):
            break
    return line.typed(start, at).rstrip(_TRAILING)


def _whole_zone(line: Canonical, phrase: Phrase, reading: Reading) -> str:
    """The zone that all words after the time name."""
    start = _after_gap(line, phrase.end)
    words = line.typed(start, len(line.text))
    if phrase.time is None or phrase.utc or start == phrase.end or len(words) > _ZONE_LENGTH:
        raise BadInput(Code.DATE_UNREADABLE, FIELD, line.original.strip())
    names = () if _is_letters(line, start) else reading.find_zone(words)
    if not names and any(char.isdigit() for char in words) and not _is_shift(line, start):
        raise BadInput(Code.DATE_UNREADABLE, FIELD, line.original.strip())
    return _only_zone(names, words)


def _zone_in_sentence(
    line: Canonical, start: int, phrase: Phrase, reading: Reading
) -> tuple[str | None, int]:
    """The longest name of a zone after the time, and where the phrase ends with it."""
    at = _after_gap(line, phrase.end)
    if phrase.time is None or phrase.utc or at == phrase.end:
        return None, phrase.end
    if _is_letters(line, at) or _is_shift(line, at) or line.text[at] == "(":
        raise BadInput(Code.ZONE_UNKNOWN, FIELD, line.typed(at, _word_end(line, at)), choices=())
    ends = _zone_ends(line, at)
    for end in ends:
        words = line.typed(at, end)
        names = reading.find_zone(words)
        if names:
            zone = _only_zone(names, words)
            certain = line.text.startswith("in ", at - 3) or "/" in words or zone == "UTC"
            if not certain and not bounds.BOUNDARY.match(line.text, end):
                raise BadInput(Code.DATE_UNREADABLE, FIELD, _excerpt(line, phrase.start, end))
            return zone, end
    for end in ends:
        if _is_place(line, start, at, end):
            raise BadInput(Code.ZONE_UNKNOWN, FIELD, line.typed(at, end), choices=())
    return None, phrase.end


def _is_place(line: Canonical, start: int, at: int, end: int) -> bool:
    """Words that are most likely a zone, though none that is known: `17:00 Atlantis`."""
    if bounds.ZONE_AREA.match(line.text, at):
        return True
    # Where the date opens the sentence, capitals are those of the text after it.
    closes = start > 0 and bounds.BOUNDARY.match(line.text, end) is not None
    return closes and all(word[0].isupper() for word in line.typed(at, end).split())


def _zone_ends(line: Canonical, start: int) -> list[int]:
    """Ends of one, two … words from `start` up to a stop, the longest first."""
    ends: list[int] = []
    while start < len(line.text) and len(ends) < _ZONE_WORDS:
        if bounds.STOP.match(line.text, start):
            break
        stop = _word_end(line, start)
        bare = start + len(line.text[start:stop].rstrip(_TRAILING + ")"))
        ends.append(bare)
        if bare < stop and line.text[start:stop] != "st.":
            break
        start = stop + 1
    return ends[::-1]


def _word_end(line: Canonical, start: int) -> int:
    end = line.text.find(" ", start)
    return len(line.text) if end < 0 else end


def _after_gap(line: Canonical, end: int) -> int:
    """Where the next word begins; an `in` before it is passed over."""
    match = bounds.GAP.match(line.text, end)
    return match.end() if match else end


def _is_letters(line: Canonical, start: int) -> bool:
    return bounds.ZONE_LETTERS.match(line.text, start) is not None


def _is_shift(line: Canonical, start: int) -> bool:
    return bounds.ZONE_SHIFT.match(line.text, start) is not None


def _only_zone(names: tuple[str, ...], words: str) -> str:
    if len(names) != 1:
        raise BadInput(Code.ZONE_UNKNOWN, FIELD, words, choices=names)
    return names[0]
