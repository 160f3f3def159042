"""The words that plan, move and cancel meetings, and how each is answered."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bot.domain.meetings import PREFIX
from bot.domain.model import Ref
from bot.domain.notices import Holiday
from bot.errors import BadInput, Code
from bot.handlers import sentence
from bot.handlers.meeting_forms import open_plan
from bot.handlers.meeting_outcomes import MeetingOutcomes, cancelled
from bot.handlers.meeting_words import PLAN, Said, read_moment, read_new
from bot.handlers.reading import Reading, due_of
from bot.handlers.refs import read_ids
from bot.handlers.registry import CHAIR, Command, Invocation
from bot.handlers.tokens import plain
from bot.services import planning, rescheduling
from bot.services.access import Ask
from bot.services.inbox import Outcome
from bot.views.dates import date_notes

NOUN = "meeting"
MOVE = "meeting move <ID> <when> [all]"
CANCEL = "meeting cancel <ID> <reason> [all]"
_ALL = re.compile(r"(?:^|[\s,;:]+)all[.!]?$", re.IGNORECASE)
_SPOKEN = re.compile(
    r"\b(?:above|after|at|by|for|from|in|of|over|that's|to|us|with|you)\s+all[.!]?$", re.IGNORECASE
)
"""Words behind which `all` belongs to the reason."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One meeting, the words after it, and whether the rest of its series is meant too."""

    ref: Ref
    words: str
    rest: bool
    reading: Reading


class MeetingVerbs:
    """`country_name` gives the English name of an ISO 3166 code."""

    def __init__(self, holiday: Holiday, country_name: Callable[[str], str]) -> None:
        self._holiday = holiday
        self._outcomes = MeetingOutcomes(country_name)

    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            noun=NOUN,
            words=("plan",),
            usage=PLAN,
            says="Sets a meeting or a series of them: `every Thursday`, `every 2 weeks`, "
            "`every month on the first Thursday`, each with `until <date>` if it ends; "
            "`as steering` prepares it as a steering call. Nothing after `plan` opens a form",
            parse=read_new,
            run=self.plan,
            example="meeting plan Models call 4 Dec 15:00 for 1h in London",
            audience=CHAIR,
        )
        yield Command(
            noun=NOUN,
            words=("move",),
            usage=MOVE,
            says="Moves it, or with `all` also those after it in its series; its preparation "
            "and replies go along",
            parse=lambda text, reading: read_change(text, reading, MOVE),
            run=self.move,
            example="move MT-15 11 Dec 15:00",
            audience=CHAIR,
        )
        yield Command(
            noun=NOUN,
            words=("cancel",),
            usage=CANCEL,
            says="Cancels it, or with `all` also those after it in its series",
            parse=lambda text, reading: read_change(text, reading, CANCEL),
            run=self.cancel,
            example="cancel MT-15 no quorum",
            audience=CHAIR,
        )

    def plan(self, ask: Ask, by: Invocation, said: Said | None) -> Outcome:
        if said is None:
            return open_plan(ask, by)
        made = planning.plan(ask, said.plan, self._holiday)
        notes = date_notes(due_of(said.when), [n for n in said.when.notes if n == "next-year"])
        if made.meetings[0].start_day != said.when.day:
            notes += ("The rule gives no meeting on the day you named, so it begins later.",)
        if not said.zone_said:
            notes += ("No city was said, so the time is on your own clock.",)
        return self._outcomes.planned(ask, by, made, notes)

    def move(self, ask: Ask, by: Invocation, asked: Asked) -> Outcome:
        meeting = rescheduling.for_change(ask, asked.ref)
        if not asked.words:
            raise BadInput(Code.WRONG_WORDS, None, usage=MOVE)
        when = read_moment(asked.words, asked.reading, meeting.zone)
        at, zone = (when.time, when.zone) if when.time else (meeting.start_at, meeting.zone)
        moved = rescheduling.move(
            ask, asked.ref, when.day, at, zone or meeting.zone, self._holiday, rest=asked.rest
        )
        notes = date_notes(due_of(when), [n for n in when.notes if n == "next-year"])
        return self._outcomes.moved(ask, by, moved, notes)

    def cancel(self, ask: Ask, by: Invocation, asked: Asked) -> Outcome:
        why = sentence.without_because(plain(asked.words, asked.reading)).strip()
        done = rescheduling.cancel(ask, asked.ref, why, self._holiday, rest=asked.rest)
        return cancelled(ask, by, done)


def read_change(text: str, reading: Reading, usage: str) -> Asked:
    refs, rest = read_ids(text, reading, 1)
    if not refs[0].startswith(f"{PREFIX}-"):
        raise BadInput(Code.WRONG_WORDS, None, plain(refs[0], reading), usage=usage)
    words = rest.strip()
    every = _ALL.search(words) is not None and _SPOKEN.search(words) is None
    return Asked(refs[0], _ALL.sub("", words).strip() if every else words, every, reading)
