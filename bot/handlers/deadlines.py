"""Deadlines: the words for them and what each does."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.deadlines import Deadline, Stage
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
from bot.handlers.tokens import plain, tidy
from bot.handlers.verbs import Told
from bot.services import deadlines, meetings
from bot.services.access import Ask
from bot.services.inbox import Outcome, Reply
from bot.views import deadline_answers as answers
from bot.views import deadlines as view
from bot.views import history
from bot.views.answers import Line
from bot.views.dates import date_notes
from bot.views.deadline_forms import DeadlineDraft
from bot.views.ids import Id

CLOSED = {"met": Stage.MET, "dropped": Stage.DROPPED}
FILTERS = {"met": "met", "dropped": "dropped", "overdue": "overdue", "mine": "yours"}
"""What can be listed alone, and how the title says so."""
NO_TIME = "A deadline has a day and no time."


@dataclass(frozen=True, slots=True)
class Listed:
    """Whose, and which alone: a word of `FILTERS`, or nothing for those open."""

    wanted: Wanted
    only: str = ""


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
            usage="deadline list [met|dropped|overdue|mine] [<group>|all]",
            says="Lists the open deadlines, or those said, how often each moved and by how much",
            parse=read_list,
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


def read_list(text: str, reading: Reading) -> Listed:
    word, _, rest = tidy(text).partition(" ")
    if word.casefold() in FILTERS:
        return Listed(read_wanted(rest, reading), word.casefold())
    return Listed(read_wanted(text, reading))


def listed(ask: Ask, asked: Listed) -> Outcome:
    closed = asked.only in CLOSED
    wanted, notes = asked.wanted, list[str]()
    if wanted.group is not None:
        found = deadlines.listed(ask, [wanted.group], closed=closed)
        title = f"{wanted.group.short}: deadlines"
    elif wanted.everything:
        found = deadlines.listed(ask, closed=closed)
        hidden = deadlines.hides(ask)
        title = "All deadlines of your groups" if hidden else "All deadlines"
        notes = _beside(ask, hidden=hidden)
    else:
        found, title = deadlines.mine(ask, closed=closed), "Deadlines of your groups"
    found = tuple(one for one in found if _is_wanted(ask, one, asked.only))
    title += f", {FILTERS[asked.only]}" if asked.only else ""
    found = found[::-1] if closed else found
    return Reply(
        view.listing(found, ask.world, ask.actor.user, ask.now, title, notes), rewrites=True
    )


def _is_wanted(ask: Ask, one: Deadline, only: str) -> bool:
    if only == "mine":
        return one.owner == ask.actor.user
    if only == "overdue":
        return view.is_late(one, ask.world, ask.now)
    return not only or one.stage is CLOSED[only]


def _beside(ask: Ask, *, hidden: bool) -> list[str]:
    """What leads beyond the dates listed."""
    meeting = meetings.next_gathering(ask)
    said = [view.gathering(meeting, ask.actor.user, ask.world, ask.now)] if meeting else []
    return [*said, *(["Those of other groups are not shown to you."] if hidden else [])]


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
