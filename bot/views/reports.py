"""Help, and the words around setting up groups and channels."""

from dataclasses import dataclass

from bot.domain.model import Group, Role, UserId, World
from bot.domain.outbox import Message
from bot.views.blocks import View


@dataclass(frozen=True, slots=True)
class HelpEntry:
    """One line of help, from the registry; `audience`: member, chair or coordinator."""

    usage: str
    says: str
    example: str = ""
    audience: str = "member"


def help_page(
    entries: tuple[HelpEntry, ...], roles: frozenset[Role], world: World, groups: tuple[Group, ...]
) -> Message:
    """Shows what the roles may do; `groups` are the reader's own."""
    raise NotImplementedError


def setup_state(world: World, changed: tuple[str, ...] = ()) -> Message:
    """The guided checklist; without `changed` a second run says "nothing to change"."""
    raise NotImplementedError


def setup_form(lines: str, zone: str) -> View:
    """Field.GROUPS: one group a line, `key PREFIX Name`; Field.ZONE. Callback setup.form."""
    raise NotImplementedError


def group_line(group: Group, world: World) -> str:
    """mrkdwn: name, prefix, channel, chair."""
    raise NotImplementedError


def group_changed(group: Group, verb: str, world: World) -> Message:
    """`verb`: add, rename, close."""
    raise NotImplementedError


def linked(group: Group | None, channel: str, world: World) -> Message:
    """`group` None: the channel of all groups."""
    raise NotImplementedError


def unlinked(group: Group | None, channel: str, world: World) -> Message:
    raise NotImplementedError


def role_named(person: UserId, role: Role, group: Group | None, world: World) -> Message:
    raise NotImplementedError


def removed(person: UserId, groups: tuple[Group, ...], world: World) -> Message:
    raise NotImplementedError


def welcome(group: Group | None, world: World) -> Message:
    """What a linked channel gets once, to pin by hand."""
    raise NotImplementedError


def link_question(channel: str, groups: tuple[Group, ...]) -> Message:
    """To who invited the bot into a channel that belongs to no group."""
    raise NotImplementedError
