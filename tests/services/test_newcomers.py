"""Who is new is greeted before anything is asked of them, and not at all once they are gone."""

from datetime import date

import pytest

from bot.domain.departures import Why
from bot.domain.items import Due, NewItem
from bot.services import departures, items, welcomes
from bot.services.access import Ask
from bot.services.delivery import Delivery
from bot.services.inbox import Outcome
from bot.world import is_holiday
from tests.services.conftest import CHAIR, MODELS, MODELS_CHANNEL, OTHER, Office
from tests.services.test_delivery import Slack
from tests.services.test_people import Reception, profile, reception
from tests.services.test_welcomes import act, done, person

__all__ = ["reception"]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def give(office: Office, due: date) -> None:
    """To OTHER, who is new, as a request of the chair's; in Kolkata it is half past one."""
    office.clock.set("2026-11-23T08:00:00+00:00")

    def add(ask: Ask) -> Outcome:
        items.add(ask, NewItem("Draft the table", MODELS, Due(due), (OTHER,)))
        return done(ask)

    act(office, CHAIR, add)


@pytest.mark.parametrize("due", [date(2026, 11, 24), date(2026, 12, 10)])
async def test_the_greeting_opens_the_message_that_first_asks_something(
    office: Office, due: date
) -> None:
    give(office, due)
    slack = Slack()
    delivery = Delivery(office.db, slack, office.clock, is_holiday)
    for moment in ("23T08:00", "24T03:30", "25T03:30"):
        office.clock.set(f"2026-11-{moment}:00+00:00")
        office.plan()
        await delivery.deliver()
    (said,) = (row.out.message.text for row in slack.posts if row.out.lane == OTHER)
    assert "Hello, I am Concerted" in said
    assert said.index("Hello, I am Concerted") < said.index("EM-1")


def test_who_left_their_last_group_before_it_was_said_is_not_greeted(office: Office) -> None:
    give(office, date(2026, 12, 10))
    assert office.pending(OTHER) == [welcomes.key_of(OTHER)]

    def leave(ask: Ask) -> None:
        departures.depart(ask.store, OTHER, MODELS, Why.CHANNEL, OTHER, "event:1", ask.now)

    office.do(CHAIR, leave)
    assert office.pending(OTHER) == []
    assert person(office, OTHER).welcomed_at is None


async def test_who_is_back_and_never_left_the_channel_is_in_the_group_again(
    reception: Reception,
) -> None:
    reception.workspace.people[OTHER] = profile(OTHER)
    reception.workspace.inside[MODELS_CHANNEL] = (OTHER,)
    await reception.people.sync_members(MODELS_CHANNEL)
    for gone in (True, False):
        fresh = profile(OTHER, left=gone)
        reception.office.db.write_now(lambda store, f=fresh: reception.people.changed(store, f))  # type: ignore[misc]  # mypy cannot infer a lambda's default
        assert OTHER not in reception.members(named=False)
    await reception.people.greet()
    assert OTHER in reception.members(named=False)
