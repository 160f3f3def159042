"""Who left a group, what of theirs waits for somebody else, and whom it might suit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from bot.domain.deadlines import Deadline
from bot.domain.items import Item
from bot.domain.model import Group, GroupKey, Person, Ref, Role, UserId

DepartureId = NewType("DepartureId", int)


class Why(StrEnum):
    DEACTIVATED = "deactivated"
    CHANNEL = "channel"
    """They left the group's channel."""
    REMOVED = "removed"
    """A chair or coordinator took them out."""


@dataclass(frozen=True, slots=True)
class Departure:
    """One person out of one group; `refs` are the open actions and deadlines that were theirs."""

    id: DepartureId
    user: UserId
    group: GroupKey
    at: datetime
    why: Why
    roles: tuple[Role, ...] = ()
    refs: tuple[Ref, ...] = ()
    settled_at: datetime | None = None
    """When all of it was handed over, or the person came back to it."""


LEADING = (Role.CHAIR, Role.COCHAIR)
"""The roles that a group misses when nobody has them."""


@dataclass(frozen=True, slots=True)
class Left:
    """How a departure stands now: `items` are open and without an owner, `free` roles nobody has.

    `group` is where it is to be settled, None once that is closed. `back`: the person has come
    back; `restorable`: something can be given back to them.
    """

    departure: Departure
    group: Group | None = None
    items: tuple[Item, ...] = ()
    free: tuple[Role, ...] = ()
    back: bool = False
    restorable: bool = False
    closed: Group | None = None
    """The group, once it is closed: then `stranded` are open, have no owner and go to nobody."""
    stranded: tuple[Item, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    """Open and without an owner."""

    @property
    def waits(self) -> bool:
        lacks = self.items or self.deadlines or self.free
        return bool(lacks) or (self.back and self.restorable)


@dataclass(frozen=True, slots=True)
class HandOver:
    """Which action goes to whom, and who takes which role."""

    gives: tuple[tuple[Ref, UserId], ...] = ()
    roles: tuple[tuple[Role, UserId], ...] = ()


def suggestion(
    earlier: Iterable[UserId],
    offered: Iterable[Person],
    left: UserId,
    load: Mapping[UserId, int],
    today: date,
) -> UserId | None:
    """Who had to do with it, in the order of `earlier`, else who has the fewest open actions.

    Never who is away, has left, is a bot or a guest.
    """
    fit = {person.user for person in offered if person.user != left and _is_there(person, today)}
    known = next((user for user in earlier if user in fit), None)
    return known or min(sorted(fit), key=lambda user: load.get(user, 0), default=None)


def _is_there(person: Person, today: date) -> bool:
    away = person.away_until is not None and person.away_until > today
    return not (away or person.left or person.bot or person.guest)
