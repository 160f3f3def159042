"""Meetings held: who may start and end them, once; lines and their taking back; the clock."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from bot.domain.agendas import AgendaItem, AgendaState, NewAgendaItem
from bot.domain.meetings import Meeting, MeetingId, MeetingState
from bot.domain.model import Ref, UserId
from bot.domain.outbox import Sent
from bot.domain.proceedings import Line
from bot.errors import Code, UserError
from bot.handlers.reading import reading_of
from bot.handlers.registry import Invocation
from bot.handlers.thread_lines import ThreadLines
from bot.services import agendas, items, note_taking, proceedings, sittings, undo
from bot.services.access import Ask
from bot.storage.database import Store
from bot.world import is_holiday
from tests.services.conftest import (
    CHAIR,
    COCHAIR,
    COORDINATOR,
    GUEST,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OTHER,
    OUTSIDER,
    TRIALS,
    Office,
)
from tests.services.test_meetings import plan

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

MT, ID = Ref("MT-1"), MeetingId(1)
THREAD = "100.000000"
LINES = ThreadLines(is_holiday)


@pytest.fixture
def call(office: Office) -> Meeting:
    """A call of the Models group that begins now."""
    meeting = plan(office, 5, MODELS)
    office.clock.now = meeting.starts
    return meeting


def refusal(office: Office, user: UserId, work: Callable[[Ask], object]) -> Code:
    with pytest.raises(UserError) as refused:
        office.do(user, work)
    return refused.value.code


def begin(ask: Ask) -> object:
    return proceedings.start(ask, MT)


def end(ask: Ask) -> proceedings.Ended:
    return proceedings.end(ask, MT)


def start(office: Office, by: UserId = CHAIR) -> None:
    """Its first message stands in Slack."""
    office.do(by, begin)

    def sent(store: Store) -> None:
        row = store.outbox.by_key("meeting:1:thread")
        assert row is not None
        store.outbox.put_sent(row.out, row.out.lane, THREAD)

    office.db.write_now(sent)


def say(office: Office, user: UserId, text: str, ts: str) -> None:
    by = Invocation("message", ts, user, MODELS_CHANNEL, text, ts=ts, thread_ts=THREAD)
    office.do(user, lambda ask: LINES.catch(ask, by, ID, reading_of(ask)))


def lines(office: Office) -> list[tuple[str, str, str | None]]:
    found: tuple[Line, ...] = office.db.read_now(lambda store: sittings.lines_of(store, ID))
    return [(line.kind.value, line.text, line.ref) for line in found]


def rows(office: Office, kind: str) -> list[Sent]:
    found = office.db.read_now(lambda store: store.outbox.recent(500))
    return [row for row in reversed(found) if row.out.kind == kind]


def signs(office: Office) -> list[str]:
    return [row.out.message.text for row in rows(office, "receipt")]


def state(office: Office) -> MeetingState:
    meeting = office.db.read_now(lambda store: store.meetings.by_id(ID))
    assert meeting is not None
    return meeting.state


def topics(office: Office) -> list[tuple[str, AgendaState]]:
    def read(store: Store) -> tuple[AgendaItem, ...]:
        return agendas.listed(store, ID)

    return [(item.topic, item.state) for item in office.db.read_now(read)]


class TestStartAndEnd:
    def test_who_runs_it_may_and_others_hear_who_can(self, office: Office, call: Meeting) -> None:
        assert refusal(office, MEMBER, begin) is Code.NOT_ALLOWED
        assert refusal(office, OUTSIDER, begin) is Code.NOT_ALLOWED
        start(office, COCHAIR)
        assert refusal(office, MEMBER, end) is Code.NOT_ALLOWED
        office.do(CHAIR, lambda ask: note_taking.name(ask, MT, MEMBER))
        assert office.do(MEMBER, end).meeting.state is MeetingState.HELD

    def test_its_thread_is_told_of_its_end_once_however_often_it_is_taken_back(
        self, office: Office, call: Meeting
    ) -> None:
        start(office)
        office.do(CHAIR, end)
        (told,) = rows(office, "meeting-ended")
        office.db.write_now(lambda store: store.outbox.put_sent(told.out, MODELS_CHANNEL, "7.0"))
        office.do(CHAIR, undo.undo)
        office.do(CHAIR, end)
        (told,) = rows(office, "meeting-ended")
        edits = [row for row in rows(office, "edit") if row.out.edits == told.out.key]
        assert "goes on: its end was taken back." in edits[0].out.message.text
        assert "was ended by" in edits[-1].out.message.text

    def test_of_others_meetings_nobody_learns_that_they_are_under_way(
        self, office: Office, call: Meeting
    ) -> None:
        start(office)
        assert refusal(office, OUTSIDER, partial(proceedings.current, group=None)) is (
            Code.NO_MEETING_NOW
        )

    def test_twice_is_told_exactly_and_opens_one_thread(
        self, office: Office, call: Meeting
    ) -> None:
        assert refusal(office, CHAIR, end) is Code.NOT_STARTED
        start(office)
        assert refusal(office, CHAIR, begin) is Code.UNDER_WAY
        assert len(rows(office, "meeting-thread")) == 1
        office.do(CHAIR, end)
        assert refusal(office, CHAIR, begin) is Code.MEETING_OVER
        assert refusal(office, CHAIR, end) is Code.MEETING_OVER
        assert len(rows(office, "meeting-ended")) == 1

    def test_days_away_it_is_asked_whether_that_is_meant(
        self, office: Office, call: Meeting
    ) -> None:
        for at in (call.starts - timedelta(days=2), call.ends + timedelta(days=2)):
            office.clock.now = at
            assert refusal(office, CHAIR, begin) is Code.NOT_NOW
        office.do(CHAIR, lambda ask: proceedings.start(ask, MT, anyway=True))

    def test_of_all_groups_only_a_coordinator_and_a_channel_is_needed(self, office: Office) -> None:
        office.clock.now = plan(office, 5).starts
        assert refusal(office, CHAIR, begin) is Code.NOT_ALLOWED
        assert refusal(office, COORDINATOR, begin) is Code.NO_THREAD

    def test_of_several_groups_it_is_where_it_was_asked_for(self, office: Office) -> None:
        office.clock.now = plan(office, 5, TRIALS, MODELS).starts
        assert refusal(office, CHAIR, begin) is Code.NOT_ALLOWED
        start(office, COORDINATOR)
        assert [row.out.lane for row in rows(office, "meeting-thread")] == [MODELS_CHANNEL]

    def test_without_an_id_the_one_of_today_is_meant(self, office: Office, call: Meeting) -> None:
        found = office.do(CHAIR, lambda ask: proceedings.current(ask, ask.group))
        assert found.ref == MT
        office.clock.forward(days=-2)
        later = refusal(office, CHAIR, lambda ask: proceedings.current(ask, None))
        assert later is Code.NO_MEETING_NOW

    def test_its_end_is_taken_back_as_a_whole(self, office: Office, call: Meeting) -> None:
        start(office)
        office.do(CHAIR, end)
        assert state(office) is MeetingState.HELD
        office.do(CHAIR, undo.undo)
        assert state(office) is MeetingState.PLANNED
        say(office, MEMBER, "one thing more", "101.1")
        assert lines(office) == [("note", "one thing more", None)]
        office.do(CHAIR, end)

    def test_held_without_a_thread(self, office: Office, call: Meeting) -> None:
        office.clock.now = call.starts - timedelta(hours=1)
        hold = refusal(office, CHAIR, lambda ask: proceedings.hold(ask, MT))
        assert hold is Code.NOT_NOW
        office.clock.now = call.ends
        office.do(CHAIR, lambda ask: proceedings.hold(ask, MT))
        assert state(office) is MeetingState.HELD


class TestLines:
    @pytest.fixture(autouse=True)
    def started(self, office: Office, call: Meeting) -> None:
        def agenda(store: Store) -> None:
            for topic in ("Welcome", "Models"):
                new = NewAgendaItem(topic, minutes=20)
                store.agendas.add(ID, new, CHAIR, office.clock())

        office.db.write_now(agenda)
        start(office)

    def test_each_becomes_what_it_says_once(self, office: Office) -> None:
        said = "ACTION: Draft it – by @models-member 4 Dec\nDECISION: One template\nWe met."
        say(office, CHAIR, said, "101.1")
        say(office, CHAIR, said, "101.1")
        assert lines(office) == [
            ("action", "Draft it", "EM-1"),
            ("decision", "One template", "DC-1"),
            ("note", "We met.", None),
        ]
        assert signs(office) == ["white_check_mark", "memo"]
        item = office.do(CHAIR, lambda ask: items.find(ask, Ref("EM-1")))
        assert (item.owners, item.confirmed) == ((MEMBER,), False)
        assert item.source is not None
        assert item.source.meeting == MT
        assert rows(office, "card") == []

    def test_what_is_off_the_record_leaves_no_trace(self, office: Office) -> None:
        say(office, CHAIR, "We met.\n[off] he may leave us", "101.1")
        assert lines(office) == [("note", "We met.", None)]
        stored = office.db.read_now(lambda store: str(store.privacy.export(CHAIR)))
        assert "We met." in stored
        assert "leave us" not in stored

    def test_topics_are_opened_by_number_or_words_and_left(self, office: Office) -> None:
        say(office, CHAIR, "topic 1", "101.1")
        assert topics(office)[0][1] is AgendaState.LISTED
        say(office, CHAIR, "topic models", "101.2")
        assert topics(office)[0][1] is AgendaState.DISCUSSED
        say(office, CHAIR, "topic Next steps 5 min", "101.3")
        assert [topic for topic, _ in topics(office)] == ["Welcome", "Models", "Next steps"]
        say(office, CHAIR, "undo", "101.4")
        assert topics(office) == [
            ("Welcome", AgendaState.DISCUSSED),
            ("Models", AgendaState.LISTED),
        ]
        say(office, CHAIR, "topic 7", "101.5")
        assert signs(office)[-1] == "warning"
        office.do(CHAIR, end)
        assert {found for _, found in topics(office)} == {AgendaState.DISCUSSED}

    def test_undo_takes_back_ones_own_last_line_and_what_it_made(self, office: Office) -> None:
        say(office, CHAIR, "DECISION: One template", "101.1")
        say(office, CHAIR, "ACTION: Draft it @models-member by 4 Dec", "101.2")
        say(office, MEMBER, "noted", "101.3")
        say(office, CHAIR, "undo", "101.4")
        assert [text for _, text, _ in lines(office)] == ["One template", "noted"]
        assert refusal(office, CHAIR, lambda ask: items.find(ask, Ref("EM-1"))) is Code.GONE
        say(office, CHAIR, "undo", "101.5")
        assert [text for _, text, _ in lines(office)] == ["noted"]
        say(office, CHAIR, "undo", "101.6")
        assert signs(office)[-1] == "warning"

    def test_undo_leaves_what_somebody_has_changed_since(self, office: Office) -> None:
        say(office, CHAIR, "ACTION: Draft it @models-member by 4 Dec", "101.1")
        office.do(MEMBER, lambda ask: items.accept(ask, Ref("EM-1")))
        say(office, CHAIR, "undo", "101.2")
        assert [ref for _, _, ref in lines(office)] == ["EM-1"]

    def test_people_are_named_by_handle_name_or_all(self, office: Office) -> None:
        say(office, COCHAIR, "present me, @models-member and Other member", "101.1")
        say(office, CHAIR, "regrets: Models chair", "101.2")
        say(office, CHAIR, "present data are thin", "101.3")
        say(office, CHAIR, "present: Zoltan", "101.4")
        found = office.db.read_now(lambda store: store.proceedings.lines(ID))
        assert [line.people for line in found] == [(COCHAIR, MEMBER, OTHER), (CHAIR,), (), ()]
        assert [line.kind.value for line in found] == ["present", "regrets", "note", "present"]
        assert [line.held for line in found] == ["", "", "", "person-unknown"]
        say(office, CHAIR, "present all", "101.5")
        last = office.db.read_now(lambda store: store.proceedings.lines(ID))[-1]
        assert last.people == (COCHAIR, MEMBER)  # Who is only in the channel did not say so.

    def test_who_takes_no_part_is_told_once_and_not_written_down(self, office: Office) -> None:
        say(office, GUEST, "hello", "101.1")
        say(office, GUEST, "ACTION: pay me by 4 Dec", "101.2")
        assert lines(office) == []
        assert len([row for row in rows(office, "meeting-line") if row.out.lane == GUEST]) == 1

    def test_after_the_end_nothing_is_caught(self, office: Office) -> None:
        office.do(CHAIR, end)
        say(office, CHAIR, "too late", "101.1")
        assert lines(office) == []
