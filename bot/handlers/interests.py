"""Declarations of interest, and who steps out of which item of an agenda."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.meetings import PREFIX
from bot.domain.model import Ref, UserId
from bot.errors import BadInput, Code
from bot.handlers import sentence
from bot.handlers.reading import Reading
from bot.handlers.refs import read_ids
from bot.handlers.registry import CHAIR, Clicked, Command, Form, Invocation, Submitted
from bot.handlers.tokens import plain, tidy
from bot.services import interests, stepping_out
from bot.services.access import Ask
from bot.services.inbox import OpenModal, Outcome, Reply
from bot.views import interests as view
from bot.views.blocks import Field, Id

DECLARE = "declare [<link>|none|same]"
STEP_OUT = "meeting stepout <ID> <number on the agenda> @person…"
STAY = "meeting stay <ID> <number on the agenda> @person…"
_NONE = frozenset({"none", "nothing", "no", "no interests"})
_SAME = frozenset({"same", "unchanged", "still right", "renew", "again"})
_NUMBER = re.compile(r"(?:item\s+|no\.?\s*|#)?(\d{1,3})[.:,]?(?:\s+|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stepping:
    ref: Ref
    n: int
    users: tuple[UserId, ...]


class InterestHandlers:
    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            "", ("declare",), DECLARE,
            "Declares your interests for twelve months: a link, `none`, or `same` as before.",
            read_declaration, declare, "declare none",
        )  # fmt: skip
        yield Command(
            "meeting", ("stepout",), STEP_OUT,
            "Has somebody step out of one item for their interests: told privately, and said in "
            "the minutes.",
            lambda text, reading: read_stepping(text, reading, STEP_OUT), step_out,
            "meeting stepout MT-16 3 @name", CHAIR,
        )  # fmt: skip
        yield Command(
            "meeting", ("stay",), STAY, "Has them stay for it after all.",
            lambda text, reading: read_stepping(text, reading, STAY), stay,
            "meeting stay MT-16 3 @name", CHAIR,
        )  # fmt: skip

    def clicks(self) -> Mapping[Id, Clicked]:
        return {}

    def forms(self) -> Mapping[Id, Submitted]:
        return {Id.INTERESTS_FORM: submitted}


def read_declaration(line: str, reading: Reading) -> str:
    return plain(tidy(line), reading).strip().rstrip(" .!")


def declare(ask: Ask, by: Invocation, said: str) -> Outcome:
    """Nothing after it opens the form, where one can open."""
    word = said.casefold()
    if not said:
        if by.trigger is not None:
            return OpenModal(view.form(ask.actor).payload)
        return Reply(view.standing(ask.actor), rewrites=True)
    if word in _SAME:
        return Reply(view.declared(interests.confirm(ask)), rewrites=True)
    return Reply(view.declared(interests.declare(ask, "" if word in _NONE else said)))


def submitted(ask: Ask, form: Form) -> Outcome:
    return Reply(view.declared(interests.declare(ask, form.get(Field.DECLARATION))))


def read_stepping(text: str, reading: Reading, usage: str) -> Stepping:
    refs, rest = read_ids(text, reading, 1)
    number = _NUMBER.match(rest)
    users, left = sentence.people_in(rest[number.end() :] if number else rest, reading)
    if not refs[0].startswith(f"{PREFIX}-") or number is None or not users or left.strip(" ,.:"):
        raise BadInput(Code.WRONG_WORDS, None, plain(text, reading), usage=usage)
    return Stepping(refs[0], int(number[1]), users)


def step_out(ask: Ask, by: Invocation, said: Stepping) -> Outcome:
    done = stepping_out.step_out(ask, said.ref, said.n, said.users)
    return Reply(view.stepped_out(done.meeting, done.item.topic, done.users, ask.world))


def stay(ask: Ask, by: Invocation, said: Stepping) -> Outcome:
    done = stepping_out.stay(ask, said.ref, said.n, said.users)
    return Reply(view.stays(done.meeting, done.item.topic, done.users, ask.world))
