"""What will be said, in words for the one who asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.model import Group, UserId, World
from bot.domain.outbox import Message
from bot.views.blocks import Piece, context, message, section
from bot.views.dates import count, day_words, today
from bot.views.explanations import SHOWN
from bot.views.lists import spelled
from bot.views.people import zone_of
from bot.views.text import clip, escape, moment, plain

LINE_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Coming:
    """One message to come; `daily`: that of the day, with a line for each thing in it.

    `only_if`: for each line, on what it still depends; empty where on nothing.
    """

    at: datetime
    lines: tuple[Message, ...]
    daily: bool = False
    only_if: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The `text` of a message is plain and safe as it is."""
        depends = (*self.only_if, *[""] * len(self.lines))
        return tuple(map(_line, self.lines, depends))


def preview(
    mine: tuple[Coming, ...],
    here: tuple[Coming, ...],
    group: Group | None,
    viewer: UserId,
    world: World,
    end: datetime,
) -> Message:
    """`group`: that of the channel, for who may know what waits for it."""
    zone = zone_of(viewer, world)
    until = day_words(today(end, zone))
    head = f"Until {until} I have nothing to say to you."
    if mine:
        head = f"Until {until} I have {count(len(mine), 'message')} for you, if nothing changes."
    pieces: list[Piece] = [section("preview:head", head)]
    pieces += _coming("preview:mine", mine, zone)
    spoken = [_spoken(one, zone) for one in mine]
    if group is not None:
        there = f"Nothing waits to be posted in the channel of {group.short}."
        if here:
            there = f"In the channel of {group.short} {count(len(here), 'message')} to come."
        pieces.append(section("preview:there", escape(there)))
        pieces += _coming("preview:here", here, zone)
        spoken += [plain(there), *(_spoken(one, zone) for one in here)]
    pieces.append(context("preview:how", _FORETOLD))
    return message(spelled(head, spoken), *pieces)


_FORETOLD = (
    "Reminders of actions, deadlines and what meetings need, what comes with meetings, digests, "
    "and what waits already."
)


def _coming(prefix: str, coming: Sequence[Coming], zone: str) -> list[Piece]:
    pieces: list[Piece] = []
    left, total = SHOWN, sum(len(one.lines) for one in coming)
    for number, one in enumerate(coming):
        if left <= 0:
            break
        rows = [f"• {line}" for line in one.texts[:left]]
        left -= len(rows)
        pieces.append(
            section(f"{prefix}:{number}", "\n".join([f"*{escape(moment(one.at, zone))}*", *rows]))
        )
    if total > SHOWN:
        pieces.append(context(f"{prefix}:left", f"And {count(total - SHOWN, 'line')} more."))
    return pieces


def _line(line: Message, only_if: str) -> str:
    said = clip(line.text, LINE_SHOWN)
    return f"{said} ({only_if[:1].upper()}{only_if[1:]}.)" if only_if else said


def _spoken(one: Coming, zone: str) -> str:
    return f"{moment(one.at, zone)}: {' '.join(one.texts)}"
