"""The Home tab: what the viewer owes and waits for, in place, and the ways to everything else."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.domain.deadlines import Deadline
from bot.domain.history import Change
from bot.domain.items import Item
from bot.domain.meetings import Task, Upcoming
from bot.domain.model import GroupKey, Role, UserId, World
from bot.views import deadlines, facts
from bot.views.blocks import (
    Element,
    Id,
    More,
    Piece,
    View,
    actions,
    button,
    context,
    header,
    home_view,
    overflow,
    section,
    value,
)
from bot.views.buttons import more, undo
from bot.views.checklist import ASK_SET_UP, PRESS_SET_UP
from bot.views.dates import count
from bot.views.deadline_notices import menu
from bot.views.history import titled, what
from bot.views.home_chair import GroupGlance, chair_part
from bot.views.home_coordinator import ProgrammeGlance, coordinator_part
from bot.views.home_meetings import meeting_line, meetings_part
from bot.views.lists import in_order, row, row_menu
from bot.views.people import away_yourself, name, shown, zone_of
from bot.views.text import bare, clip, escape, instant, place

A_HEADING = 10
"""Rows under one heading; the rest is one button away."""
BLOCKS = 100
CLOSED_SHOWN = 3
TITLE = 80


@dataclass(frozen=True, slots=True)
class Glance:
    """All that one person's Home tells of.

    `waiting`: open actions that others owe the viewer, or that the viewer's wait for; `news`: the
    newest of `news_total` changes by others; `last`: the viewer's own change, if it can be undone.
    """

    own: tuple[Item, ...] = ()
    waiting: tuple[Item, ...] = ()
    given: frozenset[str] = frozenset()
    """Of `waiting`, the refs that the viewer may change."""
    closed: tuple[Item, ...] = ()
    news: tuple[Change, ...] = ()
    news_total: int = 0
    last: Change | None = None
    meetings: tuple[Upcoming, ...] = ()
    tasks: tuple[Task, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    """The viewer's own, open."""
    chaired: tuple[GroupGlance, ...] = ()
    programme: ProgrammeGlance | None = None


@dataclass(frozen=True, slots=True)
class _Heading:
    title: str
    rows: Sequence[Callable[[], Piece]]


def home(glance: Glance, world: World, viewer: UserId, now: datetime) -> View:
    """Within a hundred blocks: what comes later gives way first."""
    zone = zone_of(viewer, world)
    above: list[Piece] = []
    if glance.programme is not None:
        above += coordinator_part(glance.programme, world, now, zone)
    above += chair_part(glance.chaired, world, viewer, now)
    above += _top(glance, world, viewer, now)
    below = [
        *meetings_part(glance.meetings, glance.tasks, zone),
        *_news(glance, world, zone),
        *_closed(glance.closed),
        *_foot(world, viewer, now),
    ]
    room = BLOCKS - len(above) - len(below)
    return home_view([*above, *_fitting(_headings(glance, world, viewer, now), room), *below])


def _fitting(headings: Iterable[_Heading], room: int) -> list[Piece]:
    """Title and last line of each are sure; rows go to the first headings first."""
    found = [heading for heading in headings if heading.rows]
    room -= 2 * len(found)
    pieces: list[Piece] = []
    for title, rows in ((h.title, h.rows) for h in found):
        fits = max(0, min(A_HEADING, len(rows), room))
        room -= fits
        pieces.append(section(f"home:{title}", f"*{title} ({len(rows)})*"))
        pieces += [draw() for draw in rows[:fits]]
        if fits < len(rows):
            pieces.append(context(f"home:{title}:more", f"And {len(rows) - fits} more."))
    return pieces


def _headings(glance: Glance, world: World, viewer: UserId, now: datetime) -> Iterable[_Heading]:
    late, soon, later = _by_urgency(glance.own, world, now)
    waiting = in_order(glance.waiting, world, now)
    due = deadlines.in_order(glance.deadlines, world, now)

    def own(items: Iterable[Item]) -> list[Callable[[], Piece]]:
        return [partial(row, item, world, viewer, now) for item in in_order(items, world, now)]

    def others(item: Item) -> Piece:
        return row(item, world, viewer, now, "waits", _menu(item, glance))

    def theirs(deadline: Deadline) -> Piece:
        return deadlines.row(deadline, world, viewer, now, menu(deadline))

    yield _Heading("🔴 Overdue", own(late))
    yield _Heading("Due in the next 7 days", own(soon))
    yield _Heading("Your deadlines", [partial(theirs, one) for one in due])
    yield _Heading("⏳ Waiting on others", [partial(others, item) for item in waiting])
    yield _Heading("Later", own(later))


def _menu(item: Item, glance: Glance) -> Element:
    return row_menu(item) if item.ref in glance.given else more(item, More.DETAILS, More.HISTORY)


def _by_urgency(
    items: Iterable[Item], world: World, now: datetime
) -> tuple[list[Item], list[Item], list[Item]]:
    late: list[Item] = []
    soon: list[Item] = []
    later: list[Item] = []
    for item in items:
        if facts.is_late(item, world, now):
            late.append(item)
        elif item.due.day <= facts.group_today(item, world, now) + timedelta(7):
            soon.append(item)
        else:
            later.append(item)
    return late, soon, later


