"""What of a group's open actions and deadlines waits for its chair's word; pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.domain.days import Calendar, add_working_days, day_in
from bot.domain.deadlines import Deadline
from bot.domain.items import ItemState
from bot.domain.model import Group, Ref
from bot.domain.state import Outline, Why

SILENT = 3
"""Working days without an answer."""
BLOCKED = timedelta(days=7)
MOVES = 3


def to_decide(
    items: Iterable[Outline], group: Group, now: datetime, calendar: Calendar
) -> tuple[tuple[Ref, Why], ...]:
    """The longest due first; `calendar` is the group's."""
    tomorrow = day_in(now, group.zone) + timedelta(days=1)
    wait = group.settings.decide_after
    overdue = add_working_days(tomorrow, -wait, calendar) if wait else date.min
    silent = add_working_days(tomorrow, -SILENT, calendar)
    found = [(item, _why(item, group.zone, now, overdue, silent)) for item in items]
    waiting = [(item, why) for item, why in found if why is not None]
    waiting.sort(key=lambda pair: (pair[0].due_day, pair[0].ref))
    return tuple((item.ref, why) for item, why in waiting)


def deadlines_to_decide(
    deadlines: Iterable[Deadline], group: Group, now: datetime, calendar: Calendar
) -> tuple[tuple[Ref, Why], ...]:
    """Of those that are the group's own or shared with others, none of all groups together."""
    wait = group.settings.decide_after
    tomorrow = day_in(now, group.zone) + timedelta(days=1)
    overdue = add_working_days(tomorrow, -wait, calendar) if wait else date.min
    own = sorted((d for d in deadlines if group.key in d.groups), key=lambda d: (d.due, d.ref))
    found = ((one.ref, _why_of(one, overdue)) for one in own)
    return tuple((ref, why) for ref, why in found if why is not None)


def _why_of(deadline: Deadline, overdue: date) -> Why | None:
    if deadline.owner is None:
        return Why.UNOWNED
    if deadline.due < overdue:
        return Why.OVERDUE
    return Why.MOVED if len(deadline.moves) >= MOVES else None


def _why(item: Outline, zone: str, now: datetime, overdue: date, silent: date) -> Why | None:
    """What was due, or asked, before these days has waited long enough."""
    if not item.owners:
        return Why.UNOWNED
    if item.due_day < overdue:
        return Why.OVERDUE
    if item.asked_since is not None and day_in(item.asked_since, zone) < silent:
        return Why.SILENT
    since = item.state_since
    if item.state is ItemState.BLOCKED and since is not None and now - since > BLOCKED:
        return Why.BLOCKED
    return Why.MOVED if item.moves >= MOVES else None
