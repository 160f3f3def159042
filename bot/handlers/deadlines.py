"""Deadlines: the words for them and what each does."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.domain.due import iana_zone
from bot.domain.items import Source
from bot.domain.model import Ref
from bot.errors import BadInput, Code
from bot.handlers.deadline_forms import DeadlineForms, open_add
from bot.handlers.deadline_verbs import NOUN, VERBS, answered, read_id
from bot.handlers.deadline_words import ADD, Said, read_new
from bot.handlers.meetings import Wanted, read_wanted
from bot.handlers.reading import FindZone, Reading, due_of
from bot.handlers.registry import Clicked, Command, Invocation, Submitted
from bot.handlers.tokens import plain
from bot.handlers.verbs import Told
from bot.services import deadlines
from bot.services.access import Ask
from bot.services.inbox import Outcome, Reply
from bot.views import deadline_answers as answers
from bot.views import deadlines as view
from bot.views import history
from bot.views.answers import Line
from bot.views.dates import date_notes
from bot.views.deadline_forms import DeadlineDraft
from bot.views.ids import Id

NO_TIME = "A deadline has a day and no time."


class DeadlineHandlers:
    def __init__(self, find_zone: FindZone = iana_zone) -> None:
        self._forms = DeadlineForms(find_zone)

    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            noun=NOUN,
            words=("add",),
            usage=ADD,
            says="Notes a date to be kept, for one group, several or all. "
            "Nothing after `add` opens a form",
            parse=read_new,
            run=add,
            example="deadline add Abstracts in by 15 Jan for models and trials",
        )
        yield Command(
            noun=NOUN,
            words=("list",),
            usage="deadline list [<group>|all]",
            says="Lists the open deadlines, how often each moved and by how much",
            parse=read_wanted,
            run=lambda ask, by, wanted: listed(ask, wanted),
            example="deadline list all",
        )
        yield Command(
            noun=NOUN,
            words=("show",),
            usage="deadline <ID>",
            says="Shows one deadline: what it waits for, and when it can be met",
            parse=_only_id("deadline <ID>"),
            run=lambda ask, by, ref: show(ask, ref),
            example="DL-4",
        )
        for verb in VERBS:
            yield verb.command()
        yield Command(
            noun=NOUN,
            words=("history",),
            usage="deadline history <ID>",
            says="Shows every change: who, when, what",
            parse=_only_id("deadline history <ID>"),
            run=lambda ask, by, ref: past(ask, ref),
            example="history DL-4",
        )

    def clicks(self) -> Mapping[Id, Clicked]:
        return self._forms.clicks()

    def forms(self) -> Mapping[Id, Submitted]:
        return self._forms.forms()


class DeadlineTaker:
    """`DEADLINE: …`; without a group said, for that of the channel."""

    def known(self, ask: Ask, source: Source | None) -> Reply | None:
        known = deadlines.captured(ask, source)
        if known is None:
            return None
        said = answers.already_recorded(known, ask.world)
        return Reply(said, private=False, about=frozenset(known.groups))

    def alone(self, ask: Ask, by: Invocation, line: str, reading: Reading) -> Outcome:
        return add(ask, by, _required(line, reading), by.quoted)

    def among(self, ask: Ask, by: Invocation, line: str, reading: Reading) -> Told:
        """Before others only what is the channel's group's own."""
        made = deadlines.add(ask, _required(line, reading).new, by.quoted).deadline
        said = answers.added(made, ask.world, aloud=True)
        return Told(Line(said.text), made.groups[0] if len(made.groups) == 1 else None)


def add(ask: Ask, by: Invocation, said: Said | None, source: Source | None = None) -> Outcome:
    if said is None:
        return open_add(ask, by, DeadlineDraft())
    told = deadlines.add(ask, said.new, source)
    notes = date_notes(due_of(said.when), said.when.notes)
    notes += (NO_TIME,) if said.when.time else ()
    notes += () if said.owner_said else ("No owner said, so it is yours.",)
    return answered(ask, by, "add", told, notes)


def listed(ask: Ask, wanted: Wanted) -> Outcome:
    if wanted.group is not None:
        found, title = deadlines.listed(ask, [wanted.group]), f"{wanted.group.short}: deadlines"
    elif wanted.everything:
        found, title = deadlines.listed(ask), "All deadlines"
    else:
        found, title = deadlines.mine(ask), "Deadlines of your groups"
    return Reply(view.listing(found, ask.world, ask.actor.user, ask.now, title), rewrites=True)


def show(ask: Ask, ref: Ref) -> Outcome:
    found = deadlines.opened(ask, ref)
    message = view.detail(
        found.deadline, found.needs, found.earliest, ask.world, ask.actor.user, ask.now
    )
    return Reply(message, rewrites=True)


def past(ask: Ask, ref: Ref) -> Outcome:
    deadline, changes = deadlines.history(ask, ref)
    message = history.history(deadline, changes, ask.world, ask.actor.user)
    return Reply(message, rewrites=True)


def _required(line: str, reading: Reading) -> Said:
    said = read_new(line, reading)
    if said is None:
        raise BadInput(Code.TEXT_EMPTY, "text", noun=NOUN)
    return said


def _only_id(usage: str) -> Callable[[str, Reading], Ref]:
    def parse(text: str, reading: Reading) -> Ref:
        ref, rest = read_id(text, reading, usage)
        if rest:
            raise BadInput(Code.WRONG_WORDS, None, plain(rest, reading), usage=usage)
        return ref

    return parse
