"""The reply that a checklist asks of each: by its own buttons, until it is given."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.meetings import MeetingKind, RsvpAnswer
from bot.domain.model import Ref, UserId
from bot.domain.outbox import Sent
from bot.errors import Code, Conflict
from bot.services import meetings, planning, preparation, rsvps, travels
from bot.services.access import Ask
from bot.services.planning import Plan
from bot.services.preparation_sheets import sheet
from bot.views import preparation as view
from bot.world import is_holiday
from tests.services.conftest import CHAIR, COORDINATOR, MEMBER, MODELS, OTHER, Office
from tests.services.held_calls import buttons

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

MT = Ref("MT-1")
DAY = date(2026, 12, 10)
MILAN = Plan(
    "Annual meeting", (MODELS,), DAY, time(9), "Europe/Rome", timedelta(hours=8),
    kind=MeetingKind.FACE_TO_FACE,
)  # fmt: skip


@pytest.fixture(autouse=True)
def planned(office: Office) -> None:
    office.want_no_digests()
    office.clock.now = datetime(2026, 8, 3, 12, tzinfo=UTC)
    office.do(COORDINATOR, lambda ask: planning.plan(ask, MILAN, is_holiday))
    office.plan()


def asked(office: Office, user: UserId) -> Sent:
    rows = office.db.read_now(lambda store: store.outbox.recent(1000))
    return next(r for r in rows if r.out.lane == user and "Replies close" in r.out.message.text)


def keys(office: Office, user: UserId) -> list[str]:
    found = office.db.read_now(lambda store: meetings.tasks_of(store, user, office.clock()))
    return [task.item.key for task in found]


def test_each_is_asked_for_their_reply_until_they_have_given_it(office: Office) -> None:
    office.clock.now = datetime(2026, 10, 29, 20, tzinfo=UTC)
    office.plan()
    assert {"I'll come", "Remote", "Can't come"} <= buttons(asked(office, MEMBER))
    assert "Mark done" not in buttons(asked(office, MEMBER))
    assert "rsvp-closes" in keys(office, MEMBER)
    office.do(MEMBER, lambda ask: rsvps.answer(ask, MT, RsvpAnswer.YES))
    assert "rsvp-closes" not in keys(office, MEMBER)
    assert (asked(office, MEMBER).state, asked(office, OTHER).state) == ("withdrawn", "pending")
    before = len(office.db.read_now(lambda store: store.outbox.recent(1000)))
    office.plan()
    assert len(office.db.read_now(lambda store: store.outbox.recent(1000))) == before


def test_what_is_added_is_answered_with_whose_it_is_and_its_day(office: Office) -> None:
    def work(ask: Ask) -> str:
        done = preparation.add_item(ask, MT, "Send slides", MEMBER, date(2026, 11, 27), is_holiday)
        there = sheet(ask.store, ask.world, done.meeting, ask.now, ask.actor)
        return view.ticked(there, done.changed, "added", "k", ask.world).text

    assert "Send slides, @models-member, due Fri 27 Nov 2026." in office.do(COORDINATOR, work)


def test_a_day_that_only_passes_is_shown_as_a_day(office: Office) -> None:
    def work(ask: Ask) -> str:
        meeting = meetings.find(ask, MT)
        there = sheet(ask.store, ask.world, meeting, ask.now, ask.actor)
        return view.checklist(there, ask.world, CHAIR, ask.now).text

    assert "Questionnaire closes, 📅 On Thu 17 Dec 2026" in office.do(CHAIR, work)
    office.clock.now = datetime(2026, 12, 18, 12, tzinfo=UTC)
    assert "Questionnaire closes, ✅ Passed: Thu 17 Dec 2026" in office.do(CHAIR, work)
    assert "questionnaire" not in keys(office, MEMBER)


def test_nobody_travels_to_a_call(office: Office) -> None:
    call = Plan("Call", (MODELS,), DAY, time(15), "Europe/London", timedelta(hours=1))
    office.do(CHAIR, lambda ask: planning.plan(ask, call, is_holiday))
    with pytest.raises(Conflict) as caught:
        office.do(MEMBER, lambda ask: travels.say(ask, Ref("MT-2"), booked=True))
    assert caught.value.code is Code.REPLY_LATE
    office.do(MEMBER, lambda ask: travels.say(ask, MT, booked=True))
    told = office.do(CHAIR, lambda ask: travels.opened(ask, MT))
    assert (told.booked, told.coming) == (1, 1)
    assert told.invited > 1
