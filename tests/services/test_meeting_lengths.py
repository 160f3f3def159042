"""Meetings planned where clocks change, for several groups, and without a name."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain import rescheduling
from bot.domain.model import Programme, UserId, World
from bot.errors import BadInput, NotAllowed
from bot.services import planning
from bot.services.planning import Plan, Planned
from bot.views import errors, meeting_answers
from bot.world import is_holiday
from tests.services.conftest import CHAIR, COORDINATOR, MODELS, TRIALS, Office

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

LONDON = "Europe/London"
WORLD = World(Programme("Test", LONDON))
CALL = Plan("Endpoints", (MODELS,), date(2026, 10, 29), time(15), LONDON, timedelta(hours=1))


@pytest.fixture(autouse=True)
def october(office: Office) -> None:
    office.clock.now = datetime(2026, 10, 2, 12, tzinfo=UTC)


def plan(office: Office, wanted: Plan, by: UserId = CHAIR) -> Planned:
    return office.do(by, lambda ask: planning.plan(ask, wanted, is_holiday))


@pytest.mark.parametrize(
    ("day", "at", "ends"),
    [
        (date(2027, 10, 31), time(1, 30), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)),
        (date(2027, 10, 31), time(0, 30), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        (date(2027, 3, 28), time(0, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
    ],
)
def test_an_hour_lasts_an_hour_where_the_clocks_change(
    office: Office, day: date, at: time, ends: datetime
) -> None:
    told = plan(office, replace(CALL, day=day, at=at))
    (made,) = told.meetings
    assert (made.ends, made.ends - made.starts) == (ends, timedelta(hours=1))
    said = meeting_answers.planned(told.meetings, told.facts, WORLD, "r", {}).text
    assert "for 1 hour," in said
    moved = rescheduling.moved(made, date(2027, 11, 2), at, LONDON)
    assert moved.ends - moved.starts == timedelta(hours=1)
    back = rescheduling.moved(moved, day, at, LONDON)
    assert back.ends - back.starts == timedelta(hours=1)


def test_of_several_groups_who_chairs_one_hears_that_a_coordinator_plans(office: Office) -> None:
    for keys in ((MODELS, TRIALS), (TRIALS, MODELS)):
        with pytest.raises(NotAllowed) as refused:
            plan(office, replace(CALL, groups=keys))
        assert refused.value.who_can == (COORDINATOR,)


def test_what_has_no_name_is_asked_for_one_with_the_form(office: Office) -> None:
    with pytest.raises(BadInput) as refused:
        plan(office, replace(CALL, title=" "))
    said = errors.words(refused.value, "meeting plan 4 Dec 15:00", "/meeting", WORLD)
    assert said.text.startswith("What is the meeting called?")
    assert "Plan a meeting" in str(said.blocks)
