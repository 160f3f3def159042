"""Agendas: who may change what, and what is refused whole."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.agendas import Edits, NewAgendaItem, Purpose
from bot.domain.meetings import MeetingState
from bot.domain.model import Ref, UserId
from bot.errors import BadInput, Code, Conflict, NotAllowed, NotFound
from bot.services import agenda_drafts, agendas
from bot.views.agenda_answers import there_already
from tests.services.conftest import (
    CHAIR,
    GUEST,
    MEMBER,
    MODELS,
    OTHER,
    OUTSIDER,
    Office,
)
from tests.services.drafted_agendas import (
    BUDGET,
    FIRST,
    SECOND,
    START,
    add,
    draft,
    held,
    october,
    refused,
    sheet,
    topics,
)

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone


@pytest.fixture(autouse=True)
def in_october(office: Office) -> None:
    october(office)


def test_anybody_of_the_group_proposes_and_changes_their_own(office: Office) -> None:
    add(office)
    add(office, "Other", by=OTHER)
    office.do(MEMBER, lambda ask: agendas.edit(ask, FIRST, 1, Edits(minutes=15)))
    assert [(i.topic, i.minutes) for i in sheet(office).items] == [("Budget", 15), ("Other", None)]
    office.do(MEMBER, lambda ask: agendas.drop(ask, FIRST, 1))
    assert topics(office) == ["Other"]


def test_a_topic_proposed_twice_in_the_same_words_stands_once(office: Office) -> None:
    add(office)
    again = office.do(OTHER, lambda ask: agendas.add(ask, FIRST, replace(BUDGET, minutes=20)))
    assert (again.there, again.item.created_by, topics(office)) == (True, MEMBER, ["Budget"])
    said = there_already(again.sheet.meeting, again.item, 1)
    assert said.startswith("It is on the agenda of MT-1 already, as item 1: Budget")
    assert said.endswith(" Nothing changed.")


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
