"""Notes pasted after a call: looked at first, then made into lines in one go, once."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from bot.domain.history import Change
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.model import Ref
from bot.domain.proceedings import Line, LineKind, PastedNotes
from bot.errors import Code, Conflict, NotFound
from bot.services import meetings, minutes, proceedings, sittings, thread_lines
from bot.services.access import Ask, Op, authorize
from bot.services.checks import require_text
from bot.services.pasted_undo import PASTE

KEPT_FOR = timedelta(days=2)
LIMIT = 12_000
"""Characters: three of Slack's longest messages."""


def for_pasting(ask: Ask, ref: Ref) -> Meeting:
    """One that has begun, whose notes the asker may write."""
    meeting = thread_lines.for_notes(ask, ref)
    if meeting.state is MeetingState.CANCELLED:
        raise Conflict(Code.MEETING_OVER, ref=ref, state=meeting.state.value)
    minutes.require_unlocked(ask, meeting)
    begun = ask.store.proceedings.sitting(meeting.id) is not None
    if not begun and meeting.starts > ask.now:
        raise Conflict(Code.NOT_NOW, meeting=meeting, past=False, held=True)
    return meeting


def keep(ask: Ask, meeting: Meeting, text: str) -> PastedNotes:
    """What is to be looked at before it is made."""
    require_text(text, "text", LIMIT)
    ask.store.proceedings.purge_pasted(ask.now - KEPT_FOR)
    notes = PastedNotes(ask.key, meeting.id, ask.actor.user, ask.now, text)
    ask.store.proceedings.paste(notes)
    return notes


def pasted(ask: Ask, key: str) -> tuple[Meeting, PastedNotes]:
    """The asker's own. Raises NotFound where they were pasted too long ago."""
    notes = ask.store.proceedings.pasted(key)
    meeting = ask.store.meetings.by_id(notes.meeting) if notes else None
    if notes is None or meeting is None:
        raise NotFound(Code.GONE)
    meetings.find(ask, meeting.ref)
    authorize(ask, Op.TAKE_NOTES, meeting)
    if notes.made_at is not None:
        raise Conflict(Code.NOTES_MADE, by=notes.made_by)
    return meeting, notes


def there(ask: Ask, meeting: Meeting) -> dict[tuple[LineKind, str], Line]:
    """What was caught before, by what it says."""
    lines = sittings.lines_of(ask.store, meeting.id)
    return {(line.kind, fold(line.text)): line for line in lines}


def fold(text: str) -> str:
    return " ".join(text.split()).casefold()


def made(ask: Ask, meeting: Meeting, notes: PastedNotes, lines: Iterable[Line]) -> Meeting:
    """They stand; a meeting that is over and that nobody started is held by that.

    `lines`: those that are new. Raises Conflict where there are none.
    """
    if not tuple(lines):
        known = ask.store.proceedings.lines(meeting.id)
        raise Conflict(Code.NOTES_MADE, by=known[-1].by if known else None)
    after = replace(notes, text="", made_at=ask.now, made_by=ask.actor.user)
    ask.store.proceedings.paste(after)
    if ask.store.proceedings.sitting(meeting.id) is None and meeting.state.ahead:
        meeting = proceedings.held_without(ask, meeting)
    ask.store.audit.add(
        Change(meeting.ref, meeting.version, ask.now, ask.actor.user, PASTE, ask.key)
    )
    return meeting
