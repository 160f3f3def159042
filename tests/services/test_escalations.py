"""Five weeks and more of an action that stays overdue: who hears of it, once, and what stops it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

import pytest

from bot.domain.items import Due, Item
from bot.domain.model import ChannelId, GroupSettings, Ref
from bot.domain.notices import REMINDERS, step_of
from bot.domain.outbox import Sent, State
from bot.services import cards, items, settings
from bot.services.access import Ask
from bot.services.delivery import Delivery, Posted
from bot.services.settings import Place
from bot.storage.database import Store
from bot.world import is_holiday
from tests.services.conftest import CHAIR, COCHAIR, COORDINATOR, MEMBER, OTHER, Office
from tests.services.test_settings_followed import set_group

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

EM_1, EM_2 = Ref("EM-1"), Ref("EM-2")
DUE = date(2026, 12, 4)
WHO = {CHAIR: "chair", COCHAIR: "co-chair", COORDINATOR: "coordinator", MEMBER: "owner"}
BEFORE = ["27 Nov -7d owner", "02 Dec -2d owner", "04 Dec 0d owner"]
AFTER = ["07 Dec 1d owner", "11 Dec 7d owner"]
TOLD = ["18 Dec +10wd chair", "29 Dec +15wd coordinator"]
"""Christmas and Boxing Day's substitute are holidays of the owner."""


