"""A week ahead the channel hears for whom a series is at another hour than last time, once."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest

from bot.domain.model import Ref
from bot.domain.outbox import Sent
from bot.domain.recurrence import Rule
from bot.services import clock_changes, planning, rescheduling
from bot.services.meeting_news import CLOCKS
from bot.services.planning import Plan
from bot.storage.database import Store
from bot.world import country_name, is_holiday
from tests.services.conftest import CHAIR, COCHAIR, MODELS, MODELS_CHANNEL, OTHER, Office

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

WEEKLY = Plan(
    "Endpoints", (MODELS,), date(2012, 10, 25), time(15), "Europe/London", timedelta(hours=1),
    rule=Rule(until=date(2012, 11, 8)),
)  # fmt: skip


@pytest.fixture(autouse=True)
def series(office: Office) -> None:
    """Thursdays 15:00 London; the co-chair in New York, another member in Rome."""
    office.clock.now = datetime(2012, 10, 16, 12, tzinfo=UTC)

    def move_house(store: Store) -> None:
        world = store.groups.world()
        for user, zone, country in (
            (COCHAIR, "America/New_York", "US"),
            (OTHER, "Europe/Rome", "IT"),
        ):
            person = world.people[user]
            store.groups.save_person(replace(person, zone=zone, country=country, region=None))

    office.db.write_now(move_house)
    office.do(CHAIR, lambda ask: planning.plan(ask, WEEKLY, is_holiday))


def run(office: Office, iso: str, days: int = 1) -> list[Sent]:
    """What is put on these days, by a look at every hour."""
    at = datetime.fromisoformat(iso).replace(tzinfo=UTC)
    for hour in range(24 * days):
        mark, now = at + timedelta(hours=hour - 1), at + timedelta(hours=hour)
        office.db.write_now(partial(_look, mark=mark, now=now))
    rows = office.db.read_now(lambda store: store.outbox.recent(100))
    return [row for row in rows if row.out.kind == CLOCKS and row.state == "pending"]


def _look(store: Store, mark: datetime, now: datetime) -> int:
    world = store.groups.world()
    return clock_changes.plan(store, world, is_holiday, country_name, now, mark)


def test_journey_8_one_notice_a_week_before_names_whom_and_by_how_much(office: Office) -> None:
    assert run(office, "2012-10-24") == []
    assert run(office, "2012-10-26") == []  # Looked at too late: its time was before the mark.
    (row,) = run(office, "2012-10-25")
    assert (row.out.lane, row.out.at) == (
        MODELS_CHANNEL,
        datetime(2012, 10, 25, 8, tzinfo=UTC),  # 09:00 in London
    )
    assert row.out.message.text == (
        "MT-2 Endpoints (Models) is at another hour for some, on Thu 1 Nov 2012, 15:00 London "
        "(UTC+0): New York 11:00 (1 hour later). Thu 1 Nov 2012 is a public holiday in Italy."
    )
    assert run(office, "2012-10-25") == [row]
    again = run(office, "2012-11-01")
    assert len(again) == 2
    assert "New York 10:00 (1 hour earlier)" in again[0].out.message.text


def test_a_meeting_that_is_cancelled_is_not_spoken_of(office: Office) -> None:
    run(office, "2012-10-25")
    office.do(
        CHAIR,
        lambda ask: rescheduling.cancel(ask, Ref("MT-2"), "holiday in Italy", is_holiday),
    )
    assert run(office, "2012-10-26") == []
    assert run(office, "2012-11-01") == []  # The others are at the hours they were.


def test_the_clock_that_skips_knows_when_it_is_said(office: Office) -> None:
    def next_at(store: Store) -> datetime | None:
        return clock_changes.next_at(store, store.groups.world(), is_holiday, office.clock())

    office.clock.now = datetime(2012, 10, 20, tzinfo=UTC)
    assert office.db.read_now(next_at) == datetime(2012, 10, 25, 8, tzinfo=UTC)
