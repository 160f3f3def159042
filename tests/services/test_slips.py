"""A date that moves: whom it hits, which chairs hear of it, and when they do not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.deadlines import NewDeadline
from bot.domain.items import Due, NewItem
from bot.domain.model import GroupKey, Ref, UserId
from bot.domain.notices import DAILY
from bot.domain.outbox import Message, Outgoing
from bot.services import deadlines, forecasts, items
from bot.services.undo import undo
from bot.storage.database import Store
from bot.world import is_holiday
from tests.services.conftest import (
    CHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OUTSIDER,
    TRIALS,
    TRIALS_CHANNEL,
    Office,
)

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

DAY = date(2026, 12, 4)


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def action(
    office: Office, by: UserId, group: GroupKey, days: int, needs: tuple[Ref, ...] = ()
) -> Ref:
    made = NewItem("Scans", group, Due(after(days)), (by,), needs)
    channel = MODELS_CHANNEL if group == MODELS else TRIALS_CHANNEL
    return office.do(by, lambda ask: items.add(ask, made), channel).item.ref


def promised(office: Office, group: GroupKey, days: int, *needs: Ref) -> Ref:
    made = NewDeadline("Recommendation", after(days), (group,), needs=needs)
    return office.do(COORDINATOR, lambda ask: deadlines.add(ask, made)).deadline.ref


def move(office: Office, by: UserId, ref: Ref, days: int) -> None:
    due = Due(after(days))
    office.do(by, lambda ask: items.move(ask, ref, due, "Scans are late"))


def waiting(office: Office, user: UserId) -> list[str]:
    """What is to be said to them of slips."""
    rows = office.db.read_now(lambda store: store.outbox.waiting(user))
    return [row.out.message.text for row in rows if row.out.kind == "slip"]


def test_an_action_that_moves_tells_the_chairs_of_what_it_hits_in_one_line(
    office: Office,
) -> None:
    cause = action(office, OUTSIDER, TRIALS, 0)
    mine = action(office, COORDINATOR, MODELS, 1, (cause,))
    promised(office, MODELS, 5, mine)
    safe = promised(office, MODELS, 30, cause)
    move(office, OUTSIDER, cause, 2)
    move(office, OUTSIDER, cause, 8)
    (said,) = waiting(office, CHAIR)
    assert said == (
        "PC-1 of Trials is now due Sat 12 Dec 2026, moved 2 times, +8 days, first promised"
        f" Fri 4 Dec 2026. That hits DL-1 of Models, due Wed 9 Dec 2026: waiting for {mine}, it"
        f" cannot be met before Sat 12 Dec 2026. That hits {mine} of Models, due Sat 5 Dec 2026:"
        " waiting for PC-1, it cannot be met before Sat 12 Dec 2026."
    )
    assert safe not in said
    assert waiting(office, OUTSIDER) == waiting(office, COORDINATOR) == []


@pytest.mark.parametrize("back", ["moved", "done", "undone", "hit no more", "half"])
def test_what_is_not_so_any_more_is_not_said(office: Office, back: str) -> None:
    cause = action(office, OUTSIDER, TRIALS, 0)
    mine = action(office, COORDINATOR, MODELS, 1, (cause,))
    move(office, OUTSIDER, cause, 8)
    assert len(waiting(office, CHAIR)) == 1
    if back == "moved":
        move(office, OUTSIDER, cause, 1)
    elif back == "done":
        office.do(OUTSIDER, lambda ask: items.done(ask, cause))
    elif back == "undone":
        office.do(OUTSIDER, undo)
    elif back == "hit no more":
        move(office, COORDINATOR, mine, 9)
    else:
        move(office, OUTSIDER, cause, 3)
        (said,) = waiting(office, CHAIR)
        assert "is now due Mon 7 Dec 2026" in said
        return
    assert waiting(office, CHAIR) == []


def said_this_morning(store: Store) -> None:
    morning = datetime(2026, 11, 23, 8, tzinfo=UTC)
    until = morning + timedelta(days=1)
    out = Outgoing("daily", "item:9", "remind", CHAIR, Message("Due today."), morning, until)
    store.outbox.put_sent(replace(out, bundle=DAILY, quiet_hours=True), "D1", "1.0")


@pytest.mark.parametrize(
    ("moved", "heard"),
    [
        ("2026-11-23T11:30+00:00", "2026-11-23T11:40+00:00"),
        ("2026-11-23T21:00+00:00", "2026-11-24T08:00+00:00"),
    ],
)
def test_the_chair_hears_that_day_in_their_hours_though_their_daily_message_is_out(
    office: Office, moved: str, heard: str
) -> None:
    cause = action(office, OUTSIDER, TRIALS, 0)
    action(office, COORDINATOR, MODELS, 1, (cause,))
    office.clock.set("2026-11-23T08:00+00:00")
    office.db.write_now(said_this_morning)
    now = office.clock.set(moved)
    move(office, OUTSIDER, cause, 2)
    move(office, OUTSIDER, cause, 4)

    def coming(store: Store) -> list[str]:
        person, until = store.groups.person(CHAIR), now + timedelta(days=2)
        assert person is not None
        found = forecasts.foretold(store, person, is_holiday, now, until)
        return [f"{c.at:%FT%R}+00:00" for c in found if "PC-1" in c.lines[0].text]

    assert office.db.read_now(coming) == [heard]


def test_taking_back_the_second_of_two_moves_leaves_what_the_first_had_to_say(
    office: Office,
) -> None:
    cause = action(office, OUTSIDER, TRIALS, 0)
    action(office, COORDINATOR, MODELS, 1, (cause,))
    move(office, OUTSIDER, cause, 2)
    office.clock.forward(minutes=30)
    move(office, OUTSIDER, cause, 8)
    office.do(OUTSIDER, undo)
    (said,) = waiting(office, CHAIR)
    assert said.startswith("PC-1 of Trials is now due Sun 6 Dec 2026, moved once, +2 days")


def test_who_moved_it_is_not_told_of_their_own_group(office: Office) -> None:
    cause = action(office, MEMBER, MODELS, 0)
    action(office, COORDINATOR, MODELS, 1, (cause,))
    move(office, CHAIR, cause, 4)
    assert waiting(office, CHAIR) == []
    move(office, MEMBER, cause, 6)
    assert len(waiting(office, CHAIR)) == 1


def test_a_day_that_has_said_its_part_is_followed_by_another(office: Office) -> None:
    cause = action(office, OUTSIDER, TRIALS, 0)
    action(office, COORDINATOR, MODELS, 1, (cause,))
    move(office, OUTSIDER, cause, 2)

    def say(store: Store) -> None:
        (row,) = (r for r in store.outbox.waiting(CHAIR) if r.out.kind == "slip")
        store.outbox.put_sent(row.out, "D1", "1.1")

    office.db.write_now(say)
    office.clock.forward(hours=2)
    move(office, OUTSIDER, cause, 1)
    assert waiting(office, CHAIR) == []
    move(office, OUTSIDER, cause, 8)
    (said,) = waiting(office, CHAIR)
    assert "is now due Sat 12 Dec 2026, moved 3 times" in said
    rows = office.db.read_now(lambda store: store.outbox.waiting(CHAIR))
    (row,) = (row.out for row in rows if row.out.kind == "slip")
    assert row.key == f"item:1:slip:{CHAIR}:2026-11-23"
    assert row.at == datetime(2026, 11, 22, 23, tzinfo=UTC)


def test_what_was_late_before_the_move_is_not_said_to_be_hit_by_it(office: Office) -> None:
    cause = action(office, OUTSIDER, TRIALS, 0)
    later = promised(office, TRIALS, 30, cause)
    late = promised(office, MODELS, 10, later)
    move(office, OUTSIDER, cause, 2)
    assert waiting(office, CHAIR) == []
    move(office, OUTSIDER, cause, 35)
    (said,) = waiting(office, CHAIR)
    assert f"That hits {late} of Models" in said
