"""Who takes notes of a meeting in turn, and what the clock says while it is held."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest

from bot.domain.agendas import NewAgendaItem
from bot.domain.meetings import Meeting, MeetingState, RsvpAnswer, Task
from bot.domain.model import Ref, UserId
from bot.errors import Code
from bot.services import meetings, note_taking, proceedings, rsvps, sittings, timeboxes, undo
from bot.services.access import Ask
from bot.storage.database import Store
from tests.services.conftest import CHAIR, COCHAIR, MEMBER, MODELS, OTHER, OUTSIDER, Office
from tests.services.test_meetings import plan
from tests.services.test_proceedings import ID, MT, end, refusal, rows, say, start, state

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone


@pytest.fixture
def call(office: Office) -> Meeting:
    """A call of the Models group that begins now."""
    meeting = plan(office, 5, MODELS)
    office.clock.now = meeting.starts
    return meeting


def tick(office: Office, at: datetime) -> list[str]:
    """What the clock brought new by then."""
    kinds = (sittings.TIMEBOX, timeboxes.UNENDED)
    before = {row.out.key for kind in kinds for row in rows(office, kind)}
    office.clock.now = at
    office.db.write_now(lambda store: timeboxes.plan(store, store.groups.world(), at))
    found = [row for kind in kinds for row in rows(office, kind)]
    return [row.out.message.text for row in found if row.out.key not in before]


def test_what_was_to_be_done_before_it_is_owed_no_more_once_it_is_held_or_cancelled(
    office: Office, call: Meeting
) -> None:
    def owed() -> list[Task]:
        told = office.do(CHAIR, lambda ask: meetings.opened(ask, MT).mine)
        return [task for task in told if task.item.due <= call.start_day]

    assert owed()
    start(office)
    office.do(CHAIR, end)
    assert not owed()
    gone = replace(call, state=MeetingState.CANCELLED)
    office.db.write_now(lambda store: store.meetings.save(gone, expected=2))
    assert office.do(CHAIR, lambda ask: meetings.opened(ask, MT).mine) == ()


class TestNoteTaker:
    def test_the_cochair_at_first_then_who_did_it_least(
        self, office: Office, call: Meeting
    ) -> None:
        start(office)
        (opening,) = rows(office, "meeting-thread")
        assert "Notes: @models-cochair?" in opening.out.message.text
        office.do(COCHAIR, lambda ask: note_taking.volunteer(ask, MT))
        office.do(CHAIR, end)
        plan(office, 7, MODELS)
        for user, answer in ((MEMBER, RsvpAnswer.REMOTE), (COCHAIR, RsvpAnswer.YES)):
            office.do(user, partial(rsvps.answer, ref=Ref("MT-2"), said=answer))
        office.clock.forward(days=7)
        office.do(CHAIR, lambda ask: proceedings.start(ask, Ref("MT-2"), anyway=True))
        assert "Notes: @models-member?" in rows(office, "meeting-thread")[-1].out.message.text

    def test_naming_leaves_other_changes_their_undo_and_has_its_own(
        self, office: Office, call: Meeting
    ) -> None:
        start(office)
        office.do(CHAIR, end)
        for _ in range(3):
            office.do(COCHAIR, lambda ask: note_taking.volunteer(ask, MT))
        changes = office.db.read_now(lambda store: store.audit.of(MT))
        assert [one.verb for one in changes].count(note_taking.NOTE_TAKER) == 1
        office.do(CHAIR, undo.undo)
        assert state(office) is not MeetingState.HELD
        openings = [row.out.message.text for row in rows(office, "meeting-thread")]
        office.do(COCHAIR, undo.undo)
        meeting = office.db.read_now(lambda store: store.meetings.by_id(ID))
        assert meeting is not None
        assert meeting.note_taker is None
        again = [row.out.message.text for row in rows(office, "meeting-thread")]
        assert "Notes: @models-cochair?" in again[-1]
        assert len(again) == len(openings) + 1

    def test_who_was_named_last_stays(self, office: Office, call: Meeting) -> None:
        office.do(CHAIR, lambda ask: note_taking.name(ask, MT, MEMBER))
        office.do(COCHAIR, lambda ask: note_taking.volunteer(ask, MT))
        assert refusal(office, CHAIR, undo.undo) is Code.CHANGED_MEANWHILE

    def test_only_who_runs_it_names_and_only_who_takes_part_is_named(
        self, office: Office, call: Meeting
    ) -> None:
        def name(user: UserId) -> Callable[[Ask], object]:
            return lambda ask: note_taking.name(ask, MT, user)

        assert refusal(office, MEMBER, name(MEMBER)) is Code.NOT_ALLOWED
        assert refusal(office, CHAIR, name(OUTSIDER)) is Code.PERSON_OUTSIDE
        assert office.do(CHAIR, name(OTHER)) is not None


class TestTheClock:
    def test_a_topic_has_its_time_and_the_next_one_ends_that(
        self, office: Office, call: Meeting
    ) -> None:
        def agenda(store: Store) -> None:
            for topic in ("Welcome", "Models"):
                store.agendas.add(ID, NewAgendaItem(topic, minutes=20), CHAIR, office.clock())

        office.db.write_now(agenda)
        start(office)
        say(office, CHAIR, "topic 1", "101.1")
        begins = call.starts
        assert tick(office, begins + timedelta(minutes=14)) == []
        assert tick(office, begins + timedelta(minutes=15)) == ["5 minutes left for 1. Welcome."]
        assert tick(office, begins + timedelta(minutes=16)) == []
        assert tick(office, begins + timedelta(minutes=20)) == [
            "1. Welcome is over its 20 minutes."
        ]
        say(office, CHAIR, "topic 2", "101.2")
        assert {row.state.value for row in rows(office, sittings.TIMEBOX)} == {"withdrawn"}
        assert tick(office, begins + timedelta(minutes=25)) == []
        assert tick(office, begins + timedelta(minutes=55)) == ["MT-1 ends in 5 minutes."]

    def test_who_forgot_to_end_it_is_asked_and_at_last_it_ends_by_itself(
        self, office: Office, call: Meeting
    ) -> None:
        start(office)
        assert tick(office, call.ends + timedelta(minutes=59)) == []
        (asked,) = tick(office, call.ends + timedelta(minutes=60))
        assert "is still open" in asked
        assert [row.out.lane for row in rows(office, timeboxes.UNENDED)] == [CHAIR]
        tick(office, call.ends + timedelta(hours=12))
        assert state(office) is MeetingState.HELD
        (ended,) = rows(office, "meeting-ended")
        assert "Nobody ended it, so it ended by itself." in ended.out.message.text

    def test_the_clock_that_skips_knows_of_it(self, office: Office, call: Meeting) -> None:
        start(office)

        def next_at(store: Store) -> datetime | None:
            return timeboxes.next_at(store, store.groups.world(), office.clock())

        assert office.db.read_now(next_at) == call.ends - timedelta(minutes=5)
