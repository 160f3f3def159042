"""Every figure of a quarter, counted once more from nothing but the history, is the same.

The other way shares no code with the first: what was typed is played again, verb by verb.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col

from bot.domain.digests import Figures
from bot.domain.history import Change
from bot.domain.items import Answer, Due, Item, NewItem
from bot.domain.model import ItemId, UserId, World
from bot.services import groups, items, snapshots
from bot.services.access import Ask
from bot.services.undo import undo
from bot.storage.database import Store
from bot.storage.tables import HistoryRow
from bot.world import is_holiday
from tests.services.conftest import (
    CHAIR,
    COCHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OTHER,
    OUTSIDER,
    TRIALS,
    Office,
)
from tests.services.test_digests import look, person, shape

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

ZONE = ZoneInfo("America/New_York")
"""The group's; its clocks change in the first week of November."""
FIRST, WEEKS, CHANGES = datetime(2026, 10, 5, 14, tzinfo=UTC), 13, 3
MERGED_IN = 6
"""The other group goes into this one at the end of that week."""
BACK = date(2026, 12, 10)
"""One of the members is away until then, from the start."""
HOLIDAYS = {date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)}
"""Of England, where the programme is."""


@dataclass
class Story:
    """Random, but the same each time."""

    office: Office
    chance: Random = field(default_factory=lambda: Random(20261005))
    known: dict[ItemId, Item] = field(default_factory=dict)
    last: UserId = COORDINATOR
    seen: list[tuple[datetime, bool, Figures]] = field(default_factory=list)
    """When, whether changes of that very instant count, and what was told."""

    def play(self) -> None:
        for week in range(WEEKS):
            monday = FIRST + timedelta(weeks=week)
            for day_, nights in enumerate(((0, 3), (3, 6))):
                self.office.db.write_now(partial(self.some_days, monday, nights), wait=30)
                if (week + day_) % 3:
                    self.keep_weeks()
                else:
                    self.seen.append((self.office.clock(), True, look(self.office).figures))
            if week == MERGED_IN:
                self.office.do(COORDINATOR, lambda ask: groups.merge(ask, TRIALS, MODELS))
                self.read_again()
        self.office.clock.now += timedelta(days=4)
        self.keep_weeks()
        kept = self.office.db.read_now(
            lambda store: store.digests.snapshots(MODELS, self.office.clock(), 99)
        )
        self.seen += [(snapshot.at, False, snapshot.figures) for snapshot in kept]

    def keep_weeks(self) -> None:
        """As planning does; some weeks only on the Thursday, when much has changed since."""

        def take(store: Store) -> None:
            world, now = store.groups.world(), self.office.clock()
            snapshots.take(store, world, is_holiday, FIRST - timedelta(days=2), now)

        self.office.db.write_now(take)

    def read_again(self) -> None:
        found = self.office.db.read_now(lambda store: store.items.search(limit=None))
        self.known = {item.id: item for item in found}

    def some_days(self, monday: datetime, days: tuple[int, int], store: Store) -> None:
        first, last = (24 * 60 * day_ for day_ in days)
        world = store.groups.world()
        for minutes in sorted(self.chance.sample(range(first, last), CHANGES)):
            self.office.clock.now = max(self.office.clock.now, monday + timedelta(minutes=minutes))
            self.change(store, world)

    def ask(self, store: Store, world: World, user: UserId) -> Ask:
        key = f"test:{next(self.office.requests)}"
        self.last = user
        return Ask(store, world.people[user], self.office.clock(), key, MODELS_CHANNEL, world)

    def change(self, store: Store, world: World) -> None:
        open_ = [item for item in self.known.values() if not item.state.closed]
        closed = [item for item in self.known.values() if item.state.closed]
        ask = partial(self.ask, store, world)
        if len(open_) < 6 or self.chance.random() < 0.25:
            item = self.add(ask, world)
        elif closed and self.chance.random() < 0.2:
            item = items.reopen(ask(COORDINATOR), self.chance.choice(closed).ref)
        else:
            today = self.office.clock().date()
            late = [item for item in open_ if item.moves and item.first_due < today]
            item = self.touch(ask, self.chance.choice(late or open_))
        self.known[item.id] = item
        if self.chance.random() < 0.12:
            self.office.clock.forward(minutes=3)
            (undone,) = undo(ask(self.last))
            self.known.pop(item.id)
            if isinstance(undone.before, Item):
                self.known[item.id] = undone.before

    def add(self, ask: Callable[[UserId], Ask], world: World) -> Item:
        trials = world.groups[TRIALS].merged_into is None and self.chance.random() < 0.3
        people = (OUTSIDER,) if trials else (CHAIR, COCHAIR, MEMBER, OTHER)
        owners = tuple(self.chance.sample(people, self.chance.randint(0, min(2, len(people)))))
        due = self.office.clock().date() + timedelta(days=self.chance.randint(1, 40))
        new = NewItem("Draft", TRIALS if trials else MODELS, Due(due), owners)
        return items.add(ask(COORDINATOR), new).item

    def touch(self, ask: Callable[[UserId], Ask], item: Item) -> Item:
        asked = [a.user for a in item.assignments if a.answer is Answer.ASKED]
        due = Due(item.due.day + timedelta(days=self.chance.randint(1, 20)))
        some: list[tuple[UserId, Callable[[Ask], Item]]] = [
            *[(COORDINATOR, lambda ask: items.done(ask, item.ref))] * 4,
            (COORDINATOR, lambda ask: items.drop(ask, item.ref, "Not needed")),
            (COORDINATOR, lambda ask: items.block(ask, item.ref, "No scans yet")),
            (COORDINATOR, lambda ask: items.start(ask, item.ref)),
            (COORDINATOR, lambda ask: items.note(ask, item.ref, "Half of it is there")),
            *[(COORDINATOR, lambda ask: items.move(ask, item.ref, due))] * 3,
        ]
        if COORDINATOR not in item.owners:
            some.append((COORDINATOR, lambda ask: items.give(ask, item.ref, (COORDINATOR,))))
        if asked:
            some += [
                (asked[0], lambda ask: items.accept(ask, item.ref)),
                (asked[0], lambda ask: items.decline(ask, item.ref, "No time")),
            ] * 2
        user, verb = self.chance.choice(some)
        return verb(ask(user))


