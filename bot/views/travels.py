"""Whether travel is booked: one's own yes or no, and how many of all."""

from bot.domain.meetings import Meeting, MeetingKind
from bot.domain.outbox import Message
from bot.views.blocks import Element, Id, actions, button, context, message, nth, section, value
from bot.views.meetings import title_text, titled

ONLY_COUNTS = "Others see only how many."


def travel(meeting: Meeting, mine: bool | None, booked: int, coming: int, invited: int) -> Message:
    """`booked`: of `coming`, who come as far as is known; `invited`: of how many."""
    own = {None: "You have not said yet.", True: "You said yes.", False: "You said: not yet."}[mine]
    come = "who comes" if coming == 1 else "who come"
    said = f"Travel booked: {booked} of {coming} {come} so far; {invited} are invited."
    return message(
        f"{meeting.ref} {title_text(meeting)}. {said} {own} Is yours booked? {ONLY_COUNTS}",
        section("travel:count", f"{titled(meeting)}\n{said} {own}"),
        actions("travel:do", *buttons(meeting)),
        context("travel:who", ONLY_COUNTS),
    )


def asks(meeting: Meeting) -> bool:
    """Whether anybody travels to it."""
    return meeting.kind is MeetingKind.FACE_TO_FACE


def opener(meeting: Meeting) -> Element:
    line = f"meeting travel {meeting.ref}"
    return button("Travel", nth(Id.WORD_RUN, 22), value(line=line), names=meeting.ref)


def buttons(meeting: Meeting) -> list[Element]:
    """Its numbers start high: other buttons may stand in the row."""
    ref = meeting.ref
    return [
        button(label, nth(Id.WORD_RUN, 20 + n), value(line=f"meeting travel {ref} {word}"))
        for n, (label, word) in enumerate((("Travel booked", "yes"), ("Not yet", "no")))
    ]
