"""What people do by chance in the demo world, where they may."""

import random
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.days import day_in, local
from bot.domain.deadlines import NewDeadline
from bot.domain.decisions import NewDecision
from bot.domain.items import Due, Item, NewItem, Quiet
from bot.domain.meetings import Meeting, PrepState, RsvpAnswer
from bot.domain.model import ChannelId, Person, Role, UserId
from bot.domain.proceedings import LineKind, NewLine
from bot.errors import UserError
from bot.services import (
    agenda_drafts,
    deadlines,
    decisions,
    interests,
    items,
    preparation,
    proceedings,
    quiet_deadlines,
    rescheduling,
    rsvps,
    settings,
    welcomes,
)
from bot.services.access import Ask
from bot.services.notices import Planner
from bot.storage.database import Store
from bot.world import is_holiday


@dataclass
class Acts:
    """To actions, deadlines and meetings, or to their own time."""

    chance: random.Random
    planner: Planner
    done: int = 0

    def ask(self, store: Store, person: Person, now: datetime) -> Ask:
        self.done += 1
        channel, world = ChannelId("D0"), store.groups.world()
        return Ask(store, person, now, f"act:{self.done}", channel, world)

    def some(self, store: Store, times: int, now: datetime) -> None:
        people = [p for p in store.groups.world().people.values() if not p.bot]
        for person in self.chance.choices(people, k=times):
            ask = self.ask(store, store.groups.people([person.user])[person.user], now)
            # Whom chance picks may not do what chance picks: refused, and nothing done.
            with suppress(UserError), store.savepoint():
                self._do(ask)
                welcomes.greet_counted_on(ask, store.audit.of_request(ask.key))

    def hold(self, store: Store, over: Iterable[Meeting], now: datetime) -> None:
        """As they were planned, with a decision each that comes back soon."""
        for meeting in over:
            world = store.groups.world()
            ask = self.ask(store, world.people[world.holding(Role.COORDINATOR)[0]], now)
            group = next(iter(meeting.groups or world.groups))
            review = day_in(now, "UTC") + timedelta(days=self.chance.randrange(1, 9))
            new = NewDecision(f"Use template {self.done}", group, review=review)
            made = decisions.add(ask, new, is_holiday).decision
            agreed = NewLine(
                meeting.id, LineKind.DECISION, new.text, ask.actor.user, now, "1.0", made.ref
            )
            store.proceedings.add(agreed)
            proceedings.hold(ask, meeting.ref)

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
            items.add(ask, NewItem(f"Draft {self.done}", group, Due(soon), owners))
        elif own := ask.store.items.open_of(ask.actor.user):
            self._to_one(ask, self.chance.choice(own), soon)

    def _to_a_deadline(self, ask: Ask, soon: date) -> None:
        """A new one now and then: their own, or nobody's."""
        groups = tuple(m.group for m in ask.world.roles(ask.actor.user) if m.group)
        open_ = ask.store.deadlines.open_of(ask.actor.user)
        kind = self.chance.randrange(6)
        if kind <= 2 or not open_:
            owner = self.chance.choice([ask.actor.user, None])
            new = NewDeadline(f"Letter {self.done}", soon, groups[:kind], owner=owner)
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
        kind = self.chance.randrange(7)
        if kind == 0:
            at, zone = meeting.start_at, meeting.zone
            rescheduling.move(ask, meeting.ref, soon, at, zone, is_holiday)
        elif kind == 1:
            rescheduling.cancel(ask, meeting.ref, "no quorum", is_holiday)
        elif kind == 2:
            agenda_drafts.post(ask, meeting.ref)
        elif kind == 3:
            interests.declare(ask, "")
        elif kind == 4 and to_do:
            preparation.tick(ask, meeting.ref, to_do[0])
        else:
            rsvps.answer(ask, meeting.ref, self.chance.choice(list(RsvpAnswer)))

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

    def decline(self, store: Store, giver: UserId, now: datetime) -> None:
        """Somebody gives back what this person, who now begins later, has asked of them."""
        world = store.groups.world()
        group = next(m.group for m in world.roles(giver) if m.group)
        other = next(m.user for m in world.members(group) if m.user != giver)
        hour = local(now, world.people[giver].zone).hour + 2
        begins = (time(min(hour, 20)), time(22))
        settings.set_hours(self.ask(store, world.people[giver], now), begins, None, self.planner)
        due = Due(day_in(now, "UTC") + timedelta(days=20))
        new = NewItem("Draft the abstract", group, due, (other,))
        item = items.add(self.ask(store, world.people[giver], now), new).item
        items.decline(self.ask(store, world.people[other], now), item.ref, "no time")
