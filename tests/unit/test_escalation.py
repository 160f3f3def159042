"""Who is told of what stays overdue, on which working day, and what makes the count begin anew."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.escalation import Late, acknowledged, last_day, of_item, steps
from bot.domain.items import Answer, Assignment, Due, Item, ItemState, Note
from bot.domain.model import (
    Group,
    GroupKey,
    GroupSettings,
    ItemId,
    Membership,
    Person,
    Programme,
    Ref,
    Role,
    UserId,
    World,
)
from bot.domain.notices import ESCALATE, Holiday, said_before
from bot.world import is_holiday

MODELS, TRIALS = GroupKey("models"), GroupKey("trials")
GROUP = Group(MODELS, "EM", "Models", "Experimental Models", zone="Europe/London")
OWNER, PEER, CHAIR, COCHAIR, COORDINATOR, DEPUTY, OTHER_CHAIR = (
    UserId(f"U0{name}")
    for name in ("OWNER", "PEER", "CHAIR", "COCHAIR", "COORD", "DEPUTY", "OTHER")
)
ZONES = {
    OWNER: "Europe/London", PEER: "Europe/Rome", CHAIR: "Europe/Amsterdam",
    COCHAIR: "America/Edmonton", COORDINATOR: "Europe/London", DEPUTY: "Asia/Kolkata",
    OTHER_CHAIR: "Pacific/Auckland",
}  # fmt: skip
ROLES = (
    Membership(OWNER, MODELS, Role.MEMBER),
    Membership(CHAIR, MODELS, Role.CHAIR),
    Membership(COCHAIR, MODELS, Role.COCHAIR),
    Membership(OTHER_CHAIR, TRIALS, Role.CHAIR),
    Membership(COORDINATOR, None, Role.COORDINATOR),
)
ADDED = datetime(2026, 11, 2, 9, tzinfo=UTC)
DUE = date(2026, 12, 4)
LATE = Late("item:2", Ref("EM-2"), DUE, (OWNER,), (MODELS,), ADDED)


def no_holiday(day: date, country: str | None, region: str | None) -> bool:
    return False


def world(*more: Membership, without: tuple[UserId, ...] = (), **people: dict[str, Any]) -> World:
    """`people`: what is different of them, by the name of their id."""
    known = {user: Person(user, user, zone=zone) for user, zone in ZONES.items()}
    for name, facts in people.items():
        user = UserId(f"U0{name}")
        known[user] = replace(known[user], **facts)
    return World(
        Programme("Programme", "Europe/London", "GB", "ENG"),
        {MODELS: GROUP},
        known,
        tuple(m for m in (*ROLES, *more) if m.user not in without),
    )


def told(
    late: Late = LATE,
    there: World | None = None,
    holiday: Holiday = no_holiday,
    chair_after: int = 10,
    coordinator_after: int = 15,
) -> list[str]:
    """`step day hour who`, on the clock of who is told, in the order of time."""
    settings = GroupSettings(chair_after=chair_after, coordinator_after=coordinator_after)
    group = replace(GROUP, settings=settings)
    found = sorted(steps(late, group, there or world(), holiday), key=lambda n: (n.at, n.to))
    assert {notice.kind for notice in found} <= {ESCALATE}
    return [
        f"{n.step} {n.at.astimezone(ZoneInfo(ZONES[n.to])):%a %d %b %H:%M} {n.to[2:]}"
        for n in found
    ]


USUAL = ["+10wd Fri 18 Dec 09:00 CHAIR", "+15wd Fri 25 Dec 09:00 COORD"]


def test_ten_working_days_on_the_chair_is_told_and_after_fifteen_the_coordinator() -> None:
    assert told() == USUAL


def test_a_notice_is_useful_for_its_day_and_three_working_days() -> None:
    first = steps(LATE, GROUP, world(), no_holiday)[0]
    assert first.key == "item:2:escalate:+10wd:2026-12-18:U0CHAIR"
    assert (first.until - first.at).days == 5


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"blocked": True}, "blocked"),
        ({"confirmed": False}, "never accepted"),
        ({"owners": ()}, "without an owner"),
        ({"owners": (UserId("U0NOBODY"),)}, "of nobody known"),
    ],
)
def test_nobody_is_told_of_what_nobody_can_be_chased_for(facts: dict[str, Any], why: str) -> None:
    assert told(replace(LATE, **facts)) == [], why


@pytest.mark.parametrize("gone", [{"left": True}, {"bot": True}])
def test_nobody_is_told_of_what_is_with_who_is_gone(gone: dict[str, Any]) -> None:
    assert told(there=world(OWNER=gone)) == []


@pytest.mark.parametrize(
    ("chair_after", "coordinator_after", "expected"),
    [
        (3, 15, ["+3wd Wed 09 Dec 09:00 CHAIR", USUAL[1]]),
        (0, 15, USUAL[1:]),
        (10, 0, USUAL[:1]),
        (0, 0, []),
    ],
)
def test_a_group_sets_its_own_days_and_leaves_steps_out(
    chair_after: int, coordinator_after: int, expected: list[str]
) -> None:
    assert told(chair_after=chair_after, coordinator_after=coordinator_after) == expected


def test_without_settings_of_a_group_the_usual_ones_count() -> None:
    found = steps(replace(LATE, groups=()), None, world(), no_holiday)
    assert [(n.step, n.to) for n in found] == [("+10wd", COORDINATOR)]


def test_working_days_are_the_only_owners_holidays_and_week_among_them() -> None:
    """Christmas Day and Boxing Day's substitute in England; then Sunday to Thursday."""
    owner = {"country": "GB", "region": "ENG"}
    there = world(OWNER=owner)
    assert told(there=there, holiday=is_holiday)[1] == "+15wd Tue 29 Dec 09:00 COORD"
    part = world(OWNER={"workdays": frozenset({0, 1})})
    assert told(there=part, chair_after=2)[0] == "+2wd Tue 08 Dec 09:00 CHAIR"


