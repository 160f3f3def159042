"""Meetings: the words for them; those ahead, the next one, one by its id."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.meetings import PREFIX
from bot.domain.model import Group, Ref
from bot.domain.notices import Holiday
from bot.errors import BadInput, Code
from bot.handlers import sentence
from bot.handlers.meeting_verbs import MeetingVerbs
from bot.handlers.reading import Reading
from bot.handlers.refs import read_ids
from bot.handlers.registry import Clicked, Command, Submitted
from bot.handlers.tokens import plain, tidy
from bot.services import meetings
from bot.services.access import Ask
from bot.services.inbox import Outcome, Reply
from bot.views import meeting_details
from bot.views import meetings as view
from bot.views.ids import Id

NOUN = "meeting"
EVERYTHING = "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose meetings: a group's, all that may be seen, or else the asker's own."""

    group: Group | None = None
    everything: bool = False


class MeetingHandlers:
    def __init__(self, holiday: Holiday, country_name: Callable[[str], str]) -> None:
        self._verbs = MeetingVerbs(holiday, country_name)

    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            noun=NOUN,
            words=("list",),
            usage="meeting list [<group>|all]",
            says="Lists the meetings ahead, in your own time",
            parse=read_wanted,
            run=lambda ask, by, wanted: listed(ask, wanted),
            example="meeting list",
        )
        yield Command(
            noun=NOUN,
            words=("next",),
            usage="meeting next [<group>]",
            says="Shows the next meeting, and what you owe for it",
            parse=read_group,
            run=lambda ask, by, wanted: show_next(ask, wanted),
            example="meeting next",
        )
        yield Command(
            noun=NOUN,
            words=("show",),
            usage="meeting <ID>",
            says="Shows one meeting: when, how ready, who comes, what you owe for it",
            parse=read_id,
            run=lambda ask, by, ref: show(ask, ref),
            example="MT-15",
        )
        yield from self._verbs.commands()

    def clicks(self) -> Mapping[Id, Clicked]:
        return {}

    def forms(self) -> Mapping[Id, Submitted]:
        return {}


def read_wanted(text: str, reading: Reading) -> Wanted:
    """A group by name, `all`, or nothing: the channel's group."""
    line = tidy(text)
    if line.casefold() == EVERYTHING:
        return Wanted(everything=True)
    return read_group(line, reading)


def read_group(text: str, reading: Reading) -> Wanted:
    line = tidy(text)
    if not line:
        return Wanted(reading.here)
    named = sentence.group_named(line, reading)
    if not named:
        reading.refuse_ended(plain(line, reading))
        raise BadInput(Code.GROUP_UNKNOWN, "group", plain(line, reading))
    return Wanted(reading.group(named, line))


def read_id(text: str, reading: Reading) -> Ref:
    refs, rest = read_ids(text, reading, 1)
    if rest or not refs[0].startswith(f"{PREFIX}-"):
        typed = plain(rest or refs[0], reading)
        raise BadInput(Code.WRONG_WORDS, None, typed, usage="meeting <ID>")
    return refs[0]


def listed(ask: Ask, wanted: Wanted) -> Outcome:
    user = ask.actor.user
    if wanted.group is not None:
        found, title = meetings.listed(ask, wanted.group), f"{wanted.group.short}: meetings ahead"
    elif wanted.everything:
        found, title = meetings.listed(ask), "All meetings ahead"
    else:
        found, title = meetings.mine(ask), "Your meetings"
    hidden = wanted.everything and not found and meetings.hides(ask)
    plans = meetings.may_plan(ask)
    message = view.listing(found, ask.world, user, title, hidden=hidden, plans=plans)
    return Reply(message, rewrites=True)


def show_next(ask: Ask, wanted: Wanted) -> Outcome:
    found = meetings.next_of(ask, wanted.group)
    if found is None:
        name = wanted.group.short if wanted.group else "Your meetings"
        return Reply(view.listing((), ask.world, ask.actor.user, name), rewrites=True)
    return show(ask, found.ref)


def show(ask: Ask, ref: Ref) -> Outcome:
    found = meetings.opened(ask, ref)
    message = meeting_details.detail(
        found.meeting,
        found.preparation,
        found.rsvps,
        found.mine,
        ask.world,
        ask.actor.user,
        ask.now,
        found.course,
        changes=found.changes,
    )
    return Reply(message, rewrites=True)
