"""Sentences about meetings: one of something, a topic that asks, nothing that is counted as 0."""

from dataclasses import replace

import pytest

from bot.domain.agendas import AgendaItem, AgendaItemId
from bot.domain.items import ItemState
from bot.domain.meetings import MeetingId
from bot.domain.minutes import Content, Given, Topic
from bot.domain.model import ChannelId, Ref
from bot.domain.proceedings import Line, LineId, LineKind, Sitting
from bot.views import agenda_answers, meeting_answers, meeting_news, minutes, proceedings
from tests.unit.screens import NOW, OWNER, WORLD
from tests.unit.test_views_meetings import meeting

CALL = meeting(why="the room is flooded")
TOPIC = AgendaItem(AgendaItemId(1), MeetingId(16), 1, "May it be cited?", NOW, OWNER)
SITTING = Sitting(MeetingId(16), NOW, OWNER, ChannelId("C1"), "thread", NOW, OWNER)


def line(n: int) -> Line:
    return Line(LineId(n), MeetingId(16), n, LineKind.ACTION, "Ask", OWNER, NOW, ref=Ref(f"TR-{n}"))


def test_a_topic_that_asks_ends_with_its_own_mark() -> None:
    said = agenda_answers.added(CALL, TOPIC, 2)
    assert said == "Added to the agenda of MT-16 as item 2: May it be cited?"
    assert agenda_answers.dropped(CALL, replace(TOPIC, topic="Scans")).endswith(": Scans.")


def test_one_thing_caught_is_not_several() -> None:
    assert "It is TR-1." in proceedings.ended(CALL, SITTING, [line(1)], WORLD).text
    assert (
        "They are TR-1, TR-2." in proceedings.ended(CALL, SITTING, [line(1), line(2)], WORLD).text
    )


@pytest.mark.parametrize(("later", "said"), [(1, "takes place."), (2, "take place.")])
def test_what_is_left_of_a_series_takes_place(later: int, said: str) -> None:
    told = meeting_answers.cancelled([CALL], None, later, WORLD, "request").text
    assert f"after it in the series {said}" in told


def test_a_cancelled_meeting_is_told_with_its_clock() -> None:
    told = meeting_news.cancelled(CALL, NOW, 0, WORLD).text
    assert f"{NOW:%H:%M} London is cancelled: the room is flooded." in told


def test_what_did_not_come_out_of_a_meeting_is_not_counted() -> None:
    given = Given(Ref("TR-1"), "Ask", (OWNER,), NOW.date(), ItemState.OPEN)
    came = Content(CALL.ref, "Call", (), NOW, NOW, "UTC", topics=(Topic("", actions=(given,)),))
    assert minutes.counts(came) == "1 new action"
    assert minutes.counts(replace(came, topics=())) == "nothing decided, no new action"
