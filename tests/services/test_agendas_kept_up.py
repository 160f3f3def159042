"""Agendas: what a draft keeps, what is taken back, how what is posted keeps up."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest

from bot.domain.agendas import AgendaState, Edits, NewAgendaItem, Purpose
from bot.domain.decisions import DecisionState, NewDecision, Objection
from bot.domain.meetings import PrepState
from bot.domain.model import Ref
from bot.errors import Code, Conflict
from bot.services import agenda_drafts, agendas, rescheduling
from bot.services.undo import undo
from bot.storage.database import Store
from bot.world import is_holiday
from tests.services.conftest import (
    CHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OTHER,
    Office,
)
from tests.services.drafted_agendas import (
    FIRST,
    SECOND,
    START,
    add,
    cards,
    draft,
    october,
    record,
    refused,
    sheet,
    topics,
)

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone


@pytest.fixture(autouse=True)
def in_october(office: Office) -> None:
    october(office)


def test_a_draft_that_runs_again_keeps_what_people_said_and_doubles_nothing(
    office: Office,
) -> None:
    late = office.add(CHAIR, MEMBER, due=date(2026, 10, 5))
    add(office, "Ours", minutes=15)
    first = draft(office).sheet
    assert [item.source for item in first.items] == ["welcome", "actions", "", "close"]
    assert first.items[1].refs == (late.ref,)
    office.do(CHAIR, lambda ask: agendas.edit(ask, FIRST, 1, Edits("Hello", minutes=2)))
    office.do(CHAIR, lambda ask: agendas.drop(ask, FIRST, 4))
    office.do(CHAIR, lambda ask: agendas.order(ask, FIRST, (3,)))
    office.clock.now = datetime(2026, 10, 10, 12, tzinfo=UTC)
    office.add(CHAIR, MEMBER, due=date(2026, 10, 12))
    again = draft(office)
    assert [(i.topic, i.minutes) for i in again.sheet.items] == [
        ("Ours", 15),
        ("Hello", 2),
        ("Actions: 1 overdue, 1 due or waiting", 5),
    ]
    assert [item.source for item in again.left_out] == ["close"]


def test_what_is_settled_leaves_the_agenda_with_the_next_draft(office: Office) -> None:
    def objected(ask: Any) -> Ref:
        made = ask.store.decisions.create(NewDecision("One template", MODELS), CHAIR, START)
        why = (Objection(MEMBER, START, "Too long"),)
        after = replace(made, state=DecisionState.OBJECTED, objections=why)
        saved: Ref = ask.store.decisions.save(after, 1).ref
        return saved

    ref = office.do(CHAIR, objected)
    review = NewDecision("Meet monthly", MODELS, review=date(2026, 10, 29))
    later = replace(review, review=date(2026, 10, 30))
    for new in (review, later):
        office.db.write_now(partial(record, new=new))
    found = [item.topic for item in draft(office).sheet.items]
    assert found[1:3] == [f"Objection to {ref}", "Review of DC-2"]

    def settle(ask: Any) -> None:
        one = ask.store.decisions.get(ref)
        ask.store.decisions.save(replace(one, state=DecisionState.WITHDRAWN), one.version)

    office.do(CHAIR, settle)
    found = [item.topic for item in draft(office).sheet.items]
    assert f"Objection to {ref}" not in found
    assert "Review of DC-2" in found


def test_what_was_not_reached_comes_back_counted(office: Office) -> None:
    add(office, "Not reached", minutes=20)
    add(office, "Reached")
    draft(office)

    def reach(ask: Any) -> None:
        meeting = ask.store.meetings.get(FIRST)
        item = next(i for i in agendas.listed(ask.store, meeting.id) if i.topic == "Reached")
        ask.store.agendas.save(replace(item, state=AgendaState.DISCUSSED))

    office.do(CHAIR, reach)
    assert "Reached" in topics(office)
    office.clock.now = datetime(2026, 10, 29, 17, tzinfo=UTC)
    for _ in range(2):
        items = draft(office, SECOND).sheet.items
        assert [(i.topic, i.minutes, i.carried) for i in items] == [
            ("Welcome, regrets", 5, 0),
            ("Not reached", 20, 1),
            ("Any other business, next steps", 5, 0),
        ]
    office.do(CHAIR, lambda ask: undo(ask))
    draft(office, SECOND)
    office.clock.now = datetime(2026, 11, 5, 17, tzinfo=UTC)
    assert [i.carried for i in draft(office, Ref("MT-3")).sheet.items] == [0, 2, 0]


def test_a_draft_fits_the_hour_or_says_what_could_wait(office: Office) -> None:
    add(office, "Long", minutes=30)
    add(office, "Open", purpose=Purpose.INFORM)
    add(office, "Open too")
    made = draft(office)
    assert [item.minutes for item in made.sheet.items] == [5, 30, 10, 10, 5]
    assert not made.over
    add(office, "Longer", minutes=25)
    made = draft(office)
    assert [item.minutes for item in made.sheet.items] == [2, 30, 5, 5, 25, 2]
    assert made.over == 9
    assert [item.topic for item in made.could_wait] == ["Open", "Longer"]


def test_every_change_of_an_agenda_can_be_taken_back(office: Office) -> None:
    add(office)
    for work, expected in (
        (lambda ask: agendas.add(ask, FIRST, NewAgendaItem("More")), ["Budget"]),
        (lambda ask: agendas.edit(ask, FIRST, 1, Edits("Money")), ["Budget"]),
        (lambda ask: agendas.drop(ask, FIRST, 1), ["Budget"]),
        (lambda ask: agendas.carry(ask, FIRST, 1), ["Budget"]),
        (lambda ask: agenda_drafts.draft(ask, FIRST), ["Budget"]),
    ):
        before = sheet(office).items
        office.do(CHAIR, work)
        assert sheet(office).items != before
        office.do(CHAIR, lambda ask: undo(ask))
        assert topics(office) == expected
        assert sheet(office).items == before
        assert topics(office, SECOND) == []


def test_a_draft_taken_back_is_to_be_done_again(office: Office) -> None:
    def state(store: Store) -> PrepState:
        meeting = store.meetings.get(FIRST)
        assert meeting is not None
        items = store.meetings.preparation([meeting.id])[meeting.id]
        return next(item.state for item in items if item.key == "draft-agenda")

    draft(office)
    assert office.db.read_now(state) is PrepState.DONE
    office.do(CHAIR, lambda ask: undo(ask))
    assert office.db.read_now(state) is PrepState.TODO
    assert sheet(office).agenda.drafted_at is None


def test_what_somebody_changed_since_is_not_taken_back(office: Office) -> None:
    add(office)
    office.do(CHAIR, lambda ask: agendas.edit(ask, FIRST, 1, Edits("Money")))
    add(office, "More", by=OTHER)
    with pytest.raises(Conflict) as error:
        office.do(CHAIR, lambda ask: undo(ask))
    assert error.value.code is Code.CHANGED_MEANWHILE
    assert topics(office) == ["Money", "More"]


def test_a_posted_agenda_is_one_message_that_keeps_up(office: Office) -> None:
    error = refused(office, CHAIR, lambda ask: agenda_drafts.post(ask, FIRST))
    assert error.code is Code.AGENDA_EMPTY
    add(office)
    assert cards(office) == []
    made = office.do(CHAIR, lambda ask: agenda_drafts.post(ask, FIRST))
    assert made.lanes == (MODELS_CHANNEL,)
    assert not made.again
    posted = cards(office)
    assert [row.out.lane for row in posted] == [MODELS_CHANNEL]
    office.clock.now += timedelta(hours=1)
    add(office, "One more")
    last = cards(office)[-1].out.message.text
    assert "2. One more" in last
    assert "changed since: Fri 2 Oct 2026, 14:00 London" in last


def test_moved_with_its_meeting_the_posted_agenda_tells_the_new_time(office: Office) -> None:
    add(office)
    office.do(CHAIR, lambda ask: agenda_drafts.post(ask, FIRST))
    office.do(
        CHAIR,
        lambda ask: rescheduling.move(
            ask, FIRST, date(2026, 10, 30), time(16), "Europe/London", is_holiday
        ),
    )
    assert "Fri 30 Oct 2026, 16:00 London" in cards(office)[-1].out.message.text


def test_posting_ticks_what_it_does(office: Office) -> None:
    add(office)
    office.do(COORDINATOR, lambda ask: agenda_drafts.post(ask, FIRST))

    def done(store: Store) -> set[str]:
        meeting = store.meetings.get(FIRST)
        assert meeting is not None
        items = store.meetings.preparation([meeting.id])[meeting.id]
        return {item.key for item in items if item.state is PrepState.DONE}

    assert office.db.read_now(done) >= {"approve-agenda", "papers-out"}
