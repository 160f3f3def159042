"""What channels hear of meetings that change more than once: the last word."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.model import Ref
from bot.domain.recurrence import Rule
from bot.services import meeting_edits, planning, rescheduling
from bot.services.access import Ask
from bot.services.heard_meetings import said_aloud
from bot.services.meeting_edits import Edit
from bot.services.meeting_news import EDITED, NEWS
from bot.services.planning import Plan
from bot.services.undo import undo
from bot.views.answers import Line
from bot.views.undone import undone
from bot.world import is_holiday
from tests.services.conftest import CHAIR, MODELS, MODELS_CHANNEL, Office

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

LONDON = "Europe/London"
START = datetime(2026, 10, 1, 12, tzinfo=UTC)
CALL = Plan("Endpoints", (MODELS,), date(2026, 10, 29), time(15), LONDON, timedelta(hours=1))
FIRST, LATER = date(2026, 10, 29), date(2026, 11, 4)


@pytest.fixture(autouse=True)
def planned_yesterday(office: Office) -> None:
    office.clock.now = START
    weekly = replace(CALL, rule=Rule(until=date(2026, 11, 12)))
    office.do(CHAIR, lambda ask: planning.plan(ask, weekly, is_holiday))
    office.clock.forward(days=1)


def move(office: Office, day: date, ref: str = "MT-1", *, rest: bool = False) -> None:
    office.do(
        CHAIR,
        lambda ask: rescheduling.move(ask, Ref(ref), day, time(15), LONDON, is_holiday, rest=rest),
    )


def cancel(office: Office, ref: str = "MT-1") -> None:
    office.do(CHAIR, lambda ask: rescheduling.cancel(ask, Ref(ref), "storm", is_holiday))


def place(office: Office, where: str) -> None:
    office.do(
        CHAIR, lambda ask: meeting_edits.edit(ask, Ref("MT-1"), Edit(place=where), is_holiday)
    )


def news(office: Office) -> list[str]:
    rows = office.db.read_now(lambda store: store.outbox.waiting(MODELS_CHANNEL))
    return [row.out.message.text for row in rows if row.out.kind in (NEWS, EDITED)]


def test_a_move_is_told_though_a_cancel_came_and_went(office: Office) -> None:
    move(office, LATER)
    cancel(office)
    office.do(CHAIR, undo)
    (said,) = news(office)
    assert "moves to Wed 4 Nov 2026, 15:00 London (UTC+0), instead of Thu 29 Oct" in said
    cancel(office)
    (said,) = news(office)
    assert "on Thu 29 Oct 2026, 15:00 London is cancelled" in said
    office.do(CHAIR, undo)
    office.do(CHAIR, undo)
    assert news(office) == []


def test_of_a_day_that_was_taken_back_nobody_hears(office: Office) -> None:
    move(office, LATER)
    place(office, "Room 2")
    (said,) = news(office)
    assert "instead of Thu 29 Oct 2026, 15:00" in said
    assert "It is now until Wed 4 Nov 2026, 16:00 London (UTC+0), Room 2." in said
    move(office, FIRST)
    (said,) = news(office)
    assert "is now Thu 29 Oct 2026, 15:00 London (UTC+0) until" in said
    place(office, "")
    assert news(office) == []


def test_what_goes_along_with_another_is_told_apart_once_they_part(office: Office) -> None:
    move(office, date(2026, 10, 30), rest=True)
    assert ["So do the 2 after it" in said for said in news(office)] == [True]
    cancel(office, "MT-3")
    first, third = sorted(news(office))
    assert "MT-1 Endpoints" in first
    assert "So does the one after it" in first
    assert "MT-3 Endpoints (Models) on Thu 12 Nov 2026, 15:00 London is cancelled" in third
    move(office, FIRST)
    assert sorted(said[:4] for said in news(office)) == ["MT-2", "MT-3"]


def test_of_what_a_channel_never_heard_of_it_does_not_hear_the_end(office: Office) -> None:
    for _ in range(2):
        office.do(CHAIR, lambda ask: planning.plan(ask, CALL, is_holiday))
    cancel(office, "MT-4")
    assert news(office) == []
    office.do(CHAIR, undo)
    assert news(office) == []
    aloud = undone((Line("MT-5 is planned."),))

    def say(ask: Ask) -> None:
        found = ask.store.meetings.get(Ref("MT-5"))
        assert found is not None
        said_aloud(ask.store, (found,), MODELS_CHANNEL, aloud, ask.now)

    office.do(CHAIR, say)
    cancel(office, "MT-5")
    assert ["MT-5" in said for said in news(office)] == [True]


def test_two_moves_are_taken_back_one_after_the_other(office: Office) -> None:
    move(office, LATER)
    move(office, date(2026, 11, 3))
    office.do(CHAIR, undo)
    (said,) = news(office)
    assert "moves to Wed 4 Nov 2026" in said
    office.do(CHAIR, undo)
    assert news(office) == []
    found = office.db.read_now(lambda store: store.meetings.get(Ref("MT-1")))
    assert found is not None
    assert found.start_day == FIRST
