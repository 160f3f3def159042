"""How meetings recur: rules as people type them, the days these give, times that do not exist."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from itertools import islice

from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

from bot.domain.days import gap_neighbours
from bot.domain.due import Reading, read_when
from bot.domain.due_words import WEEKDAY, weekday_number
from bot.errors import BadInput, Code

FIELD = "rule"
MOST = 60
"""Meetings of one series that are planned at once."""
AHEAD = relativedelta(months=18)
_NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3}
_NTH |= {"fourth": 4, "4th": 4, "last": -1}
_DAY = rf"(?P<day>{WEEKDAY})"
_OF_MONTH = rf"(?P<nth>{'|'.join(_NTH)})\s+{_DAY}"
_EVERY = re.compile(
    r"(?<![\w'-])every\s+(?:"
    rf"(?P<months>\d{{1,4}}\s+)?months?\s+on\s+(?:the\s+)?{_OF_MONTH}"
    rf"|(?:{_OF_MONTH.replace('<nth>', '<nth_2>').replace('<day>', '<day_2>')})"
    r"|(?P<weeks>(?:\d{1,4}|other)\s+)?weeks?"
    rf"(?:\s+on\s+(?:{_DAY.replace('<day>', '<day_3>')}))?"
    rf"|(?:{_DAY.replace('<day>', '<day_4>')})"
    r")(?!\w)",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"(?<![\w'-])every\s", re.IGNORECASE)
_UNTIL = re.compile(r"\s*,?\s*(?:until|till)\s+", re.IGNORECASE)
_UNTIL_WORDS = 5
_EDGES = " ,;:.!"


class Wrong(StrEnum):
    """Why a rule is refused."""

    UNREADABLE = "unreadable"
    NEVER = "never"
    ENDED = "ended"
    """Before it begins."""
    ONCE = "once"
    """A day is said on which it ends, and nothing of how often."""
    GAP = "gap"
    """On one of its days the clock skips that time."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Every `step` weeks or, with `nth`, months; `nth` -1 is the last `weekday` of a month.

    `weekday` is a `date.weekday()` number; None: that of the first day.
    """

    step: int = 1
    weekday: int | None = None
    nth: int | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A rule in a line, of which it is `line[start:end]`."""

    rule: Rule
    start: int
    end: int


def find_rule(line: str, dates: Reading) -> Found | None:
    """The last rule in the line; `every` in other words is text. Raises BadInput."""
    matches = [*_EVERY.finditer(line)]
    if not matches:
        return None
    match = matches[-1]
    rule = _rule(match)
    until = _UNTIL.match(line, match.end())
    if until is None:
        return Found(rule, match.start(), match.end())
    day, end = _until(line, until.end(), dates)
    return Found(replace(rule, until=day), match.start(), end)


def find_until(line: str, dates: Reading) -> tuple[date, int, int] | None:
    """The last `until` with a day behind it, wherever it stands, and what of the line it is."""
    for match in [*_UNTIL.finditer(line)][::-1]:
        try:
            day, end = _until(line, match.end(), dates)
        except BadInput:
            continue
        return day, match.start(), end
    return None


def refuse_unread(words: str) -> None:
    """Raises BadInput where `every` stands, in words in which no rule was found."""
    if begun := _BEGINS.search(f"{words} "):
        typed = words[begun.start() :].strip()
        raise BadInput(Code.RULE_WRONG, FIELD, typed, why=Wrong.UNREADABLE)


def days_of(rule: Rule, first: date) -> tuple[date, ...]:
    """From the first day on or after `first`, as far as is planned; raises BadInput for none."""
    if rule.until is not None and rule.until < first:
        raise BadInput(Code.RULE_WRONG, FIELD, why=Wrong.ENDED, day=rule.until, first=first)
    on = first.weekday() if rule.weekday is None else rule.weekday
    by = weekday(on) if rule.nth is None else weekday(on, rule.nth)
    last = min(rule.until or date.max, first + AHEAD)
    start = next(_days(rule, by, first, last), None) if rule.step else None
    if start is None:
        raise BadInput(Code.RULE_WRONG, FIELD, why=Wrong.NEVER, day=rule.until, first=first)
    return tuple(islice(_days(rule, by, start, last, rule.step), MOST))


def _days(rule: Rule, by: weekday, first: date, last: date, step: int = 1) -> Iterator[date]:
    start, end = (datetime.combine(day, time()) for day in (first, last))
    if rule.nth is None:
        found = rrule(WEEKLY, interval=step, byweekday=by, dtstart=start, until=end)
    else:
        found = rrule(MONTHLY, interval=step, byweekday=by, dtstart=start, until=end)
    return (moment.date() for moment in found)


def is_cut(rule: Rule, days: tuple[date, ...]) -> bool:
    """Whether the rule goes on behind the last of its days that are planned."""
    return rule.until is not None and (len(days) == MOST or rule.until > days[0] + AHEAD)


def require_times(days: tuple[date, ...], at: time, zone: str) -> None:
    """Raises BadInput, naming both neighbours, where the clock skips that time on one of them."""
    for day in days:
        if neighbours := gap_neighbours(day, at, zone):
            raise BadInput(
                Code.RULE_WRONG, "due", why=Wrong.GAP, choices=neighbours, zone=zone, day=day, at=at
            )


def _rule(match: re.Match[str]) -> Rule:
    parts = match.groupdict()
    nth = parts["nth"] or parts["nth_2"]
    day = next((word for name in _DAY_GROUPS if (word := parts[name])), None)
    step = (parts["months"] or parts["weeks"] or "1").strip()
    return Rule(
        step=2 if step.casefold() == "other" else int(step),
        weekday=None if day is None else weekday_number(day.casefold()),
        nth=None if nth is None else _NTH[nth.casefold()],
    )


_DAY_GROUPS = ("day", "day_2", "day_3", "day_4")


def _until(line: str, at: int, dates: Reading) -> tuple[date, int]:
    """The longest date at that place, and where it ends."""
    words = [*re.finditer(r"\S+", line[at:])][:_UNTIL_WORDS]
    refused: BadInput | None = None
    for end in [at + word.end() for word in words][::-1]:
        try:
            return read_when(line[at:end].rstrip(_EDGES), dates).day, end
        except BadInput as error:
            if refused is None or refused.code is Code.DATE_UNREADABLE:
                refused = error
    raise refused or BadInput(Code.DATE_NEEDED, "due", line[at:].strip())
