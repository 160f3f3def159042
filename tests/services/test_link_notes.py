"""Before a meeting who comes hears how, by their own clock; who does not come hears nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest

from bot.domain.agendas import NewAgendaItem
from bot.domain.meetings import Meeting, MeetingId, MeetingKind, PrepState, Rsvp, RsvpAnswer
from bot.domain.model import Ref, UserId
from bot.domain.outbox import Outgoing, State
from bot.errors import BadInput, Code, Conflict, NotAllowed
from bot.services import link_notes, meeting_links, planning, rescheduling
from bot.services.meeting_news import JOINING, LINK_NOTE
from bot.services.planning import Plan
from bot.services.undo import undo
from bot.storage.database import Store
from bot.views.meetings import kind_words
from bot.world import is_holiday
from tests.services.conftest import (
    CHAIR,
    COCHAIR,
    COORDINATOR,
    MEMBER,
    MODELS,
    OTHER,
    OUTSIDER,
    Office,
)

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

REF, URL = Ref("MT-1"), "https://example.org/room?a=1&b=2"
LONDON = Plan(
    "London meeting", (), date(2012, 11, 1), time(9), "Europe/London", timedelta(hours=31),
    kind=MeetingKind.FACE_TO_FACE, place="London",
)  # fmt: skip
CALL = Plan(
    "Endpoints", (MODELS,), date(2012, 11, 8), time(15), "Europe/London", timedelta(hours=1)
)


@pytest.fixture(autouse=True)
def autumn(office: Office) -> None:
    """The co-chair in New York."""
    office.clock.set("2012-09-03T12:00:00+00:00")

    def move_house(store: Store) -> None:
        person = store.groups.world().people[COCHAIR]
        moved = replace(person, zone="America/New_York", country="US", region=None)
        store.groups.save_person(moved)

    office.db.write_now(move_house)


def plan(office: Office, wanted: Plan) -> None:
    office.do(COORDINATOR, lambda ask: planning.plan(ask, wanted, is_holiday))


def meeting(office: Office) -> Meeting:
    found = office.db.read_now(lambda store: store.meetings.get(REF))
    assert found is not None
    return found


def answers(office: Office, *said: tuple[UserId, RsvpAnswer]) -> None:
    one = meeting(office)
    for user, answer in said:
        rsvp = Rsvp(user, answer, office.clock())
        office.db.write_now(lambda store, r=rsvp: store.meetings.answer(one.id, r))  # type: ignore[misc]  # mypy cannot infer a lambda's default


def run(office: Office, iso: str) -> None:
    """Four looks at all of that day, each of them twice."""
    at = datetime.fromisoformat(iso).replace(tzinfo=UTC)
    for step in range(4):
        mark = at + timedelta(hours=6 * step)
        now = office.clock.now = mark + timedelta(hours=6)
        for _ in range(2):
            office.db.write_now(partial(_look, mark=mark, now=now))


def look(office: Office, iso: str) -> None:
    """The last minute before then, and nothing in the one after."""
    now = office.clock.set(iso)
    minute = timedelta(minutes=1)
    assert office.db.write_now(partial(_look, mark=now - 2 * minute, now=now - minute)) == 0
    office.db.write_now(partial(_look, mark=now - minute, now=now))
    assert office.db.write_now(partial(_look, mark=now, now=now + minute)) == 0


def _look(store: Store, mark: datetime, now: datetime) -> int:
    return link_notes.plan(store, store.groups.world(), is_holiday, now, mark)


def told(office: Office, kind: str = LINK_NOTE) -> dict[UserId, Outgoing]:
    rows = office.db.read_now(lambda store: store.outbox.recent(1000))
    found = [row.out for row in rows if row.out.kind == kind and row.state is State.PENDING]
    assert len({out.lane for out in found}) == len(found)
    return {UserId(out.lane): out for out in found}


def test_journey_12_who_joins_from_afar_gets_the_link_and_who_travels_the_place(
    office: Office,
) -> None:
    plan(office, LONDON)
    yes, remote, no = RsvpAnswer.YES, RsvpAnswer.REMOTE, RsvpAnswer.NO
    assert kind_words(meeting(office), ()) == "Face to face"
    answers(office, (MEMBER, yes), (CHAIR, remote), (COCHAIR, remote), (OTHER, no))
    rsvps = office.db.read_now(lambda s: s.meetings.rsvps([meeting(office).id])[meeting(office).id])
    assert kind_words(meeting(office), rsvps) == "Hybrid"
    office.do(COORDINATOR, lambda ask: meeting_links.set_link(ask, REF, URL))
    run(office, "2012-10-29")
    assert told(office) == {}
    run(office, "2012-10-30")
    found = told(office)
    assert set(found) == {MEMBER, CHAIR, COCHAIR}  # Not who did not say, nor who said no.
    afar = found[COCHAIR]
    assert afar.at == datetime(2012, 10, 30, 13, tzinfo=UTC)  # 09:00 in New York
    assert "Thu 1 Nov 2012, 09:00 London, 05:00 New York. Join: https://example.org/room" in (
        afar.message.text
    )
    assert "In London" not in afar.message.text
    there = found[MEMBER].message.text
    assert "Thu 1 Nov 2012, 09:00 London. In London." in there
    assert "https" not in there + repr(found[MEMBER].message.blocks)
    look(office, "2012-11-01T08:45:00+00:00")
    calls = told(office, JOINING)
    assert set(calls) == {CHAIR, COCHAIR}  # At 05:00, for they said that they come.


def _posted(store: Store, now: datetime) -> None:
    store.agendas.put(replace(store.agendas.standing(MeetingId(1)), posted_at=now))


def test_topics_of_no_drafted_agenda_are_not_told_as_one(office: Office) -> None:
    plan(office, CALL)
    new = NewAgendaItem("Declarations")
    office.db.write_now(lambda s: s.agendas.add(MeetingId(1), new, CHAIR, office.clock()))
    run(office, "2012-11-07")
    assert "Agenda" not in told(office)[MEMBER].message.text


def test_of_a_call_everybody_hears_in_their_own_time_who_did_not_say_no(office: Office) -> None:
    plan(office, CALL)
    answers(office, (OTHER, RsvpAnswer.NO))

    def topics(store: Store) -> None:
        for topic in ("Welcome", "Shared protocol."):
            store.agendas.add(meeting(office).id, NewAgendaItem(topic), CHAIR, office.clock())

    office.db.write_now(topics)
    run(office, "2012-11-06")
    office.db.write_now(partial(_posted, now=office.clock()))
    run(office, "2012-11-07")
    found = told(office)
    assert set(found) == {CHAIR, COCHAIR, MEMBER}
    assert found[COCHAIR].message.text == (
        "MT-1 Endpoints, Thu 8 Nov 2012, 10:00 New York. The link is still to come. "
        "Agenda: Welcome; Shared protocol."
    )
    items = office.db.read_now(lambda store: store.meetings.preparation([meeting(office).id]))
    states = {i.key: i.state for i in items[meeting(office).id]}
    assert states["link"] is PrepState.DONE
    assert states["attendance"] is PrepState.TODO


def test_the_link_comes_again_at_the_start_within_the_hours_of_who_did_not_answer(
    office: Office,
) -> None:
    plan(office, replace(CALL, at=time(7)))
    office.do(CHAIR, lambda ask: meeting_links.set_link(ask, REF, URL))
    answers(office, (COCHAIR, RsvpAnswer.YES))
    look(office, "2012-11-08T06:45:00+00:00")
    calls = told(office, JOINING)
    assert set(calls) == {COCHAIR, OTHER}  # 07:00 in London, 08:00 in Amsterdam's first minutes.
    call = calls[OTHER]
    assert call.at == datetime(2012, 11, 8, 6, 45, tzinfo=UTC)
    assert (call.bundle, call.quiet_hours) == (None, False)
    assert call.message.text == f"MT-1 Endpoints begins at 12:30: {URL.replace('&', '&amp;')}"


def test_of_a_meeting_that_moves_nothing_old_is_said(office: Office) -> None:
    plan(office, CALL)
    run(office, "2012-11-07")
    assert told(office)
    later = date(2012, 11, 9)
    office.clock.set("2012-11-07T20:00:00+00:00")
    office.do(
        CHAIR,
        lambda ask: rescheduling.move(ask, REF, later, time(15), "Europe/London", is_holiday),
    )
    assert told(office) == {}
    run(office, "2012-11-08")
    assert "Fri 9 Nov 2012" in told(office)[MEMBER].message.text


def test_a_link_is_set_for_the_rest_of_a_series_and_taken_back(office: Office) -> None:
    plan(office, CALL)
    done = office.do(CHAIR, lambda ask: meeting_links.set_link(ask, REF, URL, rest=True))
    assert (done.more, meeting(office).link) == (0, URL)
    office.do(CHAIR, undo)
    assert meeting(office).link == ""
    with pytest.raises(BadInput) as refused:
        office.do(CHAIR, lambda ask: meeting_links.set_link(ask, REF, "javascript:alert(1)"))
    assert refused.value.code is Code.LINK_WRONG
    for user in (MEMBER, OUTSIDER):
        with pytest.raises(NotAllowed):
            office.do(user, lambda ask: meeting_links.set_link(ask, REF, URL))
    office.clock.set("2012-11-08T15:30:00+00:00")
    with pytest.raises(Conflict):
        office.do(CHAIR, lambda ask: meeting_links.set_link(ask, REF, URL))
