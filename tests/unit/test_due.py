"""Typed dates mean what domain.md 6 says, alone and inside sentences, or are refused."""

from datetime import UTC, date, datetime, time

import pytest

from bot.domain.due import Note, Reading, When, iana_zone, read_when
from bot.errors import BadInput, Code

CITIES = {
    "new york": ("America/New_York",),
    "london": ("Europe/London",),
    "reading": ("Europe/London",),
    "rio de janeiro": ("America/Sao_Paulo",),
    "victoria": ("America/Vancouver", "Indian/Mahe"),
}
MODELS, OUTCOMES = date(2012, 11, 27), date(2012, 11, 29)


def find_zone(words: str) -> tuple[str, ...]:
    return CITIES.get(words.lower()) or iana_zone(words)


def at(
    now: str,
    zone: str = "Europe/London",
    group_zone: str = "Europe/London",
    meeting: date | None = MODELS,
    past_ok: bool = False,
) -> Reading:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    return Reading(moment, zone, group_zone, meeting, find_zone, past_ok)


SUNDAY = at("2012-11-18T12:00")
MONDAY = at("2012-11-19T12:00")
FRIDAY = at("2012-11-23T12:00")


def day(month: int, number: int, year: int = 2012) -> date:
    return date(year, month, number)


@pytest.mark.parametrize(
    ("typed", "on_sunday", "on_monday", "on_friday"),
    [
        ("Fri", day(11, 23), day(11, 23), day(11, 30)),
        ("next Friday", day(11, 23), day(11, 30), day(11, 30)),
        ("Sun", day(11, 25), day(11, 25), day(11, 25)),
        ("Mon", day(11, 19), day(11, 26), day(11, 26)),
        ("next Monday", day(11, 19), day(11, 26), day(11, 26)),
        ("next Sun", day(11, 25), day(12, 2), day(12, 2)),
        ("today", day(11, 18), day(11, 19), day(11, 23)),
        ("tomorrow", day(11, 19), day(11, 20), day(11, 24)),
        ("in 3 days", day(11, 21), day(11, 22), day(11, 26)),
        ("in 2 weeks", day(12, 2), day(12, 3), day(12, 7)),
        ("2w", day(12, 2), day(12, 3), day(12, 7)),
        ("eow", day(11, 23), day(11, 23), day(11, 23)),
        ("eom", day(11, 30), day(11, 30), day(11, 30)),
        ("end of month", day(11, 30), day(11, 30), day(11, 30)),
        ("T-0", day(11, 27), day(11, 27), day(11, 27)),
        ("25 Oct", day(10, 25, 2013), day(10, 25, 2013), day(10, 25, 2013)),
        ("23 Nov", day(11, 23), day(11, 23), day(11, 23)),
    ],
)
def test_the_same_words_on_three_days(
    typed: str, on_sunday: date, on_monday: date, on_friday: date
) -> None:
    days = [read_when(typed, clock).day for clock in (SUNDAY, MONDAY, FRIDAY)]
    assert days == [on_sunday, on_monday, on_friday]


def test_days_before_a_meeting_are_counted_from_the_groups_own() -> None:
    assert read_when("T-7", SUNDAY).day == day(11, 20)
    assert read_when("t \N{MINUS SIGN} 7", at("2012-11-18T12:00", meeting=OUTCOMES)).day == day(
        11, 22
    )
    assert refused("T-12", SUNDAY).code is Code.DATE_PAST
    assert refused("T-7", at("2012-11-18T12:00", meeting=None)).code is Code.NO_NEXT_MEETING


def test_a_saturday_and_a_sunday_look_forward_to_the_friday_of_next_week() -> None:
    for now in ("2012-11-17T12:00", "2012-11-18T12:00"):
        assert read_when("eow", at(now)).day == day(11, 23)


