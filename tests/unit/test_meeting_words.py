"""New meetings out of one line, as chairs type them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.meetings import MeetingKind
from bot.domain.model import Group, GroupKey, Membership, Person, Programme, Role, UserId, World
from bot.domain.recurrence import Rule
from bot.domain.templates import STEERING_CALL
from bot.errors import BadInput, Code
from bot.handlers.meeting_words import read_moment, read_plan
from bot.handlers.reading import Reading
from bot.world import find_zone

MODELS, TRIALS, TARGETS = (GroupKey(key) for key in ("models", "trials", "targets"))
PREFIXES = {MODELS: "EM", TRIALS: "PC", TARGETS: "TR"}
CHAIR = Person(UserId("U0CHAIR01"), "Chair", zone="Europe/Amsterdam")
WORLD = World(
    Programme("Test", "Europe/London"),
    groups={
        key: Group(key, PREFIXES[key], key.capitalize(), key, zone="Europe/London")
        for key in (MODELS, TRIALS, TARGETS)
    },
    people={CHAIR.user: CHAIR},
    memberships=(Membership(CHAIR.user, MODELS, Role.CHAIR),),
)
READING = Reading(datetime(2012, 10, 16, 9, tzinfo=UTC), CHAIR, WORLD, find_zone=find_zone)
HOUR = timedelta(hours=1)


def test_journey_8_is_read_as_it_is_typed() -> None:
    said = read_plan(
        "Endpoints 25 Oct 2012 15:00 for 1h in London every Thursday until 8 Nov with all", READING
    )
    plan = said.plan
    assert (plan.title, plan.groups, plan.kind) == ("Endpoints", (), MeetingKind.CALL)
    assert (plan.day, plan.at, plan.zone) == (date(2012, 10, 25), time(15), "Europe/London")
    assert (plan.length, plan.rule) == (HOUR, Rule(1, 3, None, date(2012, 11, 8)))
    assert said.zone_said


@pytest.mark.parametrize(
    ("typed", "title", "at", "zone"),
    [
        ("Call 25 Oct 15:00", "Call", 15, "Europe/Amsterdam"),
        ("Call 25 Oct 15:00 London", "Call", 15, "Europe/London"),
        ("Call on 25 Oct 15:00 in New York", "Call", 15, "America/New_York"),
        ("Call 25 Oct 5pm in Europe/Rome", "Call", 17, "Europe/Rome"),
        ("Call in London 25 Oct 15:00", "Call", 15, "Europe/London"),
        ("Every voice in Models 25 Oct 15:00", "Every voice in Models", 15, "Europe/Amsterdam"),
        ("Talk with patients 25 Oct 15:00", "Talk with patients", 15, "Europe/Amsterdam"),
    ],
)
def test_the_time_is_of_the_city_named_or_of_who_types(
    typed: str, title: str, at: int, zone: str
) -> None:
    plan = read_plan(typed, READING).plan
    assert (plan.title, plan.day, plan.at.hour, plan.zone) == (
        title,
        date(2012, 10, 25),
        at,
        zone,
    )
    assert plan.groups == (MODELS,)


@pytest.mark.parametrize(
    ("words", "length", "kind"),
    [
        ("", HOUR, MeetingKind.CALL),
        ("for 90 min", HOUR * 1.5, MeetingKind.CALL),
        ("for 1.5 hours", HOUR * 1.5, MeetingKind.CALL),
        ("for 1h30", HOUR * 1.5, MeetingKind.CALL),
        ("for half an hour", HOUR / 2, MeetingKind.CALL),
        ("for 3 days", timedelta(days=2, hours=8), MeetingKind.FACE_TO_FACE),
        ("for 1 day", HOUR * 8, MeetingKind.CALL),
        ("as face to face", HOUR * 8, MeetingKind.FACE_TO_FACE),
        ("for 2h face-to-face", HOUR * 2, MeetingKind.FACE_TO_FACE),
    ],
)
def test_it_lasts_as_long_as_is_said(words: str, length: timedelta, kind: MeetingKind) -> None:
    plan = read_plan(f"Autumn meeting {words} 25 Oct 09:00", READING).plan
    assert (plan.length, plan.kind) == (length, kind)


@pytest.mark.parametrize(
    ("words", "groups"),
    [
        ("with trials", (TRIALS,)),
        ("for trials", (TRIALS,)),
        ("with models and trials", (MODELS, TRIALS)),
        ("with all for 1h", ()),
        ("for 1h", (MODELS,)),
    ],
)
def test_it_is_for_the_groups_named(words: str, groups: tuple[GroupKey, ...]) -> None:
    assert read_plan(f"Call 25 Oct 15:00 {words} every 2 weeks", READING).plan.groups == groups


def test_several_days_away_from_home_keep_the_place() -> None:
    plan = read_plan("Winter meeting 6 Feb 2013 09:00 for 3 days in Milan with all", READING).plan
    assert (plan.zone, plan.place) == ("Europe/Rome", "Milan")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", Code.WRONG_WORDS),
        ("Call", Code.DATE_NEEDED),
        ("Call 25 Oct", Code.TIME_NEEDED),
        ("Call 15 Oct 2012 15:00", Code.DATE_PAST),
        ("Call 12/11/2012 15:00", Code.DATE_AMBIGUOUS),
        ("Call 25 Oct 15:00 every blue moon", Code.RULE_WRONG),
        ("Call 25 Oct 15:00 every week until soon", Code.DATE_UNREADABLE),
        ("Call 31 Mar 2013 01:30 in London", Code.TIME_GAP),
        ("Call 25 Oct 15:00 for 40 days", Code.LENGTH_WRONG),
        ("Call 25 Oct 15:00 for 30h", Code.LENGTH_WRONG),
        ("Call tomorrow 25:00", Code.TIME_NEEDED),
        ("Call 25 Oct 15:00 in Atlantis", Code.ZONE_UNKNOWN),
        ("Call 25 Oct 15:00 with tr", Code.GROUP_WHICH),
    ],
)
def test_what_is_unclear_is_refused(typed: str, code: Code) -> None:
    with pytest.raises(BadInput) as refused:
        read_plan(typed, READING)
    assert refused.value.code is code


def test_a_new_time_is_on_the_meetings_own_clock_unless_another_is_named() -> None:
    for words, at, zone in (
        ("7 Feb 2013 09:00", time(9), "Europe/Rome"),
        ("7 Feb 2013 09:00 London", time(9), "Europe/London"),
        ("7 Feb 2013", None, None),
    ):
        when = read_moment(words, READING, "Europe/Rome")
        assert (when.day, when.time, when.zone) == (date(2013, 2, 7), at, zone)
    with pytest.raises(BadInput) as refused:
        read_moment("31 Mar 2013 02:30", READING, "Europe/Rome")
    assert (refused.value.code, refused.value.typed) == (Code.TIME_GAP, "31 Mar 2013 02:30")


def test_in_the_channel_of_a_group_it_is_that_groups() -> None:
    there = replace(READING, here=WORLD.groups[TRIALS])
    assert read_plan("Call 25 Oct 15:00", there).plan.groups == (TRIALS,)


@pytest.mark.parametrize("words", ["as steering", "as a steering call", "as Steering"])
def test_a_steering_call_is_prepared_as_one(words: str) -> None:
    plan = read_plan(f"Board {words} 25 Oct 15:00 with all", READING).plan
    assert (plan.template, plan.title, plan.groups) == (STEERING_CALL, "Board", ())
    assert read_plan("Steering board 25 Oct 15:00 with all", READING).plan.template is None


def test_a_steering_call_is_of_all_groups_unless_planned_in_the_channel_of_one() -> None:
    assert read_plan("Board 25 Oct 15:00 as steering", READING).plan.groups == ()
    there = replace(READING, here=WORLD.groups[TRIALS])
    assert read_plan("Board 25 Oct 15:00 as steering", there).plan.groups == (TRIALS,)


def test_a_rule_that_no_month_has_is_not_taken_for_a_date() -> None:
    with pytest.raises(BadInput) as refused:
        read_plan("Call 25 Oct 15:00 every month on the fifth Thursday", READING)
    assert refused.value.code is Code.RULE_WRONG
    assert refused.value.typed.startswith("every month on the fifth")


@pytest.mark.parametrize(
    "typed",
    [
        "Third 18 Dec 10:00 every 2 weeks in London until 1 Mar",
        "Third every 2 weeks 18 Dec 10:00 in London until 1 Mar",
        "Third until 1 Mar 18 Dec 10:00 in London every 2 weeks",
    ],
)
def test_a_series_and_its_end_are_read_in_any_order(typed: str) -> None:
    plan = read_plan(typed, READING).plan
    assert (plan.title, plan.day, plan.at) == ("Third", date(2012, 12, 18), time(10))
    assert plan.rule == Rule(2, until=date(2013, 3, 1))


def test_what_is_no_time_of_the_day_is_named() -> None:
    with pytest.raises(BadInput) as refused:
        read_plan("Call tomorrow 25:00", READING)
    assert refused.value.typed == "25:00"
