"""When a deadline is reminded of, to whom, and who is told that it stays overdue."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.deadline_notices import for_deadline, may_be_due
from bot.domain.deadlines import Deadline, DeadlineId, Kind, Stage
from bot.domain.items import Quiet
from bot.domain.model import (
    Group,
    GroupKey,
    GroupSettings,
    Membership,
    Person,
    Programme,
    Ref,
    Role,
    UserId,
    World,
)
from bot.world import is_holiday

MODELS, TRIALS = GroupKey("models"), GroupKey("trials")
CHAIR, COCHAIR, COORD = UserId("U0CHAIR"), UserId("U0COCHAIR"), UserId("U0COORD")
OTHER = UserId("U0OTHER")
PEOPLE = (
    Person(CHAIR, "Chair", zone="Europe/Amsterdam", country="NL"),
    Person(COCHAIR, "Co-chair", zone="America/Edmonton", country="CA", region="AB"),
    Person(COORD, "Coordinator", zone="Europe/London", country="GB", region="ENG"),
    Person(OTHER, "Other chair", zone="Europe/Rome", country="IT"),
)
LADDER = ["-28d", "-14d", "-7d", "-2d", "0d", "1d", "7d"]


def world(*changed: Person, closures: tuple[tuple[date, date, str], ...] = ()) -> World:
    people = {person.user: person for person in (*PEOPLE, *changed)}
    groups = (
        Group(MODELS, "EM", "Models", "Models", zone="Europe/London"),
        Group(TRIALS, "PC", "Trials", "Trials", zone="Europe/London"),
    )
    roles = (
        Membership(CHAIR, MODELS, Role.CHAIR),
        Membership(COCHAIR, MODELS, Role.COCHAIR),
        Membership(OTHER, TRIALS, Role.CHAIR),
        Membership(COORD, None, Role.COORDINATOR),
    )
    programme = Programme("Programme", "Europe/London", "GB", "ENG", closures=closures)
    return World(programme, {group.key: group for group in groups}, people, roles)


def deadline(due: date, created: date = date(2026, 9, 1)) -> Deadline:
    """Of Models, its chair's."""
    at = datetime.combine(created, time(12), UTC)
    return Deadline(
        id=DeadlineId(4), ref=Ref("DL-4"), kind=Kind.MILESTONE, text="Letter",
        due=due, first_due=due, created_at=at, created_by=COORD, set_at=at, groups=(MODELS,),
        owner=CHAIR,
    )  # fmt: skip


def said(due: Deadline, there: World | None = None, to: UserId | None = None) -> list[str]:
    """`step day hour` of every notice, in the reader's own time; others than the owner named."""
    there = there or world()
    found = sorted(for_deadline(due, there, is_holiday), key=lambda n: (n.at, n.to))
    return [
        f"{n.step} {n.at.astimezone(ZoneInfo(there.people[n.to].zone)):%a %d %b %H:%M}"
        for n in found
        if to in (None, n.to)
    ]


def steps(told: Iterable[str]) -> list[str]:
    return [one.partition(" ")[0] for one in told]


def test_the_ladder_of_a_deadline_known_long_before() -> None:
    """Domain.md 5: T-28, T-14, T-7, T-2, the day, +1 and +7; the coordinator after it."""
    assert said(deadline(date(2026, 12, 3)), to=CHAIR) == [
        "-28d Thu 05 Nov 09:00",
        "-14d Thu 19 Nov 09:00",
        "-7d Thu 26 Nov 09:00",
        "-2d Tue 01 Dec 09:00",
        "0d Thu 03 Dec 09:00",
        "1d Fri 04 Dec 09:00",
        "7d Thu 10 Dec 09:00",
    ]


@pytest.mark.parametrize(("days", "first"), [(32, "-28d"), (31, "-14d"), (17, "-7d"), (10, "-2d")])
def test_no_early_reminder_of_what_was_noted_shortly_before_it(days: int, first: str) -> None:
    due = date(2026, 12, 3)
    assert said(deadline(due, due - timedelta(days=days)), to=CHAIR)[0].startswith(first)


def test_who_is_back_on_a_day_off_that_it_is_due_on_hears_on_the_next_working_day() -> None:
    back = date(2026, 12, 5)  # a Saturday
    there = world(replace(PEOPLE[0], away_until=back))
    assert said(deadline(back), there, CHAIR)[-2:] == ["1d Mon 07 Dec 09:00", "7d Mon 14 Dec 09:00"]


def test_a_group_sets_which_days_and_one_for_all_groups_has_the_usual_ones() -> None:
    there, due = world(), deadline(date(2026, 12, 3))
    own = GroupSettings(warn_before=(21,), remind_before=(7, 3), remind_after=(2,))
    there.groups[MODELS] = replace(there.groups[MODELS], settings=own)
    told = said(replace(due, groups=(MODELS, TRIALS)), there, CHAIR)
    assert steps(told) == ["-21d", "-7d", "-3d", "0d", "2d"]
    assert steps(said(replace(due, groups=()), there, CHAIR)) == LADDER


