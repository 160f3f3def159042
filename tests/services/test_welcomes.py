"""Greeting once: at one's first act or the morning after others count on one; the set-up list."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import col

from bot.domain.items import Due, NewItem
from bot.domain.model import Channel, ChannelId, Membership, Person, Role, UserId
from bot.domain.outbox import Message, Sent, State
from bot.errors import Code, UserError
from bot.services import checklist, groups, items, links, roles, welcomes
from bot.services.access import Ask
from bot.services.aftermath import Aftermath, greet_refused
from bot.services.inbox import COMMAND, Inbox, Outcome, Reply, Request, Work
from bot.storage.database import Store
from bot.storage.message_tables import OutboxRow
from bot.views.notices import bundle
from tests.services.conftest import (
    BOT,
    CHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OTHER,
    Office,
)

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

FRIDAY = date(2026, 11, 27)


def done(_: Ask) -> Outcome:
    return Reply(Message("Done"))


def act(office: Office, user: UserId, work: Work = done) -> None:
    office.do(user, lambda ask: Aftermath(shown=False).after(ask, work))


def row(office: Office, user: UserId) -> Sent | None:
    key = welcomes.key_of(user)
    return office.db.read_now(lambda store: store.outbox.by_key(key))


def person(office: Office, user: UserId) -> Person:
    found = office.db.read_now(lambda store: store.groups.person(user))
    assert found is not None
    return found


def test_the_first_own_act_is_greeted_at_once_and_only_the_first(office: Office) -> None:
    act(office, OTHER)
    greeting = row(office, OTHER)
    assert greeting is not None
    assert (greeting.out.bundle, greeting.out.quiet_hours) == (None, False)
    said = greeting.out.message.text
    assert "I remind you in at most one message a day, mornings, on your working days." in said
    assert "Your zone is Kolkata (UTC+5:30), mornings 09:00. Is that right?" in said
    assert said.endswith("Please, no patient data.")
    assert person(office, OTHER).welcomed_at == office.clock()
    office.clock.forward(days=200)
    act(office, OTHER)
    assert office.pending(OTHER) == [welcomes.key_of(OTHER)]
    assert row(office, OTHER) == greeting


def test_who_is_given_an_action_or_a_role_hears_it_with_their_daily_message(
    office: Office,
) -> None:
    new = NewItem("Draft the table", MODELS, Due(FRIDAY), (OTHER, CHAIR))

    def add(ask: Ask) -> Outcome:
        items.add(ask, new)
        return done(ask)

    act(office, CHAIR, add)
    greeting = row(office, OTHER)
    assert greeting is not None
    assert (greeting.out.bundle, greeting.out.quiet_hours) == ("daily", True)

    def name(ask: Ask) -> Outcome:
        roles.name_role(ask, MEMBER, Role.OBSERVER, MODELS)
        return done(ask)

    act(office, CHAIR, name)
    told = row(office, MEMBER)
    assert told is not None
    assert told.out.quiet_hours


def test_who_acts_before_that_morning_is_greeted_at_once_instead(office: Office) -> None:
    def name(ask: Ask) -> Outcome:
        roles.name_role(ask, MEMBER, Role.OBSERVER, MODELS)
        return done(ask)

    act(office, CHAIR, name)
    office.clock.forward(hours=1)
    act(office, MEMBER)
    greeting = row(office, MEMBER)
    assert greeting is not None
    assert (greeting.out.bundle, greeting.out.quiet_hours) == (None, False)
    assert greeting.out.at == office.clock()
    waiting = {key.partition(":")[0] for key in office.pending(MEMBER)}
    assert waiting == {"hello", "role"}, "that they are observer now is told in the morning"


def test_only_what_became_of_actions_shows_itself_at_home(office: Office) -> None:
    def name(ask: Ask) -> Outcome:
        roles.name_role(ask, MEMBER, Role.OBSERVER, MODELS)
        return done(ask)

    def add(ask: Ask) -> Outcome:
        items.add(ask, NewItem("Draft the table", MODELS, Due(FRIDAY), (CHAIR,)))
        return done(ask)

    wake = Aftermath(shown=True)
    office.do(CHAIR, lambda ask: wake.after(ask, name))
    assert not wake.changed
    assert {CHAIR, MEMBER, COORDINATOR} <= wake.concerned
    office.do(CHAIR, lambda ask: wake.after(ask, add))
    assert wake.changed


def test_bots_and_who_has_left_are_not_greeted(office: Office) -> None:
    def greet(store: Store) -> None:
        welcomes.greet_actor(store, BOT, office.clock())
        welcomes.greet_actor(store, UserId("U0NOBODY1"), office.clock())

    office.db.write_now(greet)
    assert row(office, BOT) is None
    assert row(office, UserId("U0NOBODY1")) is None


def test_two_processes_greet_once(office: Office) -> None:
    """The second has read before the first wrote."""
    first = person(office, MEMBER)
    act(office, MEMBER)
    office.db.write_now(lambda store: store.groups.save_person(first))
    settle(office, MEMBER)
    act(office, MEMBER)
    assert office.pending(MEMBER) == []
    assert person(office, MEMBER).welcomed_at == office.clock()


def settle(office: Office, user: UserId) -> None:
    """As if Slack had taken all that waits for the person."""

    def work(store: Store) -> None:
        for sent in store.outbox.recent(1000):
            if sent.out.lane == user and sent.state is State.PENDING:
                key = col(OutboxRow.key) == sent.out.key
                store.outbox._outbox.change(key, state=State.SENT, channel="D0USER001", ts="1.1")

    office.db.write_now(work)


async def test_who_is_refused_the_first_time_is_greeted_as_well(office: Office) -> None:
    inbox = Inbox(office.db, office.clock, lambda: None, "Europe/London")
    newcomer = UserId("U0NEWCOMER")
    known = Person(newcomer, "New comer", "new", "Europe/Rome", facts_at=office.clock())
    office.db.write_now(lambda store: store.groups.save_person(known))
    request = Request(COMMAND, "1", newcomer, MODELS_CHANNEL)

    def refuse(ask: Ask) -> Outcome:
        raise UserError(Code.TEXT_EMPTY)

    wake = Aftermath(shown=False)
    with pytest.raises(UserError):
        await inbox.once(request, lambda ask: wake.after(ask, refuse))
    assert row(office, newcomer) is None
    await greet_refused(inbox, request)
    await greet_refused(inbox, request)
    assert office.pending(newcomer) == [welcomes.key_of(newcomer)]


def test_yes_settles_the_zone_and_the_greeting_says_so(office: Office) -> None:
    act(office, OTHER)
    settle(office, OTHER)

    def yes(ask: Ask) -> Outcome:
        welcomes.confirm_zone(ask)
        return done(ask)

    act(office, OTHER, yes)
    act(office, OTHER, yes)
    assert person(office, OTHER).zone_chosen
    (key,) = office.pending(OTHER)
    edit = office.db.read_now(lambda store: store.outbox.by_key(key))
    assert edit is not None
    assert edit.out.edits == welcomes.key_of(OTHER)
    assert "Is that right?" not in edit.out.message.text
    assert "✅ Confirmed." in str(edit.out.message.blocks)


def test_the_greeting_opens_the_daily_message(office: Office) -> None:
    act(office, OTHER)
    greeting = row(office, OTHER)
    assert greeting is not None
    item = office.add(CHAIR, OTHER, due=FRIDAY)
    office.clock.set("2026-11-23T06:00+00:00")
    office.plan()
    (asked,) = office.db.read_now(lambda store: store.outbox.about(item.subject))[-1:]
    both = bundle((asked.out.message, greeting.out.message))
    assert both.text.startswith("Reminder: one action waits for your answer.")
    assert both.text.index("Hello, I am Concerted") < both.text.index(item.ref)
    assert bundle((greeting.out.message,)) == greeting.out.message


def lists(office: Office, user: UserId) -> list[str]:
    """What the person's set-up list said, in turn."""
    found = office.db.read_now(lambda store: store.outbox.about(checklist.SETUP))
    return [sent.out.message.text for sent in found if sent.out.lane == user]


