"""Forms about actions; `blocks.Field` names their inputs, private_metadata holds ids only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.model import Group, Item, UserId, World
from bot.domain.outbox import Message
from bot.views.blocks import Field, View


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form starts with: what was typed, or the message it is made from."""

    text: str = ""
    owners: tuple[UserId, ...] = ()
    due: date | None = None
    group: str = ""
    needs: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a form was opened from: comes back in private_metadata. Ids and one link."""

    channel: str = ""
    ts: str = ""
    thread_ts: str = ""
    permalink: str = ""
    request: str = ""


Errors = Mapping[Field, str]


def origin(metadata: str) -> Origin:
    raise NotImplementedError


def add_form(
    draft: Draft,
    groups: tuple[Group, ...],
    members: tuple[UserId, ...],
    world: World,
    default_due: date,
    where: Origin = Origin(),
) -> View:
    """`members` may be picked as owners; callback item.add. Field errors go in the ack."""
    raise NotImplementedError


def extend_form(
    item: Item, world: World, now: datetime, meeting: date | None = None, *, suggest: bool = False
) -> View:
    """`meeting`: day of the group's next meeting. Field.QUICK, Field.DUE, Field.REASON."""
    raise NotImplementedError


def block_form(item: Item) -> View:
    raise NotImplementedError


def give_form(item: Item, members: tuple[UserId, ...], world: World) -> View:
    raise NotImplementedError


def edit_form(item: Item) -> View:
    raise NotImplementedError


def note_form(item: Item) -> View:
    raise NotImplementedError


def drop_form(item: Item) -> View:
    raise NotImplementedError


def decline_form(item: Item, world: World) -> View:
    raise NotImplementedError


def detail_modal(title: str, said: Message) -> View:
    """Shows any Message in a modal: details, a list, a history, help."""
    raise NotImplementedError
