"""Lists of actions: one row each, late ones first, at most 25 a page."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.domain.items import Item, ItemState
from bot.domain.model import Group, UserId, World
from bot.domain.outbox import Message
from bot.views import facts
from bot.views.blocks import (
    Element,
    Id,
    More,
    Piece,
    actions,
    button,
    context,
    escape,
    message,
    section,
    select,
    value,
)
from bot.views.buttons import more
from bot.views.dates import count, day_words, today
from bot.views.people import group_of, named, shown
from bot.views.text import plain

ROWS = 25
FILTERS = {
    "open": "Open",
    "mine": "Mine",
    "overdue": "Overdue",
    "blocked": "Blocked",
    "unowned": "Without an owner",
    "done": "Done",
    "all": "All",
}


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
    *,
    hidden: bool = False,
) -> Message:
    """`items`: all that the filter `show` (the word of `action list`) found, in any order.

    `hidden`: there are others, which the viewer may not see.
    """
    carries = {"group": group.key if group else "", "person": person or ""}
    if not items:
        return _nothing(title, show, carries, hidden=hidden)
    ordered = in_order(items, world, now)
    pages = -(-len(ordered) // ROWS)
    page = min(max(page, 1), pages)
    rows = ordered[(page - 1) * ROWS : page * ROWS]
    late = sum(facts.is_late(item, world, now) for item in items)
    head = f"{title}: {count(len(items), 'action')}" + (f", {late} overdue" if late else "")
    where = f", page {page} of {pages}" if pages > 1 else ""
    spoken = [f"{row_text(item, world, now)}." for item in rows]
    return message(
        spelled(f"{plain(head)}{where}.", spoken),
        section("list:head", f"*{escape(title)}*\n{_counted(items, late, where)}"),
        *(row(item, world, viewer, now) for item in rows),
        actions("list:page", *_paging(show, page, pages, carries)),
        context("list:hint", _hint(show)),
    )


def mine(items: tuple[Item, ...], world: World, viewer: UserId, now: datetime) -> Message:
    """Open actions of the viewer over all groups."""
    return listing(items, world, viewer, now, "Your open actions", "mine")


def empty(title: str = "Your open actions", show: str = "mine") -> Message:
    return _nothing(title, show, {})


def in_order(items: Iterable[Item], world: World, now: datetime) -> list[Item]:
    """Overdue first, then by date; what is closed comes last, the latest first."""

    def rank(item: Item) -> tuple[bool, bool, float, str]:
        closed = item.closed_at.timestamp() if item.closed_at else 0.0
        when = -closed if item.state.closed else float(item.due.day.toordinal())
        return item.state.closed, not facts.is_late(item, world, now), when, _number(item)

    return sorted(items, key=rank)


def _number(item: Item) -> str:
    prefix, _, number = item.ref.rpartition("-")
    return f"{prefix}-{number:0>9}"


def row(
    item: Item,
    world: World,
    viewer: UserId,
    now: datetime,
    part: str = "row",
    menu: Element | None = None,
    note: str = "",
) -> Piece:
    """With an overflow; names without mention, so that a list pings nobody.

    `part` keeps the rows of one action apart where several lists show it; `note` ends the row.
    """
    lines = [facts.titled(item), _second_line(item, world, viewer, now), *([note] if note else [])]
    return section(f"{part}:{item.ref}", "\n".join(lines), menu or row_menu(item))


def row_menu(item: Item) -> Element:
    if item.state.closed:
        return more(item, More.DETAILS, More.HISTORY)
    blocked = More.UNBLOCK if item.state is ItemState.BLOCKED else More.BLOCK
    return more(item, More.DONE, More.EXTEND, More.GIVE, blocked, More.DETAILS)


def _second_line(item: Item, world: World, viewer: UserId, now: datetime) -> str:
    owners = shown(item.owners, world) if item.owners else "needs an owner"
    parts = ["you" if item.owners == (viewer,) else owners]
    if item.state.closed:
        verb = "✅ Done" if item.state is ItemState.DONE else "Won't do"
        when = item.closed_at and day_words(today(item.closed_at, group_of(item, world).zone))
        parts.append(f"{verb} {when}" if when else verb)
        return " · ".join(parts)
    late = facts.is_late(item, world, now)
    due = facts.due_private(item, world, viewer, now)
    parts.append(f"🔴 Overdue: {due}" if late else due)
    if item.state is ItemState.BLOCKED:
        parts.append("⏳ Waiting: blocked")
    if item.state is ItemState.IN_PROGRESS:
        parts.append("in progress")
    if facts.waiting_for(item):
        parts.append("⏳ Waiting: not confirmed")
    if moves := facts.moved(item):
        parts.append(moves)
    return " · ".join(parts)


def row_text(item: Item, world: World, now: datetime) -> str:
    """For `text`: the same facts, no full stop."""
    owners = named(item.owners, world) if item.owners else "no owner"
    head = f"{item.ref} {facts.title_text(item)}, {owners}"
    if item.state.closed:
        return f"{head}, {facts.state_text(item, world)}"
    moves = facts.moved(item)
    parts = [head, f"due {facts.due(item, world)} ({facts.distance(item, world, now)})"]
    said = facts.state_text(item, world)
    parts += [said] if said != "open" else []
    return ", ".join([*parts, *([moves] if moves else [])])


def spelled(head: str, rows: Sequence[str], limit: int = 3700) -> str:
    """All that fits into `text`, and how many more there are."""
    said, length = [head], len(head)
    for number, spoken in enumerate(rows):
        if length + len(spoken) + 1 > limit:
            said.append(f"And {len(rows) - number} more.")
            break
        said.append(spoken)
        length += len(spoken) + 1
    return " ".join(said)


def _counted(items: tuple[Item, ...], late: int, where: str) -> str:
    said = [count(len(items), "action")]
    if late:
        said.append(f"🔴 Overdue: {late}")
    if blocked := sum(item.state is ItemState.BLOCKED for item in items):
        said.append(f"⏳ Waiting: {blocked} blocked")
    return " · ".join(said) + where


def _paging(show: str, page: int, pages: int, carries: dict[str, str]) -> list[Element]:
    choices = [(label, value(show=word, **carries)) for word, label in FILTERS.items()]
    chosen = value(show=show, **carries)
    elements = [select(Id.ITEM_SHOW, choices, "Show", chosen)]
    if page > 1:
        back = value(show=show, page=str(page - 1), **carries)
        elements.append(button("Previous 25", f"{Id.ITEM_PAGE}#1", back))
    if page < pages:
        on = value(show=show, page=str(page + 1), **carries)
        elements.append(button("Show 25 more", f"{Id.ITEM_PAGE}#2", on))
    return elements


def _hint(show: str) -> str:
    if show in ("mine", "open"):
        return "Type the id to see one in full. Only you can see this list."
    return "Only you can see this list."


HIDDEN = "None that you may see."
_EMPTY = {
    "mine": "Nothing on your list. 🎉 Enjoy the quiet.",
    "open": "No open actions.",
    "overdue": "Nothing is overdue.",
    "blocked": "Nothing is blocked.",
    "unowned": "Every open action has an owner.",
    "done": "Nothing has been closed yet.",
    "all": "No actions yet.",
}


def _nothing(title: str, show: str, carries: dict[str, str], *, hidden: bool = False) -> Message:
    said = HIDDEN if hidden else _EMPTY.get(show, "No actions yet.")
    new = button("New action", Id.ITEM_NEW, value(group=carries.get("group", "")), primary=True)
    elements = [new, *_paging(show, 1, 1, carries)]
    text = said if show == "mine" else f"{plain(title)}: {said}"
    return message(
        text,
        section("list:head", f"*{escape(title)}*\n{said}"),
        actions("list:page", *elements),
    )
