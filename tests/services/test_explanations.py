"""What a preview promises is what is said; and why each thing was said or was not."""

import random
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.demo.actions import add_all
from bot.demo.world import TEAM, World
from bot.domain import notices
from bot.domain.days import day_in, local
from bot.domain.explanations import Fate, Held, Told
from bot.domain.items import Due, Item, NewItem, Quiet
from bot.domain.model import ChannelId, ItemId, Person, Ref, TeamId, UserId
from bot.domain.outbox import Sent
from bot.errors import NotAllowed, UserError
from bot.services import explanations, forecasts, items, settings, welcomes
from bot.services.access import Ask
from bot.services.delivery import Delivery, Posted
from bot.services.explanations import Preview
from bot.services.notices import Planner
from bot.storage.database import Database, Store
from bot.views import notices as words
from bot.world import is_holiday
from tests.conftest import FakeClock
from tests.services.conftest import (
    CHAIR,
    COORDINATOR,
    MEMBER,
    MODELS_CHANNEL,
    OUTSIDER,
    Office,
)

WEEK = timedelta(days=7)


@dataclass
class Quarter:
    """The demo world, in which people act by chance and the bot works at every due moment."""

    db: Database
    clock: FakeClock
    chance: random.Random
    posts: list[tuple[UserId, datetime, str]] = field(default_factory=list)
    planner: Planner = field(default_factory=lambda: Planner(is_holiday))
    acts: int = 0

    def __post_init__(self) -> None:
        self.delivery = Delivery(self.db, self.send, self.clock, is_holiday, timedelta(0))

    async def send(self, row: Sent, dm: ChannelId | None) -> Posted:
        if row.out.lane.startswith("U") and row.out.edits is None:
            self.posts.append((UserId(row.out.lane), self.clock(), row.out.message.text))
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
        elif kind <= 6:
            groups = [m.group for m in ask.world.roles(ask.actor.user) if m.group]
            group = self.chance.choice(groups or list(ask.world.groups))
            others = [m.user for m in ask.world.members(group)][:2]
            owners = self.chance.choice([(ask.actor.user,), tuple(others)])
            items.add(ask, NewItem(f"Draft {self.acts}", group, Due(soon), owners))
        elif own := ask.store.items.open_of(ask.actor.user):
            self._to_one(ask, self.chance.choice(own), soon)

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

    def concerned(self, most: int) -> list[Person]:
        """Some of those to whom anything may be said."""

        def read(store: Store) -> list[Person]:
            given = [a for item in store.items.all_open() for a in item.assignments]
            users = sorted({user for a in given for user in (a.user, a.given_by)})
            people = store.groups.world().people
            return [people[user] for user in self.chance.sample(users, min(most, len(users)))]

        return self.db.read_now(read)

    async def work(self, only: tuple[ItemId, ...] | None = None) -> None:
        self.db.write_now(lambda store: self.planner.plan(store, self.clock(), only))
        await self.delivery.deliver()

    async def pass_until(self, end: datetime) -> None:
        """Nothing is changed by anybody: what falls due when can be looked up beforehand."""
        await self.work()
        due = self.db.read_now(lambda store: self._falls_due(store, end))
        while True:
            waits = self.db.read_now(lambda store: store.outbox.next_at())
            moments = [moment for moment in (waits, *list(due)[:1]) if moment]
            if not moments or (moment := min(moments)) > end:
                break
            self.clock.now = max(moment, self.clock.now)
            await self.work(tuple(due.pop(moment, ())))
        self.clock.now = end

    def _falls_due(self, store: Store, end: datetime) -> dict[datetime, list[ItemId]]:
        world, found = store.groups.world(), dict[datetime, list[ItemId]]()
        for item in store.items.all_open():
            for notice in notices.for_item(item, world, is_holiday):
                if self.clock() < notice.at <= end:
                    found.setdefault(notice.at, []).append(item.id)
        return dict(sorted(found.items()))

    def promised(self, some: list[Person]) -> list[tuple[UserId, datetime, str]]:
        """Whom, when, in which words."""
        now = self.clock()

        def read(store: Store) -> list[tuple[UserId, datetime, str]]:
            return [
                (person.user, one.at, (words.bundle(one.lines) if one.daily else one.lines[0]).text)
                for person in some
                for one in forecasts.foretold(store, person, is_holiday, now, now + WEEK)
            ]

        return self.db.read_now(read)


@pytest.fixture
def quarter(sqlite_template: Path, tmp_path: Path, clock: FakeClock) -> Iterator[Quarter]:
    db = Database(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'concerted.db')}")
    db.bind(TeamId(TEAM))
    demo = World.load(reanchored=True)

    def fill(store: Store) -> None:
        demo.shape(store)
        add_all(store, demo)
        Planner(is_holiday).count_as_said(store, demo.as_of)

    db.write_now(fill)
    clock.now = demo.as_of
    yield Quarter(db, clock, random.Random(7))
    db.close_now()


async def test_what_a_preview_promises_is_what_is_said(quarter: Quarter) -> None:
    """Thirteen weeks; before each of them people act, at any hour, and then nothing changes."""
    kept = 0
    for week in range(13):
        quarter.act(2)
        if week % 2:
            hours = quarter.chance.random() * 24
            await quarter.pass_until(quarter.clock() + timedelta(hours=hours))
            quarter.act(2)
        some = quarter.concerned(4)
        promised = quarter.promised(some)
        quarter.posts.clear()
        await quarter.pass_until(quarter.clock() + WEEK)
        users = {person.user for person in some}
        assert sorted(said for said in quarter.posts if said[0] in users) == sorted(promised)
        kept += len(promised)
    assert kept > 20