def test_what_the_answer_must_say_comes_as_notes() -> None:
    assert read_when("25 Oct", SUNDAY).notes == (Note.NEXT_YEAR,)
    assert read_when("in 2 weeks", SUNDAY).notes == (Note.WEEKEND,)
    assert read_when("27 Oct 2013 01:30", SUNDAY).notes == (Note.WEEKEND, Note.FOLD)
    assert read_when("23 Nov", SUNDAY).notes == ()


def refused(typed: str, reading: Reading) -> BadInput:
    with pytest.raises(BadInput) as refusal:
        read_when(typed, reading)
    assert refusal.value.field == "due"
    return refusal.value


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("12/01/2013", (day(1, 12, 2013), day(12, 1, 2013))),
        ("12.01.2013", (day(1, 12, 2013), day(12, 1, 2013))),
        ("12-01-2013", (day(1, 12, 2013), day(12, 1, 2013))),
        ("13/12/2012", (day(12, 13),)),
        ("12/13/2012", (day(12, 13),)),
        ("10/12/2012", (day(12, 10),)),
        ("11/11/2013", (day(11, 11, 2013),)),
        ("Fri 5 Jan 2013", (day(1, 5, 2013), day(1, 4, 2013))),
        ("Thu 25 Oct", (day(10, 25, 2013), day(10, 24, 2013))),
    ],
)
def test_what_could_be_two_days_is_given_back_with_those_still_possible(
    typed: str, choices: tuple[date, ...]
) -> None:
    refusal = refused(typed, SUNDAY)
    assert refusal.code is Code.DATE_AMBIGUOUS
    assert refusal.typed == typed
    assert refusal.facts["choices"] == choices


def test_the_time_typed_with_two_readings_is_kept_for_the_button() -> None:
    refusal = refused("12/01/2013 at 17:00 New York", SUNDAY)
    assert refusal.facts["rest"] == "17:00 New York"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", Code.DATE_NEEDED),
        (" \N{NO-BREAK SPACE}", Code.DATE_NEEDED),
        ("soon", Code.DATE_UNREADABLE),
        ("may need review", Code.DATE_UNREADABLE),
        ("2", Code.DATE_UNREADABLE),
        ("3d", Code.DATE_UNREADABLE),
        ("Friday week", Code.DATE_UNREADABLE),
        ("2 weeks from Friday", Code.DATE_UNREADABLE),
        ("4 Dec 12", Code.DATE_UNREADABLE),
        ("12/11/12", Code.DATE_UNREADABLE),
        ("4st Dec", Code.DATE_UNREADABLE),
        ("11st Dec", Code.DATE_UNREADABLE),
        ("4 Dec 25:00", Code.DATE_UNREADABLE),
        ("4 Dec 13pm", Code.DATE_UNREADABLE),
        ("4 Dec New York", Code.DATE_UNREADABLE),
        ("4 Dec 17:00 17:00", Code.DATE_UNREADABLE),
        ("in 0 days", Code.DATE_UNREADABLE),
        ("2012-13-01", Code.DATE_UNREADABLE),
        ("0000-01-01", Code.DATE_UNREADABLE),
        ("29 Feb", Code.DATE_MISSING_DAY),
        ("31 Apr", Code.DATE_MISSING_DAY),
        ("2013-02-30", Code.DATE_MISSING_DAY),
        ("1 Dec 2017", Code.DATE_FAR),
        ("in 999 weeks", Code.DATE_FAR),
        ("9999-12-31", Code.DATE_FAR),
        ("17 Nov 2012", Code.DATE_PAST),
        ("0001-01-01", Code.DATE_PAST),
        ("01/02/2012", Code.DATE_PAST),
        ("today 11:59", Code.DATE_PAST),
        ("31 Mar 2013 01:30", Code.TIME_GAP),
        ("4 Dec 17:00 CET", Code.ZONE_UNKNOWN),
        ("4 Dec 17:00 UTC+2", Code.ZONE_UNKNOWN),
        ("4 Dec 17:00 Atlantis", Code.ZONE_UNKNOWN),
        ("4 Dec 17:00 Victoria", Code.ZONE_UNKNOWN),
    ],
)
def test_everything_else_is_refused_with_its_reason(typed: str, code: Code) -> None:
    assert refused(typed, SUNDAY).code is code


