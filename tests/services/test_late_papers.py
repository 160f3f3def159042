"""Topics that come after the last day for papers: the chair says yes, or they go on."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain import preparation
from bot.domain.agendas import AgendaItem, AgendaState, NewAgendaItem
from bot.domain.meetings import PrepState
from bot.domain.model import Ref, UserId
from bot.domain.outbox import State
from bot.domain.recurrence import Rule
from bot.errors import Code, Conflict, NotAllowed, NotFound
from bot.services import agenda_drafts, agendas, late_papers, planning
from bot.services.agendas import Changed
from bot.services.planning import Plan
from bot.services.undo import undo
from bot.storage.database import Store
from bot.world import is_holiday
from tests.services.conftest import CHAIR, COCHAIR, COORDINATOR, MEMBER, MODELS, OTHER, Office

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

START = datetime(2026, 10, 2, 12, tzinfo=UTC)
MONTHLY = Plan(
    "Models call", (MODELS,), date(2026, 10, 27), time(14), "Europe/London", timedelta(hours=1),
    rule=Rule(step=3, until=date(2026, 11, 20)),
)  # fmt: skip
FIRST, SECOND = Ref("MT-1"), Ref("MT-2")
CUTOFF = datetime(2026, 10, 23, 12, tzinfo=UTC)
"""A Friday: three days before the Tuesday of the call is a Saturday."""
MONDAY = datetime(2026, 10, 26, 9, tzinfo=UTC)
PROTOCOL = NewAgendaItem("Shared protocol", 10, link="https://example.org/p")


@pytest.fixture(autouse=True)
def after_the_cutoff(office: Office) -> None:
    office.clock.now = START
    office.do(CHAIR, lambda ask: planning.plan(ask, MONTHLY, is_holiday))
    office.clock.now = MONDAY


def add(office: Office, by: UserId = COCHAIR, topic: str = PROTOCOL.topic) -> Changed:
    return office.do(by, lambda ask: agendas.add(ask, FIRST, replace(PROTOCOL, topic=topic)))


def answer(office: Office, item: AgendaItem, by: UserId = CHAIR, *, take: bool = True) -> Any:
    work = late_papers.accept if take else late_papers.put_off
    return office.do(by, lambda ask: work(ask, FIRST, item.id))


def on(office: Office, ref: Ref) -> list[str]:
    return [i.topic for i in office.do(CHAIR, lambda ask: agendas.opened(ask, ref)).items]


def said(office: Office, user: UserId) -> list[str]:
    def work(store: Store) -> list[str]:
        rows = store.outbox.recent(1000)
        mine = [row for row in rows if row.out.lane == user and row.state is State.PENDING]
        return [row.out.message.text for row in mine if row.out.subject.startswith("agenda:")]

    return office.db.read_now(work)


def test_on_the_last_day_a_topic_is_simply_added(office: Office) -> None:
    office.clock.now = CUTOFF
    assert add(office).deciders == ()
    assert on(office, FIRST) == ["Shared protocol"]


def test_after_it_a_topic_waits_and_the_chair_is_asked(office: Office) -> None:
    told = add(office)
    assert (told.item.state, told.deciders) == (AgendaState.LATE, (CHAIR,))
    assert on(office, FIRST) == []
    assert [item.topic for item in told.sheet.late] == ["Shared protocol"]
    asked = said(office, CHAIR)
    assert len(asked) == 1
    assert "@models-cochair asks late for a topic at MT-1 Models call" in asked[0]
    assert "Shared protocol (discuss, 10 min). Paper: https://example.org/p" in asked[0]
    assert said(office, COCHAIR) == said(office, COORDINATOR) == []


@pytest.mark.parametrize("by", [MEMBER, COORDINATOR])
def test_nobody_but_the_chair_takes_a_late_topic_unasked(office: Office, by: UserId) -> None:
    assert add(office, by).item.state is AgendaState.LATE


def test_the_chairs_own_topic_is_never_late(office: Office) -> None:
    assert add(office, CHAIR).item.state is AgendaState.LISTED


def test_while_the_chair_is_away_the_co_chair_decides(office: Office) -> None:
    def leave(store: Store) -> None:
        person = store.groups.person(CHAIR)
        assert person is not None
        store.groups.save_person(replace(person, away_until=date(2026, 11, 9)))

    office.db.write_now(leave)
    told = add(office, MEMBER)
    assert told.deciders == (COCHAIR,)
    assert add(office, COCHAIR, "Budget").item.state is AgendaState.LISTED
    answer(office, told.item, COCHAIR)
    assert sorted(on(office, FIRST)) == ["Budget", "Shared protocol"]


def test_taken_late_it_is_on_the_agenda_and_who_proposed_it_hears(office: Office) -> None:
    item = add(office).item
    answer(office, item)
    assert on(office, FIRST) == ["Shared protocol"]
    assert said(office, CHAIR) == []
    told = said(office, COCHAIR)
    assert told == ["Shared protocol is taken late, on the agenda of MT-1, says @models-chair."]


def test_put_off_it_is_on_the_next_agenda_and_who_proposed_it_hears(office: Office) -> None:
    item = add(office).item
    answer(office, item, take=False)
    assert (on(office, FIRST), on(office, SECOND)) == ([], ["Shared protocol"])
    there = office.do(CHAIR, lambda ask: agendas.opened(ask, SECOND)).items[0]
    assert (there.carried_from, there.carried, there.created_by) == (FIRST, 0, COCHAIR)
    assert "comes too late for MT-1: it is on the agenda of MT-2" in said(office, COCHAIR)[0]


@pytest.mark.parametrize("take", [True, False])
def test_pressed_twice_the_second_press_hears_how_it_ended(office: Office, take: bool) -> None:
    item = add(office).item
    answer(office, item, take=take)
    for again in (True, False):
        with pytest.raises(Conflict) as error:
            answer(office, item, take=again)
        assert error.value.code is Code.AGENDA_SETTLED
        assert error.value.facts["state"] == ("listed" if take else "carried")
    assert len([*on(office, FIRST), *on(office, SECOND)]) == 1


def test_the_wrong_person_presses_in_vain(office: Office) -> None:
    item = add(office).item
    for by in (COCHAIR, MEMBER, OTHER):
        with pytest.raises(NotAllowed) as error:
            answer(office, item, by)
        assert error.value.who_can == (CHAIR,)
    with pytest.raises(NotFound):
        office.do(CHAIR, lambda ask: late_papers.accept(ask, SECOND, item.id))


def test_when_the_call_is_over_it_can_still_go_on_but_not_be_taken(office: Office) -> None:
    item = add(office).item
    office.clock.now = datetime(2026, 10, 28, 9, tzinfo=UTC)
    with pytest.raises(Conflict) as error:
        answer(office, item)
    assert error.value.code is Code.MEETING_OVER
    answer(office, item, take=False)
    assert on(office, SECOND) == ["Shared protocol"]


def test_nobody_answered_it_comes_back_with_the_next_draft(office: Office) -> None:
    item = add(office).item
    office.clock.now = datetime(2026, 10, 28, 9, tzinfo=UTC)
    made = office.do(CHAIR, lambda ask: agenda_drafts.draft(ask, SECOND))
    assert [i.topic for i in made.sheet.items][1] == "Shared protocol"
    assert made.sheet.items[1].carried == 0
    assert said(office, CHAIR) == []
    with pytest.raises(Conflict):
        answer(office, item)


def test_without_a_last_day_nothing_is_late(office: Office) -> None:
    def skip(store: Store) -> None:
        meeting = store.meetings.get(FIRST)
        assert meeting is not None
        for item in store.meetings.preparation([meeting.id])[meeting.id]:
            if item.key == preparation.CUTOFF:
                skipped = replace(item, state=PrepState.SKIPPED, why="small call")
                store.meetings.save_prep(meeting.id, skipped)

    office.db.write_now(skip)
    assert add(office).item.state is AgendaState.LISTED


def test_taken_back_nobody_is_asked(office: Office) -> None:
    add(office)
    office.do(COCHAIR, lambda ask: undo(ask))
    assert said(office, CHAIR) == []
    assert office.do(CHAIR, lambda ask: agendas.opened(ask, FIRST)).late == ()


def test_so_near_the_call_the_question_waits_for_no_morning(office: Office) -> None:
    def bundle(store: Store) -> set[str | None]:
        rows = store.outbox.recent(1000)
        return {row.out.bundle for row in rows if row.out.kind == late_papers.LATE}

    add(office)
    assert office.db.read_now(bundle) == {"daily"}
    office.clock.now = datetime(2026, 10, 27, 9, tzinfo=UTC)
    add(office, MEMBER, "Budget")
    assert office.db.read_now(bundle) == {"daily", None}
