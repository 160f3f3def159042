"""What a reader has composed is put a part at a time, and only where it still holds."""

from datetime import date
from functools import partial

import pytest

from bot.domain.deadlines import Kind, NewDeadline
from bot.domain.model import Ref
from bot.services import chains, drafts, items
from bot.services.drafts import Drafts
from bot.services.notices import PLAN_MARK
from bot.storage.database import Store
from tests.services.conftest import CHAIR, MEMBER, MODELS, OTHER, Office
from tests.storage.counting import statements

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone
DUE = date(2026, 12, 10)
EVENING, MORNING = "2026-12-09T22:00:00+00:00", "2026-12-10T12:00:00+00:00"


def seen(office: Office) -> Drafts:
    return office.db.read_now(lambda store: office.planner.due(store, office.clock()))


def put(office: Office, part: Drafts) -> int:
    return office.db.write_now(lambda s: office.planner.put_part(s, office.clock(), part))


def test_what_has_changed_since_the_look_is_composed_anew(office: Office) -> None:
    done, edited, kept = (office.add(MEMBER, MEMBER, due=DUE) for _ in range(3))
    office.clock.set(EVENING)
    office.plan()
    office.clock.set(MORNING)
    look = seen(office)
    assert look.subjects == (done.subject, edited.subject, kept.subject)
    office.do(MEMBER, lambda ask: items.done(ask, done.ref))
    office.do(MEMBER, lambda ask: items.edit(ask, edited.ref, "Other words"))
    put(office, look)
    rows = office.db.read_now(lambda store: store.outbox.waiting(MEMBER))
    today = {row.out.subject: row.out.message.text for row in rows if ":0d:" in row.out.key}
    assert today.keys() == {edited.subject, kept.subject}
    assert "Other words" in today[edited.subject]
    assert put(office, look) == 0


def test_one_persons_rows_are_put_at_once_and_the_rest_by_the_next_look(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "ROWS", 2)
    for user in (MEMBER, OTHER, MEMBER, OTHER, MEMBER):
        item = office.add(user, user, due=DUE)
        assert item.owners == (user,)
    office.clock.set(EVENING)
    office.plan()
    mark = office.db.read_now(lambda store: store.marks.get(PLAN_MARK))
    office.clock.set(MORNING)
    parts = list(seen(office).parts())
    assert [{draft.out.lane for draft in part.found} for part in parts] == [{MEMBER}, {OTHER}]
    assert put(office, parts[0]) == 3
    assert office.db.read_now(lambda store: store.marks.get(PLAN_MARK)) == mark
    assert {draft.out.lane for draft in seen(office).found} == {OTHER}
    office.plan()
    assert seen(office).found == ()


def test_a_long_chain_is_read_with_as_many_statements_as_a_short_one(office: Office) -> None:
    def chain(store: Store, length: int) -> Ref:
        needs: tuple[Ref, ...] = ()
        for n in range(length):
            new = NewDeadline(
                text=f"Step {n}",
                kind=Kind.MILESTONE,
                due=DUE,
                groups=(MODELS,),
                owner=CHAIR,
                needs=needs,
            )
            needs = (store.deadlines.create(new, CHAIR, office.clock()).ref,)
        return needs[0]

    office.plan()
    counts = []
    for length in (2, 12):
        last = office.db.write_now(partial(chain, length=length))
        now = office.clock.now
        office.clock.set(MORNING)
        with statements() as said:
            found = seen(office).found
            below = office.db.read_now(partial(chains.below, refs=[last]))
        office.clock.now = now
        assert found
        assert len(below) == length
        counts.append(len(said))
    assert counts[0] == counts[1]
