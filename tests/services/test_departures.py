"""Who leaves owns nothing any more, hears nothing any more, and can be given everything back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.departures import Departure, DepartureId, Why
from bot.domain.items import Item
from bot.domain.model import GroupKey, Membership, Ref, Role, UserId
from bot.domain.outbox import Message, Outgoing, Sent, State
from bot.services import departures, roles
from bot.services.access import Ask
from bot.services.delivery import Delivery
from bot.services.inbox import Inbox, Outcome, Request, Silent
from bot.storage.database import Store
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
    Office,
)
from tests.services.test_delivery import Slack
from tests.services.test_people import Reception, profile, reception
from tests.services.test_people import told as heard

__all__ = ["reception"]

HEARD = {
    Role.COCHAIR: ["@models-chair has left Models"],
    Role.CHAIR: ["@models-cochair has left Models"],
    Role.COORDINATOR: ["@models-cochair has left Models", "@models-chair has left Models"],
}
DUE, TOMORROW = date(2026, 12, 4), date(2026, 11, 23)


def leaves(office: Office, user: UserId, why: Why = Why.CHANNEL) -> Departure | None:
    now, key = office.clock(), f"event:{next(office.requests)}"
    return office.db.write_now(
        lambda store: departures.depart(store, user, MODELS, why, user, key, now)
    )


def left(office: Office, user: UserId, why: Why = Why.CHANNEL) -> Departure:
    departure = leaves(office, user, why)
    assert departure is not None
    return departure


def deactivated(office: Office, user: UserId) -> None:
    set_left(office, user, left=True)


def set_left(office: Office, user: UserId, *, left: bool) -> None:
    def learn(store: Store) -> None:
        known = store.groups.person(user)
        assert known is not None
        fresh = replace(known, left=left)
        store.groups.save_person(fresh)
        departures.learn(store, known, fresh, office.clock())

    office.db.write_now(learn)


def comes_back(office: Office, user: UserId) -> None:
    office.db.write_now(lambda store: departures.came_back(store, user, MODELS, office.clock()))


def item(office: Office, ref: str) -> Item:
    found = office.db.read_now(lambda store: store.items.get(Ref(ref)))
    assert found is not None
    return found


def roles_of(office: Office, user: UserId) -> set[tuple[GroupKey | None, Role]]:
    found = office.db.read_now(lambda store: store.groups.memberships(user))
    return {(m.group, m.role) for m in found}


def told(office: Office, user: UserId) -> list[str]:
    """What of departures waits to be said to the person."""
    rows = office.db.read_now(lambda store: store.outbox.waiting(user))
    return [row.out.message.text for row in rows if row.out.kind == departures.HANDOVER]


def settled(office: Office, id_: DepartureId) -> bool:
    found = office.db.read_now(lambda store: store.departures.get(id_))
    assert found is not None
    return found.settled_at is not None


def follow(office: Office) -> None:
    office.db.write_now(lambda store: departures.follow(store, office.clock()))


def test_who_leaves_is_owner_of_nothing_there_and_others_keep_their_part(office: Office) -> None:
    office.clock.set("2026-11-23T09:00:00+00:00")
    office.add(CHAIR, MEMBER, due=TOMORROW)
    office.add(CHAIR, MEMBER, OTHER, due=TOMORROW)
    office.plan()
    assert office.pending(MEMBER)
    gone = left(office, MEMBER)
    assert (gone.roles, gone.refs) == ((Role.MEMBER,), ("EM-1", "EM-2"))
    assert item(office, "EM-1").owners == ()
    assert item(office, "EM-2").owners == (OTHER,)
    assert roles_of(office, MEMBER) == set()
    assert not office.pending(MEMBER)
    office.plan()
    assert not office.pending(MEMBER)
    assert office.pending(OTHER)
    last = office.db.read_now(lambda store: store.audit.of(Ref("EM-1")))[-1]
    assert (last.verb, last.by, last.detail) == ("leave", MEMBER, MEMBER)


def test_the_chair_is_told_once_in_the_daily_message(office: Office) -> None:
    office.add(CHAIR, MEMBER, due=DUE)
    left(office, MEMBER)
    assert told(office, CHAIR) == ["@models-member has left Models. 1 open action needs an owner."]
    row = office.db.read_now(lambda store: store.outbox.waiting(CHAIR))[-1]
    assert (row.out.bundle, row.out.quiet_hours) == ("daily", True)
    assert leaves(office, MEMBER) is None
    assert len(told(office, CHAIR)) == 1
    assert told(office, COORDINATOR) == []


def test_who_had_nothing_leaves_without_a_word(office: Office) -> None:
    left(office, MEMBER)
    left(office, OTHER)
    for user in (CHAIR, COCHAIR, COORDINATOR):
        assert told(office, user) == []


def test_a_leaving_chair_is_told_to_the_cochair_then_to_the_coordinators(office: Office) -> None:
    first = left(office, CHAIR)
    assert told(office, COCHAIR) == [
        "@models-chair has left Models. The chair's role is free."
        " Models has no chair now: please name one."
    ]
    left(office, COCHAIR)
    assert told(office, COCHAIR) == []
    assert len(told(office, COORDINATOR)) == 2
    office.do(COORDINATOR, lambda ask: roles.name_role(ask, MEMBER, Role.CHAIR, MODELS))
    follow(office)
    assert settled(office, first.id)
    assert [text for text in told(office, COORDINATOR) if "@models-chair" in text] == []


def test_one_who_is_taken_out_leaves_the_same_to_hand_over(office: Office) -> None:
    office.add(CHAIR, MEMBER, due=DUE)
    office.do(CHAIR, lambda ask: roles.remove(ask, MEMBER, MODELS))
    assert item(office, "EM-1").owners == ()
    assert "was taken out of Models" in told(office, CHAIR)[0]
    last = office.db.read_now(lambda store: store.audit.of(Ref("EM-1")))[-1]
    assert (last.verb, last.by) == ("leave", CHAIR)


def test_taking_a_person_out_tells_what_waits_of_it(office: Office) -> None:
    office.add(CHAIR, MEMBER, due=DUE)
    done = office.do(CHAIR, lambda ask: roles.remove(ask, MEMBER, MODELS))
    assert [(left.departure.user, len(left.items)) for left in done.left] == [(MEMBER, 1)]
    assert office.do(COORDINATOR, lambda ask: roles.remove(ask, OTHER, None)).left == ()


@pytest.mark.parametrize(
    ("role", "key"), [(Role.COCHAIR, MODELS), (Role.CHAIR, MODELS), (Role.COORDINATOR, None)]
)
async def test_who_is_newly_named_hears_of_who_left_before(
    office: Office, role: Role, key: GroupKey | None
) -> None:
    """By any door; first nobody else is there to be told."""
    inbox = Inbox(office.db, office.clock, lambda: None, "Europe/London")
    left(office, COCHAIR)
    left(office, CHAIR)
    assert told(office, MEMBER) == []

    def named(ask: Ask) -> Outcome:
        roles.name_role(ask, MEMBER, role, key)
        return Silent()

    await inbox.once(Request("command", "1", COORDINATOR, MODELS_CHANNEL), named)
    assert [text.partition(".")[0] for text in told(office, MEMBER)] == HEARD[role]


def test_deactivation_ends_everything_and_the_date_is_kept(office: Office) -> None:
    office.add(CHAIR, MEMBER, due=DUE)
    office.db.write_now(
        lambda store: store.groups.set_role(Membership(MEMBER, None, Role.STEERING))
    )
    deactivated(office, MEMBER)
    assert roles_of(office, MEMBER) == set()
    person = office.db.read_now(lambda store: store.groups.person(MEMBER))
    assert person is not None
    assert person.left_at == office.clock()
    assert "no longer in this workspace" in told(office, CHAIR)[0]


def test_a_coordinator_who_goes_is_told_to_the_others(office: Office) -> None:
    office.db.write_now(
        lambda store: store.groups.set_role(Membership(OTHER, None, Role.COORDINATOR))
    )
    deactivated(office, COORDINATOR)
    assert roles_of(office, COORDINATOR) == set()
    assert "was a coordinator" in told(office, OTHER)[0]


def test_the_last_coordinator_stays_written_down_and_the_chairs_are_told(office: Office) -> None:
    deactivated(office, COORDINATOR)
    assert roles_of(office, COORDINATOR) == {(None, Role.COORDINATOR)}
    for chair in (CHAIR, OUTSIDER):
        assert "There is no other coordinator now" in told(office, chair)[0]


async def test_what_was_planned_before_is_not_said_after(office: Office) -> None:
    """Planned and claimed around the moment of leaving, by every way to a lane."""
    slack = Slack()
    delivery = Delivery(office.db, slack, office.clock, is_holiday)
    now = office.clock()
    out = Outgoing("k", "s", "test", MEMBER, Message("hello"), now, now + timedelta(days=30))
    office.db.write_now(lambda store: store.outbox.put(out))
    deactivated(office, MEMBER)
    assert by_key(office, "k").state is State.WITHDRAWN
    office.db.write_now(lambda store: store.outbox.put(replace(out, key="late")))
    office.db.write_now(
        lambda store: store.outbox.put(replace(out, key="daily", bundle="daily", quiet_hours=True))
    )
    for _ in range(8):
        await delivery.deliver()
        office.clock.forward(days=1)
        office.plan()
    assert [post for post in slack.posts if post.out.lane == MEMBER] == []
    late = by_key(office, "late")
    assert (late.state, late.why) == (State.WITHDRAWN, "left")


def by_key(office: Office, key: str) -> Sent:
    row = office.db.read_now(lambda store: store.outbox.by_key(key))
    assert row is not None
    return row


def test_who_left_only_the_group_still_hears_of_others(office: Office) -> None:
    now = office.clock()
    office.add(CHAIR, MEMBER, due=TOMORROW)
    other = Outgoing("k", "meeting:1", "test", MEMBER, Message("x"), now, now + timedelta(days=1))
    office.db.write_now(lambda store: store.outbox.put(other))
    office.plan()
    left(office, MEMBER)
    assert office.pending(MEMBER) == ["k"]


async def test_who_was_deactivated_while_nobody_listened_is_found_by_the_next_look(
    reception: Reception,
) -> None:
    office = reception.office
    reception.workspace.people |= {u: profile(u) for u in (MEMBER, CHAIR)}
    heard(reception, profile(MEMBER))
    await reception.people.sync()
    assert MEMBER not in reception.workspace.asked
    reception.workspace.people[MEMBER] = profile(MEMBER, left=True)
    office.clock.forward(days=1)
    await reception.people.sync()
    person = reception.known(MEMBER)
    assert person is not None
    assert (person.left, person.left_at) == (True, office.clock())
    assert not office.db.read_now(lambda store: store.groups.memberships(MEMBER))


def test_late_news_of_before_brings_no_leaver_back(reception: Reception) -> None:
    office = reception.office
    heard(reception, profile(MEMBER, left=True))
    heard(reception, profile(MEMBER, updated=office.clock() - timedelta(seconds=2)))
    person = reception.known(MEMBER)
    assert person is not None
    assert person.left
    heard(reception, profile(MEMBER, updated=office.clock() + timedelta(seconds=2)))
    person = reception.known(MEMBER)
    assert person is not None
    assert not person.left
