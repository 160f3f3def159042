"""Who comes to a meeting: answers given, changed, withdrawn, and what they make of the quorum."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.history import Change
from bot.domain.meetings import Meeting, MeetingState, Rsvp, RsvpAnswer
from bot.domain.model import Person, Ref, UserId
from bot.domain.quorum import COMES, Quorum, Standing, quorum_of, substitutes
from bot.domain.rescheduling import Former
from bot.errors import BadInput, Code, Conflict
from bot.services import meeting_cards, meetings, preparation_reminders
from bot.services.access import Ask, Op, authorize, offered_to
from bot.services.meeting_news import CHASE
from bot.services.meeting_undo import keep

RSVP = "rsvp"
"""The verb in the history, which does not say what the answer was: that is kept for a year only."""
NEAR = timedelta(days=14)
"""Meetings of different groups so close to each other are asked about, not guessed."""


@dataclass(frozen=True, slots=True)
class Answered:
    """`rsvp` None: the answer was withdrawn; `standing`: what the substitute does for the quorum.

    `voter` False: the person has no vote there.
    """

    meeting: Meeting
    rsvp: Rsvp | None
    quorum: Quorum
    voter: bool
    standing: Standing | None = None
    changed: bool = True


def answer(ask: Ask, ref: Ref, said: RsvpAnswer, substitute: UserId | None = None) -> Answered:
    """Instead of what the person answered before; naming nobody keeps nobody."""
    meeting = for_answer(ask, ref)
    if substitute is not None:
        _require_substitute(ask, meeting, said, substitute)
    known = _known(ask, meeting)
    rsvp = Rsvp(ask.actor.user, said, ask.now, substitute)
    if known is not None and (known.answer, known.substitute) == (said, substitute):
        return _answered(ask, meeting, known, changed=False)
    _remember(ask, meeting, known)
    ask.store.meetings.answer(meeting.id, rsvp)
    waiting = frozenset({CHASE})
    ask.store.outbox.silence(rsvp.user, [meeting.subject], why="answered", kinds=waiting)
    _follow(ask, meeting)
    return _answered(ask, meeting, rsvp)


def withdraw(ask: Ask, ref: Ref) -> Answered:
    """As if they had never answered."""
    meeting = for_answer(ask, ref)
    known = _known(ask, meeting)
    if known is None:
        return _answered(ask, meeting, None, changed=False)
    _remember(ask, meeting, known)
    ask.store.meetings.withdraw_answer(meeting.id, ask.actor.user)
    _follow(ask, meeting)
    return _answered(ask, meeting, None)


def for_answer(ask: Ask, ref: Ref) -> Meeting:
    """One that the asker may answer, and that is not over."""
    meeting = meetings.find(ask, ref)
    authorize(ask, Op.ANSWER_MEETING, meeting)
    _require_open(meeting, ask.now)
    return meeting


def for_naming(ask: Ask, ref: Ref) -> Meeting:
    """One that a substitute can still be named for."""
    meeting = for_answer(ask, ref)
    if meeting.starts <= ask.now:
        raise Conflict(Code.REPLY_LATE, ref=meeting.ref, why="begun")
    return meeting


def replies(ask: Ask, ref: Ref) -> tuple[Meeting, tuple[Rsvp, ...]]:
    meeting = meetings.find(ask, ref)
    return meeting, ask.store.meetings.rsvps([meeting.id])[meeting.id]


def next_to_answer(ask: Ask) -> tuple[Meeting, ...]:
    """The next of the channel's group, else the asker's own; several where any may be meant."""
    if ask.group is not None:
        found = meetings.next_of(ask, ask.group)
        return (found,) if found else ()
    own = [one.meeting for one in meetings.mine(ask)]
    each = {meeting.groups: meeting for meeting in reversed(own)}
    return tuple(
        meeting
        for meeting in own
        if meeting == each[meeting.groups] and meeting.starts < own[0].starts + NEAR
    )


def take_back(ask: Ask, change: Change) -> None:
    """The answer before it stands again; raises Conflict if there is a newer one."""
    former = next(iter(ask.store.series.formers(change.request)), None)
    meeting = None if former is None else ask.store.meetings.by_id(former.meeting.id)
    if former is None or meeting is None:
        raise Conflict(Code.CHANGED_MEANWHILE, ref=change.ref)
    _require_open(meeting, ask.now)
    now = _known(ask, meeting)
    if now is not None and now.at != change.at:
        raise Conflict(Code.CHANGED_MEANWHILE, ref=change.ref)
    if former.replies:
        ask.store.meetings.answer(meeting.id, former.replies[0])
    else:
        ask.store.meetings.withdraw_answer(meeting.id, ask.actor.user)
    _follow(ask, meeting)


def people(ask: Ask, meeting: Meeting) -> tuple[Person, ...]:
    """Whom the asker may name to come instead, by name: people of the programme, and guests."""
    world = offered_to(ask.world, ask.actor.user)
    known = (m.user for m in world.memberships)
    users = dict.fromkeys((*known, *meeting.guests))
    everybody = ask.world.people
    found = (everybody[u] for u in users if u in everybody and u != ask.actor.user)
    here = (person for person in found if not (person.left or person.bot))
    return tuple(sorted(here, key=lambda person: person.name.casefold()))


def _follow(ask: Ask, meeting: Meeting) -> None:
    """What its channels show counts anew."""
    meeting_cards.follow(ask.store, ask.world, meeting.id, ask.now)
    preparation_reminders.replied(ask.store, ask.world, meeting.id, ask.actor.user, ask.now)


def _require_open(meeting: Meeting, now: datetime) -> None:
    if meeting.state is MeetingState.CANCELLED:
        raise Conflict(Code.REPLY_LATE, ref=meeting.ref, why="cancelled")
    if not meeting.state.ahead or meeting.ends <= now:
        raise Conflict(Code.REPLY_LATE, ref=meeting.ref, why="over")


def _require_substitute(ask: Ask, meeting: Meeting, said: RsvpAnswer, substitute: UserId) -> None:
    person = ask.world.people.get(substitute)
    if person is None:
        raise BadInput(Code.PERSON_UNKNOWN, "owner", substitute)
    if person.bot:
        raise BadInput(Code.PERSON_BOT, "owner", substitute, person=person)
    if person.left:
        raise BadInput(Code.PERSON_LEFT, "owner", substitute, person=person)
    if said in COMES:
        raise BadInput(Code.SUBSTITUTE_WRONG, "owner", ref=meeting.ref, why="comes")
    if substitute == ask.actor.user:
        raise BadInput(Code.SUBSTITUTE_WRONG, "owner", ref=meeting.ref, why="self")
    if meeting.starts <= ask.now:
        raise Conflict(Code.REPLY_LATE, ref=meeting.ref, why="begun")


def _known(ask: Ask, meeting: Meeting) -> Rsvp | None:
    given = ask.store.meetings.rsvps([meeting.id])[meeting.id]
    return next((rsvp for rsvp in given if rsvp.user == ask.actor.user), None)


def _remember(ask: Ask, meeting: Meeting, known: Rsvp | None) -> None:
    before: Iterable[Rsvp] = (known,) if known else ()
    keep(ask, [Former(meeting, (), meeting.version, tuple(before))])
    ask.store.audit.add(Change(meeting.ref, 0, ask.now, ask.actor.user, RSVP, ask.key))


def _answered(ask: Ask, meeting: Meeting, rsvp: Rsvp | None, *, changed: bool = True) -> Answered:
    given = ask.store.meetings.rsvps([meeting.id])[meeting.id]
    quorum = quorum_of(meeting, given, ask.world)
    user = ask.actor.user
    standing = substitutes(meeting, given, ask.world).get(user) if rsvp else None
    return Answered(meeting, rsvp, quorum, user in quorum.voters, standing, changed)
