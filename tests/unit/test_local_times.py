"""A meeting's hour elsewhere: the table of domain.md 7, and when it is not as usual."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.local_times import clocks, inconvenient, shifts, unusual, zones_of
from bot.domain.meetings import Meeting, MeetingId, MeetingKind
from bot.domain.model import Person, Ref, UserId

ROME, YORK, WINNIPEG, CALGARY, VANCOUVER = (
    "Europe/Rome",
    "America/New_York",
    "America/Winnipeg",
    "America/Edmonton",
    "America/Vancouver",
)
NOW = datetime(2012, 10, 16, tzinfo=UTC)
ZONES = (ROME, YORK, WINNIPEG, CALGARY, VANCOUVER)


def thursday(iso: str, hour: int = 15, minutes: int = 60) -> Meeting:
    day, at = date.fromisoformat(iso), time(hour)
    end = datetime.combine(day, at) + timedelta(minutes=minutes)
    return Meeting(
        *(MeetingId(1), Ref("MT-1"), "Call", (), MeetingKind.CALL, "call", day, at),
        *(end.date(), end.time(), "Europe/London", NOW),
        UserId("U0CHAIR01"),
    )


@pytest.mark.parametrize(
    ("days", "hours", "utc"),
    [
        ("2012-10-25 2013-04-04 2026-10-22 2027-04-01", "16 10 09 08 07", 14),
        ("2012-11-01 2013-03-14 2026-10-29 2027-03-18", "16 11 10 09 08", 15),
        ("2012-11-08", "16 10 09 08 07", 15),
        ("2026-11-05", "16 10 10 09 08", 15),
    ],
)
def test_three_in_the_afternoon_in_london(days: str, hours: str, utc: int) -> None:
    for iso in days.split():
        meeting = thursday(iso)
        assert [f"{c.at:%H}" for c in clocks(meeting.starts, ZONES)] == hours.split()
        assert meeting.starts.hour == utc


def shifted(first: str, second: str) -> list[tuple[str, int, int]]:
    found = shifts((thursday(first), thursday(second)), ZONES)
    return [(one.zone, one.at.hour, round(one.by.total_seconds() / 3600)) for one in found]


def test_an_hour_shifts_when_only_one_clock_has_changed() -> None:
    later = [(YORK, 11, 1), (WINNIPEG, 10, 1), (CALGARY, 9, 1), (VANCOUVER, 8, 1)]
    assert shifted("2012-10-25", "2012-11-01") == later
    assert [by for _, _, by in shifted("2012-11-01", "2012-11-08")] == [-1, -1, -1, -1]
    assert shifted("2026-10-29", "2026-11-05") == [(YORK, 10, -1)]
    assert shifted("2026-10-22", "2026-11-05") == [
        (WINNIPEG, 10, 1),
        (CALGARY, 9, 1),
        (VANCOUVER, 8, 1),
    ]
    assert shifted("2012-11-08", "2012-11-15") == []
    assert shifts((thursday("2012-10-25"), thursday("2012-11-01", 16)), ZONES) == ()


def test_a_single_meeting_is_unusual_in_a_week_in_which_the_clocks_differ() -> None:
    odd = unusual(thursday("2012-11-01"), ZONES)
    assert [(one.zone, one.at.hour) for one in odd][:2] == [(YORK, 11), (WINNIPEG, 10)]
    assert unusual(thursday("2012-11-15"), ZONES) == ()
    assert [one.zone for one in unusual(thursday("2026-10-29"), ZONES)] == [YORK]


@pytest.mark.parametrize(
    ("hour", "minutes", "hard"),
    [
        (15, 60, []),
        (14, 60, [(VANCOUVER, 6)]),
        (21, 60, [(ROME, 22)]),
        (20, 90, [(ROME, 22)]),
        (20, 60, []),
    ],
)
def test_before_seven_and_after_ten_in_the_evening_are_hard(
    hour: int, minutes: int, hard: list[tuple[str, int]]
) -> None:
    found = inconvenient(thursday("2012-11-15", hour, minutes), ZONES)
    assert [(one.zone, one.at.hour) for one in found] == hard


def test_zones_go_from_west_to_east() -> None:
    people = [Person(UserId(str(n)), "", zone=zone) for n, zone in enumerate((*ZONES, ROME))]
    assert zones_of(people, thursday("2012-11-15").starts) == ZONES[::-1]
