"""What is known of places, as callables: the facts come from outside."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.notices import Holiday
from bot.errors import BadInput, Code
from bot.handlers.groups import CountryOf
from bot.handlers.reading import FindZone
from bot.services.settings import Place

ABBREVIATION = re.compile(
    r"ac[sd]t|ae[sd]t|ak[sd]t|art|a[sd]t|aw[sd]t|bst|cat|cest|c[esd]t|eat|eest|e[esd]t|gmt|hkt|hst"
    r"|ist|jst|kst|mest|m[esd]t|msk|n[sd]t|nz[sd]t|p[ksd]t|sast|sgt|wat|west|wet",
    re.IGNORECASE,
)
"""None is a zone: each is fixed, or stands for several."""


@dataclass(frozen=True, slots=True)
class Atlas:
    """Zones by IANA name, countries and regions by ISO 3166 code."""

    find_zone: FindZone
    near_zones: FindZone
    """Cities that may be meant where no zone is found."""
    country_of: CountryOf
    """Country and region that go with a zone."""
    country_named: Callable[[str], str | None]
    country_name: Callable[[str], str]
    region_named: Callable[[str, str], str | None]
    holiday: Holiday

    def place(self, said: str, field: str = "zone") -> Place:
        """Raises BadInput with the nearest cities."""
        zones = self.find_zone(said)
        if len(zones) != 1:
            short = ABBREVIATION.fullmatch(said.strip()) is not None
            near = () if short else zones or self.near_zones(said)
            raise BadInput(Code.ZONE_UNKNOWN, field, said, choices=near, own=True, short=short)
        return Place(zones[0], *self.country_of(zones[0]))

    def city(self, said: str) -> str:
        """The city that was said, as it is spelled; empty for a zone's own name."""
        nearest = self.near_zones(said)[:1]
        return nearest[0] if nearest and self.find_zone(nearest[0]) == self.find_zone(said) else ""

    def home(self, country: str, region: str) -> tuple[str, str | None]:
        """Codes of what was said; raises BadInput."""
        code = self.country_named(country)
        if code is None:
            raise BadInput(Code.COUNTRY_UNKNOWN, "country", country)
        part = self.region_named(code, region) if region else None
        if region and part is None:
            raise BadInput(Code.REGION_UNKNOWN, "region", region)
        return code, part
