"""What people are told of what a meeting needs, as it is ticked, moved, cancelled, handed on."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.explanations import Fate
from bot.domain.model import ChannelId, Ref, Role, UserId
from bot.domain.outbox import Message, Sent, Way
from bot.services import (
    explanations,
    occasions,
    planning,
    preparation,
    rescheduling,
    roles,
    settings,
)
from bot.services.access import Ask
from bot.services.delivery import Delivery, Posted
from bot.services.notices import Planner
from bot.services.planning import Plan
from bot.services.undo import undo
from bot.views.meeting_explanations import why
from bot.world import is_holiday
from tests.services.conftest import CHAIR, COCHAIR, COORDINATOR, MODELS, Office
from tests.storage.counting import statements

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

LONDON = "Europe/London"
CALL = Plan("Endpoints", (MODELS,), date(2026, 10, 29), time(15), LONDON, timedelta(hours=1))
MT_1 = Ref("MT-1")
DRAFT, APPROVE, PAPERS = 3, 4, 5
"""Due on Mon 19, Wed 21 and Thu 22 October: numbers in the checklist of a call."""


@pytest.fixture(autouse=True)
def planned(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four weeks ahead; on Sunday 18 October all before is said."""
    monkeypatch.setattr(occasions, "OCCASIONS", ())  # What else the clock brings is told apart.
    office.clock.now = datetime(2026, 10, 1, 12, tzinfo=UTC)
    office.want_no_digests()
    office.do(CHAIR, lambda ask: planning.plan(ask, CALL, is_holiday))
    office.clock.now = datetime(2026, 10, 18, 12, tzinfo=UTC)
    office.db.write_now(lambda store: office.planner.count_as_said(store, office.clock()))


def told(key: str) -> str:
    """`prep:1:5:remind:0d:2026-10-22:U0…` as `5 0d U0…`."""
    parts = key.split(":")
    return f"{parts[2]} {parts[4]} {parts[6]}"


async def said(office: Office, until: str, edits: list[Message] | None = None) -> list[str]:
    """Until then: `day hour n step user` of each, in UTC; the clock stands there after."""
    found: list[str] = []

    async def send(row: Sent, dm: ChannelId | None) -> Posted:
        if row.out.way is Way.EDIT and edits is not None:
            edits.append(row.out.message)
        return Posted(f"D{row.out.lane}", f"{next(office.requests)}.0")

    delivery = Delivery(office.db, send, office.clock, is_holiday, timedelta(0))
    end = datetime.fromisoformat(f"{until}+00:00")
    while True:
        office.plan()
        await delivery.deliver()
        following = office.next_at()
        if following is None or following > end:
            break
        office.clock.now = max(following, office.clock.forward(seconds=1))
    office.clock.now = end

    rows = office.db.read_now(lambda store: store.outbox.recent(1000))
    for row in sorted(rows, key=lambda r: (r.out.at, r.out.key)):
        ours = row.out.subject.startswith("prep:") and row.out.way is Way.POST
        if ours and row.state in ("sent", "merged"):
            found.append(f"{row.out.at:%d %H} {told(row.out.key)}")
    return found


def tick(office: Office, n: int, by: UserId = COORDINATOR) -> None:
    office.do(by, lambda ask: preparation.tick(ask, MT_1, n))


def move(office: Office, day: date) -> None:
    office.do(
        CHAIR,
        lambda ask: rescheduling.move(ask, MT_1, day, time(15), LONDON, is_holiday),
    )


def of(lines: list[str], n: int) -> list[str]:
    return [line for line in lines if line.split()[2] == str(n)]


async def test_papers_that_are_late_are_told_twice_and_then_to_the_chair(office: Office) -> None:
    """Journey 9."""
    assert of(await said(office, "2026-10-28T12:00"), PAPERS) == [
        f"22 08 {PAPERS} 0d {COORDINATOR}",
        f"23 08 {PAPERS} +1wd {COORDINATOR}",
        f"26 08 {PAPERS} +2wd {CHAIR}",
    ]


async def test_what_is_ticked_is_not_said_and_what_was_said_tells_it(office: Office) -> None:
    edits: list[Message] = []
    await said(office, "2026-10-19T07:59")
    tick(office, DRAFT)
    assert of(await said(office, "2026-10-22T12:00", edits), DRAFT) == []
    edits.clear()
    tick(office, PAPERS)
    assert of(await said(office, "2026-10-28T12:00", edits), PAPERS) == [
        f"22 08 {PAPERS} 0d {COORDINATOR}"
    ]
    settled = next(one.text for one in edits if "Send agenda" in one.text)
    assert "✅ Done by @coordinator, Thu 22 Oct 2026" in settled


async def test_what_is_opened_again_is_not_told_of_days_gone_by(office: Office) -> None:
    await said(office, "2026-10-19T07:00")
    tick(office, DRAFT)
    await said(office, "2026-10-20T12:00")
    office.do(COORDINATOR, lambda ask: preparation.untick(ask, MT_1, DRAFT))
    assert of(await said(office, "2026-10-28T12:00"), DRAFT) == [f"21 07 {DRAFT} +2wd {CHAIR}"]


async def test_a_moved_call_is_prepared_by_its_new_days(office: Office) -> None:
    before = await said(office, "2026-10-20T12:00")
    move(office, date(2026, 11, 5))
    after = await said(office, "2026-10-28T12:00")
    assert of(before, 1) == of(after, 1) == []  # It stays late, and was told before.
    assert [line for line in after if line not in before and line.split()[2] != "2"] == [
        f"26 09 {DRAFT} 0d {COORDINATOR}",
        f"27 09 {DRAFT} +1wd {COORDINATOR}",
        f"28 08 {DRAFT} +2wd {CHAIR}",
        f"28 08 {APPROVE} 0d {CHAIR}",
    ]


