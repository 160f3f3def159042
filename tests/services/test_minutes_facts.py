"""What minutes tell is what was so at the meeting: its hours, who was there, what was reached."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from bot.domain.agendas import AgendaState, NewAgendaItem
from bot.domain.meetings import MeetingId, RsvpAnswer
from bot.domain.proceedings import Sitting
from bot.handlers.minutes import object_to
from bot.handlers.minutes_words import Asked
from bot.handlers.registry import Invocation
from bot.services import agendas, minutes, planning, proceedings, rsvps
from bot.services import stepping_out as steps
from bot.services.access import Ask
from bot.services.inbox import Reply
from bot.storage.database import Store
from bot.views.minutes_parts import parts
from bot.world import is_holiday
from tests.services.conftest import CHAIR, COCHAIR, MEMBER, MODELS_CHANNEL, OTHER, Office
from tests.services.held_calls import CALL, REF, at, hold, opened

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

ID = MeetingId(1)


def told(office: Office) -> dict[str, str]:
    """Each fact by what it is called."""
    it = opened(office)
    world = office.db.read_now(lambda store: store.groups.world())
    found = parts(it.content, it.minutes, world)
    return {line.lead: line.text for part in found for line in part.lines}


def call(office: Office) -> None:
    """Planned for Tue 27 Nov, 15:00 to 16:00, and the next a week later."""
    office.clock.now = at(12, 12)
    office.want_no_digests()
    office.do(CHAIR, lambda ask: planning.plan(ask, CALL, is_holiday))
    later = replace(CALL, day=date(2012, 12, 4))
    office.do(CHAIR, lambda ask: planning.plan(ask, later, is_holiday))


def sit(office: Office) -> None:
    """Begun twenty minutes early and ended half an hour early."""
    office.clock.now = at(27, 15) - timedelta(minutes=20)
    office.do(CHAIR, lambda ask: proceedings.start(ask, REF))
    office.clock.now = at(27, 15) + timedelta(minutes=30)
    office.do(CHAIR, lambda ask: proceedings.end(ask, REF))


def test_its_hours_are_those_it_was_held_in_with_the_planned_ones_beside(office: Office) -> None:
    call(office)
    sit(office)
    facts = told(office)
    assert facts["Began"] == "Tue 27 Nov 2012, 14:40 London (UTC+0)"
    assert facts["Ended"] == "Tue 27 Nov 2012, 15:30 London (UTC+0)"
    assert facts["Planned for"] == "Tue 27 Nov 2012, 15:00 London (UTC+0)"
    assert facts["Planned until"] == "Tue 27 Nov 2012, 16:00 London (UTC+0)"


def test_hours_as_planned_are_told_once_and_an_end_by_itself_is_no_end(office: Office) -> None:
    held = hold(office)

    def sitting(channel: str, by: object, minutes_: int = 60) -> Sitting:
        over = held.starts + timedelta(minutes=minutes_)
        return Sitting(ID, held.starts, CHAIR, MODELS_CHANNEL, "thread", over, by)  # type: ignore[arg-type]  # a person or nobody

    office.db.write_now(lambda s: s.proceedings.save_sitting(sitting(MODELS_CHANNEL, CHAIR)))
    assert {"Began", "Ended"} <= told(office).keys()
    assert not {"Planned for", "Planned until"} & told(office).keys()
    office.db.write_now(lambda s: s.proceedings.save_sitting(sitting(MODELS_CHANNEL, None, 999)))
    assert "Ended" not in told(office)
    assert "16:00" in told(office)["Planned until"]


def test_what_went_on_before_the_meeting_was_not_missed_at_it(office: Office) -> None:
    call(office)
    for topic in ("Late paper", "Shared protocol"):
        new = NewAgendaItem(topic)
        office.do(CHAIR, partial(lambda ask, new: agendas.add(ask, REF, new), new=new))
    office.do(CHAIR, lambda ask: agendas.carry(ask, REF, 1))
    sit(office)
    assert opened(office).content.not_reached == ("Shared protocol",)

    def goes_on(store: Store) -> None:
        (one,) = (i for i in store.agendas.of([ID])[ID] if i.topic == "Shared protocol")
        store.agendas.save(replace(one, state=AgendaState.CARRIED))

    office.db.write_now(goes_on)
    assert opened(office).content.not_reached == ("Shared protocol",)


def test_a_declaration_made_later_changes_nothing_of_the_day(office: Office) -> None:
    call(office)
    office.do(MEMBER, lambda ask: rsvps.answer(ask, REF, RsvpAnswer.YES))
    sit(office)
    assert MEMBER in opened(office).content.undeclared

    def declares(store: Store) -> None:
        person = store.groups.world().people[MEMBER]
        store.groups.save_person(replace(person, declared=date(2012, 12, 3)))

    office.db.write_now(declares)
    assert MEMBER in opened(office).content.undeclared


def test_who_was_to_step_out_did_only_where_the_topic_was_reached(office: Office) -> None:
    call(office)
    for topic in ("Industry view", "Funds"):
        new = NewAgendaItem(topic)
        office.do(CHAIR, partial(lambda ask, new: agendas.add(ask, REF, new), new=new))
    for n in (1, 2):
        office.do(CHAIR, partial(lambda ask, n: steps.step_out(ask, REF, n, (MEMBER,)), n=n))

    def reach(store: Store) -> None:
        (one,) = (i for i in store.agendas.of([ID])[ID] if i.topic == "Funds")
        store.agendas.save(replace(one, state=AgendaState.DISCUSSED))

    sit(office)
    office.db.write_now(reach)
    it = opened(office).content
    assert it.stepped_out == ((MEMBER, "Funds"),)
    assert it.to_step_out == ((MEMBER, "Industry view"),)
    assert it.not_reached == ("Industry view",)


def test_who_only_said_they_would_come_is_not_called_present(office: Office) -> None:
    call(office)
    office.do(MEMBER, lambda ask: rsvps.answer(ask, REF, RsvpAnswer.YES))
    office.do(OTHER, lambda ask: rsvps.answer(ask, REF, RsvpAnswer.NO))
    sit(office)
    it = opened(office).content
    assert (it.present, it.promised, it.regrets) == ((), (MEMBER,), (OTHER,))
    facts = told(office)
    assert facts["Present"] == "nobody was written down as present"
    assert facts["Said they would come"]


def test_a_second_objection_says_that_it_replaces_the_first(office: Office) -> None:
    hold(office)
    office.clock.now = at(29, 10)
    office.do(CHAIR, lambda ask: minutes.publish(ask, REF, is_holiday))
    by = Invocation("command", "1", COCHAIR, MODELS_CHANNEL)

    def objects(ask: Ask, why: str) -> str:
        reply = object_to(ask, by, Asked(REF, why))
        assert isinstance(reply, Reply)
        return reply.message.text

    first = office.do(COCHAIR, lambda ask: objects(ask, "No date was set"))
    assert "replaces" not in first
    again = office.do(COCHAIR, lambda ask: objects(ask, "No vote was taken"))
    assert 'It replaces the one you made before: "No date was set"' in again
