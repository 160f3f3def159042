"""What is counted of a group, each figure by its definition in experience.md 2; pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from bot.domain.days import Calendar, add_working_days, day_in
from bot.domain.digests import Figures
from bot.domain.items import Answer, Item, ItemState
from bot.domain.model import Group, GroupKey, ItemId, Person, Ref, UserId
from bot.domain.weeks import last_week

SOON = timedelta(days=7)
AT_RISK = 5
"""Working days before the due day."""
UNTOUCHED = 7
"""Days without any change."""
AGES = (7, 30, 90)
"""Days; the last bar is of what is older."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Of an action, open or closed lately, what is counted."""

    id: ItemId
    ref: Ref
    group: GroupKey
    state: ItemState
    due_day: date
    first_due: date
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    owners: tuple[UserId, ...] = ()
    asked: bool = False
    """Some owner has not answered."""
    moved: bool = False


def tally(item: Item) -> Tally:
    return Tally(
        id=item.id,
        ref=item.ref,
        group=item.group,
        state=item.state,
        due_day=item.due.day,
        first_due=item.first_due,
        created_at=item.created_at,
        updated_at=item.updated_at or item.created_at,
        closed_at=item.closed_at,
        owners=item.owners,
        asked=any(assignment.answer is Answer.ASKED for assignment in item.assignments),
        moved=bool(item.moves),
    )


@dataclass(frozen=True, slots=True)
class Sight:
    """From where it is counted: days are the group's, working days those of `calendar`.

    `start` and `end` bound its last whole week; `soon` and `risky` are the last days that count.
    """

    zone: str
    today: date
    start: datetime
    end: datetime
    soon: date
    risky: date
    people: Mapping[UserId, Person]

    @property
    def last_day(self) -> date:
        """Of that week."""
        return day_in(self.end, self.zone) - timedelta(days=1)

    def in_week(self, moment: datetime | None) -> bool:
        return moment is not None and self.start <= moment < self.end

    def days_since(self, moment: datetime) -> int:
        return (self.today - day_in(moment, self.zone)).days


def sight(
    group: Group, now: datetime, calendar: Calendar, people: Mapping[UserId, Person]
) -> Sight:
    today = day_in(now, group.zone)
    start, end = last_week(now, group.zone)
    risky = add_working_days(today, AT_RISK, calendar)
    return Sight(group.zone, today, start, end, today + SOON, risky, people)


def figures(
    items: Iterable[Tally],
    group: Group,
    now: datetime,
    calendar: Calendar,
    people: Mapping[UserId, Person],
) -> Figures:
    """`calendar`: the programme's; `items` may be of other groups too, and closed long ago."""
    seen = sight(group, now, calendar, people)
    own = [item for item in items if item.group == group.key]
    still = [item for item in own if not item.state.closed]
    done = [item for item in own if is_closed(item, seen)]
    ages = [seen.days_since(item.created_at) for item in still]
    return Figures(
        open=len(still),
        new=_count(is_new, own, seen),
        closed=len(done),
        dropped=_count(is_dropped, own, seen),
        overdue=_count(is_overdue, still, seen),
        due_soon=_count(is_due_soon, still, seen),
        at_risk=_count(is_at_risk, still, seen),
        blocked=sum(item.state is ItemState.BLOCKED for item in still),
        unowned=sum(not item.owners for item in still),
        unconfirmed=sum(item.asked for item in still),
        moved=sum(item.moved for item in still),
        ages=age_bars(ages),
        typical_age=int(median(ages)) if ages else None,
        on_time=_per_cent(_count(is_on_time, done, seen), len(done)),
    )


def is_new(item: Tally, seen: Sight) -> bool:
    return seen.in_week(item.created_at)


def is_closed(item: Tally, seen: Sight) -> bool:
    return item.state is ItemState.DONE and seen.in_week(item.closed_at)


def is_dropped(item: Tally, seen: Sight) -> bool:
    return item.state is ItemState.DROPPED and seen.in_week(item.closed_at)


def is_on_time(item: Tally, seen: Sight) -> bool:
    return item.closed_at is not None and day_in(item.closed_at, seen.zone) <= item.first_due


def is_overdue(item: Tally, seen: Sight) -> bool:
    return item.due_day < seen.today


def is_due_soon(item: Tally, seen: Sight) -> bool:
    return seen.today <= item.due_day <= seen.soon


def is_at_risk(item: Tally, seen: Sight) -> bool:
    if not seen.today <= item.due_day <= seen.risky:
        return False
    untouched = seen.days_since(item.updated_at) >= UNTOUCHED
    return item.state is ItemState.BLOCKED or untouched or _is_owner_away(item, seen)


def _is_owner_away(item: Tally, seen: Sight) -> bool:
    """Over the due day."""
    backs = (seen.people[user].away_until for user in item.owners if user in seen.people)
    return any(back is not None and item.due_day < back for back in backs)


def age_bars(ages: Iterable[int]) -> tuple[int, int, int, int]:
    found = [0, 0, 0, 0]
    for age in ages:
        found[sum(age > bound for bound in AGES)] += 1
    return found[0], found[1], found[2], found[3]


def _count(holds: Callable[[Tally, Sight], bool], items: Iterable[Tally], seen: Sight) -> int:
    return sum(holds(item, seen) for item in items)


def _per_cent(part: int, whole: int) -> int | None:
    return 100 * part // whole if whole else None


def as_of(
    items: Iterable[Tally], later: Iterable[tuple[Item | None, Item | None]]
) -> tuple[Tally, ...]:
    """As they were before the first of the `later` changes, each before and after, oldest first.

    What was added by one of them is not there, what was taken back since is.
    """
    then: dict[ItemId, Tally | None] = {}
    for before, after in later:
        item = before or after
        if item is not None and item.id not in then:
            then[item.id] = tally(before) if before and not before.taken_back else None
    found: dict[ItemId, Tally | None] = {item.id: item for item in items}
    return tuple(item for item in (found | then).values() if item is not None)