def test_of_several_owners_the_programmes_working_days_count() -> None:
    shared = replace(LATE, owners=(OWNER, PEER))
    part = world(OWNER={"workdays": frozenset({0})})
    assert told(shared, part) == USUAL
    assert told(shared, part, is_holiday)[1] == "+15wd Tue 29 Dec 09:00 COORD"


def test_days_on_which_the_owner_is_away_or_all_is_closed_do_not_count() -> None:
    away = world(OWNER={"away_until": date(2026, 12, 14)})
    assert told(there=away)[0] == "+10wd Fri 25 Dec 09:00 CHAIR"
    there = world()
    closed = replace(there.programme, closures=((date(2026, 12, 7), date(2026, 12, 11), "week"),))
    assert told(there=replace(there, programme=closed))[0] == "+10wd Fri 25 Dec 09:00 CHAIR"


def test_it_is_said_in_the_morning_of_who_is_told_on_a_working_day_of_theirs() -> None:
    """Friday 18 December is no working day of a chair who works from Sunday to Thursday."""
    there = world(CHAIR={"workdays": frozenset({6, 0, 1, 2, 3}), "hours": (time(11), time(16))})
    assert told(there=there)[0] == "+10wd Sun 20 Dec 11:00 CHAIR"


def test_the_co_chair_stands_in_for_a_chair_who_is_away() -> None:
    away = world(CHAIR={"away_until": date(2026, 12, 21)})
    assert told(there=away)[0] == "+10wd Fri 18 Dec 09:00 COCHAIR"
    back = world(CHAIR={"away_until": date(2026, 12, 18)})
    assert told(there=back)[0] == USUAL[0]


def test_a_group_without_anybody_in_charge_is_a_matter_of_the_coordinators() -> None:
    there = world(without=(CHAIR, COCHAIR))
    assert told(there=there) == ["+10wd Fri 18 Dec 09:00 COORD"]


def test_when_all_are_away_the_chair_hears_it_when_back() -> None:
    away = {"away_until": date(2027, 1, 11)}
    there = world(CHAIR=away, COCHAIR=away, COORD=away)
    assert told(there=there) == ["+10wd Mon 11 Jan 09:00 CHAIR", "+15wd Mon 11 Jan 09:00 COORD"]
    assert last_day(LATE, GROUP, there) >= date(2027, 1, 11)


def test_of_several_chairs_each_is_told() -> None:
    there = world(Membership(PEER, MODELS, Role.CHAIR))
    expected = ["+10wd Fri 18 Dec 09:00 CHAIR", "+10wd Fri 18 Dec 09:00 PEER", USUAL[1]]
    assert told(there=there) == expected


def test_of_several_groups_the_chairs_of_each_are_told() -> None:
    both = replace(LATE, groups=(MODELS, TRIALS))
    assert told(both) == ["+10wd Fri 18 Dec 09:00 OTHER", *USUAL]
    own = replace(both, owners=(CHAIR,))
    assert told(own) == ["+10wd Fri 18 Dec 09:00 OTHER", USUAL[1]]


def test_a_chairs_own_goes_to_the_coordinators_be_there_another_chair() -> None:
    there = world(Membership(PEER, MODELS, Role.CHAIR))
    own = replace(LATE, owners=(CHAIR,))
    assert told(own, there) == ["+10wd Fri 18 Dec 09:00 COORD"]


@pytest.mark.parametrize("owner", [COCHAIR, COORDINATOR])
def test_nobody_is_told_of_their_own(owner: UserId) -> None:
    own = replace(LATE, owners=(owner,))
    away = world(CHAIR={"away_until": date(2027, 2, 1)})
    for lines in (told(own), told(own, away)):
        assert lines
        assert all(owner[2:] not in line for line in lines)


