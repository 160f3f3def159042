"""Meetings as they are held: the words that start and end them, notes, and lines to complete."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.items import Source
from bot.domain.meetings import PREFIX, Meeting
from bot.domain.model import Ref, UserId
from bot.domain.proceedings import Line
from bot.errors import BadInput, Code, UserError
from bot.handlers import sentence
from bot.handlers.action_lines import is_date
from bot.handlers.pasted_notes import PastedNotesHandlers
from bot.handlers.reading import FindZone, Reading
from bot.handlers.refs import read_ids
from bot.handlers.registry import CHAIR, Click, Clicked, Command, Invocation, Submitted
from bot.handlers.thread_lines import ThreadLines, told
from bot.handlers.tokens import MENTION, plain, tidy
from bot.services import held_questions, note_taking, proceedings, receipts, sittings, thread_lines
from bot.services.access import Ask
from bot.services.inbox import Outcome, Reply
from bot.views import held_questions as held_view
from bot.views import proceedings as view
from bot.views.blocks import Id
from bot.views.error_gaps import filled

NOUN = "meeting"
START, END = "meeting start [<ID>]", "meeting end [<ID>]"
HELD, NOTES = "meeting held <ID> [no]", "meeting notes <ID> [@person|<notes>]"
LINE = "meeting line <ID> <n> [<what is missing>|note]"
_ANYWAY = re.compile(r"\s*\b(?:now|anyway)[.!]?\s*$", re.IGNORECASE)
_NOT = frozenset({"no", "not"})
_NUMBER = re.compile(r"\s*(\d{1,5})\b[\s:.]*")


@dataclass(frozen=True, slots=True)
class Asked:
    """`ref` None: the one under way or next; the words behind the id."""

    ref: Ref | None
    words: str
    reading: Reading


class ProceedingsHandlers:
    def __init__(self, lines: ThreadLines, find_zone: FindZone) -> None:
        self._lines = lines
        self._pasted = PastedNotesHandlers(lines, find_zone)

    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            NOUN, ("start",), START,
            "Opens the meeting's thread: actions, decisions and notes are caught in it",
            lambda text, reading: _read(text, reading, START), start, "meeting start MT-15", CHAIR,
        )  # fmt: skip
        yield Command(
            NOUN, ("end",), END, "Ends it: the draft of its minutes is there at once",
            lambda text, reading: _read(text, reading, END), end, "meeting end MT-15", CHAIR,
        )  # fmt: skip
        yield Command(
            NOUN, ("held",), HELD, "Says that it took place without a thread, or that it did not",
            lambda text, reading: _with_id(text, reading, HELD), held, "meeting held MT-15", CHAIR,
        )  # fmt: skip
        yield Command(
            NOUN, ("notes",), NOTES,
            "Names who takes notes; or makes actions, decisions and minutes of notes, one a line",
            lambda text, reading: _with_id(text, reading, NOTES), self.notes,
            "meeting notes MT-15 @name",
        )  # fmt: skip
        yield Command(
            NOUN, ("line",), LINE, "Completes a line of the thread of which nothing was made yet",
            lambda text, reading: _with_id(text, reading, LINE), self.line,
            "meeting line MT-15 3 by 4 Dec",
        )  # fmt: skip

    def clicks(self) -> Mapping[Id, Clicked]:
        return {Id.MEETING_NOTES_MINE: take_notes, **self._pasted.clicks()}

    def forms(self) -> Mapping[Id, Submitted]:
        return self._pasted.forms()

    def notes(self, ask: Ask, by: Invocation, asked: Asked) -> Outcome:
        ref = _ref(asked)
        words = asked.words.strip()
        if not words:
            return self._pasted.ask_for(ask, by, ref)
        user = _only_person(words, asked.reading)
        if user is None:
            return self._pasted.look(ask, ref, words)
        meeting = note_taking.name(ask, ref, user)
        away = note_taking.is_away(ask, meeting, user)
        return Reply(view.takes_notes(meeting, user, ask.actor.user, ask.world, away=away))

    def line(self, ask: Ask, by: Invocation, asked: Asked) -> Outcome:
        number = _NUMBER.match(asked.words)
        if number is None:
            raise BadInput(Code.WRONG_WORDS, None, plain(asked.words, asked.reading), usage=LINE)
        meeting, line = thread_lines.for_mending(ask, _ref(asked), int(number[1]))
        words = tidy(asked.words[number.end() :]).strip()
        if words.casefold() == "note":
            kept = thread_lines.as_note(ask, line)
            _signed(ask, meeting, line)
            return Reply(view.mended(meeting, kept), rewrites=True)
        return self._completed(ask, by, meeting, line, words, asked.reading)

    def _completed(
        self, ask: Ask, by: Invocation, meeting: Meeting, line: Line, words: str, reading: Reading
    ) -> Outcome:
        """With the words in the place of those that could not be read."""
        sitting = ask.store.proceedings.sitting(meeting.id)
        reading = replace(reading, here=sittings.home_of(meeting, sitting, ask.world))
        channel = sitting.channel if sitting and line.ts else None
        source = Source(channel, line.ts or None, meeting=meeting.ref)
        text = line.text
        for _ in range(2):
            try:
                with ask.store.savepoint():
                    became = self._lines.made(ask, line.kind, text, meeting, source, reading)
            except UserError as error:
                if not words:
                    held_line = replace(line, text=plain(text, reading), held=error.code.value)
                    ask.store.proceedings.save(held_line)
                    return Reply(told(ask, meeting, held_line, error), rewrites=True)
                if not _answers(error, words, reading):
                    return Reply(told(ask, meeting, line, error), rewrites=True)
                text, words = filled(error, text, words), ""
            else:
                now = thread_lines.mended(ask, line, became.text, became.ref, became.people)
                _signed(ask, meeting, line)
                return Reply(view.mended(meeting, now), rewrites=True)
        return self._completed(ask, by, meeting, replace(line, text=text), "", reading)


def _answers(error: UserError, words: str, reading: Reading) -> bool:
    """Whether they can be what was missing: somebody, or a day."""
    field = error.field if isinstance(error, BadInput) else None
    if field == "owner":
        name = words.removeprefix("by ").lstrip("@")
        return bool(sentence.people_in(words, reading)[0] or reading.person(name))
    return field != "due" or is_date(words, reading)


def start(ask: Ask, by: Invocation, asked: Asked) -> Outcome:
    anyway = _ANYWAY.search(asked.words) is not None
    ref = asked.ref or proceedings.current(ask, asked.reading.here).ref
    meeting, sitting = proceedings.start(ask, ref, anyway=anyway)
    again = sitting.started_at < ask.now
    return Reply(view.started(meeting, sitting.channel, again=again), rewrites=True)


def end(ask: Ask, by: Invocation, asked: Asked) -> Outcome:
    here = sittings.in_thread(ask.store, ask.channel, ask.thread_ts) if ask.thread_ts else None
    meeting = ask.store.meetings.by_id(here.meeting) if here else None
    ref = asked.ref or (meeting.ref if meeting else None)
    ended = proceedings.end(ask, ref or proceedings.current(ask, asked.reading.here).ref)
    return Reply(view.closing(ended.meeting, ended.lines, ask.key), rewrites=True)


def held(ask: Ask, by: Invocation, asked: Asked) -> Outcome:
    if asked.words.casefold().strip(" .!") in _NOT:
        meeting = held_questions.not_held(ask, _ref(asked))
        return Reply(held_view.not_held(meeting, ask.key), rewrites=True)
    meeting = proceedings.hold(ask, _ref(asked))
    return Reply(view.was_held(meeting, ask.key), rewrites=True)


def take_notes(ask: Ask, click: Click) -> Outcome:
    meeting = note_taking.volunteer(ask, Ref(click.value.ref))
    return Reply(view.takes_notes(meeting, ask.actor.user, ask.actor.user, ask.world))


def _signed(ask: Ask, meeting: Meeting, line: Line) -> None:
    """On the message that the line was written in."""
    sitting = ask.store.proceedings.sitting(meeting.id)
    if sitting is not None and sitting.channel and line.ts:
        receipts.sign(ask.store, sitting.channel, line.ts, ask.now, receipts.TAKEN_DOWN)


def _read(text: str, reading: Reading, usage: str) -> Asked:
    """Also without an id: `start`, `start now`."""
    line = tidy(text)
    if not _ANYWAY.sub("", line).strip(" .!"):
        return Asked(None, line, reading)
    asked = _with_id(text, reading, usage)
    if _ANYWAY.sub("", asked.words).strip(" .!"):
        raise BadInput(Code.WRONG_WORDS, None, plain(asked.words, reading), usage=usage)
    return asked


def _with_id(text: str, reading: Reading, usage: str) -> Asked:
    refs, rest = read_ids(text, reading, 1)
    if not refs[0].startswith(f"{PREFIX}-"):
        raise BadInput(Code.WRONG_WORDS, None, plain(refs[0], reading), usage=usage)
    return Asked(refs[0], rest, reading)


def _ref(asked: Asked) -> Ref:
    if asked.ref is None:
        raise BadInput(Code.ID_NEEDED)
    return asked.ref


def _only_person(words: str, reading: Reading) -> UserId | None:
    """Somebody's name and nothing else."""
    line = words.strip(" .")
    if "\n" in line or not MENTION.match(line):
        return None
    people, rest = sentence.people_in(line, reading)
    return people[0] if len(people) == 1 and not rest.strip(" .") else None
