"""What a preview promises is what is said, as long as nothing changes."""

import random
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import product
from pathlib import Path

import pytest

from bot.demo.actions import add_all
from bot.demo.deadlines import add_deadlines
from bot.demo.meetings import add_meetings
from bot.demo.world import TEAM, World
from bot.domain.days import day_in, local
from bot.domain.deadlines import NewDeadline
from bot.domain.digests import Wish
from bot.domain.items import Due, Item, NewItem, Quiet
from bot.domain.meetings import PrepState
from bot.domain.model import ChannelId, Person, Role, TeamId, UserId
from bot.domain.model import World as Everything
from bot.domain.notices import ESCALATE
from bot.domain.outbox import Sent
from bot.domain.things import notices_of
from bot.errors import UserError
from bot.services import (
    deadlines,
    digests,
    forecasts,
    items,
    occasions,
    preparation,
    quiet_deadlines,
    rescheduling,
    settings,
    things,
    welcomes,
)
from bot.services.access import Ask
from bot.services.delivery import Delivery, Posted
from bot.services.notices import Planner
from bot.storage.database import Database, Store
from bot.views import notices as words
from bot.views.forecasts import Coming
from bot.world import is_holiday
from tests.conftest import FakeClock

WEEK = timedelta(days=7)
DIGEST = "Weekly digest"
LEADING = (Role.CHAIR, Role.COCHAIR, Role.COORDINATOR)


