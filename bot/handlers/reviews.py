"""Decisions that come back: the word, the button and the form that answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.domain.decisions import PREFIX, Decision
from bot.domain.due import read_when
from bot.domain.model import GroupKey, Ref
from bot.domain.outbox import Message
from bot.errors import BadInput, Code
from bot.handlers.item_clicks import origin_of
from bot.handlers.reading import Reading
from bot.handlers.refs import read_ids
from bot.handlers.registry import CHAIR, Click, Clicked, Command, Form, Invocation, Submitted
from bot.handlers.tokens import plain
from bot.services import reviews
from bot.services.access import Ask
from bot.services.inbox import OpenModal, Outcome, Reply
from bot.views import reviews as view
from bot.views.blocks import Field, Id, parse_value

REVIEW = "review <ID> <when>|none|agenda"
AGENDA = "agenda"
_NEVER = frozenset({"none", "never", "no"})


@dataclass(frozen=True, slots=True)
class Asked:
    ref: Ref
    words: str
    reading: Reading


class ReviewHandlers:
    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            "decision", ("review",), REVIEW,
            "Says when a decision comes back, or puts it on the next agenda",
            read_review, review, "review DC-1 4 Feb", CHAIR,
        )  # fmt: skip

    def clicks(self) -> Mapping[Id, Clicked]:
        return {Id.DECISION_KEEP: open_keeping}

    def forms(self) -> Mapping[Id, Submitted]:
        return {Id.DECISION_KEPT: kept}


def read_review(text: str, reading: Reading) -> Asked:
    refs, rest = read_ids(text, reading, 1)
    if not refs[0].startswith(f"{PREFIX}-") or not rest:
        raise BadInput(Code.WRONG_WORDS, None, plain(rest or refs[0], reading), usage=REVIEW)
    return Asked(refs[0], rest.strip(" .!?"), reading)


def review(ask: Ask, by: Invocation, asked: Asked) -> Outcome:
    decision = reviews.for_review(ask, asked.ref)
    word = asked.words.casefold()
    if word.removeprefix("on ").removeprefix("the ") == AGENDA:
        put = reviews.put_on_agenda(ask, asked.ref)
        return _told(by, decision, view.on_agenda(decision, put.meeting, again=put.again))
    day: date | None = None
    if word not in _NEVER:
        dates = asked.reading.dates(ask.world.groups[decision.group], asked.words)
        day = read_when(asked.words, dates).day
    return _told(by, decision, view.kept(reviews.keep(ask, asked.ref, day)))


def open_keeping(ask: Ask, click: Click) -> Outcome:
    decision = reviews.for_review(ask, Ref(click.value.ref))
    return OpenModal(view.keep_form(decision, origin_of(click.by)).payload)


def kept(ask: Ask, form: Form) -> Outcome:
    ref = Ref(parse_value(form.metadata).ref)
    picked = form.get(Field.DUE)
    day = date.fromisoformat(picked) if picked else None
    decision = reviews.keep(ask, ref, day)
    return _told(form.by, decision, view.kept(decision))


def _told(by: Invocation, decision: Decision, message: Message) -> Reply:
    return Reply(message, private=not by.aloud, about=frozenset({GroupKey(decision.group)}))
