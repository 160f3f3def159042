"""The words that change actions which are there, each by their ids."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot.domain.items import Item
from bot.domain.model import GroupKey, Ref
from bot.errors import BadInput, Code, UserError
from bot.handlers import sentence
from bot.handlers.reading import Reading
from bot.handlers.refs import read_ids
from bot.handlers.registry import Invocation
from bot.handlers.tokens import plain
from bot.services import chains, items
from bot.services.access import Ask
from bot.services.inbox import Outcome, Reply
from bot.telemetry import get_logger
from bot.views import answers, deadline_answers, errors
from bot.views.answers import Line
from bot.views.text import plain as safe

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one of several; `group` None: it was refused."""

    line: Line
    group: GroupKey | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Ids, and the words after them."""

    refs: tuple[Ref, ...]
    rest: str
    reading: Reading


Change = Callable[[Ask, Ref, Asked], Item]


def each(ask: Ask, by: Invocation, asked: Asked, word: str, change: Change) -> Outcome:
    """One id is answered or refused; of several each for itself."""
    if len(asked.refs) == 1:
        item = change(ask, asked.refs[0], asked)
        notes = consequences(ask, item, word)
        within = () if by.aloud else notes
        message = answers.changed(item, word, ask.world, ask.now, ask.key, asked.rest, within)
        aside = answers.several((apart(item, notes),), "") if by.aloud and notes else None
        return Reply(message, private=not by.aloud, about=frozenset({item.group}), aside=aside)
    noted: list[Told] = []

    def one(ref: Ref) -> Told:
        item = change(ask, ref, asked)
        notes = consequences(ask, item, word)
        noted.extend([Told(apart(item, notes))] if notes else [])
        return Told(answers.line(item, word, ask.world, ask.now, asked.rest), item.group)

    told = tuple(tried(ask, ref, partial(one, ref)) for ref in asked.refs)
    return in_lines(ask, by, (*told, *noted))


def consequences(ask: Ask, item: Item, word: str) -> tuple[str, ...]:
    """What its date means for others: of other groups too, so for the asker alone."""
    if word not in ("add", "move") or (word == "add" and not item.needs):
        return ()
    late = chains.late_needs(ask.store, item.ref)
    moved = word == "move"
    hits = chains.slipped(ask.store, item.ref, item.moves[-1].old) if moved else ()
    return deadline_answers.consequences(late, hits, ask.world)


def apart(item: Item, notes: tuple[str, ...]) -> Line:
    return Line(" ".join([f"About {item.ref}:", *map(safe, notes)]))


def tried(ask: Ask, name: str, work: Callable[[], Told]) -> Told:
    """A refusal undoes its own part and stops no other."""
    try:
        with ask.store.savepoint():
            return work()
    except UserError as error:
        log.info("request.refused", **error.named)
        return Told(errors.refused(name, error, ask.world))


def in_lines(ask: Ask, by: Invocation, told: tuple[Told, ...]) -> Reply:
    """Before others only what was done in their group; the rest is for the asker."""
    here = ask.group.key if ask.group else None
    aloud = tuple(one.line for one in told if one.group is not None and one.group == here)
    if not (by.aloud and here and aloud):
        return Reply(answers.several(tuple(one.line for one in told), ask.key))
    rest = tuple(one.line for one in told if one.group != here)
    aside = answers.several(rest, "") if rest else None
    message = answers.several(aloud, ask.key)
    return Reply(message, private=False, about=frozenset({here}), aside=aside)


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
        refs, rest = read_ids(text, reading, self.most)
        if self.alone and rest:
            usage = f"action {self.word} {self.takes}"
            raise BadInput(Code.WRONG_WORDS, None, plain(rest, reading), usage=usage)
        return Asked(refs, rest, reading)

    def run(self, ask: Ask, by: Invocation, asked: Asked) -> Outcome:
        return each(ask, by, asked, self.word, self.change)


def read_only_id(text: str, reading: Reading) -> Asked:
    refs, rest = read_ids(text, reading, 1)
    if rest:
        raise BadInput(Code.WRONG_WORDS, None, plain(rest, reading), usage="action <ID>")
    return Asked(refs, "", reading)


def _words(asked: Asked) -> str:
    return plain(asked.rest, asked.reading).strip()


def _reason(asked: Asked) -> str:
    return sentence.without_because(_words(asked))


def _give(ask: Ask, ref: Ref, asked: Asked) -> Item:
    group = sentence.group_of(ref, asked.reading)
    return items.give(ask, ref, sentence.read_owners(asked.rest, asked.reading, group))


def _move(ask: Ask, ref: Ref, asked: Asked) -> Item:
    item = items.for_change(ask, ref)
    due, _, reason = sentence.read_move(asked.rest, asked.reading, ask.world.groups[item.group])
    return items.move(ask, ref, due, reason)


def _evidence(asked: Asked) -> str:
    """`done EM-2!` says nothing more than `done EM-2`."""
    words = _words(asked)
    return words if any(letter.isalnum() for letter in words) else ""


VERBS = (
    Verb(
        "done",
        "<ID>… [<note or link>]",
        "Closes it, with evidence if there is some",
        lambda ask, ref, asked: items.done(ask, ref, _evidence(asked)),
        "done EM-2 https://example.org/report",
        most=None,
    ),
    Verb(
        "reopen",
        "<ID>",
        "Opens it again",
        lambda ask, ref, asked: items.reopen(ask, ref),
        "reopen EM-2",
        most=None,
        alone=True,
    ),
    Verb(
        "drop",
        "<ID>… <reason>",
        "Ends it as won't do",
        lambda ask, ref, asked: items.drop(ask, ref, _reason(asked)),
        "drop EM-2 covered by TR-4",
        most=None,
    ),
    Verb(
        "start",
        "<ID>",
        "Says that work has begun",
        lambda ask, ref, asked: items.start(ask, ref),
        "start EM-2",
        most=None,
        alone=True,
    ),
    Verb(
        "block",
        "<ID> <why>",
        "Says what it waits for",
        lambda ask, ref, asked: items.block(ask, ref, _reason(asked)),
        "block EM-2 no scans from site 3 yet",
    ),
    Verb(
        "unblock",
        "<ID>",
        "Says that it can go on",
        lambda ask, ref, asked: items.unblock(ask, ref),
        "unblock EM-2",
        most=None,
        alone=True,
    ),
    Verb(
        "give",
        "<ID>… @person…",
        "Hands it over; the new owner is asked to accept",
        _give,
        "give EM-2 @name",
        most=None,
    ),
    Verb(
        "accept",
        "<ID>",
        "Takes on what was given to you",
        lambda ask, ref, asked: items.accept(ask, ref),
        "accept EM-2",
        most=None,
        alone=True,
    ),
    Verb(
        "decline",
        "<ID> <reason>",
        "Gives it back to the one who gave it",
        lambda ask, ref, asked: items.decline(ask, ref, _reason(asked)),
        "decline EM-2 away until March",
    ),
    Verb(
        "move",
        "<ID>… <when> [because <reason>]",
        "Changes the due date; the old one and the reason are kept",
        _move,
        "move EM-2 next Friday because the scans are late",
        most=None,
    ),
    Verb(
        "edit",
        "<ID> <new text>",
        "Changes the text",
        lambda ask, ref, asked: items.edit(ask, ref, _words(asked)),
        "edit EM-2 Draft the shortlist of models",
    ),
    Verb(
        "note",
        "<ID> <text>",
        "Adds a comment",
        lambda ask, ref, asked: items.note(ask, ref, _words(asked)),
        "note EM-2 waiting for site 3",
    ),
)
