"""Whatever is typed, wherever and whenever: the right date or a refusal, and quickly."""

import random
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones, reset_tzpath

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import days
from bot.domain.due import Found, Note, Reading, When, find_when, read_when
from bot.errors import BadInput
from tests.scale import scaled

reset_tzpath(to=[])  # the same zones on every machine
ZoneInfo.clear_cache()
ZONES = sorted(zone for zone in available_timezones() if "/" in zone)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FIRST, LAST = datetime(2025, 1, 1), datetime(2035, 12, 31)  # noqa: DTZ001 - hypothesis adds UTC
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
READINGS = st.builds(
    Reading,
    now=MOMENTS,
    zone=st.sampled_from(ZONES),
    group_zone=st.sampled_from(ZONES),
    next_meeting=st.none() | st.dates(FIRST.date(), LAST.date()),
)
CLOCKS = st.sampled_from(
    ["", " 17:00", " at 5pm", " noon", " 01:30", " 23:59 UTC", " 9:05 Europe/Rome"]
)
GAPS = re.compile(r"[\s,;]+")
often = settings(deadline=None, max_examples=80)


def echo(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"


def read(text: str, reading: Reading) -> When | None:
    try:
        return read_when(text, reading)
    except BadInput:
        return None


def today(reading: Reading) -> date:
    return reading.now.astimezone(ZoneInfo(reading.zone)).date()


def following(start: date, fits: Callable[[date], bool]) -> date:
    """The first day after `start` that fits, by looking at each."""
    while True:
        start += timedelta(1)
        if fits(start):
            return start


def is_weekday(number: int) -> Callable[[date], bool]:
    return lambda day: day.isoweekday() == number


def week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]


def next_weekday(number: int) -> Callable[[date], date]:
    return lambda day: following(day, is_weekday(number))


def of_next_week(number: int) -> Callable[[date], date]:
    return lambda day: following(
        day, lambda d: d.isoweekday() == number and week(d) == week(day + timedelta(7))
    )


def is_last_of_month(day: date) -> bool:
    return (day + timedelta(1)).month != day.month


SPOKEN: dict[str, Callable[[date], date]] = {
    "today": lambda day: day,
    "tomorrow": lambda day: day + timedelta(1),
    "in 3 days": lambda day: day + timedelta(3),
    "in 1 day": lambda day: day + timedelta(1),
    "in 2 weeks": lambda day: day + timedelta(14),
    "2w": lambda day: day + timedelta(14),
    "eow": lambda day: following(day - timedelta(1), is_weekday(5)),
    "eom": lambda day: following(day - timedelta(1), is_last_of_month),
}
SPOKEN |= {name: next_weekday(number) for number, name in enumerate(WEEKDAYS, 1)}
SPOKEN |= {f"next {name}": of_next_week(number) for number, name in enumerate(WEEKDAYS, 1)}


@often
@given(READINGS, st.sampled_from(sorted(SPOKEN)), CLOCKS)
def test_spoken_days_are_what_a_walk_through_the_calendar_finds(
    reading: Reading, words: str, clock: str
) -> None:
    when = read(words + clock, reading)
    if when is not None:
        assert when.day == SPOKEN[words](today(reading))
    elif not clock:  # only the group's day can be over
        end = days.instant(SPOKEN[words](today(reading)), days.END_OF_DAY, reading.group_zone)
        assert end < reading.now


@often
@given(READINGS, st.dates(date(1, 1, 1), date(9999, 12, 31)), CLOCKS)
def test_a_full_date_is_that_day_or_refused(reading: Reading, day: date, clock: str) -> None:
    for text in (
        day.isoformat(),
        f"{day.day} {day:%B} {day.year:04}",
        f"{day:%b} {day.day}, {day.year:04}",
    ):
        when = read(text + clock, reading)
        assert when is None or when.day == day


@often
@given(READINGS, st.integers(-5, 1900))
def test_every_day_from_today_to_five_years_ahead_can_be_typed_as_the_answer_shows_it(
    reading: Reading, ahead: int
) -> None:
    here = today(reading)
    day = here + timedelta(ahead)
    when = read(echo(day), reading)
    over = days.instant(day, days.END_OF_DAY, reading.group_zone) < reading.now
    if over or ahead > 5 * 366 + 1:
        assert when is None
    elif ahead < 5 * 365:
        assert when is not None
        assert when.day == day


