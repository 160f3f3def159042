"""Objections: the window that everybody gets, what ends it, and how it goes on."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

import pytest

from bot.domain import objections
from bot.domain.decisions import DecisionState
from bot.errors import Code, NotAllowed
from bot.handlers.decisions import Asked, object_to
from bot.handlers.reading import reading_of
from bot.handlers.registry import Invocation
from bot.services import decisions
from bot.services.access import Ask
from bot.services.inbox import Outcome, Reply
from bot.world import is_holiday
from tests.services.conftest import (
    CHAIR,
    COCHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OTHER,
    OUTSIDER,
    STEERING,
    Office,
)
from tests.services.test_decisions import add, kept, new, objecting, refused, told

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone


def adopt_due(office: Office) -> int:
    return office.db.write_now(lambda store: decisions.adopt_due(store, office.clock()))


def test_the_window_leaves_everybody_who_votes_two_working_days_of_their_own(
    office: Office,
) -> None:
    """Today is Sunday the 22nd; Thanksgiving is Thursday the 26th, in the United States only."""

    def earliest(**more: object) -> date:
        def look(ask: Ask) -> date:
            people = {u: replace(p, **more) for u, p in ask.world.people.items()}  # type: ignore[arg-type]  # fields of a person
            world = replace(ask.world, people=people)
            return objections.earliest(world, world.groups[MODELS], is_holiday, ask.now)

        return office.do(CHAIR, look)

    # Tuesday is a holiday in India.
    assert earliest() == date(2026, 11, 25)
    london = partial(earliest, zone="Europe/London", country="GB", region="ENG")
    assert london() == date(2026, 11, 24)
    # Monday and Tuesday in Edmonton end on Wednesday in London.
    assert london(zone="America/Edmonton") == date(2026, 11, 25)
    assert london(workdays=frozenset({2, 3})) == date(2026, 11, 26)
    assert earliest(
        zone="America/New_York", country="US", region=None, workdays=frozenset({2, 3, 4})
    ) == date(2026, 11, 27)
    assert london(away_until=date(2027, 3, 1)) == date(2026, 11, 24)
    short = refused(
        office, MEMBER, lambda ask: decisions.add(ask, new(date(2026, 11, 24)), is_holiday)
    )
    assert short.code is Code.WINDOW_SHORT
    assert short.facts["choices"] == (date(2026, 11, 25),)
    assert add(office, MEMBER, new(date(2026, 11, 25))).state is DecisionState.PROPOSED

    def usual(ask: Ask) -> date:
        return objections.usual(ask.world, ask.world.groups[MODELS], is_holiday, ask.now)

    assert office.do(MEMBER, usual) == date(2026, 12, 2)


def test_everybody_else_who_votes_is_asked_once_and_no_more_when_it_is_settled(
    office: Office,
) -> None:
    made = add(office)
    asked = f"decision:{made.id}:proposed:2026-12-04:{{}}"
    for user in (CHAIR, COCHAIR, OTHER):
        assert office.pending(user) == [asked.format(user)]
    for user in (MEMBER, COORDINATOR, STEERING, OUTSIDER):
        assert office.pending(user) == []
    (row,) = told(office, OTHER, "proposed")
    assert row.out.message.text == (
        "@models-member proposes DC-1 to Models: One template for all. Stands after"
        " Fri 4 Dec 2026 unless somebody objects by then; silence is consent."
    )
    office.do(MEMBER, partial(decisions.withdraw, ref=made.ref, why=""))
    for user in (CHAIR, COCHAIR, OTHER):
        assert office.pending(user) == []


def test_what_nobody_objects_to_stands_from_the_end_of_its_window(office: Office) -> None:
    made, later = add(office), add(office, MEMBER, new(date(2026, 12, 7)))
    end = datetime.fromisoformat("2026-12-05T00:00:00+00:00")

    def next_at() -> datetime | None:
        return office.db.read_now(lambda store: decisions.next_at(store, None))

    assert next_at() == end
    office.clock.now = end - timedelta(seconds=1)
    assert adopt_due(office) == 0
    assert kept(office, made.ref).state is DecisionState.PROPOSED
    office.clock.now = end + timedelta(hours=3)
    assert adopt_due(office) == 1
    assert adopt_due(office) == 0
    stands = kept(office, made.ref)
    assert (stands.state, stands.state_since) == (DecisionState.RECORDED, end)
    assert kept(office, later.ref).state is DecisionState.PROPOSED
    for user in (MEMBER, CHAIR):
        (row,) = told(office, user, "settled")
        assert row.out.message.text.startswith("DC-1 (Models): Decided on Sat 5 Dec 2026: One")
    assert told(office, OTHER, "settled") == told(office, OTHER, "proposed")[1:] == []
    card = office.db.read_now(lambda store: store.outbox.by_key(made.card_key))
    assert card is not None
    assert "Decided on Sat 5 Dec 2026" in card.out.message.text
    late = refused(office, OTHER, objecting(made.ref))
    assert late.code is Code.ALREADY_DECIDED


def test_whoever_looks_first_finds_it_adopted_and_two_processes_adopt_it_once(
    office: Office,
) -> None:
    made = add(office)
    office.clock.now += timedelta(days=20)
    before = kept(office, made.ref)
    assert office.do(OTHER, decisions.listed)[0].state is DecisionState.RECORDED

    # Another process, which had read before the first one wrote.
    assert office.db.write_now(lambda s: decisions.adopt_passed(s, (before,), office.clock())) == 0
    assert len(told(office, MEMBER, "settled")) == 1


def test_one_objection_stops_it_and_the_chair_is_asked_once(office: Office) -> None:
    made = add(office)
    after = office.do(OTHER, objecting(made.ref))
    assert after.state is DecisionState.OBJECTED
    assert [(one.by, one.why) for one in after.objections] == [(OTHER, "Two pages are too few")]
    assert told(office, COCHAIR, "proposed") == []
    (row,) = told(office, CHAIR, "objected")
    assert row.out.message.text == (
        "@other-member objects to DC-1 (Models): Two pages are too few."
        " It is not adopted by itself any more: One template for all."
    )
    office.do(COCHAIR, objecting(made.ref, "It leaves out carers"))
    assert len(told(office, CHAIR, "objected")) == len(told(office, MEMBER, "objected")) == 1
    office.clock.now += timedelta(days=30)
    assert adopt_due(office) == 0
    assert kept(office, made.ref).state is DecisionState.OBJECTED
    for user in (MEMBER, COCHAIR):
        assert isinstance(refused(office, user, partial(decisions.adopt, ref=made.ref)), NotAllowed)
    adopted = office.do(CHAIR, partial(decisions.adopt, ref=made.ref))
    assert (adopted.state, len(adopted.objections)) == (DecisionState.RECORDED, 2)
    assert told(office, CHAIR, "objected") == told(office, CHAIR, "settled") == []
    for user in (MEMBER, OTHER, COCHAIR):
        assert len(told(office, user, "settled")) == 1


def test_a_new_window_asks_again_and_ends_by_itself(office: Office) -> None:
    made = add(office)
    office.do(OTHER, objecting(made.ref))
    reopen = partial(decisions.reopen, ref=made.ref, holiday=is_holiday)
    assert isinstance(refused(office, MEMBER, partial(reopen, by=None)), NotAllowed)
    too_soon = refused(office, CHAIR, partial(reopen, by=date(2026, 11, 23)))
    assert too_soon.code is Code.WINDOW_SHORT
    again = office.do(CHAIR, partial(reopen, by=date(2026, 12, 11)))
    assert (again.state, again.objections_by) == (DecisionState.PROPOSED, date(2026, 12, 11))
    assert len(again.objections) == 1
    for user in (CHAIR, OTHER):
        assert [row.out.key for row in told(office, user, "proposed")] == [
            f"decision:{made.id}:proposed:2026-12-11:{user}"
        ]
    assert refused(office, CHAIR, partial(decisions.adopt, ref=made.ref)).code is Code.WINDOW_OPEN
    shorter = refused(office, CHAIR, partial(reopen, by=date(2026, 12, 10)))
    assert (shorter.code, shorter.facts["day"]) == (Code.WINDOW_OPEN, date(2026, 12, 11))
    office.clock.now += timedelta(days=30)
    assert adopt_due(office) == 1


def test_who_objects_twice_is_one_who_objects_for_the_latest_reason(office: Office) -> None:
    made = add(office)
    office.do(OTHER, objecting(made.ref, "Too short"))
    office.do(CHAIR, objecting(made.ref, "No budget"))
    office.do(OTHER, objecting(made.ref, "Leaves out carers"))
    now = kept(office, made.ref)
    assert [(one.by, one.why) for one in now.objections] == [
        (CHAIR, "No budget"),
        (OTHER, "Leaves out carers"),
    ]
    told = office.db.read_now(lambda store: store.audit.of(made.ref))
    assert [c.detail for c in told if c.verb == "object"] == [
        "Too short",
        "No budget",
        "Leaves out carers",
    ]


def test_who_objects_again_hears_what_it_replaces(office: Office) -> None:
    made = add(office)

    def says(why: str) -> str:
        def work(ask: Ask) -> Outcome:
            by = Invocation("command", ask.key, OTHER, MODELS_CHANNEL)
            return object_to(ask, by, Asked(made.ref, why, reading_of(ask)))

        reply = office.do(OTHER, work)
        assert isinstance(reply, Reply)
        return reply.message.text

    assert "replaces" not in says("Too soon")
    assert "Your objection replaces the one before: Too soon." in says("Too dear")
