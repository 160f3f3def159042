"""Meetings moved and cancelled, with all that goes along."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.meetings import (
    Meeting,
    MeetingState,
    PrepItem,
    PrepState,
    Rsvp,
    RsvpAnswer,
)
from bot.domain.model import Ref, UserId
from bot.domain.outbox import Sent
from bot.domain.recurrence import Rule
from bot.errors import BadInput, Code, Conflict, NotFound
from bot.services import meetings, planning, rescheduling
from bot.services.meeting_news import NEWS
from bot.services.planning import Plan, Planned
from bot.services.retention import Periods, forget
from bot.services.undo import undo
from bot.storage.database import Store
from bot.world import is_holiday
from tests.services.conftest import (
    CHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    Office,
)

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

LONDON = "Europe/London"
START = datetime(2026, 10, 2, 12, tzinfo=UTC)  # a Friday
CALL = Plan("Endpoints", (MODELS,), date(2026, 10, 29), time(15), LONDON, timedelta(hours=1))
WEEKLY = replace(CALL, rule=Rule(until=date(2026, 11, 12)))


@pytest.fixture(autouse=True)
def october(office: Office) -> None:
    office.clock.now = START


def plan(office: Office, wanted: Plan = CALL, by: UserId = CHAIR) -> Planned:
    return office.do(by, lambda ask: planning.plan(ask, wanted, is_holiday))


def move(
    office: Office, ref: str, day: date, at: time = time(15), *, rest: bool = False
) -> rescheduling.Changed:
    return office.do(
        CHAIR,
        lambda ask: rescheduling.move(ask, Ref(ref), day, at, LONDON, is_holiday, rest=rest),
    )


def cancel(office: Office, ref: str, why: str = "no quorum", *, rest: bool = False) -> None:
    office.do(CHAIR, lambda ask: rescheduling.cancel(ask, Ref(ref), why, is_holiday, rest=rest))


def meeting(office: Office, ref: str) -> Meeting:
    found = office.db.read_now(lambda store: store.meetings.get(Ref(ref)))
    assert found is not None
    return found


def items(office: Office, ref: str) -> dict[str, PrepItem]:
    one = meeting(office, ref)
    found = office.db.read_now(lambda store: store.meetings.preparation([one.id])[one.id])
    return {item.key: item for item in found}


def news(office: Office, state: str = "pending") -> list[Sent]:
    rows = office.db.read_now(lambda store: store.outbox.recent(100))
    return [row for row in rows if row.out.kind == NEWS and row.state == state]


class TestMoving:
    def test_preparation_follows_and_what_is_done_stays(self, office: Office) -> None:
        plan(office)
        one = meeting(office, "MT-1")
        done = replace(
            items(office, "MT-1")["call-items"], state=PrepState.DONE, done_by=CHAIR, done_at=START
        )
        yes = Rsvp(MEMBER, RsvpAnswer.YES, START)

        def tick(store: Store) -> None:
            store.meetings.save_prep(one.id, done)
            store.meetings.answer(one.id, yes)

        office.db.write_now(tick)
        told = move(office, "MT-1", date(2026, 11, 5), time(16))
        after = items(office, "MT-1")
        assert after["call-items"] == done
        assert after["papers-out"].due == date(2026, 10, 29)
        assert (told.dates, told.done) == (14, 1)
        moved = meeting(office, "MT-1")
        assert (moved.ref, moved.ends - moved.starts) == ("MT-1", timedelta(hours=1))
        assert office.db.read_now(lambda s: s.meetings.rsvps([one.id]))[one.id] == (yes,)

    def test_what_is_late_stays_late_and_what_comes_too_soon_is_due_next(
        self, office: Office
    ) -> None:
        plan(office)
        office.clock.now = START + timedelta(days=10)  # Monday 12 October: S-21 was on the 8th.
        move(office, "MT-1", date(2026, 10, 30))
        assert items(office, "MT-1")["call-items"].due == date(2026, 10, 9)
        move(office, "MT-1", date(2026, 10, 20))
        after = items(office, "MT-1")
        assert after["announce"].due == date(2026, 10, 13)
        assert after["call-items"].due == date(2026, 10, 9)

    def test_one_of_a_series_moves_alone_or_takes_those_after_it_along(
        self, office: Office
    ) -> None:
        plan(office, WEEKLY)
        move(office, "MT-2", date(2026, 11, 6))
        days = [meeting(office, f"MT-{n}").start_day.day for n in (1, 2, 3)]
        assert days == [29, 6, 12]
        assert meeting(office, "MT-2").series_day == date(2026, 11, 5)
        told = move(office, "MT-2", date(2026, 11, 9), time(14), rest=True)
        assert [one.ref for one in told.meetings] == ["MT-2", "MT-3"]
        assert [(m.start_day.day, m.start_at.hour) for m in told.meetings] == [(9, 14), (15, 14)]
        assert meeting(office, "MT-1").start_day.day == 29

    def test_its_channel_hears_once_in_its_hours_and_only_the_last_word(
        self, office: Office
    ) -> None:
        plan(office)
        office.clock.now = START + timedelta(days=1)  # Saturday
        told = move(office, "MT-1", date(2026, 11, 5)).told
        assert told == datetime(2026, 10, 5, 8, tzinfo=UTC)  # Monday 09:00 London
        move(office, "MT-1", date(2026, 11, 6))
        (row,) = news(office)
        assert (row.out.lane, row.out.at) == (MODELS_CHANNEL, told)
        assert "Fri 6 Nov 2026, 15:00 London (UTC+0), instead of Thu 29 Oct" in row.out.message.text
        assert move(office, "MT-1", date(2026, 10, 29)).told is None
        assert news(office) == []

    def test_who_might_come_in_vain_is_told_at_once(self, office: Office) -> None:
        plan(office, replace(CALL, day=date(2026, 10, 5), at=time(8)))
        office.clock.now = START + timedelta(days=1)
        assert move(office, "MT-1", date(2026, 11, 5)).told == office.clock()

    def test_undo_brings_all_of_it_back_without_a_word(self, office: Office) -> None:
        plan(office, WEEKLY)
        before = [(meeting(office, f"MT-{n}"), items(office, f"MT-{n}")) for n in (1, 2, 3)]
        move(office, "MT-2", date(2026, 11, 9), rest=True)
        assert len(news(office)) == 1
        office.do(CHAIR, undo)
        for number, (was, prepared) in enumerate(before, 1):
            now = meeting(office, f"MT-{number}")
            assert now.starts == was.starts
            assert now.series_day is None
            assert items(office, f"MT-{number}") == prepared
        assert news(office) == []

    def test_after_it_was_said_an_undo_is_said_too(self, office: Office) -> None:
        plan(office)
        move(office, "MT-1", date(2026, 11, 5))
        (row,) = news(office)
        office.db.write_now(lambda store: store.outbox.put_sent(row.out, row.out.lane, "1.2"))
        office.do(CHAIR, undo)
        (again,) = news(office)
        assert "moves to Thu 29 Oct 2026, 15:00 London" in again.out.message.text
        assert "instead of Thu 5 Nov 2026, 15:00" in again.out.message.text

    def test_how_it_was_is_kept_only_while_it_can_be_taken_back(self, office: Office) -> None:
        plan(office)
        move(office, "MT-1", date(2026, 11, 5))
        kept = office.db.read_now(lambda store: store.series.formers("test:1"))
        assert [one.meeting.start_day for one in kept] == [date(2026, 10, 29)]
        office.clock.forward(minutes=16)
        office.db.write_now(lambda store: forget(store, office.clock(), Periods()))
        assert office.db.read_now(lambda store: store.series.formers("test:1")) == ()

    def test_what_changed_since_is_left_alone(self, office: Office) -> None:
        plan(office)
        move(office, "MT-1", date(2026, 11, 5))
        office.do(
            COORDINATOR,
            lambda ask: rescheduling.cancel(ask, Ref("MT-1"), "no quorum", is_holiday),
        )
        with pytest.raises(Conflict) as refused:
            office.do(CHAIR, undo)
        assert refused.value.code is Code.CHANGED_MEANWHILE

    @pytest.mark.parametrize(
        ("day", "at", "code"),
        [
            (date(2026, 10, 29), time(15), Code.ALREADY_THEN),
            (date(2026, 10, 1), time(15), Code.DATE_PAST),
            (date(2027, 3, 28), time(1, 30), Code.RULE_WRONG),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, office: Office, day: date, at: time, code: Code
    ) -> None:
        plan(office)
        with pytest.raises((BadInput, Conflict)) as refused:
            move(office, "MT-1", day, at)
        assert refused.value.code is code
        assert meeting(office, "MT-1").version == 1


class TestCancelling:
    def test_it_vanishes_from_all_that_is_ahead(self, office: Office) -> None:
        plan(office, WEEKLY)
        office.clock.forward(days=1)
        cancel(office, "MT-1")
        gone = meeting(office, "MT-1")
        assert (gone.state, gone.why) == (MeetingState.CANCELLED, "no quorum")
        refs = [one.meeting.ref for one in office.do(CHAIR, meetings.mine)]
        assert refs == ["MT-2", "MT-3"]
        office.clock.now = datetime(2026, 10, 20, 12, tzinfo=UTC)
        owed = office.db.read_now(
            lambda store: meetings.tasks_of(store, COORDINATOR, office.clock())
        )
        assert {task.meeting.ref for task in owed} == {"MT-2", "MT-3"}
        (row,) = news(office)
        assert "on Thu 29 Oct 2026, 15:00 London is cancelled: no quorum." in row.out.message.text

    def test_the_rest_of_a_series_goes_with_it(self, office: Office) -> None:
        plan(office, WEEKLY)
        office.clock.forward(days=1)
        cancel(office, "MT-2", "summer", rest=True)
        states = [meeting(office, f"MT-{n}").state.value for n in (1, 2, 3)]
        assert states == ["planned", "cancelled", "cancelled"]
        assert len(news(office)) == 1

    def test_what_was_to_be_said_of_it_is_not(self, office: Office) -> None:
        plan(office)
        office.clock.forward(days=1)
        move(office, "MT-1", date(2026, 11, 5))
        cancel(office, "MT-1")
        (row,) = news(office)
        assert "on Thu 29 Oct 2026, 15:00 London is cancelled" in row.out.message.text
        office.do(CHAIR, undo)
        assert meeting(office, "MT-1").start_day == date(2026, 11, 5)

    def test_a_reason_is_needed_and_what_is_over_stays(self, office: Office) -> None:
        plan(office)
        with pytest.raises(BadInput) as refused:
            cancel(office, "MT-1", " ")
        assert refused.value.code is Code.REASON_NEEDED
        cancel(office, "MT-1")
        for again in (lambda: cancel(office, "MT-1"), lambda: move(office, "MT-1", START.date())):
            with pytest.raises(Conflict) as over:
                again()
            assert over.value.code is Code.MEETING_OVER
        with pytest.raises(NotFound):
            cancel(office, "MT-9")
