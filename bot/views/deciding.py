"""Rows of what waits for somebody's word, each with why it does and with what ends that."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.deadlines import Deadline
from bot.domain.items import Item
from bot.domain.model import UserId, World
from bot.domain.outbox import Block
from bot.domain.things import Thing
from bot.views import deadlines
from bot.views.blocks import Element, More, Piece, actions, section
from bot.views.buttons import more
from bot.views.deadline_notices import deciding_buttons
from bot.views.lists import row, row_text
from bot.views.text import escape, plain

DECIDE = "decide"
BUTTONS = ":do"
"""How the block of buttons below a row is named."""


def rows(
    waiting: Iterable[tuple[Thing, str]], reader: UserId, now: datetime, world: World
) -> tuple[list[str], list[Piece | Block]]:
    """In sentences and in blocks; each thing with why it waits, unescaped, no full stop."""
    said: list[str] = []
    pieces: list[Piece | Block] = []
    for thing, why in waiting:
        words, spoken = escape(why), plain(why)
        if isinstance(thing, Item):
            pieces.append(row(thing, world, reader, now, DECIDE, _menu(thing), words))
            told = row_text(thing, world, now)
        else:
            pieces += _deadline(thing, words, reader, now, world)
            told = deadlines.row_text(thing, world, now)
        ending = "" if spoken.endswith("?") else "."
        said.append(f"{told}: {spoken[:1].lower()}{spoken[1:]}{ending}")
    return said, pieces


def _menu(item: Item) -> Element:
    return more(item, More.GIVE, More.EXTEND, More.DROP, More.DONE, More.DETAILS)


def _deadline(
    deadline: Deadline, words: str, reader: UserId, now: datetime, world: World
) -> tuple[Piece, Piece]:
    """Who is to have it is a name that only a word can say."""
    shown = deadlines.row_words(deadline, world, reader, now)
    give = "" if deadline.owner else f" `deadline give {deadline.ref} @name`"
    part = f"{DECIDE}:{deadline.ref}"
    return (
        section(part, f"{shown}\n{words}{give}"),
        actions(f"{part}{BUTTONS}", *deciding_buttons(deadline)),
    )
