"""How the groups stand: asked for by a word, and posted by a button."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.model import ChannelId, Group, GroupKey, GroupState
from bot.domain.notices import Holiday
from bot.domain.state import Status
from bot.errors import BadInput, Code, NotFound
from bot.handlers import sentence
from bot.handlers.reading import Reading
from bot.handlers.registry import Click, Clicked, Command, Invocation, Submitted
from bot.handlers.tokens import plain, tidy
from bot.services import status, steering
from bot.services.access import Ask, Op, allowed, authorize
from bot.services.inbox import Attachment, Outcome, Reply
from bot.views import status as view
from bot.views import steering as steering_view
from bot.views.ids import Id

EVERYTHING = "all"
_MARKDOWN = re.compile(r"(?:^|\s+)(?:as\s+)?markdown[.!?]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """`group` None: all that the asker may see. `named`: it was said, not only the channel's.

    `ended`: a group that is no more. `as_file`: the report as Markdown.
    """

    group: Group | None = None
    named: bool = False
    ended: Group | None = None
    as_file: bool = False


class StatusHandlers:
    def __init__(self, holiday: Holiday) -> None:
        self._holiday = holiday

    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            "", ("status",), "status [<group>|all] [as markdown]",
            "Tells how each group stands, and why; as Markdown: a report to pass on",
            read_wanted, self.asked, "status",
        )  # fmt: skip

    def clicks(self) -> Mapping[Id, Clicked]:
        return {Id.STATUS_POST: posted, Id.STATUS_FILE: self.filed}

    def forms(self) -> Mapping[Id, Submitted]:
        return {}

    def asked(self, ask: Ask, by: Invocation, wanted: Wanted) -> Outcome:
        if wanted.as_file and wanted.ended is None:
            return self._file(ask, shown(ask, wanted))
        return told(ask, by, wanted)

    def filed(self, ask: Ask, click: Click) -> Outcome:
        return self._file(ask, _of_click(ask, click))

    def _file(self, ask: Ask, group: Group | None) -> Outcome:
        """For the asker alone, whatever the place: it tells of several groups."""
        report = steering.report(ask, group, self._holiday)
        if report is None:
            return nothing(ask)
        zone, programme = _zone(ask, report.statuses), ask.world.programme
        content = steering_view.file(report, programme, zone)
        file = Attachment(steering_view.file_name(report, zone), content, steering_view.TITLE)
        return Reply(steering_view.answer(report, programme, zone), file=file)


def read_wanted(text: str, reading: Reading) -> Wanted:
    """A group, `all`, or nothing: the channel's group, else all. Raises BadInput."""
    line = tidy(text)
    if (found := _MARKDOWN.search(line)) is not None:
        return replace(read_wanted(line[: found.start()], reading), as_file=True)
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


def shown(ask: Ask, wanted: Wanted) -> Group | None:
    """Of a channel's group that is not theirs nobody is told: they did not name it."""
    group = wanted.group
    if group is not None and not wanted.named and not status.may_see(ask, group):
        return None
    return group


def told(ask: Ask, by: Invocation, wanted: Wanted) -> Outcome:
    """Said aloud where it may be posted, everybody there reads it: the one group's own channel.

    How several stand is read where the asker could post it, in a channel of no group.
    """
    if wanted.ended is not None:
        authorize(ask, Op.SEE_GROUP, wanted.ended.key)
        return Reply(view.ended(wanted.ended, ask.world))
    found = status.of(ask, shown(ask, wanted))
    if not found:
        return nothing(ask)
    groups = [one.group for one in found]
    if by.aloud and len(groups) == 1 and groups[0].channel == ask.channel:
        message = view.status(found, ask.now, groups[0].zone, public=True)
        return Reply(message, private=False, about=frozenset({groups[0].key}))
    where = status.place(ask, groups, ask.channel)
    if by.aloud and len(groups) > 1 and where is not None:
        message = view.status(found, ask.now, _zone(ask, found), public=True)
        return Reply(message, private=False, of_several=True)
    message = view.status(found, ask.now, ask.actor.zone, asked_in=ask.channel, post=where)
    return Reply(message, rewrites=True)


def nothing(ask: Ask) -> Reply:
    coordinates = allowed(ask.world, ask.actor, Op.SHAPE_GROUPS, None, ask.now)
    return Reply(view.nothing(ask.world, coordinates=coordinates))


def posted(ask: Ask, click: Click) -> Outcome:
    """As it stands now, where it was asked for."""
    found = status.of(ask, _of_click(ask, click))
    if not found:
        return nothing(ask)
    groups = [one.group for one in found]
    asked_in = ChannelId(click.value.get("channel") or ask.channel)
    message = view.status(found, ask.now, _zone(ask, found), public=True)
    channel = status.post(ask, groups, asked_in, message)
    return Reply(view.posted(channel), rewrites=True)


def _of_click(ask: Ask, click: Click) -> Group | None:
    """Raises NotFound for a group that is no more."""
    key = click.value.get("group")
    group = ask.world.groups.get(GroupKey(key))
    if key and (group is None or group.state is not GroupState.ACTIVE):
        raise NotFound(Code.GROUP_UNKNOWN, typed=key)
    return group


def _zone(ask: Ask, found: Sequence[Status]) -> str:
    """A copy for many tells the time of its group, or that of all."""
    return found[0].group.zone if len(found) == 1 else ask.world.programme.zone
