"""What people say of their time is obeyed at once: nothing is said twice or lost or at night."""

from datetime import date, datetime, time, timedelta
from functools import partial

import pytest

from bot.domain.items import Quiet
from bot.domain.model import ChannelId, GroupSettings, Person, Ref, UserId
from bot.domain.notices import REMINDERS
from bot.domain.outbox import Sent
from bot.services import group_settings, settings
from bot.services.access import Ask
from bot.services.delivery import Delivery, Posted
from bot.services.settings import Place
from bot.world import is_holiday
from tests.services.conftest import CHAIR, MEMBER, MODELS, Office

ROME, CALGARY = Place("Europe/Rome", "IT"), Place("America/Edmonton", "CA", "AB")
AUCKLAND = Place("Pacific/Auckland", "NZ")
EM_1 = Ref("EM-1")

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone


def moved(office: Office, user: UserId, place: Place) -> Person:
    return office.do(user, lambda ask: settings.set_zone(ask, place, office.planner))


def away(office: Office, user: UserId, until: date | None) -> Person:
    return office.do(user, lambda ask: settings.set_away(ask, until, office.planner))


async def said(office: Office, until: str) -> list[str]:
    """Until then, reminders that go out: `day hour key` in UTC; the clock stands there after."""
    told: list[str] = []

    async def send(row: Sent, dm: ChannelId | None) -> Posted:
        if row.out.kind in REMINDERS:
            told.append(f"{office.clock():%d %H:%M} {row.out.key}")
        return Posted(f"D{row.out.lane}", f"{next(office.requests)}.0")

    delivery = Delivery(office.db, send, office.clock, is_holiday, timedelta(0))
    end = datetime.fromisoformat(until)
    while office.clock() <= end:
        office.plan()
        await delivery.deliver()
        now = office.clock.forward(minutes=15)
        office.clock.now = max(now, office.next_at() or end + timedelta(days=1))
    office.clock.now = end
    return told


def at(told: list[str]) -> list[str]:
    return [one[:8] for one in told]


def set_group(ask: Ask, kept: GroupSettings, office: Office, zone: str = "Europe/London") -> None:
    group_settings.set_group(ask, MODELS, zone, kept, office.planner)


async def test_a_change_of_zone_moves_what_is_still_to_come(office: Office) -> None:
    """Given on Sunday 22 November; 09:00 in Amsterdam is 08:00 UTC, in Calgary it is 15:00."""
    office.add(CHAIR, CHAIR, due=date(2026, 12, 2))
    moved(office, CHAIR, CALGARY)
    assert at(await said(office, "2026-12-02T23:00:00+00:00")) == ["30 15:00", "02 15:00"]


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        (ROME, CALGARY, ["30 08:00", "02 15:00"]),
        (CALGARY, ROME, ["30 15:00", "02 08:00"]),
        (AUCKLAND, CALGARY, ["29 20:00", "02 15:00"]),
        (CALGARY, AUCKLAND, ["30 15:00", "01 20:00"]),
    ],
    ids=["west", "east", "west over the date", "east over the date"],
)
async def test_who_travels_on_the_day_hears_it_once(
    office: Office, first: Place, then: Place, expected: list[str]
) -> None:
    """Monday's word is not said again, Wednesday's comes in the new morning."""
    moved(office, CHAIR, first)
    office.add(CHAIR, CHAIR, due=date(2026, 12, 2))
    told = await said(office, "2026-11-30T15:30:00+00:00")
    moved(office, CHAIR, then)
    assert at(told + await said(office, "2026-12-02T16:00:00+00:00")) == expected


async def test_a_reminder_whose_day_moves_is_not_said_on_both(office: Office) -> None:
    """Tuesday 8 December is a holiday in Italy: said on Monday there, it is said and done."""
    moved(office, CHAIR, ROME)
    office.add(CHAIR, CHAIR, due=date(2026, 12, 10))
    told = await said(office, "2026-12-07T12:00:00+00:00")
    moved(office, CHAIR, CALGARY)
    told += await said(office, "2026-12-11T23:00:00+00:00")
    assert at(told) == ["03 08:00", "07 08:00", "10 15:00", "11 15:00"]


async def test_hours_move_the_morning_at_once(office: Office) -> None:
    office.add(CHAIR, CHAIR, due=date(2026, 12, 2))
    hours = (time(11), time(15))
    office.do(CHAIR, lambda ask: settings.set_hours(ask, hours, None, office.planner))
    assert at(await said(office, "2026-12-01T00:00:00+00:00")) == ["30 10:00"]


