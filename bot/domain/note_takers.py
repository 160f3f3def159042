"""Whose turn it is to take notes: who did least often, and longest ago, of those who come."""

from collections import Counter
from collections.abc import Iterable

from bot.domain.local_times import people_of
from bot.domain.meetings import Meeting, MeetingState, Rsvp, RsvpAnswer
from bot.domain.model import Role, UserId, World
from bot.domain.preparation import takes_part


def suggested(
    meeting: Meeting, past: Iterable[Meeting], rsvps: Iterable[Rsvp], world: World
) -> UserId | None:
    """Never who chairs; a co-chair where all else is equal. None: there is nobody else.

    `past`: the meetings of its groups, in their order.
    """
    candidates = _candidates(meeting, rsvps, world)
    held = [one for one in past if one.state is MeetingState.HELD and one.starts < meeting.starts]
    often = Counter(one.note_taker for one in held if one.note_taker is not None)
    last = {one.note_taker: place for place, one in enumerate(held)}
    roles = {user: {m.role for m in world.roles(user)} for user in candidates}
    order = {user: place for place, user in enumerate(candidates)}
    return min(
        candidates,
        key=lambda user: (
            often[user],
            last.get(user, -1),
            Role.COCHAIR not in roles[user],
            order[user],
        ),
        default=None,
    )


def _candidates(meeting: Meeting, rsvps: Iterable[Rsvp], world: World) -> tuple[UserId, ...]:
    """Who said yes or remote; where nobody did, whoever is expected and did not say no."""
    answers = {rsvp.user: rsvp.answer for rsvp in rsvps}
    chairs = {
        u for key in takes_part(meeting.groups, world) for u in world.holding(Role.CHAIR, key)
    }
    roll = [person.user for person in people_of(meeting.groups, world)]
    free = [user for user in roll if user not in chairs and answers.get(user) is not RsvpAnswer.NO]
    coming = [user for user in free if user in answers]
    return tuple(coming or free)
