"""The buttons under a meeting's messages that lead on to its parts."""

from bot.domain.meetings import Meeting
from bot.views.blocks import Element, Id, button, confirm, nth, value


def going_on(meeting: Meeting) -> list[Element]:
    """What a reader of the checklist may want next; of what is over or cancelled only details."""
    ref = meeting.ref
    if not meeting.state.ahead:
        return [word("Details", ref, ref, 3)]
    return [
        button("I can't come", Id.RSVP_NO, value(ref), names=ref),
        word("Add agenda item", f"agenda add {ref}", ref, 5),
        button("Add to calendar", Id.CALENDAR_MEETING, value(ref), names=ref),
    ]


def checklist_button(meeting: Meeting) -> Element:
    return word("Open checklist", f"meeting prep {meeting.ref}", meeting.ref, 7)


def announce_button(meeting: Meeting) -> Element:
    """Others see it at once, so it is asked again."""
    asks = confirm(
        "Announce it?",
        f"Everybody in the channel sees {meeting.ref} and is asked to answer.",
        "Announce",
        "Not yet",
    )
    return button(
        "Announce now", Id.MEETING_ANNOUNCE, value(meeting.ref), asks=asks, names=meeting.ref
    )


def word(label: str, line: str, ref: str, number: int) -> Element:
    return button(label, nth(Id.WORD_RUN, number), value(line=line), names=ref)