def tick(office: Office, user: UserId, work: Work) -> str:
    """What the list says after this."""
    act(office, user, work)
    settle(office, COORDINATOR)
    return lists(office, COORDINATOR)[-1]


def test_the_set_up_list_ticks_itself_until_all_is_done(empty: Office) -> None:
    office = empty
    settle(office, COORDINATOR)

    def set_up(ask: Ask) -> Outcome:
        groups.set_up(ask)
        return done(ask)

    def named(ask: Ask) -> Outcome:
        for key in ask.world.groups:
            roles.name_role(ask, MEMBER, Role.CHAIR, key)
        return done(ask)

    def linked(ask: Ask) -> Outcome:
        for number, key in enumerate(ask.world.groups):
            channel = ChannelId(f"C0{number}")
            ask.store.groups.save_channel(Channel(channel, f"c-{number}", bot_in=True))
            links.link(replace(ask, channel=channel), key)
        return done(ask)

    def added(ask: Ask) -> Outcome:
        items.add(ask, NewItem("Draft it", MODELS, Due(FRIDAY), (COORDINATOR,)))
        return done(ask)

    def confirmed(ask: Ask) -> Outcome:
        welcomes.confirm_zone(ask)
        return done(ask)

    made = tick(office, COORDINATOR, set_up)
    assert made.startswith("Set-up: 1 of 5 steps are done. Done: 5 groups made.")
    assert "Waiting: Without a channel: Models, Targets, Trials, Outcomes, Symptoms." in made
    assert "Done: Every group has its chair." in tick(office, COORDINATOR, named)
    assert "Done: Every group has its channel." in tick(office, COORDINATOR, linked)
    assert "Done: The first action is noted." in tick(office, COORDINATOR, added)
    count = len(lists(office, COORDINATOR))
    tick(office, COORDINATOR, done)
    assert len(lists(office, COORDINATOR)) == count
    assert tick(office, COORDINATOR, confirmed) == "All is set up."


@pytest.fixture
def empty(office: Office) -> Office:
    """Nobody has set up; the coordinator is an admin."""

    def shape(store: Store) -> None:
        store.empty()
        for user in (COORDINATOR, MEMBER):
            admin = Person(user, user, user.lower(), "Europe/London", admin=user == COORDINATOR)
            store.groups.save_person(admin)

    office.db.write_now(shape)
    return office


def test_those_named_in_the_settings_get_the_list_only_where_nobody_has_begun(
    office: Office, empty: Office
) -> None:
    def begin(store: Store) -> None:
        checklist.begin(store, (COORDINATOR,), office.clock())

    office.db.write_now(begin)
    office.db.write_now(begin)
    assert len(lists(office, COORDINATOR)) == 1
    assert "No groups yet." in lists(office, COORDINATOR)[0]
    office.db.write_now(
        lambda store: store.groups.set_role(Membership(COORDINATOR, None, Role.COORDINATOR))
    )
    office.do(COORDINATOR, groups.set_up)

    def later(store: Store) -> None:
        checklist.begin(store, (MEMBER,), office.clock())

    office.db.write_now(later)
    assert lists(office, MEMBER) == []
