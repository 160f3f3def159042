"""What taking part in a meeting takes: what people need, their travel, the link to join by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.meetings import PREFIX
from bot.domain.model import Ref
from bot.errors import BadInput, Code
from bot.handlers.reading import Reading
from bot.handlers.refs import read_ids
from bot.handlers.registry import CHAIR, Clicked, Command, Form, Invocation, Submitted
from bot.handlers.tokens import plain, tidy
from bot.services import access_needs, meeting_links, travels
from bot.services.access import Ask
from bot.services.inbox import OpenModal, Outcome, Reply
from bot.views import access_needs as view
from bot.views import meeting_answers
from bot.views import travels as travel_view
from bot.views.blocks import Field, Id, parse_value

NOUN = "meeting"
NEEDS = "meeting needs <ID> [all]"
TRAVEL = "meeting travel <ID> [yes|no]"
LINK = "meeting link <ID> <link>|none [all]"
EVERYBODY = "all"
_YES = frozenset({"yes", "y", "booked", "done", "yes booked"})
_NO = frozenset({"no", "n", "not yet", "not booked", "no not yet"})


@dataclass(frozen=True, slots=True)
class Said:
    ref: Ref
    words: str


class TakingPartHandlers:
    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            NOUN, ("needs",), NEEDS,
            "Opens a private form for what you need to take part (access, diet): read by "
            "coordinators only, erased a month after; `all` shows it to them",
            lambda text, reading: _read(text, reading, NEEDS), needs, "meeting needs MT-30",
        )  # fmt: skip
        yield Command(
            NOUN, ("travel",), TRAVEL,
            "Says whether your travel is booked; others see only how many",
            lambda text, reading: _read(text, reading, TRAVEL), travel, "travel MT-30 yes",
        )  # fmt: skip
        yield Command(
            NOUN, ("link",), LINK,
            "Sets where it is joined by video, with `all` for the rest of its series too; who "
            "comes gets it the day before and at the start",
            lambda text, reading: _read(text, reading, LINK), link,
            "meeting link MT-15 https://example.org/room", CHAIR,
        )  # fmt: skip

    def clicks(self) -> Mapping[Id, Clicked]:
        return {}

    def forms(self) -> Mapping[Id, Submitted]:
        return {Id.NEEDS_FORM: submitted}


def _read(text: str, reading: Reading, usage: str) -> Said:
    refs, rest = read_ids(text, reading, 1)
    if not refs[0].startswith(f"{PREFIX}-"):
        raise BadInput(Code.WRONG_WORDS, None, plain(refs[0], reading), usage=usage)
    return Said(refs[0], plain(tidy(rest), reading).strip())


def needs(ask: Ask, by: Invocation, said: Said) -> Outcome:
    """What was typed goes into the form, or nowhere: no message repeats it."""
    everybody = said.words.casefold() == EVERYBODY
    found = (access_needs.listed if everybody else access_needs.opened)(ask, said.ref)
    own = said.words.casefold() == view.MINE
    words = "" if own else said.words
    if found.everybody is not None and (everybody or not said.words):
        if found.erased:
            return Reply(view.erased(found.meeting), rewrites=True)
        if by.trigger is None:
            return Reply(view.counted(found.meeting, found.everybody), rewrites=True)
        return OpenModal(view.listing(found.meeting, found.everybody, ask.world).payload)
    if by.trigger is None:
        return Reply(view.offered(found.meeting, words=bool(words)), rewrites=True)
    return OpenModal(view.form(found.meeting, found.mine, words).payload)


def submitted(ask: Ask, form: Form) -> Outcome:
    ref = Ref(parse_value(form.metadata).ref)
    done = access_needs.save(ask, ref, form.get(Field.ACCESS), form.get(Field.DIET))
    return Reply(view.saved(done.meeting))


def travel(ask: Ask, by: Invocation, said: Said) -> Outcome:
    word = said.words.casefold().strip(" .!,").replace(",", "")
    if not word:
        told = travels.opened(ask, said.ref)
    elif word in _YES | _NO:
        told = travels.say(ask, said.ref, booked=word in _YES)
    else:
        raise BadInput(Code.WRONG_WORDS, None, said.words, usage=TRAVEL)
    message = travel_view.travel(told.meeting, told.mine, told.booked, told.coming, told.invited)
    return Reply(message, rewrites=True)


def link(ask: Ask, by: Invocation, said: Said) -> Outcome:
    words = said.words.split()
    rest = len(words) > 1 and words[-1].casefold() == "all"
    url = " ".join(words[:-1] if rest else words)
    if not url:
        raise BadInput(Code.WRONG_WORDS, None, usage=LINK)
    done = meeting_links.set_link(ask, said.ref, "" if url.casefold() == "none" else url, rest=rest)
    message = meeting_answers.linked(done.meeting, done.more, ask.key, changed=done.changed)
    return Reply(message)
