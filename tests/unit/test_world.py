"""Zones, cities and holidays are those of the people, whatever the machine believes."""

import importlib.util
import shutil
import sys
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.errors import SetupError
from bot.world import (
    city_of,
    country_name,
    country_named,
    country_of,
    find_zone,
    is_holiday,
    near_zones,
    region_named,
    require_fresh_zones,
    utc_now,
)


@pytest.fixture(autouse=True)
def _restored_zones() -> Iterator[None]:
    path = zoneinfo.TZPATH
    yield
    zoneinfo.reset_tzpath(to=path)
    ZoneInfo.clear_cache()


def test_the_clock_is_aware_and_utc() -> None:
    assert utc_now().tzinfo is UTC


def test_zone_data_of_the_lock_file_is_fresh() -> None:
    require_fresh_zones()


def test_an_old_system_copy_does_not_win(tmp_path: Path) -> None:
    _write_a_winnipeg_that_never_changes(tmp_path / "America")
    zoneinfo.reset_tzpath(to=[tmp_path])
    ZoneInfo.clear_cache()
    noon = datetime(2026, 12, 1, 12)  # noqa: DTZ001  # A wall time; the zone comes next.
    assert str(noon.replace(tzinfo=ZoneInfo("America/Winnipeg"))).endswith("-06:00")
    require_fresh_zones()
    assert str(noon.replace(tzinfo=ZoneInfo("America/Winnipeg"))).endswith("-05:00")


def test_an_old_package_stops_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "America"
    _write_a_winnipeg_that_never_changes(folder)
    (folder / "__init__.py").touch()
    spec = importlib.util.spec_from_file_location(
        "tzdata.zoneinfo.America", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    old = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "tzdata.zoneinfo.America", old)
    with pytest.raises(SetupError, match=r"older than 2026\.5"):
        require_fresh_zones()


def test_a_missing_package_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tzdata.zoneinfo.America", None)
    with pytest.raises(SetupError, match="is missing"):
        require_fresh_zones()


