"""Facts from outside: the one clock, zone data, cities and public holidays."""

import csv
import unicodedata
import zoneinfo
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib import resources
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.errors import SetupError

Clock = Callable[[], datetime]

# zone.tab knows countries; holidays that are not the whole country's need more.
# No entry for the United States: with a state, days come in that few have off.
_REGIONS = {
    "America/Atikokan": "ON",
    "America/Cambridge_Bay": "NU",
    "America/Creston": "BC",
    "America/Dawson": "YT",
    "America/Dawson_Creek": "BC",
    "America/Edmonton": "AB",
    "America/Fort_Nelson": "BC",
    "America/Glace_Bay": "NS",
    "America/Goose_Bay": "NL",
    "America/Halifax": "NS",
    "America/Inuvik": "NT",
    "America/Iqaluit": "NU",
    "America/Moncton": "NB",
    "America/Montreal": "QC",
    "America/Nipigon": "ON",
    "America/Rainy_River": "ON",
    "America/Rankin_Inlet": "NU",
    "America/Regina": "SK",
    "America/Resolute": "NU",
    "America/St_Johns": "NL",
    "America/Swift_Current": "SK",
    "America/Thunder_Bay": "ON",
    "America/Toronto": "ON",
    "America/Vancouver": "BC",
    "America/Whitehorse": "YT",
    "America/Winnipeg": "MB",
    "America/Yellowknife": "NT",
    "Australia/Adelaide": "SA",
    "Australia/Brisbane": "QLD",
    "Australia/Darwin": "NT",
    "Australia/Hobart": "TAS",
    "Australia/Melbourne": "VIC",
    "Australia/Perth": "WA",
    "Australia/Sydney": "NSW",
    "Europe/Belfast": "NIR",
    "Europe/London": "ENG",
}
# What countries are called beside their names in the table of ISO 3166.
_ALSO_CALLED = {
    "america": "US",
    "britain": "GB",
    "czechia": "CZ",
    "great britain": "GB",
    "holland": "NL",
    "korea": "KR",
    "south korea": "KR",
    "the netherlands": "NL",
    "turkiye": "TR",
    "uk": "GB",
    "united kingdom": "GB",
    "united states of america": "US",
    "usa": "US",
}
NEAR_ZONES, LIKENESS = 10, 0.8
# Letters that do not come apart into a plain one and an accent.
_LETTERS = str.maketrans(
    {"æ": "ae", "Æ": "ae", "œ": "oe", "đ": "d", "Đ": "d", "\u0131": "i", "ł": "l", "Ł": "l"}
    | {"ø": "o", "Ø": "o"}
)


def utc_now() -> datetime:
    """The only place that asks the machine what time it is."""
    return datetime.now(UTC)  # noqa: TID251  # The one clock; everything else is given it.


def require_fresh_zones() -> None:
    """Take zone data from our own package, not from a system copy that may be years old.

    Raises SetupError if that package is older than Manitoba's law of 2026.
    """
    zoneinfo.reset_tzpath(to=[])
    ZoneInfo.clear_cache()
    remedy = "run `make run` again to install the packages of the lock file"
    try:
        winnipeg = datetime(2026, 12, 1, 12, tzinfo=ZoneInfo("America/Winnipeg"))
    except ZoneInfoNotFoundError:
        raise SetupError(f"The package tzdata is missing: {remedy}.") from None
    if winnipeg.utcoffset() != timedelta(hours=-5):
        raise SetupError(f"The package tzdata is older than 2026.5: {remedy}.")


def find_zone(words: str) -> tuple[str, ...]:
    """The zones these words may mean: a zone's name, `UTC`, or a city in any spelling.

    Abbreviations (CET, BST, IST) mean nothing: each is fixed or stands for several zones.
    """
    named = _names().get(words.strip().replace(" ", "_").casefold())
    if named is not None:
        return (named,)
    zone = _cities().get(_fold(words))
    return () if zone is None else (zone,)


def city_of(zone: str) -> str:
    """A zone as people say it: "America/New_York" is "New York"."""
    return zone.rpartition("/")[2].replace("_", " ")


