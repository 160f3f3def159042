"""The checklists and their dates, by the rules of domain.md 5 and the demo world's milestones."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest

from bot.demo.world import World as Demo
from bot.domain import preparation
from bot.domain.meetings import (
    Meeting,
    MeetingId,
    MeetingKind,
    NewMeeting,
    OwnerRole,
    PrepItem,
    PrepState,
)
from bot.domain.model import (
    Group,
    GroupKey,
    Membership,
    Person,
    Programme,
    Ref,
    Role,
    UserId,
    World,
)
from bot.domain.templates import CALL, FACE_TO_FACE, STEERING_CALL, TEMPLATES, TemplateItem
from bot.world import is_holiday

DEMO = Demo.load(reanchored=False)
MODELS, TRIALS = GroupKey("models"), GroupKey("trials")
FIRST, DEPUTY, CHAIR, COCHAIR = (UserId(f"U0{name}") for name in ("FIRST", "DEPUTY", "CH", "CO"))
OTHER, MEMBER = UserId("U0OTHER"), UserId("U0MEMBER")
TODAY = date(2012, 11, 18)
CLOSED = (date(2012, 12, 24), date(2013, 1, 2), "Year-end closure")
WORLD = World(
    Programme("Test", "Europe/London", "GB", "ENG", closures=(CLOSED,)),
    groups={key: Group(key, "", key, key) for key in (MODELS, TRIALS)},
    people={
        FIRST: Person(FIRST, "First", country="GB", region="ENG"),
        DEPUTY: Person(DEPUTY, "Deputy", country="IT"),
        CHAIR: Person(CHAIR, "Chair", country="NL"),
        COCHAIR: Person(COCHAIR, "Co-chair", country="US"),
        OTHER: Person(OTHER, "Other chair", country="GB", region="ENG"),
        MEMBER: Person(MEMBER, "Member", country="GB", region="ENG"),
    },
    memberships=(
        Membership(FIRST, None, Role.COORDINATOR),
        Membership(DEPUTY, None, Role.COORDINATOR),
        Membership(CHAIR, MODELS, Role.CHAIR),
        Membership(COCHAIR, MODELS, Role.COCHAIR),
        Membership(OTHER, TRIALS, Role.CHAIR),
        Membership(MEMBER, TRIALS, Role.MEMBER),
    ),
)


def meeting(
    start: str, end: str = "", template: str | None = CALL, *groups: GroupKey, zone: str = ""
) -> Meeting:
    return Meeting(
        id=MeetingId(1),
        ref=Ref("MT-1"),
        title="Call",
        groups=groups,
        kind=MeetingKind.CALL,
        template=template,
        start_day=date.fromisoformat(start),
        start_at=time(14),
        end_day=date.fromisoformat(end or start),
        end_at=time(15),
        zone=zone or "Europe/London",
        created_at=datetime(2012, 1, 1, tzinfo=UTC),
        created_by=FIRST,
    )


def dates(of: Meeting | NewMeeting, world: World = WORLD) -> dict[str, date]:
    return {i.key: i.due for i in preparation.checklist(of, world, is_holiday, TODAY)}


def told(item: TemplateItem) -> dict[str, Any]:
    """As demo.yaml spells it."""
    spelled = {
        "key": item.key,
        "offset": item.offset,
        "unit": "wd" if item.working_days else "cd",
        "anchor": item.anchor.value,
        "owner": item.role.value,
        "required": item.required,
        "text": item.text,
    }
    return spelled if item.rolls else {**spelled, "rolls": False}


@pytest.mark.parametrize("template", [CALL, FACE_TO_FACE])
def test_the_templates_are_those_of_the_demo_world(template: str) -> None:
    wanted = DEMO.facts["preparation"][template]["items"]
    assert [told(item) for item in TEMPLATES[template]] == wanted


def test_a_steering_committee_gets_its_agenda_working_days_before() -> None:
    changed = {
        item.key: f"{item.offset} wd" for item in TEMPLATES[STEERING_CALL] if item.working_days
    }
    assert changed == DEMO.facts["preparation"]["call"]["steering_variant"]
    due = dates(meeting("2012-11-27", "", STEERING_CALL, MODELS))
    assert (due["draft-agenda"], due["approve-agenda"]) == (date(2012, 11, 9), date(2012, 11, 13))


def test_before_the_meeting_dates_roll_back_and_after_it_forward() -> None:
    due = dates(meeting("2012-11-27", "", CALL, MODELS))
    assert due["draft-agenda"] == date(2012, 11, 16)  # the 17th is a Saturday
    assert due["minutes-accepted"] == date(2012, 12, 10)  # the 9th is a Sunday
    assert due["late-cutoff"] == date(2012, 11, 23)  # the 24th is a Saturday


def test_what_belongs_to_the_day_itself_stays_there() -> None:
    due = dates(meeting("2012-12-30", "", CALL, MODELS))
    assert due["attendance"] == date(2012, 12, 30)
    assert due["link"] == date(2012, 12, 21)
    assert dates(meeting("2012-11-01", "2012-11-02", FACE_TO_FACE))["purge-needs"] == date(
        2012, 12, 2
    )


def test_a_date_rolls_by_the_holidays_of_the_one_who_owes_it() -> None:
    # 26 December is a holiday in London and a working day in New York; no closure here.
    open_all_year = replace(WORLD, programme=replace(WORLD.programme, closures=()))
    due = dates(meeting("2012-12-25", "", CALL, MODELS), open_all_year)
    assert due["actions-out"] == date(2012, 12, 26)  # the co-chair takes the notes
    alone = replace(open_all_year, memberships=open_all_year.memberships[:3])
    assert dates(meeting("2012-12-25", "", CALL, MODELS), alone)["actions-out"] == date(
        2012, 12, 27
    )


def test_a_date_rolls_by_the_workdays_of_the_one_who_owes_it() -> None:
    part_time = replace(WORLD.people[CHAIR], workdays=frozenset({0, 1, 2, 3}))
    world = replace(WORLD, people={**WORLD.people, CHAIR: part_time})
    due = dates(meeting("2012-11-27", "", CALL, MODELS), world)
    assert due["late-cutoff"] == date(2012, 11, 22)
    assert due["draft-agenda"] == date(2012, 11, 16)


def test_absence_moves_no_date() -> None:
    away = replace(WORLD.people[CHAIR], away_until=date(2013, 3, 1))
    gone = replace(WORLD, people={**WORLD.people, CHAIR: away})
    call = meeting("2012-11-27", "", CALL, MODELS)
    assert dates(call, gone) == dates(call)


def test_a_meeting_without_a_template_has_no_checklist() -> None:
    call = meeting("2012-11-27", "", None)
    assert preparation.checklist(call, WORLD, is_holiday, TODAY) == ()
    assert preparation.ready(call, ()) is None


def test_milan_a_day_later_moves_what_it_must_and_nothing_else() -> None:
    people = {DEMO.person_id(row["handle"]): DEMO._person(row) for row in DEMO.facts["people"]}
    roles = tuple(
        Membership(DEMO.person_id(row["handle"]), GroupKey(role["group"]), Role(role["role"]))
        for row in DEMO.facts["people"]
        for role in row["roles"]
    )
    first = Membership(DEMO.person_id("coordinator"), None, Role.COORDINATOR)
    everybody = replace(WORLD, people=people, memberships=(first, *roles))
    of = partial(dates, world=everybody)
    before = of(meeting("2013-02-06", "2013-02-08", FACE_TO_FACE))
    after = of(meeting("2013-02-07", "2013-02-09", FACE_TO_FACE))
    for key, then, now in (
        ("announce", date(2012, 12, 12), date(2012, 12, 13)),
        ("papers-out", date(2013, 1, 23), date(2013, 1, 24)),
        ("final-slides", date(2013, 2, 1), date(2013, 2, 1)),
        ("quorum", date(2013, 2, 1), date(2013, 2, 4)),
        ("actions-out", date(2013, 2, 11), date(2013, 2, 12)),
        ("rsvp-closes", date(2012, 12, 21), date(2012, 12, 21)),
    ):
        assert (before[key], after[key]) == (then, now), key


class TestOwners:
    CALL = meeting("2012-11-27", "", CALL, MODELS)
    ALL = meeting("2013-02-06", "2013-02-08", FACE_TO_FACE)

    def owners(
        self, role: OwnerRole, of: Meeting = CALL, world: World = WORLD, today: date = TODAY
    ) -> tuple[UserId, ...]:
        item = PrepItem(1, "", "Text", role, TODAY)
        return preparation.owners_of(item, of, world, today, frozenset({COCHAIR, CHAIR}))

    @pytest.mark.parametrize(
        ("role", "of", "who"),
        [
            (OwnerRole.COORDINATOR, CALL, (FIRST,)),
            (OwnerRole.CHAIR, CALL, (CHAIR,)),
            (OwnerRole.CHAIRS, ALL, (CHAIR, OTHER)),
            (OwnerRole.NOTE_TAKER, CALL, (COCHAIR,)),
            (OwnerRole.NOTE_TAKER, ALL, (FIRST,)),
            (OwnerRole.SPEAKERS, ALL, (FIRST,)),
            (OwnerRole.MEMBERS, CALL, (CHAIR, COCHAIR)),
            (OwnerRole.MEMBERS, ALL, (CHAIR, COCHAIR, OTHER, MEMBER)),
            (OwnerRole.ACTION_OWNERS, CALL, (CHAIR, COCHAIR)),
            (OwnerRole.BOT, CALL, ()),
        ],
    )
    def test_a_role_is_owed_by_its_people(
        self, role: OwnerRole, of: Meeting, who: tuple[UserId, ...]
    ) -> None:
        assert self.owners(role, of) == who

    def test_the_deputy_steps_in_while_the_coordinator_is_away(self) -> None:
        away = replace(WORLD.people[FIRST], away_until=date(2012, 11, 20))
        world = replace(WORLD, people={**WORLD.people, FIRST: away})
        assert self.owners(OwnerRole.COORDINATOR, world=world) == (DEPUTY,)
        back = self.owners(OwnerRole.COORDINATOR, world=world, today=date(2012, 11, 20))
        assert back == (FIRST,)

    def test_who_was_named_owes_it_until_they_leave(self) -> None:
        item = PrepItem(1, "", "Text", OwnerRole.CHAIR, TODAY, owner=COCHAIR)
        assert preparation.owners_of(item, self.CALL, WORLD, TODAY) == (COCHAIR,)
        left = replace(WORLD.people[COCHAIR], left=True)
        world = replace(WORLD, people={**WORLD.people, COCHAIR: left})
        assert preparation.owners_of(item, self.CALL, world, TODAY) == (CHAIR,)


def test_ready_counts_what_is_required_before_the_start() -> None:
    call = meeting("2012-11-27", "", CALL, MODELS)
    items = preparation.checklist(call, WORLD, is_holiday, TODAY)
    assert preparation.ready(call, items) == 0

    def with_state(state: PrepState, *keys: str) -> list[PrepItem]:
        return [replace(i, state=state) if i.key in keys else i for i in items]

    assert preparation.ready(call, with_state(PrepState.DONE, "call-items", "announce")) == 33
    assert preparation.ready(call, with_state(PrepState.DONE, "quorum", "minutes-draft")) == 0
    done = {"call-items": PrepState.DONE, "announce": PrepState.SKIPPED}
    one_of_five = [replace(i, state=done.get(i.key, i.state)) for i in items]
    assert preparation.ready(call, one_of_five) == 20
    required = [item.key for item in items if item.required]
    assert preparation.ready(call, with_state(PrepState.DONE, *required)) == 100


def test_only_what_is_still_to_be_done_is_late() -> None:
    item = PrepItem(1, "", "Text", OwnerRole.CHAIR, TODAY)
    assert not preparation.is_late(item, TODAY)
    assert preparation.is_late(item, TODAY + timedelta(days=1))
    done = replace(item, state=PrepState.DONE)
    assert not preparation.is_late(done, TODAY + timedelta(days=1))


def test_the_last_day_for_papers_passes_and_is_nobodys_to_do() -> None:
    item = PrepItem(1, "late-cutoff", "Last day for papers", OwnerRole.CHAIR, TODAY)
    assert not preparation.has_passed(item, TODAY)
    assert preparation.has_passed(item, TODAY + timedelta(days=1))
    assert not preparation.is_late(item, TODAY + timedelta(days=1))
    assert not preparation.has_passed(replace(item, key="announce"), TODAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("day", "zone", "utc"),
    [
        ("2026-11-05", "Europe/London", "2026-11-05T14:00"),
        ("2026-07-02", "Europe/London", "2026-07-02T13:00"),
        ("2026-12-01", "America/Winnipeg", "2026-12-01T19:00"),
    ],
)
def test_a_meeting_keeps_its_wall_time_and_its_instant_follows(
    day: str, zone: str, utc: str
) -> None:
    start = meeting(day, zone=zone).starts
    assert start == datetime.fromisoformat(utc).replace(tzinfo=UTC)
