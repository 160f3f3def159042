"""Meetings: the word that changes title, place, length or zone of one, or of it and the rest."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.meetings import Meeting, MeetingKind
from bot.errors import BadInput, Code
from bot.handlers.atlas import Atlas
from bot.handlers.meeting_outcomes import MeetingOutcomes, reply
from bot.handlers.meeting_verbs import Asked, read_change
from bot.handlers.meeting_words import days_long, read_length
from bot.handlers.registry import CHAIR, Clicked, Command, Invocation, Submitted
from bot.handlers.tokens import plain
from bot.services import meeting_edits, meeting_links, rescheduling
from bot.services.access import Ask
from bot.services.inbox import Outcome
from bot.services.meeting_edits import Edit
from bot.views import meeting_answers as answers
from bot.views.ids import Id

EDIT = "meeting edit <ID> title|place|length|zone <new> [all]"
_PART = re.compile(r"(title|place|length|zone)\s*:?\s+(.+)", re.IGNORECASE | re.DOTALL)
_NOWHERE = frozenset({"none", "nowhere", "-"})
_FOR = re.compile(r"for\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Wish:
    part: str
    words: str


class MeetingEditHandlers:
    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._outcomes = MeetingOutcomes(atlas.country_name)

    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            noun="meeting",
            words=("edit",),
            usage=EDIT,
            says="Changes what it is called, where it is, how long it takes or by which city's "
            "clock it goes; with `all` also those after it in its series",
            parse=lambda text, reading: read_change(text, reading, EDIT),
            run=self.edit,
            example="meeting edit MT-15 length 90 min",
            audience=CHAIR,
        )

    def clicks(self) -> Mapping[Id, Clicked]:
        return {}

    def forms(self) -> Mapping[Id, Submitted]:
        return {}

    def edit(self, ask: Ask, by: Invocation, asked: Asked) -> Outcome:
        meeting = rescheduling.for_change(ask, asked.ref)
        wish = _wish(asked)
        if wish.part == "zone":
            return self._zone(ask, by, meeting, wish.words, rest=asked.rest)
        place, url = meeting_links.parted(wish.words) if wish.part == "place" else ("", "")
        if url and not place:
            told = meeting_links.set_link(ask, meeting.ref, url, rest=asked.rest)
            return reply(by, answers.linked(told.meeting, told.more, ask.key), meeting)
        wanted = Edit(place=place, link=url) if url else _edit(meeting, wish)
        done = meeting_edits.edit(ask, meeting.ref, wanted, self._atlas.holiday, rest=asked.rest)
        if not done.meetings:
            return reply(by, answers.so_already(meeting), meeting)
        return self._outcomes.edited(ask, by, done, heard=wanted.title is None)

    def _zone(
        self, ask: Ask, by: Invocation, meeting: Meeting, city: str, *, rest: bool
    ) -> Outcome:
        """The same hour by another clock is another moment: it moves."""
        zones = self._atlas.find_zone(city)
        if len(zones) != 1:
            raise BadInput(Code.ZONE_UNKNOWN, "zone", city, choices=zones)
        day, at = meeting.start_day, meeting.start_at
        done = rescheduling.move(
            ask, meeting.ref, day, at, zones[0], self._atlas.holiday, rest=rest
        )
        return self._outcomes.moved(ask, by, done)


def _wish(asked: Asked) -> _Wish:
    if not asked.words:
        raise BadInput(Code.TEXT_EMPTY, "text", noun="edit", ref=asked.ref)
    match = _PART.fullmatch(asked.words)
    if match is None:
        raise BadInput(Code.WRONG_WORDS, None, plain(asked.words, asked.reading), usage=EDIT)
    return _Wish(match[1].casefold(), plain(match[2], asked.reading).strip())


def _edit(meeting: Meeting, wish: _Wish) -> Edit:
    if wish.part == "title":
        return Edit(title=wish.words)
    if wish.part == "place":
        return Edit(place="" if wish.words.casefold() in _NOWHERE else wish.words)
    length, days = read_length(_FOR.sub("", wish.words, count=1))
    face = meeting.kind is MeetingKind.FACE_TO_FACE
    return Edit(length=length or days_long(meeting.start_at, days, face))
