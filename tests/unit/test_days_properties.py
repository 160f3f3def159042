"""Every zone, every clock change of 2025 to 2035, against a scan of UTC; counts of days by hand."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones, reset_tzpath

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import days
from bot.domain.days import Calendar, Hours
from tests.scale import FULL

reset_tzpath(to=[])  # the same zones on every machine
ZoneInfo.clear_cache()
START, END = datetime(2025, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
STEP = timedelta(minutes=15)  # every change and offset of these years is a multiple
often = settings(deadline=None, max_examples=80)


PROBES = [START + timedelta(weeks=3 * n) for n in range((END - START).days // 21 + 1)]


def offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


Change = tuple[datetime, timedelta, timedelta]


def changes(zone: ZoneInfo) -> Iterator[Change]:
    """The first quarter of an hour (UTC) after each clock change; offsets before and after."""
    offsets = [offset(probe, zone) for probe in PROBES]
    for n, (old, new) in enumerate(pairwise(offsets)):
        before, after = PROBES[n], PROBES[n + 1]
        while old != new and after - before > STEP:
            middle = before + (after - before) // STEP // 2 * STEP
            before, after = (middle, after) if offset(middle, zone) == old else (before, middle)
        if old != new:
            yield after, old, new


def zones() -> Iterator[tuple[str, ...]]:
    """The names that are of one and the same file, so of the same clock."""
    files: dict[bytes, list[str]] = {}
    for name in sorted(available_timezones()):
        file = resources.files("tzdata.zoneinfo").joinpath(*name.split("/"))
        files.setdefault(file.read_bytes(), []).append(name)
    yield from map(tuple, files.values())


Wall = tuple[datetime, list[datetime], tuple[datetime, datetime] | None]


def walls(change: Change) -> Iterator[Wall]:
    """Wall times near a change, when the clock shows each, and the neighbours of skipped ones."""
    moment, old, new = change
    shown: dict[datetime, list[datetime]] = {}
    for n in range(-24, 24):
        then = moment + n * STEP
        shown.setdefault((then + (old if n < 0 else new)).replace(tzinfo=None), []).append(then)
    first = (moment + old).replace(tzinfo=None) - timedelta(hours=2)
    for wall in (first + n * STEP for n in range(24)):
        if wall in shown:
            yield wall, shown[wall], None
        else:
            yield wall, [wall.replace(tzinfo=UTC) - old], (wall - (new - old), wall + (new - old))


def looked_at(names: list[str], found: tuple[Change, ...]) -> Iterator[tuple[Change, list[str]]]:
    """Every change in a zone that has it, every zone at a change; at full scale each in each."""
    for n, change in enumerate(found):
        yield change, names if FULL else names[n :: len(found)] or names[:1]


def test_wall_times_at_every_clock_change_of_every_zone_are_what_the_wall_shows() -> None:
    checked = 0
    same_clock: dict[tuple[Change, ...], list[str]] = {}
    for alike in zones():
        same_clock.setdefault(tuple(changes(ZoneInfo(alike[0]))), []).extend(alike)
    for found, names in same_clock.items():
        for change, some in looked_at(names, found):
            for wall, shown, around in walls(change):
                day, at = wall.date(), wall.time()
                assert {days.instant(day, at, name) for name in some} == {shown[0]}, (some, wall)
                assert days.is_doubled(day, at, some[0]) == (len(shown) == 2), (some, wall)
                assert days.gap_neighbours(day, at, some[0]) == around, (some, wall)
                checked += len(some)
    assert checked > (100_000 if FULL else 15_000)


@often
@given(
    st.datetimes(START.replace(tzinfo=None), END.replace(tzinfo=None), timezones=st.just(UTC)),
    st.sampled_from(sorted(available_timezones())),
)
def test_a_wall_time_leads_back_to_its_instant_unless_the_clock_shows_it_twice(
    moment: datetime, zone: str
) -> None:
    here = days.local(moment, zone)
    again = days.instant(here.date(), here.time(), zone)
    assert again == moment or (again < moment and days.is_doubled(here.date(), here.time(), zone))


DAYS = st.dates(date(2025, 1, 1), date(2035, 12, 31))
CALENDARS = st.builds(
    lambda weekend, holidays, closed: Calendar(weekend, holidays.__contains__, (closed,)),
    weekend=st.frozensets(st.integers(0, 6), max_size=5),
    holidays=st.frozensets(DAYS, max_size=5),
    closed=st.tuples(DAYS, st.integers(-1, 40)).map(lambda c: (c[0], c[0] + timedelta(c[1]))),
)


@often
@given(DAYS, st.integers(1, 30), CALENDARS)
def test_added_working_days_are_counted_again_between(
    day: date, count: int, calendar: Calendar
) -> None:
    later = days.add_working_days(day, count, calendar)
    assert days.is_working(later, calendar)
    assert days.working_days_between(day, later, calendar) == count
    by_hand = [day + timedelta(n) for n in range(1, (later - day).days + 1)]
    assert sum(days.is_working(each, calendar) for each in by_hand) == count
    earlier = days.add_working_days(day, -count, calendar)
    assert days.is_working(earlier, calendar)
    assert (
        sum(days.is_working(earlier + timedelta(n), calendar) for n in range((day - earlier).days))
        == count
    )


@often
@given(DAYS, CALENDARS)
def test_rolling_passes_no_working_day(day: date, calendar: Calendar) -> None:
    back, forward = days.roll_back(day, calendar), days.roll_forward(day, calendar)
    assert back <= day <= forward
    assert days.is_working(back, calendar)
    assert days.is_working(forward, calendar)
    passed = [back + timedelta(n) for n in range(1, (forward - back).days)]
    assert back == forward or not any(days.is_working(each, calendar) for each in passed)


@often
@given(
    st.datetimes(START.replace(tzinfo=None), END.replace(tzinfo=None), timezones=st.just(UTC)),
    st.sampled_from(sorted(available_timezones())),
    st.sampled_from([days.USUAL_HOURS, Hours.own(time(0), time(6)), Hours.own(time(2), time(3))]),
    CALENDARS,
)
def test_nothing_is_said_before_now_or_outside_hours(
    now: datetime, zone: str, hours: Hours, calendar: Calendar
) -> None:
    allowed = days.next_allowed(now, zone, hours, calendar)
    assert allowed >= now
    assert days.next_allowed(allowed, zone, hours, calendar) == allowed or allowed == now
    here = days.local(allowed, zone)
    assert days.is_working(here.date(), calendar)
    if days.gap_neighbours(here.date(), hours.speak_at, zone) is None and allowed > now:
        assert here.time() == hours.speak_at
