"""The words that change a deadline that is there, and how each is answered."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.deadlines import PREFIX
from bot.domain.model import GroupKey, Ref
from bot.errors import BadInput, Code
from bot.handlers import sentence
from bot.handlers.reading import Reading
from bot.handlers.refs import only_awaited, read_ids, read_needs
from bot.handlers.registry import Command, Invocation
from bot.handlers.tokens import plain
from bot.services import deadlines
from bot.services.access import Ask
from bot.services.deadlines import Told
from bot.services.inbox import Outcome, Reply
from bot.views import deadline_answers as answers

NOUN = "deadline"
NEEDS = "deadline needs <ID> <ID>… adds them, deadline needs <ID> none takes all away"
_NOTHING = frozenset({"nothing", "none"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One id, and the words after it."""

    ref: Ref
    rest: str
    reading: Reading

    @property
    def words(self) -> str:
        return plain(self.rest, self.reading).strip()

    @property
    def reason(self) -> str:
        return sentence.without_because(self.words)


Change = Callable[[Ask, Asked], Told]


@dataclass(frozen=True, slots=True)
class Verb:
    """A word that changes one deadline; the rest of the line is its words."""

    word: str
    takes: str
    says: str
    change: Change
    example: str
    also: tuple[str, ...] = ()
    """Other words for the same."""

    @property
    def usage(self) -> str:
        return f"deadline {self.word} {self.takes}"

    def command(self) -> Command[Asked]:
        return Command(
            noun=NOUN,
            words=(self.word, *self.also),
            usage=self.usage,
            says=self.says,
            parse=self.parse,
            run=self.run,
            example=self.example,
        )

    def parse(self, text: str, reading: Reading) -> Asked:
        ref, rest = read_id(text, reading, self.usage)
        return Asked(ref, rest, reading)

    def run(self, ask: Ask, by: Invocation, asked: Asked) -> Outcome:
        return answered(ask, by, self.word, self.change(ask, asked))


def answered(ask: Ask, by: Invocation, word: str, told: Told, notes: tuple[str, ...] = ()) -> Reply:
    """Before others nothing of what other groups do: that is for the asker alone."""
    deadline, world = told.deadline, ask.world
    about = frozenset(deadline.groups)
    near = [hit.step for hit in told.hits] + [step for step, _ in told.late]
    steps = (*near, *told.closed, *told.waiting)
    foreign = {key for step in steps for key in step.groups} - about
    more = answers.consequences(told.late, told.hits, world)
    notes += answers.heard(told.others, world)
    more += answers.needless(told.closed, told.waiting, deadline.ref)
    apart = by.aloud and bool(more) and bool(foreign)
    said = notes if apart else (*notes, *more)
    later = None if apart else told.earliest
    if word == "add":
        message = answers.added(deadline, world, said, ask.key, later, aloud=by.aloud)
    else:
        message = answers.changed(deadline, word, world, said, ask.key, later)
    aside = answers.aside(deadline, more, told.earliest) if apart else None
    return Reply(message, private=not by.aloud, about=about, aside=aside)


def read_id(text: str, reading: Reading, usage: str) -> tuple[Ref, str]:
    refs, rest = read_ids(text, reading, 1)
    if not refs[0].startswith(f"{PREFIX}-"):
        raise BadInput(Code.WRONG_WORDS, None, plain(refs[0], reading), usage=usage)
    return refs[0], rest


def _move(ask: Ask, asked: Asked) -> Told:
    deadline = deadlines.for_change(ask, asked.ref)
    group = ask.world.groups[GroupKey(deadline.groups[0])] if len(deadline.groups) == 1 else None
    due, _, reason = sentence.read_move(asked.rest, asked.reading, group)
    return deadlines.move(ask, asked.ref, due.day, reason)


def _reopen(ask: Ask, asked: Asked) -> Told:
    if asked.words:
        raise BadInput(Code.WRONG_WORDS, None, asked.words, usage="deadline reopen <ID>")
    return deadlines.reopen(ask, asked.ref)


def _needs(ask: Ask, asked: Asked) -> Told:
    if asked.words.casefold() in _NOTHING:
        return deadlines.needs(ask, asked.ref, ())
    try:
        refs = read_needs(asked.rest, asked.reading)
    except BadInput:
        refs = ()
    if not refs:
        raise BadInput(Code.WRONG_WORDS, None, asked.words, usage=NEEDS)
    return deadlines.needs(ask, asked.ref, only_awaited(refs))


def _give(ask: Ask, asked: Asked) -> Told:
    owners = sentence.read_owners(asked.rest, asked.reading, None)
    if len(owners) != 1:
        raise BadInput(Code.PERSON_NEEDED, "owner", asked.words)
    return deadlines.give(ask, asked.ref, owners[0])


VERBS = (
    Verb(
        "move",
        "<ID> <when> because <reason>",
        "Changes the date; the old one and the reason are kept, and whom it hits is said",
        _move,
        "move DL-4 next Friday because the scans are late",
    ),
    Verb(
        "met",
        "<ID> [<note>]",
        "Says that it is met",
        lambda ask, asked: deadlines.met(ask, asked.ref, asked.words),
        "met DL-4",
        also=("done",),
    ),
    Verb(
        "reopen",
        "<ID>",
        "Opens it again",
        _reopen,
        "reopen DL-4",
    ),
    Verb(
        "drop",
        "<ID> <reason>",
        "Ends it as not to be met",
        lambda ask, asked: deadlines.drop(ask, asked.ref, asked.reason),
        "drop DL-4 covered by DL-5",
    ),
    Verb(
        "stage",
        "<ID> draft|review|approved|submitted",
        "Says how far a deliverable is",
        lambda ask, asked: deadlines.stage(ask, asked.ref, asked.words.casefold()),
        "stage DL-4 review",
    ),
    Verb(
        "needs",
        "<ID> <ID>…|none",
        "Adds what it waits for: actions or deadlines, also of other groups; `none` takes all away",
        _needs,
        "needs DL-4 EM-2 PC-2",
    ),
    Verb(
        "edit",
        "<ID> <new text>",
        "Changes the text",
        lambda ask, asked: deadlines.edit(ask, asked.ref, asked.words),
        "edit DL-4 Abstracts in",
    ),
    Verb(
        "give",
        "<ID> @person",
        "Makes somebody else its owner",
        _give,
        "give DL-4 @name",
    ),
)
