"""A meeting's hour in every city and what is unusual that day, under its messages in channels."""

from collections.abc import Sequence

from bot.domain.local_times import Clock, Shift
from bot.domain.meetings import Meeting
from bot.domain.outbox import Message
from bot.views import local_times
from bot.views.blocks import Piece, context
from bot.views.text import escape, plain, unescape


def when_text(
    meeting: Meeting, clocks: Sequence[Clock], odd: Sequence[Shift], notes: Sequence[str]
) -> str:
    return " ".join(map(plain, [*_sentences(meeting, clocks, odd), *notes]))


def when_pieces(
    meeting: Meeting, clocks: Sequence[Clock], odd: Sequence[Shift], notes: Sequence[str]
) -> list[Piece]:
    said = _sentences(meeting, clocks, odd)
    times = [context("times", escape(" ".join(said)))] if said else []
    noted = [context(_notes_id(meeting), escape(" ".join(notes)))] if notes else []
    return [*times, *noted]


def notes_in(message: Message, meeting: Meeting) -> tuple[str, ...]:
    """What a message that was posted notes of the day, as long as the meeting is at that time."""
    id_ = _notes_id(meeting)
    for block in message.blocks:
        if block["block_id"] == id_ and isinstance(elements := block.get("elements"), list):
            return tuple(unescape(str(element["text"])) for element in elements)
    return ()


def _notes_id(meeting: Meeting) -> str:
    return f"notes:{meeting.start_day}T{meeting.start_at:%H%M}:{meeting.zone}"


def _sentences(meeting: Meeting, clocks: Sequence[Clock], odd: Sequence[Shift]) -> list[str]:
    day = meeting.start_day
    said = [f"Local times: {local_times.clocks(clocks, day)}."] if clocks else []
    if odd:
        said.append(f"The clocks differ that week: {local_times.shifted(odd)} than usual.")
    return said