def country_of(zone: str) -> tuple[str | None, str | None]:
    """Whose holidays to suppose in a zone: country and, where it matters, region (ISO 3166)."""
    true_name = _aliases().get(zone, zone)
    country = _countries().get(zone) or _countries().get(true_name)
    return country, _REGIONS.get(zone) or _REGIONS.get(true_name)


def near_zones(words: str) -> tuple[str, ...]:
    """Cities that may be meant where `find_zone` knows none: of the country, or spelled like it."""
    country = country_named(words)
    if country is not None:
        there = (zone for zone, code in _countries().items() if code == country)
        return tuple(city_of(zone) for zone in there)[:NEAR_ZONES]
    near = get_close_matches(_fold(words), _cities(), n=3, cutoff=LIKENESS)
    return tuple(_spellings()[name] for name in near)


def country_named(words: str) -> str | None:
    """The ISO 3166 code of a country said by its code or English name."""
    said = _fold(words)
    if said.upper() in _country_names():
        return said.upper()
    return _ALSO_CALLED.get(said) or _codes().get(said)


def country_name(code: str) -> str:
    return _country_names().get(code, code)


def region_named(country: str, words: str) -> str | None:
    """The code of a region with holidays of its own, said by its code or name."""
    return _regions(country).get(_fold(words))


def is_holiday(day: date, country: str | None, region: str | None) -> bool:
    """Whether offices are closed there; a place nobody keeps a list for has no holidays."""
    return country is not None and day in _holidays(country, region, day.year)


@lru_cache(maxsize=256)
def _holidays(country: str, region: str | None, year: int) -> frozenset[date]:
    import holidays  # A third of a second: only for those who ask.

    for subdivision in (region, None):
        try:
            return frozenset(holidays.country_holidays(country, subdiv=subdivision, years=year))
        except NotImplementedError:
            continue
    return frozenset()


@cache
def _regions(country: str) -> dict[str, str]:
    import holidays

    try:
        there = holidays.country_holidays(country)
    except NotImplementedError:
        return {}
    codes = {_fold(code): code for code in there.subdivisions}
    return {_fold(name): code for name, code in there.subdivisions_aliases.items()} | codes


@cache
def _names() -> dict[str, str]:
    names = (name for name in zoneinfo.available_timezones() if "/" in name or name == "UTC")
    return {name.casefold(): name for name in names}


@cache
def _cities() -> dict[str, str]:
    """Folded names; the table holds only the largest place of a name."""
    zones = {_fold(city_of(zone)): zone for zone in sorted(_countries())}
    return zones | {_fold(city): zone for zone, city in _listed_cities()}


@cache
def _spellings() -> dict[str, str]:
    """Each folded name as it is written."""
    written = {_fold(city_of(zone)): city_of(zone) for zone in _countries()}
    return written | {_fold(city): city for _, city in _listed_cities()}


def _listed_cities() -> Iterator[tuple[str, str]]:
    text = resources.files("bot").joinpath("cities.csv").read_text("utf-8")
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        yield from ((row["zone"], city) for city in row["cities"].split(";"))


def _fold(words: str) -> str:
    apart = unicodedata.normalize("NFKD", words.translate(_LETTERS)).casefold()
    plain = (letter for letter in apart if not unicodedata.combining(letter))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def _tzdata(name: str) -> Iterator[list[str]]:
    text = resources.files("tzdata.zoneinfo").joinpath(name).read_text("utf-8")
    tabbed = name.endswith(".tab")
    return (
        line.split("\t" if tabbed else None)
        for line in text.splitlines()
        if line and not line.startswith("#")
    )


@cache
def _countries() -> dict[str, str]:
    return {zone: country for country, _, zone, *_ in _tzdata("zone.tab")}


@cache
def _aliases() -> dict[str, str]:
    return {fields[2]: fields[1] for fields in _tzdata("tzdata.zi") if fields[0] == "L"}


@cache
def _country_names() -> dict[str, str]:
    return dict(_tzdata("iso3166.tab")) | {"GB": "United Kingdom"}


@cache
def _codes() -> dict[str, str]:
    return {_fold(name): code for code, name in _country_names().items()}
