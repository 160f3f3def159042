"""What comes in: once, known again, and by whom."""

from dataclasses import replace

import pytest

from bot.domain.model import Channel, ChannelId, Person, Role, UserId
from bot.domain.outbox import Message
from bot.errors import Code, UserError
from bot.services.access import Ask
from bot.services.inbox import COMMAND, Inbox, Met, Outcome, Reply, Request
from tests.services.conftest import MEMBER, MODELS, MODELS_CHANNEL, Office

NOBODY = Met()
NEW = UserId("U0NEWCOMER")


@pytest.fixture
def inbox(office: Office) -> Inbox:
    return Inbox(office.db, office.clock, lambda: None, "Europe/London")


def request(key: str, user: UserId = NEW, source: str = COMMAND, met: Met = NOBODY) -> Request:
    return Request(source, key, user, MODELS_CHANNEL, met=met, speaks=True)


def hello(ask: Ask) -> Outcome:
    return Reply(Message(f"Hello {ask.actor.name}"))


async def test_a_request_that_comes_twice_works_once_and_is_answered_alike(inbox: Inbox) -> None:
    worked: list[str] = []

    def work(ask: Ask) -> Outcome:
        worked.append(ask.key)
        return hello(ask)

    first = await inbox.once(request("1", MEMBER), work)
    second = await inbox.once(request("1", MEMBER), work)
    assert first == second
    assert worked == ["command:1"]


async def test_a_refused_request_leaves_nothing_and_may_come_again(
    office: Office, inbox: Inbox
) -> None:
    def refuse(ask: Ask) -> Outcome:
        ask.store.groups.save_channel(Channel(ChannelId("C0LOST")))
        raise UserError(Code.TEXT_EMPTY)

    with pytest.raises(UserError):
        await inbox.once(request("1", MEMBER), refuse)
    assert office.db.read_now(lambda store: store.groups.channel(ChannelId("C0LOST"))) is None
    assert await inbox.once(request("1", MEMBER), hello) == Reply(Message("Hello Models member"))


@pytest.mark.parametrize(
    ("person", "source", "belongs"),
    [
        (None, COMMAND, True),
        (None, "message", False),
        (Person(NEW, "New"), "message", True),
        (Person(NEW, "New", external=True), "message", False),
        (Person(NEW, "New", guest=True), COMMAND, False),
        (Person(NEW, "New", bot=True), "message", False),
    ],
    ids=["command", "stranger", "known", "external", "guest", "bot"],
)
async def test_who_speaks_in_a_groups_channel_belongs_unless_a_role_is_needed(
    office: Office, inbox: Inbox, person: Person | None, source: str, belongs: bool
) -> None:
    people = (replace(person, facts_at=office.clock()),) if person else ()
    await inbox.once(request("1", source=source, met=Met(people=people)), hello)
    found = office.db.read_now(lambda store: store.groups.memberships(NEW))
    assert [(m.group, m.role, m.named) for m in found] == (
        [(MODELS, Role.MEMBER, False)] if belongs else []
    )


async def test_what_a_person_chose_stays_when_slack_says_otherwise(
    office: Office, inbox: Inbox
) -> None:
    chosen = Person(NEW, "New", zone="America/Edmonton", zone_chosen=True, country="CA")
    office.db.write_now(lambda store: store.groups.save_person(chosen))
    fresh = Person(NEW, "Renamed", zone="Europe/Rome", country="IT", facts_at=office.clock())
    await inbox.once(request("1", met=Met(people=(fresh,))), hello)
    kept = office.db.read_now(lambda store: store.groups.person(NEW))
    assert kept == replace(fresh, zone="America/Edmonton", zone_chosen=True, country="CA")
