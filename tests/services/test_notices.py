"""When reminders fall due, for whom, and what takes them back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain import item_notices
from bot.domain.items import Due, Item, Quiet
from bot.domain.model import Ref, UserId
from bot.domain.notices import ESCALATE
from bot.services import items
from bot.services.access import Ask
from bot.storage.database import Store
from bot.world import is_holiday
from tests.services.conftest import CHAIR, COCHAIR, MEMBER, OTHER, Office

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone


def steps(office: Office, ref: str = "EM-1") -> list[str]:
    """`step day hour` of every word to its owner and giver, in their zones, in order."""

    def read(store: Store) -> list[str]:
        world = store.groups.world()
        item = store.items.get(Ref(ref))
        assert item is not None
        found = sorted(item_notices.for_item(item, world, is_holiday), key=lambda n: (n.at, n.key))
        return [
            f"{n.step} {n.at.astimezone(ZoneInfo(world.people[n.to].zone)):%a %d %b %H:%M}"
            for n in found
            if n.kind != ESCALATE
        ]

    return office.db.read_now(read)


def test_the_ladder_of_an_action_given_long_before(office: Office) -> None:
    """Domain.md 5: T-7, T-2, the day, +1 and +7, at the owner's 09:00 on working days."""
    office.add(CHAIR, CHAIR, due=date(2026, 12, 10))
    assert steps(office) == [
        "-7d Thu 03 Dec 09:00",
        "-2d Tue 08 Dec 09:00",
        "0d Thu 10 Dec 09:00",
        "1d Fri 11 Dec 09:00",
        "7d Thu 17 Dec 09:00",
    ]


def test_no_early_reminder_of_what_was_given_ten_days_ahead_or_less(office: Office) -> None:
    office.add(CHAIR, CHAIR, due=date(2026, 12, 2))
    assert steps(office)[0].startswith("-2d")


def test_before_the_due_day_weekends_roll_back_and_after_it_forward(office: Office) -> None:
    """Due Sunday 6 December: everything before and on it is said on the Friday, as one."""
    office.add(CHAIR, CHAIR, due=date(2026, 12, 6))
    assert [step[:15] for step in steps(office)] == [
        "-7d Fri 27 Nov ",
        "0d Fri 04 Dec 0",
        "1d Mon 07 Dec 0",
        "7d Mon 14 Dec 0",
    ]


def test_public_holidays_of_the_owner_count_as_days_off(office: Office) -> None:
    """Monday 28 December 2026 is a bank holiday in England."""
    office.add(CHAIR, MEMBER, due=date(2026, 12, 28))
    office.do(MEMBER, lambda ask: items.accept(ask, Ref("EM-1")))
    assert "0d Thu 24 Dec 09:00" in steps(office)
    assert "1d Tue 29 Dec 09:00" in steps(office)


def test_nothing_is_said_to_an_owner_who_has_not_accepted_but_one_question(office: Office) -> None:
    office.add(MEMBER, COCHAIR, due=date(2026, 12, 10))
    found = steps(office)
    assert found[0] == "ask Mon 23 Nov 09:00"
    assert found[1].startswith(f"silent-{COCHAIR} ")
    assert len(found) == 2


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("2026-11-23T12:00", "ask Mon 23 Nov 09:00"),  # 06:00 there
        ("2026-11-23T14:20", "ask Mon 23 Nov 08:20"),
        ("2026-11-24T01:30", "ask Tue 24 Nov 09:00"),  # 19:30 there
        ("2026-11-22T18:00", "ask Mon 23 Nov 09:00"),  # Sunday
        ("2026-11-25T08:00", "ask Wed 25 Nov 09:00"),
        ("2026-11-26T02:00", "ask Thu 26 Nov 09:00"),  # after the hours of the due day
    ],
)
def test_what_is_due_within_two_working_days_is_asked_within_the_owners_hours(
    office: Office, given: str, asked: str
) -> None:
    office.clock.set(f"{given}:00+00:00")
    office.add(MEMBER, COCHAIR, due=date(2026, 11, 25))
    assert steps(office)[0] == asked


def test_silence_is_told_to_the_giver_after_three_working_days(office: Office) -> None:
    office.clock.set("2026-11-23T12:00:00+00:00")
    office.add(MEMBER, COCHAIR, due=date(2026, 12, 10))
    assert steps(office)[1] == f"silent-{COCHAIR} Thu 26 Nov 09:00"


def test_own_hours_move_the_morning(office: Office) -> None:
    def late_riser(ask: Ask) -> None:
        ask.store.groups.save_person(replace(ask.actor, hours=(time(10), time(16))))

    office.do(CHAIR, late_riser)
    office.add(CHAIR, CHAIR, due=date(2026, 12, 10))
    assert steps(office)[0] == "-7d Thu 03 Dec 10:00"


def test_a_reminder_is_planned_once_however_often_one_plans(office: Office) -> None:
    office.want_no_digests()
    office.add(CHAIR, CHAIR, due=date(2026, 12, 10))
    office.plan()
    assert office.pending(CHAIR) == []
    office.clock.set("2026-12-03T08:00:00+00:00")
    assert (office.plan(), office.plan()) == (1, 0)
    assert office.pending(CHAIR) == ["item:1:remind:-7d:2026-12-03:U0CHAIR01"]


