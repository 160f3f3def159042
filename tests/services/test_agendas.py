"""Agendas: who may change what, what is refused whole, what a draft keeps, what is taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest

from bot.domain.agendas import AgendaState, Edits, NewAgendaItem, Purpose, Sheet
from bot.domain.decisions import DecisionState, NewDecision, Objection
from bot.domain.meetings import MeetingState, PrepState
from bot.domain.model import Ref, UserId
from bot.domain.outbox import Sent
from bot.domain.recurrence import Rule
from bot.errors import BadInput, Code, Conflict, NotAllowed, NotFound, UserError
from bot.services import agenda_drafts, agendas, planning, rescheduling
from bot.services.planning import Plan
from bot.services.undo import undo
from bot.storage.database import Store
from bot.world import is_holiday
from tests.services.conftest import (
    CHAIR,
    COORDINATOR,
    GUEST,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OTHER,
    OUTSIDER,
    Office,
)

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

START = datetime(2026, 10, 2, 12, tzinfo=UTC)  # a Friday
WEEKLY = Plan(
    "Models call", (MODELS,), date(2026, 10, 29), time(15), "Europe/London", timedelta(hours=1),
    rule=Rule(until=date(2026, 11, 12)),
)  # fmt: skip
FIRST, SECOND = Ref("MT-1"), Ref("MT-2")
BUDGET = NewAgendaItem("Budget")


@pytest.fixture(autouse=True)
def october(office: Office) -> None:
    office.clock.now = START
    office.do(CHAIR, lambda ask: planning.plan(ask, WEEKLY, is_holiday))


def add(office: Office, topic: str = "Budget", by: UserId = MEMBER, **more: Any) -> None:
    office.do(by, lambda ask: agendas.add(ask, FIRST, NewAgendaItem(topic, **more)))


def draft(office: Office, ref: Ref = FIRST) -> agenda_drafts.Drafted:
    return office.do(CHAIR, lambda ask: agenda_drafts.draft(ask, ref))


def sheet(office: Office, ref: Ref = FIRST) -> Sheet:
    return office.do(CHAIR, lambda ask: agendas.opened(ask, ref))


def topics(office: Office, ref: Ref = FIRST) -> list[str]:
    return [item.topic for item in sheet(office, ref).items]


def refused(office: Office, by: UserId, work: Any) -> UserError:
    before = office.db.read_now(everything)
    with pytest.raises(UserError) as error:
        office.do(by, work)
    assert office.db.read_now(everything) == before
    return error.value


def everything(store: Store) -> object:
    meetings = store.meetings.all()
    return store.agendas.of(one.id for one in meetings), len(store.outbox.recent(1000))


def cards(office: Office, ref: Ref = FIRST) -> list[Sent]:
    def work(store: Store) -> list[Sent]:
        meeting = store.meetings.get(ref)
        assert meeting is not None
        rows = store.outbox.about(meeting.subject)
        return [row for row in rows if ":agenda:" in row.out.key]

    return office.db.read_now(work)


def record(store: Store, new: NewDecision) -> None:
    store.decisions.create(new, CHAIR, START)


def held(office: Office, ref: Ref, state: MeetingState) -> None:
    def work(store: Store) -> None:
        meeting = store.meetings.get(ref)
        assert meeting is not None
        store.meetings.save(replace(meeting, state=state), meeting.version)

    office.db.write_now(work)


def test_anybody_of_the_group_proposes_and_changes_their_own(office: Office) -> None:
    add(office)
    add(office, "Other", by=OTHER)
    office.do(MEMBER, lambda ask: agendas.edit(ask, FIRST, 1, Edits(minutes=15)))
    assert [(i.topic, i.minutes) for i in sheet(office).items] == [("Budget", 15), ("Other", None)]
    office.do(MEMBER, lambda ask: agendas.drop(ask, FIRST, 1))
    assert topics(office) == ["Other"]


def test_what_others_proposed_is_the_chairs_to_change(office: Office) -> None:
    add(office)
    add(office, "More")
    for work in (
        lambda ask: agendas.edit(ask, FIRST, 1, Edits("Mine now")),
        lambda ask: agendas.order(ask, FIRST, (1,)),
        lambda ask: agendas.carry(ask, FIRST, 2),
        lambda ask: agenda_drafts.draft(ask, FIRST),
        lambda ask: agenda_drafts.post(ask, FIRST),
        lambda ask: agendas.drop(ask, FIRST, 2),
    ):
        assert isinstance(refused(office, OTHER, work), NotAllowed)
        office.do(CHAIR, work)


def test_nobody_from_elsewhere_proposes(office: Office) -> None:
    for by in (OUTSIDER, GUEST):
        error = refused(office, by, lambda ask: agendas.add(ask, FIRST, BUDGET))
        assert error.code is Code.NOT_ALLOWED


def test_a_topic_that_cannot_be_is_refused_whole(office: Office) -> None:
    add(office, "Fine", by=CHAIR)
    for new, code in (
        (NewAgendaItem("  "), Code.TEXT_EMPTY),
        (NewAgendaItem("x" * 301), Code.TEXT_LONG),
        (NewAgendaItem("Budget", 0), Code.AGENDA_MINUTES),
        (NewAgendaItem("Budget", 999), Code.AGENDA_MINUTES),
        (NewAgendaItem("Budget", owner=OUTSIDER), Code.PERSON_OUTSIDE),
        (NewAgendaItem("Budget", owner=UserId("U0NOBODY1")), Code.PERSON_UNKNOWN),
    ):
        error = refused(office, MEMBER, lambda ask, n=new: agendas.add(ask, FIRST, n))
        assert error.code is code
        edits = Edits(new.topic, new.minutes, new.owner)
        error = refused(office, CHAIR, lambda ask, e=edits: agendas.edit(ask, FIRST, 1, e))
        assert error.code is code


def test_the_order_said_comes_first_and_the_rest_keeps_its_own(office: Office) -> None:
    for topic in "ABCDE":
        add(office, topic)
    office.do(CHAIR, lambda ask: agendas.order(ask, FIRST, (4, 2)))
    assert topics(office) == ["D", "B", "A", "C", "E"]
    twice = refused(office, CHAIR, lambda ask: agendas.order(ask, FIRST, (1, 2, 1)))
    assert (twice.code, isinstance(twice, BadInput)) == (Code.AGENDA_ORDER, True)
    for numbers in ((6,), (0,), (1, 9)):
        error = refused(office, CHAIR, lambda ask, n=numbers: agendas.order(ask, FIRST, n))
        assert isinstance(error, NotFound)
    assert refused(office, CHAIR, lambda ask: agendas.order(ask, FIRST, ())).code is (
        Code.AGENDA_ORDER
    )


def test_two_hundred_topics_fit_and_no_more(office: Office) -> None:
    def many(ask: Any) -> None:
        meeting = ask.store.meetings.get(FIRST)
        for n in range(200):
            ask.store.agendas.add(meeting.id, NewAgendaItem(f"Topic {n}"), MEMBER, START)

    office.do(MEMBER, many)
    assert refused(office, MEMBER, lambda ask: agendas.add(ask, FIRST, BUDGET)).code is (
        Code.AGENDA_FULL
    )
    made = draft(office)
    assert len(made.sheet.items) == 202  # The welcome and the close are always there.
    assert made.over == 200 * 5 + 4 - 60
    assert len(made.could_wait) == -(-made.over // 5)


@pytest.mark.parametrize("state", [MeetingState.CANCELLED, MeetingState.HELD])
def test_the_agenda_of_a_meeting_that_is_over_stays_as_it_was(
    office: Office, state: MeetingState
) -> None:
    add(office)
    held(office, FIRST, state)
    for work in (
        lambda ask: agendas.add(ask, FIRST, BUDGET),
        lambda ask: agendas.drop(ask, FIRST, 1),
        lambda ask: agendas.order(ask, FIRST, (1,)),
        lambda ask: agendas.carry(ask, FIRST, 1),
        lambda ask: agenda_drafts.draft(ask, FIRST),
        lambda ask: agenda_drafts.post(ask, FIRST),
    ):
        assert refused(office, CHAIR, work).code is Code.MEETING_OVER
    shown = sheet(office)
    assert [item.topic for item in shown.items] == ["Budget"]
    assert (shown.proposes, shown.arranges) == (False, False)


def test_what_is_carried_stands_on_the_next_agenda_and_is_counted(office: Office) -> None:
    add(office, minutes=20, owner=OTHER, purpose=Purpose.DECIDE)
    told = office.do(CHAIR, lambda ask: agendas.carry(ask, FIRST, 1))
    assert told.onto is not None
    assert told.onto.ref == SECOND
    assert topics(office) == []
    moved = sheet(office, SECOND).items[0]
    assert (moved.topic, moved.minutes, moved.owner, moved.carried) == ("Budget", 20, OTHER, 1)
    assert (moved.carried_from, moved.created_by) == (FIRST, MEMBER)
    office.do(CHAIR, lambda ask: agendas.carry(ask, SECOND, 1))
    assert sheet(office, Ref("MT-3")).items[0].carried == 2
    error = refused(office, CHAIR, lambda ask: agendas.carry(ask, Ref("MT-3"), 1))
    assert error.code is Code.AGENDA_NO_MEETING


def test_the_next_meeting_of_the_group_is_meant_where_none_is_said(office: Office) -> None:
    group = office.db.read_now(lambda store: store.groups.world().groups[MODELS])
    assert office.do(MEMBER, lambda ask: agendas.meant(ask, group)) == FIRST
    assert office.do(MEMBER, lambda ask: agendas.meant(ask, None)) == FIRST
    office.clock.now = datetime(2026, 10, 29, 15, 30, tzinfo=UTC)  # It is under way.
    assert office.do(MEMBER, lambda ask: agendas.meant(ask, group)) == FIRST
    office.clock.now = datetime(2026, 11, 20, tzinfo=UTC)
    error = refused(office, MEMBER, lambda ask: agendas.meant(ask, group))
    assert isinstance(error, Conflict)


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

    assert office.db.read_now(done) == {"approve-agenda", "papers-out"}
