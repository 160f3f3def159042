"""Deadlines as people change them: who may, what is refused, and whom a slip hits."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from bot.domain.deadlines import Deadline, Kind, NewDeadline, Stage
from bot.domain.items import Due, NewItem
from bot.domain.model import GroupKey, Ref, UserId
from bot.errors import BadInput, Code, Conflict, NotAllowed, NotFound, UserError
from bot.services import chains, deadlines, items
from bot.services.access import Ask
from bot.services.deadlines import Told
from bot.services.undo import undo
from tests.services.conftest import (
    CHAIR,
    COCHAIR,
    COORDINATOR,
    GUEST,
    MEMBER,
    MODELS,
    OTHER,
    OUTSIDER,
    STEERING,
    TRIALS,
    TRIALS_CHANNEL,
    Office,
)

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

DAY = date(2026, 12, 4)


def new(days: int = 0, *groups: GroupKey, kind: Kind = Kind.DELIVERABLE) -> NewDeadline:
    """So many days after the day."""
    return NewDeadline("Recommendation", DAY + timedelta(days=days), groups or (MODELS,), kind)


def add(office: Office, made: NewDeadline, by: UserId = COORDINATOR) -> Deadline:
    return office.do(by, lambda ask: deadlines.add(ask, made)).deadline


def refused(office: Office, by: UserId, work: Callable[[Ask], object]) -> UserError:
    with pytest.raises(UserError) as error:
        office.do(by, work)
    return error.value


def trials_action(office: Office, day: date) -> Ref:
    made = NewItem("Scans", TRIALS, Due(day), (OUTSIDER,))
    return office.do(OUTSIDER, lambda ask: items.add(ask, made), TRIALS_CHANNEL).item.ref


def test_who_is_of_one_of_its_groups_sees_it_and_only_their_chairs_and_its_people_change_it(
    office: Office,
) -> None:
    mine = add(office, replace(new(), owner=OTHER), MEMBER)
    theirs = add(office, new(1, TRIALS))
    both, of_all = add(office, new(2, MODELS, TRIALS)), add(office, replace(new(3), groups=()))
    for user, seen, changes in (
        (COORDINATOR, (mine, theirs, both, of_all), (mine, theirs, both, of_all)),
        (CHAIR, (mine, both, of_all), (mine, both, of_all)),
        (MEMBER, (mine, both, of_all), (mine,)),
        (OTHER, (mine, both, of_all), (mine,)),
        (COCHAIR, (mine, both, of_all), ()),
        (OUTSIDER, (theirs, both, of_all), (theirs, both, of_all)),
        (STEERING, (mine, theirs, both, of_all), ()),
        (GUEST, (), ()),
    ):
        assert office.do(user, lambda ask: deadlines.listed(ask)) == seen, user
        for one in (mine, theirs, both, of_all):
            look = partial(deadlines.opened, ref=one.ref)
            change = partial(deadlines.for_change, ref=one.ref)
            if one in seen:
                assert office.do(user, look).deadline == one
            else:
                assert isinstance(refused(office, user, look), NotAllowed)
            if one in changes:
                assert office.do(user, change) == one
            else:
                assert isinstance(refused(office, user, change), NotAllowed)


def test_a_date_for_several_groups_is_for_who_is_of_one_and_the_others_chairs_hear_of_it(
    office: Office,
) -> None:
    both = office.do(MEMBER, partial(deadlines.add, new=new(0, MODELS, TRIALS)))
    assert (both.deadline.groups, both.others) == ((MODELS, TRIALS), (TRIALS,))

    def told() -> list[str]:
        rows = office.db.read_now(lambda store: store.outbox.waiting(OUTSIDER))
        return [row.out.message.text for row in rows if row.out.kind == "shared"]

    (said,) = told()
    assert "DL-1 for Models, Trials, Recommendation, due Fri 4 Dec 2026." in said
    late = DAY + timedelta(days=3)
    office.do(CHAIR, partial(deadlines.move, ref=both.deadline.ref, due=late, reason="Late"))
    assert "due Mon 7 Dec 2026" in told()[0]
    office.do(CHAIR, partial(deadlines.drop, ref=both.deadline.ref, reason="Not now"))
    assert told() == []
    office.do(MEMBER, partial(deadlines.add, new=new(0, MODELS, TRIALS)))
    assert len(told()) == 1
    office.do(MEMBER, undo)
    assert told() == []
    assert office.pending(CHAIR) == []


def test_a_date_of_others_or_of_all_groups_is_refused(office: Office) -> None:
    for groups in ((), (TRIALS,)):
        made = replace(new(), groups=groups)
        error = refused(office, CHAIR, partial(deadlines.add, new=made))
        assert error.code is Code.NOT_ALLOWED
        assert bool(error.facts.get("for_all")) == (not groups)
    assert add(office, new(), MEMBER).groups == (MODELS,)


def test_a_move_keeps_old_new_who_when_and_why(office: Office) -> None:
    made = add(office, new())
    error = refused(*(office, CHAIR, partial(deadlines.move, ref=made.ref, due=DAY, reason="Late")))
    assert error.code is Code.SAME_DATE
    later = DAY + timedelta(days=7)
    for reason, code in (("", Code.REASON_NEEDED), ("x" * 3001, Code.TEXT_LONG)):
        late = partial(deadlines.move, ref=made.ref, due=later, reason=reason)
        assert refused(office, CHAIR, late).code is code
    office.do(CHAIR, partial(deadlines.move, ref=made.ref, due=later, reason="Late scans"))
    told = office.do(
        COORDINATOR,
        partial(deadlines.move, ref=made.ref, due=DAY + timedelta(days=3), reason="Found time"),
    ).deadline
    assert [(m.old, m.new, m.by, m.because) for m in told.moves] == [
        (DAY, later, CHAIR, "Late scans"),
        (later, told.due, COORDINATOR, "Found time"),
    ]
    assert (told.first_due, told.set_at, told.moves[0].at) == (DAY, *[office.clock()] * 2)
    deadline, changes = office.do(MEMBER, partial(deadlines.history, ref=made.ref))
    assert deadline == told
    assert [(c.verb, c.by) for c in changes] == [
        *(("add", COORDINATOR), ("move", CHAIR), ("move", COORDINATOR)),
    ]
    assert [(c.before, c.after) for c in changes[:2]] == [(None, made), (made, changes[2].before)]
    assert (changes[2].after, changes[1].detail) == (told, "Late scans")


def test_a_milestone_is_met_and_a_deliverable_goes_its_way(office: Office) -> None:
    thing = add(office, new())
    told = [
        office.do(CHAIR, partial(deadlines.stage, ref=thing.ref, word=word)).deadline
        for word in ("draft", "review", "approved", "submitted")
    ]
    assert [one.stage for one in told] == [
        *(Stage.DRAFT, Stage.REVIEW, Stage.APPROVED, Stage.MET),
    ]
    assert (told[-1].closed_by, told[-1].closed_at) == (CHAIR, office.clock())
    again = refused(office, CHAIR, partial(deadlines.met, ref=thing.ref))
    assert (again.code, again.facts["deadline"]) == (Code.ALREADY_DONE, told[-1])
    reached = add(office, new(kind=Kind.MILESTONE))
    for word in ("draft", "submitted", "wip"):
        error = refused(office, CHAIR, partial(deadlines.stage, ref=reached.ref, word=word))
        assert isinstance(error, BadInput)
    met = office.do(CHAIR, partial(deadlines.met, ref=reached.ref, note="All agreed")).deadline
    assert (met.stage, met.note) == (Stage.MET, "All agreed")
    other = add(office, new())
    assert refused(office, CHAIR, partial(deadlines.drop, ref=other.ref, reason=" ")).code is (
        Code.REASON_NEEDED
    )
    ended = office.do(CHAIR, partial(deadlines.drop, ref=other.ref, reason="Covered")).deadline
    assert (ended.stage, ended.why) == (Stage.DROPPED, "Covered")
    assert office.do(CHAIR, lambda ask: deadlines.listed(ask)) == ()


def need(office: Office, ref: Ref, *refs: str) -> Told:
    wanted = tuple(map(Ref, refs))
    return office.do(COORDINATOR, lambda ask: deadlines.needs(ask, ref, wanted))


def test_circles_are_refused_by_naming_them_through_actions_too(office: Office) -> None:
    first, second = add(office, new(9)), add(office, new(5, TRIALS))
    waiting = NewItem("Table", MODELS, Due(DAY), (MEMBER,))
    action = office.do(CHAIR, lambda ask: items.add(ask, waiting)).item

    def wait(ask: Ask) -> None:
        item = items.find(ask, action.ref)
        ask.store.items.save(replace(item, needs=(second.ref,)), expected=item.version)

    office.do(CHAIR, wait)
    assert need(office, first.ref, action.ref).deadline.needs == (action.ref,)
    with pytest.raises(Conflict) as refused_:
        need(office, second.ref, first.ref)
    assert refused_.value.code is Code.CIRCLE
    assert refused_.value.facts["chain"] == (second.ref, first.ref, action.ref, second.ref)
    with pytest.raises(Conflict):
        need(office, first.ref, first.ref)
    for unknown in ("DL-99", "EM-99"):
        with pytest.raises(NotFound):
            need(office, first.ref, unknown)
    assert need(office, first.ref, second.ref).deadline.needs == (action.ref, second.ref)
    assert need(office, first.ref).deadline.needs == ()


def test_what_falls_before_its_needs_is_taken_and_said(office: Office) -> None:
    scans = trials_action(office, DAY + timedelta(days=3))
    made = add(office, new())
    told = need(office, made.ref, scans)
    assert [(step.ref, day) for step, day in told.late] == [(scans, DAY + timedelta(days=3))]
    found = office.do(CHAIR, partial(deadlines.opened, ref=made.ref))
    assert found.earliest == DAY + timedelta(days=3)
    office.do(OUTSIDER, lambda ask: items.done(ask, scans))
    assert office.do(CHAIR, partial(deadlines.opened, ref=made.ref)).earliest == DAY


def test_a_slip_names_what_it_hits_in_other_groups_to_the_end_of_the_chain(
    office: Office,
) -> None:
    cause, between, end = add(office, new(0, TRIALS)), add(office, new(2)), add(office, new(4))
    spare = add(office, new(30))
    need(office, between.ref, cause.ref)
    need(office, end.ref, between.ref)
    need(office, spare.ref, end.ref)

    def move(days: int) -> list[tuple[Ref, date, Ref]]:
        due = DAY + timedelta(days=days)
        told = office.do(
            OUTSIDER, partial(deadlines.move, ref=cause.ref, due=due, reason="Late scans")
        )
        return [(hit.step.ref, hit.earliest, hit.because) for hit in told.hits]

    assert move(2) == []
    assert move(3) == [(between.ref, DAY + timedelta(days=3), cause.ref)]
    after = DAY + timedelta(days=9)
    assert move(9) == [(between.ref, after, cause.ref), (end.ref, after, between.ref)]
    by_action = trials_action(office, after)
    need(office, cause.ref, by_action)
    hits = office.db.read_now(lambda store: chains.slipped(store, by_action))
    assert {hit.step.ref for hit in hits} == {between.ref, end.ref}


def test_the_chairs_it_hits_are_told_once_a_day_and_not_what_is_not_so_any_more(
    office: Office,
) -> None:
    cause, hit = add(office, new(0, TRIALS)), add(office, new(2))
    need(office, hit.ref, cause.ref)

    def move(days: int) -> None:
        due = DAY + timedelta(days=days)
        late = partial(deadlines.move, ref=cause.ref, due=due, reason="Late scans")
        office.do(OUTSIDER, late)

    told = f"deadline:{cause.id}:slip:{CHAIR}:2026-11-22"
    move(9)
    move(5)
    assert office.pending(CHAIR) == [told]
    move(8)
    move(12)
    assert office.pending(CHAIR) == [told]
    (row,) = office.db.read_now(lambda store: store.outbox.about(cause.subject))
    assert row.out.message.text == (
        "DL-1 of Trials is now due Wed 16 Dec 2026, moved 4 times, +12 days, first promised"
        " Fri 4 Dec 2026. That hits DL-2 of Models, due Sun 6 Dec 2026: waiting for DL-1, it"
        " cannot be met before Wed 16 Dec 2026."
    )
    move(1)
    assert office.pending(CHAIR) == []
    assert office.pending(OUTSIDER) == office.pending(COORDINATOR) == []


def test_owners_are_people_of_one_of_its_groups(office: Office) -> None:
    made = add(office, new())
    outside = refused(office, CHAIR, partial(deadlines.give, ref=made.ref, owner=OUTSIDER))
    assert outside.code is Code.PERSON_OUTSIDE
    given = office.do(CHAIR, partial(deadlines.give, ref=made.ref, owner=MEMBER)).deadline
    assert given.owner == MEMBER
    again = refused(office, CHAIR, partial(deadlines.give, ref=made.ref, owner=MEMBER))
    assert again.code is Code.ALREADY_THEIRS
    both = add(office, new(0, MODELS, TRIALS))
    shared = office.do(CHAIR, partial(deadlines.give, ref=both.ref, owner=OUTSIDER)).deadline
    assert shared.owner == OUTSIDER
    new_words = office.do(MEMBER, partial(deadlines.edit, ref=made.ref, text="Two pages")).deadline
    assert new_words.text == "Two pages"
    for text, code in (("", Code.TEXT_EMPTY), ("x" * 301, Code.TEXT_LONG)):
        assert (
            refused(office, MEMBER, partial(deadlines.edit, ref=made.ref, text=text)).code is code
        )