@dataclass
class Quarter:
    """The demo world, in which people act by chance and the bot works at every due moment."""

    db: Database
    clock: FakeClock
    chance: random.Random
    posts: list[tuple[UserId, datetime, str]] = field(default_factory=list)
    planner: Planner = field(default_factory=lambda: Planner(is_holiday))
    acts: int = 0
    kinds: set[str] = field(default_factory=set)
    """Of what was said, and what it was about."""

    def __post_init__(self) -> None:
        self.delivery = Delivery(self.db, self.send, self.clock, is_holiday, timedelta(0))

    async def send(self, row: Sent, dm: ChannelId | None) -> Posted:
        if row.out.lane.startswith("U") and row.out.edits is None:
            self.kinds |= {row.out.subject.partition(":")[0], row.out.kind}
            words = f"{DIGEST}…" if row.out.kind == "digest" else row.out.message.text
            self.posts.append((UserId(row.out.lane), self.clock(), words))
        return Posted(f"D{row.out.lane[1:]}", f"{len(self.posts)}.0")

    def ask(self, store: Store, person: Person) -> Ask:
        self.acts += 1
        channel, world = ChannelId("D0"), store.groups.world()
        return Ask(store, person, self.clock(), f"act:{self.acts}", channel, world)

    def act(self, times: int) -> None:
        """People do things to actions, or to their own time, where they may."""

        def some(store: Store) -> None:
            people = [p for p in store.groups.world().people.values() if not p.bot]
            for person in self.chance.choices(people, k=times):
                ask = self.ask(store, store.groups.people([person.user])[person.user])
                # Whom chance picks may not do what chance picks: refused, and nothing done.
                with suppress(UserError), store.savepoint():
                    self._do(ask)
                    welcomes.greet_counted_on(ask, store.audit.of_request(ask.key))

        self.db.write_now(some)

    def _do(self, ask: Ask) -> None:
        today = day_in(ask.now, ask.actor.zone)
        soon = today + timedelta(days=self.chance.randrange(1, 25))
        kind = self.chance.randrange(10)
        if kind == 0:
            settings.set_away(ask, self.chance.choice([None, soon]), self.planner)
        elif kind == 1:
            start = time(self.chance.randrange(5, 12))
            settings.set_hours(ask, (start, time(18)), None, self.planner)
        elif kind == 2:
            self._to_a_deadline(ask, soon)
        elif kind == 3:
            self._to_a_meeting(ask, soon)
        elif kind <= 6:
            groups = [m.group for m in ask.world.roles(ask.actor.user) if m.group]
            group = self.chance.choice(groups or list(ask.world.groups))
            others = [m.user for m in ask.world.members(group)][:2]
            owners = self.chance.choice([(ask.actor.user,), tuple(others)])
            items.add(ask, NewItem(f"Draft {self.acts}", group, Due(soon), owners))
        elif own := ask.store.items.open_of(ask.actor.user):
            self._to_one(ask, self.chance.choice(own), soon)

    def _to_a_deadline(self, ask: Ask, soon: date) -> None:
        """A new one now and then: their own, or nobody's."""
        groups = tuple(m.group for m in ask.world.roles(ask.actor.user) if m.group)
        open_ = ask.store.deadlines.open_of(ask.actor.user)
        kind = self.chance.randrange(6)
        if kind <= 2 or not open_:
            owner = self.chance.choice([ask.actor.user, None])
            new = NewDeadline(f"Letter {self.acts}", soon, groups[:kind], owner=owner)
            deadlines.add(ask, new)
        elif kind == 3:
            deadlines.move(ask, open_[0].ref, soon, "late")
        elif kind == 4:
            quiet_deadlines.quiet(ask, open_[0].ref, Quiet(ask.actor.user, soon))
        else:
            deadlines.met(ask, open_[0].ref)

    def _to_a_meeting(self, ask: Ask, soon: date) -> None:
        meeting = self.chance.choice(ask.store.meetings.upcoming(ask.now))
        due = ask.store.meetings.preparation([meeting.id])[meeting.id]
        to_do = [item.n for item in due if item.required and item.state is PrepState.TODO]
        kind = self.chance.randrange(4)
        if kind == 0:
            at, zone = meeting.start_at, meeting.zone
            rescheduling.move(ask, meeting.ref, soon, at, zone, is_holiday)
        elif kind == 1:
            rescheduling.cancel(ask, meeting.ref, "no quorum", is_holiday)
        elif to_do:
            preparation.tick(ask, meeting.ref, to_do[0])

    def _to_one(self, ask: Ask, item: Item, soon: date) -> None:
        kind = self.chance.randrange(7)
        if kind == 0:
            items.move(ask, item.ref, Due(soon), "late")
        elif kind == 1:
            items.quiet(ask, item.ref, Quiet(ask.actor.user, soon))
        elif kind == 2:
            items.done(ask, item.ref)
        elif kind == 3:
            items.decline(ask, item.ref, "no time")
        elif kind == 4:
            members = ask.world.members(item.group)
            items.give(ask, item.ref, (self.chance.choice(members).user,))
        else:
            items.accept(ask, item.ref)

    def decline(self, giver: UserId) -> None:
        """Somebody gives back what this person, who now begins later, has asked of them."""

        def one(store: Store) -> None:
            world = store.groups.world()
            group = next(m.group for m in world.roles(giver) if m.group)
            other = next(m.user for m in world.members(group) if m.user != giver)
            hour = local(self.clock(), world.people[giver].zone).hour + 2
            begins = (time(min(hour, 20)), time(22))
            settings.set_hours(self.ask(store, world.people[giver]), begins, None, self.planner)
            due = Due(day_in(self.clock(), "UTC") + timedelta(days=20))
            new = NewItem("Draft the abstract", group, due, (other,))
            item = items.add(self.ask(store, world.people[giver]), new).item
            items.decline(self.ask(store, world.people[other]), item.ref, "no time")

        self.db.write_now(one)

    def told(self) -> list[UserId]:
        """Who in a group was reminded of something."""
        world = self.db.read_now(lambda store: store.groups.world())
        users = [user for user, _, said in self.posts if not said.startswith(DIGEST)]
        return [user for user in users if any(m.group for m in world.roles(user))]

    def concerned(self, most: int, heard: list[UserId]) -> list[Person]:
        """Some of those to whom anything may be said, and who has just heard something."""

        def read(store: Store) -> list[Person]:
            given = [a for item in store.items.all_open() for a in item.assignments]
            world = store.groups.world()
            chairs = sorted(_leading(world))
            users = sorted({user for a in given for user in (a.user, a.given_by)} - {*chairs})
            some = self.chance.sample(users, min(most, len(users)))
            some += self.chance.sample(chairs, most)
            return [world.people[user] for user in {*some, *heard}]

        return self.db.read_now(read)

    async def work(self, only: tuple[str, ...] | None = None) -> None:
        self.db.write_now(lambda store: self.planner.plan(store, self.clock(), only))
        await self.delivery.deliver()

    async def pass_until(self, end: datetime, watched: set[UserId] | None = None) -> None:
        """Nothing is changed by anybody: what falls due when can be looked up beforehand.

        Of what is not said to the watched it is enough that it is planned some time: that half of
        the work is saved.
        """
        await self.work()
        due = self.db.read_now(lambda store: self._falls_due(store, end, watched))
        while True:
            waits = self.db.read_now(lambda store: store.outbox.next_at())
            moments = [moment for moment in (waits, *list(due)[:1]) if moment]
            if not moments or (moment := min(moments)) > end:
                break
            self.clock.now = max(moment, self.clock.now)
            if moment in due:
                await self.work(tuple(due.pop(moment)))
            else:
                await self.delivery.deliver()
        self.clock.now = end

    def _falls_due(
        self, store: Store, end: datetime, watched: set[UserId] | None
    ) -> dict[datetime, list[str]]:
        """By the moment at which to plan; who was told before whom is said, so all of that is."""
        world, now = store.groups.world(), self.clock()
        open_ = list(things.all_open(store))
        order = [thing.subject for thing in open_]
        found = [
            (n.at, watched is None or n.to in watched or n.kind == ESCALATE, thing.subject)
            for thing in open_
            for n in notices_of(thing, world, is_holiday)
            if now < n.at <= end
        ]
        for user in _leading(world) if watched is None else watched & _leading(world):
            told = digests.planned_for(store, world, world.people[user], is_holiday, now, end)
            found += [(out.at, True, "") for out in told]
        due, since = dict[datetime, list[str]](), list[str]()
        for moment, counts, subject in sorted(found):
            since += [subject] if subject else []
            if counts:
                due.setdefault(moment, []).extend(since)
                since = []
        return {moment: sorted(subjects, key=order.index) for moment, subjects in due.items()}

    def promised(self, some: list[Person]) -> list[tuple[UserId, datetime, str]]:
        """Whom, when, in which words."""
        now = self.clock()

        def read(store: Store) -> list[tuple[UserId, datetime, str]]:
            return [
                (person.user, one.at, self._words(one))
                for person in some
                for one in forecasts.foretold(store, person, is_holiday, now, now + WEEK)
            ]

        return self.db.read_now(read)

    def _words(self, one: Coming) -> str:
        """Of a digest only that it comes: its figures are not known before."""
        text = (words.bundle(one.lines) if one.daily else one.lines[0]).text
        return f"{DIGEST}…" if text.startswith(DIGEST) else text


