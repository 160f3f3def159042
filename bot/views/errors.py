"""What went wrong, in words: what happened, what to do, and a button that carries on."""

from bot.domain.model import World
from bot.domain.outbox import Message
from bot.errors import Busy, UserError
from bot.views.items import Line


def words(error: UserError | Busy, typed: str, command: str, world: World) -> Message:
    """`command` and `typed` together are the line; a button carries it mended (`word.run`, or
    item.pick_*: value or block_id with `line` or with `command`, `typed`, `bad`).
    """
    raise NotImplementedError


def mended(carried: str, picked: str) -> str:
    """The line to run for a picker: `carried` is its block_id, `picked` the date, id or group."""
    raise NotImplementedError


def refused(ref: str, error: UserError, world: World) -> Line:
    raise NotImplementedError


def field_words(error: UserError, world: World) -> str:
    """Plain text for the errors of a form's ack."""
    raise NotImplementedError


def our_fault(reference: str, typed: str = "", command: str = "") -> Message:
    raise NotImplementedError