async def test_undo_of_a_move_says_nothing_twice(office: Office) -> None:
    before = await said(office, "2026-10-21T12:00")
    move(office, date(2026, 10, 30))
    office.clock.forward(minutes=5)
    office.do(CHAIR, undo)
    after = await said(office, "2026-10-28T12:00")
    assert after[: len(before)] == before
    assert len(set(after)) == len(after)
    assert len(of(after, PAPERS)) == 3


async def test_what_stays_late_on_another_day_is_not_told_again(office: Office) -> None:
    before = of(await said(office, "2026-10-21T12:00"), DRAFT)
    assert before[-1] == f"21 07 {DRAFT} +2wd {CHAIR}"
    move(office, date(2026, 10, 30))  # A day later, and so is the draft: still in the past.
    assert of(await said(office, "2026-10-29T12:00"), DRAFT) == before


async def test_a_cancelled_call_is_silent_and_goes_on_if_that_is_taken_back(
    office: Office,
) -> None:
    edits: list[Message] = []
    before = await said(office, "2026-10-21T12:00")
    office.do(CHAIR, lambda ask: rescheduling.cancel(ask, MT_1, "no quorum", is_holiday))
    assert await said(office, "2026-10-21T12:10", edits) == before
    assert any("the meeting is cancelled" in one.text for one in edits)
    office.do(CHAIR, undo)
    after = await said(office, "2026-10-22T12:00")
    assert after[: len(before)] == before
    assert f"22 08 {PAPERS} 0d {COORDINATOR}" in after
    office.do(COORDINATOR, lambda ask: rescheduling.cancel(ask, MT_1, "no quorum", is_holiday))
    assert await said(office, "2026-10-28T12:00") == after


async def test_another_chair_hears_and_the_former_does_not(office: Office) -> None:
    await said(office, "2026-10-20T12:00")
    office.do(COORDINATOR, lambda ask: roles.name_role(ask, COCHAIR, Role.CHAIR, MODELS))
    office.clock.forward(hours=1)
    office.do(COORDINATOR, lambda ask: roles.name_role(ask, CHAIR, Role.MEMBER, MODELS))
    assert of(await said(office, "2026-10-22T20:00"), APPROVE) == [
        f"21 15 {APPROVE} 0d {COCHAIR}",
        f"22 15 {APPROVE} +1wd {COCHAIR}",
    ]


async def test_own_hours_and_days_away_are_obeyed_and_nothing_is_said_twice(
    office: Office,
) -> None:
    await said(office, "2026-10-21T12:00")
    hours = (time(13), time(18))
    office.do(CHAIR, lambda ask: settings.set_hours(ask, hours, None, office.planner))
    away = date(2026, 10, 23)
    office.do(COORDINATOR, lambda ask: settings.set_away(ask, away, office.planner))
    after = await said(office, "2026-10-26T20:00")
    assert of(after, APPROVE)[:2] == [
        f"21 07 {APPROVE} 0d {CHAIR}",
        f"22 11 {APPROVE} +1wd {CHAIR}",
    ]
    assert of(after, PAPERS) == [
        f"23 08 {PAPERS} +1wd {COORDINATOR}",
        f"26 12 {PAPERS} +2wd {CHAIR}",
    ]


async def test_an_added_item_is_reminded_of_from_then_on(office: Office) -> None:
    await said(office, "2026-10-22T12:00")

    def add(day: date) -> None:
        what = "Book the room"
        office.do(
            CHAIR, lambda ask: preparation.add_item(ask, MT_1, what, COCHAIR, day, is_holiday)
        )

    add(date(2026, 10, 22))
    add(date(2026, 10, 26))
    added = [line for line in await said(office, "2026-10-28T20:00") if line.endswith(COCHAIR)]
    assert [line.split()[:4] for line in added if int(line.split()[2]) > 15] == [
        ["22", "15", "16", "0d"],
        ["23", "15", "16", "+1wd"],
        ["26", "15", "17", "0d"],
        ["27", "15", "17", "+1wd"],
    ]


async def test_why_tells_every_reminder_of_the_meeting(office: Office) -> None:
    await said(office, "2026-10-22T12:00")
    tick(office, PAPERS)

    def read(ask: Ask) -> str:
        meeting, found = explanations.of_meeting(ask, MT_1, is_holiday)
        fates = {one.fate for _, one in found}
        assert fates >= {Fate.SENT, Fate.MERGED, Fate.PLANNED}
        return why(meeting, found, ask.world, CHAIR, ask.now).text

    text = office.do(CHAIR, read)
    sent = "Approve the agenda: Wed 21 Oct 2026, 09:00 Amsterdam (UTC+2), to @models-chair"
    assert f"{sent} (on the due day): sent" in text
    late = "Thu 22 Oct 2026, 09:00 Amsterdam (UTC+2), to @models-chair (1 working day after): sent"
    assert late in text
    ahead = "Fri 23 Oct 2026, 09:00 London (UTC+1), to @coordinator (on the due day): planned"
    assert ahead in text


def test_a_look_at_what_has_not_changed_reads_no_checklist(office: Office) -> None:
    def look(planner: Planner) -> tuple[str, ...]:
        return office.db.read_now(lambda store: planner.due(store, office.clock()).subjects)

    office.clock.now = datetime(2026, 10, 21, 7, 30, tzinfo=UTC)
    first = look(office.planner)
    assert f"prep:1:{APPROVE}" in first
    with statements() as asked:
        assert look(office.planner) == first
    assert sum("preparation" in one for one in asked) == 1
    tick(office, APPROVE, CHAIR)
    assert look(office.planner) == look(Planner(is_holiday))
    assert f"prep:1:{APPROVE}" not in look(office.planner)