@pytest.mark.parametrize("change", ["done", "drop", "move", "give", "mute"])
def test_a_change_takes_back_what_was_not_yet_said(office: Office, change: str) -> None:
    ref = Ref("EM-1")
    office.add(CHAIR, CHAIR, due=date(2026, 12, 10))
    office.clock.set("2026-12-03T08:00:00+00:00")
    office.plan()
    assert office.pending(CHAIR)
    acts: dict[str, Callable[[Ask], Item]] = {
        "done": lambda ask: items.done(ask, ref),
        "drop": lambda ask: items.drop(ask, ref, "not needed"),
        "move": lambda ask: items.move(ask, ref, Due(date(2026, 12, 17))),
        "give": lambda ask: items.give(ask, ref, (OTHER,)),
        "mute": lambda ask: items.quiet(ask, ref, Quiet(CHAIR)),
    }
    office.do(CHAIR, acts[change])
    assert office.pending(CHAIR) == []
    office.plan()
    assert office.pending(CHAIR) == []


def test_closed_and_reopened_the_same_morning_it_is_said_after_all(office: Office) -> None:
    """M11: a put that does nothing on conflict would lose it."""
    ref = Ref("EM-1")
    office.add(CHAIR, CHAIR, due=date(2026, 12, 10))
    office.clock.set("2026-12-03T08:00:00+00:00")
    office.plan()
    office.do(CHAIR, lambda ask: items.done(ask, ref))
    assert office.pending(CHAIR) == []
    office.do(CHAIR, lambda ask: items.reopen(ask, ref))
    office.plan()
    assert office.pending(CHAIR) == ["item:1:remind:-7d:2026-12-03:U0CHAIR01"]


def test_a_moved_date_is_reminded_of_by_its_new_day_only(office: Office) -> None:
    ref = Ref("EM-1")
    office.add(CHAIR, CHAIR, due=date(2026, 12, 10))
    office.clock.set("2026-12-08T08:00:00+00:00")
    office.do(CHAIR, lambda ask: items.move(ask, ref, Due(date(2026, 12, 11))))
    office.plan()
    assert office.pending(CHAIR) == []
    office.clock.set("2026-12-09T08:00:00+00:00")
    office.plan()
    assert office.pending(CHAIR) == ["item:1:remind:-2d:2026-12-09:U0CHAIR01"]


def test_putting_off_says_it_again_on_that_day(office: Office) -> None:
    ref = Ref("EM-1")
    office.add(CHAIR, CHAIR, due=date(2026, 12, 10))
    office.do(CHAIR, lambda ask: items.quiet(ask, ref, Quiet(CHAIR, date(2026, 12, 9))))
    assert [step.split()[0] for step in steps(office)] == ["again", "0d", "1d", "7d"]


def test_nobody_who_has_left_is_reminded(office: Office) -> None:
    office.add(CHAIR, CHAIR, due=date(2026, 12, 10))

    def leave(ask: Ask) -> None:
        ask.store.groups.save_person(replace(ask.actor, left=True))

    office.do(CHAIR, leave)
    assert steps(office) == []


def test_the_next_instant_is_the_next_morning_something_is_due(office: Office) -> None:
    office.want_no_digests()
    office.add(CHAIR, CHAIR, due=date(2026, 12, 10))
    office.db.write_now(lambda store: store.outbox.withdraw("item:1"))
    first = office.next_at()
    assert first is not None
    assert f"{first:%d %b %H:%M}" == "03 Dec 08:00"
    office.clock.now = first + timedelta(minutes=1)
    office.plan()
    office.db.write_now(lambda store: store.outbox.withdraw("item:1"))
    second = office.next_at()
    assert second is not None
    assert f"{second:%d %b %H:%M}" == "08 Dec 08:00"


def test_a_person_of_no_known_country_works_on_weekdays(office: Office) -> None:
    office.add(CHAIR, UserId(OTHER), due=date(2026, 12, 10))
    office.do(OTHER, lambda ask: items.accept(ask, Ref("EM-1")))
    assert steps(office)[0] == "-7d Thu 03 Dec 09:00"


def test_a_change_is_planned_without_a_look_at_everything(office: Office) -> None:
    office.add(CHAIR, CHAIR, due=date(2026, 12, 10))
    office.clock.set("2026-12-03T07:59:00+00:00")
    office.plan()
    office.clock.set("2026-12-03T08:00:30+00:00")
    unchanged = office.db.read_now(lambda s: office.planner.due_of_changed(s, office.clock()))
    everything = office.db.read_now(lambda s: office.planner.due(s, office.clock()))
    office.add(MEMBER, OTHER, due=date(2026, 12, 4))
    changed = office.db.read_now(lambda s: office.planner.due_of_changed(s, office.clock()))
    seen = unchanged.subjects, everything.subjects, changed.subjects
    assert seen == ((), ("item:1",), ("item:2",))
    office.db.write_now(lambda s: office.planner.put(s, office.clock(), changed))
    assert office.pending(OTHER)
    assert not office.pending(CHAIR)
    office.plan()
    assert office.pending(CHAIR)


def test_the_days_of_silence_are_counted_from_the_question(office: Office) -> None:
    """Given on a Sunday, asked on Monday: Thursday is the third working day after."""
    office.add(MEMBER, COCHAIR, due=date(2026, 12, 10))
    assert steps(office)[1] == f"silent-{COCHAIR} Thu 26 Nov 09:00"
