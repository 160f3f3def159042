"""A thread beside its lines: commands said in it, lines after the end, who takes notes."""

from datetime import timedelta
from time import process_time

import pytest

from bot.domain.meetings import Meeting, RsvpAnswer
from bot.domain.model import Ref, UserId
from bot.errors import Code, UserError
from bot.handlers.deadlines import DeadlineHandlers
from bot.handlers.decisions import DecisionHandlers
from bot.handlers.items import ItemHandlers
from bot.handlers.proceedings import Asked, ProceedingsHandlers
from bot.handlers.reading import reading_of
from bot.handlers.registry import Invocation, Registry
from bot.services import link_notes, meeting_links, minutes, rescheduling, rsvps, sittings
from bot.services.access import Ask
from bot.services.inbox import Outcome, Reply
from bot.views import errors
from bot.world import find_zone, is_holiday
from tests.services import shape
from tests.services.conftest import CHAIR, COCHAIR, MEMBER, MODELS, MODELS_CHANNEL, OTHER, Office
from tests.services.test_meetings import plan
from tests.services.test_proceedings import ID, LINES, MT, THREAD, end, lines, say, start

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

FEATURES = ItemHandlers(find_zone), DecisionHandlers(is_holiday), DeadlineHandlers(find_zone)
WORDS = Registry(command for feature in FEATURES for command in feature.commands())


@pytest.fixture
def call(office: Office) -> Meeting:
    """A call of the Models group under way."""
    meeting = plan(office, 5, MODELS)
    office.clock.now = meeting.starts
    start(office)
    return meeting


def command(office: Office, text: str, ts: str, user: UserId = CHAIR) -> None:
    """By mention in the thread."""

    def work(ask: Ask) -> Outcome:
        by = Invocation("message", ts, user, MODELS_CHANNEL, text, ts=ts, thread_ts=THREAD)

        def run(by: Invocation) -> Outcome:
            route = WORDS.route(by.text)
            return route.command(ask, by, route.rest, reading_of(ask))

        return LINES.commanded(ask, by, ID, run)

    office.do(user, work)


def test_what_a_command_in_the_thread_makes_is_the_meetings(office: Office, call: Meeting) -> None:
    command(office, f"add Check the budget <@{COCHAIR}> by 10 Dec 2026", "101.1")
    command(office, "decide One template for all", "101.2")
    command(office, "deadline add Data ready by 10 Dec 2026", "101.3")
    assert lines(office) == [
        ("action", "Check the budget", "EM-1"),
        ("decision", "One template for all", "DC-1"),
        ("deadline", "Data ready", "DL-1"),
    ]
    item = office.db.read_now(lambda store: store.items.get(Ref("EM-1")))
    assert item is not None
    assert item.source is not None
    assert item.source.meeting == MT
    office.do(CHAIR, end)
    (topic,) = office.do(CHAIR, lambda ask: minutes.opened(ask, MT)).content.topics
    assert [one.ref for one in topic.actions] == ["EM-1"]


def test_a_line_soon_after_the_end_is_still_the_meetings(office: Office, call: Meeting) -> None:
    office.do(CHAIR, end)

    def heard() -> bool:
        found = office.db.read_now(
            lambda store: sittings.heard_in(store, MODELS_CHANNEL, THREAD, office.clock.now)
        )
        return found is not None

    assert heard()
    say(office, CHAIR, f"ACTION: after the end <@{MEMBER}> 20 Dec 2026\nThank you all.", "102.1")
    assert lines(office) == [("action", "after the end", "EM-1")]
    office.clock.now += timedelta(days=1, minutes=1)
    assert not heard()
    say(office, CHAIR, "ACTION: too late", "102.2")
    assert len(lines(office)) == 1


def test_nothing_goes_into_accepted_minutes_any_more(office: Office, call: Meeting) -> None:
    office.do(CHAIR, end)
    office.do(CHAIR, lambda ask: minutes.publish(ask, MT, is_holiday))
    office.do(CHAIR, lambda ask: minutes.approve(ask, MT))
    say(office, CHAIR, "ACTION: too late", "102.2")
    assert lines(office) == []


def test_many_lines_of_one_message_are_kept_as_fast_after_many_others(
    office: Office, call: Meeting
) -> None:
    for ts in range(3):
        began = process_time()
        say(office, CHAIR, "\n".join(f"note {ts} {n}" for n in range(200)), f"{THREAD}{ts}")
        assert process_time() - began < 1
    assert len(lines(office)) == 600


def test_who_sent_regrets_is_named_to_take_notes_with_a_word(office: Office, call: Meeting) -> None:
    words = ProceedingsHandlers(LINES, find_zone)
    office.do(OTHER, lambda ask: rsvps.answer(ask, MT, RsvpAnswer.NO))

    def named(user: UserId) -> str:
        def work(ask: Ask) -> Outcome:
            asked = Asked(MT, f"<@{user}>", reading_of(ask))
            return words.notes(ask, Invocation("command", "1", CHAIR, MODELS_CHANNEL), asked)

        told = office.do(CHAIR, work)
        assert isinstance(told, Reply)
        return told.message.text

    assert "Please check: they sent regrets for it." in named(OTHER)
    assert "regrets" not in named(MEMBER)


def test_one_under_way_is_ended_before_it_is_moved_or_cancelled(
    office: Office, call: Meeting
) -> None:
    def refuse() -> str:
        error = shape.refused(
            office, CHAIR, lambda ask: rescheduling.cancel(ask, MT, "storm", is_holiday)
        )
        assert isinstance(error, UserError)
        assert error.code is Code.UNDER_WAY
        return errors.words(error, "", "", office.db.read_now(lambda s: s.groups.world())).text

    office.clock.now -= timedelta(minutes=20)  # As if it had been started early.
    assert "End it first: meeting end MT-1." in refuse()


def test_a_meeting_that_was_started_calls_nobody_to_join(office: Office) -> None:
    meeting = plan(office, 5, MODELS)
    office.do(CHAIR, lambda ask: meeting_links.set_link(ask, MT, "https://example.org/call"))
    before = meeting.starts - timedelta(minutes=20)

    def calls() -> int:
        return office.db.read_now(
            lambda s: len(
                [
                    *link_notes.foretold(
                        s, s.groups.world(), is_holiday, before, before, meeting.starts
                    )
                ]
            )
        )

    assert calls() > 0
    office.clock.now = before
    start(office)
    assert calls() == 0
