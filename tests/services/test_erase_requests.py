"""Who asks to be erased is heard once, may take it back, and is answered in the law's time."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.model import Membership, Person, Role
from bot.domain.notices import DAILY
from bot.domain.outbox import State
from bot.services import privacy
from bot.storage.database import Store
from bot.world import is_holiday
from tests.services.canary import DUE, LEAVER
from tests.services.conftest import CHAIR, COORDINATOR, MEMBER, TRIALS, Office
from tests.services.test_privacy import ON_SQLITE, erased


@ON_SQLITE
def test_asking_to_be_erased_tells_each_coordinator_once_a_day_in_their_hours(
    office: Office,
) -> None:
    item = office.add(CHAIR, MEMBER, due=DUE)
    for _ in range(2):
        asked = office.do(MEMBER, privacy.ask_erasing)
        assert asked.told == (COORDINATOR,)
        assert asked.obstacles.items == (item,)
    (row,) = office.db.read_now(lambda store: store.outbox.about(f"erase:{MEMBER}"))
    assert row.out.lane == COORDINATOR
    assert (row.out.quiet_hours, row.out.bundle) == (True, DAILY)
    assert item.ref not in row.out.message.text
    assert "the button says what" in row.out.message.text


@ON_SQLITE
@pytest.mark.parametrize("was_sent", [True, False])
def test_who_asked_to_be_erased_can_take_it_back_and_ask_again(
    office: Office, was_sent: bool
) -> None:
    assert office.do(MEMBER, privacy.take_back) is False
    office.do(MEMBER, privacy.ask_erasing)
    if was_sent:
        office.db.write_now(lambda store: _deliver(store, office))
    assert office.do(MEMBER, privacy.take_back) is True
    assert office.do(MEMBER, privacy.take_back) is False
    rows = office.db.read_now(lambda store: store.outbox.about(f"erase:{MEMBER}"))
    if was_sent:
        assert "no longer asks to be erased" in rows[-1].out.message.text
        assert rows[-1].out.edits == rows[0].out.key
    else:
        assert [row.state for row in rows] == [State.WITHDRAWN]
    office.do(MEMBER, privacy.ask_erasing)
    again = office.db.read_now(lambda store: store.outbox.about(f"erase:{MEMBER}"))
    posts = [row for row in again if row.out.edits is None]
    assert [row.state for row in posts if row.state is State.PENDING] == [State.PENDING]


def _deliver(store: Store, office: Office) -> None:
    (row,) = store.outbox.claim(office.clock())
    store.outbox.settle(row.id, row.claim_no, State.SENT, channel="D1", ts="1.1")
    store.outbox.free_lane(row.out.lane, row.claim_no, office.clock())


@ON_SQLITE
@pytest.mark.parametrize("was_sent", [True, False])
def test_the_request_to_coordinators_is_settled_with_the_erasing(
    office: Office, was_sent: bool
) -> None:
    office.db.write_now(lambda s: s.groups.set_role(Membership(LEAVER, TRIALS, Role.MEMBER)))
    office.db.write_now(lambda s: s.groups.save_person(Person(LEAVER, "Canary Finch")))
    office.do(LEAVER, privacy.ask_erasing)
    if was_sent:
        office.db.write_now(lambda store: _deliver(store, office))
    pseudonym = erased(office)
    rows = office.db.read_now(lambda s: s.outbox.about(f"erase:{pseudonym.user}"))
    assert {row.out.lane for row in rows} == {COORDINATOR}
    if was_sent:
        edit = next(row for row in rows if row.out.edits)
        assert edit.out.edits == rows[0].out.key
        assert "Erased. The record says former member 1 now." in edit.out.message.text
    else:
        assert [row.state for row in rows] == [State.WITHDRAWN]


@ON_SQLITE
def test_a_closure_of_the_programme_puts_off_no_answer_by_law(office: Office) -> None:
    office.clock.now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    closed = ((date(2026, 12, 21), date(2027, 1, 3), "Winter"),)

    def close(store: Store) -> None:
        store.groups.save_programme(replace(store.groups.world().programme, closures=closed))

    office.db.write_now(close)
    asked = office.do(MEMBER, lambda ask: privacy.export(ask, is_holiday))
    assert asked.due == date(2026, 12, 30)
