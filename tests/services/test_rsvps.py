"""Answers to meetings: who may give them, what they count for, until when, and taken back."""

from datetime import timedelta
from functools import partial

import pytest

from bot.domain.meetings import Meeting, Rsvp, RsvpAnswer
from bot.domain.model import ChannelId, Ref, UserId
from bot.domain.quorum import Standing
from bot.errors import BadInput, Code, Conflict, NotAllowed
from bot.services import departures, guests, meetings, rescheduling, roles, rsvps, undo
from bot.services.access import Ask
from bot.services.meeting_news import NEWS
from bot.storage.database import Store
from bot.world import is_holiday
from tests.services.conftest import (
    BOT,
    CHAIR,
    COCHAIR,
    COORDINATOR,
    GUEST,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OTHER,
    OUTSIDER,
    STEERING,
    TRIALS,
    TRIALS_CHANNEL,
    Office,
)
from tests.services.test_meetings import plan

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

YES, REMOTE, NO = RsvpAnswer
MT = Ref("MT-1")
NOWHERE = ChannelId("D0MEMBER1")


@pytest.fixture
def call(office: Office) -> Meeting:
    return plan(office, 5, MODELS)


def answer(
    office: Office, user: UserId, said: RsvpAnswer, substitute: UserId | None = None
) -> rsvps.Answered:
    return office.do(user, lambda ask: rsvps.answer(ask, MT, said, substitute))


def given(office: Office) -> dict[UserId, tuple[RsvpAnswer, UserId | None]]:
    def read(store: Store) -> tuple[Rsvp, ...]:
        meeting = store.meetings.get(MT)
        assert meeting is not None
        return store.meetings.rsvps([meeting.id])[meeting.id]

    return {one.user: (one.answer, one.substitute) for one in office.db.read_now(read)}


def test_the_last_answer_stands_and_says_how_many_come_now(office: Office, call: Meeting) -> None:
    first = answer(office, MEMBER, YES)
    assert (len(first.quorum.coming), len(first.quorum.voters), first.quorum.needed) == (1, 3, 2)
    last = answer(office, MEMBER, NO)
    assert last.quorum.coming == ()
    assert given(office) == {MEMBER: (NO, None)}
    assert not answer(office, MEMBER, NO).changed


def test_observers_and_who_is_known_from_the_channel_answer_without_counting(
    office: Office, call: Meeting
) -> None:
    for user in (OTHER, STEERING, COORDINATOR):
        done = answer(office, user, YES)
        assert (done.voter, done.quorum.coming) == (False, ())
    assert set(given(office)) == {OTHER, STEERING, COORDINATOR}


def test_who_has_no_part_in_the_meeting_is_refused(office: Office, call: Meeting) -> None:
    for user in (OUTSIDER, GUEST):
        with pytest.raises(NotAllowed):
            answer(office, user, YES)
    assert given(office) == {}


def test_a_voter_as_substitute_counts_once_and_a_guest_makes_one_more(
    office: Office, call: Meeting
) -> None:
    answer(office, CHAIR, YES)
    voter = answer(office, MEMBER, NO, CHAIR)
    assert (voter.standing, len(voter.quorum.coming)) == (Standing.HAS_A_VOTE, 1)
    guest = answer(office, MEMBER, NO, GUEST)
    assert (guest.standing, len(guest.quorum.coming)) == (Standing.COUNTS, 2)
    assert given(office)[MEMBER] == (NO, GUEST)


@pytest.mark.parametrize(
    ("said", "substitute", "code"),
    [
        (YES, GUEST, Code.SUBSTITUTE_WRONG),
        (REMOTE, GUEST, Code.SUBSTITUTE_WRONG),
        (NO, MEMBER, Code.SUBSTITUTE_WRONG),
        (NO, BOT, Code.PERSON_BOT),
        (NO, UserId("U0NOBODY1"), Code.PERSON_UNKNOWN),
    ],
)
def test_a_substitute_who_cannot_be_one_is_refused(
    office: Office, call: Meeting, said: RsvpAnswer, substitute: UserId, code: Code
) -> None:
    with pytest.raises(BadInput) as refused:
        answer(office, MEMBER, said, substitute)
    assert refused.value.code is code
    assert given(office) == {}


