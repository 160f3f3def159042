"""Notes pasted by any door: what each line would become, then all made in one go."""

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.items import Source
from bot.domain.meetings import Meeting
from bot.domain.model import Ref
from bot.domain.outbox import Message
from bot.domain.proceedings import Line, LineKind
from bot.errors import BadInput, Code, UserError
from bot.handlers.action_lines import is_who_what_when
from bot.handlers.item_clicks import origin_of
from bot.handlers.reading import FindZone, Reading, reading_of
from bot.handlers.registry import Click, Clicked, Form, Invocation, Submitted
from bot.handlers.thread_lines import ThreadLines, hold, topic
from bot.handlers.thread_words import Heard, heard
from bot.handlers.tokens import plain
from bot.services import pasted_notes, sittings, thread_lines
from bot.services.access import Ask
from bot.services.inbox import OpenModal, Outcome, Reply
from bot.services.pasted_notes import fold
from bot.views import pasted_notes as view
from bot.views.blocks import Field, Id
from bot.views.item_forms import origin
from bot.views.pasted_notes import Row


class _DryRun(Exception):
    """What was tried is undone."""


class PastedNotesHandlers:
    def __init__(self, lines: ThreadLines, find_zone: FindZone) -> None:
        self._lines = lines
        self._find_zone = find_zone

    def clicks(self) -> Mapping[Id, Clicked]:
        return {Id.MEETING_NOTES_PASTE: self.open, Id.MEETING_NOTES_MAKE: self.make}

    def forms(self) -> Mapping[Id, Submitted]:
        return {Id.MEETING_NOTES_PASTED: self.submitted}

    def look(self, ask: Ask, ref: Ref, text: str) -> Outcome:
        """What the notes would become; nothing is made."""
        meeting = pasted_notes.for_pasting(ask, ref)
        reading = self._reading(ask, meeting)
        found = _said(text, reading)
        if not found:
            raise BadInput(Code.TEXT_EMPTY, "text", noun="meeting")
        notes = pasted_notes.keep(ask, meeting, "\n".join(one.line for one in found))
        known = pasted_notes.there(ask, meeting)
        rows = [self._row(ask, meeting, one, reading, known) for one in found]
        long = len(notes.text) > view.FORM_LIMIT
        return Reply(view.preview(meeting, rows, notes.key, ask.world, long=long), rewrites=True)

    def ask_for(self, ask: Ask, by: Invocation, ref: Ref) -> Outcome:
        """A form, or a button that opens one."""
        meeting = pasted_notes.for_pasting(ask, ref)
        if by.trigger is None:
            return Reply(view.asks(meeting))
        return OpenModal(view.form(meeting, "", origin_of(by)).payload)

    def open(self, ask: Ask, click: Click) -> Outcome:
        key = click.value.get("key")
        meeting, text = pasted_notes.for_pasting(ask, Ref(click.value.ref)), ""
        if key:
            meeting, notes = pasted_notes.pasted(ask, key)
            text = plain(notes.text, self._reading(ask, meeting))
        return OpenModal(view.form(meeting, text, origin_of(click.by)).payload)

    def submitted(self, ask: Ask, form: Form) -> Outcome:
        ref = Ref(next(iter(origin(form.metadata).refs), ""))
        return self.look(ask, ref, form.get(Field.TEXT))

    def make(self, ask: Ask, click: Click) -> Outcome:
        meeting, notes = pasted_notes.pasted(ask, click.value.get("key"))
        pasted_notes.for_pasting(ask, meeting.ref)
        reading = self._reading(ask, meeting)
        known = pasted_notes.there(ask, meeting)
        lines = [
            line
            for one in _said(notes.text, reading)
            if (line := self._made(ask, meeting, one, reading, known)) is not None
        ]
        saved = pasted_notes.made(ask, meeting, notes, lines)
        return Reply(_answer(saved, lines, ask), rewrites=True)

    def _row(
        self,
        ask: Ask,
        meeting: Meeting,
        one: Heard,
        reading: Reading,
        known: Mapping[tuple[LineKind, str], Line],
    ) -> Row:
        kind, text = one.kind or LineKind.NOTE, plain(one.text, reading)
        if (kind, fold(text)) in known:
            return Row(kind, text, known=True)
        row = Row(kind, text)
        try:
            with ask.store.savepoint():
                became = self._lines.made(ask, kind, one.text, meeting, Source(), reading)
                there = (kind, fold(became.text)) in known
                row = Row(kind, became.text, became.facts, known=there)
                raise _DryRun
        except _DryRun:
            return row
        except UserError as error:
            return replace(row, error=error)

    def _made(
        self,
        ask: Ask,
        meeting: Meeting,
        one: Heard,
        reading: Reading,
        known: Mapping[tuple[LineKind, str], Line],
    ) -> Line | None:
        """None: it is there already."""
        row = self._row(ask, meeting, one, reading, known)
        if row.known:
            return None
        if row.error is not None:
            return hold(ask, meeting, one, row.error, reading)
        kind = one.kind or LineKind.NOTE
        if kind is LineKind.TOPIC:
            return thread_lines.open_topic(ask, meeting, None, topic(one.text, reading))
        source = Source(meeting=meeting.ref)
        became = self._lines.made(ask, kind, one.text, meeting, source, reading)
        return thread_lines.keep(
            ask, meeting, kind, became.text, ref=became.ref, people=became.people
        )

    def _reading(self, ask: Ask, meeting: Meeting) -> Reading:
        sitting = ask.store.proceedings.sitting(meeting.id)
        here = sittings.home_of(meeting, sitting, ask.world) or ask.group
        return replace(reading_of(ask, self._find_zone), here=here)


def _said(text: str, reading: Reading) -> tuple[Heard, ...]:
    """Lines as in a thread; `who, what, when` with dashes is an action here without its word."""
    return tuple(_as_said(one, reading) for one in heard(text, pasted=True) if one.kind is not None)


def _as_said(one: Heard, reading: Reading) -> Heard:
    if one.kind in (LineKind.PRESENT, LineKind.REGRETS) and not one.sure:
        return replace(one, sure=True)
    if one.kind is LineKind.NOTE and is_who_what_when(one.text, reading):
        return Heard(LineKind.ACTION, one.text, line=f"ACTION: {one.text}")
    return one


def _answer(meeting: Meeting, lines: list[Line], ask: Ask) -> Message:
    return view.made(meeting, lines, ask.key)
