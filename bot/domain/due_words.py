"""How dates, times and zones are spelled: patterns over text in one canonical writing."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import time

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# One character for one, so that places in the text stay what they are.
_SAME_LENGTH = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
    "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
    "\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}",
    "abcdefghijklmnopqrstuvwxyz''\"\"-----",
)

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?|september|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)"
)
# A phrase ends before a space, the end, or punctuation that ends a word: not in `Fri's`.
END = r"(?=[,.;:!?)\]\"']*(?: |$))"

_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_YEAR = r"[0-9]{4}"
_TIME = r"(?:[0-9]{1,2}:[0-9]{2}(?: ?[ap]\.?m\b\.?)?|[0-9]{1,2} ?[ap]\.?m\b\.?|noon)" + END

_DAYS = re.compile(
    rf"(?:(?P<of_week>{WEEKDAY})\.?,? )?"
    rf"(?:(?P<iso>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?:{END}|(?=t[0-9]))"
    rf"|(?P<day_1>{_DAY}) (?:of )?(?P<month_1>{MONTH})(?:\.?,? (?P<year_1>{_YEAR}))?{END}"
    rf"|(?P<month_2>{MONTH})\.? (?P<day_2>{_DAY})(?:,? (?P<year_2>{_YEAR}))?{END})"
    rf"|(?:(?P<next>next) )?(?P<weekday>{WEEKDAY}){END}"
    rf"|(?P<near>today|tomorrow){END}"
    rf"|in (?P<count>[0-9]{{1,4}}) (?P<unit>day|week)s?{END}"
    rf"|(?P<weeks>[0-9]{{1,3}})w{END}"
    rf"|(?P<end_of>eom|eow|end of (?:the )?(?:month|week)){END}"
    rf"|t ?- ?(?P<before>[0-9]{{1,3}}){END}"
    rf"|(?P<one>[0-9]{{1,2}})(?:(?P<sep>[/.-])(?P<two>[0-9]{{1,2}})(?P=sep)(?P<year>{_YEAR})"
    rf"|/(?P<short>[0-9]{{1,2}})){END}"
)
_TIME_AFTER = re.compile(rf"(?:,? (?:at )?|(?<=[0-9])t(?=[0-9]))(?P<time>{_TIME})")
_TIME_Z_AFTER = re.compile(r"t(?P<time>[0-9]{2}:[0-9]{2})z" + END)
_TIME_BEFORE = re.compile(rf"(?P<time>{_TIME}),? (?:on )?")
_CLOCK = re.compile(r"(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2}))?(?: ?(?P<half>[ap])\.?m\.?)?")


@dataclass(frozen=True, slots=True)
class Canonical:
    """The words of a text, lower case, one space between; `places` are where words were."""

    text: str
    original: str
    places: tuple[tuple[int, int], ...]  # (offset in text, offset in original)

    def origin(self, offset: int) -> int:
        """Where in the original the character at this offset of the canonical text stands."""
        at = bisect_right(self.places, (offset, len(self.original))) - 1
        return self.places[at][1] + offset - self.places[at][0] if at >= 0 else 0

    def typed(self, start: int, end: int) -> str:
        return self.original[self.origin(start) : self.origin(end - 1) + 1] if end > start else ""


_WORDS = re.compile(r"\S+")


def canonical(original: str) -> Canonical:
    words, places, offset = [], [], 0
    for match in _WORDS.finditer(original):
        word = match[0].translate(_SAME_LENGTH)
        words.append(word)
        places.append((offset, match.start()))
        offset += len(word) + 1
    return Canonical(" ".join(words), original, tuple(places))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A day as it is spelled, perhaps with a time; what it means is not decided here."""

    parts: dict[str, str]
    start: int
    end: int
    time: str | None = None
    time_start: int = 0
    utc: bool = False  # written as ISO with a `Z`


def match_phrase(text: str, start: int) -> Phrase | None:
    """The longest spelling of a day and time that begins exactly at `start`."""
    before = _TIME_BEFORE.match(text, start)
    day = _DAYS.match(text, before.end() if before else start)
    if day is None:
        return None
    parts = {name: word for name, word in day.groupdict().items() if word is not None}
    if before:
        return Phrase(parts, start, day.end(), before["time"], start)
    if day.end() == len(text):
        return Phrase(parts, start, day.end())
    if zulu := _TIME_Z_AFTER.match(text, day.end()):
        return Phrase(parts, start, zulu.end(), zulu["time"], zulu.start("time"), utc=True)
    after = _TIME_AFTER.match(text, day.end())
    if after is None and text.startswith("t", day.end()):
        return None  # ISO, but not a time that is understood
    if after is None:
        return Phrase(parts, start, day.end())
    return Phrase(parts, start, after.end(), after["time"], after.start("time"))


def month_number(word: str) -> int:
    return _MONTHS.index(word[:3]) + 1


def weekday_number(word: str) -> int:
    return _WEEKDAYS.index(word[:3])


def day_number(word: str) -> int | None:
    """`4`, `4th`; None when the ending does not fit, as in `4st`, or no month has that day."""
    digits = word.rstrip("stndrh")
    number = int(digits)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(0 if 11 <= number <= 13 else number % 10, "th")
    return number if 1 <= number <= 31 and word in (digits, digits + ending) else None


def clock_time(word: str) -> time | None:
    """`17:00`, `5pm`, `5:30 p.m.`, `noon`; None for `25:00`, `13pm`."""
    if word == "noon":
        return time(12)
    match = _CLOCK.fullmatch(word)
    if match is None:
        return None
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
