"""Meetings planned: one or a series, with what must be known of their times."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest

from bot.domain.agendas import NewAgendaItem
from bot.domain.meetings import (
    Meeting,
    MeetingId,
    MeetingKind,
    PrepItem,
    PrepState,
    Rsvp,
    RsvpAnswer,
)
from bot.domain.model import Membership, Programme, Ref, Role, UserId, World
from bot.domain.recurrence import Rule
from bot.domain.rescheduling import TOO_LATE
from bot.errors import BadInput, Code, Conflict, NotAllowed
from bot.services import planning, proceedings
from bot.services.meeting_undo import PLAN
from bot.services.planning import Plan, Planned
from bot.services.undo import undo
from bot.storage.database import Store
from bot.views import errors, meeting_answers
from bot.views.blocks import parse_value
from bot.views.error_words import sentence
from bot.world import is_holiday
from tests.services.conftest import (
    CHAIR,
    COCHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    OUTSIDER,
    TRIALS,
    Office,
)

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

LONDON = "Europe/London"
WORLD = World(Programme("Test", LONDON))
START = datetime(2026, 10, 2, 12, tzinfo=UTC)  # a Friday
CALL = Plan("Endpoints", (MODELS,), date(2026, 10, 29), time(15), LONDON, timedelta(hours=1))
WEEKLY = replace(CALL, rule=Rule(until=date(2026, 11, 12)))


@pytest.fixture(autouse=True)
def october(office: Office) -> None:
    office.clock.now = START


def plan(office: Office, wanted: Plan = CALL, by: UserId = CHAIR) -> Planned:
    return office.do(by, lambda ask: planning.plan(ask, wanted, is_holiday))


def meeting(office: Office, ref: str) -> Meeting:
    found = office.db.read_now(lambda store: store.meetings.get(Ref(ref)))
    assert found is not None
    return found


def items(office: Office, ref: str) -> dict[str, PrepItem]:
    one = meeting(office, ref)
    found = office.db.read_now(lambda store: store.meetings.preparation([one.id])[one.id])
    return {item.key: item for item in found}


class TestPlanning:
    def test_one_is_set_with_its_preparation(self, office: Office) -> None:
        (made,) = plan(office).meetings
        assert (made.ref, made.title, made.kind) == ("MT-1", "Endpoints", MeetingKind.CALL)
        assert made.ends - made.starts == timedelta(hours=1)
        assert made == meeting(office, "MT-1")
        due = {key: item.due for key, item in items(office, "MT-1").items()}
        assert due["call-items"] == date(2026, 10, 8)
        assert due["papers-out"] == date(2026, 10, 22)

    def test_a_series_is_one_meeting_a_day_of_its_rule(self, office: Office) -> None:
        made = plan(office, WEEKLY).meetings
        assert [one.ref for one in made] == ["MT-1", "MT-2", "MT-3"]
        assert {one.series for one in made} == {"series-1"}
        assert [one.starts.hour for one in made] == [15, 15, 15]
        kept = office.db.read_now(lambda store: store.series.get("series-1"))
        assert kept is not None
        assert (kept.rule, kept.first, kept.zone) == (WEEKLY.rule, CALL.day, LONDON)
        again = plan(office, replace(WEEKLY, day=date(2026, 12, 3), rule=Rule(until=date.max)))
        assert {one.series for one in again.meetings} == {"series-2"}
        assert (len(again.meetings), again.cut) == (60, True)

    def test_what_should_be_done_already_is_due_next_or_left_out(self, office: Office) -> None:
        soon = replace(CALL, day=date(2026, 10, 5))  # Monday
        told = plan(office, soon)
        prepared = items(office, "MT-1")
        assert prepared["announce"].due == date(2026, 10, 5)
        assert told.skipped == 0
        weekend = plan(office, replace(CALL, day=date(2026, 10, 4)))
        assert weekend.skipped == 8
        late = items(office, "MT-2")
        assert (late["announce"].state, late["announce"].why) == (PrepState.SKIPPED, TOO_LATE)
        assert late["minutes-draft"].state is PrepState.TODO

    def test_journey_8_the_hour_of_each_and_where_the_clocks_differ(self, office: Office) -> None:
        facts = plan(office, WEEKLY).facts
        hours = {clock.zone: f"{clock.at:%H:%M}" for clock in facts.clocks}
        assert hours == {
            "America/Edmonton": "09:00",
            LONDON: "15:00",
            "Europe/Amsterdam": "16:00",
            "Asia/Kolkata": "20:30",
        }
        assert next(iter(hours)) == "America/Edmonton"
        assert facts.shifts == ()  # From November on, nobody of them changes clocks.
        across = plan(office, replace(WEEKLY, day=date(2026, 10, 22))).facts
        shifts = [(one.day.isoformat(), one.zone, f"{one.at:%H:%M}") for one in across.shifts]
        assert shifts == [
            ("2026-10-29", "America/Edmonton", "09:00"),
            ("2026-10-29", "Asia/Kolkata", "20:30"),
        ]

    def test_holidays_weekends_and_hard_hours_are_named(self, office: Office) -> None:
        facts = plan(office, replace(CALL, day=date(2026, 10, 12), at=time(13))).facts
        assert facts.holidays == ((date(2026, 10, 12), (("CA", "AB"),)),)
        assert facts.notice is None
        assert facts.weekends == ()
        early = plan(office, replace(CALL, day=date(2026, 10, 10), at=time(12))).facts
        assert early.weekends == (date(2026, 10, 10),)
        assert [(c.zone, c.at.hour) for c in early.inconvenient] == [("America/Edmonton", 5 + 0)]

    def test_short_notice_is_a_week_for_a_call_and_eight_face_to_face(self, office: Office) -> None:
        assert plan(office, replace(CALL, day=date(2026, 10, 9))).facts.notice is None
        assert plan(office, replace(CALL, day=date(2026, 10, 8))).facts.notice == 6
        days = replace(CALL, kind=MeetingKind.FACE_TO_FACE, length=timedelta(days=1, hours=2))
        assert plan(office, replace(days, day=date(2026, 11, 26))).facts.notice == 55
        assert plan(office, replace(days, day=date(2026, 11, 27))).facts.notice is None
        assert "rsvp-closes" in items(office, "MT-4")

    def test_it_warns_of_meetings_of_the_same_people(self, office: Office) -> None:
        plan(office)
        office.do(
            COORDINATOR,
            lambda ask: planning.plan(
                ask, replace(CALL, groups=(TRIALS,), at=time(15, 30)), is_holiday
            ),
        )
        both = plan(office, replace(CALL, at=time(15, 45)))
        assert [(o.other and o.other.ref, o.people) for o in both.facts.overlaps] == [("MT-1", 4)]
        shared = replace(CALL, groups=(), at=time(15, 45))
        hidden = office.do(COORDINATOR, lambda ask: planning.plan(ask, shared, is_holiday))
        in_both = Membership(MEMBER, TRIALS, Role.MEMBER)
        office.db.write_now(lambda store: store.groups.set_role(in_both))
        seen = plan(office, replace(CALL, at=time(15, 30), length=timedelta(minutes=10)))
        assert (None, 1) in [(o.other and o.other.ref, o.people) for o in seen.facts.overlaps]
        found = [(o.other and o.other.ref, o.people) for o in hidden.facts.overlaps]
        assert found == [("MT-1", 4), ("MT-2", 1), ("MT-3", 4)]

    @pytest.mark.parametrize(
        ("wanted", "code"),
        [
            (replace(CALL, day=date(2026, 10, 2), at=time(12)), Code.DATE_PAST),
            (replace(CALL, title=" "), Code.TEXT_EMPTY),
            (replace(CALL, title="x" * 301), Code.TEXT_LONG),
            (
                replace(CALL, day=date(2027, 3, 21), at=time(1, 30), rule=Rule()),
                Code.RULE_WRONG,
            ),
            (replace(CALL, rule=Rule(0)), Code.RULE_WRONG),
        ],
    )
    def test_what_cannot_be_planned_leaves_nothing(
        self, office: Office, wanted: Plan, code: Code
    ) -> None:
        with pytest.raises(BadInput) as refused:
            plan(office, wanted)
        assert refused.value.code is code
        assert office.db.read_now(lambda store: store.meetings.all()) == ()

    def test_chairs_plan_for_their_group_and_coordinators_for_all(self, office: Office) -> None:
        shared = replace(CALL, groups=())
        for by, wanted in (
            (MEMBER, CALL),
            (COCHAIR, CALL),
            (OUTSIDER, CALL),
            (CHAIR, shared),
            (CHAIR, replace(CALL, groups=(MODELS, TRIALS))),
        ):
            with pytest.raises(NotAllowed):
                plan(office, wanted, by)
        office.db.write_now(partial(_away, user=CHAIR))
        assert len(plan(office, CALL, COCHAIR).meetings) == 1
        assert len(plan(office, shared, COORDINATOR).meetings) == 1


def test_undo_takes_a_planning_back(office: Office) -> None:
    plan(office, WEEKLY)
    office.do(CHAIR, undo)
    assert office.db.read_now(lambda store: store.meetings.all()) == ()
    assert office.db.read_now(lambda store: store.series.get("series-1")) is None
    assert plan(office).meetings[0].ref == "MT-4"


class TestPlanningInUse:
    """It is not taken back with what has been added to it: the sentence names that."""

    def refused(self, office: Office) -> str:
        (request,) = office.db.read_now(
            lambda store: {c.request for c in store.audit.of(Ref("MT-1")) if c.verb == PLAN}
        )
        with pytest.raises(Conflict) as refusal:
            office.do(CHAIR, lambda ask: undo(ask, request))
        assert refusal.value.code is Code.PLAN_IN_USE
        assert len(office.db.read_now(lambda store: store.meetings.all())) == 1
        return sentence(refusal.value, office.db.read_now(lambda s: s.groups.world()))

    def test_once_it_has_begun(self, office: Office) -> None:
        plan(office)
        office.do(CHAIR, lambda ask: proceedings.start(ask, Ref("MT-1"), anyway=True))
        said = self.refused(office)
        assert said == (
            "The planning of MT-1 is not taken back: it has begun. Type meeting end MT-1."
        )

    def test_once_others_added_to_it(self, office: Office) -> None:
        plan(office)
        answer = Rsvp(COCHAIR, RsvpAnswer.YES, office.clock.now)
        office.db.write_now(lambda store: store.meetings.answer(MeetingId(1), answer))
        new = NewAgendaItem("First topic")
        office.db.write_now(
            lambda store: store.agendas.add(MeetingId(1), new, COCHAIR, office.clock.now)
        )
        said = self.refused(office)
        assert "1 topic is on its agenda and @" in said
        assert said.endswith("answered. Type meeting cancel MT-1.")

    def test_with_nothing_but_an_answer_of_ones_own_it_is_taken_back(self, office: Office) -> None:
        plan(office)
        answer = Rsvp(CHAIR, RsvpAnswer.YES, office.clock.now)
        office.db.write_now(lambda store: store.meetings.answer(MeetingId(1), answer))
        office.do(CHAIR, undo)
        assert office.db.read_now(lambda store: store.meetings.all()) == ()


def _away(store: Store, user: UserId) -> None:
    person = store.groups.person(user)
    assert person is not None
    store.groups.save_person(replace(person, away_until=date(2026, 12, 1)))


def test_of_an_hour_that_comes_twice_the_first_is_meant_and_its_offset_shown(
    office: Office,
) -> None:
    told = plan(office, replace(CALL, day=date(2026, 10, 25), at=time(1, 30)))
    (made,) = told.meetings
    assert made.starts == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    said = meeting_answers.planned(told.meetings, told.facts, WORLD, "r", {}).text
    assert "Sun 25 Oct 2026, 01:30 London (UTC+1)" in said
    assert "The clock shows that time twice that day; the first is meant." in said


def test_where_a_later_day_skips_the_hour_the_hours_beside_it_are_buttons(office: Office) -> None:
    skips = replace(CALL, day=date(2027, 3, 14), at=time(1, 30), rule=Rule(step=2))
    with pytest.raises(BadInput) as caught:
        plan(office, skips)
    line = "plan Call 14 Mar 2027 01:30 in London every 2 weeks"
    said = errors.words(caught.value, line, "/meeting", WORLD)
    assert "On Sun 28 Mar 2027 the clocks in London go forward over 01:30" in said.text
    (row,) = (block for block in said.blocks if block["type"] == "actions")
    buttons: Any = row["elements"]
    lines = [parse_value(one["value"]).get("line") for one in buttons]
    assert lines == [
        f"meeting plan Call 14 Mar 2027 {at} in London every 2 weeks" for at in ("00:30", "02:30")
    ]
    assert office.db.read_now(lambda store: store.meetings.all()) == ()
