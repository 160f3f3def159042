"""When weeks begin and digests fall due, on the days on which that is hard to say."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import weeks
from bot.domain.days import local
from bot.domain.model import (
    Group,
    GroupKey,
    GroupSettings,
    GroupState,
    Membership,
    Person,
    Programme,
    Role,
    UserId,
    World,
)
from bot.world import is_holiday

MODELS = GroupKey("models")
CHAIR, COCHAIR, COORDINATOR = UserId("U0CHAIR"), UserId("U0COCHAIR"), UserId("U0COORD")
AMSTERDAM = Person(CHAIR, "Chair", zone="Europe/Amsterdam", country="NL")
MILAN = Person(CHAIR, "Chair", zone="Europe/Rome", country="IT", region="MI")
LONDON = Person(CHAIR, "Chair", zone="Europe/London", country="GB", region="ENG")
NEW_YORK = Person(CHAIR, "Chair", zone="America/New_York", country="US")
MONTREAL = Person(CHAIR, "Chair", zone="America/Toronto", country="CA", region="QC")
ZONES = sorted(available_timezones())
START = datetime(2009, 1, 1, tzinfo=UTC)


def world_of(*people: Person, roles: tuple[Role, ...] = (), **changed: object) -> World:
    """The first is chair, the second co-chair, the third coordinator, unless `roles` tell."""
    group = Group(MODELS, "EM", "Models", "Models", zone="Europe/London")
    usual = roles or (Role.CHAIR, Role.COCHAIR, Role.COORDINATOR)
    return World(
        Programme("P", "Europe/London", "GB", "ENG"),
        {MODELS: replace(group, **changed)},  # type: ignore[arg-type]  # of any field's type
        {person.user: person for person in people},
        tuple(
            Membership(person.user, None if role.of_programme else MODELS, role)
            for person, role in zip(people, usual, strict=False)
        ),
    )


def said(world: World, first: date, days: int = 7) -> list[str]:
    """Who gets one and when, in UTC."""
    since = datetime.combine(first, time(), UTC)
    found = weeks.due(world, is_holiday, since, since + timedelta(days=days))
    return [f"{one.reader.user[2:]} {one.at:%a %d %b %H:%M}" for one in found]


@pytest.mark.parametrize(
    ("monday", "amsterdam", "milan", "london", "new_york", "montreal"),
    [
        (date(2012, 10, 22), "22 06", "22 06", "22 07", "22 12", "22 12"),
        (date(2012, 10, 29), "29 07", "29 07", "29 08", "29 12", "29 12"),
        (date(2012, 11, 5), "05 07", "05 07", "05 08", "05 13", "05 13"),
        (date(2013, 2, 18), "18 07", "18 07", "18 08", "19 13", "18 13"),
        (date(2026, 10, 26), "26 07", "26 07", "26 08", "26 12", "26 12"),
        (date(2027, 2, 15), "15 07", "15 07", "15 08", "16 13", "15 13"),
        (date(2027, 3, 29), "30 06", "30 06", "30 07", "29 12", "29 12"),
    ],
)  # fmt: skip
def test_each_chair_is_served_at_eight_on_their_own_clock_also_when_clocks_change(
    monday: date, amsterdam: str, milan: str, london: str, new_york: str, montreal: str
) -> None:
    """The table of domain.md 7."""
    chairs = (AMSTERDAM, MILAN, LONDON, NEW_YORK, MONTREAL)
    found = [
        f"{one.at:%d %H}"
        for chair in chairs
        for one in weeks.due(
            world_of(chair),
            is_holiday,
            weeks.begins(monday, chair.zone) - timedelta(seconds=1),
            weeks.begins(monday + weeks.WEEK, chair.zone),
        )
    ]
    assert found == [amsterdam, milan, london, new_york, montreal]


def test_a_week_in_which_the_reader_never_works_has_none() -> None:
    closed = replace(
        world_of(LONDON),
        programme=Programme(
            "P", "Europe/London", closures=((date(2026, 12, 24), date(2027, 1, 3), "Closed"),)
        ),
    )
    assert said(closed, date(2026, 12, 21), 21) == [
        "CHAIR Mon 21 Dec 08:00",
        "CHAIR Mon 04 Jan 08:00",
    ]


@pytest.mark.parametrize(
    ("hours", "settings_", "expected"),
    [
        ((time(10), time(16)), GroupSettings(), "Mon 23 Nov 10:00"),
        ((time(6), time(14)), GroupSettings(), "Mon 23 Nov 08:00"),
        ((time(8), time(18)), GroupSettings(digest_at=time(20)), "Mon 23 Nov 08:00"),
        ((time(8), time(18)), GroupSettings(digest_day=4, digest_at=time(15)), "Fri 27 Nov 15:00"),
        (
            (time(8), time(18)),
            GroupSettings(digest_day=5, digest_at=time(3)),
            "Fri 27 Nov 08:00",
        ),
    ],
)
def test_it_comes_at_the_time_set_within_the_readers_hours_and_days(
    hours: tuple[time, time], settings_: GroupSettings, expected: str
) -> None:
    world = world_of(replace(LONDON, hours=hours), settings=settings_)
    assert said(world, date(2026, 11, 23)) == [f"CHAIR {expected}"]


def test_a_day_that_is_not_worked_ends_no_digest() -> None:
    """A weekend before Good Friday: the last day worked is the Thursday; Saturdays may be."""
    weekend = GroupSettings(digest_day=6)
    assert said(world_of(LONDON, settings=weekend), date(2027, 3, 22)) == ["CHAIR Thu 25 Mar 08:00"]
    on_saturdays = replace(LONDON, workdays=frozenset({0, 5}))
    (one,) = said(world_of(on_saturdays, settings=weekend), date(2026, 11, 23))
    assert one == "CHAIR Sat 28 Nov 08:00"
    early = replace(LONDON, workdays=frozenset({0, 1}))
    friday = world_of(early, settings=GroupSettings(digest_day=4))
    assert said(friday, date(2026, 11, 23)) == ["CHAIR Tue 24 Nov 08:00"]


def test_own_working_days_move_it_within_the_week() -> None:
    world = world_of(replace(LONDON, workdays=frozenset({2, 3})))
    assert said(world, date(2026, 11, 23)) == ["CHAIR Wed 25 Nov 08:00"]


COCHAIR_HERE = replace(NEW_YORK, user=COCHAIR)
COORDINATOR_HERE = replace(LONDON, user=COORDINATOR)


def test_who_is_away_is_stood_in_for_and_served_on_their_return() -> None:
    away = replace(LONDON, away_until=date(2026, 11, 25))
    assert said(world_of(away, COCHAIR_HERE, COORDINATOR_HERE), date(2026, 11, 23)) == [
        "CHAIR Wed 25 Nov 08:00",
        "COCHAIR Mon 23 Nov 13:00",
    ]


def test_who_has_left_is_stood_in_for_by_the_co_chair_else_by_coordinators() -> None:
    gone = replace(LONDON, left=True)
    with_cochair = world_of(gone, COCHAIR_HERE, COORDINATOR_HERE)
    assert said(with_cochair, date(2026, 11, 23)) == ["COCHAIR Mon 23 Nov 13:00"]
    without = world_of(gone, COORDINATOR_HERE, roles=(Role.CHAIR, Role.COORDINATOR))
    assert said(without, date(2026, 11, 23)) == ["COORD Mon 23 Nov 08:00"]
    assert said(world_of(gone), date(2026, 11, 23)) == []


def test_a_group_that_has_ended_has_none() -> None:
    for state in (GroupState.CLOSED, GroupState.MERGED):
        assert said(world_of(LONDON, state=state), date(2026, 11, 23)) == []


def test_each_is_useful_until_the_readers_next_one() -> None:
    """Easter Monday is no working day in London: so until Tuesday."""
    since = datetime(2027, 3, 22, tzinfo=UTC)
    (one,) = weeks.due(world_of(LONDON), is_holiday, since, since + timedelta(days=5))
    assert (one.week, f"{one.until:%a %d %b %H:%M}") == ("2027-W12", "Tue 30 Mar 07:00")
    assert one.key == "digest:models:2027-W12:U0CHAIR"


@given(
    zone=st.sampled_from(ZONES),
    since=st.integers(0, 20 * 365 * 24 * 60).map(lambda n: START + timedelta(minutes=n)),
    days=st.integers(1, 60),
)
@settings(max_examples=60)
def test_anywhere_weeks_end_once_each_on_a_monday_and_none_is_left_out(
    zone: str, since: datetime, days: int
) -> None:
    until = since + timedelta(days=days)
    found = list(weeks.ended(since, until, zone))
    assert all(since < at <= until for _, at in found)
    assert all(local(at, zone).weekday() == 0 for _, at in found)
    mondays = [weeks.monday_of(week) for week, _ in found]
    assert all(later - earlier == weeks.WEEK for earlier, later in pairwise(mondays))
    assert len(found) in (days // 7, days // 7 + 1)
    assert all(weeks.last_week(at, zone)[1] == at for _, at in found)


@given(
    zone=st.sampled_from(ZONES),
    since=st.integers(0, 20 * 365 * 24 * 60).map(lambda n: START + timedelta(minutes=n)),
    cuts=st.lists(st.integers(0, 60 * 24 * 30), max_size=8),
)
@settings(max_examples=60)
def test_anywhere_looking_often_finds_what_looking_once_finds(
    zone: str, since: datetime, cuts: list[int]
) -> None:
    world = world_of(replace(LONDON, zone=zone, country=None))
    end = since + timedelta(days=31)
    moments = [since, *sorted(since + timedelta(minutes=cut) for cut in cuts), end]
    often = [
        one
        for earlier, later in pairwise(moments)
        for one in weeks.due(world, is_holiday, earlier, later)
    ]
    assert often == list(weeks.due(world, is_holiday, since, end))
    assert len({one.key for one in often}) == len(often) in (4, 5)
    assert [one.until for one in often[:-1]] == [one.at for one in often[1:]]
