"""The reading side: lists of actions, a person's own, and how sending stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.days import day_in
from bot.domain.deadlines import Deadline
from bot.domain.items import Item, ItemState
from bot.domain.model import Group, UserId
from bot.domain.outbox import Sent, State
from bot.services.access import Ask, Op, allowed, authorize
from bot.storage.database import Store

OPEN = frozenset(state for state in ItemState if not state.closed)
TROUBLES_SHOWN = 5
CLOSED = frozenset(ItemState) - OPEN


@dataclass(frozen=True, slots=True)
class Query:
    """`show` is the word of `action list`; `group` or `person` None: any."""

    show: str = "open"
    group: Group | None = None
    person: UserId | None = None


def listed(ask: Ask, query: Query) -> tuple[Item, ...]:
    """Those that the asker may see; a group named and not theirs is refused."""
    if query.group is not None:
        authorize(ask, Op.SEE_GROUP, query.group.key)
    return tuple(
        i for i in _found(ask, query) if allowed(ask.world, ask.actor, Op.SEE_ITEM, i, ask.now)
    )


def hides(ask: Ask, query: Query) -> bool:
    """Whether there are some that the asker may not see."""
    return any(
        not allowed(ask.world, ask.actor, Op.SEE_ITEM, item, ask.now) for item in _found(ask, query)
    )


def _found(ask: Ask, query: Query) -> list[Item]:
    person = ask.actor.user if query.show == "mine" else query.person
    states = {"done": CLOSED, "all": None}.get(query.show, OPEN)
    group = query.group.key if query.group else None
    found = ask.store.items.search(group=group, user=person, states=states, limit=None)
    return [item for item in found if _fits(item, query, ask)]


def mine(store: Store, viewer: UserId) -> tuple[Item, ...]:
    """Open actions over all groups."""
    return store.items.open_of(viewer)


def deadlines_of(store: Store, viewer: UserId) -> tuple[Deadline, ...]:
    """Open ones that are theirs."""
    return store.deadlines.open_of(viewer)


@dataclass(frozen=True, slots=True)
class Health:
    """How delivery stands: rows by state, and the newest that did not arrive for certain."""

    counts: Mapping[State, int]
    next_at: datetime | None
    troubled: tuple[Sent, ...]


def health(ask: Ask) -> Health:
    authorize(ask, Op.SEE_HEALTH)
    outbox = ask.store.outbox
    return Health(outbox.counts(), outbox.next_at(), outbox.troubled(TROUBLES_SHOWN))


def _fits(item: Item, query: Query, ask: Ask) -> bool:
    if query.show == "blocked":
        return item.state is ItemState.BLOCKED
    if query.show == "unowned":
        return not item.assignments
    if query.show == "overdue":
        return item.due.day < day_in(ask.now, ask.world.groups[item.group].zone)
    return True
