from datetime import datetime, timedelta

import pytest

from bot.domain.outbox import Outgoing, State, Way
from bot.storage.database import Database
from bot.storage.lanes import LEASE
from tests.storage.samples import NOON, outgoing
from tests.storage.test_lanes import MINUTE, SECOND, claim, keys, put, settle
from tests.storage.test_outbox import states


def edit(key: str, edits: str = "card", at: datetime = NOON) -> Outgoing:
    return outgoing(key, way=Way.EDIT, edits=edits, at=at)


def test_an_edit_waits_for_its_message_and_holds_nobody(db: Database) -> None:
    put(db, edit("edit"), outgoing("card", at=NOON + MINUTE), outgoing("other", at=NOON + SECOND))
    assert claim(db) == ()
    (row,) = claim(db, NOON + SECOND)
    assert row.out.key == "other"
    settle(db, row)
    (card,) = claim(db, NOON + MINUTE)
    settle(db, card)
    (row,) = claim(db, NOON + MINUTE)
    assert (row.out.key, row.channel, row.ts) == ("edit", "C0MODELS", "1.2")
    settle(db, row)


@pytest.mark.parametrize("state", [State.REFUSED, State.UNKNOWN])
def test_an_edit_of_what_was_not_posted_is_stale(db: Database, state: State) -> None:
    put(db, outgoing("card"), edit("edit"), outgoing("next"))
    (card,) = claim(db)
    settle(db, card, state)
    assert keys(claim(db)) == ["next"]
    assert states(db, "edit") == [State.STALE]


def test_an_edit_of_what_was_withdrawn_or_never_put_is_stale(db: Database) -> None:
    put(db, outgoing("card", subject="item:9"), edit("edit"), edit("lost", edits="nothing"))
    db.write_now(lambda store: store.outbox.withdraw("item:9"))
    assert claim(db) == ()
    assert states(db, "edit", "lost") == [State.STALE, State.STALE]


def test_a_newer_edit_overtakes_older_ones_that_wait(db: Database) -> None:
    put(db, outgoing("card"), edit("v2"), edit("other", edits="elsewhere"), edit("v3"))
    assert states(db, "v2", "v3", "other") == [State.MERGED, State.PENDING, State.PENDING]
    (card,) = claim(db)
    settle(db, card)
    (row,) = claim(db)
    assert row.out.key == "v3"
    settle(db, row, State.PENDING)
    assert states(db, "v2") == [State.MERGED]


def test_the_next_moment_counts_in_rest_pause_and_lease(db: Database) -> None:
    def next_at() -> datetime | None:
        return db.read_now(lambda store: store.outbox.next_at())

    assert next_at() is None
    put(db, outgoing("a"), outgoing("b"), outgoing("far", "CB", at=NOON + timedelta(days=1)))
    assert next_at() == NOON
    (row,) = claim(db)
    assert next_at() == NOON + LEASE
    rest = NOON + timedelta(seconds=1.1)
    db.write_now(lambda store: store.outbox.settle(row.id, row.claim_no, State.SENT, ts="1"))
    db.write_now(lambda store: store.outbox.free_lane(row.out.lane, row.claim_no, rest))
    assert next_at() == rest
    db.write_now(lambda store: store.outbox.pause_lane("C0MODELS", NOON + MINUTE, "slow"))
    assert next_at() == NOON + MINUTE
