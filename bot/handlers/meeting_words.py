"""A new meeting out of one line: when, how long, where, how often, with whom; pure."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.domain.due import Reading as Dates
from bot.domain.due import When, find_when, read_when
from bot.domain.due_words import clock_time
from bot.domain.meetings import MeetingKind
from bot.domain.model import Group
from bot.domain.recurrence import Rule, find_rule, find_until, refuse_unread
from bot.domain.templates import STEERING_CALL
from bot.errors import BadInput, Code
from bot.handlers import sentence
from bot.handlers.reading import Reading
from bot.handlers.tokens import plain, tidy
from bot.services.planning import Plan

PLAN = "meeting plan <title> <when> [for <length>] [in <city>] [every <rule>] [with <group>|all]"
HOUR = timedelta(hours=1)
CLOSES = time(17)
"""When a day together ends, where nothing is said."""
LONGEST = timedelta(days=14)
_AMOUNT = r"(\d{1,3}(?:[.,]\d{1,2})?|an?|half an?)"
_LENGTH = re.compile(
    rf"(?<![\w'-])for\s+{_AMOUNT}\s*(h|hours?|hrs?|m|mins?|minutes?|d|days?)"
    r"(?:(\d{1,2})|\s*(?:and\s+)?(\d{1,2})\s*(?:m|mins?|minutes?))?(?!\w)",
    re.IGNORECASE,
)
_WITH = re.compile(r"(?<![\w'-])(?:with|for)\s+", re.IGNORECASE)
_WITH_ENDS = re.compile(r"[.;!?,]*\s*$|[,;]?\s+(?=(?:every|in|for|until|on|at)\b)", re.IGNORECASE)
_CLOCK = re.compile(r"(?<!\S)\d{1,2}(?::\d{2}|\s?[ap]m)(?![\w:])", re.IGNORECASE)
_IN = re.compile(r"(?<![\w'-])in\s+(?=\S)", re.IGNORECASE)
_FACE = re.compile(r"(?<![\w-])(as\s+)?(face[- ]to[- ]face|in[- ]person)(?![\w-])", re.IGNORECASE)
_STEERING = re.compile(r"(?<![\w-])as\s+(?:an?\s+)?steering(?:\s+call)?(?![\w-])", re.IGNORECASE)
_ALL = frozenset({"all", "all groups", "everybody", "everyone"})
_LONGEST_DATE, _NAME_WORDS, _CITY_WORDS = 8, 8, 4
_EDGES = " \t\n,;:"


@dataclass(frozen=True, slots=True)
class Said:
    """A plan as read; `zone_said` False: the typist's own was taken."""

    plan: Plan
    when: When
    zone_said: bool = True


def read_new(text: str, reading: Reading) -> Said | None:
    """None: nothing was said, so a form is to ask."""
    return read_plan(text, reading) if tidy(text) else None


def read_plan(text: str, reading: Reading) -> Said:
    """Raises UserError where something cannot be taken as it stands."""
    line = tidy(text)
    if not line:
        raise BadInput(Code.WRONG_WORDS, None, usage=PLAN)
    steering, line = _steering(line)
    face, line = _face(line)
    groups, line = _groups(line, reading, steering=steering)
    rule, line = _rule(line, reading.dates())
    length, days, line = _length(line)
    zone, city, line = _place(line, reading)
    if not (face or days > 1):
        _require_likely(zone, city, reading)
    when, title = _when(line, reading, zone)
    if when.time is None or when.zone is None:
        refuse_unread("" if rule else line)
        raise BadInput(Code.TIME_NEEDED, "due")
    kind = MeetingKind.FACE_TO_FACE if face or days > 1 else MeetingKind.CALL
    plan = Plan(
        title=plain(title, reading).strip(_EDGES),
        groups=tuple(group.key for group in groups),
        day=when.day,
        at=when.time,
        zone=when.zone,
        length=length or days_long(when.time, days, face),
        kind=kind,
        rule=rule,
        place=city if kind is MeetingKind.FACE_TO_FACE else "",
        template=STEERING_CALL if steering and kind is MeetingKind.CALL else None,
    )
    return Said(plan, when, bool(zone) or when.zone != reading.actor.zone)


def read_moment(words: str, reading: Reading, zone: str) -> When:
    """A date with its time on the clock in `zone`, unless another one is said."""
    dates = reading.dates(None, words)
    line = tidy(words)
    try:
        return read_when(f"{line} {zone}", dates)
    except BadInput as refused:
        if refused.code not in (Code.DATE_UNREADABLE, Code.ZONE_UNKNOWN):
            typed = refused.typed.removesuffix(f" {zone}")
            raise BadInput(refused.code, refused.field, typed, **refused.facts) from None
    return read_when(line, dates)


def _face(line: str) -> tuple[bool, str]:
    """`as face to face` is taken out; in the title the words stay."""
    match = _FACE.search(line)
    if match is None:
        return False, line
    return True, _without(line, match.start(), match.end()) if match[1] else line


def _steering(line: str) -> tuple[bool, str]:
    """`as steering`: prepared as a call of the steering committee is."""
    match = _STEERING.search(line)
    return (True, _without(line, match.start(), match.end())) if match else (False, line)


