"""The facts of one action in words, shared by cards, lists, answers and reminders."""

from datetime import date, datetime

from bot.domain.items import Answer, Item, ItemState
from bot.domain.model import UserId, World
from bot.domain.things import Thing, due_day
from bot.views.blocks import TITLE_SHOWN, clip, escape, plain
from bot.views.dates import day_words, due_words, due_yours, relative, today
from bot.views.people import group_of, named, shown, zone_of
from bot.views.text import bare

DETAIL_SHOWN = 600


def title(item: Item) -> str:
    """For mrkdwn."""
    return escape(clip(bare(item.text), TITLE_SHOWN)) or "…"


def titled(item: Item) -> str:
    """For mrkdwn: id and title; struck through once closed."""
    words = f"~{title(item)}~" if item.state.closed else title(item)
    return f"*{item.ref}* {words}"


def title_text(item: Item) -> str:
    """For `text`."""
    return plain(clip(bare(item.text), TITLE_SHOWN)).rstrip(" .") or "…"


def due(item: Item, world: World) -> str:
    return due_words(item.due, group_of(item, world).zone)


def group_today(item: Item, world: World, now: datetime) -> date:
    return today(now, group_of(item, world).zone)


def is_late(item: Item, world: World, now: datetime) -> bool:
    return not item.state.closed and item.due.day < group_today(item, world, now)


def distance(item: Item, world: World, now: datetime) -> str:
    return relative(item.due.day, group_today(item, world, now))


def due_private(item: Item, world: World, viewer: UserId, now: datetime) -> str:
    """For mrkdwn: date, distance, and the reader's own date where it differs."""
    group_zone = group_of(item, world).zone
    yours = due_yours(item.due, group_zone, zone_of(viewer, world))
    said = f"{due(item, world)} ({distance(item, world, now)})"
    return f"{said} {yours}" if yours else said


def moved(thing: Thing) -> str:
    """Such as "moved 2 times, +14 days, first promised Wed 31 Oct 2012", or nothing."""
    return f"{slipped(thing)}, first promised {day_words(thing.first_due)}" if thing.moves else ""


def slipped(thing: Thing) -> str:
    """Such as "moved 2 times, +14 days", or nothing."""
    return slipped_words(len(thing.moves), (due_day(thing) - thing.first_due).days)


def slipped_words(moves: int, days: int) -> str:
    """`days`: from the first date to that of now."""
    if not moves:
        return ""
    total = f", {days:+d} {'day' if abs(days) == 1 else 'days'}" if days else ""
    times = "once" if moves == 1 else f"{moves} times"
    return f"moved {times}{total}"


def waiting_for(item: Item) -> tuple[UserId, ...]:
    """Owners who have not yet answered."""
    return tuple(a.user for a in item.assignments if a.answer is Answer.ASKED)


def state_text(item: Item, world: World) -> str:
    """For `text`, one word or a few."""
    if item.taken_back:
        return "taken back"
    words = {
        ItemState.DONE: "done",
        ItemState.DROPPED: "won't do",
        ItemState.BLOCKED: "blocked",
        ItemState.IN_PROGRESS: "in progress",
        ItemState.OPEN: "open",
    }[item.state]
    if item.state.closed or not waiting_for(item):
        return words
    return f"{words}, not confirmed"


def ended(item: Item) -> str:
    """Of a closed one, after "is already"."""
    return "dropped" if item.state is ItemState.DROPPED else "done"


def state(item: Item, world: World) -> str:
    """For mrkdwn: the emoji always followed by its word; no lateness, a card stays for ever."""
    if item.state is ItemState.DONE:
        return "✅ Done"
    if item.state is ItemState.DROPPED:
        return "Won't do"
    said = []
    if item.state is ItemState.BLOCKED:
        said.append("⏳ Waiting: blocked")
    elif item.state is ItemState.IN_PROGRESS:
        said.append("In progress")
    if asked := waiting_for(item):
        said.append(f"⏳ Waiting: not confirmed by {shown(asked, world)}")
    if not item.owners:
        said.append("Needs an owner")
    return "\n".join(said) or "Open"


def owners_text(item: Item, world: World) -> str:
    return f"for {named(item.owners, world)}" if item.owners else "without an owner"


def sentence(item: Item, world: World, now: datetime | None = None) -> str:
    """For `text`, after the id: owners, title, date, group; no full stop.

    With `now` also how far the date is, for what only one person reads.
    """
    group = plain(group_of(item, world).short)
    far = f" ({distance(item, world, now)})" if now and not item.state.closed else ""
    return (
        f"{owners_text(item, world)}: {title_text(item)}, due {due(item, world)}{far}, in {group}"
    )


def reason(words: str) -> str:
    """For mrkdwn: the end is what is cut."""
    return escape(clip(bare(words), DETAIL_SHOWN))


def reason_text(words: str) -> str:
    return plain(clip(bare(words), DETAIL_SHOWN)).rstrip(" .")
