from datetime import datetime, timedelta

import pytest

from bot.domain.outbox import Message, Outgoing, Sent, State
from bot.storage.database import Database, Store
from bot.storage.lanes import LEASE, Pause
from tests.storage.samples import NOON, outgoing
from tests.storage.test_outbox import states

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def put(db: Database, *rows: Outgoing) -> None:
    db.write_now(lambda store: [store.outbox.put(row) for row in rows])


def claim(db: Database, now: datetime = NOON) -> tuple[Sent, ...]:
    return db.write_now(lambda store: store.outbox.claim(now))


def keys(rows: tuple[Sent, ...]) -> list[str]:
    return [row.out.key for row in rows]


def settle(
    db: Database, row: Sent, state: State = State.SENT, next_try: datetime | None = None
) -> bool:
    """The verdict, and the lane free at once."""
    channel, ts = ("C0MODELS", f"1.{row.claim_no}") if state is State.SENT else (None, None)

    def work(store: Store) -> bool:
        ours = store.outbox.settle(
            row.id, row.claim_no, state, channel=channel, ts=ts, next_try=next_try
        )
        store.outbox.free_lane(row.out.lane, row.claim_no, NOON)
        return ours

    return db.write_now(work)


def test_only_the_head_of_a_lane_is_claimed_and_lanes_do_not_wait_for_each_other(
    db: Database,
) -> None:
    put(db, outgoing("a1", "CA"), outgoing("a2", "CA"), outgoing("b1", "CB"))
    assert sorted(keys(claim(db))) == ["a1", "b1"]
    assert claim(db) == ()


def test_a_lane_is_said_in_order_of_time_then_of_putting(db: Database) -> None:
    put(db, outgoing("third"), outgoing("first", at=NOON - MINUTE), outgoing("fourth"))
    put(db, outgoing("second", at=NOON - SECOND))
    said = []
    while rows := claim(db):
        said += keys(rows)
        settle(db, rows[0])
    assert said == ["first", "second", "third", "fourth"]


def test_a_claim_counts_the_attempt_and_takes_a_number(db: Database) -> None:
    put(db, outgoing("a"))
    (row,) = claim(db)
    assert (row.state, row.attempts, row.claim_no) == (State.SENDING, 1, 1)
    assert (row.first_sent, row.last_sent) == (NOON, NOON)
    settle(db, row, State.PENDING)
    (row,) = claim(db, NOON + MINUTE)
    assert (row.attempts, row.claim_no) == (2, 2)
    assert (row.first_sent, row.last_sent) == (NOON, NOON + MINUTE)


def test_nothing_is_claimed_before_its_time(db: Database) -> None:
    put(db, outgoing("a", at=NOON + SECOND))
    assert claim(db) == ()
    assert keys(claim(db, NOON + SECOND)) == ["a"]


def test_at_most_the_limit_is_claimed_the_longest_due_first(db: Database) -> None:
    put(db, *(outgoing(f"{n}", f"C{n}", at=NOON - n * MINUTE) for n in range(5)))
    assert keys(db.write_now(lambda store: store.outbox.claim(NOON, 2))) == ["4", "3"]


def test_a_lane_rests_until_it_may_speak_again(db: Database) -> None:
    put(db, outgoing("a"), outgoing("b"))
    (row,) = claim(db)
    rested = NOON + timedelta(seconds=1.1)
    db.write_now(lambda store: store.outbox.settle(row.id, row.claim_no, State.SENT, ts="1"))
    assert claim(db) == ()
    db.write_now(lambda store: store.outbox.free_lane(row.out.lane, row.claim_no, rested))
    assert claim(db, NOON + SECOND) == ()
    assert keys(claim(db, rested)) == ["b"]


def test_a_row_to_be_tried_later_holds_its_lane(db: Database) -> None:
    put(db, outgoing("a"), outgoing("b"))
    (row,) = claim(db)
    settle(db, row, State.PENDING, next_try=NOON + MINUTE)
    assert claim(db) == ()
    assert keys(claim(db, NOON + MINUTE)) == ["a"]


