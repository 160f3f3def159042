"""Decisions: the words for them, the lines that record them, and the form for an objection."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.domain import objections
from bot.domain.decisions import PREFIX, Decision, Objection
from bot.domain.due import read_when
from bot.domain.items import Source
from bot.domain.model import Ref
from bot.domain.notices import Holiday
from bot.errors import BadInput, Code
from bot.handlers import sentence
from bot.handlers.decision_words import DECIDE, Said, read_new
from bot.handlers.item_clicks import origin_of
from bot.handlers.meetings import Wanted, read_wanted
from bot.handlers.reading import Reading, reading_of
from bot.handlers.refs import read_ids
from bot.handlers.registry import CHAIR, Click, Clicked, Command, Form, Invocation, Submitted
from bot.handlers.tokens import plain, quoted
from bot.handlers.verbs import Told
from bot.services import decisions
from bot.services.access import Ask
from bot.services.inbox import OpenModal, Outcome, Reply
from bot.views import decision_answers as answers
from bot.views import decisions as view
from bot.views.answers import Line
from bot.views.blocks import Field, Id, parse_value

NOUN = "decision"
OBJECT, ADOPT = "object <ID> <why>", "decision adopt <ID>"
WITHDRAW, WINDOW = "decision withdraw <ID> [<why>]", "decision window <ID> [by <when>]"


@dataclass(frozen=True, slots=True)
class Asked:
    """One id, and the words after it."""

    ref: Ref
    rest: str
    reading: Reading

    @property
    def reason(self) -> str:
        return sentence.without_because(plain(self.rest, self.reading).strip())


class DecisionHandlers:
    """Also what takes the lines behind `DECISION:`."""

    def __init__(self, holiday: Holiday) -> None:
        self._holiday = holiday

    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            NOUN, ("decide",), DECIDE,
            "Records a decision; with `objections` it is proposed, and stands if nobody objects",
            read_new, self.decide,
            "decide All groups use one template review 4 Feb objections by 10 Dec",
        )  # fmt: skip
        yield Command(
            NOUN, ("decisions", "list"), "decisions [<group>|all]", "Lists what was decided",
            read_wanted, lambda ask, by, wanted: listed(ask, wanted), "decisions",
        )  # fmt: skip
        yield Command(
            NOUN, ("show",), "decision <ID>", "Shows one decision, and who objects",
            _alone("decision <ID>"), lambda ask, by, asked: show(ask, asked.ref), "DC-1",
        )  # fmt: skip
        yield Command(
            NOUN, ("object",), OBJECT, "Says what speaks against a proposed decision",
            _one(OBJECT), object_to, "object DC-1 it leaves out the carers",
        )  # fmt: skip
        yield Command(
            NOUN, ("adopt",), ADOPT, "Adopts a decision in spite of objections",
            _alone(ADOPT), adopt, "adopt DC-1", CHAIR,
        )  # fmt: skip
        yield Command(
            NOUN, ("withdraw",), WITHDRAW, "Takes a proposal back, or ends a decision",
            _one(WITHDRAW), withdraw, "withdraw DC-1 covered by DC-4",
        )  # fmt: skip
        yield Command(
            NOUN, ("window",), WINDOW, "Gives everybody time anew to object",
            _one(WINDOW), self.reopen, "window DC-1 by 18 Dec", CHAIR,
        )  # fmt: skip

    def clicks(self) -> Mapping[Id, Clicked]:
        return {Id.DECISION_OBJECT: open_objection}

    def forms(self) -> Mapping[Id, Submitted]:
        return {Id.DECISION_OBJECTED: objected}

    def decide(self, ask: Ask, by: Invocation, said: Said) -> Outcome:
        made = self.add(ask, by, said, anew=True)
        notes = self.notes(said)
        message = answers.answer(made.decision, ask.world, notes, ask.key)
        return Reply(message, private=not by.aloud, about=frozenset({made.decision.group}))

    def known(self, ask: Ask, source: Source | None) -> Reply | None:
        known = decisions.captured(ask, source)
        if known is None:
            return None
        message = answers.answer(known, ask.world, again=True)
        return Reply(message, private=False, about=frozenset({known.group}))

    def alone(self, ask: Ask, by: Invocation, line: str, reading: Reading) -> Outcome:
        return self.decide(ask, by, read_new(line, reading))

    def among(self, ask: Ask, by: Invocation, line: str, reading: Reading) -> Told:
        made = self.add(ask, by, read_new(line, reading), anew=True).decision
        return Told(Line(answers.answer(made, ask.world).text), made.group)

    def add(self, ask: Ask, by: Invocation, said: Said, *, anew: bool) -> decisions.Added:
        new = replace(said.new, source=quoted(by.quoted, reading_of(ask)))
        if said.open_ and new.objections_by is None:
            group = ask.world.groups[new.group]
            usual = objections.usual(ask.world, group, self._holiday, ask.now)
            new = replace(new, objections_by=usual)
        with _typed(said.typed):
            return decisions.add(ask, new, self._holiday, anew=anew)

    def notes(self, said: Said) -> tuple[str, ...]:
        if said.open_ and not said.typed:
            return ("No day said for objections: ten days, and two working days for everybody.",)
        return ()

    def reopen(self, ask: Ask, by: Invocation, asked: Asked) -> Outcome:
        decision = decisions.find(ask, asked.ref)
        day: date | None = None
        if asked.rest:
            dates = asked.reading.dates(ask.world.groups[decision.group], asked.rest)
            day = read_when(asked.rest, dates).day
        with _typed(asked.rest):
            after = decisions.reopen(ask, asked.ref, day, self._holiday)
        return _told(ask, by, after)


def listed(ask: Ask, wanted: Wanted) -> Outcome:
    if wanted.group is not None:
        found = decisions.listed(ask, [wanted.group])
        message = view.listing(found, ask.world, f"{wanted.group.short}: decisions")
        return Reply(message, rewrites=True)
    if wanted.everything:
        found, title = decisions.listed(ask), "All decisions"
    else:
        found, title = decisions.mine(ask), "Decisions of your groups"
    return Reply(view.listing(found, ask.world, title, several=True), rewrites=True)


def show(ask: Ask, ref: Ref) -> Outcome:
    decision = decisions.find(ask, ref)
    return Reply(view.detail(decision, ask.world, decisions.offers(ask, decision)), rewrites=True)


def object_to(ask: Ask, by: Invocation, asked: Asked) -> Outcome:
    return _objected(ask, by, asked.ref, asked.reason)


def adopt(ask: Ask, by: Invocation, asked: Asked) -> Outcome:
    return _told(ask, by, decisions.adopt(ask, asked.ref))


def withdraw(ask: Ask, by: Invocation, asked: Asked) -> Outcome:
    return _told(ask, by, decisions.withdraw(ask, asked.ref, asked.reason))


def open_objection(ask: Ask, click: Click) -> Outcome:
    decision = decisions.for_objection(ask, Ref(click.value.ref))
    return OpenModal(answers.object_form(decision, origin_of(click.by)).payload)


def objected(ask: Ask, form: Form) -> Outcome:
    ref = Ref(parse_value(form.metadata).ref)
    return _objected(ask, form.by, ref, form.get(Field.REASON))


def _objected(ask: Ask, by: Invocation, ref: Ref, why: str) -> Reply:
    known = decisions.for_objection(ask, ref).objections
    before = next((one for one in known if one.by == ask.actor.user), None)
    return _told(ask, by, decisions.object_to(ask, ref, why), before)


def _told(ask: Ask, by: Invocation, decision: Decision, before: Objection | None = None) -> Reply:
    """Before others without what only some of them may do."""
    offers = view.Offers() if by.aloud else decisions.offers(ask, decision)
    message = answers.changed(decision, ask.world, offers, before)
    return Reply(message, private=not by.aloud, about=frozenset({decision.group}))


@contextmanager
def _typed(words: str) -> Iterator[None]:
    """A window refused names the words to be replaced."""
    try:
        yield
    except BadInput as error:
        if error.code is not Code.WINDOW_SHORT or not words:
            raise
        raise BadInput(error.code, error.field, words, **error.facts) from error


def _one(usage: str) -> Callable[[str, Reading], Asked]:
    def parse(text: str, reading: Reading) -> Asked:
        refs, rest = read_ids(text, reading, 1)
        if not refs[0].startswith(f"{PREFIX}-"):
            raise BadInput(Code.WRONG_WORDS, None, plain(refs[0], reading), usage=usage)
        return Asked(refs[0], rest, reading)

    return parse


def _alone(usage: str) -> Callable[[str, Reading], Asked]:
    def parse(text: str, reading: Reading) -> Asked:
        asked = _one(usage)(text, reading)
        if asked.rest.strip(" .!?"):
            raise BadInput(Code.WRONG_WORDS, None, plain(asked.rest, reading), usage=usage)
        return asked

    return parse
