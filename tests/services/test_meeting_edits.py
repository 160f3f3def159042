"""Meetings changed in all but their time, one or with the rest of the series."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.app import ATLAS
from bot.domain.meetings import Meeting
from bot.domain.model import Ref, UserId
from bot.domain.recurrence import Rule
from bot.errors import BadInput, Code, Conflict, NotAllowed
from bot.handlers.meeting_edits import EDIT, MeetingEditHandlers
from bot.handlers.meeting_verbs import read_change
from bot.handlers.reading import reading_of
from bot.handlers.registry import Invocation
from bot.services import planning, rescheduling
from bot.services.access import Ask
from bot.services.inbox import Outcome, Reply
from bot.services.meeting_news import EDITED, NEWS
from bot.services.planning import Plan
from bot.services.undo import undo
from bot.world import is_holiday
from tests.services.conftest import CHAIR, MEMBER, MODELS, MODELS_CHANNEL, Office

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # the policy alone

START = datetime(2026, 10, 2, 12, tzinfo=UTC)
CALL = Plan(
    "Endpoints", (MODELS,), date(2026, 10, 29), time(15), "Europe/London", timedelta(hours=1)
)
WEEKLY = replace(CALL, rule=Rule(until=date(2026, 11, 12)))
HANDLERS = MeetingEditHandlers(ATLAS)


@pytest.fixture(autouse=True)
def series(office: Office) -> None:
    office.clock.now = START
    office.do(CHAIR, lambda ask: planning.plan(ask, WEEKLY, is_holiday))
    office.clock.forward(minutes=20)


def say(office: Office, line: str, by: UserId = CHAIR) -> str:
    def work(ask: Ask) -> Outcome:
        asked = read_change(line, reading_of(ask, ATLAS.find_zone), EDIT)
        return HANDLERS.edit(ask, Invocation("command", "k", by, MODELS_CHANNEL), asked)

    said = office.do(by, work)
    assert isinstance(said, Reply)
    return said.message.text


def meetings(office: Office) -> tuple[Meeting, ...]:
    return office.db.read_now(lambda store: store.meetings.all())


def news(office: Office, kind: str = EDITED) -> list[str]:
    rows = office.db.read_now(lambda store: store.outbox.recent(100))
    found = [row for row in rows if row.out.kind == kind and row.state == "pending"]
    assert {row.out.lane for row in found} <= {MODELS_CHANNEL}
    return [row.out.message.text for row in found]


def test_one_is_changed_without_touching_the_rest(office: Office) -> None:
    told = say(office, "MT-2 place Room 2, by the lift")
    assert "The channel is told once" in told
    assert [one.place for one in meetings(office)] == ["", "Room 2, by the lift", ""]
    assert len(news(office)) == 1
    assert "is now Thu 5 Nov 2026, 15:00" in news(office)[0]
    assert "Room 2, by the lift" in news(office)[0]


def test_all_changes_those_after_it_too(office: Office) -> None:
    told = say(office, "MT-2 length 90 min all")
    assert "The one after it in the series is changed as well. 2 meetings in all." in told.replace(
        " •", ""
    )
    assert [one.ends - one.starts for one in meetings(office)] == [
        timedelta(hours=1), timedelta(minutes=90), timedelta(minutes=90),
    ]  # fmt: skip


def test_of_a_title_no_channel_is_told(office: Office) -> None:
    assert "channel" not in say(office, "MT-1 title Endpoints and safety")
    assert meetings(office)[0].title == "Endpoints and safety"
    assert news(office) == []


def test_another_clock_moves_it(office: Office) -> None:
    assert "MT-1 moved" in say(office, "MT-1 zone Rome")
    assert meetings(office)[0].starts == datetime(2026, 10, 29, 14, tzinfo=UTC)
    assert len(news(office, NEWS)) == 1


def test_the_last_word_counts_and_a_change_taken_back_is_not_said(office: Office) -> None:
    say(office, "MT-1 place Room 1")
    say(office, "MT-1 place Room 2")
    assert ["Room 2" in text for text in news(office)] == [True]
    office.do(CHAIR, undo)
    assert (meetings(office)[0].place, ["Room 1" in text for text in news(office)]) == (
        "Room 1",
        [True],
    )
    office.do(CHAIR, undo)
    assert (meetings(office)[0].place, news(office)) == ("", [])


def test_what_is_cancelled_has_no_news_of_a_room(office: Office) -> None:
    say(office, "MT-1 place Room 1")
    office.do(CHAIR, lambda ask: rescheduling.cancel(ask, Ref("MT-1"), "no", is_holiday))
    assert news(office) == []


def test_overlapping_is_warned_of(office: Office) -> None:
    later = replace(CALL, title="Safety", at=time(16))
    office.do(CHAIR, lambda ask: planning.plan(ask, later, is_holiday))
    assert "MT-4" in say(office, "MT-1 length 90")
    assert "MT-4" not in say(office, "MT-1 length 60 min")


def test_preparation_behind_it_follows_its_end(office: Office) -> None:
    def due(ref: str) -> date:
        one = next(one for one in meetings(office) if one.ref == ref)
        items = office.db.read_now(lambda store: store.meetings.preparation([one.id])[one.id])
        return next(item.due for item in items if item.key == "actions-out")

    before = due("MT-1")
    say(office, "MT-1 length 4 days")
    assert due("MT-1") > before


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("MT-1", Code.TEXT_EMPTY),
        ("MT-1 room 2", Code.WRONG_WORDS),
        ("MT-1 length forever", Code.LENGTH_WRONG),
        ("MT-1 zone Nowhereville", Code.ZONE_UNKNOWN),
        (f"MT-1 title {'x' * 301}", Code.TEXT_LONG),
    ],
)
def test_what_cannot_be_read_changes_nothing(office: Office, line: str, code: Code) -> None:
    before = meetings(office)
    with pytest.raises(BadInput) as caught:
        say(office, line)
    assert (caught.value.code, meetings(office)) == (code, before)


def test_what_is_so_already_changes_nothing(office: Office) -> None:
    before = meetings(office)
    assert "is so already" in say(office, "MT-1 length 1h")
    assert meetings(office) == before


def test_only_who_runs_it_changes_it_and_only_before_it(office: Office) -> None:
    with pytest.raises(NotAllowed):
        say(office, "MT-1 title Other", MEMBER)
    office.clock.now = datetime(2026, 10, 29, 15, tzinfo=UTC)
    with pytest.raises(Conflict):
        say(office, "MT-1 title Other")


def test_an_address_said_as_its_place_is_where_it_is_joined(office: Office) -> None:
    assert "is joined by https://example.org/a" in say(office, "MT-2 place https://example.org/a")
    say(office, "MT-3 place Room 2, https://example.org/b")
    found = meetings(office)
    assert [one.link for one in found] == ["", "https://example.org/a", "https://example.org/b"]
    assert [one.place for one in found] == ["", "", "Room 2"]
    undoing = office.do(CHAIR, lambda ask: undo(ask))
    assert undoing is not None
    assert meetings(office)[2].link == ""
    planned = replace(CALL, day=date(2026, 11, 3), place="https://example.org/c")
    made = office.do(CHAIR, lambda ask: planning.plan(ask, planned, is_holiday)).meetings[0]
    assert (made.link, made.place) == ("https://example.org/c", "")