def _top(glance: Glance, world: World, viewer: UserId, now: datetime) -> list[Piece]:
    person = world.people.get(viewer)
    zone = zone_of(viewer, world)
    belongs = any(m.group or m.role is Role.COORDINATOR for m in world.roles(viewer))
    hello = f"{_greeting(now, zone)}{f', {person.name}' if person else ''}"
    late, soon, _ = _by_urgency(glance.own, world, now)
    said = [f"{len(glance.own)} open", f"{len(late)} overdue", f"{len(soon)} due in 7 days"]
    if glance.meetings:
        first = glance.meetings[0]
        said.append(f"next meeting {meeting_line(first, zone)}")
    pieces: list[Piece] = [
        header("home:hello", hello),
        context("home:count", " · ".join([*away_yourself(viewer, world, now), *said])),
        actions("home:do", *_ways(belongs=belongs)),
    ]
    if glance.last is not None:
        pieces.append(_just_now(glance.last, world))
    if not glance.own and not glance.deadlines and not any(task.late for task in glance.tasks):
        pieces.append(section("home:none", "Nothing on your list. 🎉 Enjoy the quiet."))
    if not world.groups:
        pieces.append(_not_set_up(world, viewer))
    elif not belongs:
        pieces.append(section("home:outside", OUTSIDE))
    return pieces


OUTSIDE = "You are not in a working group yet. Ask its chair to add you, or join its channel."


def _not_set_up(world: World, viewer: UserId) -> Piece:
    person = world.people.get(viewer)
    if viewer in world.holding(Role.COORDINATOR) or (person is not None and person.admin):
        way = button("Set up", Id.SETUP_OPEN, primary=True)
        return section("home:setup", PRESS_SET_UP, way)
    return section("home:setup", ASK_SET_UP)


def _ways(*, belongs: bool) -> list[Element]:
    """Who belongs to no group can note nothing."""
    new = [button("New action", Id.ITEM_NEW, primary=True)] if belongs else []
    lines = (("My data", "me export"), ("Help", "help"))
    return [
        *new,
        button("All my actions", Id.ITEM_MINE),
        button("My settings", Id.SETTINGS_OPEN),
        overflow(Id.WORD_RUN, [(label, value(line=line)) for label, line in lines]),
    ]


def _just_now(change: Change, world: World) -> Piece:
    """What the viewer just did, where they see it and can take it back."""
    item = change.after or change.before
    head = titled(item) if item else escape(change.ref)
    return section("home:last", f"{head}\nYou {escape(_did(change, world))}.", undo(change.request))


def _did(change: Change, world: World) -> str:
    """The title stands beside it already."""
    return what(replace(change, detail="") if change.verb == "add" else change, world)


def _greeting(now: datetime, zone: str) -> str:
    """At night nobody knows whether it is still evening."""
    hour = now.astimezone(ZoneInfo(zone)).hour
    if not 5 <= hour < 22:
        return "Hello"
    part = "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
    return f"Good {part}"


def _news(glance: Glance, world: World, zone: str) -> list[Piece]:
    """What others changed: of the viewer's actions, and in their groups."""
    if not glance.news:
        return []
    lines = [_new(change, world, zone) for change in glance.news]
    if glance.news_total > len(lines):
        lines.append(f"And {count(glance.news_total - len(lines), 'more change')}.")
    return [section("home:news", "\n".join(["*What changed in the last 7 days*", *lines]))]


def _new(change: Change, world: World, zone: str) -> str:
    item = change.after or change.before
    words = escape(clip(bare(item.text), TITLE)) if item else ""
    did = escape(clip(_did(change, world), 2 * TITLE))
    return f"*{change.ref}* {words} · {escape(name(change.by, world))} {did}, " + instant(
        change.at, zone
    )


def _closed(closed: Sequence[Item]) -> list[Piece]:
    if not closed:
        return []
    latest = [f"*{i.ref}* {escape(clip(bare(i.text), TITLE))}" for i in closed[:CLOSED_SHOWN]]
    return [context("home:closed", f"Recently closed ({len(closed)}): {'; '.join(latest)}")]


def _foot(world: World, viewer: UserId, now: datetime) -> list[Piece]:
    zone = escape(place(now.astimezone(ZoneInfo(zone_of(viewer, world)))))
    lines = [f"Your zone is {zone}. To change it: My settings, or `/wg zone` and your city."]
    chairs = [
        f"{shown(found, world)} ({escape(world.groups[key].short)})"
        for key in _groups_of(viewer, world)
        if (found := _chairs(key, viewer, world))
    ]
    if chairs:
        lines.append(f"Who chairs: {', '.join(chairs[:A_HEADING])}.")
    lines.append(HOW_OFTEN)
    if world.programme.label:
        lines.append(escape(world.programme.label))
    return [context("home:foot", *lines)]


HOW_OFTEN = "I remind you in at most one message a day, on your working mornings."


def _groups_of(viewer: UserId, world: World) -> list[GroupKey]:
    keys = [m.group for m in world.roles(viewer) if m.group in world.groups]
    return [key for key in dict.fromkeys(keys) if key is not None]


def _chairs(key: GroupKey, viewer: UserId, world: World) -> list[UserId]:
    people = world.people
    chairs = world.holding(Role.CHAIR, key)
    return [u for u in chairs if u != viewer and u in people and not people[u].left]
