from datetime import datetime, timedelta

import pytest

from bot.domain.model import TeamId
from bot.errors import Busy
from bot.storage.database import Database
from bot.storage.inbox import Entry
from tests.storage.samples import CHAIR, NOON

SECOND = timedelta(seconds=1)


def keep(
    db: Database, key: str, at: datetime = NOON, alt: str | None = None, words: str | None = None
) -> Entry:
    return db.write_now(
        lambda store: store.inbox.keep("slash", key, alt, CHAIR, "add", words, '{"a": 1}', at)
    )


def test_an_entry_is_found_by_its_key_and_its_other_name(db: Database) -> None:
    kept = keep(db, "1", alt="msg-1", words="hash")
    assert kept == Entry("slash", "1", "msg-1", CHAIR, "add", "hash", '{"a": 1}', NOON)
    assert db.read_now(lambda store: store.inbox.find("slash", "1")) == kept
    assert db.read_now(lambda store: store.inbox.find_alt("msg-1")) == kept
    assert db.read_now(lambda store: store.inbox.find("event", "1")) is None
    assert db.read_now(lambda store: store.inbox.find_alt("msg-2")) is None


@pytest.mark.parametrize(("key", "alt"), [("1", "other"), ("2", "msg-1")])
def test_a_request_kept_twice_rolls_back_the_second(db: Database, key: str, alt: str) -> None:
    keep(db, "1", alt="msg-1")
    with pytest.raises(Busy):
        keep(db, key, alt=alt)
    assert db.read_now(lambda store: store.inbox.find("slash", "2")) is None


def test_purging_keeps_what_is_young_enough(db: Database) -> None:
    keep(db, "old", NOON - SECOND)
    keep(db, "young")
    assert db.write_now(lambda store: store.inbox.purge(NOON)) == 1
    assert db.read_now(lambda store: store.inbox.find("slash", "old")) is None
    assert db.read_now(lambda store: store.inbox.find("slash", "young")) is not None


def test_another_team_may_use_the_same_key(db: Database) -> None:
    keep(db, "1", alt="msg-1")
    db.bind(TeamId("T0OTHER"))
    assert db.read_now(lambda store: store.inbox.find("slash", "1")) is None
    keep(db, "1", alt="msg-1")
