from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.deadlines import NewDeadline
from bot.domain.history import Change
from bot.domain.items import Move
from bot.domain.model import Ref, TeamId
from bot.storage.database import Database, Store
from tests.storage.samples import CHAIR, MEMBER, MODELS, NOON, new

ADDED = Change(Ref("EM-1"), 1, NOON, CHAIR, "added", "request-1", "Draft agenda")
MOVED = replace(ADDED, version=2, by=MEMBER, verb="moved", request="request-2")
OTHER = replace(ADDED, ref=Ref("EM-2"))


def add(db: Database, *changes: Change) -> None:
    def work(store: Store) -> None:
        for change in changes:
            store.audit.add(change)

    db.write_now(work)


def test_the_history_of_a_thing_is_told_from_its_beginning(db: Database) -> None:
    add(db, ADDED, OTHER, MOVED)
    assert db.read_now(lambda store: store.audit.of(Ref("EM-1"))) == (ADDED, MOVED)
    assert db.read_now(lambda store: store.audit.of_request("request-1")) == (ADDED, OTHER)


def test_what_an_action_was_and_became_is_kept_whole(db: Database) -> None:
    db.write_now(lambda store: store.groups.save(MODELS))
    before = db.write_now(lambda store: store.items.create(new(), CHAIR, NOON))
    after = replace(before, text="Other", version=2)
    add(db, replace(MOVED, before=before, after=after))
    (change,) = db.read_now(lambda store: store.audit.of(Ref("EM-1")))
    assert (change.before, change.after) == (before, after)


def test_a_version_has_one_entry_but_things_without_versions_have_many(db: Database) -> None:
    add(db, replace(ADDED, version=0), replace(ADDED, version=0), ADDED)
    with pytest.raises(IntegrityError):
        add(db, replace(ADDED, verb="moved"))
    assert len(db.read_now(lambda store: store.audit.of(Ref("EM-1")))) == 3


def test_the_last_request_is_the_persons_own_recent_and_not_undone(db: Database) -> None:
    add(db, ADDED, OTHER, MOVED, replace(ADDED, version=3, request="request-3"))

    def last() -> str | None:
        return db.read_now(lambda store: store.audit.last_request(CHAIR, NOON))

    assert last() == "request-3"
    assert db.write_now(lambda store: store.audit.mark_undone("request-3")) == 1
    assert last() == "request-1"
    assert db.write_now(lambda store: store.audit.mark_undone("request-1")) == 2
    assert last() is None
    assert [change.undone for change in db.read_now(lambda s: s.audit.of(Ref("EM-1")))] == [
        True,
        False,
        True,
    ]
    late = NOON + timedelta(seconds=1)
    assert db.read_now(lambda store: store.audit.last_request(MEMBER, late)) is None


def test_another_team_has_its_own_history(db: Database) -> None:
    add(db, ADDED)
    db.bind(TeamId("T0OTHER"))
    assert db.read_now(lambda store: store.audit.of(Ref("EM-1"))) == ()
    add(db, ADDED)


def test_what_a_deadline_was_and_became_is_kept_whole_and_as_what_it_is(db: Database) -> None:
    db.write_now(lambda store: store.groups.save(MODELS))
    item = db.write_now(lambda store: store.items.create(new(), CHAIR, NOON))
    promised = NewDeadline("Abstracts in", date(2026, 12, 4), (MODELS.key,), owner=CHAIR)
    made = db.write_now(lambda store: store.deadlines.create(promised, CHAIR, NOON))
    moved = Move(made.due, date(2026, 12, 11), CHAIR, NOON, "Late scans")
    after = replace(made, due=moved.new, moves=(moved,), needs=(item.ref,), version=2)
    add(db, replace(ADDED, ref=made.ref, after=made))
    add(db, replace(MOVED, ref=made.ref, before=made, after=after), replace(OTHER, after=item))
    kept = db.read_now(lambda store: store.audit.of(made.ref))
    assert [(change.before, change.after) for change in kept] == [(None, made), (made, after)]
    (of_item,) = db.read_now(lambda store: store.audit.of(OTHER.ref))
    assert (of_item.item_after, kept[1].item_before, kept[1].item_after) == (item, None, None)
