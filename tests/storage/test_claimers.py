from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Barrier, Lock

from sqlalchemy import Engine, event

from bot.domain.outbox import Sent, State
from bot.errors import Busy
from bot.storage.database import Database, Store
from tests.storage.samples import NOON, outgoing

ROWS, LANES, CLAIMERS = 200, 50, 4


def fill(store: Store) -> None:
    for number in range(ROWS):
        store.outbox.put(outgoing(f"{number:03}", f"C{number % LANES:02}"))


def settle(store: Store, rows: tuple[Sent, ...]) -> None:
    for row in rows:
        store.outbox.settle(row.id, row.claim_no, State.SENT, ts="1")
        store.outbox.free_lane(row.out.lane, row.claim_no, NOON)


class Race:
    """Claimers that claim and settle until nothing is left, or a row was claimed twice."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.claimed: Counter[str] = Counter()
        self.lanes: dict[str, list[str]] = {}
        self._lock = Lock()
        self._together = Barrier(CLAIMERS)

    def run(self) -> None:
        with ThreadPoolExecutor(CLAIMERS) as threads:
            for claimer in [threads.submit(self._claimer) for _ in range(CLAIMERS)]:
                claimer.result()

    def _claimer(self) -> None:
        self._together.wait()
        while not self._over():
            with suppress(Busy):  # Tried again, as delivery does.
                self._round()

    def _round(self) -> None:
        rows = self.db.write_now(lambda store: store.outbox.claim(NOON, 5), wait=30)
        with self._lock:
            for row in rows:
                self.claimed[row.out.key] += 1
                self.lanes.setdefault(row.out.lane, []).append(row.out.key)
        self.db.write_now(lambda store: settle(store, rows), wait=30)

    def _over(self) -> bool:
        if any(times > 1 for times in tuple(self.claimed.values())):
            return True
        counts = self.db.read_now(lambda store: store.outbox.counts(), wait=30)
        return counts[State.PENDING] + counts[State.SENDING] == 0


@contextmanager
def careless() -> Iterator[None]:
    """As if nobody had asked for locks: SQLite without BEGIN IMMEDIATE, no FOR UPDATE."""

    def unlock(
        _1: object, _2: object, statement: str, parameters: object, *_: object
    ) -> tuple[str, object]:
        return statement.replace("BEGIN IMMEDIATE", "SELECT 1").split(" FOR UPDATE")[0], parameters

    event.listen(Engine, "before_cursor_execute", unlock, retval=True)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", unlock)


def test_overlapping_claimers_never_both_get_a_row_and_keep_each_lane_in_order(
    db: Database,
) -> None:
    db.write_now(fill, wait=30)
    race = Race(db)
    race.run()
    assert race.claimed == Counter(f"{number:03}" for number in range(ROWS))
    assert all(keys == sorted(keys) for keys in race.lanes.values())


def test_without_locks_the_same_race_doubles(db: Database) -> None:
    db.write_now(fill, wait=30)
    race = Race(db)
    with careless():
        race.run()
    assert max(race.claimed.values()) > 1