class Posts:
    """What goes out to people, as it reads, and when."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.sent: list[Sent] = []
        self._delivery = Delivery(office.db, self._send, office.clock, is_holiday, timedelta(0))

    async def until(self, day: str) -> None:
        """The clock stands at ten in the evening of that day after."""
        clock, end = self._office.clock, datetime.fromisoformat(f"{day}T22:00:00+00:00")
        while clock() <= end:
            self._office.plan()
            await self._delivery.deliver()
            now = clock.forward(minutes=15)
            clock.now = max(now, self._office.next_at() or end + timedelta(days=1))
        clock.now = end

    async def _send(self, row: Sent, dm: ChannelId | None) -> Posted:
        if row.out.lane.startswith("U"):
            self.sent.append(row)
        return Posted(f"D{row.out.lane}", f"{next(self._office.requests)}.0")

    def steps(self) -> list[str]:
        """`day step who` of all that was said, merged or not."""

        def read(store: Store) -> list[Sent]:
            rows = store.outbox.recent(1000)
            return [r for r in rows if r.state in (State.SENT, State.MERGED)]

        said = [row for row in self._office.db.read_now(read) if row.out.kind in REMINDERS]
        said.sort(key=lambda row: row.out.at)
        return [
            f"{r.out.at:%d %b} {step_of(r.out.key)} {WHO.get(r.out.lane, r.out.lane)}"
            for r in said
            if not r.out.key.count(".")
        ]


@pytest.fixture
def posts(office: Office) -> Posts:
    office.want_no_digests()
    return Posts(office)


async def test_what_nobody_touches_climbs_the_ladder_once_and_then_all_is_silent(
    office: Office, posts: Posts
) -> None:
    office.add(MEMBER, MEMBER, due=DUE)
    await posts.until("2027-02-26")
    assert posts.steps() == BEFORE + AFTER + TOLD
    chair, coordinator = (row.out.message for row in posts.sent[-2:])
    assert "EM-1, Draft the table, was due Fri 4 Dec 2026, 14 days late, for" in chair.text
    assert "Nothing said about it yet." in chair.text
    assert "I told @models-chair on Fri 18 Dec 2026." in str(coordinator.blocks)


def start(ask: Ask) -> Item:
    return items.start(ask, EM_1)


def unaccepted(ask: Ask) -> Item:
    return items.give(ask, EM_1, (OTHER,))


def left(ask: Ask) -> None:
    ask.store.groups.save_person(replace(ask.actor, left=True))


@pytest.mark.parametrize(
    ("act", "later"),
    [
        (start, ["31 Dec +10wd chair", "08 Jan +15wd coordinator"]),
        (
            lambda ask: items.note(ask, EM_1, "Two tables are left"),
            ["31 Dec +10wd chair", "08 Jan +15wd coordinator"],
        ),
        (
            lambda ask: items.move(ask, EM_1, Due(date(2026, 12, 17)), "scans are late"),
            [
                *("17 Dec 0d owner", "18 Dec 1d owner", "24 Dec 7d owner"),
                *("05 Jan +10wd chair", "12 Jan +15wd coordinator"),
            ],
        ),
        (lambda ask: items.block(ask, EM_1, "no scans"), []),
        (left, []),
    ],
    ids=["started", "a note", "a new date", "blocked", "left"],
)
async def test_a_word_moves_or_stops_it(
    office: Office, posts: Posts, act: Callable[[Ask], object], later: list[str]
) -> None:
    office.add(MEMBER, MEMBER, due=DUE)
    await posts.until("2026-12-15")
    office.do(MEMBER, act)
    await posts.until("2027-01-20")
    assert posts.steps() == BEFORE + AFTER + later


async def test_what_is_not_blocked_any_more_counts_from_that_day(
    office: Office, posts: Posts
) -> None:
    office.add(MEMBER, MEMBER, due=DUE)
    await posts.until("2026-12-08")
    office.do(MEMBER, lambda ask: items.block(ask, EM_1, "no scans"))
    await posts.until("2027-01-11")
    office.do(MEMBER, lambda ask: items.unblock(ask, EM_1))
    await posts.until("2027-02-26")
    later = ["25 Jan +10wd chair", "01 Feb +15wd coordinator"]
    assert posts.steps() == BEFORE + AFTER + later


async def test_nobody_is_chased_for_what_was_never_accepted(office: Office, posts: Posts) -> None:
    office.add(CHAIR, MEMBER, due=DUE)
    await posts.until("2027-02-26")
    assert posts.steps() == ["23 Nov ask owner", f"26 Nov silent-{MEMBER} chair"]


async def test_two_that_are_late_are_one_message_to_the_chair(office: Office, posts: Posts) -> None:
    for text in ("Draft the table", "Book the room"):
        office.add(MEMBER, MEMBER, due=DUE, text=text)
    await posts.until("2026-12-28")
    told = [row for row in posts.sent if row.out.lane == CHAIR]
    assert len(told) == 1
    assert "EM-1" in told[0].out.message.text
    assert "EM-2" in told[0].out.message.text
    days = [f"{row.out.lane} {row.out.at:%x}" for row in posts.sent]
    assert len(days) == len(set(days))


@pytest.mark.parametrize(
    ("kept", "later"),
    [
        (GroupSettings(chair_after=0, coordinator_after=0), []),
        (GroupSettings(chair_after=12), ["22 Dec +12wd chair", TOLD[1]]),
        (GroupSettings(chair_after=2, decide_after=1), TOLD[1:]),
    ],
    ids=["off", "later", "a day that has passed"],
)
async def test_a_groups_own_days_are_followed_at_once(
    office: Office, posts: Posts, kept: GroupSettings, later: list[str]
) -> None:
    office.add(MEMBER, MEMBER, due=DUE)
    await posts.until("2026-12-16")
    office.do(CHAIR, partial(set_group, kept=kept, office=office))
    await posts.until("2027-01-20")
    assert posts.steps() == BEFORE + AFTER + later


async def test_what_was_said_is_not_said_again_after_other_days(
    office: Office, posts: Posts
) -> None:
    """Nor when its reader moves to another week, or the owner says that they were away."""
    office.add(MEMBER, MEMBER, due=DUE)
    await posts.until("2026-12-18")
    kept = GroupSettings(chair_after=12, coordinator_after=15)
    office.do(CHAIR, partial(set_group, kept=kept, office=office))
    calgary = Place("America/Edmonton", "CA", "AB")
    office.do(CHAIR, lambda ask: settings.set_zone(ask, calgary, office.planner))
    back = date(2026, 12, 23)
    office.do(MEMBER, lambda ask: settings.set_away(ask, back, office.planner))
    await posts.until("2027-01-20")
    assert posts.steps()[:-1] == BEFORE + AFTER + TOLD[:1]
    assert posts.steps()[-1].endswith("+15wd coordinator")


async def test_the_owners_word_settles_what_the_chair_was_told(
    office: Office, posts: Posts
) -> None:
    """The line in the chair's message is rewritten; what was not yet said is taken back."""
    office.add(MEMBER, MEMBER, due=DUE)
    await posts.until("2026-12-18")
    office.do(MEMBER, start)
    edits = office.db.read_now(lambda store: store.outbox.recent(1))
    assert edits[0].out.kind == cards.EDIT
    assert "In progress, said by @models-member" in edits[0].out.message.text