@pytest.mark.parametrize("state", [State.REFUSED, State.UNKNOWN])
def test_what_failed_for_good_does_not_hold_its_lane(db: Database, state: State) -> None:
    put(db, outgoing("a"), outgoing("b"))
    (row,) = claim(db)
    settle(db, row, state)
    assert keys(claim(db)) == ["b"]


def test_an_expired_lease_makes_the_row_unknown_and_the_next_is_said(db: Database) -> None:
    put(db, outgoing("a"), outgoing("b"))
    claim(db)
    assert claim(db, NOON + LEASE - SECOND) == ()
    assert keys(claim(db, NOON + LEASE)) == ["b"]
    assert states(db, "a") == [State.UNKNOWN]


def test_a_former_owner_changes_nothing(db: Database) -> None:
    put(db, outgoing("a"), outgoing("b"))
    (former,) = claim(db)
    (current,) = claim(db, NOON + LEASE)
    assert not settle(db, former)
    assert states(db, "a", "b") == [State.UNKNOWN, State.SENDING]
    assert claim(db, NOON + LEASE) == (), "the former owner freed a lane it had lost"
    assert not db.write_now(
        lambda store: store.outbox.freeze(former.id, former.claim_no, Message("late"))
    )
    assert settle(db, current)


def test_a_late_verdict_on_an_earlier_attempt_changes_nothing(db: Database) -> None:
    put(db, outgoing("a"))
    (first,) = claim(db)
    settle(db, first, State.PENDING)
    (second,) = claim(db)
    assert not settle(db, first, State.REFUSED)
    assert states(db, "a") == [State.SENDING]
    assert settle(db, second)


def test_a_verdict_counts_once(db: Database) -> None:
    put(db, outgoing("a"))
    (row,) = claim(db)
    assert settle(db, row, State.REFUSED)
    assert not settle(db, row)
    assert states(db, "a") == [State.REFUSED]


def test_a_paused_lane_waits_and_only_it(db: Database) -> None:
    put(db, outgoing("a", "CA"), outgoing("b", "CB"))
    db.write_now(lambda store: store.outbox.pause_lane("CA", NOON + MINUTE, "ratelimited"))
    db.write_now(lambda store: store.outbox.pause_lane("CA", NOON + SECOND, "shorter"))
    assert keys(claim(db)) == ["b"]
    pause = Pause("CA", NOON + MINUTE, "ratelimited")
    assert db.read_now(lambda store: store.outbox.paused(NOON)) == (pause,)
    assert db.read_now(lambda store: store.outbox.paused(NOON + MINUTE)) == ()
    assert keys(claim(db, NOON + MINUTE)) == ["a"]


def test_all_lanes_wait_also_new_ones_until_told_to_go_on(db: Database) -> None:
    put(db, outgoing("a", "CA"))
    db.write_now(lambda store: store.outbox.pause_all(NOON + MINUTE, "invalid_auth"))
    put(db, outgoing("b", "CB"))
    assert claim(db) == ()
    assert db.read_now(lambda store: store.outbox.next_at()) == NOON + MINUTE
    db.write_now(lambda store: store.outbox.pause_all(None))
    assert sorted(keys(claim(db))) == ["a", "b"]


def test_what_is_frozen_is_what_was_sent(db: Database) -> None:
    put(db, outgoing("a", text="planned"))
    (row,) = claim(db)
    db.write_now(lambda store: store.outbox.freeze(row.id, row.claim_no, Message("final")))
    settle(db, row)
    sent = db.read_now(lambda store: store.outbox.by_key("a"))
    assert sent is not None
    assert sent.out.message == Message("final")


