"""The actions to decide in digests that were sent: each row says what became of it since."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from bot.domain.history import Change
from bot.domain.items import Item
from bot.domain.model import Ref, UserId, World
from bot.domain.outbox import Message, Sent, State
from bot.domain.weeks import subject
from bot.services.access import allowed
from bot.services.digests import DIGEST
from bot.services.rights import Op
from bot.storage.database import Store
from bot.views import digests as view
from bot.views.notices import settled_line

FOLLOWED = timedelta(days=14)
"""Older digests stay as they were: their menus still answer with the present state."""
UNDO = "undo"
DECIDES_NOTHING = frozenset({"note", "edit", UNDO, "quiet", "reopen", "merge"})


def showing(
    store: Store, world: World, items: Collection[Item], now: datetime
) -> Iterator[tuple[Sent, Message, str]]:
    """Each digest that shows one of these, its new words, and the mark of this rewriting."""
    changed = {item.ref: item for item in items}
    subjects = {subject(world.groups[i.group]) for i in items if i.group in world.groups}
    if not subjects:
        return
    for row in store.outbox.about_any(subjects, frozenset({DIGEST}), now - FOLLOWED):
        shown = view.refs_to_decide(row.out.message)
        here = [changed[ref] for ref in shown if ref in changed]
        if not here or row.state is not State.SENT or not _may_read(world, row, here[0], now):
            continue
        rows = _rows(store, world, row, shown, now)
        if rows or any(_is_taken_back(store, item) for item in here):
            marks = ".".join(f"{item.ref}.v{item.version}" for item in here)
            yield row, view.said_again(row.out.message, rows), marks


def _rows(
    store: Store, world: World, row: Sent, refs: Collection[Ref], now: datetime
) -> dict[Ref, Message]:
    """Of those that were decided since."""
    found = {}
    for item in store.items.many(refs):
        last = _last(store, item.ref, row.first_sent or row.out.at)
        if last is not None:
            request = last.request if last.by == row.out.lane else ""
            found[item.ref] = settled_line(item, last.verb, last.by, world, now, request)
    return found


def _last(store: Store, ref: Ref, sent: datetime) -> Change | None:
    """The last decision that was not taken back; the one taken back now has no mark of it yet."""
    standing: list[Change] = []
    for change in store.audit.of(ref):
        if change.at < sent:
            continue
        if change.verb != UNDO:
            standing.append(change)
        elif standing:
            standing.pop()
    return next((c for c in reversed(standing) if c.verb not in DECIDES_NOTHING), None)


def _is_taken_back(store: Store, item: Item) -> bool:
    return any(change.verb == UNDO for change in store.audit.of(item.ref)[-1:])


def _may_read(world: World, row: Sent, item: Item, now: datetime) -> bool:
    person = world.people.get(UserId(row.out.lane))
    return person is not None and allowed(world, person, Op.SEE_ITEM, item, now)
