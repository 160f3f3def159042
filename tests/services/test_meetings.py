"""Meetings as different people read them, and what each owes for them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from functools import partial

import pytest

from bot.domain.meetings import (
    Meeting,
    MeetingKind,
    MeetingState,
    NewMeeting,
    PrepState,
    Rsvp,
    RsvpAnswer,
    Upcoming,
)
from bot.domain.model import GroupKey, Membership, Person, Ref, Role, UserId
from bot.domain.preparation import checklist
from bot.errors import Code, NotAllowed, NotFound
from bot.services import meetings
from bot.services.access import Ask
from bot.storage.database import Store
from bot.world import is_holiday
from tests.services.conftest import (
    CHAIR,
    COCHAIR,
    COORDINATOR,
    GUEST,
    MEMBER,
    MODELS,
    OUTSIDER,
    STEERING,
    TRIALS,
    Office,
)


def plan(office: Office, days: int, *groups: GroupKey, template: str | None = "call") -> Meeting:
    """A call at 14:00 London, so many days from now."""
    day = (office.clock() + timedelta(days=days)).date()
    new = NewMeeting(
        *("Call", groups, MeetingKind.CALL, template, day, time(14), day, time(15)),
        "Europe/London",
    )

    def work(store: Store) -> Meeting:
        meeting = store.meetings.create(new, COORDINATOR, office.clock())
        items = checklist(meeting, store.groups.world(), is_holiday, office.clock().date())
        store.meetings.set_preparation(meeting.id, items)
        return meeting

    return office.db.write_now(work)


def refs(found: tuple[Upcoming, ...]) -> list[str]:
    return [one.meeting.ref for one in found]


class TestWhoSees:
    @pytest.fixture
    def three(self, office: Office) -> tuple[Meeting, Meeting, Meeting]:
        return plan(office, 5, MODELS), plan(office, 6, TRIALS), plan(office, 7)

    def test_the_meetings_of_their_groups_and_of_all(
        self, office: Office, three: tuple[Meeting, ...]
    ) -> None:
        for user, seen in (
            (COORDINATOR, ["MT-1", "MT-2", "MT-3"]),
            (STEERING, ["MT-1", "MT-2", "MT-3"]),
            (MEMBER, ["MT-1", "MT-3"]),
            (OUTSIDER, ["MT-2", "MT-3"]),
            (GUEST, []),
        ):
            assert refs(office.do(user, meetings.listed)) == seen
            for meeting in three:
                look = partial(meetings.opened, ref=meeting.ref)
                if meeting.ref in seen:
                    assert office.do(user, look).meeting == meeting
                else:
                    with pytest.raises(NotAllowed):
                        office.do(user, look)

    def test_a_group_that_is_not_theirs_is_refused_by_name(
        self, office: Office, three: tuple[Meeting, ...]
    ) -> None:
        group = office.db.read_now(lambda store: store.groups.get(TRIALS))
        assert group is not None
        works: tuple[Callable[[Ask], object], ...] = (
            partial(meetings.listed, group=group),
            partial(meetings.next_of, group=group),
        )
        for work in works:
            with pytest.raises(NotAllowed) as refused:
                office.do(MEMBER, work)
            assert refused.value.facts["group"] == TRIALS

    def test_an_id_that_nothing_has_is_not_found(self, office: Office) -> None:
        with pytest.raises(NotFound) as refused:
            office.do(COORDINATOR, lambda ask: meetings.opened(ask, Ref("MT-9")))
        assert refused.value.code is Code.NO_SUCH_ID

    def test_the_next_one_is_the_groups_or_else_ones_own(
        self, office: Office, three: tuple[Meeting, ...]
    ) -> None:
        group = office.db.read_now(lambda store: store.groups.get(MODELS))
        for user, asked, ref in (
            (COORDINATOR, group, "MT-1"),
            (COORDINATOR, None, "MT-1"),
            (OUTSIDER, None, "MT-2"),
            (STEERING, None, "MT-3"),
        ):
            found = office.do(user, partial(meetings.next_of, group=asked))
            assert found is not None
            assert found.ref == ref
        assert office.do(GUEST, lambda ask: meetings.next_of(ask, None)) is None

    def test_what_is_ones_own(self, office: Office, three: tuple[Meeting, ...]) -> None:
        def own(user: UserId) -> list[str]:
            return office.db.read_now(
                lambda store: refs(meetings.upcoming_of(store, user, office.clock()))
            )

        assert own(COORDINATOR) == ["MT-1", "MT-2", "MT-3"]
        assert own(MEMBER) == ["MT-1", "MT-3"]
        assert own(STEERING) == ["MT-3"]
        assert own(UserId("U0NOBODY")) == []


class TestTasks:
    def owed(self, office: Office, user: UserId) -> list[tuple[str, str, bool]]:
        found = office.db.read_now(lambda store: meetings.tasks_of(store, user, office.clock()))
        return [(task.meeting.ref, task.item.key, task.late) for task in found]

    def test_they_go_by_roles_and_by_open_actions(self, office: Office) -> None:
        plan(office, 9, MODELS)
        assert self.owed(office, COCHAIR) == [
            ("MT-1", "attendance", False),
            ("MT-1", "actions-out", False),
        ]
        assert [key for _, key, _ in self.owed(office, CHAIR)] == ["approve-agenda"]
        assert ("MT-1", "action-updates", False) not in self.owed(office, MEMBER)
        assert self.owed(office, OUTSIDER) == []
        office.add(CHAIR, MEMBER, due=date(2026, 12, 18))
        plan(office, 9, TRIALS)
        assert ("MT-1", "action-updates", False) in self.owed(office, MEMBER)
        assert not [ref for ref, _, _ in self.owed(office, MEMBER) if ref == "MT-2"]
        assert self.owed(office, STEERING) == []

    def test_what_is_done_far_off_or_moot_is_no_task(self, office: Office) -> None:
        meeting = plan(office, 9, MODELS)
        first, second, *_ = self.owed(office, COORDINATOR)
        assert first == ("MT-1", "call-items", True)

        def tick(store: Store) -> None:
            items = store.meetings.preparation([meeting.id])[meeting.id]
            store.meetings.save_prep(meeting.id, replace(items[0], state=PrepState.DONE))

        office.db.write_now(tick)
        assert self.owed(office, COORDINATOR)[0] == second == ("MT-1", "announce", True)
        office.clock.forward(days=10)
        left = [key for _, key, _ in self.owed(office, COORDINATOR)]
        assert left == ["minutes-draft"]
        office.clock.forward(days=30)
        assert self.owed(office, COORDINATOR) == []

    def test_a_cancelled_meeting_asks_for_nothing(self, office: Office) -> None:
        meeting = plan(office, 9, MODELS)
        gone = replace(meeting, state=MeetingState.CANCELLED)
        office.db.write_now(lambda store: store.meetings.save(gone, expected=1))
        assert self.owed(office, COORDINATOR) == []

    def test_who_has_left_owes_nothing_and_has_no_meetings(self, office: Office) -> None:
        plan(office, 9, MODELS)

        def leave(store: Store) -> None:
            person = store.groups.person(CHAIR)
            assert person is not None
            store.groups.save_person(replace(person, left=True))

        office.db.write_now(leave)
        assert self.owed(office, CHAIR) == []
        now = office.clock()
        assert office.db.read_now(lambda store: meetings.upcoming_of(store, CHAIR, now)) == ()

    def test_the_deputy_owes_it_while_the_coordinator_is_away(self, office: Office) -> None:
        plan(office, 9, MODELS)
        deputy = UserId("U0DEPUTY1")

        def absent(store: Store) -> None:
            store.groups.save_person(Person(deputy, "Deputy", zone="Europe/Rome"))
            store.groups.set_role(Membership(deputy, None, Role.COORDINATOR))
            person = store.groups.person(COORDINATOR)
            assert person is not None
            back = (office.clock() + timedelta(days=3)).date()
            store.groups.save_person(replace(person, away_until=back))

        assert self.owed(office, deputy) == []
        office.db.write_now(absent)
        assert self.owed(office, COORDINATOR) == []
        assert self.owed(office, deputy)[0] == ("MT-1", "call-items", True)


def test_ones_own_answer_is_shown_beside_the_meeting(office: Office) -> None:
    meeting = plan(office, 9, MODELS)
    said = Rsvp(MEMBER, RsvpAnswer.REMOTE, office.clock())
    office.db.write_now(lambda store: store.meetings.answer(meeting.id, said))
    for user, answer in ((MEMBER, RsvpAnswer.REMOTE), (CHAIR, None)):
        (shown,) = office.do(user, meetings.mine)
        assert (shown.answer, shown.ready) == (answer, 0)
