"""Wall times, working days and quiet hours, by the facts of domain.md 5 and 7."""

from datetime import UTC, date, datetime, time
from zoneinfo import reset_tzpath

import pytest

from bot.domain import days
from bot.domain.days import Calendar, Hours

reset_tzpath(to=[])  # the machine's own zone files may be older than the package


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def day(text: str) -> date:
    return date.fromisoformat(text)


SERIES_DAYS = {
    "2012-10-25": (16, 10, 9, 8, 7, 14),
    "2012-11-01": (16, 11, 10, 9, 8, 15),
    "2012-11-08": (16, 10, 9, 8, 7, 15),
    "2013-03-14": (16, 11, 10, 9, 8, 15),
    "2013-04-04": (16, 10, 9, 8, 7, 14),
    "2026-10-22": (16, 10, 9, 8, 7, 14),
    "2026-10-29": (16, 11, 10, 9, 8, 15),
    "2026-11-05": (16, 10, 10, 9, 8, 15),
    "2027-03-18": (16, 11, 10, 9, 8, 15),
    "2027-04-01": (16, 10, 9, 8, 7, 14),
}
SEATS = (
    *("Europe/Rome", "America/New_York", "America/Winnipeg", "America/Edmonton"),
    *("America/Vancouver", "UTC"),
)


@pytest.mark.parametrize("on", SERIES_DAYS)
def test_three_in_the_afternoon_in_london_is_told_to_each_in_their_own_hour(on: str) -> None:
    call = days.instant(day(on), time(15), "Europe/London")
    assert tuple(days.local(call, zone).hour for zone in SEATS) == SERIES_DAYS[on]


@pytest.mark.parametrize(
    ("zone", "on", "wall", "before", "after"),
    [
        ("Europe/London", "2013-03-31", "01:30", "00:30", "02:30"),
        ("Europe/London", "2027-03-28", "01:30", "00:30", "02:30"),
        ("Europe/Rome", "2027-03-28", "02:30", "01:30", "03:30"),
        ("Europe/Amsterdam", "2013-03-31", "02:30", "01:30", "03:30"),
        ("America/New_York", "2013-03-10", "02:30", "01:30", "03:30"),
        ("America/Toronto", "2027-03-14", "02:30", "01:30", "03:30"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "01:45", "02:45"),
    ],
)
def test_a_skipped_time_has_neighbours_and_moves_forward(
    zone: str, on: str, wall: str, before: str, after: str
) -> None:
    at = time.fromisoformat(wall)
    neighbours = days.gap_neighbours(day(on), at, zone)
    assert neighbours is not None
    assert [f"{wall:%H:%M}" for wall in neighbours] == [before, after]
    assert days.local(days.instant(day(on), at, zone), zone).time() == time.fromisoformat(after)
    assert not days.is_doubled(day(on), at, zone)


@pytest.mark.parametrize(
    ("zone", "on", "first"),
    [
        ("Europe/London", "2012-10-28", "2012-10-28T00:30"),
        ("Europe/London", "2026-10-25", "2026-10-25T00:30"),
        ("Europe/London", "2027-10-31", "2027-10-31T00:30"),
        ("America/New_York", "2012-11-04", "2012-11-04T05:30"),
        ("America/New_York", "2026-11-01", "2026-11-01T05:30"),
        ("America/New_York", "2027-11-07", "2027-11-07T05:30"),
    ],
)
def test_of_a_doubled_time_the_first_is_meant(zone: str, on: str, first: str) -> None:
    at = time(1, 30)
    assert days.is_doubled(day(on), at, zone)
    assert days.gap_neighbours(day(on), at, zone) is None
    assert days.instant(day(on), at, zone) == utc(first)
    assert days.instant(day(on), at.replace(fold=1), zone) == utc(first)


def test_a_day_that_the_calendar_skipped_has_neighbours_on_other_days() -> None:
    neighbours = days.gap_neighbours(day("2011-12-30"), time(12), "Pacific/Apia")
    assert neighbours is not None
    assert [f"{wall:%d %H:%M}" for wall in neighbours] == ["29 12:00", "31 12:00"]


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("America/New_York", "UTC\N{MINUS SIGN}5"),
        ("Europe/Rome", "UTC+1"),
        ("Europe/London", "UTC"),
        ("Asia/Kolkata", "UTC+5:30"),
        ("America/St_Johns", "UTC\N{MINUS SIGN}3:30"),
        ("America/Winnipeg", "UTC\N{MINUS SIGN}5"),
        ("America/Edmonton", "UTC\N{MINUS SIGN}6"),
        ("America/Vancouver", "UTC\N{MINUS SIGN}7"),
    ],
)
def test_offsets_are_told_in_hours_of_utc(zone: str, words: str) -> None:
    assert days.utc_offset_words(zone, utc("2026-12-01T12:00")) == words


HOLIDAYS = {day("2012-12-25"), day("2012-12-26")}
CLOSED = Calendar(
    is_holiday=HOLIDAYS.__contains__, closures=((day("2012-12-27"), day("2013-01-02")),)
)