def test_steps_roll_back_before_the_due_day_and_forward_after_it_and_merge_there() -> None:
    """Due Sunday 6 December, and so were the days of all steps but one."""
    assert said(deadline(date(2026, 12, 6)), to=CHAIR) == [
        "-28d Fri 06 Nov 09:00",
        "-14d Fri 20 Nov 09:00",
        "-7d Fri 27 Nov 09:00",
        "0d Fri 04 Dec 09:00",
        "1d Mon 07 Dec 09:00",
        "7d Mon 14 Dec 09:00",
    ]


def test_holidays_of_the_owner_and_closures_of_the_programme_are_no_days_for_it() -> None:
    """Boxing Day is one in Amsterdam; the day of T-2 lies in the closure."""
    closed = (date(2026, 12, 21), date(2026, 12, 28), "Year-end closure")
    told = said(deadline(date(2026, 12, 25)), world(closures=(closed,)), CHAIR)
    assert told[2:] == ["0d Fri 18 Dec 09:00", "1d Tue 29 Dec 09:00", "7d Mon 04 Jan 09:00"]


def test_who_is_away_hears_on_the_first_working_day_back() -> None:
    away = replace(PEOPLE[0], away_until=date(2026, 12, 5))
    assert said(deadline(date(2026, 12, 3)), world(away), CHAIR) == [
        "1d Mon 07 Dec 09:00",
        "7d Thu 10 Dec 09:00",
    ]


def test_the_owners_morning_counts_wherever_they_are() -> None:
    calgary = replace(deadline(date(2026, 12, 3)), owner=COCHAIR)
    at = next(n.at for n in for_deadline(calgary, world(), is_holiday) if n.step == "0d")
    assert at == datetime(2026, 12, 3, 15, tzinfo=UTC)


def test_one_without_an_owner_is_minded_by_who_is_in_charge() -> None:
    unowned = replace(deadline(date(2026, 12, 3)), owner=None)
    assert steps(said(unowned, to=CHAIR)) == LADDER
    assert said(unowned, to=COCHAIR) == said(unowned, to=COORD) == []


def test_an_owner_who_has_left_is_as_none() -> None:
    gone = replace(PEOPLE[1], left=True)
    left = replace(deadline(date(2026, 12, 3)), owner=COCHAIR)
    assert steps(said(left, world(gone), CHAIR)) == LADDER


def test_while_the_chair_is_away_the_cochair_minds_it() -> None:
    unowned = replace(deadline(date(2026, 12, 3)), owner=None)
    there = world(replace(PEOPLE[0], away_until=date(2026, 12, 2)))
    assert steps(said(unowned, there, COCHAIR)) == ["-28d", "-14d", "-7d", "-2d"]
    assert steps(said(unowned, there, CHAIR)) == ["0d", "1d", "7d"]


def test_of_several_groups_each_in_charge_hears_it_once() -> None:
    there = world()
    both = replace(deadline(date(2026, 12, 3)), owner=None, groups=(MODELS, TRIALS))
    assert steps(said(both, there, CHAIR)) == steps(said(both, there, OTHER)) == LADDER
    same = replace(there, memberships=(Membership(CHAIR, MODELS, Role.CHAIR),
                                       Membership(CHAIR, TRIALS, Role.CHAIR)))  # fmt: skip
    assert steps(said(both, same)) == LADDER


def test_one_for_all_groups_without_an_owner_is_the_coordinators() -> None:
    shared = replace(deadline(date(2026, 12, 3)), owner=None, groups=())
    assert steps(said(shared)) == steps(said(shared, to=COORD)) == LADDER


def test_nothing_is_said_of_the_past_of_a_new_date_nor_of_what_is_met() -> None:
    due = deadline(date(2026, 12, 3))
    moved = replace(due, set_at=datetime(2026, 11, 27, 12, tzinfo=UTC))
    assert steps(said(moved, to=CHAIR)) == ["-2d", "0d", "1d", "7d"]
    assert for_deadline(replace(due, stage=Stage.MET), world(), is_holiday) == ()


def test_who_muted_it_hears_nothing_and_who_put_it_off_hears_then() -> None:
    due = deadline(date(2026, 12, 3))
    assert said(replace(due, quiet=(Quiet(CHAIR),)), to=CHAIR) == []
    later = replace(due, quiet=(Quiet(CHAIR, date(2026, 12, 5)),))
    assert said(later, to=CHAIR) == ["again Mon 07 Dec 09:00", "7d Thu 10 Dec 09:00"]


def test_what_stays_overdue_is_told_to_chair_and_coordinator_unless_somebody_is_at_it() -> None:
    due = replace(deadline(date(2026, 12, 3)), owner=COCHAIR)
    assert steps(said(due, to=CHAIR)) == ["+10wd"]
    assert steps(said(due, to=COORD)) == ["+15wd"]
    at = datetime(2026, 12, 9, 12, tzinfo=UTC)
    heard = replace(due, updated_at=at, updated_by=COCHAIR)
    assert said(heard, to=CHAIR) == ["+10wd Wed 23 Dec 09:00"]
    assert said(replace(heard, updated_by=COORD), to=CHAIR) == said(due, to=CHAIR)


def test_only_long_before_its_first_day_it_is_not_worth_a_look() -> None:
    due, there = deadline(date(2026, 12, 3)), world()
    first = min(n.at for n in for_deadline(due, there, is_holiday))
    assert may_be_due(due, there, first)
    assert not may_be_due(due, there, first - timedelta(days=60))
