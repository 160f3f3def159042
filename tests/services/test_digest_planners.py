"""Several processes plan at the same instant: one digest and one snapshot all the same."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from bot.services import digests, groups
from bot.services.access import Ask
from bot.services.digests import DIGEST
from bot.storage.database import Database, Store
from tests.conftest import TEAM
from tests.services.conftest import CHAIR, COORDINATOR, MODELS, OUTSIDER, TRIALS, Office

PLANNERS = 3
MONDAY = "2026-11-23T08:00:30+00:00"


def race(office: Office, url: str) -> None:
    together = Barrier(PLANNERS)

    def process() -> None:
        db = Database(url, pool=4)
        db.bind(TEAM)

        def plan(store: Store) -> int:
            return office.planner.plan(store, office.clock())

        together.wait()
        db.write_now(plan, wait=30)

    with ThreadPoolExecutor(PLANNERS) as threads:
        for planner in [threads.submit(process) for _ in range(PLANNERS)]:
            planner.result()


def kept(office: Office) -> tuple[list[str], list[str]]:
    def read(store: Store) -> tuple[list[str], list[str]]:
        rows = [row for row in store.outbox.recent(1000) if row.out.kind == DIGEST]
        now = office.clock()
        weeks = [
            one.week for key in (MODELS, TRIALS) for one in store.digests.snapshots(key, now, 9)
        ]
        return sorted(row.out.lane for row in rows), weeks

    return office.db.read_now(read)


def test_processes_that_plan_together_put_one_digest_for_each_reader(
    office: Office, url: str
) -> None:
    office.clock.set("2026-11-22T12:00:00+00:00")
    office.plan()
    office.clock.set(MONDAY)
    race(office, url)
    once = ([CHAIR, OUTSIDER], ["2026-W47", "2026-W47"])
    assert kept(office) == once
    heads = office.db.write_now(lambda store: store.outbox.claim(office.clock(), 9))
    assert sorted(head.out.lane for head in heads) == [CHAIR, OUTSIDER]
    race(office, url)
    assert kept(office) == once


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("end", ["close", "merge"])
def test_the_digest_that_waits_for_its_hour_goes_with_its_group(office: Office, end: str) -> None:
    office.clock.set("2026-11-22T12:00:00+00:00")
    office.plan()
    office.clock.set(MONDAY)
    office.plan()

    def ended(ask: Ask) -> None:
        if end == "close":
            groups.close(ask, MODELS)
        else:
            groups.merge(ask, MODELS, TRIALS)

    office.do(COORDINATOR, ended)
    office.plan()

    def waiting(store: Store) -> list[str]:
        rows = [*store.outbox.waiting(CHAIR), *store.outbox.waiting(OUTSIDER)]
        return [row.out.subject for row in rows if row.out.kind == DIGEST]

    assert office.db.read_now(waiting) == ["digest:trials"]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_writer_puts_what_a_reader_has_composed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.clock.set("2026-11-23T00:30:00+00:00")
    office.plan()
    office.clock.set(MONDAY)
    made = office.db.read_now(lambda store: office.planner.digests(store, office.clock()))
    assert len(made) == 2
    monkeypatch.setattr(digests, "compose", None)
    office.db.write_now(lambda store: office.planner.plan(store, office.clock(), (), made))

    def texts(store: Store) -> list[str]:
        return [row.out.message.text for row in store.outbox.recent(9) if row.out.kind == DIGEST]

    assert sorted(office.db.read_now(texts)) == sorted(one.text for one in made.values() if one)
