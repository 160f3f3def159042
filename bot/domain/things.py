"""What people are reminded of: actions and deadlines, looked at alike; pure."""

from datetime import date, datetime

from bot.domain import deadline_notices, item_notices
from bot.domain.deadlines import Deadline
from bot.domain.items import Item
from bot.domain.model import GroupKey, World
from bot.domain.notices import Holiday, Notice

Thing = Item | Deadline


def notices_of(thing: Thing, world: World, holiday: Holiday) -> tuple[Notice, ...]:
    """All that it gives in its present state, past and future; none once it is closed."""
    if isinstance(thing, Item):
        return item_notices.for_item(thing, world, holiday)
    return deadline_notices.for_deadline(thing, world, holiday)


def may_be_due(thing: Thing, world: World, now: datetime, mark: datetime) -> bool:
    """Whether `notices_of` is worth the work: some step can lie between `mark` and `now`."""
    if isinstance(thing, Item):
        return item_notices.may_be_due(thing, world, now, mark)
    return deadline_notices.may_be_due(thing, world, now)


def steps_of(thing: Thing, world: World) -> tuple[int, ...]:
    """Days counted from its due day on which it is reminded of."""
    if isinstance(thing, Deadline):
        return deadline_notices.steps(thing, world)
    group = world.groups.get(thing.group)
    return item_notices.steps(thing, group) if group else ()


def due_day(thing: Thing) -> date:
    return thing.due.day if isinstance(thing, Item) else thing.due


def is_closed(thing: Thing) -> bool:
    return thing.state.closed if isinstance(thing, Item) else thing.stage.closed


def groups_of(thing: Thing) -> tuple[GroupKey, ...]:
    """None: of one for all groups together."""
    return (thing.group,) if isinstance(thing, Item) else thing.groups
