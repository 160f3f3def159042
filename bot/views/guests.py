"""Guests of one meeting: what they hear, and what whoever invites them hears."""

from bot.domain.meetings import Meeting
from bot.domain.model import Person, UserId, World
from bot.domain.outbox import Message
from bot.views.blocks import Id, actions, button, message, section, value
from bot.views.meetings import groups, title_text
from bot.views.people import named
from bot.views.rsvps import elements
from bot.views.text import moment, plain


def invited(meeting: Meeting, to: Person, by: UserId, world: World) -> Message:
    """To the guest: when it is for them, and the buttons to answer."""
    where = f", {plain(meeting.place)}" if meeting.place else ""
    text = (
        f"{named([by], world)} invites you to {_about(meeting, to.zone)} "
        f"({plain(groups(meeting, world))}{where}). Will you come?"
    )
    details = button("Details", Id.WORD_RUN, value(line=meeting.ref), names=meeting.ref)
    return message(
        text,
        section(f"guest:{meeting.ref}", text),
        actions(f"guest:{meeting.ref}:do", *elements(meeting), details),
    )


def released(meeting: Meeting, to: Person, by: UserId, world: World) -> Message:
    text = (
        f"You are no guest of {_about(meeting, to.zone)} any more: "
        f"{named([by], world)} took you off its list."
    )
    return message(text, section(f"guest:{meeting.ref}", text))


def named_guest(
    meeting: Meeting, who: UserId, world: World, *, changed: bool, belongs: bool
) -> Message:
    """To whoever invites."""
    person = named([who], world)
    if belongs:
        said = f"{person} is expected at {meeting.ref} anyway. Nothing changed."
    elif not changed:
        said = f"{person} is a guest of {meeting.ref} already. Nothing changed."
    else:
        said = (
            f"{person} is now a guest of {meeting.ref} {title_text(meeting)}: they see it and can "
            f"answer, and nothing else of the group. Later: remove {person} from {meeting.ref}."
        )
    return message(said, section("guest:said", said))


def removed_guest(meeting: Meeting, who: UserId, world: World) -> Message:
    said = f"{named([who], world)} is no guest of {meeting.ref} any more."
    return message(said, section("guest:said", said))


def _about(meeting: Meeting, zone: str) -> str:
    return f"{meeting.ref} {title_text(meeting)}, {moment(meeting.starts, zone)}"
