"""Deadlines on both databases: what was said is kept, and found by group and day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.deadlines import Deadline, Kind, NewDeadline, Stage
from bot.domain.items import Move
from bot.domain.model import GroupKey, GroupState, Ref, TeamId
from bot.errors import Code, Conflict
from bot.storage.database import Database, Store
from tests.storage.counting import statements
from tests.storage.samples import CHAIR, MEMBER, MODELS, NOON, TARGETS

TODAY = NOON.date()


@pytest.fixture(autouse=True)
def groups(db: Database) -> None:
    db.write_now(lambda store: store.groups.save(MODELS))
    db.write_now(lambda store: store.groups.save(TARGETS))


def new(days: int = 5, *groups: GroupKey) -> NewDeadline:
    """So many days from today."""
    return NewDeadline("Recommendation", TODAY + timedelta(days=days), groups)


def add(db: Database, *new: NewDeadline) -> list[Deadline]:
    return db.write_now(lambda store: [store.deadlines.create(one, CHAIR, NOON) for one in new])


def test_what_was_promised_is_kept_with_all_its_parts(db: Database) -> None:
    full = NewDeadline(
        text="Two-page recommendation",
        due=date(2026, 12, 4),
        groups=(TARGETS.key, MODELS.key),
        kind=Kind.DELIVERABLE,
        owner=MEMBER,
        needs=(Ref("TR-2"), Ref("DL-9")),
    )
    (made,) = add(db, full)
    assert (made.ref, made.version, made.first_due, made.stage) == (
        *("DL-1", 1, full.due),
        Stage.OPEN,
    )
    assert all(getattr(made, name) == getattr(full, name) for name in full.__dataclass_fields__)
    assert db.read_now(lambda store: store.deadlines.get(Ref("DL-1"))) == made
    assert db.read_now(lambda store: store.deadlines.get(Ref("DL-2"))) is None
    moved = replace(
        made,
        due=date(2026, 12, 18),
        stage=Stage.REVIEW,
        groups=(MODELS.key,),
        needs=(),
        moves=(
            Move(full.due, date(2026, 12, 11), CHAIR, NOON, "Late scans"),
            Move(date(2026, 12, 11), date(2026, 12, 18), MEMBER, NOON, "Later still"),
        ),
        note="Nearly",
        updated_by=MEMBER,
    )
    saved = db.write_now(lambda store: store.deadlines.save(moved, expected=1))
    assert saved == replace(moved, version=2)
    assert db.read_now(lambda store: store.deadlines.get(made.ref)) == saved
    with pytest.raises(Conflict) as refused:
        db.write_now(lambda store: store.deadlines.save(made, expected=1))
    assert refused.value.code is Code.CHANGED_MEANWHILE
    assert db.read_now(lambda store: store.deadlines.get(made.ref)) == saved


def test_of_a_group_are_its_own_and_those_of_all_soonest_first(db: Database) -> None:
    later, theirs, of_all, both, met, gone = add(
        db,
        new(9, MODELS.key),
        new(2, TARGETS.key),
        new(9),
        new(-3, MODELS.key, TARGETS.key),
        new(1, MODELS.key),
        new(1, MODELS.key),
    )

    def end(one: Deadline, **more: object) -> None:
        ended = replace(one, **more)  # type: ignore[arg-type]  # the fields this test is about
        db.write_now(lambda store: store.deadlines.save(ended, expected=1))

    end(met, stage=Stage.MET)
    end(gone, taken_back=True)
    models, targets = [MODELS.key], [TARGETS.key]
    read = db.read_now
    assert read(lambda store: store.deadlines.of_groups(models)) == (both, later, of_all)
    assert read(lambda store: store.deadlines.of_groups(targets)) == (both, theirs, of_all)
    assert read(lambda store: store.deadlines.all_open()) == (both, theirs, later, of_all)
    every = read(lambda store: store.deadlines.of_groups(models, closed=True))
    assert [one.ref for one in every] == [both.ref, met.ref, later.ref, of_all.ref]
    assert read(lambda store: store.deadlines.next_of(MODELS.key)) == both
    assert read(lambda store: store.deadlines.next_of(GroupKey("trials"))) == of_all


def test_what_waits_for_something_is_found_by_it(db: Database) -> None:
    waiting, _, ended = add(
        db,
        replace(new(), needs=(Ref("EM-1"), Ref("EM-2"))),
        replace(new(), needs=(Ref("EM-3"),)),
        replace(new(), needs=(Ref("EM-2"),)),
    )
    dropped = replace(ended, stage=Stage.DROPPED)
    db.write_now(lambda store: store.deadlines.save(dropped, expected=1))
    needing = db.read_now(lambda store: store.deadlines.open_needing([Ref("EM-2"), Ref("DL-1")]))
    assert needing == (waiting,)


def test_numbers_go_on_and_belong_to_a_team(db: Database) -> None:
    add(db, new())
    own = db.team
    db.bind(TeamId("T0OTHER"))
    assert db.read_now(lambda store: store.deadlines.of_groups()) == ()
    assert [one.ref for one in add(db, new())] == ["DL-1"]
    db.bind(own)
    assert [one.ref for one in add(db, new())] == ["DL-2"]


def test_with_a_forgotten_group_go_the_deadlines_that_were_its_alone(db: Database) -> None:
    alone, shared, of_all = add(
        *(db, new(1, MODELS.key), new(2, MODELS.key, TARGETS.key)),
        replace(new(3), needs=(Ref("DL-1"),)),
    )
    ended = replace(MODELS, state=GroupState.CLOSED, ended_at=NOON - timedelta(days=2))
    db.write_now(lambda store: store.groups.save(ended))
    forgotten = db.write_now(lambda store: store.retention.forget_groups(NOON))
    assert forgotten == (MODELS.key,)
    left = db.read_now(lambda store: store.deadlines.all_open())
    assert left == (replace(shared, groups=(TARGETS.key,)), replace(of_all, needs=()))
    assert db.read_now(lambda store: store.deadlines.get(alone.ref)) is None


def test_many_deadlines_cost_no_more_statements_than_one(db: Database) -> None:
    add(db, replace(new(1, MODELS.key), needs=(Ref("EM-1"),)))
    with statements() as few:
        db.read_now(lambda store: store.deadlines.of_groups([MODELS.key]))
    add(db, *(replace(new(day, MODELS.key), needs=(Ref("EM-1"),)) for day in range(2, 12)))
    with statements() as many:
        found = db.read_now(lambda store: store.deadlines.of_groups([MODELS.key]))
    assert len(found) == 11
    assert len(many) == len(few)


def test_a_change_writes_only_the_move_that_is_new(db: Database) -> None:
    moves = tuple(Move(TODAY, TODAY, CHAIR, NOON, f"reason {n}") for n in range(3))

    def save(store: Store) -> Deadline:
        made = store.deadlines.create(new(), CHAIR, NOON)
        saved = store.deadlines.save(replace(made, moves=moves[:2]), made.version)
        with statements() as said:
            saved = store.deadlines.save(replace(saved, moves=moves), saved.version)
        assert not any("DELETE" in one for one in said)
        dropped = store.deadlines.save(replace(saved, moves=moves[1:]), saved.version)
        assert store.deadlines.by_id(made.id) == dropped
        return store.deadlines.save(replace(dropped, moves=moves), dropped.version)

    saved = db.write_now(save)
    assert db.read_now(lambda store: store.deadlines.by_id(saved.id)) == saved
    assert saved.moves == moves
