"""A small programme of two groups, and people who act in it on a real database."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any, TypeVar

import pytest
from sqlalchemy import Table, insert, select

from bot.domain.digests import Wish
from bot.domain.items import Due, Item, NewItem
from bot.domain.model import ChannelId, Group, GroupKey, Membership, Person, Programme, Role, UserId
from bot.services import items
from bot.services.access import Ask
from bot.services.digests import DIGEST
from bot.services.notices import Planner
from bot.storage.database import Database, Store
from bot.storage.rows import Table as Row
from bot.world import is_holiday
from tests.conftest import FakeClock

T = TypeVar("T")

MODELS, TRIALS = GroupKey("models"), GroupKey("trials")
MODELS_CHANNEL, TRIALS_CHANNEL = ChannelId("C0MODELS"), ChannelId("C0TRIALS")
COORDINATOR, CHAIR, COCHAIR = UserId("U0COORD01"), UserId("U0CHAIR01"), UserId("U0COCHAIR")
MEMBER, OTHER, OUTSIDER = UserId("U0MEMBER1"), UserId("U0MEMBER2"), UserId("U0TRIALS1")
STEERING, GUEST, BOT = UserId("U0STEER01"), UserId("U0GUEST01"), UserId("U0ROBOT01")

PEOPLE = (
    Person(COORDINATOR, "Coordinator", "coordinator", "Europe/London", country="GB", region="ENG"),
    Person(CHAIR, "Models chair", "models-chair", "Europe/Amsterdam", country="NL"),
    Person(
        COCHAIR, "Models co-chair", "models-cochair", "America/Edmonton", country="CA", region="AB"
    ),
    Person(MEMBER, "Models member", "models-member", "Europe/London", country="GB", region="ENG"),
    Person(OTHER, "Other member", "other-member", "Asia/Kolkata", country="IN"),
    Person(OUTSIDER, "Trials member", "trials-member", "Europe/Rome", country="IT"),
    Person(STEERING, "Steering member", "steering", "Europe/London", country="GB"),
    Person(GUEST, "One-time guest", "guest", "Europe/London", external=True),
    Person(BOT, "Some bot", "robot", bot=True),
)
ROLES = (
    Membership(COORDINATOR, None, Role.COORDINATOR),
    Membership(STEERING, None, Role.STEERING),
    Membership(CHAIR, MODELS, Role.CHAIR),
    Membership(COCHAIR, MODELS, Role.COCHAIR),
    Membership(MEMBER, MODELS, Role.MEMBER),
    Membership(OTHER, MODELS, Role.MEMBER, named=False),
    Membership(OUTSIDER, TRIALS, Role.CHAIR),
)


@dataclass
class Office:
    db: Database
    clock: FakeClock
    planner: Planner = field(default_factory=lambda: Planner(is_holiday))
    requests: "count[int]" = field(default_factory=count)

    def ask(self, store: Store, user: UserId, channel: ChannelId) -> Ask:
        actor = store.groups.person(user)
        assert actor is not None
        return Ask(
            store=store,
            actor=actor,
            now=self.clock(),
            key=f"test:{next(self.requests)}",
            channel=channel,
            world=store.groups.world(),
        )

    def do(self, user: UserId, work: Callable[[Ask], T], channel: ChannelId = MODELS_CHANNEL) -> T:
        """One request of this person, in a transaction of its own."""
        return self.db.write_now(lambda store: work(self.ask(store, user, channel)))

    def add(self, by: UserId, *owners: UserId, due: date, text: str = "Draft the table") -> Item:
        new = NewItem(text, MODELS, Due(due), owners)
        return self.do(by, lambda ask: items.add(ask, new)).item

    def plan(self) -> int:
        return self.db.write_now(lambda store: self.planner.plan(store, self.clock()))

    def want_no_digests(self) -> None:
        def choose(store: Store) -> None:
            for role in ROLES:
                for key in (MODELS, TRIALS):
                    store.digests.set_wish(role.user, key, Wish.OFF)

        self.db.write_now(choose)

    def next_at(self) -> datetime | None:
        return self.db.read_now(lambda store: self.planner.next_at(store, self.clock()))

    def pending(self, user: UserId) -> list[str]:
        """Keys of what waits to be said to the person, but for weekly digests."""
        return self.db.read_now(
            lambda store: [
                row.out.key
                for row in store.outbox.recent(1000)
                if row.out.lane == user and row.state == "pending" and row.out.kind != DIGEST
            ]
        )


class Shape:
    """Two groups and their people: written person by person once, row by row from then on."""

    def __init__(self) -> None:
        self._rows: list[tuple[Table, list[dict[str, Any]]]] = []

    def fill(self, store: Store) -> None:
        connection = store._session.connection()
        for table, rows in self._rows:
            connection.execute(insert(table), rows)
        if self._rows:
            return
        _write(store)
        for table in Row.metadata.sorted_tables:
            # A number the database gives is given anew, for its sequence to go on from there.
            given = [c for c in table.columns if table.autoincrement_column is not c]
            query = select(*given).order_by(*table.primary_key)
            if kept := [dict(row) for row in connection.execute(query).mappings()]:
                self._rows.append((table, kept))


def _write(store: Store) -> None:
    store.groups.save_programme(Programme("Test programme", "Europe/London", "GB", "ENG"))
    for key, prefix, channel in (
        (MODELS, "EM", MODELS_CHANNEL),
        (TRIALS, "PC", TRIALS_CHANNEL),
    ):
        store.groups.save(
            Group(key, prefix, key.capitalize(), f"The {key} group", "", "Europe/London", channel)
        )
    for person in PEOPLE:
        store.groups.save_person(person)
    for role in ROLES:
        store.groups.set_role(role)


@pytest.fixture
def office(db: Database, clock: FakeClock, shape: Shape) -> Office:
    db.write_now(shape.fill)
    return Office(db, clock)


@pytest.fixture(scope="session")
def shape() -> Shape:
    return Shape()
