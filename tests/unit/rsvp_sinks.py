"""The places where answers to meetings and their guests are shown, each by one line."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.meetings import Rsvp, RsvpAnswer
from bot.domain.outbox import Message
from bot.domain.quorum import Quorum, Standing
from bot.errors import Code, Conflict, NotFound
from bot.views import errors, guests, quorum_checks, rsvps
from bot.views.blocks import View
from tests.unit.hostile_world import Given
from tests.unit.meeting_sinks import upcoming
from tests.unit.screens import CHAIR, NOW, OWNER

QUORUM = Quorum((OWNER,), (OWNER, CHAIR), 2)


def _answered(it: Given) -> Message:
    no = Rsvp(OWNER, RsvpAnswer.NO, NOW, CHAIR)
    return rsvps.answered(
        upcoming(it).meeting, no, QUORUM, it.world, OWNER, "r", standing=Standing.HAS_A_VOTE
    )


def _replies(it: Given) -> Message:
    given = (Rsvp(OWNER, RsvpAnswer.NO, NOW, CHAIR), Rsvp(CHAIR, RsvpAnswer.YES, NOW))
    return rsvps.listing(upcoming(it).meeting, given, it.world, OWNER)


def _which(it: Given) -> Message:
    meeting = upcoming(it).meeting
    return rsvps.which((meeting, replace(meeting, title="Other")), "no", it.world, OWNER)


def _warning(it: Given) -> Message:
    person = it.world.people[CHAIR]
    silent = (OWNER, CHAIR)
    meeting = upcoming(it).meeting
    return quorum_checks.warning(meeting, QUORUM, silent, person, it.world, agenda=False)


def _settled(it: Given) -> Message:
    error = Conflict(Code.QUORUM_SETTLED, ref="MT-1", by=OWNER, why="")
    return errors.words(error, "", "/wg", it.world)


def _no_guest(it: Given) -> Message:
    error = NotFound(Code.NOT_A_GUEST, ref="MT-1", person=it.world.people[OWNER])
    return errors.words(error, f"remove {it.text} from MT-1", "/wg", it.world)


RSVP_SINKS: dict[str, Callable[[Given], Message | View | str]] = {
    "rsvp answered": _answered,
    "rsvp asked": lambda it: rsvps.question(upcoming(it).meeting, it.world, OWNER),
    "rsvp, which meeting": _which,
    "replies": _replies,
    "substitute form": lambda it: rsvps.substitute_form(
        upcoming(it).meeting, tuple(it.world.people.values()), it.world
    ),
    "quorum warning": _warning,
    "quorum chase": lambda it: quorum_checks.chase(upcoming(it).meeting, it.world.people[CHAIR]),
    "held anyway": lambda it: quorum_checks.held(upcoming(it).meeting, "Europe/Rome"),
    "held already": _settled,
    "guest invited": lambda it: guests.invited(
        upcoming(it).meeting, it.world.people[OWNER], CHAIR, it.world
    ),
    "guest let go": lambda it: guests.released(
        upcoming(it).meeting, it.world.people[OWNER], CHAIR, it.world
    ),
    "guest named": lambda it: guests.named_guest(
        upcoming(it).meeting, OWNER, it.world, changed=True, belongs=False
    ),
    "guest removed": lambda it: guests.removed_guest(upcoming(it).meeting, OWNER, it.world),
    "no guest": _no_guest,
}
