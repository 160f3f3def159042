"""Dates inside a sentence: what is taken, what is left, what is asked about."""

from datetime import date, time

import pytest

from bot.domain.due import Found, Reading, When, find_when, read_leading
from bot.errors import BadInput, Code
from tests.unit.test_due import SUNDAY, day, refused


def found(text: str, reading: Reading = SUNDAY) -> Found:
    result = find_when(text, reading)
    assert result is not None, text
    assert result.phrase in text[result.start : result.end]
    return result


@pytest.mark.parametrize(
    ("text", "due", "remains"),
    [
        ("Draft the table by 4 Dec", day(12, 4), "Draft the table"),
        (
            "Draft the table @bob due next Friday for Targets",
            day(11, 23),
            "Draft the table @bob for Targets",
        ),
        ("by tomorrow Draft the table", day(11, 19), "Draft the table"),
        ("Draft the table, due by: Fri 4 Jan 2013.", day(1, 4, 2013), "Draft the table."),
        (
            "Draft  the\ttable BY\N{NO-BREAK SPACE}4  Dec needs EM-2",
            day(12, 4),
            "Draft  the\ttable needs EM-2",
        ),
        ("Draft due in 3 days", day(11, 21), "Draft"),
        ("Report by committee on mice by 2w", day(12, 2), "Report by committee on mice"),
        ("Draft by Friday, then send it", day(11, 23), "Draft then send it"),
        ("Draft by end of month @a", day(11, 30), "Draft @a"),
        ("Draft by T-7", day(11, 20), "Draft"),
        ("Send the slides on Friday", day(11, 23), "Send the slides"),
        ("Send the slides on Friday for Targets", day(11, 23), "Send the slides for Targets"),
        ("Check that 4 Dec is free by 30 Nov", day(11, 30), "Check that 4 Dec is free"),
        ("İstanbul 🧪 report by 4 Dec", day(12, 4), "İstanbul 🧪 report"),
        ("Draft (by 4 Dec)", day(12, 4), "Draft"),
        ("Draft by 4 Dec by 4 Dec", day(12, 4), "Draft by 4 Dec"),
    ],
)
def test_a_date_is_found_in_a_sentence_and_the_rest_is_left(
    text: str, due: date, remains: str
) -> None:
    result = found(text)
    assert result.when.day == due
    assert result.without(text) == remains