@often
@given(READINGS, st.dates(date(2024, 1, 1), date(2024, 12, 31)))
def test_a_date_without_a_year_is_the_next_such_day_and_says_when_that_is_next_year(
    reading: Reading, day: date
) -> None:
    when = read(f"{day.day} {day:%b}", reading)
    if when is None:
        leap = (day.month, day.day) == (2, 29)
        assert leap or days.day_in(reading.now, reading.group_zone) > today(reading)
        return
    assert (when.day.month, when.day.day) == (day.month, day.day)
    here = min(today(reading), days.day_in(reading.now, reading.group_zone))
    assert here <= when.day < here + timedelta(367)
    assert (Note.NEXT_YEAR in when.notes) == (when.day.year > here.year)


ALPHABET = """
mon tues Friday sun may 4 4th 31 Dec december 12 2027 2020 1999 next in 3 days day weeks 2w
today tomorrow eow eom end of month the T-7 t - 7 17:00 5pm noon at on by due for @bob
12/11/2027 2027-02-12 12.11.2027 29 Feb UTC Europe/Rome EST because , . ( \N{MINUS SIGN}
17:00Z T 0 99999999 İ ß 🧪 week or and to mice committee draft <@U1> & \x00
"""
POOL = [
    *ALPHABET.split(),
    "\N{NO-BREAK SPACE}",
    "by 4 Dec",
    "due next Friday",
    "on Monday",
    "by in 2 weeks",
]


def texts(count: int, seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    for _ in range(count):
        words = chance.choices(POOL, k=chance.randint(0, 7))
        text = chance.choice((" ", " ", "  ", "")).join(words)
        if text and chance.random() < 0.3:
            at = chance.randrange(len(text))
            text = (
                text[:at]
                + chr(chance.choice((32, 46, 47, 58, 160, 0x2013, 0x1D7D8)))
                + text[at + 1 :]
            )
        yield text


def some_reading(chance: random.Random) -> Reading:
    now = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(5_000_000))
    meeting = chance.choice((None, now.date() + timedelta(chance.randrange(60))))
    return Reading(now, chance.choice(ZONES), chance.choice(ZONES), meeting)


def check_range(when: When, reading: Reading) -> None:
    assert when.instant(reading.group_zone) >= reading.now
    assert when.day <= today(reading) + timedelta(5 * 366 + 1)
    assert read_when(echo(when.day), Reading(reading.now, "UTC", "Etc/GMT+12")).day == when.day


def test_thousands_of_texts_are_read_or_refused_and_never_past_or_far() -> None:
    chance = random.Random(7)
    understood = 0
    for text in texts(scaled(10_000, 3), seed=1):
        reading = some_reading(chance)
        when = read(text, reading)
        if when is not None:
            understood += 1
            check_range(when, reading)
            assert read(f"  {text.upper()} ", reading) == when
    assert understood > scaled(100, 3)


def find(text: str, reading: Reading) -> Found | None:
    try:
        return find_when(text, reading)
    except BadInput:
        return None


def test_thousands_of_sentences_lose_nothing_but_a_date_that_reads_alone_the_same() -> None:
    chance = random.Random(8)
    understood = 0
    for text in texts(scaled(10_000, 3), seed=2):
        reading = some_reading(chance)
        found = find(text, reading)
        if found is None:
            continue
        understood += 1
        check_range(found.when, reading)
        assert read_when(found.phrase, reading) == found.when
        taken = text[found.start : found.end]
        assert taken.lower().startswith(("by", "due", "on"))
        assert taken.endswith(found.phrase)
        outside = text[: found.start] + text[found.end :]
        assert GAPS.sub("", found.without(text)) == GAPS.sub("", outside)
    assert understood > scaled(100, 3)


WORDS = st.lists(
    st.sampled_from(["draft", "the", "table", "of", "mice", "committee", "scans", "5", "%", "new"]),
    min_size=1,
    max_size=8,
).map(" ".join)


@often
@given(READINGS, WORDS, st.sampled_from(sorted(SPOKEN)), st.sampled_from(["by", "due", "due by"]))
def test_a_date_at_the_end_of_an_action_leaves_the_action_whole(
    reading: Reading, words: str, spoken: str, introducer: str
) -> None:
    expected = read(spoken, reading)
    found = find(f"{words} {introducer} {spoken}", reading)
    assert (found and found.when) == expected
    if found:
        assert found.without(f"{words} {introducer} {spoken}") == words


@often
@given(READINGS, WORDS)
def test_an_action_without_a_date_has_none(reading: Reading, words: str) -> None:
    assert find_when(words, reading) is None
    assert find_when(f"Report by {words}".replace("by 5", "by five"), reading) is None
