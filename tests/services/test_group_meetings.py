"""Meetings when their groups close or merge."""

from datetime import timedelta

import pytest

from bot.domain.deadlines import NewDeadline
from bot.domain.items import Due, NewItem
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.minutes import MinutesState
from bot.domain.model import Group, GroupKey, Ref
from bot.services import chains, deadlines, groups, items, minutes, things
from bot.storage.database import Store
from bot.world import is_holiday
from tests.services.conftest import (
    CHAIR,
    COORDINATOR,
    MODELS,
    MODELS_CHANNEL,
    TRIALS,
    TRIALS_CHANNEL,
    Office,
)
from tests.services.held_calls import REF, at, hold, now_are, on_to, said
from tests.services.test_meetings import plan
from tests.services.test_proceedings import start

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone


def found(office: Office, ref: str) -> Meeting:
    meeting = office.db.read_now(lambda store: store.meetings.get(Ref(ref)))
    assert meeting is not None
    return meeting


def reminded(office: Office) -> set[int]:
    """The meetings for which somebody is still to be reminded of something."""

    def look(store: Store) -> set[int]:
        return {one.meeting.id for one in things.all_open(store) if hasattr(one, "meeting")}

    return office.db.read_now(look)


def test_closing_a_group_cancels_its_meetings_ahead_and_leaves_those_with_others(
    office: Office,
) -> None:
    own, both, of_all = plan(office, 14, MODELS), plan(office, 15, MODELS, TRIALS), plan(office, 16)
    office.plan()
    done = office.do(COORDINATOR, lambda ask: groups.close(ask, MODELS))
    assert [one.ref for one in done.meetings] == [own.ref]
    gone = found(office, own.ref)
    assert (gone.state, gone.why) == (MeetingState.CANCELLED, "the group was closed")
    assert [found(office, one.ref).state for one in (both, of_all)] == [MeetingState.PLANNED] * 2
    assert reminded(office) == {both.id, of_all.id}
    assert office.do(COORDINATOR, lambda ask: groups.close(ask, MODELS)).meetings == ()
    ended = office.do(COORDINATOR, lambda ask: groups.close(ask, TRIALS))
    assert [one.ref for one in ended.meetings] == [both.ref]


def test_a_meeting_under_way_ends_by_itself_before_its_group_is_closed(office: Office) -> None:
    call = plan(office, 5, MODELS)
    office.clock.now = call.starts
    start(office)
    office.do(COORDINATOR, lambda ask: groups.close(ask, MODELS))
    assert found(office, call.ref).state is MeetingState.HELD
    sitting = office.db.read_now(lambda store: store.proceedings.sitting(call.id))
    assert sitting is not None
    assert (sitting.ended_at, sitting.ended_by) == (call.starts, None)
    assert [row.out.lane for row in said(office, MODELS_CHANNEL, "meeting-ended")]


def test_minutes_that_no_channel_can_show_wait_for_somebody(office: Office) -> None:
    held = hold(office)
    office.do(COORDINATOR, lambda ask: groups.close(ask, MODELS))
    on_to(office, at(29, 9), at(10, 10, 12), at(20, 10, 12))
    them = now_are(office, held)
    assert (them.state, them.actions_at) == (MinutesState.DRAFT, None)
    assert reminded(office) == set()
    office.do(COORDINATOR, lambda ask: minutes.publish(ask, REF, is_holiday))
    assert now_are(office, held).state is MinutesState.PUBLISHED


def test_meetings_move_along_into_the_group_theirs_is_merged_into(office: Office) -> None:
    held = hold(office)
    own, both = plan(office, 14, MODELS), plan(office, 15, MODELS, TRIALS)
    office.plan()
    done = office.do(COORDINATOR, lambda ask: groups.merge(ask, MODELS, TRIALS))
    assert [one.ref for one in done.meetings] == [own.ref, both.ref]
    assert [found(office, one.ref).groups for one in (own, both, held)] == [(TRIALS,)] * 3
    assert found(office, own.ref).state is MeetingState.PLANNED
    assert {own.id, both.id} <= reminded(office)
    on_to(office, at(29, 9))
    assert now_are(office, held).state is MinutesState.PUBLISHED
    assert said(office, TRIALS_CHANNEL, "card")


def test_what_needs_an_action_of_a_group_merged_twice_is_found_by_every_id(
    office: Office,
) -> None:
    office.want_no_digests()
    office.clock.now = at(12, 12)
    symptoms = GroupKey("symptoms")
    office.db.write_now(lambda store: store.groups.save(Group(symptoms, "SR", "Symptoms", "S")))
    day = (office.clock() + timedelta(days=1)).date()
    new = NewItem("Scans", MODELS, Due(day), (CHAIR,))
    scans = office.do(CHAIR, lambda ask: items.add(ask, new)).item.ref
    made = NewDeadline("Abstracts", day, (MODELS,), owner=CHAIR)
    due = office.do(COORDINATOR, lambda ask: deadlines.add(ask, made)).deadline.ref
    office.do(COORDINATOR, lambda ask: deadlines.needs(ask, due, (scans,)))
    office.do(COORDINATOR, lambda ask: groups.merge(ask, MODELS, TRIALS))
    done = office.do(COORDINATOR, lambda ask: groups.merge(ask, TRIALS, symptoms))
    ((_, now),) = done.moved
    steps = office.db.read_now(lambda store: chains.below(store, [due]))
    assert steps[due].needs == (now,)
    office.do(CHAIR, lambda ask: items.move(ask, now, Due(day + timedelta(days=2)), "Late"))

    def by_the_old_id(store: Store) -> list[str]:
        """As in the midst of a merge."""
        store.deadlines.rename_needed(now, scans)
        return [step.ref for step, _ in chains.late_needs(store, due)]

    assert office.db.write_now(by_the_old_id) == [now]
