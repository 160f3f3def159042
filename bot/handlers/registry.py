"""What people can ask for, however they ask: one table of words behind every door."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Generic, Protocol, TypeVar

from bot.domain.items import Source
from bot.domain.model import RESERVED_PREFIXES, ChannelId, Ref, Role, UserId
from bot.errors import BadInput, Code
from bot.handlers import plain_words
from bot.handlers.reading import Reading
from bot.services.access import Ask
from bot.services.inbox import Outcome
from bot.views.blocks import Field, Id, Value
from bot.views.reports import HelpEntry

Args = TypeVar("Args")
ID = re.compile(r"([A-Za-z][A-Za-z0-9]{0,9}?)[- \u2010-\u2015]?0*([1-9][0-9]{0,8})")
_NOUN_OF = {"DL": "deadline", "MT": "meeting", "DC": "decision", "RK": "risk"}
ACTION = "action"
MEMBER, CHAIR, COORDINATOR = "member", "chair", "coordinator"
EVERYBODY = frozenset({MEMBER, CHAIR, COORDINATOR})
NEAREST = 3
LIKENESS, ALIKE = 0.4, 0.7
NEED_THEIR_NOUN = frozenset({"me"})
"""Nouns whose words mean nothing, or something else, without them."""
INSTEAD = {
    ("meeting", "done"): "meeting tick {ref} <number>, or meeting cancel {ref} <reason>",
    ("decision", "done"): "decision adopt {ref}",
}
"""What to type where a word does nothing to the noun of the id behind it."""
NEVER_GUESSED = frozenset({"cancel", "close", "drop", "erase", "merge", "remove"})
"""One press on a guess runs it: not what ends something."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """One gesture of one person, told the same way whatever door it came by.

    `source` and `key` name it as Slack does (platform.md 1.6). `ts` is the message that said it,
    `thread_ts` the thread that one is in. `command` is how the line began, for sentences.
    """

    source: str
    key: str
    actor: UserId
    channel: ChannelId
    text: str = ""
    alt: str | None = None
    noun: str = ""
    command: str = ""
    trigger: str | None = None
    ts: str | None = None
    thread_ts: str | None = None
    quoted: Source | None = None
    speaks: bool = False
    by_outbox: bool = False
    direct: bool = False
    mentioned: tuple[UserId, ...] = ()

    @property
    def addressed(self) -> bool:
        """Said to the bot, not only where it can hear it."""
        return self.direct or bool(self.command)

    @property
    def aloud(self) -> bool:
        """Said before others: what was changed is answered in the thread."""
        return self.by_outbox and not self.direct


@dataclass(frozen=True, slots=True)
class Click:
    """A button, option or pick: `value` is a hint only, `picked` what a select or picker gave.

    `block` is the block_id of the row, which carries what a picker cannot.
    """

    by: Invocation
    id: Id
    value: Value
    picked: str = ""
    block: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A submitted form: `metadata` is its private_metadata; lists of picks are in `picks`.

    Both go by a `Field`, of which several have what they are about behind it: `give#EM-2`.
    """

    by: Invocation
    id: Id
    metadata: str = ""
    fields: Mapping[Any, str] = field(default_factory=dict)
    picks: Mapping[Any, tuple[str, ...]] = field(default_factory=dict)

    def get(self, name: Field) -> str:
        return self.fields.get(name, "").strip()

    @property
    def people(self) -> tuple[UserId, ...]:
        return tuple(UserId(user) for user in self.picks.get(Field.OWNER, ()))


Clicked = Callable[[Ask, Click], Outcome]
Submitted = Callable[[Ask, Form], Outcome]


@dataclass(frozen=True, slots=True)
class Command(Generic[Args]):
    """`noun` is empty for the words of everyone; the first of `words` is the one in help."""

    noun: str
    words: tuple[str, ...]
    usage: str
    says: str
    parse: Callable[[str, Reading], Args]
    run: Callable[[Ask, Invocation, Args], Outcome]
    example: str = ""
    audience: str = MEMBER

    def __call__(self, ask: Ask, invocation: Invocation, rest: str, reading: Reading) -> Outcome:
        return self.run(ask, invocation, self.parse(rest, reading))

    @property
    def entry(self) -> HelpEntry:
        return HelpEntry(self.usage, self.says, self.example, self.audience)


class Feature(Protocol):
    """What every class of handlers offers."""

    def commands(self) -> Iterable[Command[Any]]: ...
    def clicks(self) -> Mapping[Id, Clicked]: ...
    def forms(self) -> Mapping[Id, Submitted]: ...


@dataclass(frozen=True, slots=True)
class Route:
    command: Command[Any]
    rest: str