def test_who_is_chair_and_coordinator_is_told_once() -> None:
    both = world(
        Membership(CHAIR, None, Role.COORDINATOR), Membership(DEPUTY, None, Role.COORDINATOR)
    )
    assert told(there=both) == [USUAL[0], "+15wd Fri 25 Dec 09:00 DEPUTY", USUAL[1]]
    assert "+15wd Fri 25 Dec 09:00 CHAIR" in told(there=both, chair_after=0)


def test_two_steps_of_one_day_are_one() -> None:
    own = replace(LATE, owners=(CHAIR,))
    assert told(own, chair_after=10, coordinator_after=10) == ["+10wd Fri 18 Dec 09:00 COORD"]
    there = world(COORD={"away_until": date(2027, 1, 4)})
    assert told(own, there) == ["+10wd Mon 04 Jan 09:00 COORD"]


def test_a_word_from_an_owner_makes_the_count_begin_anew_that_day() -> None:
    """On Wednesday 16 December; its own steps are counted from there."""
    heard = replace(LATE, acknowledged_at=datetime(2026, 12, 16, 12, tzinfo=UTC))
    assert told(heard) == ["+10wd Wed 30 Dec 09:00 CHAIR", "+15wd Wed 06 Jan 09:00 COORD"]


def test_nothing_that_fell_due_before_date_or_owners_were_set_is_said_afterwards() -> None:
    given = replace(LATE, set_at=datetime(2026, 12, 18, 10, tzinfo=UTC))
    assert told(given) == USUAL[1:]


def item(**changes: Any) -> Item:
    mine = Assignment(OWNER, OWNER, ADDED, Answer.ACCEPTED, ADDED)
    usual: dict[str, Any] = {
        "id": ItemId(2), "ref": Ref("EM-2"), "group": MODELS, "text": "Draft",
        "due": Due(DUE), "first_due": DUE, "created_at": ADDED, "created_by": OWNER,
        "set_at": ADDED, "assignments": (mine,),
    }  # fmt: skip
    return Item(**(usual | changes))


ON_TIME, AFTER = datetime(2026, 12, 4, 23, 59, tzinfo=UTC), datetime(2026, 12, 5, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "heard"),
    [
        ({}, None),
        ({"notes": (Note(OWNER, AFTER, "Nearly"),)}, AFTER),
        ({"notes": (Note(OWNER, ON_TIME, "Nearly"),)}, None),
        ({"notes": (Note(CHAIR, AFTER, "I asked"),)}, AFTER),
        ({"notes": (Note(COCHAIR, AFTER, "I asked"),)}, AFTER),
        ({"notes": (Note(PEER, AFTER, "Any news?"),)}, None),
        ({"notes": (Note(COORDINATOR, AFTER, "Any news?"),)}, None),
        ({"state": ItemState.IN_PROGRESS, "state_since": AFTER}, AFTER),
        ({"state": ItemState.IN_PROGRESS, "state_since": ON_TIME}, None),
        ({"state": ItemState.OPEN, "state_since": AFTER}, AFTER),
        ({"assignments": (Assignment(OWNER, CHAIR, ADDED, Answer.ACCEPTED, AFTER),)}, AFTER),
    ],
)
def test_what_counts_as_a_word_after_the_due_day(
    changes: dict[str, Any], heard: datetime | None
) -> None:
    assert acknowledged(item(**changes), GROUP, world()) == heard


def test_the_last_word_is_what_counts() -> None:
    later = AFTER + timedelta(days=3)
    notes = (Note(CHAIR, later, "Still?"), Note(OWNER, AFTER, "Nearly"))
    assert acknowledged(item(notes=notes), GROUP, world()) == later


def test_an_action_is_as_late_as_its_owners_answers_and_state_say() -> None:
    assert of_item(item(), GROUP, world()) == LATE
    asked = item(assignments=(Assignment(OWNER, CHAIR, ADDED),))
    assert not of_item(asked, GROUP, world()).confirmed
    assert of_item(item(state=ItemState.BLOCKED), GROUP, world()).blocked


@pytest.mark.parametrize("chair_after", [12, 5])
def test_the_step_to_a_person_stays_the_same_after_however_many_days(
    chair_after: int,
) -> None:
    old = steps(LATE, GROUP, world(), no_holiday)
    said = frozenset({old[0].key})
    changed = replace(GROUP, settings=GroupSettings(chair_after=chair_after, coordinator_after=20))
    new = steps(LATE, changed, world(), no_holiday)
    unsaid = list(said_before(old, new, said, datetime(2026, 12, 21, tzinfo=UTC)))
    assert [n.to for n in unsaid] == [CHAIR]
