"""How a series goes on, as its meetings say it."""

from dataclasses import replace
from datetime import date, time

import pytest

from bot.domain.meetings import Meeting, MeetingId, MeetingKind
from bot.domain.model import Ref
from bot.domain.recurrence import Rule
from bot.domain.rescheduling import Series
from bot.views.series import Course, going_on, rule_words, sentence
from tests.unit.screens import CHAIR, NOW

THURSDAY = date(2026, 11, 5)
MEETING = Meeting(
    MeetingId(7), Ref("MT-7"), "Call", (), MeetingKind.CALL, None, THURSDAY, time(15), THURSDAY,
    time(16), "Europe/London", NOW, CHAIR, series="series-1",
)  # fmt: skip
MONTHLY = Series("series-1", Rule(1, 3, 1, date(2027, 6, 30)), THURSDAY, time(15), "Europe/London")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule(), "every Thursday"),
        (Rule(step=2), "every 2 weeks on Thursday"),
        (Rule(weekday=0), "every Monday"),
        (Rule(1, 3, 1), "every month on the first Thursday"),
        (Rule(2, 4, -1), "every 2 months on the last Friday"),
        (Rule(until=date(2026, 12, 3)), "every Thursday until Thu 3 Dec 2026"),
    ],
)
def test_a_rule_is_said_as_it_is_typed(rule: Rule, words: str) -> None:
    assert rule_words(rule, THURSDAY.weekday()) == words


def test_a_meeting_says_how_many_come_after_it() -> None:
    often = "It takes place every month on the first Thursday until Wed 30 Jun 2027"
    assert sentence(Course(MONTHLY, 4), MEETING) == f"{often}; 4 more after this one."
    assert sentence(Course(MONTHLY), MEETING) == f"{often}; this is the last one."


def test_one_that_was_moved_says_from_where() -> None:
    moved = replace(MEETING, start_day=date(2026, 11, 6), series_day=THURSDAY)
    off = "This one was moved off the rule, from Thu 5 Nov 2026."
    assert sentence(Course(MONTHLY, 4), moved).endswith(off)
    assert "off the rule" not in sentence(Course(MONTHLY, 4), replace(moved, start_day=THURSDAY))


def test_one_at_another_hour_says_so() -> None:
    for other in (replace(MEETING, start_at=time(16)), replace(MEETING, zone="Europe/Rome")):
        assert sentence(Course(MONTHLY, 4), other).endswith("at another hour than the series.")


def test_all_is_explained_only_where_there_are_more() -> None:
    assert going_on(Course(MONTHLY, 1)) == "This one and the 1 meeting after it"
    assert going_on(Course(MONTHLY)) == going_on(None) == ""
