"""Reminders of deadlines are planned, taken back, rewritten, muted and explained."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.days import local
from bot.domain.deadlines import Deadline, Kind, NewDeadline
from bot.domain.explanations import Fate
from bot.domain.items import Due, NewItem, Quiet
from bot.domain.model import ChannelId, Ref, UserId
from bot.domain.outbox import Sent, Way
from bot.errors import NotAllowed
from bot.handlers.reports import mine
from bot.services import (
    deadlines,
    explanations,
    items,
    overview,
    quiet_deadlines,
    settings,
    undo,
)
from bot.services.access import Ask
from bot.services.delivery import Delivery, Posted
from bot.services.inbox import Reply
from bot.storage.database import Store
from bot.views.home import home
from bot.world import is_holiday
from tests.services.conftest import CHAIR, COCHAIR, COORDINATOR, MEMBER, MODELS, OUTSIDER, Office

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

DL_1, DAY = Ref("DL-1"), date(2026, 12, 24)
NEW = NewDeadline("Letter to all", DAY, (MODELS,), owner=MEMBER)
MORNING = "2026-11-26T09:00:00+00:00"
"""Four weeks before the day, at nine in London."""


@pytest.fixture
def sent(office: Office) -> list[Sent]:
    return []


@pytest.fixture
def delivery(office: Office, sent: list[Sent]) -> Delivery:
    async def send(row: Sent, dm: ChannelId | None) -> Posted:
        if row.out.lane.startswith("U") and row.out.kind != "digest":
            sent.append(row)
        return Posted(f"D{row.out.lane[1:]}", f"{len(sent)}.0")

    return Delivery(office.db, send, office.clock, is_holiday, timedelta(0))


def add(office: Office, new: NewDeadline = NEW) -> Deadline:
    return office.do(COORDINATOR, lambda ask: deadlines.add(ask, new)).deadline


async def at(office: Office, delivery: Delivery, moment: str) -> None:
    office.clock.set(moment)
    office.plan()
    await delivery.deliver()


async def reminded(office: Office, delivery: Delivery, sent: list[Sent]) -> Sent:
    """Of the deadline, four weeks ahead."""
    add(office)
    await at(office, delivery, MORNING)
    return sent[-1]


def why(office: Office, user: UserId = MEMBER) -> list[tuple[str, str]]:
    told = office.do(user, lambda ask: explanations.why(ask, DL_1, is_holiday))[1]
    return [(" ".join(one.steps), one.fate.value) for one in told if one.kind == "remind"]


async def test_its_owner_hears_four_weeks_ahead_and_nobody_twice(
    office: Office, delivery: Delivery, sent: list[Sent]
) -> None:
    row = await reminded(office, delivery, sent)
    assert row.out.key == "deadline:1:remind:-28d:2026-11-26:U0MEMBER1"
    assert row.out.message.text.startswith(
        "Reminder: one of your deadlines needs attention. DL-1, Letter to all, "
        "is due Thu 24 Dec 2026, in 28 days, in Models, milestone open."
    )
    await at(office, delivery, "2026-11-26T09:05:00+00:00")
    assert len(sent) == 1


async def test_one_message_tells_of_actions_and_deadlines(
    office: Office, delivery: Delivery, sent: list[Sent]
) -> None:
    office.add(MEMBER, MEMBER, due=date(2026, 11, 26))
    row = await reminded(office, delivery, sent)
    assert len(sent) == 1
    assert row.out.message.text.startswith("Reminder: two things need your attention.")


async def test_a_change_asked_for_just_before_takes_the_reminder_back(
    office: Office, delivery: Delivery, sent: list[Sent]
) -> None:
    add(office)
    office.clock.set(MORNING)
    office.plan()
    assert office.pending(MEMBER)
    office.do(MEMBER, lambda ask: deadlines.met(ask, DL_1))
    assert not office.pending(MEMBER)
    await delivery.deliver()
    assert sent == []
    assert why(office)[0] == ("-28d", "withdrawn")


CHANGES: list[tuple[str, Callable[[Ask], object], str]] = [
    ("met", lambda ask: deadlines.met(ask, DL_1), "✅ Met by @models-member, Thu 26 Nov 2026"),
    (
        "moved",
        lambda ask: deadlines.move(ask, DL_1, date(2027, 1, 7), "Scans are late"),
        "New date set by @models-member, Thu 26 Nov 2026, now due Thu 7 Jan 2027",
    ),
    ("dropped", lambda ask: deadlines.drop(ask, DL_1, "Not needed"), "Dropped by @models-member"),
]


@pytest.mark.parametrize(("change", "words"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
async def test_what_was_said_shows_what_became_of_it(
    office: Office,
    delivery: Delivery,
    sent: list[Sent],
    change: Callable[[Ask], object],
    words: str,
) -> None:
    row = await reminded(office, delivery, sent)
    office.clock.forward(minutes=1)
    office.do(MEMBER, change)
    await delivery.deliver()
    edit = sent[-1].out
    assert (edit.way, edit.edits) == (Way.EDIT, row.out.key)
    assert words in edit.message.text
    assert not any("deadline met" in str(block) for block in edit.message.blocks)


async def test_taken_back_it_asks_again_in_the_same_message(
    office: Office, delivery: Delivery, sent: list[Sent]
) -> None:
    await reminded(office, delivery, sent)
    office.clock.forward(minutes=1)
    office.do(MEMBER, lambda ask: deadlines.met(ask, DL_1))
    office.do(MEMBER, lambda ask: undo.undo(ask))
    await delivery.deliver()
    assert "is due Thu 24 Dec 2026" in sent[-1].out.message.text


async def test_what_it_waits_for_too_late_is_told(
    office: Office, delivery: Delivery, sent: list[Sent]
) -> None:
    action = NewItem("Scans", MODELS, Due(date(2027, 1, 8)), (CHAIR,))
    office.do(CHAIR, lambda ask: items.add(ask, action))
    add(office, replace(NEW, kind=Kind.DELIVERABLE, needs=(Ref("EM-1"),)))
    await at(office, delivery, MORNING)
    told = sent[-1].out.message.text
    assert "it waits for EM-1 (due Fri 8 Jan 2027)" in told
    assert "it cannot be met before Fri 8 Jan 2027" in told


async def test_muted_it_is_silent_until_unmuted_and_nothing_is_made_up_for(
    office: Office, delivery: Delivery, sent: list[Sent]
) -> None:
    add(office)
    office.do(MEMBER, lambda ask: quiet_deadlines.mute(ask, DL_1))
    await at(office, delivery, "2026-12-10T09:00:00+00:00")
    assert sent == []
    office.do(MEMBER, lambda ask: quiet_deadlines.unmute(ask, DL_1, office.planner))
    await at(office, delivery, "2026-12-11T09:00:00+00:00")
    assert sent == []
    await at(office, delivery, "2026-12-17T09:00:00+00:00")
    assert [row.out.key.split(":")[3] for row in sent] == ["-7d"]
    assert why(office)[:3] == [
        ("-28d", "said before"), ("-14d", "said before"), ("-7d", "sent"),
    ]  # fmt: skip


async def test_put_off_it_comes_on_the_next_working_morning(
    office: Office, delivery: Delivery, sent: list[Sent]
) -> None:
    row = await reminded(office, delivery, sent)
    tomorrow = Quiet(MEMBER, date(2026, 11, 27))
    office.do(MEMBER, lambda ask: quiet_deadlines.quiet(ask, DL_1, tomorrow))
    await at(office, delivery, "2026-11-27T09:00:00+00:00")
    again = sent[-1].out
    assert (again.key.split(":")[3], again.way) == ("again", Way.POST)
    assert again.key != row.out.key


def test_who_is_not_reminded_of_it_has_nothing_to_mute(office: Office) -> None:
    add(office)
    for user in (COCHAIR, OUTSIDER):
        with pytest.raises(NotAllowed):
            office.do(user, lambda ask: quiet_deadlines.mute(ask, DL_1))


async def test_why_tells_all_that_is_to_come(office: Office) -> None:
    add(office)
    assert why(office) == [
        ("-28d", "planned"), ("-14d", "planned"), ("-7d", "planned"), ("-2d", "planned"),
        ("0d", "planned"), ("1d", "planned"), ("7d", "planned"),
    ]  # fmt: skip
    told = office.do(MEMBER, lambda ask: explanations.why(ask, DL_1, is_holiday))[1]
    assert [one.fate for one in told if one.kind == "escalate"] == [Fate.PLANNED, Fate.PLANNED]
    assert {local(one.at, "Europe/London").hour for one in told if one.to == MEMBER} == {9}


async def test_who_stands_in_is_not_told_what_the_chair_has_heard(
    office: Office, delivery: Delivery, sent: list[Sent]
) -> None:
    add(office, replace(NEW, owner=None))
    await at(office, delivery, "2026-11-26T16:00:00+00:00")
    assert [row.out.lane for row in sent] == [CHAIR]
    back = date(2026, 12, 12)
    office.do(CHAIR, lambda ask: settings.set_away(ask, back, office.planner))
    await at(office, delivery, "2026-11-27T16:00:00+00:00")
    assert len(sent) == 1
    await at(office, delivery, "2026-12-10T16:00:00+00:00")
    assert sent[-1].out.lane == COCHAIR


def test_mine_and_home_show_what_is_theirs_the_overdue_first(office: Office) -> None:
    add(office)
    add(office, replace(NEW, text="Older letter", due=date(2026, 11, 20)))
    add(office, replace(NEW, text="Somebody else's", owner=CHAIR))
    said = office.do(MEMBER, mine)
    assert isinstance(said, Reply)
    assert "Your deadlines: DL-2 Older letter, due Fri 20 Nov 2026 (2 days late)" in (
        said.message.text
    )
    view = office.db.read_now(lambda store: home_of(office, store))
    rows = [r for r in view if r.startswith(("*DL-", "*Your deadlines"))]
    assert [row[:17] for row in rows] == [
        "*Your deadlines (",
        "*DL-2* Older lett",
        "*DL-1* Letter to ",
    ]


def home_of(office: Office, store: Store) -> list[str]:
    """What its sections say."""
    glance, world = overview.glance_of(store, MEMBER, office.clock(), is_holiday)
    drawn = home(glance, world, MEMBER, office.clock()).payload["blocks"]
    assert isinstance(drawn, list)
    return [str(block["text"]["text"]) for block in drawn if block["type"] == "section"]