def _groups(line: str, reading: Reading, *, steering: bool) -> tuple[tuple[Group, ...], str]:
    """Of the last `with` or `for` that names any; none for all, whom steering means elsewhere."""
    for match in [*_WITH.finditer(line)][::-1]:
        for words in _starts(line[match.end() :], _NAME_WORDS):
            end = match.end() + len(words)
            if not words or not _WITH_ENDS.match(line, end):
                continue
            if words.casefold() in _ALL:
                return (), _without(line, match.start(), end)
            if groups := sentence.groups_named(words, reading):
                return groups, _without(line, match.start(), end)
    if steering and reading.here is None:
        return (), line
    return (reading.group(),), line


def _rule(line: str, dates: Dates) -> tuple[Rule | None, str]:
    found = find_rule(line, dates)
    if found is None:
        return None, line
    left = _without(line, found.start, found.end)
    if found.rule.until is None and (until := find_until(left, dates)) is not None:
        day, start, end = until
        return replace(found.rule, until=day), _without(left, start, end)
    return found.rule, left


def _length(line: str) -> tuple[timedelta | None, int, str]:
    """How long it lasts, or how many days."""
    matches = [*_LENGTH.finditer(line)]
    if not matches:
        return None, 0, line
    match = matches[-1]
    number, unit = _number(match[1]), match[2][0].casefold()
    minutes = timedelta(minutes=int(match[3] or match[4] or 0))
    line_left = _without(line, match.start(), match.end())
    if unit == "d":
        days = int(number)
        if days < 1 or days != number or match[3] or match[4] or timedelta(days) > LONGEST:
            raise BadInput(Code.LENGTH_WRONG, "length", match[0])
        return None, days, line_left
    length = (HOUR if unit == "h" else timedelta(minutes=1)) * number + minutes
    if not timedelta() < length <= timedelta(days=1):
        raise BadInput(Code.LENGTH_WRONG, "length", match[0])
    return length, 0, line_left


def read_length(words: str) -> tuple[timedelta | None, int]:
    """How long it lasts, in minutes if it is a bare number, or how many days; raises BadInput."""
    said = f"{words.strip()} min" if words.strip().isdecimal() else words
    try:
        length, days, left = _length(f"for {said}")
    except BadInput:
        raise BadInput(Code.LENGTH_WRONG, "length", words) from None
    if left or not (length or days):
        raise BadInput(Code.LENGTH_WRONG, "length", words)
    return length, days


def _number(word: str) -> float:
    said = word.casefold()
    if said.startswith("half"):
        return 0.5
    return 1 if said in ("a", "an") else float(said.replace(",", "."))


def days_long(at: time, days: int, face: bool) -> timedelta:
    """Until five in the afternoon of the last day; a call is an hour."""
    if not days and not face:
        return HOUR
    start, end = (datetime.combine(date.min, one) for one in (at, CLOSES))
    return timedelta(max(days - 1, 0)) + (end - start if end > start else HOUR)


def _place(line: str, reading: Reading) -> tuple[str, str, str]:
    """The zone that the last `in <city>` names, and the city as it was typed."""
    for match in [*_IN.finditer(line)][::-1]:
        for words in _starts(line[match.end() :], _CITY_WORDS):
            zones = reading.find_zone(words) if words else ()
            if len(zones) == 1:
                city = "" if "/" in words else words
                return zones[0], city, _without(line, match.start(), match.end() + len(words))
    return "", "", line


def _require_likely(zone: str, words: str, reading: Reading) -> None:
    """Asks about a town that no zone is named after, in a zone where nobody lives."""
    own = zone.rpartition("/")[2].replace("_", " ").casefold()
    homes = {person.zone for person in reading.world.people.values()}
    homes |= {group.zone for group in reading.world.groups.values()}
    if words and words.casefold() != own and zone not in homes:
        raise BadInput(Code.ZONE_UNKNOWN, "zone", words, choices=(zone,))


def _when(line: str, reading: Reading, zone: str) -> tuple[When, str]:
    """The date, and the line without it."""
    found = find_when(line, reading.dates(None, line))
    if found is not None:
        phrase = line[found.start : found.end]
        words = re.sub(r"^(?:due\s+)?(?:by|on)\s+", "", phrase, flags=re.IGNORECASE)
        return read_moment(words, reading, zone or reading.actor.zone), found.without(line)
    refused: BadInput | None = None
    starts = [match.start() for match in re.finditer(r"\S+", line)][-_LONGEST_DATE:]
    for start in starts:
        try:
            when = read_moment(line[start:], reading, zone or reading.actor.zone)
        except BadInput as error:
            if refused is None and error.code is not Code.DATE_UNREADABLE:
                refused = error
        else:
            return when, line[:start]
    refuse_unread(line)
    if refused is None and (wrong := _no_time(line)):
        raise BadInput(Code.TIME_NEEDED, "due", wrong)
    raise refused or BadInput(Code.DATE_NEEDED, "due")


def _no_time(line: str) -> str:
    """What looks like a time of the day and is none, such as 25:00."""
    looks = (match[0] for match in _CLOCK.finditer(line))
    return next((word for word in looks if clock_time(word.casefold()) is None), "")


def _starts(text: str, most: int) -> list[str]:
    """The first words, the most first."""
    ends = [match.end() for match, _ in zip(re.finditer(r"\S+", text), range(most), strict=False)]
    return [text[:end].rstrip(_EDGES + ".!?") for end in reversed(ends)]


def _without(line: str, start: int, end: int) -> str:
    return " ".join(f"{line[:start]} {line[end:]}".split())