def test_a_bundle_is_said_as_one_and_falls_apart_when_it_fails(db: Database) -> None:
    put(db, *(outgoing(key, "U1", bundle="mine") for key in "abc"), outgoing("d", "U1"))
    put(
        db, outgoing("e", "U1", bundle="mine", at=NOON + MINUTE), outgoing("f", "U2", bundle="mine")
    )
    head = next(row for row in claim(db) if row.out.lane == "U1")
    others = db.write_now(lambda store: store.outbox.bundle_with(head, NOON))
    assert keys(others) == ["b", "c"]
    db.write_now(
        lambda store: store.outbox.freeze(
            head.id, head.claim_no, Message("three"), [row.id for row in others]
        )
    )
    assert states(db, *"abcde") == [
        State.SENDING,
        State.MERGED,
        State.MERGED,
        State.PENDING,
        State.PENDING,
    ]
    db.write_now(lambda store: store.outbox.withdraw("item:1", kinds=frozenset({"none"})))
    settle(db, head, State.PENDING)
    assert states(db, *"abc") == [State.PENDING] * 3
    again = next(iter(claim(db)))
    assert again.out.message.text == "a", "the bundle's words are composed anew"


def test_a_bundle_that_was_sent_stays_one(db: Database) -> None:
    put(db, *(outgoing(key, "U1", bundle="mine") for key in "ab"))
    (head,) = claim(db)
    (other,) = db.write_now(lambda store: store.outbox.bundle_with(head, NOON))
    db.write_now(
        lambda store: store.outbox.freeze(head.id, head.claim_no, Message("two"), [other.id])
    )
    settle(db, head)
    merged = db.read_now(lambda store: store.outbox.by_key("b"))
    assert merged is not None
    assert (merged.state, merged.merged_into) == (State.MERGED, head.id)
    assert claim(db) == ()


def test_a_row_without_a_bundle_goes_alone(db: Database) -> None:
    put(db, outgoing("a"), outgoing("b"))
    (head,) = claim(db)
    assert db.write_now(lambda store: store.outbox.bundle_with(head, NOON)) == ()


def test_what_was_withdrawn_while_in_a_bundle_does_not_come_back(db: Database) -> None:
    put(db, outgoing("a", "U1", bundle="mine"))
    put(db, outgoing("b", "U1", bundle="mine", subject="item:2"))
    (head,) = claim(db)
    (other,) = db.write_now(lambda store: store.outbox.bundle_with(head, NOON))
    db.write_now(
        lambda store: store.outbox.freeze(head.id, head.claim_no, Message("two"), [other.id])
    )
    db.write_now(lambda store: store.outbox.withdraw("item:2"))
    settle(db, head, State.PENDING)
    assert states(db, "a", "b") == [State.PENDING, State.WITHDRAWN]


def test_quiet_hours_move_a_row_behind_what_may_be_said(db: Database) -> None:
    put(db, outgoing("quiet", "U1"), outgoing("answer", "U1", at=NOON + SECOND))
    (row,) = claim(db)
    morning = NOON + timedelta(hours=20)
    db.write_now(lambda store: store.outbox.defer(row.id, morning))
    put(db, outgoing("quiet", "U1"))
    assert keys(claim(db, NOON + SECOND)) == ["answer"]
    deferred = db.read_now(lambda store: store.outbox.by_key("quiet"))
    assert deferred is not None
    assert (deferred.out.at, deferred.attempts, deferred.first_sent) == (morning, 0, None)


def test_asked_for_at_another_time_a_deferred_row_moves_again(db: Database) -> None:
    put(db, outgoing("quiet", "U1"))
    (row,) = claim(db)
    db.write_now(lambda store: store.outbox.defer(row.id, NOON + timedelta(hours=20)))
    put(db, outgoing("quiet", "U1", at=NOON + MINUTE))
    assert keys(claim(db, NOON + MINUTE)) == ["quiet"]


def test_a_stale_row_frees_its_lane(db: Database) -> None:
    put(db, outgoing("a"), outgoing("b"))
    (row,) = claim(db)
    db.write_now(lambda store: store.outbox.stale(row.id, "too late"))
    assert keys(claim(db)) == ["b"]
    stale = db.read_now(lambda store: store.outbox.by_key("a"))
    assert stale is not None
    assert (stale.state, stale.why, stale.attempts) == (State.STALE, "too late", 0)
