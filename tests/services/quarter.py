"""The demo world over weeks: what is promised in it, and what is said."""

import random
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.meetings import Meeting
from bot.domain.model import ChannelId, Person, Role, UserId, World
from bot.domain.notices import ESCALATE
from bot.domain.outbox import Sent, Way
from bot.domain.things import notices_of
from bot.services import digests, forecasts, occasions, things
from bot.services.delivery import Delivery, Posted
from bot.services.notices import Planner
from bot.services.occasions import Moment
from bot.storage.database import Database, Store
from bot.views import notices as words
from bot.views.forecasts import Coming
from bot.world import is_holiday
from tests.conftest import FakeClock
from tests.services.quarter_acts import Acts

WEEK = timedelta(days=7)
DIGEST = "Weekly digest"
LEADING = (Role.CHAIR, Role.COCHAIR, Role.COORDINATOR)
Promises = list[tuple[str, datetime, str]]
"""Whom or where, when, in which words."""


@dataclass
class Quarter:
    """The bot works at every moment at which something is due."""

    db: Database
    clock: FakeClock
    chance: random.Random
    posts: Promises = field(default_factory=list)
    planner: Planner = field(default_factory=lambda: Planner(is_holiday))
    kinds: set[str] = field(default_factory=set)
    """Of what was said, and what it was about."""
    brought: set[str] = field(default_factory=set)
    """Of what was promised of meetings and decisions."""

    def __post_init__(self) -> None:
        self.delivery = Delivery(self.db, self.send, self.clock, is_holiday, timedelta(0))
        self.acts = Acts(self.chance, self.planner)

    async def send(self, row: Sent, dm: ChannelId | None) -> Posted:
        if row.out.way is Way.POST:
            words = f"{DIGEST}…" if row.out.kind == "digest" else row.out.message.text
            self.posts.append((row.out.lane, self.clock(), words))
        return Posted(f"D{row.out.lane[1:]}", f"{len(self.posts)}.0")

    def note_kinds(self) -> None:
        rows = self.db.read_now(lambda store: store.outbox.recent(1000))
        said = [row.out for row in rows if row.first_sent or row.merged_into]
        self.kinds |= {kind for out in said for kind in (out.subject.partition(":")[0], out.kind)}

    def act(self, times: int) -> None:
        self.db.write_now(lambda store: self.acts.some(store, times, self.clock()))

    def hold(self) -> None:
        """What is over and nobody has held."""

        def held(store: Store) -> None:
            prepared = store.meetings.unfinished(self.clock().date())
            over = [one for one in store.meetings.many(prepared) if self._is_over(one)]
            self.acts.hold(store, over, self.clock())

        self.db.write_now(held)

    def _is_over(self, meeting: Meeting) -> bool:
        return meeting.state.ahead and meeting.ends <= self.clock()

    def decline(self, giver: UserId) -> None:
        self.db.write_now(lambda store: self.acts.decline(store, giver, self.clock()))

    def told(self) -> list[UserId]:
        """Who in a group was reminded of something."""
        world = self.db.read_now(lambda store: store.groups.world())
        users = [UserId(lane) for lane, _, said in self.posts if not said.startswith(DIGEST)]
        return [user for user in users if any(m.group for m in world.roles(user))]

    def concerned(self, most: int, heard: list[UserId]) -> list[Person]:
        """Some of those to whom anything may be said, and who has just heard something."""

        def read(store: Store) -> list[Person]:
            given = [a for item in store.items.all_open() for a in item.assignments]
            world = store.groups.world()
            chairs = sorted(leading(world))
            users = sorted({user for a in given for user in (a.user, a.given_by)} - {*chairs})
            some = self.chance.sample(users, min(most, len(users)))
            some += self.chance.sample(chairs, most)
            return [world.people[user] for user in {*some, *heard}]

        return self.db.read_now(read)

    def channels(self) -> tuple[ChannelId, ...]:
        groups = self.db.read_now(lambda store: store.groups.world()).groups
        return tuple(group.channel for group in groups.values() if group.channel)

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
        brought = self._brought_next()
        while True:
            waits = self.db.read_now(lambda store: store.outbox.next_at())
            moments = [moment for moment in (waits, brought, *list(due)[:1]) if moment]
            if not moments or (moment := min(moments)) > end:
                break
            self.clock.now = max(moment, self.clock.now)
            if moment in due or moment == brought:
                await self.work(tuple(due.pop(moment, ())))
                brought = self._brought_next() if moment == brought else brought
            else:
                await self.delivery.deliver()
        self.clock.now = end

    def _brought_next(self) -> datetime | None:
        def read(store: Store) -> datetime | None:
            now = self.clock()
            moment = Moment(now, now, store.groups.world(), is_holiday, str)
            return min(occasions.next_at(store, moment), default=None)

        return self.db.read_now(read)

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
        for user in leading(world) if watched is None else watched & leading(world):
            told = digests.planned_for(store, world, world.people[user], is_holiday, now, end)
            found += [(out.at, True, "") for out in told]
        due, since = dict[datetime, list[str]](), list[str]()
        for moment, counts, subject in sorted(found):
            since += [subject] if subject else []
            if counts:
                due.setdefault(moment, []).extend(since)
                since = []
        return {moment: sorted(subjects, key=order.index) for moment, subjects in due.items()}

    def promised(self, some: list[Person], channels: Collection[ChannelId]) -> Promises:
        now = self.clock()

        def read(store: Store) -> Promises:
            others = forecasts.brought(store, is_holiday, now, now + WEEK)
            posts = [one for one in others if one.out is None or one.out.way is Way.POST]
            lanes = {*channels, *(person.user for person in some)}
            self.brought |= {one.out.kind for one in posts if one.out and one.out.lane in lanes}
            mine = [
                (person.user, one.at, _words(one))
                for person in some
                for one in forecasts.foretold(store, person, is_holiday, now, now + WEEK, posts)
            ]
            return mine + [
                (lane, one.at, _words(one))
                for lane in channels
                for one in forecasts.in_channel(store, lane, posts, now, now + WEEK)
            ]

        return self.db.read_now(read)


def _words(one: Coming) -> str:
    """Of a digest only that it comes: its figures are not known before."""
    text = (words.bundle(one.lines) if one.daily else one.lines[0]).text
    return f"{DIGEST}…" if text.startswith(DIGEST) else text


def leading(world: World) -> set[UserId]:
    return {m.user for m in world.memberships if m.role in LEADING}
