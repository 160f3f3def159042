"""The chair's part of Home: how each group stands, and what waits for the chair's word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.departures import Departure
from bot.domain.items import Item
from bot.domain.model import Group, Ref, UserId, World
from bot.domain.state import Judged, Remark, Sign, Why
from bot.views.blocks import (
    Element,
    Id,
    More,
    Piece,
    actions,
    button,
    context,
    fields,
    nth,
    section,
    value,
)
from bot.views.buttons import more
from bot.views.dates import count
from bot.views.lists import row
from bot.views.people import shown
from bot.views.standing import WORDS, reason, remarks, waits
from bot.views.text import escape

DECIDED_AT_ONCE = 5
IN_FULL = 3
"""Groups with rows of their own; further ones get a line each."""
LEFT_SHOWN = 3


@dataclass(frozen=True, slots=True)
class GroupGlance:
    """`decide`: all that waits for the chair, the first in full in `rows`.

    `left`: who went, with how much of theirs needs an owner.
    """

    group: Group
    judged: Judged
    open: int = 0
    overdue: int = 0
    blocked: int = 0
    unowned: int = 0
    unconfirmed: int = 0
    decide: tuple[tuple[Ref, Why], ...] = ()
    rows: tuple[Item, ...] = ()
    left: tuple[tuple[Departure, int], ...] = ()
    remarks: tuple[Remark, ...] = ()


def standing(glance: GroupGlance) -> str:
    """For mrkdwn, such as "🔴 Late · *Trials*: PC-2 is 9 days late"."""
    word = WORDS[glance.judged.standing]
    told = [reason(glance.judged)]
    told += [remarks(r for r in glance.remarks if r.sign is Sign.IMPOSSIBLE)]
    said = "; ".join(filter(None, told))
    return f"{word} · *{escape(glance.group.short)}*: {escape(said)}"


def chair_part(
    glances: Sequence[GroupGlance], world: World, viewer: UserId, now: datetime
) -> list[Piece]:
    pieces: list[Piece] = []
    for glance in glances[:IN_FULL]:
        pieces += _group(glance, world, viewer, now)
    if len(glances) > IN_FULL:
        lines = [standing(glance) for glance in glances[IN_FULL:]]
        pieces.append(section("chair:others", "\n".join(lines)))
    return pieces


def _group(glance: GroupGlance, world: World, viewer: UserId, now: datetime) -> list[Piece]:
    key = f"group-{glance.group.key}"  # Apart from the names of our own parts.
    pieces: list[Piece] = [
        section(f"chair:{key}", f"{standing(glance)}."),
        fields(f"chair:{key}:counts", list(_counts(glance))),
    ]
    if glance.decide:
        pieces.append(section(f"chair:{key}:decide", f"*Please decide ({len(glance.decide)})*"))
    rows = {item.ref: item for item in glance.rows}
    for ref, why in glance.decide[:DECIDED_AT_ONCE]:
        if (item := rows.get(ref)) is not None:
            pieces.append(
                row(
                    item,
                    world,
                    viewer,
                    now,
                    "decide",
                    _menu(item),
                    waits(why, glance.group.settings),
                )
            )
    if len(glance.decide) > DECIDED_AT_ONCE:
        rest = len(glance.decide) - DECIDED_AT_ONCE
        pieces.append(context(f"chair:{key}:rest", f"And {rest} more."))
    pieces += [_left(departure, number, world) for departure, number in glance.left[:LEFT_SHOWN]]
    pieces.append(actions(f"chair:{key}:do", *_buttons(glance)))
    return pieces


def _counts(glance: GroupGlance) -> Iterable[str]:
    yield f"*Open* {glance.open}"
    yield f"*Overdue* {glance.overdue}"
    yield f"*Blocked* {glance.blocked}"
    yield f"*Without an owner* {glance.unowned}"
    yield f"*Not confirmed* {glance.unconfirmed}"


def _menu(item: Item) -> Element:
    return more(item, More.GIVE, More.EXTEND, More.DROP, More.DONE, More.DETAILS)


def _left(departure: Departure, number: int, world: World) -> Piece:
    who = shown([departure.user], world)
    verb = "needs" if number == 1 else "need"
    rest = f": {count(number, 'action')} {verb} an owner." if number else "."
    said = f"⏳ Waiting: {who} left{rest}"
    way = button("Hand over", Id.HANDOVER_OPEN, value(str(departure.id)), names=who)
    return section(f"left:{departure.id}", said, way)


def _buttons(glance: GroupGlance) -> list[Element]:
    key = glance.group.key
    return [
        button("Open actions", Id.WORD_RUN, value(line=f"action list open {key}")),
        button("This week's digest", nth(Id.WORD_RUN, 2), value(line=f"digest {key}")),
        button("Plan a meeting", Id.MEETING_PLAN, value(group=key)),
        button("Group settings", Id.GROUP_SETTINGS_OPEN, value(group=key)),
    ]
