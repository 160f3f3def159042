"""A date that moves: whom it hits, which chairs hear of it, and when they do not."""

from datetime import date, timedelta

import pytest

from bot.domain.deadlines import NewDeadline
from bot.domain.items import Due, NewItem
from bot.domain.model import GroupKey, Ref, UserId
from bot.services import deadlines, items
from bot.services.undo import undo
from bot.storage.database import Store
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
    keys = [key for key in office.pending(CHAIR) if ":slip:" in key]
    assert keys == [f"item:1:slip:{CHAIR}:2026-11-23"]
