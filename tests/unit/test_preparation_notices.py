"""When an item of a preparation is reminded of, to whom, and who is told that it is late."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.meetings import (
    Meeting,
    MeetingId,
    MeetingKind,
    MeetingState,
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
from bot.domain.preparation_notices import Duty, for_duty, may_be_due, may_hear
from bot.world import is_holiday

MODELS, TRIALS = GroupKey("models"), GroupKey("trials")
FIRST, DEPUTY, CHAIR, COCHAIR = (UserId(f"U0{name}") for name in ("FIRST", "DEPUTY", "CH", "CO"))
OTHER, MEMBER, ROBOT = UserId("U0OTHER"), UserId("U0MEMBER"), UserId("U0ROBOT")
CLOSED = (date(2012, 12, 24), date(2013, 1, 2), "Year-end closure")
PEOPLE = (
    Person(FIRST, "First", zone="Europe/London", country="GB", region="ENG"),
    Person(DEPUTY, "Deputy", zone="Europe/Rome", country="IT", region="GE"),
    Person(CHAIR, "Chair", zone="Europe/Amsterdam", country="NL"),
    Person(COCHAIR, "Co-chair", zone="America/Edmonton", country="CA", region="AB"),
    Person(OTHER, "Other chair", zone="America/New_York", country="US"),
    Person(MEMBER, "Member", zone="America/Vancouver", country="CA", region="BC"),
    Person(ROBOT, "Robot", bot=True),
)
ROLES = (
    Membership(FIRST, None, Role.COORDINATOR),
    Membership(DEPUTY, None, Role.COORDINATOR),
    Membership(CHAIR, MODELS, Role.CHAIR),
    Membership(COCHAIR, MODELS, Role.COCHAIR),
    Membership(MEMBER, MODELS, Role.MEMBER),
    Membership(ROBOT, MODELS, Role.MEMBER),
    Membership(OTHER, TRIALS, Role.CHAIR),
)


def world(*changed: Person) -> World:
    people = {person.user: person for person in (*PEOPLE, *changed)}
    groups = {key: Group(key, "", key, key) for key in (MODELS, TRIALS)}
    return World(
        Programme("Test", "Europe/London", "GB", "ENG", closures=(CLOSED,)), groups, people, ROLES
    )


def away(user: UserId, until: date) -> World:
    return world(replace(world().people[user], away_until=until))


CALL = Meeting(
    id=MeetingId(15), ref=Ref("MT-15"), title="Models call", groups=(MODELS,),
    kind=MeetingKind.CALL, template="call", start_day=date(2012, 11, 27), start_at=time(14),
    end_day=date(2012, 11, 27), end_at=time(15), zone="Europe/London",
    created_at=datetime(2012, 9, 1, tzinfo=UTC), created_by=FIRST,
)  # fmt: skip
PAPERS = PrepItem(
    5, "papers-out", "Send papers", OwnerRole.COORDINATOR, date(2012, 11, 20), required=True
)


def owed(
    role: OwnerRole = OwnerRole.COORDINATOR, day: date = PAPERS.due, meeting: Meeting = CALL
) -> Duty:
    return Duty(meeting, replace(PAPERS, role=role, due=day))


def said(duty: Duty, there: World | None = None) -> list[str]:
    """`who step day hour`, in the reader's own time."""
    there = there or world()
    found = sorted(for_duty(duty, there, is_holiday), key=lambda n: (n.at, n.to))
    return [
        f"{n.to[2:].lower()} {n.step} "
        f"{n.at.astimezone(ZoneInfo(there.people[n.to].zone)):%a %d %b %H:%M}"
        for n in found
    ]


def test_the_owner_hears_twice_and_then_the_chair_once() -> None:
    """Journey 9."""
    assert said(owed()) == [
        "first 0d Tue 20 Nov 09:00",
        "first +1wd Wed 21 Nov 09:00",
        "ch +2wd Thu 22 Nov 09:00",
    ]


def test_of_a_chairs_own_the_coordinator_is_told() -> None:
    assert said(owed(OwnerRole.CHAIR, date(2012, 11, 19))) == [
        "ch 0d Mon 19 Nov 09:00",
        "ch +1wd Tue 20 Nov 09:00",
        "deputy +2wd Wed 21 Nov 09:00",
        "first +2wd Wed 21 Nov 09:00",
    ]


def test_of_all_groups_together_the_other_coordinators_are_told() -> None:
    assert said(owed(meeting=replace(CALL, groups=())))[-1] == "deputy +2wd Thu 22 Nov 09:00"


def test_an_absent_coordinators_are_the_deputys_and_an_absent_chairs_the_cochairs_to_mind() -> None:
    assert said(owed(), away(FIRST, date(2012, 11, 21))) == [
        "deputy 0d Tue 20 Nov 09:00",
        "first +1wd Wed 21 Nov 09:00",
        "ch +2wd Thu 22 Nov 09:00",
    ]
    assert said(owed(), away(CHAIR, date(2012, 11, 26)))[-1] == "co +2wd Thu 22 Nov 09:00"


