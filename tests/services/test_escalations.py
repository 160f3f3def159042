"""Weeks of actions that stay overdue: who hears of it, once, and what stops or moves it."""

from datetime import date, datetime, timedelta
from functools import partial

import pytest

from bot.domain.items import Due
from bot.domain.model import ChannelId, GroupSettings, Ref, UserId
from bot.domain.notices import REMINDERS, step_of
from bot.domain.outbox import Sent, State, Way
from bot.services import cards, items, settings
from bot.services.delivery import Delivery, Posted
from bot.storage.database import Store
from bot.world import is_holiday
from tests.services.conftest import CHAIR, COORDINATOR, MEMBER, OTHER, Office
from tests.services.test_settings_followed import set_group

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

EM_1 = Ref("EM-1")
DUE = date(2026, 12, 4)
GIVEN = "2026-12-03T12:00:00+00:00"
WHO = {CHAIR: "chair", COORDINATOR: "coordinator", MEMBER: "owner", OTHER: "other"}
ASKED = ["04 Dec 0d owner", "07 Dec 1d owner", "11 Dec 7d owner"]
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
        if row.out.lane in WHO and row.out.way is Way.POST:
            self.sent.append(row)
        return Posted(f"D{row.out.lane}", f"{next(self._office.requests)}.0")

    def steps(self, ref: Ref = EM_1) -> list[str]:
        """`day step who` of all that was said of the action, merged or not."""

        def read(store: Store) -> list[Sent]:
            item = store.items.get(ref)
            assert item is not None
            return [r for r in store.outbox.about(item.subject) if r.out.kind in REMINDERS]

        return [
            f"{r.out.at:%d %b} {step_of(r.out.key)} {WHO[UserId(r.out.lane)]}"
            for r in self._office.db.read_now(read)
            if r.state in (State.SENT, State.MERGED)
        ]


@pytest.fixture
def posts(office: Office) -> Posts:
    office.want_no_digests()
    office.clock.set(GIVEN)
    return Posts(office)


def refs(number: int) -> tuple[Ref, ...]:
    return tuple(Ref(f"EM-{n}") for n in range(1, number + 1))


async def test_what_stays_overdue_climbs_the_ladder_once_unless_somebody_says_a_word(
    office: Office, posts: Posts
) -> None:
    """Nine weeks of six actions due on one day; whoever hears of several hears it in one."""
    untouched, started, noted, moved, blocked, unaccepted = refs(6)
    for owner in (*[MEMBER] * 5, OTHER):
        office.add(MEMBER, owner, due=DUE)
    await posts.until("2026-12-15")
    new = Due(date(2026, 12, 17))
    office.do(MEMBER, lambda ask: items.start(ask, started))
    office.do(MEMBER, lambda ask: items.note(ask, noted, "Two tables are left"))
    office.do(MEMBER, lambda ask: items.move(ask, moved, new, "scans are late"))
    office.do(MEMBER, lambda ask: items.block(ask, blocked, "no scans"))
    await posts.until("2027-01-11")
    office.do(MEMBER, lambda ask: items.unblock(ask, blocked))
    await posts.until("2027-02-05")
    assert posts.steps(untouched) == ASKED + TOLD
    heard = ["31 Dec +10wd chair", "08 Jan +15wd coordinator"]
    assert posts.steps(started) == posts.steps(noted) == ASKED + heard
    assert posts.steps(moved) == [
        *ASKED, "17 Dec 0d owner", "18 Dec 1d owner", "24 Dec 7d owner",
        "05 Jan +10wd chair", "12 Jan +15wd coordinator",
    ]  # fmt: skip
    assert posts.steps(blocked) == [*ASKED, "25 Jan +10wd chair", "01 Feb +15wd coordinator"]
    assert {step.split()[2] for step in posts.steps(unaccepted)} == {"ask", f"silent-{OTHER}"}
    days = [f"{row.out.lane} {row.out.at:%x}" for row in posts.sent]
    assert len(days) == len(set(days))
    first = next(row.out.message for row in posts.sent if row.out.lane == COORDINATOR)
    assert "EM-1, Draft the table, was due Fri 4 Dec 2026, 25 days late, for" in first.text
    assert "No word since it was due." in first.text
    assert "I told @models-chair on Fri 18 Dec 2026." in str(first.blocks)


@pytest.mark.parametrize(
    ("kept", "later"),
    [
        (GroupSettings(chair_after=0, coordinator_after=0), []),
        (GroupSettings(chair_after=2, decide_after=1), TOLD[1:]),
    ],
    ids=["off", "a day that has passed"],
)
async def test_a_groups_own_days_are_followed_at_once(
    office: Office, posts: Posts, kept: GroupSettings, later: list[str]
) -> None:
    office.add(MEMBER, MEMBER, due=DUE)
    office.clock.set("2026-12-16T22:00:00+00:00")
    office.do(CHAIR, partial(set_group, kept=kept, office=office))
    await posts.until("2027-01-08")
    assert posts.steps() == later


async def test_what_was_said_is_not_said_again_after_other_days(
    office: Office, posts: Posts
) -> None:
    """Nor when its reader has another week, or the owner says that they are away."""
    office.add(MEMBER, MEMBER, due=DUE)
    office.clock.set("2026-12-18T07:00:00+00:00")
    await posts.until("2026-12-18")
    week = frozenset({6, 0, 1, 2, 3})
    office.do(CHAIR, lambda ask: settings.set_hours(ask, None, week, office.planner))
    kept = GroupSettings(chair_after=12, coordinator_after=15)
    office.do(CHAIR, partial(set_group, kept=kept, office=office))
    back = date(2026, 12, 23)
    office.do(MEMBER, lambda ask: settings.set_away(ask, back, office.planner))
    await posts.until("2027-01-15")
    assert posts.steps() == [TOLD[0], "23 Dec 7d owner", "15 Jan +15wd coordinator"]


async def test_the_owners_word_settles_what_the_chair_was_told(
    office: Office, posts: Posts
) -> None:
    office.add(MEMBER, MEMBER, due=DUE)
    office.clock.set("2026-12-18T07:00:00+00:00")
    await posts.until("2026-12-18")
    office.do(MEMBER, lambda ask: items.start(ask, EM_1))
    edits = office.db.read_now(lambda store: store.outbox.recent(1))
    assert edits[0].out.kind == cards.EDIT
    said = edits[0].out.message
    assert "In progress, said by @models-member, Fri 18 Dec 2026; still overdue since" in said.text
    assert "nothing is left" not in said.text
    assert "item.give" in str(said.blocks)
