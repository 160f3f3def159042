"""What everyone can ask for: lists, one's own actions, help, and taking back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from bot.domain.model import Group, UserId
from bot.domain.outbox import Message
from bot.errors import BadInput, Code
from bot.handlers import sentence
from bot.handlers.item_clicks import undone
from bot.handlers.reading import Reading
from bot.handlers.registry import (
    ACTION,
    COORDINATOR,
    LIKENESS,
    NEAREST,
    Click,
    Clicked,
    Command,
    Feature,
    Invocation,
    Submitted,
    audience_of,
)
from bot.handlers.tokens import plain, tidy
from bot.services import meetings, reports
from bot.services.access import Ask, Op, roles_of, who_can
from bot.services.inbox import Outcome, Reply
from bot.services.reports import Query
from bot.views import definitions, lists
from bot.views import help as help_words
from bot.views.blocks import Id, Value
from bot.views.health import health
from bot.views.lists import FILTERS
from bot.views.meetings import plate
from bot.views.reports import HelpEntry, help_page

LIST_USAGE = "action list [mine|open|overdue|blocked|unowned|done|all] [@person] [<group>]"


OF_NUMBERS = frozenset({"digest", "status"})
"""Words whose help tells what the numbers mean."""
FOR_ANYBODY = (["me"], ["zone"], ["help"])
"""How the examples begin that are for somebody in no group too."""


@dataclass(frozen=True, slots=True)
class HelpWanted:
    word: str
    reading: Reading


class ReportHandlers:
    """`others` are the features whose words help tells of, beside its own."""

    def __init__(self, others: Iterable[Feature]) -> None:
        self._others = tuple(others)

    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            noun=ACTION,
            words=("list",),
            usage=LIST_USAGE,
            says="Lists actions, overdue first; only you see it",
            parse=read_query,
            run=lambda ask, by, query: listed(ask, query),
            example="list overdue",
        )
        yield Command(
            noun="",
            words=("mine",),
            usage="mine",
            says="Your open actions, what you owe for meetings, and your next meetings",
            parse=_nothing_more("mine"),
            run=lambda ask, by, _: mine(ask),
            example="mine",
        )
        yield Command(
            noun="",
            words=("undo",),
            usage="undo",
            says="Takes back your last change, for ten minutes",
            parse=_nothing_more("undo"),
            run=lambda ask, by, _: undone(ask, None),
            example="undo",
        )
        yield Command(
            noun="",
            words=("health",),
            usage="health",
            says="How sending stands: what waits, what was refused, what is unclear",
            parse=_nothing_more("health"),
            run=lambda ask, by, _: shown_health(ask),
            example="health",
            audience=COORDINATOR,
        )
        yield Command(
            noun="",
            words=("help",),
            usage="help [<word>]",
            says="What you can type",
            parse=lambda text, reading: HelpWanted(text.strip().casefold(), reading),
            run=self.help,
            example="help add",
        )

    def clicks(self) -> Mapping[Id, Clicked]:
        return {
            Id.ITEM_MINE: lambda ask, _: mine(ask),
            Id.ITEM_PAGE: turned,
            Id.ITEM_SHOW: turned,
        }

    def forms(self) -> Mapping[Id, Submitted]:
        return {}

    def help(self, ask: Ask, by: Invocation, wanted: HelpWanted) -> Outcome:
        reading = wanted.reading
        roles = roles_of(ask.world, ask.actor, ask.now)
        may = audience_of(roles)
        told = self._about(wanted.word, may)
        entries = tuple(e for e in told if e.audience in may)
        if told and not entries:
            whom = _whom_to_ask(ask, reading, told[0].audience)
            page = help_words.of_others(told, whom, ask.world)
            return Reply(_explained(page, wanted.word))
        groups = reading.active if reading.over_all else reading.own
        if not (roles or groups or wanted.word):
            coordinators = who_can(ask.world, Op.SHAPE_GROUPS, None, ask.now)
            few = tuple(e for e in entries if e.example.split()[:1] in FOR_ANYBODY)
            return Reply(help_words.outside(few, coordinators, ask.world))
        page = help_page(entries, roles, ask.world, groups)
        return Reply(_explained(page, wanted.word))

    def _about(self, word: str, may: frozenset[str]) -> tuple[HelpEntry, ...]:
        """On one word or noun; raises BadInput with the nearest if there is none."""
        commands = [c for feature in (*self._others, self) for c in feature.commands()]
        if not word:
            return tuple(c.entry for c in commands)
        found = tuple(c.entry for c in commands if word in (*c.words, c.noun))
        if not found:
            theirs = [c for c in commands if c.audience in may]
            raise BadInput(Code.UNKNOWN_WORD, None, word, nearest=nearest(word, theirs))
        return found


def _explained(page: Message, word: str) -> Message:
    told = definitions.ways(page) if word == "digest" else page
    return definitions.below(told) if word in OF_NUMBERS else told


def _whom_to_ask(ask: Ask, reading: Reading, audience: str) -> tuple[UserId, ...]:
    """Those who have the words of an audience: chairs of this group or one's own, coordinators."""
    groups = [reading.here] if reading.here else list(reading.own)
    if audience == COORDINATOR or not groups:
        return who_can(ask.world, Op.SHAPE_GROUPS, None, ask.now)
    chairs = [who_can(ask.world, Op.NAME_ROLE, group.key, ask.now) for group in groups]
    return tuple(dict.fromkeys(user for some in chairs for user in some))


