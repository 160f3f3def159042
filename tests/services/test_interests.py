"""Whose declaration of interests ends before a meeting is asked once, and what becomes of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.demo.seeds import DEMO
from bot.demo.world import TEAM
from bot.domain.agendas import AgendaState, NewAgendaItem
from bot.domain.interests import ITEM
from bot.domain.meetings import PrepItem, PrepState
from bot.domain.model import Ref, TeamId, UserId
from bot.domain.outbox import Sent, State
from bot.errors import BadInput, Code, NotAllowed, NotFound
from bot.services import agendas, interests, planning, rescheduling, stepping_out
from bot.services.meeting_news import INTERESTS
from bot.services.planning import Plan
from bot.storage.database import Database, Store
from bot.world import is_holiday
from tests.e2e.worlds import demo_world, filled
from tests.services.conftest import (
    CHAIR,
    COCHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    OTHER,
    OUTSIDER,
    Office,
)

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

CALL = Plan(
    "Endpoints", (MODELS,), date(2026, 12, 3), time(15), "Europe/London", timedelta(hours=1)
)
DUE = "2026-11-27"  # Five days before is a Saturday.
OLD, MT_1 = date(2025, 11, 28), Ref("MT-1")


@pytest.fixture(autouse=True)
def calls(office: Office) -> None:
    """Two in two days; all have declared, but the member a year ago and the other never."""
    office.clock.set("2026-11-02T12:00:00+00:00")
    for day in (date(2026, 12, 3), date(2026, 12, 4)):
        call = replace(CALL, day=day)
        office.do(CHAIR, lambda ask, c=call: planning.plan(ask, c, is_holiday))  # type: ignore[misc]  # mypy cannot infer a lambda's default
    for user in (CHAIR, COCHAIR):
        declare(office, user, date(2026, 10, 1))
    declare(office, MEMBER, OLD)


def declare(office: Office, user: UserId, day: date | None) -> None:
    def save(store: Store) -> None:
        person = store.groups.person(user)
        assert person is not None
        store.groups.save_person(replace(person, declared=day))

    office.db.write_now(save)


def run(office: Office, iso: str, days: int = 1) -> None:
    """Four looks on each of these days, and each of them twice."""
    at = datetime.fromisoformat(iso).replace(tzinfo=UTC) - timedelta(hours=1)
    for step in range(4 * days):
        mark, now = at + timedelta(hours=6 * step), at + timedelta(hours=6 * (step + 1))
        office.clock.now = now
        for _ in range(2):
            office.db.write_now(partial(_look, mark=mark, now=now))


def _look(store: Store, mark: datetime, now: datetime) -> int:
    return interests.plan(store, store.groups.world(), now, mark)


def said(office: Office, user: UserId) -> list[Sent]:
    rows = office.db.read_now(lambda store: store.outbox.recent(1000))
    found = [row for row in rows if row.out.kind == INTERESTS and row.out.lane == user]
    return sorted(found, key=lambda row: row.out.at)


def item(office: Office, ref: Ref = MT_1) -> PrepItem:
    def find(store: Store) -> PrepItem:
        meeting = store.meetings.get(ref)
        assert meeting is not None
        return next(
            i for i in store.meetings.preparation([meeting.id])[meeting.id] if i.key == ITEM
        )

    return office.db.read_now(find)


def on_agenda(office: Office, ref: Ref = MT_1) -> list[str]:
    def topics(store: Store) -> list[str]:
        meeting = store.meetings.get(ref)
        assert meeting is not None
        return [one.topic for one in agendas.listed(store, meeting.id)]

    return office.db.read_now(topics)


def test_each_is_asked_once_for_both_meetings_on_their_own_morning(office: Office) -> None:
    assert item(office).due == date.fromisoformat(DUE)
    run(office, "2026-11-26")
    assert said(office, MEMBER) == said(office, OTHER) == []
    run(office, DUE)
    run(office, "2026-11-28", days=4)
    (member,), (other,) = said(office, MEMBER), said(office, OTHER)
    assert member.out.at == datetime(2026, 11, 27, 9, tzinfo=UTC)
    assert other.out.at == datetime(2026, 11, 27, 3, 30, tzinfo=UTC)  # 09:00 in Kolkata
    assert member.out.message.text.startswith(
        "Your declaration of Fri 28 Nov 2025 holds until Sat 28 Nov 2026: "
        "it has to be renewed before "
        "MT-1 Endpoints on Thu 3 Dec 2026."
    )
    assert other.out.message.text.startswith("Your declaration of interests is missing")
    assert said(office, COCHAIR) == []


def test_whoever_minds_the_meeting_hears_the_names_and_the_item_stays(office: Office) -> None:
    run(office, DUE)
    (told,) = [row for row in said(office, COORDINATOR) if row.out.subject == "meeting:1:interests"]
    assert "@models-member and @other-member: no declaration" in told.out.message.text
    assert item(office).state is PrepState.TODO
    office.do(CHAIR, lambda ask: rescheduling.cancel(ask, MT_1, "no quorum", is_holiday))
    standing = {row.out.subject: row.state for row in said(office, COORDINATOR)}
    assert standing == {
        "meeting:1:interests": State.WITHDRAWN,
        "meeting:2:interests": State.PENDING,
    }


def test_it_stands_behind_the_welcome_and_takes_no_more_than_there_is_left(office: Office) -> None:
    def draft(store: Store) -> None:
        for meeting, minutes in zip(store.meetings.all(), (60, 59), strict=True):
            for source, length in (("welcome", minutes - 5), ("close", 5)):
                new = NewAgendaItem(source, length, source=source)
                store.agendas.add(meeting.id, new, CHAIR, office.clock())

    office.db.write_now(draft)
    run(office, DUE)
    run(office, "2026-11-28")
    found = office.db.read_now(lambda s: s.agendas.of([m.id for m in s.meetings.all()]))
    assert [[item.source for item in items] for items in found.values()] == [
        ["welcome", "interests:", "close"]
    ] * 2
    assert [items[1].minutes for items in found.values()] == [0, 1]


def test_unanswered_it_stands_on_the_agenda_until_all_have_declared(office: Office) -> None:
    run(office, DUE)
    assert on_agenda(office) == []
    run(office, "2026-11-28")
    assert on_agenda(office) == ["Declarations of interest; who steps out of what"]
    told = [row.out.message.text for row in said(office, CHAIR)]
    assert len(told) == 2  # One for each of the two meetings.
    assert "@other-member: no declaration of interests yet. @models-member: the" in told[0]
    assert "declaration of interests holds only until Sat 28 Nov 2026." in told[0]
    office.do(MEMBER, interests.confirm)
    assert item(office).state is PrepState.TODO
    office.do(OTHER, lambda ask: interests.declare(ask, "https://example.org/mine"))
    assert item(office).state is PrepState.DONE
    assert on_agenda(office) == []
    kept = office.db.read_now(lambda store: store.agendas.of([m.id for m in store.meetings.all()]))
    assert [one.state for found in kept.values() for one in found] == [AgendaState.DROPPED] * 2


def test_where_all_have_declared_it_is_done_by_itself_on_its_day(office: Office) -> None:
    for user in (MEMBER, OTHER):
        declare(office, user, date(2026, 11, 1))
    run(office, "2026-11-26")
    assert item(office).state is PrepState.TODO
    run(office, DUE)
    assert item(office).state is PrepState.DONE
    assert said(office, COORDINATOR) == []


def test_a_declaration_takes_back_the_question_and_counts_from_today(office: Office) -> None:
    run(office, DUE)
    person = office.do(MEMBER, lambda ask: interests.declare(ask, ""))
    assert (person.declared, person.declaration) == (date(2026, 11, 27), "")
    assert [row.state for row in said(office, MEMBER)] == [State.WITHDRAWN]


def test_what_was_never_declared_cannot_still_be_right(office: Office) -> None:
    with pytest.raises(BadInput) as refused:
        office.do(OTHER, interests.confirm)
    assert refused.value.code is Code.WRONG_WORDS
    with pytest.raises(BadInput) as refused:
        office.do(OTHER, lambda ask: interests.declare(ask, "my shelf"))
    assert refused.value.code is Code.LINK_WRONG


def _topics(office: Office) -> None:
    def add(store: Store) -> None:
        for topic in ("Welcome", "Compound 12"):
            meeting = store.meetings.get(MT_1)
            assert meeting is not None
            store.agendas.add(meeting.id, NewAgendaItem(topic), CHAIR, office.clock())

    office.db.write_now(add)


def test_who_steps_out_is_told_once_and_alone_and_may_stay_after_all(office: Office) -> None:
    _topics(office)

    def outs(store: Store) -> list[tuple[int, str]]:
        meeting = store.meetings.get(MT_1)
        assert meeting is not None
        listed = [one.id for one in agendas.listed(store, meeting.id)]
        return [(listed.index(o.agenda_item) + 1, o.user) for o in store.step_outs.of(meeting.id)]

    for _ in range(2):
        office.do(CHAIR, lambda ask: stepping_out.step_out(ask, MT_1, 2, (MEMBER,)))
    assert office.db.read_now(outs) == [(2, MEMBER)]
    (key,) = [key for key in office.pending(MEMBER) if key.startswith("stepout:")]
    row = office.db.read_now(lambda store: store.outbox.by_key(key))
    assert row is not None
    assert "@models-chair asks you to step out of \u201cCompound 12\u201d" in row.out.message.text
    office.do(CHAIR, lambda ask: stepping_out.stay(ask, MT_1, 2, (MEMBER,)))
    assert office.db.read_now(outs) == []
    assert not [key for key in office.pending(MEMBER) if key.startswith("stepout:")]


def test_only_who_arranges_the_agenda_has_somebody_of_the_group_step_out(office: Office) -> None:
    _topics(office)
    with pytest.raises(NotAllowed):
        office.do(MEMBER, lambda ask: stepping_out.step_out(ask, MT_1, 1, (OTHER,)))
    with pytest.raises(BadInput) as refused:
        office.do(CHAIR, lambda ask: stepping_out.step_out(ask, MT_1, 1, (OUTSIDER,)))
    assert refused.value.code is Code.PERSON_OUTSIDE
    with pytest.raises(NotFound) as unknown:
        office.do(CHAIR, lambda ask: stepping_out.step_out(ask, MT_1, 3, (OTHER,)))
    assert unknown.value.code is Code.AGENDA_NO_ITEM


def test_journey_13_the_observer_is_asked_at_nine_in_basel(sqlite_template: Path) -> None:
    demo = demo_world(reanchored=False)
    db = Database(f"sqlite:///{filled(sqlite_template, demo, DEMO)}")
    db.bind(TeamId(TEAM))
    eight = datetime(2012, 11, 22, 8, tzinfo=UTC)

    def told(store: Store) -> list[Sent]:
        rows = store.outbox.about(f"interests:{demo.person_id('industry-observer')}")
        return list(rows)

    def asked(store: Store) -> list[Sent]:
        _look(store, eight - timedelta(hours=6), eight - timedelta(minutes=1))
        assert told(store) == []
        assert interests.next_at(store, store.groups.world(), eight - timedelta(hours=6)) == eight
        _look(store, eight - timedelta(minutes=1), eight)
        return told(store)

    (row,) = db.write_now(asked)
    db.close_now()
    assert row.out.at == eight
    assert row.out.message.text.startswith(
        "Your declaration of Wed 23 Nov 2011 holds until Fri 23 Nov 2012: "
        "it has to be renewed before "
        "MT-16 "
    )
