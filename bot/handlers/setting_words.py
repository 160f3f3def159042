"""What the words about one's own time ask for, and about a group's settings; pure."""

import re
from dataclasses import dataclass
from datetime import date, time

from bot.domain.days import END_OF_DAY, ONE_DAY, day_in
from bot.domain.due import read_when
from bot.domain.due_words import WEEKDAY, clock_time, weekday_number
from bot.domain.model import Group, Ref
from bot.errors import BadInput, Code
from bot.handlers import sentence
from bot.handlers.reading import Reading
from bot.handlers.refs import read_ids
from bot.handlers.tokens import plain, tidy

ZONE_USAGE = "zone <city or zone>"
HOURS_USAGE = "hours <from>-<to> [<days>]|usual"
AWAY_USAGE = "away [until <when>|off]"
SETTINGS_USAGE = "settings [<group>]"

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_CLOCK = r"(?:[0-9]{1,2}(?::[0-9]{2})?(?: ?[ap]\.?m\b\.?)?|noon|midnight)"
_HOURS = re.compile(
    rf"(?:from )?(?P<start>{_CLOCK}) ?(?:-|to|until|till|and) ?(?P<end>{_CLOCK})(?P<days>\b.*|)"
)
_RANGE = re.compile(rf"({WEEKDAY})\.? ?(?:-|to|through|until) ?({WEEKDAY})\.?")
_DAY = re.compile(rf"({WEEKDAY})s?\.?")
_BETWEEN = re.compile(r"\s*(?:[,;&+/]|\band\b|\bon\b)\s*|\s+")
_UNTIL = re.compile(r"^(?:until|till|til|to|bis)\b\s*", re.IGNORECASE)
_FROM_TO = re.compile(
    r"from\s.+?\s(?:to|until|till|through|[-\u2013])\s+(?P<last>.+?)[.!]*", re.IGNORECASE
)
_BACK = frozenset({"off", "back", "over", "no", "end", "ended", "none"})
_NUMBERS = re.compile(r"[0-9]{1,3}(?:[\s,;]+[0-9]{1,3})*")


@dataclass(frozen=True, slots=True)
class HoursSaid:
    """None: as they are; `usual`: as for everybody."""

    hours: tuple[time, time] | None = None
    workdays: frozenset[int] | None = None
    usual: bool = False


@dataclass(frozen=True, slots=True)
class AwaySaid:
    """`until` None: `ends`, or only asked."""

    until: date | None = None
    ends: bool = False


def read_zone(line: str, reading: Reading) -> str:
    return plain(tidy(line), reading).strip(" .!?\"'")


def read_hours(line: str, reading: Reading) -> HoursSaid:
    """Empty: only asked."""
    typed = plain(tidy(line), reading).strip(" .!")
    said = typed.translate(_DASHES).casefold()
    if not said:
        return HoursSaid()
    if said in ("usual", "as usual", "default", "normal"):
        return HoursSaid(usual=True)
    found = _HOURS.fullmatch(said)
    if found is None:
        if _DAY.match(said):
            return HoursSaid(workdays=read_days(said))
        raise BadInput(Code.HOURS_WRONG, None, typed)
    hours = clock(found["start"], typed), clock(found["end"], typed)
    days = found["days"].strip(" ,;")
    return HoursSaid(hours, read_days(days) if days else None)


def clock(word: str, typed: str) -> time:
    """`9`, `9am`, `09:00`, `noon`; midnight is the end of the day, and so is `24:00`."""
    if word in ("24", "24:00", "midnight"):
        return END_OF_DAY
    at = clock_time(word)
    if at is None:
        raise BadInput(Code.HOURS_WRONG, None, typed)
    return at


def read_days(said: str) -> frozenset[int]:
    """`Sun-Thu`, `Mon, Tue and Thu`, `Mon-Wed, Fri`; a range may go over the week's end."""
    found: set[int] = set()
    ranges = list(_RANGE.finditer(said))
    for first, last in (match.groups() for match in ranges):
        start = weekday_number(first)
        found |= {(start + n) % 7 for n in range((weekday_number(last) - start) % 7 + 1)}
    for word in filter(None, _BETWEEN.split(_RANGE.sub(" ", said))):
        day = _DAY.fullmatch(word)
        if day is None:
            raise BadInput(Code.DAYS_WRONG, None, said)
        found.add(weekday_number(day[1]))
    return frozenset(found)


def read_away(line: str, reading: Reading) -> AwaySaid:
    typed = tidy(line)
    if not typed:
        return AwaySaid()
    if typed.casefold().strip(" .!") in _BACK:
        return AwaySaid(ends=True)
    _require_until(typed, reading)
    when = read_when(_UNTIL.sub("", typed), reading.dates())
    if when.time is not None:
        raise BadInput(Code.WRONG_WORDS, None, plain(typed, reading), usage="away until <day>")
    return AwaySaid(when.day)


def _require_until(typed: str, reading: Reading) -> None:
    """Refuse a day that is over, and a first day as well as a last, with what can be said."""
    if _UNTIL.sub("", typed).casefold().strip(" .!") == "yesterday":
        day = day_in(reading.now, reading.actor.zone) - ONE_DAY
        raise BadInput(Code.DATE_PAST, None, "yesterday", day=day)
    if (both := _FROM_TO.fullmatch(typed)) is not None:
        back = read_when(both["last"], reading.dates()).day + ONE_DAY
        raise BadInput(
            Code.WRONG_WORDS, None, plain(typed, reading), until=f"{back.day} {back:%b %Y}"
        )


def read_muted(line: str, reading: Reading) -> Ref:
    refs, rest = read_ids(line, reading, 1)
    if rest:
        raise BadInput(Code.WRONG_WORDS, None, plain(rest, reading), usage="mute <ID>")
    return refs[0]


def read_group(line: str, reading: Reading) -> tuple[Group, ...]:
    """The group named, none when no words were said. Raises BadInput for two or an unknown one."""
    words = re.sub(r"^(?:for|of)\s+", "", tidy(line), flags=re.IGNORECASE)
    if not words:
        return ()
    named = sentence.group_named(words, reading)
    if not named:
        reading.refuse_ended(plain(words, reading))
        raise BadInput(Code.GROUP_UNKNOWN, "group", plain(words, reading))
    return (reading.group(named, words),)


def read_numbers(said: str, field: str, many: int = 5) -> tuple[int, ...]:
    """`7, 2`, each once; the sentence of a refusal names what may be."""
    if not said.strip():
        return ()
    if not _NUMBERS.fullmatch(said.strip()):
        raise BadInput(Code.NUMBER_WRONG, field, said.strip(), many=many)
    return tuple(dict.fromkeys(int(number) for number in re.findall(r"[0-9]+", said)))
