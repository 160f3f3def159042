"""Who comes to a meeting: the words, buttons and form that answer it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.domain.meetings import RsvpAnswer
from bot.domain.model import Ref, UserId
from bot.errors import BadInput, Code
from bot.handlers import rsvp_words as words
from bot.handlers.registry import Click, Clicked, Command, Form, Invocation, Submitted
from bot.handlers.rsvp_words import Said
from bot.services import rsvps
from bot.services.access import Ask
from bot.services.inbox import OpenModal, Outcome, Reply
from bot.views import rsvps as view
from bot.views.blocks import Field, Id, parse_value

NOUN = "meeting"


class RsvpHandlers:
    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            NOUN, ("rsvp", "reply"), words.RSVP,
            "Says whether you come; a substitute counts if named before the start; `withdraw` "
            "takes the answer back",
            words.read_rsvp, answer, "rsvp MT-15 yes",
        )  # fmt: skip
        yield Command(
            NOUN, ("coming", "attending"), words.COMING, "The same in other words",
            words.read_coming, answer, "coming to MT-15",
        )  # fmt: skip
        yield Command(
            NOUN, ("not",), words.NOT_COMING, "The same in other words",
            words.read_not, answer, "not coming to MT-15",
        )  # fmt: skip
        yield Command(
            NOUN, ("replies", "rsvps"), words.REPLIES, "Shows who said what, to you alone",
            words.read_replies, lambda ask, by, ref: replies(ask, ref), "meeting replies MT-15",
        )  # fmt: skip

    def clicks(self) -> Mapping[Id, Clicked]:
        return {
            Id.RSVP_YES: _pressing(RsvpAnswer.YES),
            Id.RSVP_REMOTE: _pressing(RsvpAnswer.REMOTE),
            Id.RSVP_NO: _pressing(RsvpAnswer.NO),
            Id.RSVP_SUBSTITUTE: open_substitute,
        }

    def forms(self) -> Mapping[Id, Submitted]:
        return {Id.RSVP_SUBSTITUTED: substituted}


def answer(ask: Ask, by: Invocation, said: Said) -> Outcome:
    """Without an id the next meeting is meant, and asked about where it may be several."""
    ref = said.ref
    if ref is None:
        found = rsvps.next_to_answer(ask)
        if not found:
            return Reply(view.none_ahead(), rewrites=True)
        if len(found) > 1:
            return Reply(view.which(found, said.words, ask.world, ask.actor.user), rewrites=True)
        ref = found[0].ref
    if said.withdrawn:
        return _told(ask, rsvps.withdraw(ask, ref))
    if said.answer is None:
        meeting = rsvps.for_answer(ask, ref)
        return Reply(view.question(meeting, ask.world, ask.actor.user), rewrites=True)
    return _told(ask, rsvps.answer(ask, ref, said.answer, said.substitute))


def replies(ask: Ask, ref: Ref) -> Outcome:
    meeting, given = rsvps.replies(ask, ref)
    return Reply(view.listing(meeting, given, ask.world, ask.actor.user), rewrites=True)


def open_substitute(ask: Ask, click: Click) -> Outcome:
    meeting = rsvps.for_naming(ask, Ref(click.value.ref))
    form = view.substitute_form(meeting, rsvps.people(ask, meeting), ask.world)
    return OpenModal(form.payload)


def substituted(ask: Ask, form: Form) -> Outcome:
    ref, picked = Ref(parse_value(form.metadata).ref), form.get(Field.OWNER)
    if not picked:
        raise BadInput(Code.PERSON_NEEDED, Field.OWNER)
    return _told(ask, rsvps.answer(ask, ref, RsvpAnswer.NO, UserId(picked)))


def _pressing(said: RsvpAnswer) -> Callable[[Ask, Click], Outcome]:
    def press(ask: Ask, click: Click) -> Outcome:
        return _told(ask, rsvps.answer(ask, Ref(click.value.ref), said))

    return press


def _told(ask: Ask, done: rsvps.Answered) -> Reply:
    message = view.answered(
        done.meeting, done.rsvp, done.quorum, ask.world, ask.actor.user, ask.key,
        standing=done.standing, voter=done.voter, begun=done.meeting.starts <= ask.now,
        again=not done.changed,
    )  # fmt: skip
    return Reply(message, rewrites=True)
