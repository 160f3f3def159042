"""Settings as they stand, in words, and forms that Slack takes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.domain.model import Person
from bot.views import settings as view
from bot.views.settings import Home
from tests.unit.programme import COCHAIR, PEOPLE, world
from tests.unit.screens import action, kept, kept_view

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WHO = next(person for person in PEOPLE if person.user == COCHAIR)
CANADA = Home("Canada", "AB")


def facts(person: Person, home: Home = CANADA) -> str:
    return kept(view.mine(person, home, (), world(), NOW)).text


def test_all_that_is_kept_is_said_in_one_sentence_each() -> None:
    assert facts(WHO) == (
        "Your settings. Zone: America/Edmonton, Sun 22 Nov 2026, 06:00 Edmonton (UTC\u22126) "
        "(as Slack tells). Hours: 08:00\u201318:00, Mon\u2013Fri, reminders at 09:00. "
        "Days off: public holidays of Canada, AB (by your zone). Away: no. "
        "Interests: not declared yet. Groups: none yet. Muted actions: none."
    )


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"hours": (time(10), time(16))}, "10:00\u201316:00, Mon\u2013Fri, reminders at 10:00"),
        ({"away_until": date(2026, 11, 23)}, "Away: first day back Mon 23 Nov 2026"),
        ({"away_until": date(2026, 11, 22)}, "Away: no"),
        ({"declared": date(2026, 1, 5)}, "declared Mon 5 Jan 2026, until Tue 5 Jan 2027"),
        ({"declared": date(2025, 1, 6)}, "declared Mon 6 Jan 2025, declare them again"),
        ({"zone_chosen": True}, "(UTC\u22126) (chosen by you)"),
    ],
)
def test_what_a_person_has_chosen_is_told(changes: dict[str, object], told: str) -> None:
    assert told in facts(replace(WHO, **changes))  # type: ignore[arg-type]  # named above


def test_a_country_nobody_knows_has_no_holidays() -> None:
    assert "no country known, so no public holidays" in facts(WHO, Home())


def test_a_country_that_does_not_go_with_the_zone_is_not_said_to() -> None:
    assert "public holidays of Italy, MI (as set)." in facts(
        WHO, Home("Italy", "MI", by_zone=False)
    )
    chosen = replace(WHO, country_chosen=True)
    assert "(chosen by you)" in facts(chosen, Home("Italy", "MI", by_zone=False))


def test_a_zone_is_told_by_the_city_that_was_said() -> None:
    said = view.zone_changed(WHO, CANADA, NOW, "Calgary")
    assert said.startswith("Your zone is Calgary's (America/Edmonton), now 06:00 (UTC\u22126).")
    assert view.zone_changed(WHO, CANADA, NOW).startswith("Your zone is America/Edmonton, now 06:")


def test_muted_actions_are_named() -> None:
    said = kept(view.mine(WHO, CANADA, (action(),), world(), NOW))
    assert f"Muted actions: {action().ref}." in said.text


@pytest.mark.parametrize("end", [time(18), time(18, 45), time(23, 59)])
def test_the_form_starts_with_what_is_kept(end: time) -> None:
    person = replace(WHO, hours=(time(8, 15), end), declaration="https://example.org/a")
    kept_view(view.my_form(person, CANADA, NOW))