def _leading(world: Everything) -> set[UserId]:
    return {m.user for m in world.memberships if m.role in LEADING}


@pytest.fixture
def quarter(
    sqlite_template: Path, tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Quarter]:
    # What else the clock brings is no reminder: a preview does not promise it.
    monkeypatch.setattr(occasions, "OCCASIONS", ())
    db = Database(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'concerted.db')}")
    db.bind(TeamId(TEAM))
    demo = World.load(reanchored=True)

    def fill(store: Store) -> None:
        demo.shape(store)
        add_meetings(store, demo)
        add_all(store, demo)
        add_deadlines(store, demo)
        store.digests.set_wish(demo.person_id("coordinator"), None, Wish.ON)
        world = store.groups.world()
        for user, key in product(_leading(world), sorted(world.groups)[1:]):
            store.digests.set_wish(user, key, Wish.OFF)  # One group tells all, in half the time.
        Planner(is_holiday).count_as_said(store, demo.as_of)

    db.write_now(fill)
    clock.now = demo.as_of
    yield Quarter(db, clock, random.Random(7))
    db.close_now()


async def test_what_a_preview_promises_is_what_is_said(quarter: Quarter) -> None:
    """Nine weeks; before each of them people act, at any hour, and then nothing changes."""
    kept, told = 0, list[UserId]()
    for week in range(9):
        await quarter.work()  # What was not watched is planned some time: before the promise.
        quarter.act(2)
        if week % 3 == 1:
            quarter.posts.clear()
            while not (told := quarter.told()):
                due = quarter.db.read_now(lambda s: quarter.planner.next_at(s, quarter.clock()))
                assert due is not None
                await quarter.pass_until(due + timedelta(hours=1))
            quarter.decline(told[-1])
        heard = told[-1:] if week % 3 == 1 else []
        some = quarter.concerned(2, heard)
        promised = quarter.promised(some)
        quarter.posts.clear()
        users = {person.user for person in some}
        await quarter.pass_until(quarter.clock() + WEEK, users)
        assert sorted(said for said in quarter.posts if said[0] in users) == sorted(promised)
        kept += len(promised)
    assert kept > 20
    assert quarter.kinds >= {"item", "deadline", "prep", "remind", "escalate", "digest"}
