"""Deadlines when groups close or merge, and when people leave them."""

from datetime import date, timedelta
from functools import partial

import pytest

from bot.domain.deadlines import Deadline, NewDeadline
from bot.domain.departures import Why
from bot.domain.items import Due, NewItem
from bot.domain.model import GroupKey, Membership, Ref, Role, UserId
from bot.services import chains, deadlines, departures, groups, handovers, items
from bot.services.access import Ask
from bot.storage.database import Store
from tests.services.conftest import (
    CHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    OUTSIDER,
    TRIALS,
    TRIALS_CHANNEL,
    Office,
)

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

DAY = date(2026, 12, 4)


def add(office: Office, *keys: GroupKey, owner: UserId | None = None, days: int = 0) -> Deadline:
    made = NewDeadline("Abstracts", DAY + timedelta(days=days), keys, owner=owner)
    return office.do(COORDINATOR, lambda ask: deadlines.add(ask, made)).deadline


def get(office: Office, ref: Ref) -> Deadline:
    found = office.db.read_now(lambda store: store.deadlines.get(ref))
    assert found is not None
    return found


def test_a_merge_takes_open_deadlines_along_and_what_needs_an_action_needs_it_still(
    office: Office,
) -> None:
    made = NewItem("Scans", TRIALS, Due(DAY), (OUTSIDER,))
    scans = office.do(OUTSIDER, lambda ask: items.add(ask, made), TRIALS_CHANNEL).item.ref
    theirs, both = add(office, TRIALS), add(office, TRIALS, MODELS)
    met, of_all, ours = add(office, TRIALS), add(office), add(office, MODELS)
    office.do(COORDINATOR, partial(deadlines.met, ref=met.ref))
    office.do(COORDINATOR, partial(deadlines.needs, ref=ours.ref, refs=(scans,)))
    done = office.do(COORDINATOR, lambda ask: groups.merge(ask, TRIALS, MODELS))
    assert done.deadlines == (theirs.ref, both.ref)
    now = [get(office, one.ref).groups for one in (theirs, both, met, of_all, ours)]
    assert now == [(MODELS,), (MODELS,), (TRIALS,), (), (MODELS,)]
    ((_, after),) = done.moved
    assert get(office, ours.ref).needs == (after,)
    changes = office.db.read_now(lambda store: store.audit.of(theirs.ref))
    assert [(c.verb, c.detail, c.undone) for c in changes[1:]] == [("merge", "Trials", True)]
    late = Due(DAY + timedelta(days=9))
    office.do(COORDINATOR, lambda ask: items.move(ask, after, late, "Late"))
    hits = office.db.read_now(lambda store: chains.slipped(store, after))
    assert [hit.step.ref for hit in hits] == [ours.ref]


def test_a_closed_group_says_what_it_still_has_and_that_can_be_ended(office: Office) -> None:
    theirs, both = add(office, TRIALS), add(office, TRIALS, MODELS)
    add(office), add(office, MODELS)
    closed = office.do(COORDINATOR, lambda ask: groups.close(ask, TRIALS))
    assert closed.deadlines == (theirs.ref, both.ref)
    told = office.do(COORDINATOR, partial(deadlines.met, ref=theirs.ref))
    assert told.deadline.stage.closed


def leave(office: Office, user: UserId, key: GroupKey, why: Why = Why.CHANNEL) -> None:
    def work(store: Store) -> None:
        departures.depart(store, user, key, why, user, f"gone:{key}", office.clock())

    office.db.write_now(work)


def left(office: Office) -> str:
    """What waits to be said to the chair of Models."""
    rows = office.db.read_now(lambda store: store.outbox.waiting(CHAIR))
    return " ".join(row.out.message.text for row in rows if row.out.kind == departures.HANDOVER)


def test_who_leaves_leaves_deadlines_without_an_owner_and_gets_them_back(office: Office) -> None:
    mine, other = add(office, MODELS, owner=MEMBER), add(office, MODELS, owner=CHAIR)
    leave(office, MEMBER, MODELS)
    assert (get(office, mine.ref).owner, get(office, other.ref).owner) == (None, CHAIR)
    assert "1 open deadline without an owner." in left(office)
    (change,) = office.db.read_now(lambda store: store.audit.of(mine.ref))[1:]
    assert (change.verb, change.detail, change.before) == ("leave", MEMBER, mine)
    (waits,) = office.do(CHAIR, lambda ask: handovers.waiting(ask))
    office.db.write_now(
        lambda store: store.groups.set_role(Membership(MEMBER, MODELS, Role.MEMBER))
    )
    office.db.write_now(lambda s: departures.came_back(s, MEMBER, MODELS, office.clock()))
    back = office.do(CHAIR, lambda ask: handovers.give_back(ask, waits.departure.id))
    assert [thing.ref for thing in back[1]] == [mine.ref]
    assert get(office, mine.ref).owner == MEMBER


def test_given_to_another_it_waits_no_more(office: Office) -> None:
    mine = add(office, MODELS, owner=MEMBER)
    leave(office, MEMBER, MODELS)

    def give(ask: Ask) -> None:
        deadlines.give(ask, mine.ref, CHAIR)
        departures.follow_request(ask)

    office.do(CHAIR, give)
    assert office.do(CHAIR, lambda ask: handovers.waiting(ask)) == ()
    assert left(office) == ""


def test_who_is_still_in_another_of_its_groups_keeps_it_until_they_leave_that_too(
    office: Office,
) -> None:
    office.db.write_now(
        lambda store: store.groups.set_role(Membership(MEMBER, TRIALS, Role.MEMBER))
    )
    both = add(office, MODELS, TRIALS, owner=MEMBER)
    leave(office, MEMBER, MODELS)
    assert get(office, both.ref).owner == MEMBER
    leave(office, MEMBER, TRIALS)
    assert get(office, both.ref).owner is None
