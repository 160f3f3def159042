"""What a preview promises is what is said, as long as nothing changes."""

import random
import shutil
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

from bot.demo.actions import add_all
from bot.demo.deadlines import add_deadlines
from bot.demo.meetings import add_meetings
from bot.demo.world import TEAM, World
from bot.domain.digests import Wish
from bot.domain.model import TeamId, UserId
from bot.services.notices import Planner
from bot.storage.database import Database, Store
from bot.world import is_holiday
from tests.conftest import FakeClock
from tests.services.quarter import WEEK, Quarter, leading

WEEKS = 3


@pytest.fixture
def quarter(sqlite_template: Path, tmp_path: Path, clock: FakeClock) -> Iterator[Quarter]:
    db = Database(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'concerted.db')}")
    db.bind(TeamId(TEAM))
    demo = World.load(reanchored=True)

    def fill(store: Store) -> None:
        demo.shape(store)
        add_meetings(store, demo)
        add_all(store, demo)
        add_deadlines(store, demo)
        store.digests.set_wish(demo.person_id("coordinator"), None, Wish.ON)
        world = store.groups.world()
        for user, key in product(leading(world), sorted(world.groups)[1:]):
            store.digests.set_wish(user, key, Wish.OFF)  # One group tells all, in half the time.
        Planner(is_holiday).count_as_said(store, demo.as_of)

    db.write_now(fill)
    clock.now = demo.as_of
    yield Quarter(db, clock, random.Random(3))
    db.close_now()


async def test_what_a_preview_promises_is_what_is_said(quarter: Quarter) -> None:
    """Weeks before each of which people act, at any hour, and then nothing changes."""
    kept, told, channels = 0, list[UserId](), quarter.channels()
    for week in range(WEEKS):
        await quarter.work()  # What was not watched is planned some time: before the promise.
        quarter.hold()
        quarter.act(4)
        if week % 3 == 1:
            quarter.posts.clear()
            while not (told := quarter.told()):
                due = quarter.db.read_now(lambda s: quarter.planner.next_at(s, quarter.clock()))
                assert due is not None
                await quarter.pass_until(due + timedelta(hours=1))
            quarter.decline(told[-1])
        heard = told[-1:] if week % 3 == 1 else []
        some = quarter.concerned(2, heard)
        promised = quarter.promised(some, channels)
        quarter.posts.clear()
        lanes = {*channels, *(person.user for person in some)}
        await quarter.pass_until(quarter.clock() + WEEK, {person.user for person in some})
        assert sorted(said for said in quarter.posts if said[0] in lanes) == sorted(promised)
        quarter.note_kinds()
        kept += len(promised)
    assert kept > 20
    assert quarter.kinds >= {"item", "deadline", "prep", "remind", "escalate", "digest"}
    assert quarter.brought >= {"interests", "rsvp-ask", "quorum", "meeting-note", "minutes-actions"}
