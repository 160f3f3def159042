"""A meeting whose time is over and that nobody started: whoever minds it is asked once."""

from datetime import datetime, timedelta
from functools import partial

import pytest

from bot.domain.meetings import Meeting, MeetingState
from bot.domain.model import UserId
from bot.domain.outbox import State
from bot.errors import Code
from bot.handlers.proceedings import Asked, held
from bot.handlers.reading import reading_of
from bot.handlers.registry import Invocation
from bot.services import held_questions, late_minutes, proceedings
from bot.services.access import Ask
from bot.services.inbox import Outcome, Reply
from bot.services.meeting_news import TOOK_PLACE
from bot.storage.database import Store
from bot.world import is_holiday
from tests.services.conftest import (
    CHAIR,
    COCHAIR,
    MEMBER,
    MODELS,
    MODELS_CHANNEL,
    OUTSIDER,
    Office,
)
from tests.services.test_meetings import plan
from tests.services.test_proceedings import MT, begin, refusal, rows, state

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone


@pytest.fixture
def call(office: Office) -> Meeting:
    return plan(office, 5, MODELS)


def look(store: Store, now: datetime, back: timedelta) -> None:
    world = store.groups.world()
    held_questions.plan(store, world, is_holiday, now, now - back)


def asked(office: Office, now: datetime, back: timedelta = timedelta(days=1)) -> list[str]:
    """Who has the question by then, as far as it stands."""
    office.clock.now = now
    office.db.write_now(partial(look, now=now, back=back))
    found = rows(office, TOOK_PLACE)
    return [row.out.lane for row in found if row.state is State.PENDING]


def says(office: Office, words: str, user: UserId = CHAIR) -> str:
    def work(ask: Ask) -> Outcome:
        by = Invocation("command", "1", user, MODELS_CHANNEL)
        return held(ask, by, Asked(MT, words, reading_of(ask)))

    told = office.do(user, work)
    assert isinstance(told, Reply)
    return told.message.text


def test_it_is_asked_once_at_the_next_opening(office: Office, call: Meeting) -> None:
    assert asked(office, call.ends + timedelta(hours=3)) == []
    later = call.ends + timedelta(days=4)
    lanes = asked(office, later, timedelta(days=4))
    assert CHAIR in lanes
    assert asked(office, later + timedelta(hours=1), timedelta(days=4)) == lanes
    (first, *_) = rows(office, TOOK_PLACE)
    assert first.out.message.text.startswith("Was MT-1 Call, ")
    assert "held? Nobody started it with me." in first.out.message.text
    assert first.out.bundle
    assert first.out.at >= call.ends + timedelta(hours=2)


def test_a_loaded_past_is_not_asked_about(office: Office, call: Meeting) -> None:
    assert asked(office, call.ends + timedelta(days=6), timedelta(hours=1)) == []


def test_one_that_was_started_is_not_asked_about(office: Office, call: Meeting) -> None:
    office.clock.now = call.starts
    office.do(CHAIR, begin)
    assert asked(office, call.ends + timedelta(days=4), timedelta(days=4)) == []


def test_a_yes_holds_it_and_only_then_its_minutes_can_be_late(
    office: Office, call: Meeting
) -> None:
    later = call.ends + timedelta(days=4)
    assert asked(office, later, timedelta(days=4))

    def late() -> list[str]:
        found = office.db.read_now(lambda s: late_minutes.unwritten(s, later + timedelta(days=9)))
        return [meeting.ref for meeting, _ in found]

    assert late() == []
    assert "is marked as held" in says(office, "")
    assert late() == [MT]
    assert asked(office, later, timedelta(days=4)) == []


def test_a_no_calls_it_off_and_no_channel_hears(office: Office, call: Meeting) -> None:
    assert refusal(office, CHAIR, lambda ask: held_questions.not_held(ask, MT)) is Code.NOT_NOW
    later = call.ends + timedelta(days=4)
    assert asked(office, later, timedelta(days=4))
    before = {row.out.key for row in office.db.read_now(lambda s: s.outbox.recent(500))}
    for user in (MEMBER, OUTSIDER):
        code = refusal(office, user, lambda ask: held_questions.not_held(ask, MT))
        assert code is Code.NOT_ALLOWED
    assert "it did not take place. Its channel is told nothing." in says(office, "no")
    assert state(office) is MeetingState.CANCELLED
    after = office.db.read_now(lambda s: s.outbox.recent(500))
    assert not [r for r in after if r.out.lane == MODELS_CHANNEL and r.out.key not in before]
    assert asked(office, later, timedelta(days=4)) == []
    code = refusal(office, COCHAIR, lambda ask: proceedings.hold(ask, MT))
    assert code is Code.MEETING_OVER


def test_it_is_foretold_as_it_is_asked(office: Office, call: Meeting) -> None:
    later = call.ends + timedelta(days=4)

    def read(store: Store) -> list[tuple[datetime, str]]:
        world, now = store.groups.world(), call.ends
        found = held_questions.foretold(store, world, is_holiday, now, now, later)
        return [(one.at, one.out.key) for one in found if one.out is not None]

    told = office.db.read_now(read)
    asked(office, later, timedelta(days=4))
    assert told == [(row.out.at, row.out.key) for row in rows(office, TOOK_PLACE)]