def why(office: Office, ref: str = "EM-1", user: UserId = CHAIR) -> list[Told]:
    return list(
        office.do(user, lambda ask: explanations.why(ask, Ref(ref), is_holiday), MODELS_CHANNEL)[1]
    )


def fates(office: Office, ref: str = "EM-1") -> list[tuple[str, str, str]]:
    """Steps, fate, and the local day in Amsterdam."""
    return [
        (" ".join(one.steps), one.fate.value, f"{local(one.at, 'Europe/Amsterdam'):%a %d %b %H:%M}")
        for one in why(office, ref)
    ]


@pytest.fixture
def delivery(office: Office) -> Delivery:
    async def send(row: Sent, dm: ChannelId | None) -> Posted:
        return Posted(f"D{row.out.lane[1:]}", "1.0")

    return Delivery(office.db, send, office.clock, is_holiday, timedelta(0))


async def said_at(office: Office, delivery: Delivery, iso: str) -> None:
    office.clock.set(iso)
    office.plan()
    await delivery.deliver()


async def test_what_is_ahead_tells_from_which_day_it_was_rolled(office: Office) -> None:
    """Due Sunday 6 December: two days before and the day itself are both said on the Friday."""
    office.add(CHAIR, CHAIR, due=date(2026, 12, 6))
    told = {one.steps: one for one in why(office)}
    assert fates(office)[1:] == [
        ("-2d 0d", "planned", "Fri 04 Dec 09:00"),
        ("1d", "planned", "Mon 07 Dec 09:00"),
        ("7d", "planned", "Mon 14 Dec 09:00"),
    ]
    both, late = told["-2d", "0d"], told["7d",]
    assert (both.rolled, both.off) == (date(2026, 12, 6), Held.DAY_OFF)
    assert (late.rolled, late.off) == (date(2026, 12, 13), Held.DAY_OFF)


async def test_what_was_done_a_minute_before_its_hour_was_taken_back(
    office: Office, delivery: Delivery
) -> None:
    """Domain.md, journey 5: the day after the due Friday rolls to Monday."""
    office.add(CHAIR, CHAIR, due=date(2026, 11, 27))
    for day in (25, 27):
        await said_at(office, delivery, f"2026-11-{day}T08:00:00+00:00")
    office.clock.set("2026-11-30T07:59:00+00:00")
    office.do(CHAIR, lambda ask: items.done(ask, Ref("EM-1"), "https://example.org/table"))
    await said_at(office, delivery, "2026-11-30T08:01:00+00:00")
    assert [one for one in fates(office) if "sent" not in one[1]] == [
        ("1d", "withdrawn", "Mon 30 Nov 09:00"),
        ("7d", "withdrawn", "Fri 04 Dec 09:00"),
    ]
    gone = why(office)[-1].because
    assert gone is not None
    assert (gone.verb, gone.by) == ("done", CHAIR)


async def test_a_second_word_of_the_day_is_held_back_and_says_so(
    office: Office, delivery: Delivery
) -> None:
    """They had Monday's message at nine, then set their hours anew: the next opens at eleven."""
    office.add(CHAIR, CHAIR, due=date(2026, 11, 25))
    await said_at(office, delivery, "2026-11-23T08:00:00+00:00")
    hours, planner = (time(11), time(18)), Planner(is_holiday)
    office.do(CHAIR, lambda ask: settings.set_hours(ask, hours, None, planner))
    office.add(CHAIR, CHAIR, due=date(2026, 11, 25), text="Draft the list")
    await said_at(office, delivery, "2026-11-23T10:00:00+00:00")
    waits = why(office, "EM-2")[0]
    assert (waits.fate, waits.held, waits.meant) == (Fate.WAITS, Held.ENOUGH, date(2026, 11, 23))
    await said_at(office, delivery, "2026-11-24T10:00:00+00:00")
    said = why(office, "EM-2")[0]
    assert (said.fate, said.held, said.at) == (Fate.SENT, Held.ENOUGH, office.clock())


async def test_who_is_away_hears_later_and_the_reason_is_told(office: Office) -> None:
    office.add(CHAIR, CHAIR, due=date(2026, 11, 30))
    planner = Planner(is_holiday)
    office.do(CHAIR, lambda ask: settings.set_away(ask, date(2026, 12, 3), planner))
    first = why(office)[0]
    assert first.off is Held.AWAY
    assert f"{first.at:%a %d %b}" == "Thu 03 Dec"


async def test_a_world_from_elsewhere_tells_that_its_reminders_were_said_there(
    office: Office,
) -> None:
    office.add(CHAIR, CHAIR, due=date(2026, 11, 30))
    office.clock.set("2026-11-28T12:00:00+00:00")
    office.db.write_now(lambda store: office.planner.count_as_said(store, office.clock()))
    assert fates(office)[0] == ("-2d", "said before", "Fri 27 Nov 09:00")


def test_only_who_may_see_the_action_is_told_why(office: Office) -> None:
    office.add(CHAIR, CHAIR, due=date(2026, 11, 30))
    with pytest.raises(NotAllowed):
        why(office, user=OUTSIDER)


def preview(office: Office, user: UserId) -> Preview:
    return office.do(user, lambda ask: explanations.preview(ask, is_holiday), MODELS_CHANNEL)


def test_a_preview_in_a_channel_shows_what_waits_there_to_its_chair_alone(office: Office) -> None:
    office.add(MEMBER, MEMBER, due=date(2026, 11, 30))
    assert [len(preview(office, user).here) for user in (CHAIR, COORDINATOR)] == [1, 1]
    assert (preview(office, MEMBER).group, preview(office, MEMBER).here) == (None, ())
    assert preview(office, MEMBER).mine
    assert not preview(office, CHAIR).mine