async def test_working_days_are_ones_own(office: Office) -> None:
    """Sunday to Thursday: what is due on Friday is said on Thursday, the rest on Sunday."""
    office.clock.set("2026-11-29T12:00:00+00:00")
    office.add(CHAIR, CHAIR, due=date(2026, 12, 4))
    days = frozenset({6, 0, 1, 2, 3})
    office.do(CHAIR, lambda ask: settings.set_hours(ask, None, days, office.planner))
    expected = ["02 08:00", "03 08:00", "06 08:00"]
    assert at(await said(office, "2026-12-06T23:00:00+00:00")) == expected


async def test_absence_holds_all_back_to_the_first_day_back(office: Office) -> None:
    """Five weeks, longer than any reminder would wait: it is said on the day of return."""
    office.add(CHAIR, CHAIR, due=date(2026, 12, 1))
    away(office, CHAIR, date(2027, 1, 6))
    told = await said(office, "2027-01-05T12:00:00+00:00")
    office.plan()
    assert at(told + await said(office, "2027-01-06T23:00:00+00:00")) == ["06 08:00"]


async def test_what_is_urgent_waits_for_who_is_away_as_well(office: Office) -> None:
    away(office, CHAIR, date(2026, 11, 30))
    office.clock.set("2026-11-23T12:00:00+00:00")
    office.add(CHAIR, CHAIR, due=date(2026, 11, 24))
    office.add(MEMBER, CHAIR, due=date(2026, 11, 24), text="Asked of who is away")
    assert at(await said(office, "2026-11-30T10:00:00+00:00")) == ["30 08:00"]


async def test_back_early_nothing_is_said_twice_and_nothing_is_lost(office: Office) -> None:
    office.add(CHAIR, CHAIR, due=date(2026, 12, 2))
    told = await said(office, "2026-11-30T12:00:00+00:00")
    away(office, CHAIR, date(2026, 12, 8))
    told += await said(office, "2026-12-02T12:00:00+00:00")
    away(office, CHAIR, None)
    told += await said(office, "2026-12-04T23:00:00+00:00")
    assert at(told) == ["30 08:00", "02 12:00", "03 08:00"]


async def test_who_is_back_does_not_hear_again_what_was_said_before(office: Office) -> None:
    """Said on Wednesday, away until Friday: Friday does not repeat Wednesday's."""
    office.add(CHAIR, CHAIR, due=date(2026, 12, 16))
    told = await said(office, "2026-12-09T12:00:00+00:00")
    away(office, CHAIR, date(2026, 12, 11))
    told += await said(office, "2026-12-14T12:00:00+00:00")
    assert at(told) == ["09 08:00", "14 08:00"]


async def test_a_muted_action_is_silent_until_unmuted(office: Office) -> None:
    office.add(CHAIR, CHAIR, due=date(2026, 12, 2))
    office.do(CHAIR, lambda ask: settings.mute(ask, EM_1))
    again = office.do(CHAIR, lambda ask: settings.mute(ask, EM_1))
    assert again.quiet == (Quiet(CHAIR),)
    assert [item.ref for item in office.do(CHAIR, settings.mine)] == ["EM-1"]
    told = await said(office, "2026-12-01T12:00:00+00:00")
    office.do(CHAIR, lambda ask: settings.unmute(ask, EM_1, office.planner))
    assert office.do(CHAIR, lambda ask: settings.unmute(ask, EM_1, office.planner)).quiet == ()
    assert office.do(CHAIR, settings.mine) == ()
    assert at(told + await said(office, "2026-12-02T12:00:00+00:00")) == ["02 08:00"]


async def test_a_groups_settings_are_its_chairs_and_reminders_follow(office: Office) -> None:
    office.add(CHAIR, CHAIR, due=date(2026, 12, 2))
    kept = GroupSettings(due_days=10, remind_before=(4,), remind_after=(), capture=False)
    office.do(CHAIR, partial(set_group, kept=kept, office=office, zone="Europe/Rome"))
    group = office.db.read_now(lambda store: store.groups.get(MODELS))
    assert group is not None
    assert (group.zone, group.settings) == ("Europe/Rome", kept)
    assert at(await said(office, "2026-12-12T12:00:00+00:00")) == ["27 08:00", "02 08:00"]


async def test_a_new_day_that_has_passed_is_not_made_up_for(office: Office) -> None:
    office.add(CHAIR, CHAIR, due=date(2026, 12, 2))
    told = await said(office, "2026-11-27T12:00:00+00:00")
    kept = GroupSettings(remind_before=(6, 2))
    office.do(CHAIR, partial(set_group, kept=kept, office=office))
    assert at(told + await said(office, "2026-11-30T12:00:00+00:00")) == ["30 08:00"]
