"""How groups stand and what their chairs decide: each rule at its edge."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.days import WEEKDAYS
from bot.domain.items import ItemState
from bot.domain.model import GroupKey, Ref, UserId
from bot.domain.state import Judged, Outline, Standing, Why, judged, to_decide

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = SUNDAY.date()
OWNER = (UserId("U0OWNER1"),)


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


@pytest.mark.parametrize(
    ("late", "standing"),
    [(0, Standing.ON_TRACK), (1, Standing.LOOK), (7, Standing.LOOK), (8, Standing.LATE)],
)
def test_up_to_seven_days_late_is_a_look_and_more_is_late(late: int, standing: Standing) -> None:
    due = TODAY - timedelta(days=late)
    found = judged([outline(due_day=due), outline(ref=Ref("EM-2"))], TODAY, known=True)
    assert found.standing is standing
    assert found.days_late == late
    assert found.worst == (Ref("EM-1") if late else None)


def test_the_reason_is_what_is_longest_overdue() -> None:
    late = [outline(ref=Ref(f"EM-{n}"), due_day=TODAY - timedelta(days=n)) for n in (1, 9, 3)]
    assert judged(late, TODAY, known=True) == Judged(Standing.LATE, Ref("EM-9"), 9, 3)


def test_without_open_actions_a_group_is_on_track_and_without_any_unknown() -> None:
    assert judged([], TODAY, known=True).standing is Standing.ON_TRACK
    assert judged([], TODAY, known=False).standing is Standing.NO_DATA


@pytest.mark.parametrize(
    ("facts", "why"),
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
def test_what_waits_for_the_chair(facts: dict[str, Any], why: Why | None) -> None:
    expected = ((Ref("EM-1"), why),) if why else ()
    assert to_decide([outline(**facts)], "Europe/London", SUNDAY, WEEKDAYS) == expected


def test_what_was_due_first_is_decided_first() -> None:
    due = [TODAY - timedelta(days=n) for n in (10, 30, 20)]
    found = [outline(ref=Ref(f"EM-{n}"), due_day=day) for n, day in enumerate(due)]
    decided = to_decide(found, "Europe/London", SUNDAY, WEEKDAYS)
    assert [ref for ref, _ in decided] == ["EM-1", "EM-2", "EM-0"]
