"""Who takes the notes of a meeting: who said they will, or was named."""

from dataclasses import replace

from bot.domain.attendance import attendance
from bot.domain.history import Change
from bot.domain.meetings import Meeting
from bot.domain.model import Ref, UserId
from bot.domain.rescheduling import Former
from bot.errors import BadInput, Code, Conflict
from bot.services import meeting_cards, meeting_undo, meetings, thread_openings
from bot.services.access import Ask, Op, allowed, authorize

NOTE_TAKER = "note-taker"


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
    meeting_undo.keep(ask, [Former(meeting, (), meeting.version)])
    ask.store.audit.add(
        Change(meeting.ref, meeting.version, ask.now, ask.actor.user, NOTE_TAKER, ask.key)
    )
    return _set(ask, meeting, user)


def take_back(ask: Ask, change: Change) -> None:
    """Raises Conflict where somebody else was named since."""
    meeting = ask.store.meetings.get(change.ref)
    formers = ask.store.series.formers(change.request)
    named = [c for c in ask.store.audit.of(change.ref) if c.verb == NOTE_TAKER and not c.undone]
    if meeting is None or not formers or not named or named[-1].request != change.request:
        raise Conflict(Code.CHANGED_MEANWHILE, ref=change.ref)
    _set(ask, meeting, formers[0].meeting.note_taker)


def _set(ask: Ask, meeting: Meeting, user: UserId | None) -> Meeting:
    after = replace(meeting, note_taker=user)
    ask.store.meetings.name_note_taker(meeting.id, user)
    thread_openings.rewrite_opening(ask.store, after, ask.world, ask.now)
    meeting_cards.follow(ask.store, ask.world, meeting.id, ask.now)
    return after
