"""What the bot says unasked: reminders, questions to owners, and words to givers and chairs."""

from datetime import datetime

from bot.domain.model import Item, UserId, World
from bot.domain.outbox import Message


def reminder_line(item: Item, step: str, world: World, to: UserId, now: datetime) -> Message:
    """One action's part of the daily message; `step` as in `Notice.step` (`-2d`, `+7d`, `ask`)."""
    raise NotImplementedError


def bundle(lines: tuple[Message, ...], late: str | None = None) -> Message:
    """The one message of a day; also right for a single line."""
    raise NotImplementedError


def late_words(was_due: datetime, offline: tuple[datetime, datetime] | None = None) -> str:
    """Local, zoned times of the reader: "Delayed: was due Thu 09:00; I was offline"."""
    raise NotImplementedError


def given(item: Item, by: UserId, world: World, now: datetime) -> Message:
    """To the giver: somebody accepted."""
    raise NotImplementedError


def declined(item: Item, by: UserId, reason: str, world: World, now: datetime) -> Message:
    raise NotImplementedError


def unanswered(item: Item, to: UserId, world: World, now: datetime) -> Message:
    raise NotImplementedError


def escalated(item: Item, step: str, to: UserId, world: World, now: datetime) -> Message:
    raise NotImplementedError


def settled_line(
    item: Item, verb: str, by: UserId, world: World, now: datetime, request: str = ""
) -> Message:
    """What replaces one action's part of a message after a click."""
    raise NotImplementedError
