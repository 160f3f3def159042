"""What a person's form means: what was left as it was stays, and the country goes with the zone."""

from dataclasses import replace

import pytest

from bot.app import ATLAS
from bot.domain.model import Person
from bot.errors import BadInput, Code
from bot.handlers.registry import Form, Invocation
from bot.handlers.settings import SettingHandlers
from bot.views.ids import Field, Id
from tests.unit.programme import PEOPLE

MILAN = replace(PEOPLE[0], zone="Europe/Rome", country="IT", region="MI")
CHOSEN = replace(MILAN, country_chosen=True)


def country(person: Person, zone: str, **said: str) -> tuple[str, str | None] | None:
    fields = {Field.COUNTRY: "Italy", Field.REGION: "MI"}
    fields |= {Field(name): value for name, value in said.items()}
    by = Invocation("view", "k", person.user, "")  # type: ignore[arg-type]  # from no channel
    form = Form(by, Id.SETTINGS_FORM, fields=fields)
    return SettingHandlers(ATLAS)._country(person, form, ATLAS.place(zone))


@pytest.mark.parametrize(
    ("person", "zone", "said", "kept"),
    [
        (MILAN, "Europe/Rome", {}, ("IT", "MI")),
        (MILAN, "Lisbon", {}, None),
        (MILAN, "Lisbon", {"country": "Spain", "region": ""}, ("ES", None)),
        (MILAN, "Europe/Rome", {"country": "", "region": ""}, None),
        (CHOSEN, "Lisbon", {}, ("IT", "MI")),
    ],
)
def test_the_country_moves_with_the_zone_unless_it_was_chosen(
    person: Person, zone: str, said: dict[str, str], kept: tuple[str, str | None] | None
) -> None:
    assert country(person, zone, **said) == kept


@pytest.mark.parametrize("said", ["CET", "bst", " Est "])
def test_an_abbreviation_is_refused_with_its_reason_and_no_guess(said: str) -> None:
    with pytest.raises(BadInput) as refused:
        ATLAS.place(said)
    assert refused.value.code is Code.ZONE_UNKNOWN
    assert (refused.value.facts["short"], refused.value.facts["choices"]) == (True, ())


@pytest.mark.parametrize(
    ("said", "city"),
    [("calgary", "Calgary"), ("montreal", "Montréal"), ("Europe/Rome", ""), ("utc", "")],
)
def test_a_city_is_told_as_it_is_spelled(said: str, city: str) -> None:
    assert ATLAS.city(said) == city
