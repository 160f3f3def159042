"""Whether a meeting took place: the question to whoever minds it, and what a no becomes."""

from bot.domain.meetings import Meeting
from bot.domain.model import Person
from bot.domain.outbox import Message
from bot.views.blocks import Id, actions, button, message, nth, section, value
from bot.views.buttons import undo
from bot.views.meetings import title_text
from bot.views.text import moment


def question(meeting: Meeting, to: Person) -> Message:
    """A part of the daily message."""
    ref, about = meeting.ref, f"{meeting.ref} {meeting.title}"
    when = moment(meeting.starts, to.zone)
    text = f"Was {ref} {title_text(meeting)}, {when}, held? Nobody started it with me."
    yes, no = value(line=f"meeting held {ref}"), value(line=f"meeting held {ref} no")
    return message(
        text,
        section(f"took_place:{ref}", text),
        actions(
            f"took_place:{ref}:do",
            button("It was held", nth(Id.WORD_RUN, 1), yes, names=about),
            button("Paste notes", Id.MEETING_NOTES_PASTE, value(ref), names=about),
            button("It did not take place", nth(Id.WORD_RUN, 2), no, names=about),
        ),
    )


def not_held(meeting: Meeting, request: str) -> Message:
    said = (
        f"{meeting.ref} {title_text(meeting)} is called off: it did not take place. "
        "Its channel is told nothing."
    )
    return message(said, section("meeting:held", said), actions("meeting:undo", undo(request)))