def _write_a_winnipeg_that_never_changes(folder: Path) -> None:
    folder.mkdir()
    regina = resources.files("tzdata.zoneinfo.America").joinpath("Regina")
    with resources.as_file(regina) as file:
        shutil.copy(file, folder / "Winnipeg")


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("London", "Europe/London"),
        ("new york", "America/New_York"),
        ("BOSTON", "America/New_York"),
        ("Calgary", "America/Edmonton"),
        ("Winnipeg", "America/Winnipeg"),
        ("Vancouver", "America/Vancouver"),
        ("Montréal", "America/Toronto"),
        ("montreal", "America/Toronto"),
        ("Montre\u0301al", "America/Toronto"),
        ("Milan", "Europe/Rome"),
        ("Milano", "Europe/Rome"),
        ("Genoa", "Europe/Rome"),
        ("Amsterdam", "Europe/Amsterdam"),
        ("Basel", "Europe/Zurich"),
        ("Toronto", "America/Toronto"),
        ("Voorschoten", "Europe/Amsterdam"),
        ("  St. John's ", "America/St_Johns"),
        ("St John\u2019s", "America/St_Johns"),
        ("Łódź", "Europe/Warsaw"),
        ("Kobenhavn", "Europe/Copenhagen"),
        ("Kathmandu", "Asia/Kathmandu"),
        ("Europe/Rome", "Europe/Rome"),
        ("europe/rome", "Europe/Rome"),
        ("America/New York", "America/New_York"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_found_by_its_name_or_by_a_city(typed: str, zone: str) -> None:
    assert find_zone(typed) == (zone,)


@pytest.mark.parametrize(
    "typed", ["", " ", "CET", "BST", "IST", "EST", "Nowhereville", "next", "/"]
)
def test_abbreviations_and_unknown_words_are_no_zone(typed: str) -> None:
    assert find_zone(typed) == ()


def test_every_city_leads_to_a_zone_that_exists() -> None:
    table = resources.files("bot").joinpath("cities.csv").read_text("utf-8").splitlines()
    zones = [line.partition(",")[0] for line in table[2:]]
    assert len(zones) > 250
    assert set(zones) <= zoneinfo.available_timezones()


@pytest.mark.parametrize(
    ("zone", "city"),
    [
        ("America/New_York", "New York"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_shown_as_its_city(zone: str, city: str) -> None:
    assert city_of(zone) == city


@pytest.mark.parametrize(
    ("zone", "place"),
    [
        ("America/Toronto", ("CA", "ON")),
        ("America/Edmonton", ("CA", "AB")),
        ("America/Winnipeg", ("CA", "MB")),
        ("America/Vancouver", ("CA", "BC")),
        ("America/Montreal", ("CA", "QC")),
        ("America/New_York", ("US", None)),
        ("US/Pacific", ("US", None)),
        ("Europe/London", ("GB", "ENG")),
        ("Europe/Rome", ("IT", None)),
        ("Asia/Calcutta", ("IN", None)),
        ("UTC", (None, None)),
        ("Nowhere/Land", (None, None)),
    ],
)
def test_a_zone_tells_whose_holidays_to_suppose(
    zone: str, place: tuple[str | None, str | None]
) -> None:
    assert country_of(zone) == place


@pytest.mark.parametrize(
    ("day", "country", "region"),
    [
        ("2012-11-01", "IT", None),
        ("2012-11-22", "US", None),
        ("2012-12-07", "IT", "MI"),
        ("2012-12-26", "CA", "ON"),
        ("2013-02-11", "CA", "BC"),
        ("2013-02-18", "CA", "MB"),
        ("2026-11-26", "US", None),
        ("2026-12-28", "GB", "ENG"),
        ("2026-12-28", "CA", "ON"),
        ("2027-01-06", "IT", None),
        ("2027-02-15", "CA", "AB"),
        ("2027-03-26", "GB", "ENG"),
        ("2027-10-04", "IT", None),
    ],
)
def test_public_holidays_are_known(day: str, country: str, region: str | None) -> None:
    assert is_holiday(date.fromisoformat(day), country, region)


@pytest.mark.parametrize(
    ("day", "country", "region"),
    [
        ("2012-12-07", "IT", None),  # Milan's own.
        ("2026-11-24", "US", None),
        ("2026-11-03", "US", None),  # Election Day: a holiday with the state of New York only.
        ("2026-12-25", None, None),
        ("2026-12-25", "XX", None),
        ("2026-12-25", "", None),
    ],
)
def test_other_days_are_not_holidays(day: str, country: str | None, region: str | None) -> None:
    assert not is_holiday(date.fromisoformat(day), country, region)


def test_an_unknown_region_still_has_its_countrys_holidays() -> None:
    assert is_holiday(date(2026, 12, 25), "CA", "ZZ")


@pytest.mark.parametrize(
    ("typed", "cities"),
    [
        ("Calgry", ("Calgary",)),
        ("Pariss", ("Paris",)),
        ("sao paolo", ("São Paulo",)),
        ("Italy", ("Rome",)),
        ("Canada", ("St Johns", "Halifax")),
        ("Zzyzx", ()),
        ("Nowhere", ()),
        ("Somewhere", ()),
    ],
)
def test_what_is_no_city_may_be_near_one(typed: str, cities: tuple[str, ...]) -> None:
    near = near_zones(typed)
    assert near[: len(cities) or 1] == cities
    assert all(find_zone(city) for city in near)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("it", "IT"),
        ("Italy", "IT"),
        ("united kingdom", "GB"),
        ("UK", "GB"),
        ("The Netherlands", "NL"),
        ("USA", "US"),
        ("Trinidad & Tobago", "TT"),
        ("Nowhere", None),
        ("", None),
    ],
)
def test_countries_are_called_by_code_or_name(said: str, code: str | None) -> None:
    assert country_named(said) == code
    assert code is None or country_named(country_name(code)) == code


def test_regions_are_called_by_code_or_name() -> None:
    assert region_named("CA", "alberta") == region_named("CA", "ab") == "AB"
    assert region_named("CA", "Bavaria") is None
    assert region_named("XX", "AB") is None
