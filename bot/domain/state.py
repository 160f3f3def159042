"""How a group stands, by the written rule of domain.md 5, and what its chair has to decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.days import Calendar, add_working_days, day_in
from bot.domain.items import ItemState
from bot.domain.model import GroupKey, Ref, UserId

LATE_DAYS = 7
DECIDE_LATE = 3
"""Working days after the due day."""
DECIDE_SILENT = 3
"""Working days without an answer."""
DECIDE_BLOCKED = timedelta(days=7)
DECIDE_MOVES = 3


class Standing(StrEnum):
    LATE = "late"
    LOOK = "look"
    ON_TRACK = "on track"
    NO_DATA = "no data"


@dataclass(frozen=True, slots=True)
class Judged:
    """The word and its reason: what is longest overdue, by how many days, and how many are."""

    standing: Standing
    worst: Ref | None = None
    days_late: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Outline:
    """Of an open action, what tells how its group stands.

    `asked_since`: since when the first of its owners has not answered; `moves`: how often its
    date was moved.
    """

    ref: Ref
    group: GroupKey
    due_day: date
    state: ItemState
    state_since: datetime | None
    owners: tuple[UserId, ...] = ()
    asked_since: datetime | None = None
    moves: int = 0


class Why(StrEnum):
    """Why an action waits for its chair's word; the first that holds is said."""

    UNOWNED = "unowned"
    OVERDUE = "overdue"
    SILENT = "silent"
    BLOCKED = "blocked"
    MOVED = "moved"


def judged(items: Iterable[Outline], today: date, *, known: bool) -> Judged:
    """Of the open actions; `today` in the group's zone; `known`: it ever had any action."""
    late = sorted((item for item in items if item.due_day < today), key=lambda i: i.due_day)
    if not late:
        return Judged(Standing.ON_TRACK if known else Standing.NO_DATA)
    days = (today - late[0].due_day).days
    standing = Standing.LATE if days > LATE_DAYS else Standing.LOOK
    return Judged(standing, late[0].ref, days, len(late))


def to_decide(
    items: Iterable[Outline], zone: str, now: datetime, calendar: Calendar
) -> tuple[tuple[Ref, Why], ...]:
    """Of a group's open actions, the longest due first; `zone` and `calendar` are the group's."""
    tomorrow = day_in(now, zone) + timedelta(days=1)
    overdue = add_working_days(tomorrow, -DECIDE_LATE, calendar)
    silent = add_working_days(tomorrow, -DECIDE_SILENT, calendar)
    found = [(item, _why(item, zone, now, overdue, silent)) for item in items]
    waiting = [(item, why) for item, why in found if why is not None]
    waiting.sort(key=lambda pair: (pair[0].due_day, pair[0].ref))
    return tuple((item.ref, why) for item, why in waiting)


def _why(item: Outline, zone: str, now: datetime, overdue: date, silent: date) -> Why | None:
    """What was due, or asked, before these days has waited long enough."""
    if not item.owners:
        return Why.UNOWNED
    if item.due_day < overdue:
        return Why.OVERDUE
    if item.asked_since is not None and day_in(item.asked_since, zone) < silent:
        return Why.SILENT
    since = item.state_since
    if item.state is ItemState.BLOCKED and since is not None and now - since > DECIDE_BLOCKED:
        return Why.BLOCKED
    return Why.MOVED if item.moves >= DECIDE_MOVES else None
