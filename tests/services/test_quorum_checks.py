"""Before a meeting: who is asked, who hears that it cannot decide, when, and only once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest

from bot.domain.agendas import Agenda
from bot.domain.days import instant
from bot.domain.meetings import Meeting, PrepState, RsvpAnswer
from bot.domain.model import Ref, UserId
from bot.domain.outbox import Sent, State
from bot.errors import Code, Conflict, NotAllowed
from bot.services import quorum_checks, rescheduling, rsvps
from bot.services.meeting_news import CHASE, QUORUM
from bot.storage.database import Database, Store
from bot.world import is_holiday
from tests.services.conftest import (
    CHAIR,
    COCHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    OTHER,
    Office,
)
from tests.services.test_meetings import plan

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

YES, NO = RsvpAnswer.YES, RsvpAnswer.NO
MT = Ref("MT-1")
CALGARY = instant(date(2026, 12, 1), time(9), "America/Edmonton")
"""Where the co-chair's day opens; its clocks may not change any more."""


@pytest.fixture
def call(office: Office) -> Meeting:
    """Friday 4 Dec 2026, 14:00 London; its quorum is looked at on Wednesday."""
    return plan(office, 12, MODELS)


def run(office: Office, day: str, days: int = 1) -> list[str]:
    """What is put on these days, by a look at every hour at which somebody's day may open."""
    at = datetime.fromisoformat(day).replace(tzinfo=UTC)
    before = {row.id for row in rows(office.db)}
    for hour in (24 * day + hour for day in range(days) for hour in (7, 8, 9, CALGARY.hour)):
        office.clock.now = at + timedelta(hours=hour)
        office.db.write_now(partial(look, now=office.clock.now))
    return [told(row) for row in rows(office.db) if row.id not in before]


def look(store: Store, now: datetime) -> int:
    mark = now - timedelta(hours=1)
    return quorum_checks.plan(store, store.groups.world(), is_holiday, now, mark)


def rows(db: Database) -> list[Sent]:
    found = db.read_now(lambda store: store.outbox.recent(500))
    kinds = (CHASE, QUORUM)
    return sorted(
        (row for row in found if row.out.kind in kinds and row.state is State.PENDING),
        key=lambda row: (row.out.at, row.out.lane),
    )


def told(row: Sent) -> str:
    return f"{row.out.at:%a %H:%M} {row.out.kind} {row.out.lane}"


def answers(office: Office, *said: tuple[UserId, RsvpAnswer]) -> None:
    for user, answer in said:
        office.do(user, partial(rsvps.answer, ref=MT, said=answer))


def post_agenda(office: Office, call: Meeting) -> None:
    agenda = Agenda(call.id, posted_at=office.clock())
    office.db.write_now(lambda store: store.agendas.put(agenda))


def item_of(office: Office) -> PrepState:
    def read(store: Store) -> PrepState:
        meeting = store.meetings.get(MT)
        assert meeting is not None
        items = store.meetings.preparation([meeting.id])[meeting.id]
        return next(one.state for one in items if one.key == quorum_checks.ITEM)

    return office.db.read_now(read)


def test_who_has_not_answered_is_asked_the_day_before_at_their_own_opening(
    office: Office, call: Meeting
) -> None:
    post_agenda(office, call)
    answers(office, (MEMBER, NO))
    assert run(office, "2026-11-30") == []
    assert run(office, "2026-12-01") == [
        f"Tue 08:00 {CHASE} {CHAIR}",  # 09:00 in Amsterdam
        f"Tue {CALGARY:%H:%M} {CHASE} {COCHAIR}",
    ]
    answers(office, (CHAIR, YES))
    assert [row.out.lane for row in rows(office.db)] == [COCHAIR]


def test_below_quorum_the_chair_hears_once_on_the_day_of_the_check(
    office: Office, call: Meeting
) -> None:
    post_agenda(office, call)
    answers(office, (MEMBER, YES))
    run(office, "2026-12-01")
    assert run(office, "2026-12-02", 2) == [f"Wed 08:00 {QUORUM} {CHAIR}"]
    row = next(row for row in rows(office.db) if row.out.kind == QUORUM)
    assert "Too few of those who vote come: 1 of 3, needs 2." in row.out.message.text
    assert "Not answered: @models-chair and @models-cochair." in row.out.message.text
    assert "No agenda" not in row.out.message.text
    assert item_of(office) is PrepState.TODO


def test_without_an_agenda_the_chair_hears_even_if_enough_come(
    office: Office, call: Meeting
) -> None:
    answers(office, (MEMBER, YES), (CHAIR, YES))
    assert f"Wed 08:00 {QUORUM} {CHAIR}" in run(office, "2026-12-02")
    row = next(row for row in rows(office.db) if row.out.kind == QUORUM)
    assert "No agenda is posted yet." in row.out.message.text
    assert "Too few" not in row.out.message.text


def test_with_both_it_ticks_itself_and_says_nothing(office: Office, call: Meeting) -> None:
    post_agenda(office, call)
    answers(office, (MEMBER, YES), (CHAIR, YES), (COCHAIR, YES))
    assert run(office, "2026-12-01") == []
    assert item_of(office) is PrepState.TODO
    assert run(office, "2026-12-02") == []
    assert item_of(office) is PrepState.DONE


