"""The Home tab: the viewer's open actions in place, and the ways to everything else."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.items import Item
from bot.domain.model import UserId, World
from bot.views import facts
from bot.views.blocks import (
    Id,
    Piece,
    View,
    actions,
    button,
    context,
    header,
    home_view,
    section,
    value,
)
from bot.views.dates import count
from bot.views.lists import in_order, row
from bot.views.notices import HOW_OFTEN
from bot.views.people import zone_of
from bot.views.text import escape, place

A_HEADING = 10
"""Rows under one heading; the rest is one button away."""


def home(items: tuple[Item, ...], world: World, viewer: UserId, now: datetime) -> View:
    """`items`: the viewer's open actions over all groups."""
    zone = zone_of(viewer, world)
    late = [item for item in items if facts.is_late(item, world, now)]
    ahead = [item for item in items if not facts.is_late(item, world, now)]
    soon = [item for item in ahead if _is_soon(item, world, now)]
    later = [item for item in ahead if not _is_soon(item, world, now)]
    person = world.people.get(viewer)
    pieces: list[Piece] = [
        header(
            "home:hello", f"Good {_part_of_day(now, zone)}{f', {person.name}' if person else ''}"
        ),
        context("home:count", _counted(items, late, soon)),
        actions(
            "home:do",
            button("New action", Id.ITEM_NEW, primary=True),
            button("All my actions", Id.ITEM_MINE),
            button("Help", Id.WORD_RUN, value(line="help")),
        ),
    ]
    for title, found in (
        ("🔴 Overdue", late),
        ("Due in the next 7 days", soon),
        ("Later", later),
    ):
        pieces += _heading(title, found, world, viewer, now)
    if not items:
        pieces.append(section("home:none", "Nothing on your list. 🎉 Enjoy the quiet."))
    zone_said = escape(place(now.astimezone(ZoneInfo(zone))))
    pieces.append(context("home:foot", f"Your zone is {zone_said}. {HOW_OFTEN}", *_label(world)))
    return home_view(pieces)


def _label(world: World) -> list[str]:
    return [escape(world.programme.label)] if world.programme.label else []


def _part_of_day(now: datetime, zone: str) -> str:
    hour = now.astimezone(ZoneInfo(zone)).hour
    if 5 <= hour < 12:
        return "morning"
    return "afternoon" if 12 <= hour < 18 else "evening"


def _is_soon(item: Item, world: World, now: datetime) -> bool:
    return item.due.day <= facts.group_today(item, world, now) + timedelta(7)


def _counted(items: tuple[Item, ...], late: list[Item], soon: list[Item]) -> str:
    return f"{len(items)} open · {len(late)} overdue · {count(len(soon), 'action')} due in 7 days"


def _heading(
    title: str, found: list[Item], world: World, viewer: UserId, now: datetime
) -> list[Piece]:
    if not found:
        return []
    ordered = in_order(found, world, now)
    pieces: list[Piece] = [section(f"home:{title}", f"*{title} ({len(found)})*")]
    pieces += [row(item, world, viewer, now) for item in ordered[:A_HEADING]]
    if len(found) > A_HEADING:
        pieces.append(context(f"home:{title}:more", f"And {len(found) - A_HEADING} more."))
    return pieces
