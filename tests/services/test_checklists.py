"""Checklists adjusted by a group, and the meetings that are planned by them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.meetings import OwnerRole, PrepItem
from bot.domain.model import Group, Ref, UserId
from bot.domain.templates import CALL, TEMPLATES, Anchor
from bot.errors import BadInput, Code, NotAllowed, NotFound
from bot.services import checklists, planning, rescheduling
from bot.services.access import Ask
from bot.services.checklists import Listed, When
from bot.services.planning import Plan
from bot.world import is_holiday
from tests.services.conftest import CHAIR, COORDINATOR, MEMBER, MODELS, TRIALS, Office

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

START = datetime(2026, 10, 2, 12, tzinfo=UTC)  # a Friday
DAY = date(2026, 10, 29)
PLAN = Plan("Endpoints", (MODELS,), DAY, time(15), "Europe/London", timedelta(hours=1))


@pytest.fixture(autouse=True)
def october(office: Office) -> None:
    office.clock.now = START


def models(ask: Ask) -> Group:
    return ask.world.groups[MODELS]


def planned(office: Office, wanted: Plan = PLAN, by: UserId = CHAIR) -> dict[str, PrepItem]:
    made = office.do(by, lambda ask: planning.plan(ask, wanted, is_holiday)).meetings[0]
    found = office.db.read_now(lambda store: store.meetings.preparation([made.id])[made.id])
    return {item.key: item for item in found}


def adjust(office: Office) -> Listed:
    """The chair approves earlier, nothing is announced, interpreters are paid at the end."""
    at, days = When(-11, working_days=True), When(5, anchor=Anchor.END)
    office.do(CHAIR, lambda ask: checklists.move(ask, models(ask), CALL, 4, at))
    office.do(CHAIR, lambda ask: checklists.drop(ask, models(ask), CALL, 3))
    return office.do(
        CHAIR,
        lambda ask: checklists.add(
            ask, models(ask), CALL, "Pay the interpreters", days, OwnerRole.CHAIR
        ),
    )


def move_a_week(office: Office, ref: str) -> None:
    def move(ask: Ask) -> object:
        day = DAY + timedelta(weeks=1)
        return rescheduling.move(ask, Ref(ref), day, time(15), "Europe/London", is_holiday)

    office.do(CHAIR, move)


def test_meetings_planned_from_then_on_follow_it(office: Office) -> None:
    before = planned(office)
    shown = adjust(office)
    assert (shown.own, shown.may, len(shown.items)) == (True, True, 15)
    after = planned(office)
    assert [item.n for item in after.values()] == [*range(1, 16)]
    assert after["approve-agenda"].due == date(2026, 10, 14)
    assert before["approve-agenda"].due == date(2026, 10, 21)
    assert "announce" not in after
    assert (after["own-1"].due, after["own-1"].role) == (date(2026, 11, 3), OwnerRole.CHAIR)
    others = planned(office, replace(PLAN, groups=(TRIALS,)), COORDINATOR)
    assert others["approve-agenda"].due == before["approve-agenda"].due


def test_moved_meetings_keep_the_checklist_they_were_planned_by(office: Office) -> None:
    planned(office)
    adjust(office)
    planned(office)
    move_a_week(office, "MT-1")
    move_a_week(office, "MT-2")
    due = {
        str(ref): {item.key: item.due for item in items}
        for ref, items in office.db.read_now(
            lambda store: [
                (one.ref, store.meetings.preparation([one.id])[one.id])
                for one in store.meetings.all()
            ]
        )
    }
    assert due["MT-1"]["approve-agenda"] == date(2026, 10, 28)
    assert due["MT-2"]["approve-agenda"] == date(2026, 10, 21)
    assert due["MT-2"]["own-1"] == date(2026, 11, 10)


def test_the_programmes_own_holds_where_a_group_has_none(office: Office) -> None:
    office.do(COORDINATOR, lambda ask: checklists.drop(ask, None, CALL, 1))
    assert "call-items" not in planned(office)
    adjust(office)
    shown = office.do(CHAIR, lambda ask: checklists.reset(ask, models(ask), CALL))
    assert not shown.own
    assert len(shown.items) == len(TEMPLATES[CALL]) - 1


def test_it_is_for_chairs_and_its_limits_are_said(office: Office) -> None:
    def refused(by: UserId, n: int, when: When, *, group: bool = True) -> Code:
        def move(ask: Ask) -> Listed:
            return checklists.move(ask, models(ask) if group else None, CALL, n, when)

        with pytest.raises((BadInput, NotAllowed, NotFound)) as caught:
            office.do(by, move)
        code: Code = caught.value.code
        return code

    assert refused(MEMBER, 1, When(-5)) is Code.NOT_ALLOWED
    assert refused(CHAIR, 1, When(-5), group=False) is Code.NOT_ALLOWED
    assert refused(CHAIR, 16, When(-5)) is Code.TEMPLATE_WRONG
    assert refused(CHAIR, 1, When(-5000)) is Code.TEMPLATE_WRONG
    for _ in TEMPLATES[CALL][1:]:
        office.do(CHAIR, lambda ask: checklists.drop(ask, models(ask), CALL, 1))
    with pytest.raises(BadInput) as caught:
        office.do(CHAIR, lambda ask: checklists.drop(ask, models(ask), CALL, 1))
    assert caught.value.facts["why"] == "last"
