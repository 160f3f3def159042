"""What people need is for coordinators only, stands in no message, and is erased in time."""

import sqlite3
from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from sqlalchemy import event

from bot.domain.meetings import MeetingKind, PrepState, Rsvp, RsvpAnswer
from bot.domain.model import ChannelId, Ref, UserId
from bot.errors import BadInput, Conflict, NotAllowed
from bot.handlers import taking_part
from bot.handlers.registry import Form, Invocation
from bot.handlers.taking_part import Said
from bot.services import access_needs, planning, privacy, rescheduling, travels
from bot.services.access import Ask
from bot.services.inbox import OpenModal, Outcome, Reply, encode
from bot.services.planning import Plan
from bot.storage.database import Store
from bot.views.blocks import Field, Id, value
from bot.world import is_holiday
from tests.services.canary import bytes_of, texts_of
from tests.services.conftest import CHAIR, COORDINATOR, MEMBER, OTHER, OUTSIDER, Office

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # of files, and of rules

LONDON = Plan(
    "London meeting", (), date(2012, 11, 1), time(9), "Europe/London", timedelta(hours=31),
    kind=MeetingKind.FACE_TO_FACE, place="London",
)  # fmt: skip
REF = Ref("MT-1")
CANARIES = ("ramp-canary", "walnut-canary")


@pytest.fixture(autouse=True)
def gathering(office: Office) -> None:
    office.clock.set("2012-09-03T12:00:00+00:00")
    office.do(COORDINATOR, lambda ask: planning.plan(ask, LONDON, is_holiday))


def form(access: str, diet: str) -> Form:
    fields = {Field.ACCESS: access, Field.DIET: diet}
    return Form(said_by(MEMBER), Id.NEEDS_FORM, value(REF), fields)


def said_by(user: UserId, *, trigger: str | None = "t") -> Invocation:
    return Invocation("view", "V1", user, ChannelId("C0MODELS"), trigger=trigger)


def request(office: Office, user: UserId, work: Callable[[Ask], Outcome]) -> Outcome:
    """With its answer kept, as the inbox keeps it."""

    def whole(ask: Ask) -> Outcome:
        outcome = work(ask)
        ask.store.inbox.keep("view", ask.key, None, user, "Reply", None, encode(outcome), ask.now)
        return outcome

    return office.do(user, whole)


def tell(office: Office) -> Outcome:
    return request(office, MEMBER, lambda ask: taking_part.submitted(ask, form(*CANARIES)))


def asked(office: Office, user: UserId, words: str = "", *, trigger: str | None = "t") -> Outcome:
    by = said_by(user, trigger=trigger)
    return request(office, user, lambda ask: taking_part.needs(ask, by, Said(REF, words)))


def look(office: Office, iso: str) -> None:
    office.clock.set(iso)
    office.db.write_now(lambda store: access_needs.purge(store, office.clock()))


def kept(office: Office) -> int:
    return office.db.read_now(lambda store: len(store.access_needs.meetings()))


def test_coordinators_read_it_in_a_form_and_nobody_else_anywhere(office: Office) -> None:
    told = tell(office)
    assert isinstance(told, Reply)
    assert not any(canary in encode(told) for canary in CANARIES)
    seen = asked(office, COORDINATOR)
    assert isinstance(seen, OpenModal)
    assert all(canary in repr(seen.view) for canary in CANARIES)
    for user in (CHAIR, OTHER):
        theirs = asked(office, user)
        assert isinstance(theirs, OpenModal)
        assert not any(canary in repr(theirs.view) for canary in CANARIES)
    mine = asked(office, MEMBER)
    assert isinstance(mine, OpenModal)
    assert all(canary in repr(mine.view) for canary in CANARIES)
    with pytest.raises(NotAllowed):
        office.do(CHAIR, lambda ask: access_needs.listed(ask, REF))


def test_without_a_form_there_is_a_button_and_what_was_typed_is_in_no_answer(
    office: Office,
) -> None:
    tell(office)
    counted = asked(office, COORDINATOR, trigger=None)
    assert isinstance(counted, Reply)
    assert "1 answer, 1 of them with something they need" in counted.message.text
    offered = asked(office, MEMBER, "typed-canary", trigger=None)
    assert isinstance(offered, Reply)
    assert "was not kept" in offered.message.text
    assert "canary" not in encode(counted) + encode(offered)
    prefilled = asked(office, OTHER, "typed-canary")
    assert isinstance(prefilled, OpenModal)
    assert "typed-canary" in repr(prefilled.view)
    assert "typed-canary" not in texts_of(office)