def test_until_the_end_people_answer_but_name_nobody_after_the_start(
    office: Office, call: Meeting
) -> None:
    office.clock.now = call.starts + timedelta(minutes=5)
    answer(office, MEMBER, REMOTE)
    with pytest.raises(Conflict) as begun:
        answer(office, CHAIR, NO, GUEST)
    assert (begun.value.code, begun.value.facts["why"]) == (Code.REPLY_LATE, "begun")
    office.clock.now = call.ends
    with pytest.raises(Conflict) as over:
        answer(office, MEMBER, NO)
    assert (over.value.code, over.value.facts["why"]) == (Code.REPLY_LATE, "over")
    assert given(office) == {MEMBER: (REMOTE, None)}


def test_a_cancelled_meeting_is_answered_by_nobody(office: Office, call: Meeting) -> None:
    office.do(CHAIR, lambda ask: rescheduling.cancel(ask, MT, "holiday", is_holiday))
    with pytest.raises(Conflict) as refused:
        answer(office, MEMBER, YES)
    assert refused.value.facts["why"] == "cancelled"


def test_answers_go_along_when_the_meeting_moves(office: Office, call: Meeting) -> None:
    answer(office, MEMBER, NO, GUEST)
    day = call.start_day + timedelta(days=7)
    move = partial(
        rescheduling.move, ref=MT, day=day, at=call.start_at, zone=call.zone, holiday=is_holiday
    )
    office.do(CHAIR, move)
    assert given(office) == {MEMBER: (NO, GUEST)}


def test_undo_brings_the_answer_before_back(office: Office, call: Meeting) -> None:
    answer(office, MEMBER, YES)
    office.clock.now += timedelta(minutes=1)
    answer(office, MEMBER, NO, GUEST)
    office.do(MEMBER, undo.undo)
    assert given(office) == {MEMBER: (YES, None)}
    office.do(MEMBER, undo.undo)
    assert given(office) == {}


def test_undo_of_an_older_answer_leaves_the_newer_one(office: Office, call: Meeting) -> None:
    def first(ask: Ask) -> str:
        rsvps.answer(ask, MT, YES)
        return ask.key

    request = office.do(MEMBER, first)
    office.clock.now += timedelta(minutes=1)
    answer(office, MEMBER, NO)
    with pytest.raises(Conflict) as refused:
        office.do(MEMBER, lambda ask: undo.undo(ask, request))
    assert refused.value.code is Code.CHANGED_MEANWHILE
    assert given(office) == {MEMBER: (NO, None)}


def test_a_withdrawn_answer_is_as_if_never_given(office: Office, call: Meeting) -> None:
    answer(office, MEMBER, YES)
    done = office.do(MEMBER, lambda ask: rsvps.withdraw(ask, MT))
    assert (done.rsvp, done.quorum.coming, given(office)) == (None, (), {})
    assert not office.do(MEMBER, lambda ask: rsvps.withdraw(ask, MT)).changed
    office.do(MEMBER, undo.undo)
    assert given(office) == {MEMBER: (YES, None)}


def test_without_an_id_the_next_meeting_is_meant_or_asked_about(office: Office) -> None:
    def meant(user: UserId, channel: ChannelId = NOWHERE) -> list[Ref]:
        return [meeting.ref for meeting in office.do(user, rsvps.next_to_answer, channel)]

    assert meant(MEMBER) == []
    for days, key in ((5, MODELS), (6, MODELS), (30, TRIALS)):
        plan(office, days, key)
    assert meant(MEMBER) == ["MT-1"]
    assert meant(COORDINATOR, TRIALS_CHANNEL) == ["MT-3"]
    plan(office, 7)
    assert meant(MEMBER) == ["MT-1", "MT-4"]
    assert meant(COORDINATOR) == ["MT-1", "MT-4"]
    assert meant(MEMBER, MODELS_CHANNEL) == ["MT-1"]


