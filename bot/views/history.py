"""Every change of one action or deadline: who, when, what."""

from bot.domain.deadlines import Deadline
from bot.domain.history import Change
from bot.domain.model import UserId, World
from bot.domain.outbox import Message
from bot.domain.things import Thing, due_day
from bot.views import deadline_buttons, deadlines, facts
from bot.views.blocks import Element, Id, Piece, actions, context, instant, message, section
from bot.views.buttons import press
from bot.views.dates import count, day_words, today
from bot.views.people import name, zone_of
from bot.views.text import clip, escape, plain

SHOWN = 25
A_PIECE = 5


def history(thing: Thing, changes: tuple[Change, ...], world: World, viewer: UserId) -> Message:
    """Oldest first; of a long one the latest 25."""
    latest = changes[-SHOWN:]
    zone = zone_of(viewer, world)
    spoken = [
        f"{day_words(today(c.at, zone))} {plain(name(c.by, world))} {plain(what(c, world))}"
        for c in latest
    ]
    moves = facts.moved(thing)
    counted = count(len(changes), "change") + (f", {moves}" if moves else "")
    text = f"History of {thing.ref}, {title_text(thing)}: {counted}."
    head = f"History of {titled(thing)}" + (f"\n{moves[0].upper()}{moves[1:]}" if moves else "")
    pieces: list[Piece] = [section(f"{thing.ref}:head", head)]
    rows = [
        f"{instant(c.at, zone)} {escape(name(c.by, world))} {escape(what(c, world))}"
        for c in latest
    ]
    pieces += [
        section(f"{thing.ref}:rows{start}", "\n".join(rows[start : start + A_PIECE]))
        for start in range(0, len(rows), A_PIECE)
    ]
    if len(changes) > len(latest):
        left = count(len(changes) - len(latest), "earlier change")
        pieces.append(context(f"{thing.ref}:left", f"{left} not shown."))
    pieces.append(actions(f"{thing.ref}:then", details(thing)))
    return message(" ".join([text, *(f"{said}." for said in spoken)]), *pieces)


def titled(thing: Thing) -> str:
    """For mrkdwn: id and title; struck through once closed."""
    return deadlines.titled(thing) if isinstance(thing, Deadline) else facts.titled(thing)


def title_text(thing: Thing) -> str:
    """For `text`."""
    return deadlines.title_text(thing) if isinstance(thing, Deadline) else facts.title_text(thing)


def details(thing: Thing) -> Element:
    if isinstance(thing, Deadline):
        return deadline_buttons.run(1, "Details", thing.ref)
    return press("Details", Id.ITEM_DETAILS, thing)


_VERBS = {
    "add": "added it",
    "done": "closed it",
    "drop": "dropped it",
    "reopen": "reopened it",
    "start": "started it",
    "block": "said it is blocked",
    "unblock": "said it is not blocked any more",
    "take": "took it",
    "accept": "accepted it",
    "decline": "declined it",
    "edit": "changed the text",
    "note": "noted",
    "quiet": "changed their own reminders",
    "merge": "brought it into this group; before it was",
    "met": "said it is met",
    "stage": "brought it on",
}


def what(change: Change, world: World) -> str:
    """Such as "moved it from Fri 4 Dec 2026 to …", after who did it; unescaped."""
    undone = " (taken back)" if change.undone and change.verb != "undo" else ""
    if change.verb == "move" and change.before and change.after:
        old, new = due_day(change.before), due_day(change.after)
        said = f"moved it from {day_words(old)} to {day_words(new)}"
        if old == new:
            said = f"changed the time on {day_words(new)}"
        return said + (f" because {_clipped(change.detail)}" if change.detail else "") + undone
    if change.verb in ("give", "take") and change.after:
        owners = " and ".join(name(user, world) for user in change.after.owners[:5])
        return f"gave it to {owners}{undone}" if change.verb == "give" else f"took it{undone}"
    if change.verb == "undo":
        return f"took back: {change.detail}"
    if change.verb == "leave":
        itself = change.by == change.detail
        return (
            "left, so it is theirs no more"
            if itself
            else f"took {name(change.detail, world)} off it"
        )
    if change.verb == "needs" and isinstance(change.after, Deadline):
        return f"said that it waits for {', '.join(change.after.needs) or 'nothing'}{undone}"
    said = _VERBS.get(change.verb, change.verb)
    return said + (f": {_clipped(change.detail)}" if change.detail else "") + undone


def _clipped(words: str) -> str:
    return clip(" ".join(words.split()), 200)
