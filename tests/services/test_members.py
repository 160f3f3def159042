"""Who is in a group is told to those whom it concerns, partners to the group alone."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.model import Membership, Person, Role, UserId
from bot.errors import NotAllowed
from bot.services.members import members
from bot.storage.database import Store
from bot.views.members import listing
from tests.services.conftest import (
    CHAIR,
    COORDINATOR,
    GUEST,
    MEMBER,
    MODELS,
    OTHER,
    OUTSIDER,
    STEERING,
    Office,
)
from tests.services.shape import refused

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

GONE = UserId("U0GONE001")


def told(office: Office, user: UserId) -> str:
    def look(store: Store) -> str:
        ask = office.ask(store, user, "C0")  # type: ignore[arg-type]  # anywhere
        found = members(ask, MODELS)
        return listing(found.group, found.held, found.load, ask.world, ask.now).text

    return office.db.write_now(look)


def test_everybody_is_shown_with_their_role_and_what_time_it_is_there(office: Office) -> None:
    def arrange(store: Store) -> None:
        store.groups.set_role(Membership(GUEST, MODELS, Role.PARTNER))
        store.groups.save_person(Person(GONE, "Gone", "gone", left=True))
        store.groups.set_role(Membership(GONE, MODELS, Role.MEMBER))
        store.groups.set_role(Membership(COORDINATOR, MODELS, Role.MEMBER, named=False))
        other = store.groups.people([OTHER])[OTHER]
        store.groups.save_person(replace(other, away_until=date(2026, 12, 24)))

    office.add(CHAIR, MEMBER, due=date(2026, 12, 4))
    office.db.write_now(arrange)
    shown = told(office, CHAIR)
    assert shown.startswith("5 people in Models. @models-chair: chair, Sun ")
    assert "@models-cochair: co-chair, Sun " in shown
    assert "Kolkata (UTC+5:30), away, first day back Thu 24 Dec 2026, 0 open actions." in shown
    assert "@guest: lived-experience partner, " in shown
    assert "@models-member: member, Sun " in shown
    assert "London (UTC+0), 1 open action." in shown
    assert "gone" not in shown
    assert "@coordinator" not in shown, "who is over all groups is no member by the channel"
    assert "open action" in told(office, COORDINATOR)
    for user in (MEMBER, STEERING):
        assert "open action" not in told(office, user)
    assert "partner" in told(office, MEMBER)
    assert "partner" not in told(office, STEERING)
    refusal = refused(office, OUTSIDER, lambda ask: members(ask, MODELS))
    assert isinstance(refusal, NotAllowed)
