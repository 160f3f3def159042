"""What is said when the quorum of a meeting is looked at: to who has not answered, to the chair."""

from collections.abc import Sequence

from bot.domain.meetings import Meeting
from bot.domain.model import Person, UserId, World
from bot.domain.outbox import Message
from bot.domain.quorum import Quorum
from bot.views.blocks import Id, actions, button, message, section, value
from bot.views.meetings import groups, title_text
from bot.views.people import named
from bot.views.rsvps import elements
from bot.views.text import moment, plain


def chase(meeting: Meeting, to: Person) -> Message:
    """A part of the daily message."""
    text = f"Will you come to {_about(meeting, to.zone)}?"
    return message(
        text,
        section(f"chase:{meeting.ref}", text),
        actions(f"chase:{meeting.ref}:do", *elements(meeting)),
    )


def warning(
    meeting: Meeting,
    quorum: Quorum,
    silent: Sequence[UserId],
    to: Person,
    world: World,
    *,
    agenda: bool,
) -> Message:
    """To who minds it; `silent`: who votes and has not answered."""
    said = [f"{_about(meeting, to.zone)} ({plain(groups(meeting, world))})."]
    if not quorum.reached:
        coming = f"{len(quorum.coming)} of {len(quorum.voters)}, needs {quorum.needed}"
        said.append(f"Too few of those who vote come: {coming}.")
        said += [f"Not answered: {named(silent, world)}."] if silent else []
    if not agenda:
        said.append("No agenda is posted yet.")
    said.append("What shall become of it?")
    text = " ".join(said)
    carries, about = value(meeting.ref), f"{meeting.ref} {meeting.title}"
    return message(
        text,
        section(f"quorum:{meeting.ref}", text),
        actions(
            f"quorum:{meeting.ref}:do",
            button("Move", Id.MEETING_MOVE, carries, names=about),
            button("Cancel", Id.MEETING_CANCEL, carries, names=about),
            button("Hold anyway", Id.QUORUM_HOLD, carries, names=about),
        ),
    )


def held(meeting: Meeting, zone: str) -> Message:
    text = f"{_about(meeting, zone)} is held anyway. Nothing more is said of its quorum."
    return message(text, section(f"{meeting.ref}:held", text))


def _about(meeting: Meeting, zone: str) -> str:
    return f"{meeting.ref} {title_text(meeting)}, {moment(meeting.starts, zone)}"