@pytest.mark.parametrize(
    ("on", "working"),
    [
        ("2012-12-21", True),
        ("2012-12-22", False),
        ("2012-12-25", False),
        ("2012-12-27", False),
        ("2013-01-02", False),
        ("2013-01-03", True),
    ],
)
def test_weekends_holidays_and_closures_are_no_working_days(on: str, working: bool) -> None:
    assert days.is_working(day(on), CLOSED) is working


def test_the_day_of_return_is_a_working_day_and_those_before_are_not() -> None:
    away = Calendar(away_since=day("2012-11-19"), away_until=day("2012-11-22"))
    worked = [n for n in range(16, 24) if days.is_working(date(2012, 11, n), away)]
    assert worked == [16, 22, 23]


def test_days_roll_back_before_and_forward_after() -> None:
    boxing_day = day("2012-12-26")
    assert days.roll_back(boxing_day, CLOSED) == day("2012-12-24")
    assert days.roll_forward(boxing_day, CLOSED) == day("2013-01-03")
    assert days.roll_forward(day("2012-12-24"), CLOSED) == day("2012-12-24")


def test_working_days_are_counted_over_the_closure() -> None:
    assert days.add_working_days(day("2012-12-21"), 2, CLOSED) == day("2013-01-03")
    assert days.add_working_days(day("2013-01-03"), -2, CLOSED) == day("2012-12-21")
    assert days.add_working_days(day("2012-12-22"), 0, CLOSED) == day("2012-12-22")
    assert days.working_days_between(day("2012-12-21"), day("2013-01-03"), CLOSED) == 2
    assert days.working_days_between(day("2013-01-03"), day("2012-12-21"), CLOSED) == -2


def test_a_calendar_without_working_days_is_an_error_and_no_endless_search() -> None:
    closed = Calendar(weekend=frozenset(range(7)))
    with pytest.raises(ValueError, match="no working day"):
        days.roll_forward(day("2012-11-18"), closed)


@pytest.mark.parametrize(
    ("now", "allowed"),
    [
        ("2012-11-19T07:59", "2012-11-19T09:00"),
        ("2012-11-19T08:00", "2012-11-19T08:00"),
        ("2012-11-19T17:59", "2012-11-19T17:59"),
        ("2012-11-19T18:00", "2012-11-20T09:00"),
        ("2012-11-23T20:00", "2012-11-26T09:00"),
        ("2012-11-18T12:00", "2012-11-19T09:00"),
        ("2012-12-24T19:00", "2013-01-03T09:00"),
    ],
)
def test_what_is_held_back_is_said_at_the_next_allowed_nine_o_clock(now: str, allowed: str) -> None:
    assert days.next_allowed(utc(now), "Europe/London", days.USUAL_HOURS, CLOSED) == utc(allowed)


def test_own_hours_speak_at_their_start_in_the_persons_zone() -> None:
    hours = Hours.own(time(10), time(16))
    calgary = "America/Edmonton"
    held = days.next_allowed(utc("2012-10-16T13:40"), calgary, hours, days.WEEKDAYS)
    assert held == utc("2012-10-16T16:00")
    late = days.next_allowed(utc("2012-10-16T22:00"), calgary, hours, days.WEEKDAYS)
    assert late == utc("2012-10-17T16:00")


def test_journey_2_the_co_chair_in_calgary_is_asked_at_nine_there() -> None:
    held = days.next_allowed(
        utc("2012-10-16T13:40"), "America/Edmonton", days.USUAL_HOURS, days.WEEKDAYS
    )
    assert held == utc("2012-10-16T15:00")


@pytest.mark.parametrize(
    ("start", "end", "speak_at"), [(18, 8, 9), (8, 8, 8), (8, 18, 7), (8, 18, 18)]
)
def test_hours_must_hold_the_time_they_speak_at(start: int, end: int, speak_at: int) -> None:
    with pytest.raises(ValueError, match="do not hold"):
        Hours(time(start), time(end), time(speak_at))


def test_in_the_hour_that_comes_twice_nothing_is_said_again_or_outside_the_hours() -> None:
    hours, second_time = Hours.own(time(1, 15), time(3)), utc("2026-10-25T01:10")
    every_day = Calendar(weekend=frozenset())
    held = days.next_allowed(second_time, "Europe/London", hours, every_day)
    assert held == utc("2026-10-26T01:15")
    within = utc("2026-10-25T01:20")
    assert days.next_allowed(within, "Europe/London", hours, every_day) == within


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ((1, 30), (4, 0), "2027-03-28T01:00"),  # 02:00 there, when 01:30 is skipped
        ((1, 0), (2, 0), "2027-03-29T00:00"),  # all of the hours are skipped: the next day
    ],
)
def test_hours_that_the_clock_skips_begin_when_it_has_jumped(
    start: tuple[int, int], end: tuple[int, int], said: str
) -> None:
    hours, every_day = Hours.own(time(*start), time(*end)), Calendar(weekend=frozenset())
    saturday = utc("2027-03-27T12:00")
    assert days.next_allowed(saturday, "Europe/London", hours, every_day) == utc(said)