def nearest(word: str, commands: Iterable[Command[Any]]) -> tuple[str, ...]:
    known = [w for command in commands for w in command.words]
    return tuple(get_close_matches(word, known, n=NEAREST, cutoff=LIKENESS))


def read_query(text: str, reading: Reading) -> Query:
    """A filter, a person and a group, in any order. Raises BadInput for anything else."""
    line = tidy(text)
    owners, left = sentence.people_in(line, reading)
    shows = [w for w in left.split() if w.casefold() in FILTERS]
    rest = " ".join(w for w in left.split() if w.casefold() not in FILTERS)
    group = _group(rest, reading)
    show = shows[0].casefold() if shows else "open"
    if len(shows) > 1 or len(owners) > 1:
        raise BadInput(Code.WRONG_WORDS, None, plain(line, reading), usage=LIST_USAGE)
    if group is None and show != "mine":
        group = reading.here
    return Query(show, group, owners[0] if owners else None)


def _group(words: str, reading: Reading) -> Group | None:
    if not words:
        return None
    named = sentence.group_named(words, reading)
    if not named:
        reading.refuse_ended(plain(words, reading))
        raise BadInput(Code.GROUP_UNKNOWN, "group", plain(words, reading))
    return reading.group(named, words)


def listed(ask: Ask, query: Query, page: int = 1) -> Outcome:
    found = reports.listed(ask, query)
    message = lists.listing(
        found,
        ask.world,
        ask.actor.user,
        ask.now,
        _title(ask, query),
        query.show,
        page,
        query.group,
        query.person,
        hidden=not found and reports.hides(ask, query),
    )
    return Reply(message, rewrites=True)


def _title(ask: Ask, query: Query) -> str:
    kind = "Your open actions" if query.show == "mine" else f"{FILTERS[query.show]} actions"
    if query.person is not None and query.show != "mine":
        person = ask.world.people.get(query.person)
        kind += f" of @{(person.handle or person.name) if person else 'someone'}"
    return f"{query.group.short}: {kind.lower()}" if query.group else kind


def mine(ask: Ask) -> Outcome:
    user, world, now = ask.actor.user, ask.world, ask.now
    items = reports.mine(ask.store, user)
    tasks = meetings.tasks_of(ask.store, user, now, world)
    ahead = meetings.upcoming_of(ask.store, user, now, world)
    due = reports.deadlines_of(ask.store, user)
    return Reply(plate(items, tasks, ahead, world, user, now, due), rewrites=True)


def turned(ask: Ask, click: Click) -> Outcome:
    """Another page or another filter of a list."""
    page = click.value.get("page")
    return listed(ask, _query(ask, click.value), int(page) if page.isdecimal() else 1)


def _query(ask: Ask, value: Value) -> Query:
    show = value.get("show")
    group = next((g for g in ask.world.groups.values() if g.key == value.get("group")), None)
    person = UserId(value.get("person")) if value.get("person") else None
    return Query(show if show in FILTERS else "open", group, person)


def _nothing_more(usage: str) -> Callable[[str, Reading], None]:
    def parse(text: str, reading: Reading) -> None:
        if text.strip():
            raise BadInput(Code.WRONG_WORDS, None, plain(text, reading), usage=usage)

    return parse


def shown_health(ask: Ask) -> Outcome:
    found = reports.health(ask)
    return Reply(health(found.counts, found.next_at, found.troubled, ask.now))