def test_enough_after_all_ticks_it_and_takes_back_what_was_not_said(
    office: Office, call: Meeting
) -> None:
    post_agenda(office, call)
    run(office, "2026-12-02")
    answers(office, (MEMBER, YES), (CHAIR, YES))
    assert run(office, "2026-12-03") == []
    assert item_of(office) is PrepState.DONE
    assert QUORUM not in {row.out.kind for row in rows(office.db)}


def test_a_chair_with_a_holiday_that_day_hears_on_their_working_day_before(
    office: Office,
) -> None:
    office.clock.now = datetime(2026, 4, 13, 12, tzinfo=UTC)
    plan(office, 16, MODELS)  # Wed 29 Apr; King's Day, 27 Apr, is no holiday in London.
    found = run(office, "2026-04-23", 5)
    assert f"Fri 07:00 {QUORUM} {CHAIR}" in found
    assert f"Thu 07:00 {CHASE} {CHAIR}" not in found
    assert f"Fri 07:00 {CHASE} {CHAIR}" in found
    assert f"Fri 08:00 {CHASE} {MEMBER}" in found


def test_while_the_chair_is_away_the_co_chair_hears(office: Office, call: Meeting) -> None:
    def away(store: Store) -> None:
        chair = store.groups.world().people[CHAIR]
        until = (call.starts + timedelta(days=7)).date()
        store.groups.save_person(replace(chair, away_until=until))

    office.db.write_now(away)
    assert f"Wed {CALGARY:%H:%M} {QUORUM} {COCHAIR}" in run(office, "2026-12-02")
    assert CHAIR not in {row.out.lane for row in rows(office.db) if row.out.kind == QUORUM}


def test_a_meeting_without_the_item_is_not_looked_at(office: Office) -> None:
    plan(office, 12, MODELS, template=None)
    assert run(office, "2026-12-01", 3) == []


def test_moved_it_is_unsaid_and_asked_anew_for_the_new_day(office: Office, call: Meeting) -> None:
    run(office, "2026-12-01", 2)
    assert rows(office.db)
    move: Callable[..., object] = partial(
        rescheduling.move, ref=MT, day=call.start_day + timedelta(days=7), at=call.start_at,
        zone=call.zone, holiday=is_holiday,
    )  # fmt: skip
    office.do(CHAIR, move)
    assert rows(office.db) == []
    assert f"Tue 09:00 {CHASE} {MEMBER}" in run(office, "2026-12-08")
    assert f"Wed 08:00 {QUORUM} {CHAIR}" in run(office, "2026-12-09")


def test_cancelled_nothing_more_is_said_and_nothing_decided(office: Office, call: Meeting) -> None:
    run(office, "2026-12-01")
    office.do(CHAIR, lambda ask: rescheduling.cancel(ask, MT, "no quorum", is_holiday))
    assert rows(office.db) == []
    assert run(office, "2026-12-02") == []
    with pytest.raises(Conflict) as refused:
        office.do(CHAIR, lambda ask: quorum_checks.hold(ask, MT))
    assert (refused.value.code, refused.value.facts["state"]) == (Code.MEETING_OVER, "cancelled")


def test_held_anyway_nothing_more_is_said(office: Office, call: Meeting) -> None:
    run(office, "2026-12-02")
    for user in (MEMBER, OTHER):
        with pytest.raises(NotAllowed):
            office.do(user, lambda ask: quorum_checks.hold(ask, MT))
    office.do(CHAIR, lambda ask: quorum_checks.hold(ask, MT))
    assert item_of(office) is PrepState.DONE
    assert QUORUM not in {row.out.kind for row in rows(office.db)}
    assert run(office, "2026-12-03") == []
    history = office.db.read_now(lambda store: store.audit.of(MT))
    assert [(one.verb, one.by) for one in history] == [(quorum_checks.HELD, CHAIR)]
    with pytest.raises(Conflict) as twice:
        office.do(COORDINATOR, lambda ask: quorum_checks.hold(ask, MT))
    assert (twice.value.code, twice.value.facts["by"]) == (Code.QUORUM_SETTLED, CHAIR)


def test_the_clock_that_skips_knows_when_it_is_looked_at(office: Office, call: Meeting) -> None:
    def next_at(store: Store) -> datetime | None:
        return quorum_checks.next_at(store, store.groups.world(), is_holiday, office.clock())

    office.clock.now = datetime(2026, 11, 30, tzinfo=UTC)
    assert office.db.read_now(next_at) == datetime(2026, 12, 1, 8, tzinfo=UTC)
    office.clock.now = datetime(2026, 12, 1, 20, tzinfo=UTC)
    assert office.db.read_now(next_at) == datetime(2026, 12, 2, 8, tzinfo=UTC)


def test_the_planner_looks_at_it(office: Office, call: Meeting) -> None:
    office.want_no_digests()
    for iso in ("2026-12-01T07:59+00:00", "2026-12-01T08:01+00:00"):
        office.clock.set(iso)
        office.plan()
    assert [row.out.lane for row in rows(office.db)] == [CHAIR]
