"""What waits to be said to somebody about a group that they have left is not said."""

from dataclasses import replace

from bot.domain.decisions import DecisionId
from bot.domain.departures import DepartureId
from bot.domain.model import GroupKey, ItemId, UserId
from bot.storage.database import Store
from bot.views.notices import HELLO


def silence(store: Store, user: UserId, key: GroupKey) -> None:
    """What waits to be said to the person about the group is not said."""
    about = {row.out.subject for row in store.outbox.waiting(user)}
    theirs = [subject for subject in about if _group_of(store, subject) == key]
    store.outbox.silence(user, theirs, why="left the group")


def hush(store: Store, user: UserId) -> None:
    """Who is in no group any more is told nothing unasked; and greeted anew if they come back."""
    waiting = [row.out for row in store.outbox.waiting(user)]
    unasked = {out.subject for out in waiting if out.bundle or out.quiet_hours}
    person = store.groups.person(user)
    if person is not None and any(out.kind == HELLO for out in waiting if out.subject in unasked):
        store.groups.save_person(replace(person, welcomed_at=None))
    store.outbox.silence(user, unasked, why="left the last group")


def _group_of(store: Store, subject: str) -> GroupKey | None:
    """What an action, a decision, a departure or a role that is spoken of belongs to."""
    kind, _, number = subject.partition(":")
    if kind == "role":
        return GroupKey(number.partition(":")[0])
    if kind == "item" and number.isdecimal():
        item = store.items.by_id(ItemId(int(number)))
        return item.group if item else None
    if kind == "decision" and number.isdecimal():
        decision = store.decisions.by_id(DecisionId(int(number)))
        return decision.group if decision else None
    if kind == "departure" and number.isdecimal():
        departure = store.departures.get(DepartureId(int(number)))
        return departure.group if departure else None
    return None
