"""What people need to take part: the form for it, and what coordinators read in a form alone.

A message would stay in Slack and with us, so what somebody needs stands in none.
"""

from collections.abc import Sequence

from bot.domain.meetings import Meeting, MeetingKind, MeetingState
from bot.domain.model import World
from bot.domain.outbox import Message
from bot.domain.taking_part import NEED_LIMIT, AccessNeeds, last_day_of_needs
from bot.views.blocks import (
    Element,
    Field,
    Id,
    Piece,
    View,
    actions,
    button,
    context,
    input_,
    message,
    modal,
    nth,
    section,
    text_input,
    value,
)
from bot.views.dates import count, day_words
from bot.views.meetings import title_text, titled
from bot.views.notices import SETTLED
from bot.views.people import shown
from bot.views.text import escape

SHOWN, A_SECTION = 320, 4
"""People shown of those who need something, and how many in one block."""
FORM, MINE = 6, "mine"


def form(meeting: Meeting, mine: AccessNeeds | None, said: str = "") -> View:
    """Callback needs.form; `said`: what was typed behind the word."""
    pieces = [
        section("needs:who", f"{titled(meeting)}\n{_who_reads(meeting)}"),
        _field(
            Field.ACCESS,
            "What do you need to take part?",
            said or (mine.access if mine else ""),
            "Such as step-free ways, a place to rest, captions. Empty: nothing.",
        ),
        _field(Field.DIET, "What do you not eat?", mine.diet if mine else "", "Empty: I eat all."),
    ]
    return modal(
        "What I need",
        pieces,
        callback=Id.NEEDS_FORM,
        submit="Send",
        carries=value(meeting.ref),
    )


def _field(name: Field, label: str, initial: str, hint: str) -> Piece:
    element = text_input(name, initial, lines=True, limit=NEED_LIMIT)
    return input_(name, label, element, hint=hint, optional=True)


def _who_reads(meeting: Meeting) -> str:
    day = day_words(last_day_of_needs(meeting))
    return f"Only coordinators read it. It is erased on {day}, or when the meeting is cancelled."


def opener(meeting: Meeting, label: str = "What I need") -> Element:
    """For anywhere: whoever presses gets a form of their own."""
    line = f"meeting needs {meeting.ref} {MINE}"
    return button(label, nth(Id.WORD_RUN, FORM), value(line=line), names=meeting.ref)


def asks(meeting: Meeting) -> bool:
    """Whether its announcement has the button."""
    return meeting.kind is MeetingKind.FACE_TO_FACE


def offered(meeting: Meeting, *, words: bool) -> Message:
    """Where no form opens by itself; `words`: some were typed, which are not taken from here."""
    text = f"What do you need for {meeting.ref} {title_text(meeting)}? {_who_reads(meeting)}"
    there = "What you typed was not kept: others may read it here. Please say it in the form."
    return message(
        f"{there} {text}" if words else text,
        section("needs:who", f"{titled(meeting)}\n{_who_reads(meeting)}"),
        *([context("needs:typed", there)] if words else []),
        actions("needs:do", opener(meeting, "Say what I need")),
    )


def counted(meeting: Meeting, everybody: Sequence[AccessNeeds]) -> Message:
    """To a coordinator where no form opens by itself."""
    said = _count(everybody)
    look = button(
        "Show what they need",
        nth(Id.WORD_RUN, FORM + 1),
        value(line=f"meeting needs {meeting.ref} all"),
        names=meeting.ref,
    )
    return message(
        f"{meeting.ref} {title_text(meeting)}: {said}.",
        section("needs:count", f"{titled(meeting)}\n{said}."),
        actions("needs:do", look, opener(meeting)),
    )


def erased(meeting: Meeting) -> Message:
    """To a coordinator who asks too late."""
    cancelled = meeting.state is MeetingState.CANCELLED
    since = "when it was cancelled" if cancelled else f"by {day_words(last_day_of_needs(meeting))}"
    said = f"What people needed for {meeting.ref} {title_text(meeting)} was erased {since}."
    return message(said, section("needs:erased", said))


def listing(meeting: Meeting, everybody: Sequence[AccessNeeds], world: World) -> View:
    """To a coordinator alone."""
    needing = [one for one in everybody if not one.nothing]
    rows = [_row(one, world) for one in needing[:SHOWN]]
    pieces: list[Piece] = [
        section("needs:count", f"{titled(meeting)}\n{_count(everybody)}."),
        *(
            section(f"needs:{start}", "\n\n".join(rows[start : start + A_SECTION]))
            for start in range(0, len(rows), A_SECTION)
        ),
    ]
    if len(needing) > SHOWN:
        pieces.append(context("needs:more", f"And {len(needing) - SHOWN} more."))
    pieces += [
        actions("needs:do", opener(meeting)),
        context("needs:who", f"{_who_reads(meeting)} Please copy no more of it than you must."),
    ]
    return modal("What people need", pieces, callback=Id.NEEDS_FORM, carries=value(meeting.ref))


def _row(one: AccessNeeds, world: World) -> str:
    parts = [("To take part", one.access), ("Does not eat", one.diet)]
    said = [f"{label}: {escape(text)}" for label, text in parts if text]
    return "\n".join([f"*{shown([one.user], world)}*", *said])


def _count(everybody: Sequence[AccessNeeds]) -> str:
    needing = sum(not one.nothing for one in everybody)
    if not everybody:
        return "Nobody has said yet what they need"
    return f"{count(len(everybody), 'answer')}, {needing} of them with something they need"


def saved(meeting: Meeting) -> Message:
    """Without a word of it."""
    text = f"Thank you: kept for {meeting.ref} {title_text(meeting)}. {_who_reads(meeting)}"
    return message(text, section(f"{SETTLED}:needs", text))
