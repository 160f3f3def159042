"""How the groups stand: asked for by a word, and posted by a button."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.model import ChannelId, Group, GroupKey, GroupState
from bot.domain.state import Status
from bot.errors import BadInput, Code, NotFound
from bot.handlers import sentence
from bot.handlers.reading import Reading
from bot.handlers.registry import Click, Clicked, Command, Invocation, Submitted
from bot.handlers.tokens import plain, tidy
from bot.services import status
from bot.services.access import Ask, Op, allowed, authorize
from bot.services.inbox import Outcome, Reply
from bot.views import status as view
from bot.views.ids import Id

EVERYTHING = "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`group` None: all that the asker may see. `named`: it was said, not only the channel's.

    `ended`: a group that is no more.
    """

    group: Group | None = None
    named: bool = False
    ended: Group | None = None


class StatusHandlers:
    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            "", ("status",), "status [<group>|all]", "Tells how each group stands, and why.",
            read_wanted, told, "status",
        )  # fmt: skip

    def clicks(self) -> Mapping[Id, Clicked]:
        return {Id.STATUS_POST: posted}

    def forms(self) -> Mapping[Id, Submitted]:
        return {}


def read_wanted(text: str, reading: Reading) -> Wanted:
    """A group, `all`, or nothing: the channel's group, else all. Raises BadInput."""
    line = tidy(text)
    if line.casefold() == EVERYTHING:
        return Wanted()
    if not line:
        return Wanted(reading.here if reading.here in reading.active else None)
    named = sentence.group_named(line, reading)
    if named:
        return Wanted(reading.group(named, line), named=True)
    for group in reading.world.groups.values():
        if group.state is not GroupState.ACTIVE and reading.is_full(line, group):
            return Wanted(ended=group)
    raise BadInput(Code.GROUP_UNKNOWN, "group", plain(line, reading))


def told(ask: Ask, by: Invocation, wanted: Wanted) -> Outcome:
    """Said aloud in the channel of the one group it is about, everybody there reads it."""
    if wanted.ended is not None:
        authorize(ask, Op.SEE_GROUP, wanted.ended.key)
        return Reply(view.ended(wanted.ended, ask.world))
    group = wanted.group
    if group is not None and not wanted.named and not status.may_see(ask, group):
        group = None
    found = status.of(ask, group)
    if not found:
        coordinates = allowed(ask.world, ask.actor, Op.SHAPE_GROUPS, None, ask.now)
        return Reply(view.nothing(ask.world, coordinates=coordinates))
    groups = [one.group for one in found]
    if by.aloud and len(groups) == 1 and groups[0].channel == ask.channel:
        message = view.status(found, ask.now, groups[0].zone, public=True)
        return Reply(message, private=False, about=frozenset({groups[0].key}))
    where = status.place(ask, groups, ask.channel)
    message = view.status(found, ask.now, ask.actor.zone, asked_in=ask.channel, post=where)
    return Reply(message, rewrites=True)


def posted(ask: Ask, click: Click) -> Outcome:
    """As it stands now, where it was asked for."""
    key = click.value.get("group")
    group = ask.world.groups.get(GroupKey(key))
    if key and (group is None or group.state is not GroupState.ACTIVE):
        raise NotFound(Code.GROUP_UNKNOWN, typed=key)
    found = status.of(ask, group)
    groups = [one.group for one in found]
    asked_in = ChannelId(click.value.get("channel") or ask.channel)
    message = view.status(found, ask.now, _zone(ask, found), public=True) if found else None
    if message is None:
        return Reply(view.nothing(ask.world, coordinates=False))
    channel = status.post(ask, groups, asked_in, message)
    return Reply(view.posted(channel), rewrites=True)


def _zone(ask: Ask, found: Sequence[Status]) -> str:
    """A copy for many tells the time of its group, or that of all."""
    return found[0].group.zone if len(found) == 1 else ask.world.programme.zone
