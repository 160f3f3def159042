"""The demo world's deadlines, in both of its years: what `demo.yaml` says must come out."""

from pathlib import Path

import pytest

from bot.demo.seeds import DEMO
from bot.demo.world import TEAM, World
from bot.domain.deadlines import Kind, Stage
from bot.domain.model import GroupKey, Ref, TeamId
from bot.services.chains import slipped
from bot.storage.database import Database, Store
from tests.e2e.stage import demo_world, filled


@pytest.mark.parametrize("reanchored", [False, True])
def test_each_group_has_its_next_deadline_and_what_it_needs(
    sqlite_template: Path, reanchored: bool
) -> None:
    demo = demo_world(reanchored)
    db = Database(f"sqlite:///{filled(sqlite_template, demo, DEMO)}")
    db.bind(TeamId(TEAM))
    db.read_now(lambda store: check(store, demo))
    db.close_now()


def check(store: Store, demo: World) -> None:
    told = {row["id"]: row for row in demo.facts["milestones"] if row["as"] == "deadline"}
    known = {one.ref: one for one in store.deadlines.of_groups(closed=True)}
    assert set(known) == set(told) == {f"DL-{n}" for n in range(1, 9)}
    for ref, row in told.items():
        one = known[Ref(ref)]
        assert (one.due - demo.shift, one.kind) == (row["date"], Kind(row["type"]))
        assert list(one.needs) == row.get("needs", [])
        assert (one.stage is Stage.MET) == (row["status"] == "met")
        assert (one.closed_at is None) == (row["status"] == "open")
        assert one.owner == demo.person_id(row["owner"])
    for row in demo.facts["expected"]["status_at_as_of"]:
        ahead = store.deadlines.next_of(GroupKey(row["group"]))
        assert ahead is not None
        assert ahead.ref == row["next_deadline"]
    # PC-2 and OM-3 are due before the recommendations: nobody is hit yet.
    assert slipped(store, Ref("PC-2")) == ()