@pytest.mark.parametrize(
    "text",
    [
        "Report by committee on mice",
        "Analysis by next generation sequencing",
        "Scan lesions by 3D imaging",
        "Reduce the sample by 20%",
        "Multiply by 2",
        "Comment on Monday call",
        "Talk on Friday and Monday",
        "Revision by 1st author",
        "Comments on 17 Nov 2012",
        "Today show paper",
        "Find why the delay due to Friday strike happened",
        "Stand-by Friday",
        "Overdue Friday list",
        "Update https://example.org/by 4 mice",
        "",
    ],
)
def test_ordinary_words_are_no_date(text: str) -> None:
    assert find_when(text, SUNDAY) is None


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Draft by soon", "soon"),
        ("Draft by Friday week for Targets", "Friday week"),
        ("Draft by tues or wed", "tues or wed"),
        ("Draft by 4 Dec - 6 Dec", "4 Dec - 6 Dec"),
        ("Draft by Friday 5 tables", "Friday 5 tables"),
        ("Draft by Friday morning", "Friday morning"),
        ("Draft by the end of the month", "the end of the month"),
        ("Draft by in 2 weeks from Friday", "in 2 weeks from Friday"),
        ("Draft by 2027", "2027"),
        ("Draft by March", "March"),
        ("Draft by this Friday", "this Friday"),
        ("Draft by around 4 Dec @bob", "around 4 Dec"),
        ("Draft by 17:00", "17:00"),
        ("Damage by sun exposure", "sun exposure"),
        ("Draft by Fri 5pm Reading list", "Fri 5pm Reading list"),
        ("Shorten by 2 weeks", "2 weeks"),
        ("Draft by 2012-12-04T17:00+01:00", "2012-12-04T17:00+01:00"),
        ("Draft by 4 Dec 17:00-18:00", "4 Dec 17:00-18:00"),
        ("Draft by 4-5 Dec", "4-5 Dec"),
        ("Draft by Friday @ 5pm", "Friday @ 5pm"),
        ("Draft by Fri the 4th", "Fri the 4th"),
        ("Draft by Friday (4 Dec)", "Friday (4 Dec)"),
        ("Draft by Friday in a week", "Friday in a week"),
        ("Draft by Friday's call", "Friday's call"),
        ("Draft by 4 Dec. 17:00", "4 Dec. 17:00"),
        ("Draft by tomorow", "tomorow"),
        ("Draft by Wendesday", "Wendesday"),
        ("Draft by 20121204", "20121204"),
        ("Draft by Mon/Tue", "Mon/Tue"),
        ("Draft by 5pm by Friday", "5pm"),
        ("Draft by Friday EOD", "Friday EOD"),
    ],
)
def test_what_only_looks_like_a_date_is_asked_about(text: str, typed: str) -> None:
    with pytest.raises(BadInput) as refusal:
        find_when(text, SUNDAY)
    assert refusal.value.code is Code.DATE_UNREADABLE
    assert refusal.value.typed == typed


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Draft by 12/01/2013 for Targets", Code.DATE_AMBIGUOUS),
        ("Draft by 4 Dec and send it by 5 Dec", Code.DATE_AMBIGUOUS),
        ("Draft by 31 Apr", Code.DATE_MISSING_DAY),
        ("Draft by 17 Nov 2012", Code.DATE_PAST),
        ("Draft by 1 Dec 2017", Code.DATE_FAR),
        ("Draft by 4 Dec 17:00 EST @bob", Code.ZONE_UNKNOWN),
        ("Draft by 4 Dec 17:00 Victoria", Code.ZONE_UNKNOWN),
        ("Draft the table by 4 Dec 17:00 Atlantis", Code.ZONE_UNKNOWN),
        ("Draft by 4 Dec 17:00 Europe/Atlantis it all", Code.ZONE_UNKNOWN),
        ("Draft by 4 Dec 17:00 (New York)", Code.ZONE_UNKNOWN),
    ],
)
def test_a_date_that_cannot_be_taken_is_refused_inside_a_sentence_too(
    text: str, code: Code
) -> None:
    with pytest.raises(BadInput) as refusal:
        find_when(text, SUNDAY)
    assert refusal.value.code is code


@pytest.mark.parametrize(
    ("text", "zone", "remains"),
    [
        ("Draft by 4 Dec 17:00 New York", "America/New_York", "Draft"),
        ("Draft by 4 Dec 17:00 New York @bob", "America/New_York", "Draft @bob"),
        ("Draft by 4 Dec 17:00 - New York", "America/New_York", "Draft"),
        ("Draft by 4 Dec 17:00 in London with care", "Europe/London", "Draft with care"),
        ("Draft by 4 Dec 17:00 America/New_York it all", "America/New_York", "Draft it all"),
        ("Draft by 4 Dec 17:00 the shared protocol", "Europe/London", "Draft the shared protocol"),
    ],
)
def test_a_zone_belongs_to_the_date_only_when_it_is_surely_one(
    text: str, zone: str, remains: str
) -> None:
    result = found(text)
    assert result.when == When(day(12, 4), time(17), zone)
    assert result.without(text) == remains


@pytest.mark.parametrize(
    ("text", "due", "remains"),
    [
        ("next friday because scans are late", day(11, 23), "because scans are late"),
        ("to 30 Nov because scans are late", day(11, 30), "because scans are late"),
        ("4 Dec, scans are late", day(12, 4), "scans are late"),
        ("by Friday", day(11, 23), ""),
    ],
)
def test_a_move_begins_with_its_date(text: str, due: date, remains: str) -> None:
    result = read_leading(text, SUNDAY)
    assert result.when.day == due
    assert result.start == 0
    assert result.without(text) == remains


@pytest.mark.parametrize("text", ["Friday week", "fri scans late", "soon because", "Sat or Sun"])
def test_a_move_without_a_clear_date_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read_leading(text, SUNDAY)
    assert refusal.value.code is Code.DATE_UNREADABLE


def test_a_move_to_nothing_asks_for_the_date() -> None:
    with pytest.raises(BadInput) as refusal:
        read_leading(" ", SUNDAY)
    assert refusal.value.code is Code.DATE_NEEDED


def test_a_year_far_behind_its_day_is_not_overlooked() -> None:
    assert refused("4 Dec" + " " * 400 + "2014", SUNDAY).code is Code.DATE_UNREADABLE
