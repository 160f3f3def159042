"""Who was at a meeting: what was said in it goes before what was answered beforehand."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.local_times import people_of
from bot.domain.meetings import Meeting, Rsvp, RsvpAnswer
from bot.domain.model import Role, UserId, World
from bot.domain.preparation import takes_part
from bot.domain.proceedings import Line, LineKind


@dataclass(frozen=True, slots=True)
class Attendance:
    """Each person is in one of the first three; in the order of the names on the roll."""

    present: tuple[UserId, ...] = ()
    regrets: tuple[UserId, ...] = ()
    unanswered: tuple[UserId, ...] = ()
    """Of whom nobody knows whether they were there."""
    substitutes: tuple[tuple[UserId, UserId], ...] = ()
    """Who was away, and who stood in for them."""
    promised: tuple[UserId, ...] = ()
    """Those of the present of whom only their reply says so: nobody wrote who was there."""


def expected(meeting: Meeting, rsvps: Iterable[Rsvp], world: World) -> tuple[UserId, ...]:
    """Who was named in its groups and not to look on only; its guests, and who said they come.

    Without who said no.
    """
    answers = {rsvp.user: rsvp.answer for rsvp in rsvps}
    members = (
        member.user
        for key in takes_part(meeting.groups, world)
        for member in world.members(key)
        if member.named and member.role not in (Role.OBSERVER, Role.GUEST)
    )
    found = dict.fromkeys((*members, *meeting.guests, *answers))
    known = (world.people.get(user) for user in found)
    there = (person.user for person in known if person and not (person.left or person.bot))
    return tuple(user for user in there if answers.get(user) is not RsvpAnswer.NO)


def attendance(
    meeting: Meeting, lines: Iterable[Line], rsvps: Iterable[Rsvp], world: World
) -> Attendance:
    """The last word on each person counts; who wrote in the thread was there."""
    answers = {rsvp.user: rsvp for rsvp in rsvps}
    found: dict[UserId, bool] = {}
    said = False
    promised: set[UserId] = set()
    for line in lines:
        if line.taken_back:
            continue
        if line.kind in (LineKind.PRESENT, LineKind.REGRETS):
            said = said or line.kind is LineKind.PRESENT
            found |= dict.fromkeys(line.people, line.kind is LineKind.PRESENT)
        elif line.ts:
            found.setdefault(line.by, True)
    for user, rsvp in answers.items():
        if rsvp.answer is RsvpAnswer.NO:
            found.setdefault(user, False)
        elif not said and user not in found:
            found[user] = True
            promised.add(user)
    roll = (person.user for person in people_of(meeting.groups, world))
    everybody = tuple(dict.fromkeys((*roll, *meeting.guests, *answers, *found)))
    known = tuple(user for user in everybody if user in world.people)
    return Attendance(
        present=tuple(user for user in known if found.get(user) is True),
        regrets=tuple(user for user in known if found.get(user) is False),
        unanswered=tuple(user for user in known if user not in found),
        substitutes=tuple(
            (user, rsvp.substitute)
            for user, rsvp in answers.items()
            if rsvp.substitute is not None and not found.get(user)
        ),
        promised=tuple(user for user in known if user in promised),
    )
