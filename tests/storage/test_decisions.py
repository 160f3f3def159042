"""Decisions on both databases: what was said is kept, and found by group, day and message."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.decisions import Decision, DecisionState, NewDecision, Objection
from bot.domain.items import Source
from bot.domain.model import ChannelId, GroupState, Ref, TeamId
from bot.errors import Code, Conflict
from bot.storage.database import Database
from tests.storage.counting import statements
from tests.storage.samples import CHAIR, MEMBER, MODELS, NOON, TARGETS

LATER = NOON + timedelta(days=3)


@pytest.fixture(autouse=True)
def groups(db: Database) -> None:
    db.write_now(lambda store: store.groups.save(MODELS))
    db.write_now(lambda store: store.groups.save(TARGETS))


def add(db: Database, *new: NewDecision) -> list[Decision]:
    return db.write_now(lambda store: [store.decisions.create(one, CHAIR, NOON) for one in new])


def save(db: Database, decision: Decision) -> Decision:
    return db.write_now(lambda store: store.decisions.save(decision, expected=decision.version))


def test_what_was_agreed_is_kept_with_its_objections(db: Database) -> None:
    source = Source(ChannelId("C0MODELS"), "1.1", "https://slack.test/p1", "We agree", "MT-1")
    new = NewDecision("One template", MODELS.key, date(2027, 2, 4), date(2026, 12, 4), source)
    (made,) = add(db, new)
    assert (made.ref, made.version, made.state) == ("DC-1", 1, DecisionState.PROPOSED)
    assert all(getattr(made, name) == getattr(new, name) for name in new.__dataclass_fields__)
    assert db.read_now(lambda store: store.decisions.get(Ref("DC-1"))) == made
    assert db.read_now(lambda store: store.decisions.get(Ref("DC-2"))) is None
    objected = replace(
        made,
        state=DecisionState.OBJECTED,
        state_since=LATER,
        objections=(Objection(MEMBER, LATER, "Too short"), Objection(CHAIR, LATER, "Too long")),
        why="not now",
    )
    saved = save(db, objected)
    assert saved == replace(objected, version=2)
    assert db.read_now(lambda store: store.decisions.many([made.ref, Ref("DC-9")])) == (saved,)
    with pytest.raises(Conflict) as refused:
        save(db, made)
    assert refused.value.code is Code.CHANGED_MEANWHILE
    assert db.read_now(lambda store: store.decisions.get(made.ref)) == saved


def test_lists_are_of_a_group_a_time_a_window_or_a_review(db: Database) -> None:
    plain, open_, returning, theirs, gone = add(
        db,
        NewDecision("Plain", MODELS.key),
        NewDecision("Open", MODELS.key, objections_by=date(2026, 12, 4)),
        NewDecision("Returning", MODELS.key, review=date(2027, 2, 4)),
        NewDecision("Theirs", TARGETS.key, objections_by=date(2026, 12, 9)),
        NewDecision("Gone", MODELS.key),
    )
    save(db, replace(gone, taken_back=True))
    read = db.read_now
    assert read(lambda store: store.decisions.of_group(MODELS.key)) == (plain, open_, returning)
    assert len(read(lambda store: store.decisions.of_groups())) == 4
    assert read(lambda store: store.decisions.of_group(MODELS.key, LATER)) == ()
    withdrawn = save(db, replace(plain, state=DecisionState.WITHDRAWN, state_since=LATER))
    assert read(lambda store: store.decisions.of_group(MODELS.key, LATER)) == (withdrawn,)
    assert read(lambda store: store.decisions.proposed()) == (open_, theirs)
    assert read(lambda store: store.decisions.proposed(date(2026, 12, 4))) == (open_,)
    assert read(lambda store: store.decisions.proposed(date(2026, 12, 3))) == ()


def test_the_message_it_comes_from_leads_to_it(db: Database) -> None:
    here, ts = ChannelId("C0MODELS"), "1.1"
    source = Source(here, ts, "https://slack.test/p1", "We agree")
    (made,) = add(db, NewDecision("One template", MODELS.key, source=source))
    assert db.read_now(lambda store: store.decisions.by_source(here, ts)) == made
    assert db.read_now(lambda store: store.decisions.by_source(here, "1.2")) is None
    save(db, replace(made, taken_back=True))
    assert db.read_now(lambda store: store.decisions.by_source(here, ts)) is None


def test_numbers_go_on_and_belong_to_a_team(db: Database) -> None:
    add(db, NewDecision("One template", MODELS.key))
    own = db.team
    db.bind(TeamId("T0OTHER"))
    assert db.read_now(lambda store: store.decisions.of_groups()) == ()
    db.bind(own)
    assert [one.ref for one in add(db, NewDecision("More", MODELS.key))] == ["DC-2"]


def test_with_a_forgotten_group_go_its_decisions_and_a_merged_ones_stay(db: Database) -> None:
    moved, kept = add(db, NewDecision("Moved", MODELS.key), NewDecision("Kept", TARGETS.key))
    save(db, replace(kept, objections=(Objection(MEMBER, NOON, "Why?"),)))
    ended = replace(TARGETS, state=GroupState.CLOSED, ended_at=NOON - timedelta(days=2))

    def forget() -> tuple[str, ...]:
        return db.write_now(lambda store: store.retention.forget_groups(NOON))

    db.write_now(lambda store: store.groups.save(ended))
    db.write_now(lambda store: store.decisions.regroup(TARGETS.key, MODELS.key))
    assert forget() == (TARGETS.key,)
    left = db.read_now(lambda store: store.decisions.of_group(MODELS.key))
    assert [one.ref for one in left] == [moved.ref, kept.ref]
    closed = replace(MODELS, state=GroupState.CLOSED, ended_at=NOON - timedelta(days=2))
    db.write_now(lambda store: store.groups.save(closed))
    assert forget() == (MODELS.key,)
    assert db.read_now(lambda store: store.decisions.of_groups()) == ()


def test_many_decisions_cost_no_more_statements_than_one(db: Database) -> None:
    add(db, NewDecision("One", MODELS.key))
    with statements() as few:
        db.read_now(lambda store: store.decisions.of_group(MODELS.key))
    add(db, *(NewDecision(f"Number {number}", MODELS.key) for number in range(10)))
    with statements() as many:
        found = db.read_now(lambda store: store.decisions.of_group(MODELS.key))
    assert len(found) == 11
    assert len(many) == len(few)