class Registry:
    """Raises ValueError when two commands share a word of one noun; `unlisted`: not in help."""

    def __init__(
        self, commands: Iterable[Command[Any]], unlisted: Iterable[Command[Any]] = ()
    ) -> None:
        self.commands = tuple(commands)
        self._table: dict[tuple[str, str], Command[Any]] = {}
        for command in (*self.commands, *unlisted):
            for word in command.words:
                known = self._table.setdefault((command.noun, word), command)
                if known is not command:
                    raise ValueError(f"{known.usage!r} and {command.usage!r} share {word!r}")
        self._nouns = frozenset(command.noun for command in self.commands if command.noun)

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that may be typed first."""
        return tuple(dict.fromkeys([*self._nouns, *(word for _, word in self._table)]))

    def route(self, text: str, noun: str = "", may: frozenset[str] = EVERYBODY) -> Route:
        """Which command is meant. Raises BadInput for a word that nobody knows.

        `may`: the audiences whose words are offered instead.
        """
        word, rest = _split(text)
        if self._is_noun(word, noun, rest):
            return self.route(rest, word, may)
        if not word:
            return Route(self._required("", "help"), noun)
        if (found := self._find(word, noun, rest)) is not None:
            of_noun = word == "help" and not rest and noun != ACTION
            return Route(found, noun if of_noun else rest)
        if (ref := as_ref(text)) is not None:
            return Route(self._lookup(ref), ref)
        if (turned := self._id_first(text, noun)) is not None:
            return turned
        for needed in NEED_THEIR_NOUN:
            if (own := self._table.get((needed, word))) is not None and not noun:
                raise BadInput(Code.WRONG_WORDS, None, text, usage=own.usage)
        raise self._unknown(text, word, noun, may)

    def entries(self) -> tuple[HelpEntry, ...]:
        return tuple(command.entry for command in self.commands)

    def _is_noun(self, word: str, noun: str, rest: str) -> bool:
        """`me` alone is a word, in `me export` the noun of another."""
        if word not in self._nouns or noun not in ("", word):
            return False
        return (noun, word) not in self._table or (word, _split(rest)[0]) in self._table

    def _find(self, word: str, noun: str, rest: str) -> Command[Any] | None:
        if noun and (noun, word) in self._table:
            return self._table[noun, word]
        if ("", word) in self._table:
            return self._table["", word]
        if noun:
            return None
        nouns = [n for n in sorted(self._nouns - NEED_THEIR_NOUN) if (n, word) in self._table]
        if len(nouns) > 1:
            nouns = self._by_id(nouns, word, rest)
        return self._table[nouns[0], word] if nouns else None

    def _by_id(self, nouns: list[str], word: str, rest: str) -> list[str]:
        """Of the nouns that share a word, the one whose id follows; actions where none does."""
        match = ID.match(rest)
        noun = noun_of(match[1]) if match else ACTION
        if match and (instead := INSTEAD.get((noun, word))):
            usage = instead.format(ref=as_ref(match[0]))
            raise BadInput(Code.WRONG_WORDS, None, rest, usage=usage)
        if noun not in nouns:
            raise BadInput(Code.WRONG_WORDS, None, rest, choices=tuple(nouns))
        return [noun]

    def _lookup(self, ref: Ref) -> Command[Any]:
        noun = noun_of(ref.partition("-")[0])
        return self._table.get((noun, "show")) or self._required(ACTION, "show")

    def _id_first(self, text: str, noun: str) -> Route | None:
        """`EM-2 done` is `done EM-2`."""
        match = ID.match(text.strip())
        if match is None:
            return None
        word, rest = _split(text.strip()[match.end() :])
        found = self._find(word, noun, match[0]) if word else None
        ref = as_ref(match[0])
        return Route(found, f"{ref} {rest}".strip()) if found is not None else None

    def _required(self, noun: str, word: str) -> Command[Any]:
        return self._table[noun, word]

    def _unknown(self, text: str, word: str, noun: str, may: frozenset[str]) -> BadInput:
        """A word mistyped has others near it, a sentence perhaps an example."""
        near = self._nearest(word, noun, may)
        if plain_words.is_sentence(text):
            example = plain_words.example_of(text, self._example)
            mistyped = get_close_matches(word, near, cutoff=ALIKE)
            if plain_words.is_everyday(word) or (example and not mistyped):
                return BadInput(Code.UNKNOWN_WORD, None, word, talk=True, example=example)
        return BadInput(Code.UNKNOWN_WORD, None, word, nearest=near)

    def _example(self, noun: str, word: str) -> str:
        found = self._table.get((noun, word))
        return found.example if found else ""

    def _nearest(self, word: str, noun: str, may: frozenset[str]) -> tuple[str, ...]:
        theirs = [
            (n, w)
            for (n, w), command in self._table.items()
            if command.audience in may and command.says and w not in NEVER_GUESSED
        ]
        known = [
            f"{n} {w}" if n in NEED_THEIR_NOUN and not noun else w
            for n, w in theirs
            if not noun or n == noun or (not n and noun == ACTION)
        ]
        known += [] if noun else sorted({n for n, _ in theirs if n})
        return tuple(get_close_matches(word, dict.fromkeys(known), n=NEAREST, cutoff=LIKENESS))


def as_ref(text: str) -> Ref | None:
    """`em2`, `EM 2`, `EM-02` as `EM-2`; None when the text is anything else."""
    match = ID.fullmatch(text.strip().rstrip("?!.,;:"))
    return Ref(f"{match[1].upper()}-{int(match[2])}") if match else None


def noun_of(prefix: str) -> str:
    return _NOUN_OF[prefix.upper()] if prefix.upper() in RESERVED_PREFIXES else ACTION


def audience_of(roles: Iterable[Role]) -> frozenset[str]:
    """Whose words somebody with these roles may use."""
    held = set(roles)
    allowed = {MEMBER}
    if held & {Role.CHAIR, Role.COCHAIR, Role.COORDINATOR}:
        allowed.add(CHAIR)
    if Role.COORDINATOR in held:
        allowed.add(COORDINATOR)
    return frozenset(allowed)


def _split(text: str) -> tuple[str, str]:
    word, _, rest = text.strip().replace("\n", " \n", 1).partition(" ")
    return word.casefold().strip("`'\"*_.,:;!?") or word.casefold(), rest.strip()
