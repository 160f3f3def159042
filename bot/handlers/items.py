"""Actions: the words for them and what each does."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from bot.domain.due import iana_zone
from bot.domain.model import Item, Ref
from bot.errors import BadInput, Code, UserError
from bot.handlers import sentence
from bot.handlers.item_clicks import ItemClicks, open_add, show_details, show_history
from bot.handlers.item_forms import ItemForms
from bot.handlers.reading import FindZone, Reading
from bot.handlers.registry import ACTION, Clicked, Command, Invocation, Submitted
from bot.handlers.sentence import Said
from bot.services import items, receipts
from bot.services.access import Ask
from bot.services.inbox import Outcome, Reply, Silent
from bot.views import answers, errors
from bot.views.answers import Line
from bot.views.blocks import Id
from bot.views.dates import date_notes
from bot.views.item_forms import Draft


@dataclass(frozen=True, slots=True)
class Asked:
    """Ids, and the words after them."""

    refs: tuple[Ref, ...]
    rest: str
    reading: Reading


Change = Callable[[Ask, Ref, Asked], Item]


class ItemHandlers:
    def __init__(self, find_zone: FindZone = iana_zone) -> None:
        self._clicks = ItemClicks(find_zone)
        self._forms = ItemForms(find_zone)

    def clicks(self) -> Mapping[Id, Clicked]:
        return self._clicks.table()

    def forms(self) -> Mapping[Id, Submitted]:
        return self._forms.table()

    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            noun=ACTION,
            words=("add",),
            usage="action add <what> [@owner…] [by|due <when>] [for <group>] [needs <id>…]",
            says="Notes an action. Nothing after `add` opens a form.",
            parse=sentence.read_new,
            run=add,
            example="add Draft the shortlist @name by next Friday",
        )
        yield Command(
            noun=ACTION,
            words=("show",),
            usage="action <ID>",
            says="Shows one action in full.",
            parse=read_only_id,
            run=lambda ask, by, asked: show_details(ask, asked.refs[0]),
            example="EM-2",
        )
        for verb in VERBS:
            yield Command(
                noun=ACTION,
                words=(verb.word,),
                usage=f"action {verb.word} {verb.takes}",
                says=verb.says,
                parse=verb.parse,
                run=verb.run,
                example=verb.example,
            )
        yield Command(
            noun=ACTION,
            words=("history",),
            usage="action history <ID>",
            says="Shows every change: who, when, what.",
            parse=read_only_id,
            run=lambda ask, by, asked: show_history(ask, asked.refs[0]),
            example="history EM-2",
        )

    def captured(
        self, ask: Ask, by: Invocation, lines: tuple[str, ...], reading: Reading
    ) -> Outcome:
        """Lines of one message in a channel, each an action; the same message again makes none."""
        group = ask.group
        if group is None or group not in reading.active or not group.settings.capture:
            return Silent()
        known = items.captured(ask, by.quoted)
        if known is not None:
            return Reply(answers.already_recorded(known, ask.world, ask.now), private=False)
        if len(lines) == 1:
            outcome = add(ask, by, _required(lines[0], reading))
        else:
            outcome = _in_lines(ask, by, tuple(_capturing(ask, by, ln, reading) for ln in lines))
        if by.ts and isinstance(outcome, Reply) and not outcome.private:
            receipts.react(ask, by.ts)
        return outcome


def add(ask: Ask, by: Invocation, said: Said | None) -> Outcome:
    if said is None:
        return open_add(ask, by, Draft())
    item = items.add(ask, replace(said.new, source=by.quoted), anew=True).item
    days = None if said.when else ask.world.groups[item.group].settings.due_days
    notes = answers.assumptions(owner_said=said.owner_said, due_days=days)
    if said.when:
        notes += date_notes(item.due, said.when.notes)
    answer = answers.receipt if by.aloud else answers.added
    return Reply(answer(item, ask.world, ask.now, notes, ask.key), private=not by.aloud)


def _required(line: str, reading: Reading) -> Said:
    said = sentence.read_new(line, reading)
    if said is None:
        raise BadInput(Code.TEXT_EMPTY, "text")
    return said


def _capturing(ask: Ask, by: Invocation, line: str, reading: Reading) -> Line:
    def one() -> Line:
        new = replace(_required(line, reading).new, source=by.quoted)
        item = items.add(ask, new, anew=True).item
        return Line(answers.receipt(item, ask.world, ask.now).text)

    return _tried(ask, sentence.plain(line, reading), one)


def each(ask: Ask, by: Invocation, asked: Asked, word: str, change: Change) -> Outcome:
    """One id is answered or refused; of several each for itself."""
    if len(asked.refs) == 1:
        item = change(ask, asked.refs[0], asked)
        message = answers.changed(item, word, ask.world, ask.now, ask.key, asked.rest)
        return Reply(message, private=not by.aloud)

    def one(ref: Ref) -> Line:
        item = change(ask, ref, asked)
        return answers.line(item, word, ask.world, ask.now, asked.rest)

    return _in_lines(ask, by, tuple(_tried(ask, ref, partial(one, ref)) for ref in asked.refs))


def _tried(ask: Ask, name: str, work: Callable[[], Line]) -> Line:
    """A refusal undoes its own part and stops no other."""
    try:
        with ask.store.savepoint():
            return work()
    except UserError as error:
        return errors.refused(name, error, ask.world)


def _in_lines(ask: Ask, by: Invocation, lines: tuple[Line, ...]) -> Reply:
    """Before others only what was done; what was refused is for the asker."""
    taken = tuple(line for line in lines if not line.refused)
    if not (by.aloud and taken):
        return Reply(answers.several(lines, ask.key))
    refused = tuple(line for line in lines if line.refused)
    aside = answers.several(refused, "") if refused else None
    return Reply(answers.several(taken, ask.key), private=False, aside=aside)


@dataclass(frozen=True, slots=True)
class Verb:
    """A word that changes actions; `most` ids are taken, the rest of the line is its words."""

    word: str
    takes: str
    says: str
    change: Change
    example: str
    most: int | None = 1
    alone: bool = False
    """Nothing may follow the ids."""

    def parse(self, text: str, reading: Reading) -> Asked:
        refs, rest = sentence.read_ids(text, reading, self.most)
        if self.alone and rest:
            usage = f"action {self.word} {self.takes}"
            raise BadInput(Code.WRONG_WORDS, None, sentence.plain(rest, reading), usage=usage)
        return Asked(refs, rest, reading)

    def run(self, ask: Ask, by: Invocation, asked: Asked) -> Outcome:
        return each(ask, by, asked, self.word, self.change)


def read_only_id(text: str, reading: Reading) -> Asked:
    refs, rest = sentence.read_ids(text, reading, 1)
    if rest:
        raise BadInput(Code.WRONG_WORDS, None, sentence.plain(rest, reading), usage="action <ID>")
    return Asked(refs, "", reading)


def _words(asked: Asked) -> str:
    return sentence.plain(asked.rest, asked.reading).strip()


def _reason(asked: Asked) -> str:
    return sentence.without_because(_words(asked))


def _give(ask: Ask, ref: Ref, asked: Asked) -> Item:
    group = sentence.group_of(ref, asked.reading)
    return items.give(ask, ref, sentence.read_owners(asked.rest, asked.reading, group))


def _move(ask: Ask, ref: Ref, asked: Asked) -> Item:
    item = items.for_change(ask, ref)
    due, _, reason = sentence.read_move(asked.rest, asked.reading, ask.world.groups[item.group])
    return items.move(ask, ref, due, reason)


VERBS = (
    Verb(
        "done",
        "<ID>… [<note or link>]",
        "Closes it, with evidence if there is some.",
        lambda ask, ref, asked: items.done(ask, ref, _words(asked)),
        "done EM-2 https://example.org/report",
        most=None,
    ),
    Verb(
        "reopen",
        "<ID>",
        "Opens it again.",
        lambda ask, ref, asked: items.reopen(ask, ref),
        "reopen EM-2",
        most=None,
        alone=True,
    ),
    Verb(
        "drop",
        "<ID>… <reason>",
        "Ends it as won't do.",
        lambda ask, ref, asked: items.drop(ask, ref, _reason(asked)),
        "drop EM-2 covered by TR-4",
        most=None,
    ),
    Verb(
        "start",
        "<ID>",
        "Says that work has begun.",
        lambda ask, ref, asked: items.start(ask, ref),
        "start EM-2",
        most=None,
        alone=True,
    ),
    Verb(
        "block",
        "<ID> <why>",
        "Says what it waits for.",
        lambda ask, ref, asked: items.block(ask, ref, _reason(asked)),
        "block EM-2 no scans from site 3 yet",
    ),
    Verb(
        "unblock",
        "<ID>",
        "Says that it can go on.",
        lambda ask, ref, asked: items.unblock(ask, ref),
        "unblock EM-2",
        most=None,
        alone=True,
    ),
    Verb(
        "give",
        "<ID>… @person…",
        "Hands it over; the new owner is asked to accept.",
        _give,
        "give EM-2 @name",
        most=None,
    ),
    Verb(
        "accept",
        "<ID>",
        "Takes on what was given to you.",
        lambda ask, ref, asked: items.accept(ask, ref),
        "accept EM-2",
        most=None,
        alone=True,
    ),
    Verb(
        "decline",
        "<ID> <reason>",
        "Gives it back to the one who gave it.",
        lambda ask, ref, asked: items.decline(ask, ref, _reason(asked)),
        "decline EM-2 away until March",
    ),
    Verb(
        "move",
        "<ID>… <when> [because <reason>]",
        "Changes the due date; the old one and the reason are kept.",
        _move,
        "move EM-2 next Friday because the scans are late",
        most=None,
    ),
    Verb(
        "edit",
        "<ID> <new text>",
        "Changes the text.",
        lambda ask, ref, asked: items.edit(ask, ref, _words(asked)),
        "edit EM-2 Draft the shortlist of models",
    ),
    Verb(
        "note",
        "<ID> <text>",
        "Adds a comment.",
        lambda ask, ref, asked: items.note(ask, ref, _words(asked)),
        "note EM-2 waiting for site 3",
    ),
)
