"""Taking back one's own last change, for ten minutes."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.deadlines import Deadline, Stage
from bot.domain.history import UNDO_FOR, Change
from bot.domain.items import Item, ItemState
from bot.domain.model import Ref
from bot.domain.notices import REMINDERS
from bot.domain.things import Thing
from bot.errors import Code, Conflict, NotFound
from bot.services import (
    agenda_changes,
    cards,
    decisions,
    meeting_undo,
    minutes_undo,
    note_taking,
    pasted_undo,
    preparation,
    proceedings,
    reviews,
    rsvps,
    shared_deadlines,
    slips,
)
from bot.services.access import Ask, Op, authorize
from bot.services.checks import owner_still, still_theirs
from bot.services.history import remember


def undo(ask: Ask, request: str | None = None) -> tuple[Change, ...]:
    """All that one request of the asker changed, the last one unless named, newest first.

    `before` of each is the present again; None: its adding was taken back. Raises NotFound when
    there is none or it is too long ago, Conflict when somebody has changed the thing since or it
    is a change that stays, such as of groups and roles.
    """
    since = ask.now - UNDO_FOR
    request = request or ask.store.audit.last_request(ask.actor.user, since)
    changes = ask.store.audit.of_request(request) if request else ()
    mine = [c for c in changes if c.by == ask.actor.user and c.at >= since and not c.undone]
    if request is None or not mine:
        raise NotFound(Code.NOTHING_TO_UNDO)
    if final := next((one for one in mine if not _is_kept(one)), None):
        raise Conflict(Code.NOT_UNDONE, ref=final.ref, verb=final.verb)
    restored = tuple(_take_back(ask, change) for change in reversed(mine))
    ask.store.audit.mark_undone(request)
    return restored


def unmake(ask: Ask, ref: Ref) -> None:
    """As if it had not been made, however long ago; raises Conflict if it was changed since."""
    mine = (change for change in ask.store.audit.of(ref) if change.by == ask.actor.user)
    added = next(mine, None)
    if added is None or added.verb not in ("add", decisions.DECIDE):
        raise Conflict(Code.CHANGED_MEANWHILE, ref=ref)
    _take_back(ask, added)


def _is_kept(change: Change) -> bool:
    """Whether it is known what was before: of decisions that there was none, of meetings apart."""
    return change.after is not None or change.verb in _APART


def _take_back(ask: Ask, change: Change) -> Change:
    if (apart := _APART.get(change.verb)) is not None:
        apart(ask, change)
        return change
    known = ask.store.deadlines if isinstance(change.after, Deadline) else ask.store.items
    current = known.get(change.ref)
    if current is None or change.after is None or not _alike(current, change.after):
        fact = "deadline" if isinstance(current, Deadline) else "item"
        raise Conflict(Code.CHANGED_MEANWHILE, **{fact: current})
    authorize(ask, Op.UNDO, current)
    if isinstance(change.after, Deadline):
        saved: Thing = _deadline_back(ask, change.after, change.before, current.version)
    else:
        saved = _item_back(ask, change.after, change.item_before, current.version)
    remember(ask, current, saved, "undo", change.verb, undone=True)
    ask.store.outbox.withdraw(saved.subject, kinds=REMINDERS)
    cards.refresh(ask.store, ask.world, saved, ask.now)
    slips.follow(ask, saved)
    if isinstance(saved, Deadline):
        shared_deadlines.follow(ask, saved)
    return replace(change, before=saved if change.before else None)


def _item_back(ask: Ask, after: Item, was: Item | None, expected: int) -> Item:
    before = was or replace(after, state=ItemState.DROPPED, taken_back=True, closed_at=ask.now)
    restored = replace(
        before,
        updated_at=ask.now,
        updated_by=ask.actor.user,
        assignments=still_theirs(ask, before),
    )
    return ask.store.items.save(restored, expected=expected)


def _deadline_back(ask: Ask, after: Deadline, was: Thing | None, expected: int) -> Deadline:
    gone = replace(after, stage=Stage.DROPPED, taken_back=True, closed_at=ask.now)
    before = was if isinstance(was, Deadline) else gone
    restored = replace(
        before, updated_at=ask.now, updated_by=ask.actor.user, owner=owner_still(ask, before)
    )
    return ask.store.deadlines.save(restored, expected=expected)


def _alike(one: Thing, other: Thing) -> bool:
    """The same but for the marks that every change, also an undone one, leaves."""
    marked = replace(
        one, version=other.version, updated_at=other.updated_at, updated_by=other.updated_by
    )
    return marked == other


_APART: Mapping[str, Callable[[Ask, Change], object]] = {
    decisions.DECIDE: lambda ask, change: decisions.take_back(ask, change.ref, change.version),
    rsvps.RSVP: rsvps.take_back,
    proceedings.END: proceedings.reopen,
    note_taking.NOTE_TAKER: note_taking.take_back,
    pasted_undo.PASTE: pasted_undo.take_back,
    reviews.REVIEW: reviews.take_back,
    **dict.fromkeys(meeting_undo.VERBS, meeting_undo.take_back),
    **dict.fromkeys(preparation.VERBS, preparation.take_back),
    **dict.fromkeys(agenda_changes.VERBS, agenda_changes.take_back),
    **dict.fromkeys(minutes_undo.VERBS, minutes_undo.take_back),
}
"""Verbs whose changes are taken back where they were made."""
