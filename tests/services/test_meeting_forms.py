"""Meetings planned, moved and cancelled by forms: the same as by words."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.app import ATLAS
from bot.domain.meetings import Meeting, MeetingKind, MeetingState
from bot.domain.model import Ref, UserId
from bot.domain.recurrence import Rule
from bot.domain.templates import CALL as BY_CALL
from bot.domain.templates import FACE_TO_FACE, STEERING_CALL
from bot.errors import BadInput, Code, Conflict, NotAllowed
from bot.handlers.meeting_forms import MeetingForms, open_plan
from bot.handlers.meetings import Wanted, listed, show
from bot.handlers.registry import Click, Form, Invocation
from bot.services import planning
from bot.services.inbox import OpenModal, Outcome, Reply
from bot.services.planning import Plan
from bot.views import meeting_forms as view
from bot.views.blocks import Field, Id, parse_value, value
from bot.world import is_holiday
from tests.services.conftest import CHAIR, COORDINATOR, MEMBER, MODELS, MODELS_CHANNEL, Office

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

LONDON = "Europe/London"
START = datetime(2026, 10, 2, 12, tzinfo=UTC)
CALL = Plan("Endpoints", (MODELS,), date(2026, 10, 29), time(15), LONDON, timedelta(hours=1))
WEEKLY = replace(CALL, rule=Rule(until=date(2026, 11, 12)))
FORMS = MeetingForms(ATLAS)
FILLED = {
    Field.TEXT: "Endpoints",
    Field.DUE: "2026-10-29",
    Field.AT: "15:00",
    Field.ZONE: "London",
    Field.LENGTH: "90 min",
    Field.RULE: view.ONCE,
    Field.KIND: view.CALL,
}


@pytest.fixture(autouse=True)
def october(office: Office) -> None:
    office.clock.now = START


def by(user: UserId = CHAIR, trigger: str | None = "t") -> Invocation:
    return Invocation("view", "k", user, MODELS_CHANNEL, trigger=trigger)


def submit(office: Office, id_: Id, fields: dict[Field, str], ref: str = "MT-1") -> Outcome:
    form = Form(by(), id_, value(ref), fields, {Field.GROUPS: (MODELS,)})
    return office.do(CHAIR, lambda ask: FORMS.forms()[id_](ask, form))


def planned(office: Office, **more: str) -> tuple[Meeting, ...]:
    submit(office, Id.MEETING_PLAN_FORM, FILLED | {Field(name): it for name, it in more.items()})
    return office.db.read_now(lambda store: store.meetings.all())


def refused(office: Office, **more: str) -> BadInput:
    with pytest.raises(BadInput) as caught:
        planned(office, **more)
    assert office.db.read_now(lambda store: store.meetings.all()) == ()
    return caught.value


def opened(office: Office, id_: Id, user: UserId = CHAIR, ref: str = "MT-1") -> dict[str, Any]:
    click = Click(by(user), id_, parse_value(value(ref)))
    outcome = office.do(user, lambda ask: FORMS.clicks()[id_](ask, click))
    assert isinstance(outcome, OpenModal)
    blocks = outcome.view["blocks"]
    assert isinstance(blocks, list)
    return {str(block["block_id"]): block for block in blocks}


def series(office: Office) -> None:
    office.do(CHAIR, lambda ask: planning.plan(ask, WEEKLY, is_holiday))


class TestPlanning:
    def test_what_is_filled_in_is_planned(self, office: Office) -> None:
        (made,) = planned(office, place="https://example.org/room")
        assert (made.title, made.groups, made.zone) == ("Endpoints", (MODELS,), LONDON)
        assert made.starts == datetime(2026, 10, 29, 15, tzinfo=UTC)
        assert made.ends - made.starts == timedelta(minutes=90)
        assert (made.place, made.link) == ("", "https://example.org/room")
        assert made.template == BY_CALL

    @pytest.mark.parametrize(
        ("repeats", "days"),
        [
            (view.WEEKLY, ["2026-10-29", "2026-11-05", "2026-11-12"]),
            (view.FORTNIGHTLY, ["2026-10-29", "2026-11-12"]),
            (view.MONTHLY, ["2026-10-29", "2026-11-26"]),  # The fifth Thursday: the last.
            (view.LAST, ["2026-10-29", "2026-11-26"]),
        ],
    )
    def test_it_repeats_by_its_weekday(self, office: Office, repeats: str, days: list[str]) -> None:
        until = "2026-11-14" if repeats in (view.WEEKLY, view.FORTNIGHTLY) else "2026-12-01"
        made = planned(office, rule=repeats, until=until)
        assert [one.start_day.isoformat() for one in made] == days

    def test_every_month_is_counted_as_in_the_first(self, office: Office) -> None:
        made = planned(office, due="2026-11-05", rule=view.MONTHLY, until="2027-01-31")
        assert [f"{one.start_day:%d %b}" for one in made] == ["05 Nov", "03 Dec", "07 Jan"]

    @pytest.mark.parametrize(
        ("kind", "length", "template", "is_kind"),
        [
            (view.STEERING, "1 h", STEERING_CALL, MeetingKind.CALL),
            (view.FACE_TO_FACE, "2 days", FACE_TO_FACE, MeetingKind.FACE_TO_FACE),
            (view.CALL, "2 days", FACE_TO_FACE, MeetingKind.FACE_TO_FACE),
        ],
    )
    def test_its_kind_says_how_it_is_prepared(
        self, office: Office, kind: str, length: str, template: str, is_kind: MeetingKind
    ) -> None:
        (made,) = planned(office, kind=kind, length=length)
        assert (made.template, made.kind) == (template, is_kind)

    @pytest.mark.parametrize(
        ("typed", "field", "code"),
        [
            ({"text": " "}, Field.TEXT, Code.TEXT_EMPTY),
            ({"due": "2026-10-01"}, Field.DUE, Code.DATE_PAST),
            ({"due": "soon"}, Field.DUE, Code.DATE_UNREADABLE),
            ({"at": "teatime"}, Field.AT, Code.TIME_NEEDED),
            ({"zone": "Nowhereville"}, Field.ZONE, Code.ZONE_UNKNOWN),
            ({"length": "a while"}, Field.LENGTH, Code.LENGTH_WRONG),
            ({"length": "90 min or so"}, Field.LENGTH, Code.LENGTH_WRONG),
            ({"until": "2026-12-01"}, Field.UNTIL, Code.RULE_WRONG),
            ({"rule": "weekly", "until": "2026-10-01"}, Field.RULE, Code.RULE_WRONG),
            ({"due": "2027-03-28", "at": "01:30"}, Field.DUE, Code.RULE_WRONG),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(
        self, office: Office, typed: dict[str, str], field: Field, code: Code
    ) -> None:
        error = refused(office, **typed)
        assert (error.field, error.code) == (field, code)

    def test_all_groups_are_together_and_only_for_who_may(self, office: Office) -> None:
        form = Form(by(), Id.MEETING_PLAN_FORM, "{}", FILLED, {Field.GROUPS: (view.ALL, MODELS)})
        with pytest.raises(NotAllowed):
            office.do(CHAIR, lambda ask: FORMS.planned(ask, form))
        office.do(COORDINATOR, lambda ask: FORMS.planned(ask, form))
        (made,) = office.db.read_now(lambda store: store.meetings.all())
        assert made.groups == ()

    def test_without_a_group_it_is_asked_which(self, office: Office) -> None:
        form = Form(by(), Id.MEETING_PLAN_FORM, "{}", FILLED)
        with pytest.raises(BadInput) as caught:
            office.do(CHAIR, lambda ask: FORMS.planned(ask, form))
        assert (caught.value.field, caught.value.code) == (Field.GROUPS, Code.GROUP_WHICH)

    def test_the_form_offers_only_what_may_be_planned(self, office: Office) -> None:
        for user, labels in (
            (CHAIR, ["Models"]),
            (COORDINATOR, ["All groups", "Models", "Trials"]),
        ):
            options = opened(office, Id.MEETING_PLAN, user)[Field.GROUPS]["element"]["options"]
            assert [one["text"]["text"] for one in options] == labels
        with pytest.raises(NotAllowed):
            opened(office, Id.MEETING_PLAN, MEMBER)

    def test_where_no_form_can_open_there_is_a_button(self, office: Office) -> None:
        said = office.do(CHAIR, lambda ask: open_plan(ask, by(trigger=None)))
        assert isinstance(said, Reply)
        assert Id.MEETING_PLAN in str(said.message.blocks)


class TestMoving:
    def test_one_moves_or_those_after_it_too(self, office: Office) -> None:
        series(office)
        there = {Field.DUE: "2026-11-06", Field.AT: "16:15", Field.ZONE: "Rome"}
        submit(office, Id.MEETING_MOVE_FORM, there | {Field.REST: view.ONE}, "MT-2")
        submit(office, Id.MEETING_MOVE_FORM, there | {Field.REST: view.REST}, "MT-1")
        found = office.db.read_now(lambda store: store.meetings.all())
        assert [(one.ref, f"{one.start_day:%d %b} {one.start_at:%H:%M}") for one in found] == [
            ("MT-1", "06 Nov 16:15"), ("MT-2", "14 Nov 16:15"), ("MT-3", "20 Nov 16:15"),
        ]  # fmt: skip
        assert {one.zone for one in found} == {"Europe/Rome"}

    def test_the_form_starts_with_the_time_as_it_is(self, office: Office) -> None:
        series(office)
        form = opened(office, Id.MEETING_MOVE)
        assert form[Field.DUE]["element"]["initial_date"] == "2026-10-29"
        assert form[Field.AT]["element"]["initial_option"]["value"] == "15:00"
        options = form[Field.REST]["element"]["options"]
        assert [one["text"]["text"] for one in options] == [
            "Only this one", "This one and the 2 meetings after it",
        ]  # fmt: skip
        assert Field.REST not in opened(office, Id.MEETING_MOVE, ref="MT-3")

    def test_only_who_may_sees_the_forms_and_not_of_what_is_over(self, office: Office) -> None:
        series(office)
        for id_ in (Id.MEETING_MOVE, Id.MEETING_CANCEL):
            with pytest.raises(NotAllowed):
                opened(office, id_, MEMBER)
        office.clock.now = datetime(2026, 10, 29, 15, tzinfo=UTC)
        with pytest.raises(Conflict) as over:
            opened(office, Id.MEETING_MOVE)
        assert over.value.code is Code.MEETING_OVER


class TestCancelling:
    def test_one_is_cancelled_or_those_after_it_too(self, office: Office) -> None:
        series(office)
        with pytest.raises(BadInput) as caught:
            submit(office, Id.MEETING_CANCEL_FORM, {Field.REASON: " "})
        assert caught.value.field == Field.REASON
        why = {Field.REASON: "no quorum"}
        submit(office, Id.MEETING_CANCEL_FORM, why | {Field.REST: view.ONE}, "MT-1")
        assert states(office) == ["cancelled", "planned", "planned"]
        submit(office, Id.MEETING_CANCEL_FORM, why | {Field.REST: view.REST}, "MT-2")
        assert states(office) == ["cancelled", "cancelled", "cancelled"]


def states(office: Office) -> list[MeetingState]:
    return [one.state for one in office.db.read_now(lambda store: store.meetings.all())]


def test_who_may_change_it_finds_the_ways_under_the_meeting(office: Office) -> None:
    series(office)
    for user, there in ((CHAIR, True), (COORDINATOR, True), (MEMBER, False)):
        said = office.do(user, lambda ask: show(ask, Ref("MT-1")))
        assert isinstance(said, Reply)
        assert (str(Id.MEETING_MOVE) in str(said.message.blocks)) is there
        assert "every Thursday until Thu 12 Nov 2026; 2 more after this one" in said.message.text


def test_who_may_plan_finds_the_form_under_the_list(office: Office) -> None:
    for user, there in ((CHAIR, True), (COORDINATOR, True), (MEMBER, False)):
        for _ in range(2):
            said = office.do(user, lambda ask: listed(ask, Wanted()))
            assert isinstance(said, Reply)
            assert (str(Id.MEETING_PLAN) in str(said.message.blocks)) is there
            if user == CHAIR and not office.db.read_now(lambda store: store.meetings.all()):
                series(office)
