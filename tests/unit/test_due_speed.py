"""However long the text, the answer comes at once."""

import calendar
import time as stopwatch
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, reset_tzpath

import pytest

from bot.domain.due import Reading, find_when, read_leading, read_when
from bot.errors import BadInput
from tests.unit.test_due_properties import read

reset_tzpath(to=[])  # the same zones on every machine
ZoneInfo.clear_cache()

LONG = [
    unit * (10_000 // len(unit))
    for unit in (
        *("by ", "by 4 ", " ", "a", ".", "9", "é", "- ", "in ", "due ", "by end of ", "on fri x "),
        *(
            "by the about ",
            "by 4 dec 17:00 ",
            "on 4 dec, ",
            "by an a few a ",
            "by fri 5pm in in in ",
        ),
        *(
            "4 dec 17:00 new york ",
            "by 12/11/2027 ",
            "t - ",
            "eom ",
            "\N{NO-BREAK SPACE}x",
            "by (((",
        ),
    )
]
LONG += ["by 4 dec" + ")" * 9_900 + "x", "4 Dec" + " " * 9_900 + "2027", "by " + "9" * 9_900]


@pytest.mark.parametrize("text", LONG, ids=lambda text: repr(text[:20]))
def test_ten_thousand_characters_are_answered_within_50_ms(text: str) -> None:
    reading = Reading(datetime(2026, 11, 22, 12, tzinfo=UTC), "Europe/London", "Europe/Rome")
    read("4 Dec 17:00 Europe/London", reading)  # the list of zones is read from disk once
    for function in (read_when, read_leading, find_when):
        took = min(timed(function, text, reading) for _ in range(3))
        assert took < 0.05


def timed(function: Callable[[str, Reading], object], text: str, reading: Reading) -> float:
    start = stopwatch.thread_time()
    with suppress(BadInput):
        function(text, reading)
    return stopwatch.thread_time() - start


def test_a_month_ends_on_its_last_day_in_leap_years_too() -> None:
    for year in range(2025, 2036):
        for month in range(1, 13):
            now = datetime(year, month, 1, 12, tzinfo=UTC)
            last = calendar.monthrange(year, month)[1]
            assert read_when("eom", Reading(now, "UTC", "UTC")).day == date(year, month, last)
