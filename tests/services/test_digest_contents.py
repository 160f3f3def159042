"""What is in a weekly digest, what it is compared with, and what it costs."""

from datetime import date

import pytest

from bot.domain.deadlines import Kind, NewDeadline
from bot.domain.items import Due, NewItem
from bot.domain.model import GroupKey, Ref, UserId
from bot.domain.outbox import Outgoing
from bot.domain.state import Why
from bot.services import deadlines, items
from bot.services.access import Ask
from bot.services.digest_contents import compose
from bot.storage.database import Store
from bot.views import digests as view
from bot.world import is_holiday
from tests.services.conftest import CHAIR, MODELS, TRIALS, Office
from tests.services.test_digests import AFTER, SUNDAY, look, plan_at
from tests.storage.counting import statements

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

THURSDAY = date(2026, 11, 26)


def test_it_names_what_waits_what_is_late_and_what_is_ahead(office: Office) -> None:
    office.clock.set("2026-11-09T12:00:00+00:00")
    office.plan()
    late = office.add(CHAIR, CHAIR, due=date(2026, 11, 16))
    soon = office.add(CHAIR, CHAIR, due=THURSDAY)
    unowned = office.add(CHAIR, due=date(2027, 1, 20))
    near, far, moved = (
        office.db.write_now(
            lambda store, day=day: store.deadlines.create(  # type: ignore[misc]  # mypy cannot infer a lambda's default
                NewDeadline("A paper", day, (MODELS,), Kind.MILESTONE, CHAIR),
                *(CHAIR, office.clock()),
            )
        )
        for day in (date(2026, 12, 30), date(2027, 1, 30), date(2027, 2, 1))
    )
    office.clock.set("2026-11-18T12:00:00+00:00")
    done = office.add(CHAIR, CHAIR, due=THURSDAY)
    office.do(CHAIR, lambda ask: items.done(ask, done.ref))
    office.clock.set("2026-11-23T07:00:00+00:00")
    told = look(office)
    assert [(item.ref, why) for item, why in told.decide] == [
        (late.ref, Why.OVERDUE),
        (unowned.ref, Why.UNOWNED),
    ]
    assert [item.ref for item in told.overdue] == [late.ref]
    assert [item.ref for item in told.due_soon] == [soon.ref]
    assert [item.ref for item in told.closed] == [done.ref]
    assert [deadline.ref for deadline in told.deadlines] == [near.ref]
    assert (told.week, told.to_decide, told.quiet) == ("2026-W48", 2, False)
    assert (told.figures.open, told.figures.new, told.figures.closed) == (3, 1, 1)
    assert {far.ref, moved.ref}.isdisjoint(d.ref for d in told.slipped)


def test_the_first_week_has_nothing_to_compare_with_and_the_third_has(office: Office) -> None:
    plan_at(office, SUNDAY, AFTER)
    assert look(office).before is None
    assert [one.week for one in look(office).trend] == ["2026-W47"]
    office.add(CHAIR, CHAIR, due=date(2026, 12, 20))
    plan_at(office, "2026-11-30T12:00:00+00:00", "2026-12-07T12:00:00+00:00")
    told = look(office)
    assert told.before is not None
    assert (told.before.week, told.before.figures.open, told.before.figures.new) == (
        *("2026-W48", 1),
        1,
    )
    assert [one.week for one in told.trend] == ["2026-W47", "2026-W48", "2026-W49"]


def test_as_many_queries_for_fifty_actions_as_for_five(office: Office) -> None:
    def queries() -> int:
        with statements() as seen:
            look(office)
        return len(seen)

    def fill(count: int) -> None:
        def work(ask: Ask) -> None:
            for _ in range(count):
                items.add(ask, NewItem("Draft", MODELS, Due(THURSDAY), (CHAIR,)))

        office.do(CHAIR, work)

    fill(5)
    few = queries()
    fill(45)
    assert queries() == few


