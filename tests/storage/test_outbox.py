from dataclasses import replace
from datetime import timedelta

from bot.domain.model import TeamId
from bot.domain.outbox import SAID_BEFORE, Message, Outgoing, State, Way
from bot.storage.database import Database, Store
from tests.storage.samples import NOON, outgoing


def states(db: Database, *keys: str) -> list[State | None]:
    def look(store: Store) -> list[State | None]:
        rows = [store.outbox.by_key(key) for key in keys]
        return [row.state if row else None for row in rows]

    return db.read_now(look)


def put(db: Database, *rows: Outgoing) -> list[bool]:
    return db.write_now(lambda store: [store.outbox.put(row) for row in rows])


def test_what_is_put_comes_back_whole(db: Database) -> None:
    out = replace(
        outgoing("a", way=Way.EDIT, edits="card", bundle="mine"), thread_ts="1.2", quiet_hours=True
    )
    put(db, out)
    row = db.read_now(lambda store: store.outbox.by_key("a"))
    assert row is not None
    assert (row.out, row.state, row.attempts, row.claim_no) == (out, State.PENDING, 0, 0)


def test_what_is_put_twice_is_one_row_with_the_later_words(db: Database) -> None:
    later = NOON + timedelta(hours=2)
    assert put(db, outgoing("a", text="old"), outgoing("a", text="new", at=later)) == [True, True]
    (row,) = db.read_now(lambda store: store.outbox.about("item:1"))
    assert (row.out.message.text, row.out.at) == ("new", later)


def test_what_was_claimed_is_not_refreshed(db: Database) -> None:
    put(db, outgoing("a", text="old"))
    db.write_now(lambda store: store.outbox.claim(NOON))
    assert put(db, outgoing("a", text="new")) == [False]
    row = db.read_now(lambda store: store.outbox.by_key("a"))
    assert row is not None
    assert (row.out.message.text, row.state) == ("old", State.SENDING)


def test_withdrawing_unsays_only_what_is_pending_about_the_subject(db: Database) -> None:
    put(db, outgoing("sent", at=NOON - timedelta(hours=1)), outgoing("a", lane="C1"))
    db.write_now(lambda store: store.outbox.claim(NOON - timedelta(minutes=1)))
    put(db, outgoing("b", lane="C1", subject="item:2"))
    assert db.write_now(lambda store: store.outbox.withdraw("item:1")) == 1
    assert states(db, "sent", "a", "b") == [State.SENDING, State.WITHDRAWN, State.PENDING]


def test_withdrawing_may_be_kept_to_some_kinds(db: Database) -> None:
    put(db, outgoing("a", kind="reminder"), outgoing("b", kind="card"))
    db.write_now(lambda store: store.outbox.withdraw("item:1", kinds=frozenset({"reminder"})))
    assert states(db, "a", "b") == [State.WITHDRAWN, State.PENDING]


def test_closed_and_reopened_the_same_day_it_is_said_after_all(db: Database) -> None:
    put(db, outgoing("a"))
    db.write_now(lambda store: store.outbox.withdraw("item:1"))
    assert db.write_now(lambda store: store.outbox.claim(NOON)) == ()
    assert put(db, outgoing("a", text="again")) == [True]
    (row,) = db.write_now(lambda store: store.outbox.claim(NOON))
    assert row.out.message.text == "again"


def test_what_was_missed_is_put_as_stale(db: Database) -> None:
    db.write_now(lambda store: store.outbox.put(outgoing("a"), state=State.STALE, why="offline"))
    row = db.read_now(lambda store: store.outbox.by_key("a"))
    assert row is not None
    assert (row.state, row.why) == (State.STALE, "offline")
    assert db.write_now(lambda store: store.outbox.claim(NOON)) == ()


def test_withdrawn_while_being_sent_it_is_not_tried_again(db: Database) -> None:
    put(db, outgoing("a"))
    (row,) = db.write_now(lambda store: store.outbox.claim(NOON))
    db.write_now(lambda store: store.outbox.withdraw("item:1"))
    db.write_now(lambda store: store.outbox.settle(row.id, row.claim_no, State.PENDING))
    assert states(db, "a") == [State.WITHDRAWN]


def test_wanted_again_while_being_sent_it_is_tried_again(db: Database) -> None:
    put(db, outgoing("a"))
    (row,) = db.write_now(lambda store: store.outbox.claim(NOON))
    db.write_now(lambda store: store.outbox.withdraw("item:1"))
    assert put(db, outgoing("a")) == [False]
    db.write_now(lambda store: store.outbox.settle(row.id, row.claim_no, State.PENDING))
    assert states(db, "a") == [State.PENDING]


def test_what_is_about_a_subject_comes_in_the_order_it_is_said(db: Database) -> None:
    put(db, outgoing("late", at=NOON + timedelta(hours=1)), outgoing("soon"), outgoing("next"))
    rows = db.read_now(lambda store: store.outbox.about("item:1"))
    assert [row.out.key for row in rows] == ["soon", "next", "late"]


def test_counts_name_every_state_and_leave_out_what_came_from_elsewhere(db: Database) -> None:
    put(db, outgoing("a"), outgoing("b"))
    db.write_now(lambda s: s.outbox.put(outgoing("c"), state=State.STALE, why=SAID_BEFORE))
    counts = db.read_now(lambda store: store.outbox.counts())
    assert counts == dict.fromkeys(State, 0) | {State.PENDING: 2}


def test_the_recent_are_the_last_put(db: Database) -> None:
    put(db, outgoing("a"), outgoing("b"), outgoing("c", at=NOON - timedelta(days=1)))
    rows = db.read_now(lambda store: store.outbox.recent(2))
    assert [row.out.key for row in rows] == ["c", "b"]


def test_another_team_sees_none_of_it(db: Database) -> None:
    put(db, outgoing("a"))
    db.bind(TeamId("T0OTHER"))
    assert put(db, outgoing("a", text="theirs")) == [True]
    (row,) = db.write_now(lambda store: store.outbox.claim(NOON))
    assert row.out.message == Message("theirs", ({"type": "divider"},))
    assert db.read_now(lambda store: store.outbox.counts())[State.PENDING] == 0


def test_what_is_there_and_not_withdrawn_stands(db: Database) -> None:
    put(db, outgoing("gone"))
    db.write_now(lambda store: store.outbox.withdraw("item:1"))
    put(db, outgoing("a"))
    asked = ("gone", "a", "never")
    assert db.read_now(lambda store: store.outbox.standing(asked)) == frozenset({"a"})