def test_nothing_is_an_answer_too(office: Office) -> None:
    office.do(MEMBER, lambda ask: access_needs.save(ask, REF, "Nothing.", "none"))
    found = office.do(COORDINATOR, lambda ask: access_needs.listed(ask, REF))
    assert found.everybody is not None
    assert [one.nothing for one in found.everybody] == [True]


def test_too_long_too_late_or_elsewhere_is_refused_without_its_words(office: Office) -> None:
    with pytest.raises(BadInput) as refused:
        office.do(MEMBER, lambda ask: access_needs.save(ask, REF, "x" * 301, ""))
    assert refused.value.typed == ""
    office.clock.set("2012-11-02T16:00:00+00:00")
    with pytest.raises(Conflict):
        office.do(MEMBER, lambda ask: access_needs.save(ask, REF, "late", ""))


async def test_thirty_days_after_no_byte_of_it_is_left(office: Office) -> None:
    """Also where SQLite does not overwrite what is deleted by itself."""
    office.db._engine.dispose()

    @event.listens_for(office.db._engine, "connect")
    def prepare(raw: sqlite3.Connection, _: object) -> None:
        raw.execute("PRAGMA secure_delete=OFF")

    tell(office)
    asked(office, COORDINATOR)
    asked(office, COORDINATOR, trigger=None)
    assert all(any(c.encode() in data for _, data in bytes_of(office)) for c in CANARIES)
    look(office, "2012-12-01T23:59:00+00:00")
    assert kept(office) == 1
    until = office.db.read_now(lambda store: access_needs.next_at(store, office.clock()))
    look(office, "2012-12-02T00:00:00+00:00")  # A Sunday: it never rolls.
    assert until == office.clock()
    assert kept(office) == 0
    await privacy.scrub(office.db, office.clock())
    assert office.db.read_now(privacy.unscrubbed) is None
    found = [s for s, data in bytes_of(office) for c in CANARIES if c.encode() in data]
    assert found == []
    items = office.db.read_now(lambda s: s.meetings.preparation([s.meetings.all()[0].id]))
    states = [i.state for one in items.values() for i in one if i.key == access_needs.ITEM]
    assert states == [PrepState.DONE]


def test_of_a_meeting_that_stays_cancelled_it_is_erased_at_once(office: Office) -> None:
    tell(office)
    office.do(COORDINATOR, lambda ask: rescheduling.cancel(ask, REF, "storm", is_holiday))
    look(office, "2012-09-03T12:09:00+00:00")
    assert kept(office) == 1
    look(office, "2012-09-03T12:10:00+00:00")
    assert kept(office) == 0


def test_once_erased_it_is_said_to_have_been(office: Office) -> None:
    tell(office)
    look(office, "2012-12-20T12:00:00+00:00")
    answer = asked(office, COORDINATOR)
    assert isinstance(answer, Reply)
    assert "was erased by Sun 2 Dec 2012." in answer.message.text


def test_it_goes_with_the_person_and_into_their_own_export_alone(office: Office) -> None:
    tell(office)
    mine = office.do(MEMBER, lambda ask: privacy.export(ask, is_holiday)).content
    others = office.do(COORDINATOR, lambda ask: privacy.export(ask, is_holiday)).content
    assert all(canary in mine for canary in CANARIES)
    assert not any(canary in others for canary in CANARIES)
    office.do(COORDINATOR, lambda ask: privacy.erase(ask, MEMBER))
    assert not any(canary in texts_of(office) for canary in CANARIES)


def test_of_travel_only_numbers_are_told(office: Office) -> None:
    def answer(store: Store) -> None:
        meeting = store.meetings.all()[0]
        for user, said in (
            (MEMBER, RsvpAnswer.YES),
            (CHAIR, RsvpAnswer.YES),
            (OTHER, RsvpAnswer.NO),
        ):
            store.meetings.answer(meeting.id, Rsvp(user, said, office.clock()))

    office.db.write_now(answer)
    office.do(MEMBER, lambda ask: travels.say(ask, REF, booked=True))
    office.do(OTHER, lambda ask: travels.say(ask, REF, booked=True))  # Who does not come.
    office.do(OUTSIDER, lambda ask: travels.say(ask, REF, booked=False))
    told = office.do(CHAIR, lambda ask: taking_part.travel(ask, said_by(CHAIR), Said(REF, "")))
    assert isinstance(told, Reply)
    assert "Travel booked: 1 of 3 who come so far; " in told.message.text
    assert "models-member" not in encode(told)
