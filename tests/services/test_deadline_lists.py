"""Deadlines listed: which alone, whose, what is kept from the reader, and what all lead to."""

from datetime import date, time, timedelta
from functools import partial

import pytest

from bot.domain.deadlines import NewDeadline
from bot.domain.meetings import MeetingKind, NewMeeting
from bot.domain.model import GroupKey, Ref, UserId
from bot.errors import BadInput
from bot.handlers.deadlines import listed, read_list
from bot.handlers.reading import reading_of
from bot.services import deadlines
from bot.services.access import Ask
from bot.services.inbox import Reply
from tests.services.conftest import CHAIR, COORDINATOR, MEMBER, MODELS, TRIALS, Office

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

DAY = date(2026, 12, 4)


def add(office: Office, days: int, *groups: GroupKey, owner: UserId = CHAIR) -> Ref:
    made = NewDeadline("Letter", DAY + timedelta(days=days), groups, owner=owner)
    return office.do(COORDINATOR, lambda ask: deadlines.add(ask, made)).deadline.ref


def said(office: Office, user: UserId, line: str) -> str:
    def work(ask: Ask) -> str:
        outcome = listed(ask, read_list(line, reading_of(ask)))
        assert isinstance(outcome, Reply)
        return outcome.message.text

    return office.do(user, work)


def test_what_is_met_dropped_overdue_or_ones_own_is_listed_alone(office: Office) -> None:
    met, dropped = add(office, 1, MODELS), add(office, 2, MODELS)
    late, mine = add(office, 3, MODELS), add(office, 90, MODELS, owner=MEMBER)
    office.do(CHAIR, partial(deadlines.met, ref=met))
    office.do(CHAIR, partial(deadlines.drop, ref=dropped, reason="Covered"))
    office.clock.forward(days=20)
    for line, shown in (
        ("", (late, mine)),
        ("met", (met,)),
        ("Dropped models", (dropped,)),
        ("overdue all", (late,)),
        ("mine", (mine,)),
    ):
        text = said(office, MEMBER, line)
        for ref in (met, dropped, late, mine):
            assert (f" {ref} " in text) == (ref in shown), line
    assert "days late" not in said(office, MEMBER, "met")
    assert "(met Sun 22 Nov 2026)" in said(office, MEMBER, "met")
    with pytest.raises(BadInput):
        said(office, MEMBER, "banana")


def test_all_says_what_is_kept_from_the_reader_and_which_meeting_is_next(office: Office) -> None:
    add(office, 1, MODELS)
    milan = NewMeeting(
        "Milan", (), MeetingKind.FACE_TO_FACE, None, date(2027, 2, 10), time(9),
        date(2027, 2, 12), time(17), "Europe/Rome",
    )  # fmt: skip
    office.do(COORDINATOR, lambda ask: ask.store.meetings.create(milan, ask.actor.user, ask.now))
    assert said(office, CHAIR, "all").startswith(
        "All deadlines: 1 deadline. Next meeting of all groups: MT-1 Milan, Wed 10 Feb 2027, in 80"
    )
    add(office, 1, TRIALS, owner=COORDINATOR)
    text = said(office, CHAIR, "all")
    assert text.startswith("All deadlines of your groups: 1 deadline.")
    assert "Those of other groups are not shown to you." in text
    assert "not shown" not in said(office, COORDINATOR, "all")
