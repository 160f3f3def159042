"""What leaves an agenda by itself, and what of the checklist an agenda does."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.agendas import NewAgendaItem
from bot.domain.decisions import NewDecision
from bot.domain.meetings import PrepState
from bot.domain.model import Ref
from bot.services import agenda_drafts, decisions, minutes, reviews
from bot.services.access import Ask
from bot.storage.database import Store
from bot.world import is_holiday
from tests.services.conftest import CHAIR, MODELS, Office
from tests.services.drafted_agendas import FIRST, SECOND, add, cards, draft, october, topics

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

DC = Ref("DC-1")
REVIEW = "Review of DC-1: Use one template"


@pytest.fixture(autouse=True)
def planned(office: Office) -> None:
    october(office)
    office.do(
        CHAIR, lambda ask: decisions.add(ask, NewDecision("Use one template", MODELS), is_holiday)
    )
    add(office)
    office.do(CHAIR, lambda ask: reviews.put_on_agenda(ask, DC))
    assert topics(office) == [REVIEW, "Budget"]


def test_a_decision_that_is_kept_leaves_the_agenda_by_itself(office: Office) -> None:
    office.do(CHAIR, lambda ask: agenda_drafts.post(ask, FIRST))
    office.do(CHAIR, lambda ask: reviews.keep(ask, DC, date(2026, 10, 20)))
    assert REVIEW in topics(office)  # It comes back before the call.
    office.do(CHAIR, lambda ask: reviews.keep(ask, DC, None))
    assert topics(office) == ["Budget"]
    assert "Use one template" not in cards(office)[-1].out.message.text
    office.do(CHAIR, lambda ask: reviews.put_on_agenda(ask, DC))
    assert REVIEW in topics(office)


def test_a_decision_that_is_withdrawn_leaves_the_agenda_by_itself(office: Office) -> None:
    office.do(CHAIR, lambda ask: decisions.withdraw(ask, DC, "Covered by DC-4"))
    assert topics(office) == ["Budget"]


def test_once_it_is_to_be_reviewed_by_then_a_draft_brings_it_back(office: Office) -> None:
    office.do(CHAIR, lambda ask: reviews.keep(ask, DC, None))
    office.do(CHAIR, lambda ask: reviews.keep(ask, DC, date(2026, 10, 20)))
    draft(office)
    assert any("DC-1" in topic for topic in topics(office))


def test_what_has_begun_keeps_its_topics(office: Office) -> None:
    office.clock.now = datetime(2026, 10, 29, 15, 10, tzinfo=UTC)
    office.do(CHAIR, lambda ask: reviews.keep(ask, DC, None))
    assert REVIEW in topics(office)


def ticked(office: Office) -> set[str]:
    def work(store: Store) -> set[str]:
        meeting = store.meetings.get(FIRST)
        assert meeting is not None
        items = store.meetings.preparation([meeting.id])[meeting.id]
        return {item.key for item in items if item.state is PrepState.DONE}

    return office.db.read_now(work)


def test_drafted_and_posted_again_unchanged_it_is_in_its_history_once(office: Office) -> None:
    made = [office.do(CHAIR, lambda ask: agenda_drafts.draft(ask, FIRST)) for _ in range(3)]
    assert [one.same for one in made] == [False, True, True]
    again = [office.do(CHAIR, lambda ask: agenda_drafts.post(ask, FIRST)).again for _ in range(3)]
    assert again == [False, True, True]
    verbs = [c.verb for c in office.db.read_now(lambda store: store.audit.of(FIRST))]
    assert verbs.count("draft agenda") == verbs.count("post agenda") == 1


def test_an_agenda_that_is_posted_was_called_for_and_drafted(office: Office) -> None:
    office.do(CHAIR, lambda ask: agenda_drafts.post(ask, FIRST))
    assert ticked(office) == {"call-items", "draft-agenda", "approve-agenda", "papers-out"}


def test_who_drafts_it_need_not_call_for_its_items(office: Office) -> None:
    draft(office)
    assert ticked(office) == {"call-items", "draft-agenda"}


def test_minutes_that_are_accepted_leave_the_agenda_by_themselves(office: Office) -> None:
    def accept(ask: Ask) -> None:
        meeting, ahead = ask.store.meetings.get(FIRST), ask.store.meetings.get(SECOND)
        assert meeting is not None
        assert ahead is not None
        topic = NewAgendaItem("Approve the minutes of MT-1", source="minutes:MT-1")
        ask.store.agendas.add(ahead.id, topic, CHAIR, ask.now)
        drafted = minutes.draft(ask.store, ask.world, meeting, ask.now)
        minutes.accept(ask.store, ask.world, meeting, drafted, ask.now)

    office.do(CHAIR, accept)
    assert topics(office, SECOND) == []
