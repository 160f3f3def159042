"""What people type for a date means the day they meant, or is refused; never a wrong day."""

from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo, available_timezones, reset_tzpath

import pytest

from bot.domain.due import Reading, read_when
from bot.errors import BadInput
from tests.unit.due_phrases import TAKEN, Phrase
from tests.unit.due_phrases_refused import REFUSED

CITIES: Mapping[str, str] = {
    "london": "Europe/London",
    "new york": "America/New_York",
    "toronto": "America/Toronto",
    "vancouver": "America/Vancouver",
    "milan": "Europe/Rome",
    "rome": "Europe/Rome",
    "amsterdam": "Europe/Amsterdam",
    "calgary": "America/Edmonton",
    "winnipeg": "America/Winnipeg",
    "utc": "UTC",
}
IANA = {name.casefold(): name for name in available_timezones() if "/" in name}


@pytest.fixture(scope="module", autouse=True)
def _packaged_zones() -> None:
    """The machine's own zone files may be older than the package that the bot reads."""
    reset_tzpath(to=[])
    ZoneInfo.clear_cache()


def find_zone(words: str) -> tuple[str, ...]:
    found = CITIES.get(words.casefold()) or IANA.get(words.casefold())
    return (found,) if found else ()


def reading(phrase: Phrase) -> Reading:
    return Reading(
        now=datetime.fromisoformat(phrase.now),
        zone=phrase.zone,
        group_zone=phrase.group_zone,
        next_meeting=date.fromisoformat(phrase.next_meeting) if phrase.next_meeting else None,
        find_zone=find_zone,
    )


def name(phrase: Phrase) -> str:
    return f"{phrase.text[:40]!a} ({phrase.why}) {phrase.now} {phrase.zone}"


@pytest.mark.parametrize("phrase", TAKEN, ids=name)
def test_a_phrase_means_exactly_one_day_and_time(phrase: Phrase) -> None:
    when = read_when(phrase.text, reading(phrase))

    assert phrase.day is not None
    assert when.day == date.fromisoformat(phrase.day)
    assert when.time == (time.fromisoformat(phrase.time) if phrase.time else None)
    if phrase.at_zone:
        assert when.zone == phrase.at_zone
    else:
        assert when.zone in (None, phrase.zone, phrase.group_zone)


@pytest.mark.parametrize("phrase", REFUSED, ids=name)
def test_a_phrase_is_refused_for_the_right_reason(phrase: Phrase) -> None:
    with pytest.raises(BadInput) as refusal:
        read_when(phrase.text, reading(phrase))

    assert phrase.refused is not None
    assert refusal.value.code.name in phrase.refused.split(" or ")
    if phrase.choices:
        choices = refusal.value.facts["choices"]
        assert isinstance(choices, tuple)
        assert sorted(map(str, choices)) == sorted(phrase.choices)


def test_the_table_is_large_and_holds_both_kinds() -> None:
    assert len(TAKEN) >= 100
    assert len(REFUSED) >= 100


def test_no_phrase_stands_twice_with_the_same_clock_and_place() -> None:
    told = [(p.text, p.now, p.zone, p.group_zone, p.next_meeting) for p in TAKEN + REFUSED]

    assert len(told) == len(set(told))


@pytest.mark.parametrize("phrase", [p for p in TAKEN if p.text.lower()[:3] == "fri"], ids=name)
def test_the_table_itself_knows_its_fridays(phrase: Phrase) -> None:
    assert phrase.day is not None
    assert date.fromisoformat(phrase.day).strftime("%a") == "Fri"