def test_a_day_that_does_not_exist_comes_with_its_neighbours() -> None:
    assert refused("29 Feb", SUNDAY).facts["choices"] == (day(2, 28, 2013), day(3, 1, 2013))


def test_a_time_that_the_clock_skips_comes_with_both_neighbours() -> None:
    facts = refused("31 Mar 2013 01:30", SUNDAY).facts
    assert facts["choices"] == tuple(
        datetime.fromisoformat(wall) for wall in ("2013-03-31T00:30", "2013-03-31T02:30")
    )
    assert facts["zone"] == "Europe/London"


def test_a_city_that_is_in_two_zones_comes_with_both() -> None:
    assert refused("4 Dec 17:00 Victoria", SUNDAY).facts["choices"] == CITIES["victoria"]


def test_five_years_are_counted_to_the_day() -> None:
    assert read_when("18 Nov 2017", SUNDAY).day == day(11, 18, 2017)
    assert refused("19 Nov 2017", SUNDAY).code is Code.DATE_FAR


def test_past_days_are_read_where_they_are_wanted() -> None:
    reading = at("2012-11-18T12:00", past_ok=True)
    assert read_when("17 Nov 2012", reading).day == day(11, 17)
    assert read_when("today 11:59", reading).time == time(11, 59)


@pytest.mark.parametrize(
    ("typed", "clock", "zone"),
    [
        ("19 Nov 17:00 New York", time(17), "America/New_York"),
        ("19 Nov at 5pm, in new york.", time(17), "America/New_York"),
        ("5:30 p.m. on 19 Nov America/New_York", time(17, 30), "America/New_York"),
        ("Monday noon", time(12), "Europe/London"),
        ("19 Nov 12am", time(0), "Europe/London"),
        ("2012-11-19T17:00Z", time(17), "UTC"),
        ("2012-11-19 17:00 utc", time(17), "UTC"),
        ("Mon, 19th of November 2012, 17:00 Rio de Janeiro", time(17), "America/Sao_Paulo"),
    ],
)
def test_a_time_has_the_zone_typed_with_it_or_the_typists(
    typed: str, clock: time, zone: str
) -> None:
    assert read_when(typed, SUNDAY) == When(day(11, 19), clock, zone)


def test_five_in_the_afternoon_in_new_york_is_ten_at_night_in_utc() -> None:
    when = read_when("19 Nov 17:00 New York", SUNDAY)
    assert when.instant("Europe/London") == datetime(2012, 11, 19, 22, tzinfo=UTC)
    assert when.group_day("Europe/London") == day(11, 19)
    assert when.group_day("Asia/Tokyo") == day(11, 20)


def test_a_day_without_a_time_ends_in_the_groups_zone() -> None:
    when = read_when("4 Dec", SUNDAY)
    assert when.instant("America/Vancouver") == datetime(2012, 12, 5, 7, 59, tzinfo=UTC)
    assert when.group_day("America/Vancouver") == day(12, 4)


def test_relative_words_are_those_of_the_typists_day() -> None:
    in_vancouver = at("2012-11-19T01:30", zone="America/Vancouver")
    assert read_when("tomorrow", in_vancouver).day == day(11, 19)


def test_today_is_refused_when_the_groups_day_is_over() -> None:
    in_vancouver = at("2012-11-19T01:30", zone="America/Vancouver")
    assert refused("today", in_vancouver).code is Code.DATE_PAST
    assert refused("18 Nov", in_vancouver).code is Code.DATE_PAST  # and not a year later


def test_the_groups_own_today_is_not_taken_for_next_year() -> None:
    in_sydney = at("2012-11-18T20:00", zone="Australia/Sydney")
    assert read_when("18 Nov", in_sydney) == When(day(11, 18), notes=(Note.WEEKEND,))
