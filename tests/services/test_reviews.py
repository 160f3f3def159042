"""Decisions that come back: asked about once on their day, and what is answered."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.agendas import AgendaItem
from bot.domain.decisions import Decision, DecisionState, NewDecision
from bot.domain.model import Ref
from bot.errors import BadInput, Code, Conflict, NotAllowed
from bot.services import decisions, planning, reviews
from bot.services.planning import Plan
from bot.storage.database import Store
from bot.world import is_holiday
from tests.services.conftest import CHAIR, COCHAIR, MEMBER, MODELS, Office
from tests.services.held_calls import buttons, on_to, refused, said

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

REF = Ref("DC-1")
SATURDAY = date(2026, 12, 5)


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=UTC)


@pytest.fixture
def decided(office: Office) -> Decision:
    office.want_no_digests()
    office.clock.now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    office.plan()
    new = NewDecision("Use one template", MODELS, review=SATURDAY)
    return office.do(CHAIR, lambda ask: decisions.add(ask, new, is_holiday)).decision


def test_the_chair_is_asked_once_on_the_next_working_morning(
    office: Office, decided: Decision
) -> None:
    on_to(office, at(5, 12), at(6, 12))
    assert said(office, CHAIR, "review") == []
    on_to(office, at(7, 7), at(7, 9), at(8, 9), at(14, 9))
    (row,) = said(office, CHAIR, "review")
    assert row.out.at == at(7, 8)  # 09:00 on Monday in Amsterdam
    assert row.out.message.text == (
        "DC-1 (Models) is due for review: Use one template. Does it still hold?"
    )
    assert buttons(row) == {"Keep", "Put on agenda", "Withdraw"}
    assert said(office, COCHAIR, "review") == said(office, MEMBER, "review") == []


def test_one_that_is_kept_comes_back_on_its_new_day_or_never(
    office: Office, decided: Decision
) -> None:
    on_to(office, at(7, 9))
    kept = office.do(CHAIR, lambda ask: reviews.keep(ask, REF, date(2026, 12, 15)))
    assert kept.review == date(2026, 12, 15)
    on_to(office, at(15, 9))
    assert len(said(office, CHAIR, "review")) == 2
    never = office.do(CHAIR, lambda ask: reviews.keep(ask, REF, None))
    assert (never.review, never.state) == (None, DecisionState.RECORDED)
    past = refused(office, CHAIR, lambda ask: reviews.keep(ask, REF, date(2026, 12, 15)))
    assert isinstance(past, BadInput)
    assert past.code is Code.DATE_PAST
    with pytest.raises(NotAllowed):
        office.do(MEMBER, lambda ask: reviews.keep(ask, REF, date(2027, 2, 4)))


def test_it_goes_on_the_next_agenda_once(office: Office, decided: Decision) -> None:
    day, hour = date(2026, 12, 17), timedelta(hours=1)
    call = Plan("Call", (MODELS,), day, time(15), "Europe/London", hour)
    office.do(CHAIR, lambda ask: planning.plan(ask, call, is_holiday))
    put = [office.do(CHAIR, lambda ask: reviews.put_on_agenda(ask, REF)) for _ in range(2)]
    assert [(one.meeting, one.again) for one in put] == [("MT-1", False), ("MT-1", True)]

    def listed(store: Store) -> tuple[AgendaItem, ...]:
        meeting = store.meetings.get(Ref("MT-1"))
        assert meeting is not None
        return store.agendas.of([meeting.id])[meeting.id]

    items = office.db.read_now(listed)
    assert [(item.topic, item.source) for item in items] == [
        ("Review of DC-1: Use one template", "decision:DC-1")
    ]


def test_one_that_was_withdrawn_is_not_asked_about(office: Office, decided: Decision) -> None:
    office.do(CHAIR, lambda ask: decisions.withdraw(ask, REF, "Covered by DC-4"))
    on_to(office, at(7, 9), at(8, 9))
    assert said(office, CHAIR, "review") == []
    with pytest.raises(Conflict):
        office.do(CHAIR, lambda ask: reviews.put_on_agenda(ask, REF))
