"""Why something was said, or was not, of what a meeting needs: in words for the one who asks."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.explanations import Fate, Told
from bot.domain.foretold import Word
from bot.domain.meetings import Meeting, MeetingState, PrepState
from bot.domain.model import UserId, World
from bot.domain.outbox import Message
from bot.domain.preparation_notices import Duty
from bot.views.blocks import Piece, actions, button, context, message, section, value
from bot.views.dates import count
from bot.views.explanations import AHEAD, FATES, SHOWN, pieces_of, told_words
from bot.views.ids import Id
from bot.views.lists import spelled
from bot.views.meetings import title_text, titled
from bot.views.people import name, zone_of
from bot.views.preparation_notices import text_of
from bot.views.text import escape, moment, plain

Found = Sequence[tuple[Duty, Told]]
_UNASKED = "I remind of what is required, and of what somebody is named for."
_SETTLED = {
    PrepState.DONE: "it was done",
    PrepState.SKIPPED: "it was left out",
    PrepState.TODO: "its day or the meeting has changed",
}


def why(
    meeting: Meeting,
    told: Found,
    world: World,
    viewer: UserId,
    now: datetime,
    others: Sequence[Word] = (),
) -> Message:
    """What is ahead, then what was said or taken back; of many what is nearest.

    `others`: what is said of it beside reminders.
    """
    zone = zone_of(viewer, world)
    all_ = [(one.at, one.fate, _row(duty, one, told, world, zone)) for duty, one in told]
    all_ += [(one.at, one.fate, _word(one, world, zone)) for one in others]
    all_.sort(key=lambda row: row[0])
    ahead = [row for _, fate, row in all_ if fate in AHEAD][:SHOWN]
    past = [row for _, fate, row in all_ if fate not in AHEAD]
    past = past[max(0, len(past) + len(ahead) - SHOWN) :]
    rows, left = [*ahead, *past], len(all_) - len(ahead) - len(past)
    notes = [f"{count(left, 'other one')} not shown."] if left else []
    notes += _notes(meeting, planned=bool(ahead))
    said = count(len(all_), "reminder") if all_ else "nothing said yet"
    head = f"Why {meeting.ref}, {title_text(meeting)}: {said}."
    pieces: list[Piece] = [section("why:head", f"Reminders about {titled(meeting)}")]
    pieces += pieces_of("why", [escape(row) for row in rows])
    pieces.append(context("why:notes", escape(" ".join(notes))))
    checklist = button("Whole checklist", Id.WORD_RUN, value(line=f"meeting prep {meeting.ref}"))
    pieces.append(actions("why:then", checklist))
    return message(spelled(head, [plain(row) for row in (*notes, *rows)]), *pieces)


def _word(word: Word, world: World, zone: str) -> str:
    """Unescaped; on the clock of the person or channel it is for, else on that of the asker."""
    to, there = _lane(word.lane, world)
    fate = FATES[word.fate]
    if word.fate is Fate.WITHDRAWN:
        fate = f"{fate}, because the meeting has changed or it was not needed any more"
    elif word.fate is Fate.REFUSED and word.why:
        fate = f"{fate} ({word.why})"
    depends = f", {word.only_if}" if word.only_if else ""
    return f"{moment(word.at, there or zone)}, to {to} ({word.what}): {fate}{depends}."


def _lane(lane: str, world: World) -> tuple[str, str]:
    """Who it is, and its zone, if that is known."""
    if (person := world.people.get(UserId(lane))) is not None:
        return name(lane, world), person.zone
    group = next((one for one in world.groups.values() if one.channel == lane), None)
    if group is not None:
        return f"the channel of {group.short}", group.zone
    if lane == world.programme.channel:
        return "the channel of all groups", world.programme.zone
    return "another channel", ""


def _row(duty: Duty, told: Told, all_: Found, world: World, zone: str) -> str:
    """Unescaped."""
    own = [one for other, one in all_ if other == duty]
    said = told_words(told, world, zone, own)
    if told.fate is Fate.WITHDRAWN and not told.why:
        cancelled = duty.meeting.state is MeetingState.CANCELLED
        why_ = "the meeting was cancelled" if cancelled else _SETTLED[duty.item.state]
        said = f"{said.partition(': taken back')[0]}: taken back, because {why_}."
    return f"{text_of(duty)}: {said}"


def _notes(meeting: Meeting, *, planned: bool) -> list[str]:
    """What holds for all that is to come."""
    if meeting.state is MeetingState.CANCELLED:
        return ["It is cancelled: I say nothing more about it."]
    if not planned:
        return ["Nothing more is planned.", _UNASKED]
    return ["This holds if nothing changes.", _UNASKED]
