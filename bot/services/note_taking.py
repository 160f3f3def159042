"""Who takes the notes of a meeting: who said they will, or was named."""

from dataclasses import replace

from bot.domain.attendance import attendance
from bot.domain.meetings import Meeting
from bot.domain.model import Ref, UserId
from bot.errors import BadInput, Code, Conflict
from bot.services import meeting_cards, meetings, thread_openings
from bot.services.access import Ask, Op, allowed, authorize
from bot.services.history import remember_shape


def volunteer(ask: Ask, ref: Ref) -> Meeting:
    """The asker takes them."""
    meeting = meetings.find(ask, ref)
    authorize(ask, Op.TAKE_NOTES, meeting)
    return _named(ask, meeting, ask.actor.user)


def name(ask: Ask, ref: Ref, user: UserId) -> Meeting:
    """Raises BadInput for who does not take part in the meeting."""
    meeting = meetings.find(ask, ref)
    authorize(ask, Op.HOLD_MEETING, meeting)
    person = ask.world.people.get(user)
    if person is None or not allowed(ask.world, person, Op.TAKE_NOTES, meeting, ask.now):
        group = next(iter(meeting.groups), None)
        code = Code.PERSON_UNKNOWN if person is None else Code.PERSON_OUTSIDE
        raise BadInput(code, "owner", user, person=person, group=group)
    return _named(ask, meeting, user)


def is_away(ask: Ask, meeting: Meeting, user: UserId) -> bool:
    """They sent regrets, or were written down with them."""
    lines = ask.store.proceedings.lines(meeting.id)
    rsvps = ask.store.meetings.rsvps([meeting.id])[meeting.id]
    return user in attendance(meeting, lines, rsvps, ask.world).regrets


def _named(ask: Ask, meeting: Meeting, user: UserId) -> Meeting:
    if not (meeting.state.ahead or ask.store.proceedings.sitting(meeting.id)):
        raise Conflict(Code.MEETING_OVER, ref=meeting.ref, state=meeting.state.value)
    if meeting.note_taker == user:
        return meeting
    after = replace(meeting, note_taker=user, updated_at=ask.now, updated_by=ask.actor.user)
    saved = ask.store.meetings.save(after, expected=meeting.version)
    remember_shape(ask, meeting.ref, "note-taker")
    thread_openings.rewrite_opening(ask.store, saved, ask.world, ask.now)
    meeting_cards.follow(ask.store, ask.world, saved.id, ask.now)
    return saved
