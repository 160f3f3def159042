"""Who was taken out of a group stays out, wherever they are seen, until somebody names them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.departures import Why
from bot.domain.model import ChannelId, Role, UserId
from bot.services import departures, handovers, happenings, roles
from bot.services.happenings import Event
from bot.services.inbox import Inbox, Met, Request, Silent, learn
from bot.storage.database import Store
from tests.services.conftest import (
    CHAIR,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OTHER,
    Office,
)

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def met(office: Office, user: UserId) -> None:
    """Slack has told who they are: one of the workspace's own."""

    def save(store: Store) -> None:
        known = store.groups.person(user)
        assert known is not None
        store.groups.save_person(replace(known, facts_at=office.clock()))

    office.db.write_now(save)


def members(office: Office) -> set[UserId]:
    return office.db.read_now(lambda store: {m.user for m in store.groups.members(MODELS)})


def speaks(office: Office, user: UserId) -> None:
    inbox = Inbox(office.db, office.clock, lambda: None, "Europe/London")
    said = Request("message", f"{next(office.requests)}", user, MODELS_CHANNEL, speaks=True)
    office.db.write_now(lambda store: inbox._inside(store, said, lambda ask: Silent()))


def is_listed(office: Office, user: UserId) -> None:
    met = Met(members=((MODELS_CHANNEL, (CHAIR, MEMBER, OTHER)),))
    office.db.write_now(lambda store: learn(store, met))


def joins(office: Office, user: UserId) -> None:
    event = Event("Ev1", ChannelId(MODELS_CHANNEL), user, Met())
    office.db.write_now(lambda store: happenings.came(store, event, office.clock()))


@pytest.mark.parametrize("seen", [speaks, is_listed, joins])
def test_who_was_taken_out_and_is_still_in_the_channel_stays_out(
    office: Office, seen: Callable[[Office, UserId], None]
) -> None:
    met(office, MEMBER)
    met(office, OTHER)
    for user in (MEMBER, OTHER):
        office.do(CHAIR, lambda ask, user=user: roles.remove(ask, user, MODELS))  # type: ignore[misc]  # mypy cannot infer a lambda's default
        seen(office, user)
    assert not {MEMBER, OTHER} & members(office)
    office.do(CHAIR, lambda ask: roles.name_role(ask, OTHER, Role.MEMBER, MODELS))
    seen(office, OTHER)
    assert OTHER in members(office)


def test_who_was_let_in_again_and_left_by_themselves_may_come_back_by_the_channel(
    office: Office,
) -> None:
    met(office, OTHER)
    office.do(CHAIR, lambda ask: roles.remove(ask, OTHER, MODELS))
    office.do(CHAIR, lambda ask: roles.name_role(ask, OTHER, Role.MEMBER, MODELS))
    now = office.clock()
    office.db.write_now(
        lambda store: departures.depart(store, OTHER, MODELS, Why.CHANNEL, OTHER, "gone", now)
    )
    speaks(office, OTHER)
    assert OTHER in members(office)


def test_giving_back_lets_in_who_was_taken_out(office: Office) -> None:
    met(office, OTHER)
    office.add(CHAIR, OTHER, due=date(2026, 12, 4))
    gone = office.do(CHAIR, lambda ask: roles.remove(ask, OTHER, MODELS)).left[0]
    joins(office, OTHER)
    rows = office.db.read_now(lambda store: store.outbox.waiting(CHAIR))
    assert "was taken out of Models and is in its channel again" in rows[-1].out.message.text
    _, returned, _ = office.do(CHAIR, lambda ask: handovers.give_back(ask, gone.departure.id))
    assert [item.owners for item in returned] == [(OTHER,)]
    assert OTHER in members(office)
