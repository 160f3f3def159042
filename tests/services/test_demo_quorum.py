"""Journey 10 in the demo's world: four of nine come to Milan, and a guest makes them five."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo.seeds import DEMO
from bot.demo.world import TEAM
from bot.domain.model import TeamId, UserId
from bot.domain.outbox import Sent
from bot.handlers.reading import reading_of
from bot.handlers.registry import Invocation
from bot.handlers.rsvp_words import read_rsvp
from bot.handlers.rsvps import answer
from bot.services import quorum_checks
from bot.services.access import Ask
from bot.services.inbox import Reply
from bot.services.meeting_news import QUORUM
from bot.storage.database import Database, Store
from bot.world import is_holiday
from tests.e2e.worlds import demo_world, filled

BEFORE = datetime(2013, 1, 20, 12, tzinfo=UTC)
FRIDAY = datetime(2013, 2, 1, 9, tzinfo=UTC)
YES = ("models-chair", "targets-chair", "trials-chair", "symptoms-chair")


@pytest.fixture
def milan(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    copy = shutil.copy(filled(sqlite_template, demo_world(False), DEMO), tmp_path / "demo.db")
    db = Database(f"sqlite:///{copy}")
    db.bind(TeamId(TEAM))
    yield db
    db.close_now()


def says(db: Database, handle: str, line: str) -> str:
    """What the person hears who types that, as Slack sends it."""

    def work(store: Store) -> str:
        world = store.groups.world()
        actor = next(p for p in world.people.values() if p.handle == handle)
        key = f"{handle} {line}"
        ask = Ask(store, actor, BEFORE, key, "D0", world)  # type: ignore[arg-type]  # any DM
        by = Invocation("command", key, actor.user, ask.channel)
        said = answer(ask, by, read_rsvp(line, reading_of(ask)))
        assert isinstance(said, Reply)
        assert said.private
        return said.message.text

    return db.write_now(work)


def hears(db: Database, now: datetime) -> list[Sent]:
    def look(store: Store) -> None:
        mark = now - timedelta(minutes=30)
        quorum_checks.plan(store, store.groups.world(), is_holiday, now, mark)

    db.write_now(look)
    recent = db.read_now(lambda store: store.outbox.recent(50))
    return [row for row in recent if row.out.kind == QUORUM]


def test_the_coordinator_hears_at_nine_that_one_is_missing(milan: Database) -> None:
    for handle in (*YES, "industry-observer", "coordinator"):
        says(milan, handle, "MT-30 yes")
    again = says(milan, "partner", "MT-30 no @symptoms-chair")
    assert "a voter counts once" in again
    assert "4 of 9 voting people come, 5 are needed." in again
    (row,) = hears(milan, FRIDAY)
    world = milan.read_now(lambda store: store.groups.world())
    assert world.people[UserId(row.out.lane)].handle == "coordinator"
    assert row.out.at == FRIDAY
    assert "4 of 9, needs 5" in row.out.message.text


def test_a_guest_as_substitute_makes_the_quorum(milan: Database) -> None:
    for handle in YES:
        says(milan, handle, "MT-30 yes")
    said = says(milan, "partner", "MT-30 no @industry-observer")
    assert "counts for your vote. 5 of 9 voting people come, 5 are needed." in said
    (row,) = hears(milan, FRIDAY)
    assert "Too few" not in row.out.message.text  # Only the agenda is missing.
    assert "No agenda is posted yet." in row.out.message.text
