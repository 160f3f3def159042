"""Why each thing was said about an action, or was not."""

from datetime import date, time, timedelta

import pytest

from bot.domain.days import local
from bot.domain.explanations import Fate, Held, Told
from bot.domain.model import ChannelId, Ref, UserId
from bot.domain.outbox import Sent
from bot.errors import NotAllowed
from bot.services import explanations, items, settings
from bot.services.delivery import Delivery, Posted
from bot.services.explanations import Preview
from bot.services.notices import Planner
from bot.world import is_holiday
from tests.services.conftest import (
    CHAIR,
    COORDINATOR,
    MEMBER,
    MODELS_CHANNEL,
    OUTSIDER,
    Office,
)

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone


def why(office: Office, ref: str = "EM-1", user: UserId = CHAIR) -> list[Told]:
    return list(
        office.do(user, lambda ask: explanations.why(ask, Ref(ref), is_holiday), MODELS_CHANNEL)[1]
    )


def fates(office: Office, ref: str = "EM-1") -> list[tuple[str, str, str]]:
    """Steps, fate, and the local day in Amsterdam."""
    return [
        (" ".join(one.steps), one.fate.value, f"{local(one.at, 'Europe/Amsterdam'):%a %d %b %H:%M}")
        for one in why(office, ref)
    ]


@pytest.fixture
def delivery(office: Office) -> Delivery:
    async def send(row: Sent, dm: ChannelId | None) -> Posted:
        return Posted(f"D{row.out.lane[1:]}", "1.0")

    return Delivery(office.db, send, office.clock, is_holiday, timedelta(0))


async def said_at(office: Office, delivery: Delivery, iso: str) -> None:
    office.clock.set(iso)
    office.plan()
    await delivery.deliver()


async def test_what_is_ahead_tells_from_which_day_it_was_rolled(office: Office) -> None:
    """Due Sunday 6 December: two days before and the day itself are both said on the Friday."""
    office.add(CHAIR, CHAIR, due=date(2026, 12, 6))
    told = {one.steps: one for one in why(office)}
    assert fates(office)[1:] == [
        ("-2d 0d", "planned", "Fri 04 Dec 09:00"),
        ("1d", "planned", "Mon 07 Dec 09:00"),
        ("7d", "planned", "Mon 14 Dec 09:00"),
        ("+10wd", "planned", "Fri 18 Dec 10:00"),
    ]
    both, late = told["-2d", "0d"], told["7d",]
    assert (both.rolled, both.off) == (date(2026, 12, 6), Held.DAY_OFF)
    assert (late.rolled, late.off) == (date(2026, 12, 13), Held.DAY_OFF)


async def test_what_was_done_a_minute_before_its_hour_was_taken_back(
    office: Office, delivery: Delivery
) -> None:
    """Domain.md, journey 5: the day after the due Friday rolls to Monday."""
    office.add(CHAIR, CHAIR, due=date(2026, 11, 27))
    for day in (25, 27):
        await said_at(office, delivery, f"2026-11-{day}T08:00:00+00:00")
    office.clock.set("2026-11-30T07:59:00+00:00")
    office.do(CHAIR, lambda ask: items.done(ask, Ref("EM-1"), "https://example.org/table"))
    await said_at(office, delivery, "2026-11-30T08:01:00+00:00")
    assert [one for one in fates(office) if "sent" not in one[1]] == [
        ("1d", "withdrawn", "Mon 30 Nov 09:00"),
        ("7d", "withdrawn", "Fri 04 Dec 09:00"),
        ("+10wd", "withdrawn", "Fri 11 Dec 10:00"),
    ]
    gone = why(office)[-1].because
    assert gone is not None
    assert (gone.verb, gone.by) == ("done", CHAIR)


async def test_a_second_word_of_the_day_is_held_back_and_says_so(
    office: Office, delivery: Delivery
) -> None:
    """They had Monday's message at nine, then set their hours anew: the next opens at eleven."""
    office.add(CHAIR, CHAIR, due=date(2026, 11, 25))
    await said_at(office, delivery, "2026-11-23T08:00:00+00:00")
    hours, planner = (time(11), time(18)), Planner(is_holiday)
    office.do(CHAIR, lambda ask: settings.set_hours(ask, hours, None, planner))
    office.add(CHAIR, CHAIR, due=date(2026, 11, 25), text="Draft the list")
    await said_at(office, delivery, "2026-11-23T10:00:00+00:00")
    waits = why(office, "EM-2")[0]
    assert (waits.fate, waits.held, waits.meant) == (Fate.WAITS, Held.ENOUGH, date(2026, 11, 23))
    await said_at(office, delivery, "2026-11-24T10:00:00+00:00")
    said = why(office, "EM-2")[0]
    assert (said.fate, said.held, said.at) == (Fate.SENT, Held.ENOUGH, office.clock())


async def test_who_is_away_hears_later_and_the_reason_is_told(office: Office) -> None:
    office.add(CHAIR, CHAIR, due=date(2026, 11, 30))
    planner = Planner(is_holiday)
    office.do(CHAIR, lambda ask: settings.set_away(ask, date(2026, 12, 3), planner))
    first = why(office)[0]
    assert first.off is Held.AWAY
    assert f"{first.at:%a %d %b}" == "Thu 03 Dec"


async def test_a_world_from_elsewhere_tells_that_its_reminders_were_said_there(
    office: Office,
) -> None:
    office.add(CHAIR, CHAIR, due=date(2026, 11, 30))
    office.clock.set("2026-11-28T12:00:00+00:00")
    office.db.write_now(lambda store: office.planner.count_as_said(store, office.clock()))
    assert fates(office)[0] == ("-2d", "said before", "Fri 27 Nov 09:00")


def test_only_who_may_see_the_action_is_told_why(office: Office) -> None:
    office.add(CHAIR, CHAIR, due=date(2026, 11, 30))
    with pytest.raises(NotAllowed):
        why(office, user=OUTSIDER)


def preview(office: Office, user: UserId) -> Preview:
    return office.do(user, lambda ask: explanations.preview(ask, is_holiday), MODELS_CHANNEL)


def test_a_preview_in_a_channel_shows_what_waits_there_to_its_chair_alone(office: Office) -> None:
    office.add(MEMBER, MEMBER, due=date(2026, 11, 30))
    assert [len(preview(office, user).here) for user in (CHAIR, COORDINATOR)] == [1, 1]
    assert (preview(office, MEMBER).group, preview(office, MEMBER).here) == (None, ())
    assert preview(office, MEMBER).mine
    digest = [line.text for one in preview(office, CHAIR).mine for line in one.lines]
    assert digest == ["Weekly digest of Models"]
