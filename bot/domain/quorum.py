"""Whether enough people with a vote are coming; it warns, it never blocks (domain.md 3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.meetings import Meeting, Rsvp, RsvpAnswer
from bot.domain.model import UserId, World
from bot.domain.objections import VOTING
from bot.domain.preparation import takes_part

COMES = frozenset({RsvpAnswer.YES, RsvpAnswer.REMOTE})


class Standing(StrEnum):
    """What a substitute does for the quorum."""

    COUNTS = "counts"
    HAS_A_VOTE = "has a vote"
    """Of their own: each person counts once."""
    STANDS_IN_ALREADY = "stands in already"
    """For somebody who named them before."""
    AFTER_THE_START = "after the start"
    GONE = "gone"
    FOR_NOBODY = "for nobody"
    """Who named them has no vote to be represented."""


@dataclass(frozen=True, slots=True)
class Quorum:
    """`coming`: voting people who said yes or remote, and those whom substitutes stand in for."""

    coming: tuple[UserId, ...]
    voters: tuple[UserId, ...]
    needed: int

    @property
    def reached(self) -> bool:
        return len(self.coming) >= self.needed


def quorum_of(meeting: Meeting, rsvps: Iterable[Rsvp], world: World) -> Quorum:
    voters = voters_of(meeting, world)
    replies = {rsvp.user: rsvp for rsvp in rsvps}
    themselves = {user for user, rsvp in replies.items() if rsvp.answer in COMES}
    stand = substitutes(meeting, replies.values(), world)
    stood_for = {user for user, standing in stand.items() if standing is Standing.COUNTS}
    coming = tuple(user for user in voters if user in themselves | stood_for)
    return Quorum(coming, voters, _needed(meeting, len(voters), world))


def voters_of(meeting: Meeting, world: World) -> tuple[UserId, ...]:
    """Each once, as they are listed: people whose voting role was named by somebody."""
    named = (
        member.user
        for key in takes_part(meeting.groups, world)
        for member in world.members(key)
        if member.named and member.role in VOTING
    )
    return tuple(user for user in dict.fromkeys(named) if _here(user, world))


def substitutes(meeting: Meeting, rsvps: Iterable[Rsvp], world: World) -> dict[UserId, Standing]:
    """By who named one: what that one does for the quorum."""
    voters = frozenset(voters_of(meeting, world))
    taken: set[UserId] = set()
    found = {}
    for rsvp in sorted(rsvps, key=lambda rsvp: (rsvp.at, rsvp.user)):
        if rsvp.substitute is None or rsvp.answer in COMES:
            continue
        standing = _standing(meeting, rsvp, rsvp.substitute, voters, taken, world)
        if standing is Standing.COUNTS:
            taken.add(rsvp.substitute)
        found[rsvp.user] = standing
    return found


def _standing(
    meeting: Meeting,
    rsvp: Rsvp,
    substitute: UserId,
    voters: frozenset[UserId],
    taken: set[UserId],
    world: World,
) -> Standing:
    if rsvp.user not in voters:
        return Standing.FOR_NOBODY
    if not _here(substitute, world):
        return Standing.GONE
    if rsvp.at >= meeting.starts:
        return Standing.AFTER_THE_START
    if substitute in voters:
        return Standing.HAS_A_VOTE
    return Standing.STANDS_IN_ALREADY if substitute in taken else Standing.COUNTS


def _needed(meeting: Meeting, voters: int, world: World) -> int:
    """What the one group has set, else half of them rounded up."""
    group = world.groups.get(meeting.groups[0]) if len(meeting.groups) == 1 else None
    return (group.settings.quorum if group else 0) or (voters + 1) // 2


def _here(user: UserId, world: World) -> bool:
    person = world.people.get(user)
    return person is not None and not person.left and not person.bot
