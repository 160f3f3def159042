"""What is said of one action: its card, its details, and the answers to what people did."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.model import Change, Item, UserId, World
from bot.domain.outbox import Message


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of an answer about several actions, safe for `text` as it stands."""

    words: str
    refused: bool = False


def card(item: Item, world: World, now: datetime) -> Message:
    """The one message for the group's channel, edited for ever."""
    raise NotImplementedError


def detail(
    item: Item, world: World, viewer: UserId, now: datetime, needs: tuple[Item, ...] = ()
) -> Message:
    raise NotImplementedError


def added(
    item: Item, world: World, now: datetime, notes: tuple[str, ...] = (), request: str = ""
) -> Message:
    """Private answer; `notes` are whole sentences, e.g. "No date said: 7 days from today."."""
    raise NotImplementedError


def receipt(
    item: Item, world: World, now: datetime, notes: tuple[str, ...] = (), request: str = ""
) -> Message:
    """Thread reply on the message an action was taken from."""
    raise NotImplementedError


def changed(
    item: Item, verb: str, world: World, now: datetime, request: str, detail: str = ""
) -> Message:
    """Private answer; `verb` as typed: done, reopen, drop, start, block, unblock, give, accept,
    decline, move, edit, note, take, mute, tomorrow."""
    raise NotImplementedError


def line(item: Item, verb: str, world: World, now: datetime, detail: str = "") -> Line:
    """The sentence of `changed`, for `several` and `undone`."""
    raise NotImplementedError


def several(lines: tuple[Line, ...], request: str) -> Message:
    """Refusals come from `errors.refused(ref, error, world)`."""
    raise NotImplementedError


def already_recorded(item: Item, world: World, now: datetime) -> Message:
    raise NotImplementedError


def history(item: Item, changes: tuple[Change, ...], world: World, viewer: UserId) -> Message:
    raise NotImplementedError


def undone(lines: tuple[Line, ...]) -> Message:
    """Each line says what was taken back: `undone_line(change, world)`."""
    raise NotImplementedError


def undone_line(change: Change, world: World) -> Line:
    raise NotImplementedError
