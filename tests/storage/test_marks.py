from bot.domain.model import TeamId
from bot.storage.database import Database
from bot.storage.marks import Mark
from tests.conftest import FakeClock


def test_a_mark_is_what_was_last_set(db: Database, clock: FakeClock) -> None:
    db.write_now(lambda store: store.marks.set("plan", clock(), "first"))
    later = clock.forward(minutes=1)
    db.write_now(lambda store: store.marks.set("plan", later))
    assert db.read_now(lambda store: store.marks.get("plan")) == Mark("plan", later)


def test_an_unset_mark_is_none(db: Database) -> None:
    assert db.read_now(lambda store: store.marks.get("plan")) is None


def test_each_team_has_its_own_marks_but_the_database_has_one_world(
    db: Database, clock: FakeClock
) -> None:
    db.write_now(lambda store: store.marks.set("plan", clock()))
    db.write_now(lambda store: store.marks.set("world", clock(), "live"))
    db.bind(TeamId("T0OTHER"))
    assert db.read_now(lambda store: store.marks.get("plan")) is None
    assert db.read_now(lambda store: store.marks.get("world")) == Mark("world", clock(), "live")
