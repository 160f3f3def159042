"""Whether people have booked their travel: yes or no, and only how many."""

from dataclasses import dataclass

from bot.domain.local_times import people_of
from bot.domain.meetings import Meeting, MeetingKind, RsvpAnswer
from bot.domain.model import Ref
from bot.domain.taking_part import Travel
from bot.errors import Code, Conflict
from bot.services import meetings
from bot.services.access import Ask, Op, authorize
from bot.services.history import remember_shape


@dataclass(frozen=True, slots=True)
class Booked:
    """`mine` None: the asker has not said; `coming`: who travels, as far as is known."""

    meeting: Meeting
    mine: bool | None
    booked: int
    coming: int
    invited: int


def opened(ask: Ask, ref: Ref) -> Booked:
    meeting = meetings.find(ask, ref)
    authorize(ask, Op.ANSWER_MEETING, meeting)
    return _counted(ask, meeting)


def say(ask: Ask, ref: Ref, *, booked: bool) -> Booked:
    meeting = meetings.find(ask, ref)
    authorize(ask, Op.ANSWER_MEETING, meeting)
    if meeting.kind is not MeetingKind.FACE_TO_FACE:
        raise Conflict(Code.REPLY_LATE, ref=ref, why="call")
    if not meeting.state.ahead or meeting.ends <= ask.now:
        raise Conflict(Code.MEETING_OVER, ref=ref, state=meeting.state.value)
    ask.store.travels.save(meeting.id, Travel(ask.actor.user, booked, ask.now))
    remember_shape(ask, ref, "travel")
    return _counted(ask, meeting)


def _counted(ask: Ask, meeting: Meeting) -> Booked:
    """Of those who come to the place, and who said that they travel."""
    said = {one.user: one.booked for one in ask.store.travels.of(meeting.id)}
    rsvps = ask.store.meetings.rsvps([meeting.id])[meeting.id]
    elsewhere = {one.user for one in rsvps if one.answer is not RsvpAnswer.YES}
    coming = {one.user for one in rsvps if one.answer is RsvpAnswer.YES}
    coming |= said.keys() - elsewhere
    booked = sum(said.get(user, False) for user in coming)
    invited = {person.user for person in people_of(meeting.groups, ask.world)} | coming
    invited |= set(meeting.guests)
    return Booked(meeting, said.get(ask.actor.user), booked, len(coming), len(invited))
