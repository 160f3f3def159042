"""Actions: the words for them and what each does."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.domain.due import iana_zone
from bot.domain.items import Source
from bot.errors import BadInput, Code
from bot.handlers import sentence
from bot.handlers.item_clicks import ItemClicks, open_add, show_details, show_history
from bot.handlers.item_forms import ItemForms
from bot.handlers.reading import FindZone, Reading, reading_of
from bot.handlers.registry import ACTION, Clicked, Command, Invocation, Submitted
from bot.handlers.sentence import Said
from bot.handlers.tokens import quoted
from bot.handlers.verbs import VERBS, Told, apart, consequences, read_only_id
from bot.services import items
from bot.services.access import Ask
from bot.services.inbox import Outcome, Reply
from bot.views import answers
from bot.views.answers import Line
from bot.views.blocks import Id
from bot.views.dates import date_notes
from bot.views.item_forms import Draft


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
            says="Notes an action. Nothing after `add` opens a form",
            parse=sentence.read_new,
            run=add,
            example="add Draft the shortlist @name by next Friday",
        )
        yield Command(
            noun=ACTION,
            words=("show",),
            usage="action <ID>",
            says="Shows one action in full",
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
            says="Shows every change: who, when, what",
            parse=read_only_id,
            run=lambda ask, by, asked: show_history(ask, asked.refs[0]),
            example="history EM-2",
        )


class ItemTaker:
    """`ACTION: …`."""

    def known(self, ask: Ask, source: Source | None) -> Reply | None:
        known = items.captured(ask, source)
        if known is None:
            return None
        said = answers.already_recorded(known, ask.world, ask.now)
        return Reply(said, private=False, about=frozenset({known.group}))

    def alone(self, ask: Ask, by: Invocation, line: str, reading: Reading) -> Outcome:
        return add(ask, by, _required(line, reading))

    def among(self, ask: Ask, by: Invocation, line: str, reading: Reading) -> Told:
        new = replace(_required(line, reading).new, source=quoted(by.quoted, reading))
        item = items.add(ask, new, anew=True).item
        return Told(Line(answers.receipt(item, ask.world, ask.now).text), item.group)


def add(ask: Ask, by: Invocation, said: Said | None) -> Outcome:
    if said is None:
        return open_add(ask, by, Draft())
    source = quoted(by.quoted, reading_of(ask))
    item = items.add(ask, replace(said.new, source=source), anew=True).item
    days = None if said.when else ask.world.groups[item.group].settings.due_days
    notes = answers.assumptions(owner_said=said.owner_said, due_days=days)
    if said.when:
        notes += date_notes(item.due, said.when.notes)
    late = consequences(ask, item, "add")
    notes += () if by.aloud else late
    answer = answers.receipt if by.aloud else answers.added
    message = answer(item, ask.world, ask.now, notes, ask.key)
    aside = answers.several((apart(item, late),), "") if by.aloud and late else None
    return Reply(message, private=not by.aloud, about=frozenset({item.group}), aside=aside)


def _required(line: str, reading: Reading) -> Said:
    said = sentence.read_new(line, reading)
    if said is None:
        raise BadInput(Code.TEXT_EMPTY, "text")
    return said
