"""Undo stops at the last change that stays, and never reaches past it to an older one."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.decisions import NewDecision
from bot.domain.meetings import MeetingKind
from bot.domain.model import Programme, Ref, World
from bot.errors import Code, Conflict
from bot.services import announcing, decisions, interests, planning, rescheduling, reviews, travels
from bot.services.access import Ask
from bot.services.planning import Plan
from bot.services.undo import undo
from bot.views.errors import field_words
from bot.views.undone import undone_line
from bot.world import is_holiday
from tests.services.conftest import CHAIR, MODELS, Office

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

DAY, LATER = date(2026, 10, 29), date(2026, 11, 4)
HOUR = timedelta(hours=1)
CALL = Plan("Call", (MODELS,), DAY, time(15), "Europe/London", HOUR, MeetingKind.FACE_TO_FACE)
MT_1 = Ref("MT-1")


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda ask: interests.declare(ask, ""), "your declaration of interests"),
        (lambda ask: travels.say(ask, MT_1, booked=False), "your travel to MT-1"),
        (lambda ask: announcing.announce(ask, MT_1, ()), "the announcement of MT-1"),
    ],
)
def test_the_newest_change_that_stays_is_named_with_the_way_back(
    office: Office, act: Callable[[Ask], object], said: str
) -> None:
    office.clock.now = datetime(2026, 10, 2, 12, tzinfo=UTC)
    office.do(CHAIR, lambda ask: planning.plan(ask, CALL, is_holiday))
    office.do(
        CHAIR,
        lambda ask: rescheduling.move(ask, MT_1, LATER, time(15), "Europe/London", is_holiday),
    )
    office.do(CHAIR, act)
    with pytest.raises(Conflict) as refused:
        office.do(CHAIR, undo)
    assert refused.value.code is Code.NOT_UNDONE
    world = office.db.read_now(lambda store: store.groups.world())
    told = field_words(refused.value, world)
    assert told.startswith("Your last change was ")
    assert said in told
    assert "The way back: " in told
    found = office.db.read_now(lambda store: store.meetings.get(MT_1))
    assert found is not None
    assert found.start_day == LATER


def test_when_a_decision_is_looked_at_again_is_taken_back(office: Office) -> None:
    office.clock.now = datetime(2026, 10, 2, 12, tzinfo=UTC)
    new = NewDecision("One template", MODELS, date(2026, 12, 1), None)
    ref = office.do(CHAIR, lambda ask: decisions.add(ask, new, is_holiday)).decision.ref
    office.do(CHAIR, lambda ask: reviews.keep(ask, ref, None))
    (change,) = office.do(CHAIR, undo)
    found = office.db.read_now(lambda store: store.decisions.get(ref))
    assert found is not None
    assert found.review == date(2026, 12, 1)
    assert "again when it was" in undone_line(change, World(Programme("T", "UTC"))).words
