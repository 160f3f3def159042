"""First contact: who is met, what Slack tells in time, and what people chose themselves."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, time

import pytest

from bot.domain.items import Due, NewItem
from bot.domain.model import Channel, ChannelId, Person, Role, UserId
from bot.domain.outbox import State
from bot.services import items
from bot.services.inbox import Inbox, Met, Request, Silent, learn
from bot.services.people import MEETING_SECONDS, MEMBERS_LAST, People, Profile
from bot.storage.database import Database, Store
from bot.world import country_of
from tests.conftest import FakeClock
from tests.services.conftest import (
    CHAIR,
    COCHAIR,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OTHER,
    OUTSIDER,
    TRIALS_CHANNEL,
    Office,
)

NEW, SECOND = UserId("U0NEW0001"), UserId("U0NEW0002")
ELSEWHERE = ChannelId("C0OTHER01")


def profile(user: UserId, **facts: object) -> Profile:
    usual: dict[str, object] = {
        "user": user,
        "name": f"Person {user}",
        "handle": user.lower(),
        "zone": "Europe/Rome",
        "admin": False,
        "external": False,
        "home_team": None,
        "guest": False,
        "bot": False,
        "left": False,
    }
    return Profile(**(usual | facts))  # type: ignore[arg-type]  # the facts are named above


class Refusal(Exception):
    """Slack will not tell."""


@dataclass
class Workspace:
    """What Slack would answer; `asked` is what it was asked."""

    people: dict[UserId, Profile] = field(default_factory=dict)
    inside: dict[ChannelId, tuple[UserId, ...]] = field(default_factory=dict)
    silent: bool = False
    asked: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    async def person(self, user: UserId) -> Profile | None:
        self.asked.append(user)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if self.silent:
                await asyncio.Event().wait()
            await asyncio.sleep(0)
            return self.people.get(user)
        finally:
            self.at_once -= 1

    async def channel(self, channel: ChannelId) -> Channel | None:
        self.asked.append(channel)
        return Channel(channel, "somewhere", bot_in=channel in self.inside)

    async def members(self, channel: ChannelId) -> tuple[UserId, ...]:
        self.asked.append(f"members of {channel}")
        if channel not in self.inside:
            raise Refusal
        return self.inside[channel]

    async def channels(self) -> tuple[Channel, ...]:
        return tuple(Channel(channel, f"named-{channel}", bot_in=True) for channel in self.inside)


@dataclass
class Reception:
    """People of the office, met through the workspace."""

    office: Office
    workspace: Workspace
    people: People

    def known(self, user: UserId) -> Person | None:
        return self.office.db.read_now(lambda store: store.groups.person(user))

    def members(self, *, named: bool) -> set[UserId]:
        return self.office.db.read_now(
            lambda store: {m.user for m in store.groups.members(MODELS) if m.named is named}
        )

    async def meet(self, actor: UserId, *mentioned: UserId, channel: ChannelId | None) -> Met:
        met = await self.people.meet(actor, mentioned, channel)
        await self.office.db.write(lambda store: learn(store, met))
        return met


@pytest.fixture
def reception(office: Office, db: Database, clock: FakeClock) -> Reception:
    workspace = Workspace({NEW: profile(NEW), SECOND: profile(SECOND)})
    people = People(db, workspace, clock, country_of, "Europe/London")
    return Reception(office, workspace, people)


async def test_who_speaks_and_who_is_named_are_met(reception: Reception) -> None:
    await reception.meet(NEW, SECOND, channel=None)
    speaker, named = reception.known(NEW), reception.known(SECOND)
    assert speaker is not None
    assert named is not None
    assert (speaker.zone, speaker.country) == ("Europe/Rome", "IT")
    assert named.name == f"Person {SECOND}"


async def test_who_was_met_today_is_not_asked_about_again(reception: Reception) -> None:
    await reception.meet(NEW, channel=None)
    reception.workspace.asked.clear()
    await reception.meet(NEW, channel=None)
    assert reception.workspace.asked == []
    reception.office.clock.forward(days=1)
    await reception.meet(NEW, channel=None)
    assert reception.workspace.asked == [NEW]


async def test_slack_is_waited_for_half_a_second_and_no_longer(reception: Reception) -> None:
    reception.workspace.silent = True
    loop = asyncio.get_running_loop()
    began = loop.time()
    met = await reception.meet(NEW, channel=None)
    assert loop.time() - began < MEETING_SECONDS * 4
    assert met == Met()
    assert reception.known(NEW) is None


async def test_what_a_person_chose_stays_and_the_rest_follows_slack(reception: Reception) -> None:
    chosen = Person(
        NEW,
        "Old name",
        zone="Asia/Kolkata",
        zone_chosen=True,
        country="IN",
        hours=(time(10), time(16)),
        away_until=date(2026, 12, 1),
    )
    reception.office.db.write_now(lambda store: store.groups.save_person(chosen))
    await reception.meet(NEW, channel=None)
    person = reception.known(NEW)
    assert person is not None
    assert person.name == f"Person {NEW}"
    assert (person.zone, person.zone_chosen, person.country) == ("Asia/Kolkata", True, "IN")
    assert (person.hours, person.away_until) == (chosen.hours, chosen.away_until)


@pytest.mark.parametrize("fact", ["external", "guest", "bot", "left"])
async def test_these_never_become_members_from_the_channel_alone(
    reception: Reception, fact: str
) -> None:
    reception.workspace.people[NEW] = profile(NEW, **{fact: True})
    reception.workspace.inside[MODELS_CHANNEL] = (CHAIR, NEW, SECOND)
    reception.workspace.people[CHAIR] = profile(CHAIR)
    await reception.people.greet()
    assert reception.members(named=False) == {SECOND}


async def test_who_speaks_before_slack_has_told_who_they_are_is_no_member_yet(
    reception: Reception,
) -> None:
    inbox = Inbox(reception.office.db, reception.office.clock, lambda: None, "Europe/London")

    async def speak(key: str) -> None:
        met = await reception.people.meet(NEW, (), MODELS_CHANNEL)
        request = Request("message", key, NEW, MODELS_CHANNEL, met=met, speaks=True)
        await inbox.once(request, lambda ask: Silent())

    reception.workspace.silent = True
    await speak("1")
    assert NEW not in reception.members(named=False)
    reception.workspace.silent = False
    await speak("2")
    assert NEW in reception.members(named=False)


async def test_everybody_in_a_newly_linked_channel_is_learned_few_at_a_time(
    reception: Reception,
) -> None:
    crowd = [UserId(f"U0CROWD{number:02}") for number in range(30)]
    reception.workspace.people |= {user: profile(user) for user in crowd}
    reception.workspace.inside[MODELS_CHANNEL] = (CHAIR, *crowd)
    await reception.people.greet()
    assert reception.members(named=False) == set(crowd)
    assert reception.members(named=True) == {CHAIR, COCHAIR, MEMBER}
    assert reception.workspace.most_at_once <= 8
    assert OTHER not in reception.members(named=False)


async def test_a_refusal_of_slack_is_not_asked_for_at_every_turn(reception: Reception) -> None:
    await reception.people.greet()
    assert f"members of {MODELS_CHANNEL}" in reception.workspace.asked
    reception.workspace.asked.clear()
    await reception.people.greet()
    await reception.people.sync()
    assert reception.workspace.asked == []
    reception.office.clock.now += MEMBERS_LAST
    await reception.people.sync()
    asked = [one for one in reception.workspace.asked if one.startswith("members")]
    assert asked == [f"members of {MODELS_CHANNEL}", f"members of {TRIALS_CHANNEL}"]


async def test_a_channel_of_nobody_is_asked_about_and_remembered(reception: Reception) -> None:
    reception.workspace.inside[ELSEWHERE] = ()
    await reception.meet(NEW, channel=ELSEWHERE)
    found = reception.office.db.read_now(lambda store: store.groups.channel(ELSEWHERE))
    assert found == Channel(ELSEWHERE, "somewhere", bot_in=True)
    assert f"members of {ELSEWHERE}" not in reception.workspace.asked


async def test_a_direct_message_is_no_channel_to_ask_about(reception: Reception) -> None:
    await reception.meet(NEW, channel=ChannelId("D0NEW0001"))
    assert reception.workspace.asked == [NEW]


def told(reception: Reception, news: Profile) -> None:
    def change(store: Store) -> None:
        reception.people.changed(store, news)

    reception.office.db.write_now(change)


def test_slacks_news_of_somebody_known_is_taken_in(reception: Reception) -> None:
    told(reception, profile(OTHER, name="New name", zone="America/New_York"))
    person = reception.known(OTHER)
    assert person is not None
    assert (person.name, person.zone, person.country) == ("New name", "America/New_York", "US")


def test_slacks_news_without_a_zone_leaves_the_zone(reception: Reception) -> None:
    told(reception, profile(OTHER, zone=None))
    person = reception.known(OTHER)
    assert person is not None
    assert (person.zone, person.country) == ("Asia/Kolkata", "IN")


def test_slacks_news_of_strangers_is_not_kept(reception: Reception) -> None:
    told(reception, profile(NEW))
    assert reception.known(NEW) is None


@pytest.mark.parametrize("user", [COCHAIR, OUTSIDER])
def test_who_is_gone_is_not_reminded_even_when_they_come_back(
    reception: Reception, user: UserId
) -> None:
    """What was theirs waits until the chair gives it back."""
    office = reception.office
    office.db.write_now(
        lambda store: store.groups.set_role(
            replace(store.groups.members(MODELS)[0], user=OUTSIDER, role=Role.MEMBER)
        )
    )
    new = NewItem("Draft the table", MODELS, Due(date(2026, 11, 23)), (user, MEMBER))
    office.do(CHAIR, lambda ask: items.add(ask, new))
    office.clock.set("2026-11-23T16:00:00+00:00")
    office.plan()
    assert office.pending(user)
    told(reception, profile(user, left=True))
    office.plan()
    assert not office.pending(user)
    assert office.pending(MEMBER)
    told(reception, profile(user))
    office.plan()
    assert not office.pending(user)
    assert _states(office, user) == {State.WITHDRAWN}


def _states(office: Office, user: UserId) -> set[State]:
    read: Callable[[Store], set[State]] = lambda store: {  # noqa: E731 - one reading, one place
        row.state for row in store.outbox.recent(100) if row.out.lane == user
    }
    return office.db.read_now(read)
