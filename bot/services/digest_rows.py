"""What is to be decided in digests that were sent: each row says what became of it since."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.deadlines import Deadline
from bot.domain.history import Change
from bot.domain.items import Item
from bot.domain.model import Ref, UserId, World
from bot.domain.outbox import Message, Sent, State
from bot.domain.things import Thing, groups_of, is_closed
from bot.domain.weeks import subject
from bot.services.access import allowed
from bot.services.digests import DIGEST
from bot.services.rights import Op
from bot.storage.database import Store
from bot.views import digests as view
from bot.views.deadline_notices import settled_line as settled_deadline
from bot.views.notices import settled_line

FOLLOWED = timedelta(days=14)
"""Older digests stay as they were: their menus still answer with the present state."""
UNDO = "undo"
NOT_DECIDED = frozenset({"start", "block", "unblock", "stage"})
"""After these it still waits for a word."""
DECIDES_NOTHING = frozenset({"note", "edit", UNDO, "quiet", "reopen", "merge"})


def showing(
    store: Store, world: World, things: Collection[Thing], now: datetime
) -> Iterator[tuple[Sent, Message, str]]:
    """Each digest that shows one of these, its new words, and the mark of this rewriting."""
    changed = {thing.ref: thing for thing in things}
    keys = {key for thing in things for key in groups_of(thing)}
    groups = [world.groups[key] for key in keys if key in world.groups]
    subjects = {subject(group) for group in (*groups, None)}
    for row in store.outbox.about_any(subjects, frozenset({DIGEST}), now - FOLLOWED):
        shown = view.refs_to_decide(row.out.message)
        here = [changed[ref] for ref in shown if ref in changed]
        if not here or row.state is not State.SENT or not _may_read(world, row, here[0], now):
            continue
        rows = _rows(store, world, row, shown, now)
        if rows or any(_is_taken_back(store, thing) for thing in here):
            marks = ".".join(f"{thing.ref}.v{thing.version}" for thing in here)
            yield row, view.said_again(row.out.message, rows), marks


def _rows(
    store: Store, world: World, row: Sent, refs: Collection[Ref], now: datetime
) -> dict[Ref, Message]:
    """Of those that were decided since."""
    found = {}
    things: list[Thing] = [*store.items.many(refs), *store.deadlines.many(refs)]
    for thing in things:
        last = _last(store, thing.ref, row.first_sent or row.out.at)
        if last is not None:
            found[thing.ref] = _settled(thing, last, row, world, now)
    return found


def _settled(thing: Thing, last: Change, row: Sent, world: World, now: datetime) -> Message:
    """It can be taken back by who did it; what decided nothing leaves the reason to stand."""
    own = last.by == row.out.lane
    if isinstance(thing, Deadline):
        said = settled_deadline(thing, last if own else replace(last, request=""), world, now)
    else:
        said = settled_line(thing, last.verb, last.by, world, now, last.request if own else "")
    if last.verb in NOT_DECIDED and not is_closed(thing):
        return view.still_waits(said, row.out.message, thing.ref)
    return said


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


def _is_taken_back(store: Store, thing: Thing) -> bool:
    return any(change.verb == UNDO for change in store.audit.of(thing.ref)[-1:])


def _may_read(world: World, row: Sent, thing: Thing, now: datetime) -> bool:
    person = world.people.get(UserId(row.out.lane))
    op = Op.SEE_ITEM if isinstance(thing, Item) else Op.SEE_DEADLINE
    return person is not None and allowed(world, person, op, thing, now)
