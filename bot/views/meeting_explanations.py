"""Why something was said, or was not, of what a meeting needs: in words for the one who asks."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.explanations import Fate, Told
from bot.domain.meetings import Meeting, MeetingState, PrepState
from bot.domain.model import UserId, World
from bot.domain.outbox import Message
from bot.domain.preparation_notices import Duty
from bot.views.blocks import Piece, actions, button, context, message, section, value
from bot.views.dates import count
from bot.views.explanations import AHEAD, SHOWN, pieces_of, told_words
from bot.views.ids import Id
from bot.views.lists import spelled
from bot.views.meetings import title_text, titled
from bot.views.people import zone_of
from bot.views.preparation_notices import text_of
from bot.views.text import escape, plain

Found = Sequence[tuple[Duty, Told]]
_UNASKED = "I remind of what is required, and of what somebody is named for."
_SETTLED = {
    PrepState.DONE: "it was done",
    PrepState.SKIPPED: "it was left out",
    PrepState.TODO: "its day or the meeting has changed",
}


def why(meeting: Meeting, told: Found, world: World, viewer: UserId, now: datetime) -> Message:
    """What is ahead, then what was said or taken back; of many what is nearest."""
    ahead = [one for one in told if one[1].fate in AHEAD][:SHOWN]
    past = [one for one in told if one[1].fate not in AHEAD]
    past = past[max(0, len(past) + len(ahead) - SHOWN) :]
    zone = zone_of(viewer, world)
    rows = [_row(*one, told, world, zone) for one in (*ahead, *past)]
    left = len(told) - len(rows)
    notes = [f"{count(left, 'other one')} not shown."] if left else []
    notes += _notes(meeting, told, now)
    said = count(len(told), "reminder") if told else "nothing said yet"
    head = f"Why {meeting.ref}, {title_text(meeting)}: {said}."
    pieces: list[Piece] = [section("why:head", f"Reminders about {titled(meeting)}")]
    pieces += pieces_of("why", [escape(row) for row in rows])
    pieces.append(context("why:notes", escape(" ".join(notes))))
    checklist = button("Whole checklist", Id.WORD_RUN, value(line=f"meeting prep {meeting.ref}"))
    pieces.append(actions("why:then", checklist))
    return message(spelled(head, [plain(row) for row in (*notes, *rows)]), *pieces)


def _row(duty: Duty, told: Told, all_: Found, world: World, zone: str) -> str:
    """Unescaped."""
    own = [one for other, one in all_ if other == duty]
    said = told_words(told, world, zone, own)
    if told.fate is Fate.WITHDRAWN and not told.why:
        cancelled = duty.meeting.state is MeetingState.CANCELLED
        why_ = "the meeting was cancelled" if cancelled else _SETTLED[duty.item.state]
        said = f"{said.partition(': taken back')[0]}: taken back, because {why_}."
    return f"{text_of(duty)}: {said}"


def _notes(meeting: Meeting, told: Found, now: datetime) -> list[str]:
    """What holds for all that is to come."""
    if meeting.state is MeetingState.CANCELLED:
        return ["It is cancelled: I say nothing more about it."]
    if all(one.fate not in AHEAD for _, one in told):
        return ["Nothing more is planned.", _UNASKED]
    return ["This holds if nothing changes.", _UNASKED]
