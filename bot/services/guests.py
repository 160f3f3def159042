"""Guests of one meeting: invited, let go, and cleaned up behind whoever has left."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.days import Calendar, next_allowed
from bot.domain.history import Change
from bot.domain.meetings import Meeting
from bot.domain.model import Person, Ref, UserId, World
from bot.domain.notices import DAILY, EVERY_DAY, hours_of
from bot.domain.outbox import Message, Outgoing, State
from bot.domain.preparation import takes_part
from bot.errors import BadInput, Code, Conflict, NotFound
from bot.services import meeting_cards, meetings
from bot.services.access import Ask, Op, authorize
from bot.services.rights import MEMBERS
from bot.storage.database import Store
from bot.views import guests as view

INVITE, RELEASE = "invite guest", "release guest"
"""Verbs of the history; like roles, not taken back by Undo but by the opposite word."""
INVITED = "meeting-guest"


@dataclass(frozen=True, slots=True)
class Invited:
    """`belongs`: comes anyway, being of one of its groups; `changed` False: nothing was to do."""

    person: Person
    meeting: Meeting
    changed: bool = True
    belongs: bool = False


def invite(ask: Ask, user: UserId, ref: Ref) -> Invited:
    """They see that meeting, answer it, and are told of it; they become member of nothing."""
    meeting = _for_guests(ask, ref)
    person = _present(ask, user)
    belongs = takes_part_in(meeting, user, ask.world) and user not in meeting.guests
    if belongs or user in meeting.guests:
        return Invited(person, meeting, changed=False, belongs=belongs)
    saved = _save(ask, meeting, (*meeting.guests, user), INVITE, user)
    message = view.invited(saved, person, ask.actor.user, ask.world)
    _say(ask, saved, person, message)
    return Invited(person, saved)


def release(ask: Ask, user: UserId, ref: Ref) -> Invited:
    """Their answer goes with them. Raises NotFound for who was no guest of it."""
    meeting = _for_guests(ask, ref)
    person = ask.world.people.get(user)
    if user not in meeting.guests or person is None:
        raise NotFound(Code.NOT_A_GUEST, ref=ref, person=person, typed=user)
    knows = any(
        row.out.lane == user and row.state in (State.SENT, State.MERGED)
        for row in ask.store.outbox.about(meeting.subject)
    )
    ask.store.meetings.withdraw_answer(meeting.id, user)
    left = tuple(guest for guest in meeting.guests if guest != user)
    saved = _save(ask, meeting, left, RELEASE, user)
    ask.store.outbox.silence(user, [meeting.subject], why="no guest any more")
    if knows and not person.left:
        _say(ask, saved, person, view.released(saved, person, ask.actor.user, ask.world))
    return Invited(person, saved)


def clean(store: Store, user: UserId, now: datetime) -> None:
    """After somebody left a group or Slack: no answer stays where they are not expected."""
    world = store.groups.world()
    person = world.people.get(user)
    gone = person is None or person.left
    for meeting in store.meetings.upcoming(now):
        if gone and user in meeting.guests:
            left = tuple(guest for guest in meeting.guests if guest != user)
            meeting = store.meetings.save(replace(meeting, guests=left), meeting.version)
        if gone or not takes_part_in(meeting, user, world):
            store.meetings.withdraw_answer(meeting.id, user)
            store.outbox.silence(user, [meeting.subject], why="not expected any more")


def takes_part_in(meeting: Meeting, user: UserId, world: World) -> bool:
    """Being of one of its groups or of the programme, or its guest."""
    keys = takes_part(meeting.groups, world)
    held = world.roles(user)
    theirs = any(m.group is None or (m.group in keys and m.role in MEMBERS) for m in held)
    return theirs or user in meeting.guests


def _for_guests(ask: Ask, ref: Ref) -> Meeting:
    meeting = meetings.find(ask, ref)
    authorize(ask, Op.INVITE_GUEST, meeting)
    if not meeting.state.ahead or meeting.ends <= ask.now:
        raise Conflict(Code.MEETING_OVER, ref=ref, state=meeting.state.value)
    return meeting


def _present(ask: Ask, user: UserId) -> Person:
    person = ask.world.people.get(user)
    if person is None:
        raise BadInput(Code.PERSON_UNKNOWN, "owner", user)
    if person.bot:
        raise BadInput(Code.PERSON_BOT, "owner", user, person=person)
    if person.left:
        raise BadInput(Code.PERSON_LEFT, "owner", user, person=person)
    return person


def _save(
    ask: Ask, meeting: Meeting, guests: tuple[UserId, ...], verb: str, user: UserId
) -> Meeting:
    changed = replace(meeting, guests=guests, updated_at=ask.now, updated_by=ask.actor.user)
    saved = ask.store.meetings.save(changed, expected=meeting.version)
    ask.store.audit.add(
        Change(saved.ref, saved.version, ask.now, ask.actor.user, verb, ask.key, user)
    )
    meeting_cards.follow(ask.store, ask.world, saved.id, ask.now)
    return saved


def _say(ask: Ask, meeting: Meeting, to: Person, message: Message) -> None:
    """Within their hours, unless it would begin before; who invites themselves knows."""
    if to.user == ask.actor.user:
        return
    calendar = Calendar(weekend=EVERY_DAY - to.workdays)
    in_time = next_allowed(ask.now, to.zone, hours_of(to), calendar) < meeting.starts
    ask.store.outbox.put(
        Outgoing(
            key=f"{meeting.subject}:guest:{to.user}:{ask.key}",
            subject=meeting.subject,
            kind=INVITED,
            lane=to.user,
            message=message,
            at=ask.now,
            until=meeting.ends,
            bundle=DAILY if in_time else None,
        )
    )
