"""What went wrong, in words, with a button that carries on with what was typed."""

import re

from bot.domain.model import World
from bot.domain.outbox import Message
from bot.errors import Busy, Code, UserError
from bot.views.answers import Line
from bot.views.blocks import Piece, actions, context, message, section
from bot.views.error_gaps import GAP, mended
from bot.views.error_ways import run, ways_on
from bot.views.error_words import sentence
from bot.views.people import name
from bot.views.text import clip_middle, escape, plain, unescape

__all__ = ["field_words", "mended", "our_fault", "refused", "spoken", "words"]

ECHOED = 500
_NEEDS = re.compile(
    r"^((?:meeting\s+)?needs\s+mt\W*\d+(?:\s+all(?=\W*$))?)\b.*$", re.IGNORECASE | re.DOTALL
)
"""What somebody needs is not repeated: a message with it would be kept."""
_TOKEN = re.compile(r"<([@#])([A-Z0-9]+)(?:\|[^>]*)?>")


def words(
    error: UserError | Busy,
    typed: str,
    command: str,
    world: World,
    offered: World | None = None,
) -> Message:
    """`command` and `typed` together are the line as it was said.

    `offered`: the part of the world that the reader may pick from; None: all of it.

    Buttons carry it mended: `line` in a value runs as if typed, a picker's block_id goes through
    `mended`, item.new carries the `line` its form starts with.
    """
    said = sentence(error, world, offered)
    secret = isinstance(error, UserError) and error.code is Code.PATIENT_DATA
    line = "" if secret else _line(command, typed)
    pieces: list[Piece] = [section("error", said)]
    echoed = ""
    if line:
        echoed = spoken(clip_middle(line, ECHOED), world)
        note = " (shortened)" if len(line) > ECHOED else ""
        pieces.append(context("error:typed", f"You typed{note}: {escape(echoed)}"))
    for block_id, elements in ways_on(error, line, offered or world):
        if elements:
            pieces.append(actions(block_id, *elements))
    text = f"{said} You typed: {plain(echoed)}" if echoed else said
    return message(text, *pieces)


def refused(ref: str, error: UserError, world: World) -> Line:
    """One of several that could not be done; the id is said if the sentence does not."""
    said = sentence(error, world)
    return Line(said if ref in said else f"{plain(ref)}: {said}", refused=True)


def field_words(error: UserError, world: World, offered: World | None = None) -> str:
    """Plain text for the errors of a form's ack."""
    return sentence(error, world, offered).replace("&amp;", "&")


def our_fault(reference: str, typed: str = "", command: str = "") -> Message:
    said = f"Something went wrong on our side; nothing was lost. Reference {plain(reference)}."
    line = _line(command, typed)
    pieces: list[Piece] = [section("error", said)]
    if line:
        pieces.append(actions("error:do", run("Try again", line)))
    return message(said, *pieces)


def spoken(line: str, world: World) -> str:
    """Mentions and entities as people see them; unescaped."""

    def seen(match: re.Match[str]) -> str:
        return name(match[2], world) if match[1] == "@" else "#channel"

    return unescape(_TOKEN.sub(seen, line))


def _line(command: str, typed: str) -> str:
    """Without slash and root, which every door adds for itself."""
    opening = command.strip().lstrip("/")
    if opening.casefold() == "wg" or opening.startswith(("@", "<@")):
        opening = ""
    line = f"{opening} {typed}".strip().replace(GAP, "")
    return _NEEDS.sub(r"\1", line)
