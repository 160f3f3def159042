"""How groups stand and what their chairs decide: each rule at its edge."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.days import WEEKDAYS
from bot.domain.deadlines import Deadline, DeadlineId, Kind
from bot.domain.deciding import to_decide
from bot.domain.items import ItemState
from bot.domain.knock_on import Delay
from bot.domain.meetings import MeetingState
from bot.domain.model import GroupKey, GroupSettings, Ref, UserId
from bot.domain.state import (
    Cause,
    Facts,
    Judged,
    Needed,
    Outline,
    Reason,
    Remark,
    Sign,
    Standing,
    Why,
    judged,
    status,
)
from tests.unit.homes import AGENDA, MEETING
from tests.unit.screens import TARGETS

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = SUNDAY.date()
LONDON = replace(TARGETS, zone="Europe/London")
OWNER = (UserId("U0OWNER1"),)
LATE, LOOK, ON_TRACK = Standing.LATE, Standing.LOOK, Standing.ON_TRACK


FAR = Delay(date(2027, 2, 3), (Ref("OM-3"), Ref("PC-2")))


def outline(**facts: Any) -> Outline:
    usual: dict[str, Any] = {
        "ref": Ref("EM-1"),
        "group": GroupKey("models"),
        "due_day": date(2026, 12, 4),
        "state": ItemState.OPEN,
        "state_since": SUNDAY,
        "owners": OWNER,
    }
    return Outline(**{**usual, **facts})


def overdue(days: int, number: int = 1) -> Outline:
    return outline(ref=Ref(f"EM-{number}"), due_day=TODAY - timedelta(days))


def deadline(days: int, *needs: str, number: int = 4) -> Deadline:
    """Due so many days from today."""
    due = TODAY + timedelta(days)
    ref, refs = Ref(f"DL-{number}"), tuple(map(Ref, needs))
    made = (SUNDAY, OWNER[0], SUNDAY)
    facts = (DeadlineId(number), ref, Kind.MILESTONE, "Report", due, due, *made)
    return replace(Deadline(*facts), needs=refs)


def facts(*items: Outline, **more: Any) -> Facts:
    return Facts(TARGETS, SUNDAY, items, **more)


@pytest.mark.parametrize(("late", "standing"), [(0, ON_TRACK), (1, LOOK), (7, LOOK), (8, LATE)])
def test_up_to_seven_days_late_is_a_look_and_more_is_late(late: int, standing: Standing) -> None:
    for found, reason, ref in (
        (facts(overdue(late), outline(ref=Ref("EM-2"))), Reason.ACTION, "EM-1"),
        (facts(deadlines=(deadline(-late), deadline(30))), Reason.DEADLINE, "DL-4"),
    ):
        because = (Cause(standing, reason, Ref(ref), late),) if late else ()
        assert judged(found) == Judged(standing, because)


def test_the_reasons_are_the_worst_first_and_the_longest_overdue() -> None:
    late = [overdue(days, days) for days in (1, 9, 3)]
    found = judged(facts(*late, deadlines=(deadline(-8),)))
    assert [(cause.ref, cause.days) for cause in found.because] == [
        ("EM-9", 9), ("DL-4", 8), ("EM-3", 3), ("EM-1", 1),
    ]  # fmt: skip
    assert found.standing is LATE


def test_a_day_is_over_where_the_group_is() -> None:
    late_there = replace(TARGETS, zone="Pacific/Kiritimati")
    today = outline(due_day=TODAY)
    assert judged(Facts(TARGETS, SUNDAY, (today,))).standing is ON_TRACK
    assert judged(Facts(late_there, SUNDAY, (today,))).standing is LOOK


def test_without_open_actions_a_group_is_on_track_and_without_any_unknown() -> None:
    assert judged(facts()).standing is ON_TRACK
    assert judged(facts(known=False)) == Judged(Standing.NO_DATA)


OPEN_NEED = Needed(TODAY + timedelta(3))


@pytest.mark.parametrize(
    ("need", "days", "reason"),
    [
        (OPEN_NEED, 7, None),
        (replace(OPEN_NEED, overdue=True), 8, None),
        (replace(OPEN_NEED, overdue=True), 7, Reason.NEEDS_OVERDUE),
        (replace(OPEN_NEED, blocked=True), 7, Reason.NEEDS_BLOCKED),
        (replace(OPEN_NEED, due=TODAY + timedelta(7)), 7, None),
        (replace(OPEN_NEED, due=TODAY + timedelta(8)), 7, Reason.NEEDS_LATER),
        (None, 7, None),
    ],
)
def test_what_a_near_deadline_needs_makes_it_late(
    need: Needed | None, days: int, reason: Reason | None
) -> None:
    needed = {Ref("PC-2"): need} if need else {}
    found = judged(facts(deadlines=(deadline(days, "PC-1", "PC-2"),), needed=needed))
    because = (Cause(LATE, reason, Ref("DL-4"), about="PC-2"),) if reason else ()
    assert found == Judged(LATE if reason else ON_TRACK, because)


def test_an_overdue_deadline_that_needs_something_overdue_is_late_at_once() -> None:
    needed = {
        Ref("PC-1"): replace(OPEN_NEED, blocked=True),
        Ref("PC-2"): replace(OPEN_NEED, overdue=True),
    }
    found = judged(facts(deadlines=(deadline(-1, "PC-1", "PC-2"),), needed=needed))
    assert found.because == (
        Cause(LATE, Reason.NEEDS_OVERDUE, Ref("DL-4"), about="PC-2"),
        Cause(LOOK, Reason.DEADLINE, Ref("DL-4"), 1),
    )


@pytest.mark.parametrize(
    ("meeting", "item", "days"),
    [
        ({}, {}, 2),
        ({}, {"due": TODAY}, 0),
        ({}, {"required": False}, 0),
        ({"state": MeetingState.HELD}, {}, 0),
        ({"start_day": date(2026, 11, 20), "end_day": date(2026, 11, 20)}, {}, 0),
        ({"start_day": date(2026, 11, 19), "end_day": date(2026, 11, 19)}, {}, 2),
    ],
)
def test_required_preparation_past_its_date_is_a_look_until_it_is_moot(
    meeting: dict[str, Any], item: dict[str, Any], days: int
) -> None:
    lacking = replace(AGENDA, **{"required": True, "key": "draft-agenda", **item})
    found = judged(facts(unprepared=((replace(MEETING, **meeting), lacking),)))
    cause = Cause(LOOK, Reason.PREPARATION, Ref("MT-15"), days, "draft-agenda")
    assert found == (Judged(LOOK, (cause,)) if days else Judged(ON_TRACK))


def test_remarks_colour_nothing() -> None:
    days = SUNDAY - timedelta(days=4)
    found = status(
        facts(
            outline(state=ItemState.BLOCKED, state_since=days),
            outline(ref=Ref("EM-2"), owners=()),
            outline(ref=Ref("EM-3"), needs=(Ref("PC-1"), Ref("PC-2"))),
            needed={Ref("PC-1"): OPEN_NEED, Ref("PC-2"): replace(OPEN_NEED, overdue=True)},
            changed=SUNDAY - timedelta(days=15),
            deadlines=(deadline(9), deadline(12, number=7)),
            delays={Ref("DL-7"): FAR},
        )
    )
    assert found.judged == Judged(ON_TRACK)
    assert found.remarks == (
        Remark(Sign.IMPOSSIBLE, Ref("DL-7"), delay=FAR),
        Remark(Sign.BLOCKED, Ref("EM-1"), 4),
        Remark(Sign.UNOWNED, Ref("EM-2")),
        Remark(Sign.WAITS, Ref("EM-3"), about="PC-2"),
        Remark(Sign.NO_MEETING),
        Remark(Sign.SILENT, days=15),
    )
    assert (found.open, found.overdue, found.blocked, found.unowned) == (3, 0, 1, 1)


def test_nothing_is_remarked_where_all_is_well() -> None:
    yesterday = SUNDAY - timedelta(days=14)
    assert status(facts(outline(), meeting=MEETING, changed=yesterday)).remarks == ()
    assert status(facts(meeting=MEETING, changed=SUNDAY - timedelta(days=99))).remarks == ()


def test_the_next_deadline_is_the_one_due_first_be_it_late() -> None:
    found = [status(facts(deadlines=(deadline(9), deadline(days)))) for days in (-1, 0)]
    assert [one.deadline_late for one in found] == [1, 0]
    first, second = deadline(-3, number=7), deadline(2, number=2)
    assert status(facts(deadlines=(second, first))).deadline == first
    assert status(facts()).deadline is None


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, None),
        ({"owners": ()}, Why.UNOWNED),
        ({"due_day": date(2026, 11, 17)}, Why.OVERDUE),
        ({"due_day": date(2026, 11, 18)}, None),
        ({"asked_since": datetime(2026, 11, 17, 9, tzinfo=UTC)}, Why.SILENT),
        ({"asked_since": datetime(2026, 11, 18, 9, tzinfo=UTC)}, None),
        ({"state": ItemState.BLOCKED, "state_since": SUNDAY - timedelta(days=7)}, None),
        ({"state": ItemState.BLOCKED, "state_since": SUNDAY - timedelta(days=8)}, Why.BLOCKED),
        ({"state_since": SUNDAY - timedelta(days=8)}, None),
        ({"moves": 2}, None),
        ({"moves": 3}, Why.MOVED),
    ],
)
def test_what_waits_for_the_chair(given: dict[str, Any], why: Why | None) -> None:
    expected = ((Ref("EM-1"), why),) if why else ()
    assert to_decide([outline(**given)], LONDON, SUNDAY, WEEKDAYS) == expected


@pytest.mark.parametrize(("wait", "asked"), [(2, True), (3, False), (0, False)])
def test_a_group_sets_after_how_many_working_days_its_chair_is_asked(
    wait: int, asked: bool
) -> None:
    group = replace(LONDON, settings=GroupSettings(decide_after=wait))
    late = outline(due_day=date(2026, 11, 18))
    assert bool(to_decide([late], group, SUNDAY, WEEKDAYS)) is asked
    old = outline(due_day=date(2025, 11, 18))
    assert bool(to_decide([old], group, SUNDAY, WEEKDAYS)) is bool(wait)


def test_what_was_due_first_is_decided_first() -> None:
    due = [TODAY - timedelta(days=n) for n in (10, 30, 20)]
    found = [outline(ref=Ref(f"EM-{n}"), due_day=day) for n, day in enumerate(due)]
    decided = to_decide(found, LONDON, SUNDAY, WEEKDAYS)
    assert [ref for ref, _ in decided] == ["EM-1", "EM-2", "EM-0"]
