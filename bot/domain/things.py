"""What people are reminded of: actions, deadlines and what meetings need, looked at alike; pure."""

from datetime import date, datetime

from bot.domain import deadline_notices, item_notices, preparation_notices
from bot.domain.deadlines import Deadline
from bot.domain.items import Item
from bot.domain.model import GroupKey, World
from bot.domain.notices import Holiday, Notice
from bot.domain.preparation_notices import Duty

Thing = Item | Deadline
Reminded = Thing | Duty


def notices_of(thing: Reminded, world: World, holiday: Holiday) -> tuple[Notice, ...]:
    """All that it gives in its present state, past and future; none once it is closed."""
    if isinstance(thing, Item):
        return item_notices.for_item(thing, world, holiday)
    if isinstance(thing, Duty):
        return preparation_notices.for_duty(thing, world, holiday)
    return deadline_notices.for_deadline(thing, world, holiday)


def may_be_due(thing: Reminded, world: World, now: datetime, mark: datetime) -> bool:
    """Whether `notices_of` is worth the work: some step can lie between `mark` and `now`."""
    if isinstance(thing, Item):
        return item_notices.may_be_due(thing, world, now, mark)
    if isinstance(thing, Duty):
        return preparation_notices.may_be_due(thing, world, now, mark)
    return deadline_notices.may_be_due(thing, world, now)


def steps_of(thing: Reminded, world: World) -> tuple[int, ...]:
    """Days counted from its due day on which it is reminded of."""
    if isinstance(thing, Deadline):
        return deadline_notices.steps(thing, world)
    if isinstance(thing, Duty):
        return (0,)  # Later ones count working days.
    group = world.groups.get(thing.group)
    return item_notices.steps(thing, group) if group else ()


def due_day(thing: Reminded) -> date:
    if isinstance(thing, Duty):
        return thing.item.due
    return thing.due.day if isinstance(thing, Item) else thing.due


def is_closed(thing: Reminded) -> bool:
    if isinstance(thing, Duty):
        return thing.closed
    return thing.state.closed if isinstance(thing, Item) else thing.stage.closed


def groups_of(thing: Reminded) -> tuple[GroupKey, ...]:
    """None: of one for all groups together."""
    if isinstance(thing, Duty):
        return thing.meeting.groups
    return (thing.group,) if isinstance(thing, Item) else thing.groups
