"""Calendar files, read back by another parser than the one that wrote them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import vobject
from hypothesis import given as trying
from hypothesis import settings
from hypothesis import strategies as st

from bot.domain.deadlines import Deadline, DeadlineId, Kind, Stage
from bot.domain.meetings import Meeting, MeetingId, MeetingKind, MeetingState
from bot.domain.model import GroupKey, Programme, Ref, TeamId, World
from bot.views import calendars
from bot.views.calendars import Dates
from bot.views.text import bare
from tests.unit.hostile import HOSTILE
from tests.unit.screens import CHAIR, NOW

LATER = NOW + timedelta(hours=3)
TEAM = TeamId("T0TEST")
WORLD = World(Programme("Programme", "UTC"))
CALL = Meeting(
    MeetingId(7), Ref("MT-7"), "Endpoints", (), MeetingKind.CALL, None, date(2026, 11, 5),
    time(15), date(2026, 11, 5), time(16), "Europe/London", NOW, CHAIR, version=3, updated_at=LATER,
)  # fmt: skip
PROMISE = Deadline(
    DeadlineId(4), Ref("DL-4"), Kind.MILESTONE, "Abstracts in", date(2026, 12, 31),
    date(2026, 12, 31), NOW, CHAIR, NOW, note="not for everybody", owner=CHAIR,
)  # fmt: skip


def written(*meetings: Meeting, deadlines: tuple[Deadline, ...] = (), alarm: bool = False) -> str:
    return calendars.file(Dates("Models", meetings, deadlines), WORLD, TEAM, alarm=alarm)


def event(text: str) -> Any:
    (calendar,) = vobject.readComponents(text)
    (found,) = calendar.vevent_list
    return found


def test_a_meeting_reads_back_as_it_is() -> None:
    found = event(written(replace(CALL, place="Room 1, by the lift; ring")))
    assert found.uid.value == "MT-7.T0TEST@concerted"
    assert found.summary.value == "Endpoints"
    assert found.location.value == "Room 1, by the lift; ring"
    assert found.description.value == "MT-7, all groups"
    assert found.dtstart.value == datetime(2026, 11, 5, 15, tzinfo=UTC)
    assert found.dtend.value == datetime(2026, 11, 5, 16, tzinfo=UTC)
    assert (found.sequence.value, found.status.value) == ("3", "CONFIRMED")
    assert found.dtstamp.value == found.last_modified.value == LATER
    assert not hasattr(found, "transp")


def test_where_it_is_joined_stands_in_it_until_it_is_cancelled() -> None:
    linked = replace(CALL, link="https://example.org/room?a=1;b,c")
    assert event(written(linked)).description.value == (
        "MT-7, all groups. Join: https://example.org/room?a=1;b,c"
    )
    gone = replace(linked, state=MeetingState.CANCELLED)
    assert event(written(gone)).description.value == "MT-7, all groups"


def test_a_calendar_is_published_and_asks_nobody_to_answer() -> None:
    (calendar,) = vobject.readComponents(written(CALL, deadlines=(PROMISE,)))
    assert (calendar.method.value, calendar.version.value) == ("PUBLISH", "2.0")
    assert calendar.contents["name"][0].value == "Models"
    text = written(CALL, deadlines=(PROMISE,), alarm=True)
    for word in ("VTODO", "VTIMEZONE", "RRULE", "ATTENDEE", "ORGANIZER", "ATTACH", "U0", "not for"):
        assert word not in text


@pytest.mark.parametrize(
    ("day", "zone", "at", "utc"),
    [
        (date(2012, 10, 25), "Europe/London", time(15), 14),
        (date(2012, 11, 1), "Europe/London", time(15), 15),
        (date(2012, 11, 1), "America/New_York", time(11), 15),
        (date(2012, 11, 8), "America/New_York", time(11), 16),
        (date(2026, 11, 5), "Europe/London", time(15), 15),
        (date(2026, 11, 5), "America/Winnipeg", time(10), 15),
    ],
)
def test_hours_are_those_of_utc_whatever_the_clocks_do(
    day: date, zone: str, at: time, utc: int
) -> None:
    there = replace(CALL, start_day=day, end_day=day, start_at=at, end_at=time(17), zone=zone)
    text = written(there)
    assert f"DTSTART:{day:%Y%m%d}T{utc:02}0000Z\r\n" in text
    assert event(text).dtstart.value == datetime(day.year, day.month, day.day, utc, tzinfo=UTC)


def test_a_deadline_is_a_whole_day_that_keeps_nobody_busy() -> None:
    found = event(written(deadlines=(PROMISE,)))
    assert (found.dtstart.value, found.dtend.value) == (date(2026, 12, 31), date(2027, 1, 1))
    assert (found.transp.value, found.status.value) == ("TRANSPARENT", "CONFIRMED")
    assert found.summary.value == "Due: Abstracts in"
    assert found.dtstamp.value == NOW


def test_what_is_cancelled_says_so() -> None:
    for text, title in (
        (written(replace(CALL, state=MeetingState.CANCELLED), alarm=True), "Endpoints"),
        (written(deadlines=(replace(PROMISE, stage=Stage.DROPPED),)), "Due: Abstracts in"),
    ):
        assert event(text).status.value == "CANCELLED"
        assert event(text).summary.value == f"Cancelled: {title}"
        assert "VALARM" not in text


def test_only_a_single_file_rings_and_only_on_the_screen() -> None:
    alarm = event(written(CALL, alarm=True)).valarm
    assert (alarm.action.value, alarm.trigger.value) == ("DISPLAY", timedelta(minutes=-30))
    assert "VALARM" not in written(CALL)


def test_the_same_rows_give_the_same_file() -> None:
    assert written(CALL, deadlines=(PROMISE,)) == written(CALL, deadlines=(PROMISE,))


def test_groups_are_called_by_their_short_names() -> None:
    assert event(written(replace(CALL, groups=(GroupKey("gone"),)))).description.value == "MT-7,"


def reads_back(text: str) -> None:
    """As one event with nothing beside it, in lines that every program takes."""
    meeting = replace(CALL, title=text, place=text)
    out = calendars.file(Dates(text, (meeting,)), WORLD, TEAM, alarm=True)
    for line in out.split("\r\n"):
        assert len(line.encode()) <= 75
        assert not {"\r", "\n"} & set(line)
    (calendar,) = vobject.readComponents(out)
    assert sorted(calendar.contents) == [
        "method", "name", "prodid", "refresh-interval", "version", "vevent", "x-wr-calname",
    ]  # fmt: skip
    (found,) = calendar.vevent_list
    assert found.summary.value == bare(text)
    assert calendar.contents["name"][0].value == bare(text)
    assert found.location.value == bare(text) if bare(text) else not hasattr(found, "location")
    assert (found.uid.value, found.sequence.value) == ("MT-7.T0TEST@concerted", "3")
    assert found.valarm.description.value == bare(text)
    assert len(found.valarm.contents) == 3


def test_hostile_titles_are_titles_and_nothing_else() -> None:
    for text in HOSTILE[::3]:
        reads_back(text)


@settings(max_examples=60)
@trying(
    st.text(max_size=120)
    | st.lists(st.sampled_from(r"a\;,:" + '"\n\u00fc'), max_size=90).map("".join)
)
def test_any_title_is_a_title_and_nothing_else(text: str) -> None:
    reads_back(text)
