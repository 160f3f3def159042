"""A deadline that cannot be met is said wherever its group's status is, however far ahead."""

from datetime import date, timedelta

import pytest

from bot.domain.deadlines import Kind, NewDeadline
from bot.domain.items import Due, NewItem
from bot.domain.knock_on import Delay
from bot.domain.model import Ref
from bot.domain.state import Cause, Judged, Reason, Remark, Sign, Standing
from bot.services import items, overview, steering
from bot.storage.database import Store
from bot.world import is_holiday
from tests.services.conftest import COORDINATOR, MEMBER, MODELS, OUTSIDER, TRIALS, Office
from tests.services.test_overview import accepted
from tests.services.test_status import FRIDAY, one

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone


def test_a_deadline_that_a_chain_makes_impossible_is_said_far_ahead_and_is_at_risk(
    office: Office,
) -> None:
    february = date(2027, 2, 3)
    scans = accepted(office, OUTSIDER, FRIDAY, TRIALS)
    new = NewItem("Align the endpoints", MODELS, Due(FRIDAY), (MEMBER,), (scans.ref,))
    align = office.do(COORDINATOR, lambda ask: items.add(ask, new)).item.ref
    due = FRIDAY + timedelta(days=21)

    def add(store: Store) -> Ref:
        made = NewDeadline("Report", due, (MODELS,), Kind.DELIVERABLE, needs=(align,))
        return store.deadlines.create(made, COORDINATOR, office.clock()).ref

    report = office.db.write_now(add)
    assert one(office, MODELS).remarks[0].sign is not Sign.IMPOSSIBLE
    office.do(OUTSIDER, lambda ask: items.move(ask, scans.ref, Due(february), "Scans are late"))
    found = one(office, MODELS)
    delay = Delay(february, (align, scans.ref))
    assert found.judged == Judged(Standing.ON_TRACK)
    assert found.remarks[0] == Remark(Sign.IMPOSSIBLE, report, delay=delay)
    told = office.do(COORDINATOR, lambda ask: steering.report(ask, None, is_holiday))
    assert told is not None
    assert told.risks == (Cause(Standing.LOOK, Reason.NEEDS_MORE, report, delay=delay),)
    home = office.db.read_now(
        lambda s: overview.glance_of(s, COORDINATOR, office.clock(), is_holiday)
    )[0].programme
    assert home is not None
    assert [g.remarks for g in home.groups if g.group.key == MODELS] == [found.remarks]
    office.clock.set("2027-02-03T12:00:00+00:00")
    assert one(office, MODELS).remarks[0].sign is not Sign.IMPOSSIBLE
