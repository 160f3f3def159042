"""How many come, in words: the same wherever a meeting is shown."""

from collections.abc import Iterable

from bot.domain.meetings import Meeting, Rsvp, RsvpAnswer
from bot.domain.model import World
from bot.domain.quorum import Quorum, quorum_of

_COUNTED = {RsvpAnswer.YES: "yes", RsvpAnswer.REMOTE: "remote", RsvpAnswer.NO: "no"}


def replies(meeting: Meeting, rsvps: Iterable[Rsvp], world: World) -> str:
    """Such as "6 yes, 2 remote, 1 no; quorum 5 of 9 reached"; the quorum while it is ahead."""
    known = tuple(rsvps)
    quorum = quorum_of(meeting, known, world) if meeting.state.ahead else None
    return counted(known, quorum)


def counted(rsvps: Iterable[Rsvp], quorum: Quorum | None) -> str:
    given = [rsvp.answer for rsvp in rsvps]
    said = ", ".join(f"{given.count(answer)} {word}" for answer, word in _COUNTED.items())
    words = said if given else "no replies yet"
    return f"{words}; {short(quorum)}" if quorum is not None and quorum.voters else words


def short(quorum: Quorum) -> str:
    """Such as "quorum 5 of 9 reached"."""
    reached = "reached" if quorum.reached else "not reached"
    return f"quorum {quorum.needed} of {len(quorum.voters)} {reached}"


def sentence(quorum: Quorum) -> str:
    """Such as "6 of 9 voting people come, 5 are needed"."""
    comes = "comes" if len(quorum.coming) == 1 else "come"
    needed = "is" if quorum.needed == 1 else "are"
    return (
        f"{len(quorum.coming)} of {len(quorum.voters)} voting people {comes}, "
        f"{quorum.needed} {needed} needed"
    )
