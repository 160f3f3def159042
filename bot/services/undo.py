"""Taking back one's own last change, for ten minutes."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.items import Change, Item, ItemState
from bot.domain.notices import REMINDERS
from bot.errors import Code, Conflict, NotFound
from bot.services import cards
from bot.services.access import Ask, Op, authorize
from bot.services.checks import still_theirs

UNDO_FOR = timedelta(minutes=10)


def undo(ask: Ask, request: str | None = None) -> tuple[Change, ...]:
    """All that one request of the asker changed, the last one unless named, newest first.

    `before` of each is the present again; None: its adding was taken back. Raises NotFound when
    there is none or it is too long ago, Conflict when somebody has changed the thing since.
    """
    since = ask.now - UNDO_FOR
    request = request or ask.store.audit.last_request(ask.actor.user, since)
    changes = ask.store.audit.of_request(request) if request else ()
    mine = [c for c in changes if c.by == ask.actor.user and c.at >= since and not c.undone]
    if request is None or not mine or any(change.after is None for change in mine):
        raise NotFound(Code.NOTHING_TO_UNDO)  # Groups, roles and channels are not taken back.
    restored = tuple(_take_back(ask, change) for change in reversed(mine))
    ask.store.audit.mark_undone(request)
    return restored


def _take_back(ask: Ask, change: Change) -> Change:
    current = ask.store.items.get(change.ref)
    if current is None or change.after is None or not _alike(current, change.after):
        raise Conflict(Code.CHANGED_MEANWHILE, item=current)
    authorize(ask, Op.UNDO, current)
    before = change.before or replace(
        change.after, state=ItemState.DROPPED, taken_back=True, closed_at=ask.now
    )
    restored = replace(
        before,
        updated_at=ask.now,
        updated_by=ask.actor.user,
        assignments=still_theirs(ask, before),
    )
    saved = ask.store.items.save(restored, expected=current.version)
    ask.store.audit.add(
        Change(
            ref=saved.ref,
            version=saved.version,
            at=ask.now,
            by=ask.actor.user,
            verb="undo",
            request=ask.key,
            detail=change.verb,
            before=current,
            after=saved,
            undone=True,
        )
    )
    ask.store.outbox.withdraw(saved.subject, kinds=REMINDERS)
    cards.refresh(ask.store, ask.world, saved, ask.now)
    return replace(change, before=saved if change.before else None)


def _alike(one: Item, other: Item) -> bool:
    """The same but for the marks that every change, also an undone one, leaves."""
    marked = replace(
        one, version=other.version, updated_at=other.updated_at, updated_by=other.updated_by
    )
    return marked == other