@dataclass(frozen=True)
class Life:
    """What the verbs, one after the other, have made of one action."""

    added: datetime
    first: date
    due: date
    group: str
    owners: tuple[UserId, ...] = ()
    asked: bool = False
    ended: tuple[str, datetime] | None = None
    blocked: bool = False
    moved: bool = False


def lived(changes: Iterable[Change]) -> tuple[Life, datetime] | None:
    """Of one action, and when it was last touched; None: not there, or taken back."""
    past: list[Life] = []
    touched = None
    for change in changes:
        touched = touched if change.verb == "merge" else change.at
        item = change.after
        assert isinstance(item, Item)
        if change.verb == "undo":
            past.pop()
        elif change.verb == "add":
            past = [after_verb(Life(change.at, item.due.day, item.due.day, item.group), item, "")]
        else:
            past.append(after_verb(past[-1], item, change.verb, change.at))
    return (past[-1], touched) if past and touched else None


def after_verb(life: Life, item: Item, verb: str, at: datetime | None = None) -> Life:
    life = replace(
        life,
        owners=tuple(given.user for given in item.assignments),
        asked=any(given.answered_at is None for given in item.assignments),
    )
    if verb in ("done", "drop") and at is not None:
        return replace(life, ended=(verb, at), blocked=False)
    if verb in ("reopen", "start", "unblock"):
        return replace(life, ended=None, blocked=False)
    if verb == "block":
        return replace(life, blocked=True)
    if verb == "move":
        return replace(life, due=item.due.day, moved=True)
    return replace(life, group=item.group) if verb == "merge" else life


def again(changes: Iterable[Change], at: datetime, same: bool) -> Figures:
    """What was to be told of the group at that instant."""
    by_action: dict[ItemId, list[Change]] = {}
    for change in changes:
        assert isinstance(change.after, Item)
        if change.at < at or (same and change.at == at):
            by_action.setdefault(change.after.id, []).append(change)
    lives = [found for found in map(lived, by_action.values()) if found is not None]
    lives = [(life, touched) for life, touched in lives if life.group == MODELS]
    today = at.astimezone(ZONE).date()
    end = today
    while end.isoweekday() != 1:
        end -= timedelta(days=1)
    week = [end - timedelta(days=n) for n in range(1, 8)]
    near, left = today, 5
    while left:
        near += timedelta(days=1)
        left -= near.isoweekday() < 6 and near not in HOLIDAYS
    still = [(life, touched) for life, touched in lives if life.ended is None]
    over = [(life, *life.ended) for life, _ in lives if life.ended is not None]
    done = [(life, day(when)) for life, how, when in over if how == "done" and day(when) in week]
    ages = sorted((today - day(life.added)).days for life, _ in still)
    middle = ages[(len(ages) - 1) // 2 : len(ages) // 2 + 1]
    return Figures(
        open=len(still),
        new=len([1 for life, _ in lives if day(life.added) in week]),
        closed=len(done),
        dropped=len([1 for _, how, when in over if how == "drop" and day(when) in week]),
        overdue=len([1 for life, _ in still if life.due < today]),
        due_soon=len([1 for life, _ in still if 0 <= (life.due - today).days <= 7]),
        at_risk=len(
            [
                1
                for life, touched in still
                if today <= life.due <= near
                and (
                    life.blocked
                    or (today - day(touched)).days > 6
                    or (OTHER in life.owners and life.due < BACK)
                )
            ]
        ),
        blocked=len([1 for life, _ in still if life.blocked]),
        unowned=len([1 for life, _ in still if life.owners == ()]),
        unconfirmed=len([1 for life, _ in still if life.asked]),
        moved=len([1 for life, _ in still if life.moved]),
        ages=(
            len([age for age in ages if age <= 7]),
            len([age for age in ages if 7 < age <= 30]),
            len([age for age in ages if 30 < age <= 90]),
            len([age for age in ages if age > 90]),
        ),
        typical_age=sum(middle) // len(middle) if middle else None,
        on_time=100 * len([1 for life, when in done if when <= life.first]) // len(done)
        if done
        else None,
    )


def day(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


def test_every_figure_of_a_quarter_comes_out_again_from_the_history_alone(office: Office) -> None:
    office.clock.now = FIRST - timedelta(days=2)
    shape(office, zone=ZONE.key, channel=None)
    person(office, OTHER, away_until=BACK)
    story = Story(office)
    story.play()
    history = office.db.read_now(lambda s: s.audit._changes(col(HistoryRow.version) > 0))
    assert len([1 for _, same, _ in story.seen if not same]) == WEEKS + 1
    for at, same, told in story.seen:
        assert asdict(again(history, at, same)) == asdict(told), at
    for name in asdict(Figures()):
        values = {asdict(told)[name] for _, _, told in story.seen}
        assert len(values) > 1, f"{name} never changes, so nothing is shown of it"
