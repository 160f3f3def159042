"""Groups, channels and roles: their words, the set-up form, and the answers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.domain.due import iana_zone
from bot.domain.groups import FIVE
from bot.domain.model import ChannelId, Group, GroupKey, GroupState, Role
from bot.domain.outbox import Message
from bot.errors import BadInput, Code, Conflict
from bot.handlers import group_words as words
from bot.handlers.group_words import (
    GroupSaid,
    LinkSaid,
    MergeSaid,
    RemoveSaid,
    RenameSaid,
    RoleSaid,
)
from bot.handlers.guests import guest_named, guest_removed
from bot.handlers.reading import FindZone
from bot.handlers.registry import (
    CHAIR,
    COORDINATOR,
    Click,
    Clicked,
    Command,
    Form,
    Invocation,
    Submitted,
)
from bot.services import groups, links, roles
from bot.services.access import Ask
from bot.services.channel_losses import cut_off
from bot.services.groups import SetUp
from bot.services.inbox import OpenModal, Outcome, Reply, Silent
from bot.services.links import ALL
from bot.views import reports as view
from bot.views.blocks import Field, Id
from bot.views.deadline_answers import came_along, still_open
from bot.views.ended_groups import called_off, meetings_along
from bot.views.handovers import removed as removed_words
from bot.views.roles import role_named

GROUP = "group"
CountryOf = Callable[[str], tuple[str | None, str | None]]


def no_country(zone: str) -> tuple[str | None, str | None]:
    return None, None


class GroupHandlers:
    def __init__(self, find_zone: FindZone = iana_zone, country_of: CountryOf = no_country) -> None:
        self._find_zone = find_zone
        self._country_of = country_of

    def commands(self) -> Iterable[Command[Any]]:
        yield Command(
            "", ("role",), words.ROLE_USAGE,
            "Says who is what in a group, or a guest of one meeting.",
            words.read_role, named, "role @name cochair in trials", CHAIR,
        )  # fmt: skip
        yield Command(
            "", ("remove",), words.REMOVE_USAGE,
            "Takes a person out of a group, or off a meeting's guests.",
            words.read_remove, removed, "remove @name from trials", CHAIR,
        )  # fmt: skip
        yield Command(
            "", ("setup",), "setup", "Makes the groups, links channels, says what is missing.",
            words.only("setup"), lambda ask, by, _: set_up(ask), "setup", COORDINATOR,
        )  # fmt: skip
        yield Command(
            "", ("link",), words.LINK_USAGE, "Makes this channel the group's.",
            words.read_link, linked, "link trials", COORDINATOR,
        )  # fmt: skip
        yield Command(
            "", ("unlink",), "unlink", "This channel is no group's any more.",
            words.only("unlink"), lambda ask, by, _: unlinked(ask, by), "unlink", COORDINATOR,
        )  # fmt: skip
        yield from _shaping()

    def clicks(self) -> Mapping[Id, Clicked]:
        return {Id.SETUP_OPEN: lambda ask, _: opened(ask), Id.GROUP_PICK: picked}

    def forms(self) -> Mapping[Id, Submitted]:
        return {Id.SETUP_FORM: self.submitted}

    def submitted(self, ask: Ask, form: Form) -> Outcome:
        """Every group of the form there, by its name; then the channels named for them linked."""
        zone = self._zone(form.get(Field.ZONE))
        said = words.read_lines(form.get(Field.GROUPS), Field.GROUPS)
        told = _told(groups.set_up(ask, make=()))
        ask = replace(ask, world=ask.store.groups.world())
        if groups.set_zone(ask, zone, *self._country_of(zone)):
            told.append(f"The groups' zone is {zone} now.")
        told += [sentence for one in said if (sentence := _shaped(ask, one))]
        told += _told(groups.set_up(ask, make=()))
        return Reply(_state(ask, tuple(told)))

    def _zone(self, said: str) -> str:
        zones = self._find_zone(said)
        if len(zones) != 1:
            raise BadInput(Code.ZONE_UNKNOWN, Field.ZONE, said, choices=zones)
        return zones[0]


def _shaping() -> Iterable[Command[Any]]:
    yield Command(
        GROUP, ("add",), words.ADD_USAGE, "Makes a working group.",
        words.read_added, added, "group add trials PC Clinical Trials", COORDINATOR,
    )  # fmt: skip
    yield Command(
        GROUP, ("rename",), words.RENAME_USAGE, "Gives a group another name; ids stay.",
        words.read_renamed, renamed, "group rename trials Early Trials", COORDINATOR,
    )  # fmt: skip
    yield Command(
        GROUP, ("close",), words.CLOSE_USAGE, "Ends a group: no new actions, nothing is deleted.",
        words.read_closed, closed, "group close trials", COORDINATOR,
    )  # fmt: skip
    yield Command(
        GROUP, ("merge",), words.MERGE_USAGE, "Moves open actions and people to another group.",
        words.read_merged, merged, "group merge trials into outcomes", COORDINATOR,
    )  # fmt: skip


def _state(ask: Ask, told: tuple[str, ...]) -> Message:
    world = ask.store.groups.world()
    return view.setup_state(world, told, cut_off(ask.store, world.groups.values()))


def set_up(ask: Ask) -> Outcome:
    done = groups.set_up(ask)
    return Reply(_state(ask, tuple(_told(done))))


def opened(ask: Ask) -> Outcome:
    """The form with the groups as they are; before there are any, with the five."""
    groups.require_setter(ask)
    active = [g for g in ask.world.groups.values() if g.state is GroupState.ACTIVE] or FIVE
    lines = "\n".join(f"{g.key} {g.prefix} {g.name}" for g in active)
    zone = ask.world.programme.zone if ask.world.programme.name else ask.actor.zone
    return OpenModal(view.setup_form(lines, zone).payload)


def linked(ask: Ask, by: Invocation, said: LinkSaid) -> Outcome:
    if by.direct:
        raise BadInput(Code.WRONG_WORDS, None, by.text, usage=links.USAGE)
    done = links.link(ask, said.group.key if said.group else None)
    again = not done.changed
    message = view.linked(done.group, ask.channel, ask.world, again=again, shared=done.shared)
    return _answer(by, message, done.group)


def picked(ask: Ask, click: Click) -> Outcome:
    """A group for the channel that the question was about, else for this one."""
    key, channel = click.value.get("group"), ChannelId(click.value.get("channel") or ask.channel)
    done = links.link(ask, None if key == ALL else GroupKey(key), channel)
    if done.asked:
        return Silent()
    again = not done.changed
    message = view.linked(done.group, channel, ask.world, again=again, shared=done.shared)
    return Reply(message, rewrites=True)


def unlinked(ask: Ask, by: Invocation) -> Outcome:
    group = links.unlink(ask)
    return _answer(by, view.unlinked(group, ask.channel, ask.world), group)


def named(ask: Ask, by: Invocation, said: RoleSaid) -> Outcome:
    if said.meeting is not None:
        return guest_named(ask, by, said.user, said.meeting)
    done = roles.name_role(ask, said.user, said.role, said.group.key if said.group else None)
    message = role_named(said.user, done.role, done.group, ask.world, again=not done.changed)
    if done.role is Role.PARTNER:  # says something of their health
        return Reply(message)
    return _answer(by, message, done.group)


def removed(ask: Ask, by: Invocation, said: RemoveSaid) -> Outcome:
    if said.meeting is not None:
        return guest_removed(ask, by, said.user, said.meeting)
    key = said.group.key if said.group else None
    if key is None and not said.everything:
        key = roles.only_group(ask, said.user)
    done = roles.remove(ask, said.user, key)
    message = removed_words(
        said.user, done.groups, done.left, ask.world,
        programme=done.programme, channels=done.channels,
    )  # fmt: skip
    return _answer(by, message, *done.groups)


def added(ask: Ask, by: Invocation, said: GroupSaid) -> Outcome:
    done = groups.add(ask, said.key, said.prefix, said.name)
    return _answer(by, view.group_changed(done.group, "add", ask.world, again=not done.changed))


def renamed(ask: Ask, by: Invocation, said: RenameSaid) -> Outcome:
    done = groups.rename(ask, said.group.key, said.name)
    message = view.group_changed(done.group, "rename", ask.world, again=not done.changed)
    return _answer(by, message, done.group)


def closed(ask: Ask, by: Invocation, group: Group) -> Outcome:
    done = groups.close(ask, group.key)
    told = f"{called_off(done.meetings)} {still_open(done.deadlines)}".strip()
    message = view.group_changed(done.group, "close", ask.world, told, again=not done.changed)
    return _answer(by, message, done.group)


def merged(ask: Ask, by: Invocation, said: MergeSaid) -> Outcome:
    done = groups.merge(ask, said.group.key, said.into.key)
    told = f"{came_along(done.deadlines)} {meetings_along(done.meetings)}".strip()
    message = view.merged(said.group, said.into, done.moved, told, again=not done.changed)
    return _answer(by, message, said.group, said.into)


def _answer(by: Invocation, message: Message, *about: Group | None) -> Outcome:
    """`about` None: the programme, whose affairs are said in no group's channel."""
    groups = frozenset(group.key for group in about if group is not None)
    return Reply(message, private=not by.aloud, about=groups)


def _told(done: SetUp) -> list[str]:
    """Whole sentences; none where nothing changed."""
    told = ["You are the coordinator now."] if done.coordinator else []
    if done.groups:
        told.append(f"The groups are made: {', '.join(g.short for g in done.groups)}.")
    if done.linked:
        told.append(f"Channels linked by their names: {', '.join(g.short for g in done.linked)}.")
    if done.common:
        told.append("The channel of all groups is linked by its name.")
    return told


def _shaped(ask: Ask, said: GroupSaid) -> str:
    """What was done for one line of the form; `` where nothing had to be."""
    there = ask.store.groups.get(GroupKey(said.key))
    if there is None:
        groups.add(ask, said.key, said.prefix, said.name)
        return f"{said.name} was added."
    if there.prefix != said.prefix or there.state is not GroupState.ACTIVE:
        raise Conflict(Code.GROUP_TAKEN, key=said.key)
    done = groups.rename(ask, there.key, said.name)
    return f"{there.name} is called {said.name} now." if done.changed else ""