def test_an_absent_chair_is_reminded_when_back_unless_the_call_has_begun() -> None:
    own = owed(OwnerRole.CHAIR, date(2012, 11, 19))
    back = said(own, away(CHAIR, date(2012, 11, 22)))
    assert [one for one in back if one.startswith("ch")] == ["ch +1wd Thu 22 Nov 09:00"]
    assert not any(one.startswith("ch") for one in said(own, away(CHAIR, date(2012, 11, 28))))


def test_each_of_several_owners_hears_in_their_own_morning() -> None:
    due = owed(OwnerRole.MEMBERS, date(2012, 11, 22))
    assert said(due)[:3] == [
        "ch 0d Thu 22 Nov 09:00",
        "co 0d Thu 22 Nov 09:00",
        "member 0d Thu 22 Nov 09:00",
    ]
    chairs = owed(OwnerRole.CHAIRS, date(2012, 11, 22), replace(CALL, groups=(MODELS, TRIALS)))
    assert said(chairs)[:2] == ["other 0d Wed 21 Nov 09:00", "ch 0d Thu 22 Nov 09:00"]


def test_on_holidays_and_closures_of_theirs_nothing_is_said() -> None:
    """Thanksgiving in the US was 22 November; 24 to 26 December 2012 were closed or holidays."""
    models = replace(CALL, start_day=date(2013, 1, 15), end_day=date(2013, 1, 15))
    closing = owed(day=date(2012, 12, 21), meeting=models)
    assert said(closing) == [
        "first 0d Fri 21 Dec 09:00",
        "first +1wd Thu 03 Jan 09:00",
        "ch +2wd Fri 04 Jan 09:00",
    ]


def test_own_hours_move_the_morning() -> None:
    early = world(replace(world().people[FIRST], hours=(time(7), time(15))))
    assert said(owed(), early)[0] == "first 0d Tue 20 Nov 07:00"


def test_after_the_start_nothing_is_said_and_what_is_due_that_day_comes_in_time() -> None:
    late = owed(day=date(2012, 11, 26))
    assert said(late) == ["first 0d Mon 26 Nov 09:00", "first +1wd Tue 27 Nov 09:00"]
    on_the_day = replace(owed(day=CALL.start_day).item, owner=MEMBER)
    assert said(Duty(CALL, on_the_day)) == ["member 0d Mon 26 Nov 09:00"]  # 09:00 there is 17:00.
    assert all(n.until <= CALL.starts for n in for_duty(owed(), world(), is_holiday))


def test_what_is_done_left_out_cancelled_or_held_is_silent() -> None:
    for state in (PrepState.DONE, PrepState.SKIPPED):
        assert said(Duty(CALL, replace(PAPERS, state=state))) == []
    assert said(owed(meeting=replace(CALL, state=MeetingState.CANCELLED))) == []
    held = replace(CALL, state=MeetingState.HELD)
    assert said(owed(meeting=held)) == []
    assert said(owed(day=date(2012, 11, 29), meeting=held)) != []


def test_what_is_not_required_is_reminded_of_only_where_somebody_is_named_for_it() -> None:
    loose = replace(PAPERS, required=False)
    assert said(Duty(CALL, loose)) == []
    assert said(Duty(CALL, replace(loose, owner=COCHAIR))) == [
        "co 0d Tue 20 Nov 09:00",
        "co +1wd Wed 21 Nov 09:00",
    ]
    assert said(owed(OwnerRole.BOT)) == []


def test_those_with_open_actions_are_reminded_where_they_owe_it() -> None:
    item = replace(PAPERS, role=OwnerRole.ACTION_OWNERS)
    assert said(Duty(CALL, item)) == []
    assert said(Duty(CALL, item, frozenset({MEMBER})))[0] == "member 0d Tue 20 Nov 09:00"


def test_what_fell_due_before_its_day_was_set_is_not_said() -> None:
    at = datetime(2012, 11, 20, 12, tzinfo=UTC)
    assert said(Duty(CALL, replace(PAPERS, set_at=at)))[0] == "first +1wd Wed 21 Nov 09:00"
    assert said(owed(meeting=replace(CALL, created_at=at)))[0] == "first +1wd Wed 21 Nov 09:00"


@pytest.mark.parametrize("there", [world(), away(CHAIR, date(2012, 11, 26))])
def test_the_short_cut_never_misses_a_notice(there: World) -> None:
    for role in (OwnerRole.CHAIR, OwnerRole.COORDINATOR, OwnerRole.MEMBERS):
        duty = owed(role)
        for notice in for_duty(duty, there, is_holiday):
            assert may_be_due(duty, there, notice.at, notice.at - timedelta(minutes=1))
            assert may_hear(duty, there, notice.to)
    long_before = datetime(2012, 9, 1, tzinfo=UTC)
    assert not may_be_due(owed(), there, long_before, long_before)
    assert not may_hear(owed(), there, OTHER)


def test_a_date_is_nobodys_and_who_has_replied_owes_no_reply() -> None:
    day = replace(PAPERS, key="comments-close", role=OwnerRole.MEMBERS)
    assert said(Duty(CALL, day)) == []
    asked = replace(PAPERS, key="rsvp-closes", role=OwnerRole.MEMBERS)
    everybody = {line.split()[0] for line in said(Duty(CALL, asked))}
    rest = {line.split()[0] for line in said(Duty(CALL, asked, replied=frozenset({MEMBER})))}
    assert everybody - rest == {"member"}
