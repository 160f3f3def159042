"""One action as people see it: the card in its channel, and all of it in private."""

from datetime import datetime

from bot.domain.items import Item, ItemState
from bot.domain.model import UserId, World
from bot.domain.outbox import Message
from bot.domain.things import Thing, due_day, is_closed
from bot.views import facts
from bot.views.answers import (
    Line,
    added,
    already_recorded,
    changed,
    line,
    receipt,
    several,
)
from bot.views.blocks import (
    Element,
    Id,
    More,
    Piece,
    actions,
    clip,
    context,
    escape,
    fields,
    message,
    section,
)
from bot.views.buttons import answer_buttons, block_button, link, more, press
from bot.views.dates import ago, count, day_words, relative, today
from bot.views.history import history
from bot.views.people import group_of, mentioned, shown
from bot.views.text import bare
from bot.views.undone import undone, undone_line

__all__ = [
    "Line", "added", "already_recorded", "card", "changed", "detail", "history", "line",
    "receipt", "several", "undone", "undone_line",
]  # fmt: skip

NOTES_SHOWN = 5


def card(item: Item, world: World, now: datetime) -> Message:
    """Nothing in it grows old: no "in 3 days", no lateness beside a name in a channel."""
    if item.taken_back:
        said = f"Action {item.ref} was taken back: nothing to do."
        return message(said, section(f"{item.ref}:head", f"*{item.ref}* was taken back."))
    said = facts.sentence(item, world)
    told = filter(None, [said, facts.state_text(item, world), facts.slipped(item)])
    text = f"Action {item.ref} {', '.join(told)}."
    pieces = [
        _head(item),
        fields(f"{item.ref}:facts", _facts(item, world, facts.due(item, world), now)),
    ]
    pieces += _why(item)
    pieces.append(actions(f"{item.ref}:do", *_buttons(item)))
    pieces.append(context(f"{item.ref}:past", _past(item, world, now)))
    return message(text, *pieces)


def detail(
    item: Item, world: World, viewer: UserId, now: datetime, needs: tuple[Thing, ...] = ()
) -> Message:
    """Private: with the distance of the date, the notes and what it waits for."""
    if item.taken_back:
        return card(item, world, now)
    late = facts.is_late(item, world, now)
    said = facts.sentence(item, world, now)
    text = f"{item.ref} {said}, {facts.state_text(item, world)}"
    moves = facts.moved(item)
    text = f"{text}, {moves}." if moves else f"{text}."
    due = facts.due(item, world)
    if not item.state.closed:
        due = facts.due_private(item, world, viewer, now)
    shown_facts = _facts(item, world, f"🔴 Overdue: {due}" if late else due, now, needs)
    pieces = [_head(item), fields(f"{item.ref}:facts", shown_facts), *_why(item)]
    pieces += _quoted(item)
    pieces += _notes(item, world, now)
    pieces.append(actions(f"{item.ref}:do", *_buttons(item, viewer)))
    pieces.append(context(f"{item.ref}:past", _past(item, world, now)))
    return message(text, *pieces)


def _head(item: Item) -> Piece:
    if item.state.closed:
        menu = more(item, More.NOTE, More.HISTORY)
    elif facts.waiting_for(item):
        menu = more(item, More.BLOCK, More.GIVE, More.EDIT, More.DROP, More.HISTORY)
    else:
        menu = more(item, More.GIVE, More.EDIT, More.NOTE, More.DROP, More.HISTORY)
    return section(f"{item.ref}:head", facts.titled(item), menu)


def _facts(
    item: Item, world: World, due: str, now: datetime, needs: tuple[Thing, ...] = ()
) -> list[str]:
    said = {
        "Owner": mentioned(item.owners, world) if item.owners else "Nobody yet",
        "Due": due,
        "State": facts.state(item, world),
        "Group": escape(group_of(item, world).short),
        "From": _source(item),
        "Waiting for": _needs(item, needs, world, now),
        "Moved": facts.moved(item).removeprefix("moved "),
    }
    return [f"*{label}*\n{words}" for label, words in said.items() if words]


def _needs(item: Item, needs: tuple[Thing, ...], world: World, now: datetime) -> str:
    known = {need.ref: need for need in needs}
    said = []
    for ref in item.needs[:10]:
        need = known.get(ref)
        word = "" if need is None else f" ({_how_far(need, item, world, now)})"
        said.append(f"{escape(ref)}{word}")
    return ", ".join(said)


def _how_far(need: Thing, item: Item, world: World, now: datetime) -> str:
    """Of another group's only what its date tells, see ADR 19."""
    ours = isinstance(need, Item) and need.group == item.group
    state = need.state.value.replace("_", " ") if isinstance(need, Item) and ours else ""
    if is_closed(need):
        return state or "closed"
    due, here = due_day(need), today(now, group_of(item, world).zone)
    late = relative(due, here) if due < here else ""
    return ", ".join(filter(None, [state, f"due {day_words(due)}", late]))


def _source(item: Item) -> str:
    source = item.source
    if source is None:
        return ""
    if source.meeting:
        return escape(source.meeting)
    return link(source.permalink, "a message")


def _why(item: Item) -> list[Piece]:
    if item.state is ItemState.BLOCKED and item.why:
        return [section(f"{item.ref}:why", f"Blocked: {facts.reason(item.why)}")]
    if item.state is ItemState.DROPPED and item.why:
        return [section(f"{item.ref}:why", f"Why not: {facts.reason(item.why)}")]
    if item.state is ItemState.DONE and item.evidence:
        whole = link(item.evidence, "evidence")
        said = whole or f"evidence: {facts.reason(item.evidence)}"
        return [section(f"{item.ref}:why", f"With {said}")]
    return []


def _quoted(item: Item) -> list[Piece]:
    if item.source is None or not item.source.quote:
        return []
    return [section(f"{item.ref}:quote", f"&gt; {facts.reason(item.source.quote)}")]


def _notes(item: Item, world: World, now: datetime) -> list[Piece]:
    latest = item.notes[-NOTES_SHOWN:]
    if not latest:
        return []
    rows = [f"*{count(len(item.notes), 'note')}*"]
    rows += [
        f"{shown([n.by], world)}, {ago(n.at, now)}: {escape(clip(bare(n.text), 400))}"
        for n in latest
    ]
    return [section(f"{item.ref}:notes", "\n".join(rows))]


def _buttons(item: Item, viewer: UserId | None = None) -> list[Element]:
    if item.state.closed:
        return [press("Reopen", Id.ITEM_REOPEN, item)]
    done = press("Mark done", Id.ITEM_DONE, item)
    time = press("Need more time", Id.ITEM_EXTEND, item)
    asked = facts.waiting_for(item)
    if viewer in asked:
        return answer_buttons(item)
    if not item.owners:
        return [press("I'll take it", Id.ITEM_TAKE, item, primary=True), done, time]
    if asked:
        return [press("Accept", Id.ITEM_ACCEPT, item, primary=True), done, time]
    return [done, time, block_button(item)]


def _past(item: Item, world: World, now: datetime) -> str:
    zone = group_of(item, world).zone
    said = [
        f"Added by {shown([item.created_by], world)}, {day_words(today(item.created_at, zone))}"
    ]
    if item.state.closed and item.closed_at:
        verb = "Closed" if item.state is ItemState.DONE else "Dropped"
        who = shown([item.closed_by], world) if item.closed_by else "someone"
        said.append(f"{verb} by {who}, {day_words(today(item.closed_at, zone))}")
    elif item.updated_at and item.updated_at > item.created_at:
        said.append(f"last update {day_words(today(item.updated_at, zone))}")
    return " · ".join(said)
