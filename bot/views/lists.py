"""Lists of actions: one row each, late ones first, at most 25 a page."""

from datetime import datetime

from bot.domain.model import Group, Item, UserId, World
from bot.domain.outbox import Message

ROWS = 25


def listing(
    items: tuple[Item, ...],
    world: World,
    viewer: UserId,
    now: datetime,
    title: str,
    show: str = "open",
    page: int = 1,
    group: Group | None = None,
    person: UserId | None = None,
) -> Message:
    """`items`: all that the filter `show` (the word of `action list`) found, in any order."""
    raise NotImplementedError


def mine(items: tuple[Item, ...], world: World, viewer: UserId, now: datetime) -> Message:
    raise NotImplementedError


def empty(title: str = "", show: str = "mine") -> Message:
    raise NotImplementedError