def test_deadlines_wait_for_a_word_among_actions_the_worst_first(office: Office) -> None:
    def deadline(day: date, owner: UserId | None = CHAIR, *of: GroupKey) -> Ref:
        new = NewDeadline("A paper", day, of, Kind.MILESTONE, owner)
        return office.db.write_now(
            lambda store: store.deadlines.create(new, CHAIR, office.clock())
        ).ref

    office.clock.set("2026-11-09T12:00:00+00:00")
    item = office.add(CHAIR, CHAIR, due=date(2026, 11, 12))
    late = deadline(date(2026, 11, 10), CHAIR, MODELS, TRIALS)
    unowned = deadline(date(2027, 1, 30), None, MODELS)
    moved = deadline(date(2026, 12, 1), CHAIR, MODELS)
    for day, owner, of in (
        (date(2026, 11, 20), CHAIR, (MODELS,)),  # not late enough
        (date(2026, 11, 1), CHAIR, ()),  # of all groups together
        (date(2027, 3, 1), None, (TRIALS,)),
    ):
        deadline(day, owner, *of)
    for days in (1, 2, 3):
        to = date(2026, 12, 1 + days)
        office.do(CHAIR, lambda ask, to=to: deadlines.move(ask, moved, to, "late"))  # type: ignore[misc]  # mypy cannot infer a lambda's default
    office.clock.set("2026-11-23T07:00:00+00:00")
    told = look(office)
    assert [(thing.ref, why) for thing, why in told.decide] == [
        (late, Why.OVERDUE),
        (item.ref, Why.OVERDUE),
        (moved, Why.MOVED),
        (unowned, Why.UNOWNED),
    ]
    assert (told.to_decide, told.waits_since) == (4, date(2026, 11, 10))


def test_all_of_it_tells_of_the_same_week(office: Office) -> None:
    office.clock.set("2026-11-15T12:00:00+00:00")
    new = NewDeadline("A paper", date(2026, 12, 1), (MODELS,), Kind.MILESTONE, CHAIR)
    ref = office.db.write_now(lambda s: s.deadlines.create(new, CHAIR, office.clock())).ref
    office.clock.set(SUNDAY)
    office.do(CHAIR, lambda ask: deadlines.move(ask, ref, date(2026, 12, 8), "late"))
    told = look(office)
    assert told.week_before == (date(2026, 11, 9), date(2026, 11, 15))
    assert told.slipped == ()
    office.clock.set("2026-11-23T07:00:00+00:00")
    assert [one.ref for one in look(office).slipped] == [ref]
    assert look(office).unchanged_since is None
    office.clock.set("2026-12-07T07:00:00+00:00")
    assert look(office).slipped == ()
    assert look(office).unchanged_since == date(2026, 11, 22)


def test_who_comes_late_for_holidays_is_told_which(office: Office) -> None:
    """On Whit Monday."""
    plan_at(office, "2027-05-16T12:00:00+00:00")
    office.add(CHAIR, CHAIR, due=date(2027, 5, 20))
    plan_at(office, "2027-05-17T12:00:00+00:00", "2027-05-18T12:00:00+00:00")
    (row,) = office.db.read_now(lambda store: store.outbox.about("digest:models"))
    assert "It comes later this week: Monday is a holiday for you." in row.out.message.text


def test_the_row_of_a_deadline_in_a_digest_that_was_sent_says_what_became_of_it(
    office: Office,
) -> None:
    office.clock.set(SUNDAY)
    new = NewDeadline("A paper", date(2026, 11, 2), (MODELS,), Kind.MILESTONE, CHAIR)
    ref = office.db.write_now(lambda s: s.deadlines.create(new, CHAIR, office.clock())).ref
    plan_at(office, SUNDAY)

    def sent(store: Store) -> str:
        world = store.groups.world()
        told = compose(store, world, world.groups[MODELS], CHAIR, office.clock(), is_holiday)
        out = Outgoing(
            *("digest:models:2026-W47:U0CHAIR01", "digest:models", "digest", CHAIR),
            message=view.digest(told, world), at=office.clock(), until=office.clock(),
        )  # fmt: skip
        store.outbox.put_sent(out, "D0CHAIR", "1.1")
        return out.key

    key = office.db.write_now(sent)
    office.clock.forward(minutes=1)
    office.do(CHAIR, lambda ask: deadlines.move(ask, ref, date(2026, 12, 9), "scans"))
    (edit,) = office.db.read_now(
        lambda store: [row for row in store.outbox.recent(50) if row.out.edits == key]
    )
    blocks = {str(one["block_id"]): str(one) for one in edit.out.message.blocks}
    assert "now due Wed 9 Dec 2026" in blocks[f"decide:{ref}"]
    assert f"decide:{ref}:do" not in blocks