class TestGuests:
    def invite(self, office: Office, user: UserId = GUEST, by: UserId = CHAIR) -> guests.Invited:
        return office.do(by, lambda ask: guests.invite(ask, user, MT))

    def listed(self, office: Office, user: UserId = GUEST) -> list[Ref]:
        found = office.do(user, meetings.listed), office.do(user, meetings.mine)
        both = [[one.meeting.ref for one in some] for some in found]
        assert both[0] == both[1]
        return both[0]

    def test_a_guest_sees_and_answers_that_meeting_alone(
        self, office: Office, call: Meeting
    ) -> None:
        plan(office, 6, MODELS)
        plan(office, 7)
        assert self.listed(office) == []
        self.invite(office)
        assert self.listed(office) == ["MT-1"]
        done = answer(office, GUEST, YES)
        assert (done.voter, done.quorum.coming) == (False, ())
        with pytest.raises(NotAllowed):
            office.do(GUEST, lambda ask: rsvps.answer(ask, Ref("MT-2"), YES))

    def test_an_invitation_is_said_once_with_the_time_there(
        self, office: Office, call: Meeting
    ) -> None:
        self.invite(office)
        assert not self.invite(office).changed
        (key,) = office.pending(GUEST)
        row = office.db.read_now(lambda store: store.outbox.by_key(key))
        assert row is not None
        assert "invites you to MT-1 Call" in row.out.message.text
        assert "London" in row.out.message.text

    def test_who_comes_anyway_is_no_guest(self, office: Office, call: Meeting) -> None:
        done = self.invite(office, MEMBER)
        assert (done.changed, done.belongs, done.meeting.guests) == (False, True, ())

    def test_only_who_runs_the_meeting_invites(self, office: Office, call: Meeting) -> None:
        for user in (MEMBER, OUTSIDER):
            with pytest.raises(NotAllowed):
                self.invite(office, by=user)
        assert self.invite(office, by=COORDINATOR).meeting.guests == (GUEST,)

    def test_a_guest_taken_off_loses_sight_and_answer(self, office: Office, call: Meeting) -> None:
        self.invite(office)
        answer(office, GUEST, YES)
        office.do(CHAIR, lambda ask: guests.release(ask, GUEST, MT))
        assert (self.listed(office), given(office), office.pending(GUEST)) == ([], {}, [])
        with pytest.raises(Exception, match=r"not-a-guest"):
            office.do(CHAIR, lambda ask: guests.release(ask, GUEST, MT))

    def test_guests_hear_that_it_moved(self, office: Office, call: Meeting) -> None:
        self.invite(office)
        office.do(CHAIR, lambda ask: rescheduling.cancel(ask, MT, "holiday", is_holiday))
        assert len([key for key in office.pending(GUEST) if f":{NEWS}:" in key]) == 1

    def test_who_leaves_takes_answers_and_invitations_along(
        self, office: Office, call: Meeting
    ) -> None:
        self.invite(office)
        answer(office, GUEST, YES)
        answer(office, MEMBER, YES)
        now = office.clock()
        office.do(CHAIR, lambda ask: roles.remove(ask, MEMBER, MODELS))
        assert set(given(office)) == {GUEST}
        office.db.write_now(lambda store: departures.deactivated(store, GUEST, now, "r"))
        meeting = office.db.read_now(lambda store: store.meetings.get(MT))
        assert meeting is not None
        assert (meeting.guests, given(office)) == ((), {})


def test_a_co_chair_answers_like_everybody(office: Office, call: Meeting) -> None:
    assert answer(office, COCHAIR, REMOTE).quorum.coming == (COCHAIR,)
