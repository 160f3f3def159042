"""Who comes to a meeting: the buttons that answer, and what answering says."""

from bot.domain.meetings import Meeting
from bot.views.blocks import Element, Id, Piece, actions, button, value
from bot.views.meetings import title_text


def buttons(meeting: Meeting) -> Piece:
    """One row; what is pressed is answered to who pressed it alone."""
    return actions(f"{meeting.ref}:rsvp", *elements(meeting))


def elements(meeting: Meeting) -> list[Element]:
    """For a row that has others beside them."""
    about = f"{meeting.ref} {title_text(meeting)}"
    carries = value(meeting.ref)
    return [
        button("I'll come", Id.RSVP_YES, carries, names=about),
        button("Remote", Id.RSVP_REMOTE, carries, names=about),
        button("Can't come", Id.RSVP_NO, carries, names=about),
    ]
