"""Who is away is told so, and so is whoever hands them something due before they are back."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.domain.items import Due
from bot.domain.model import Person, World
from bot.views import answers
from bot.views.home import Glance, home
from tests.unit.screens import NOW, OWNER, WORLD, action, kept, kept_view, mrkdwn

AWAY = date(2026, 11, 27)


def absent(until: date = AWAY) -> World:
    person: Person = replace(WORLD.people[OWNER], away_until=until)
    return replace(WORLD, people={**WORLD.people, OWNER: person})


@pytest.mark.parametrize(
    ("due", "until", "told"),
    [
        (date(2026, 11, 26), AWAY, True),
        (AWAY, AWAY, False),
        (date(2026, 11, 29), date(2026, 11, 28), True),  # back on a Saturday: reached on Monday
        (date(2026, 11, 20), date(2026, 11, 21), False),  # an absence that is over
    ],
)
def test_who_hands_something_to_somebody_away_past_its_day_is_told(
    due: date, until: date, told: bool
) -> None:
    item = action(due=Due(due))
    said = f"@targets-cochair is away until {until:%a} {until.day} Nov 2026."
    for answer in (answers.added, answers.receipt):
        assert (said in kept(answer(item, absent(until), NOW)).text) is told
    given = answers.changed(item, "give", absent(until), NOW, "k")
    assert (said in kept(given).text) is told
    assert "is away" not in answers.changed(item, "note", absent(until), NOW, "k").text


@pytest.mark.parametrize(("now", "away"), [(NOW, True), (NOW.replace(day=28), False)])
def test_home_says_until_when_the_reader_is_away(now: datetime, away: bool) -> None:
    view = kept_view(home(Glance(), absent(), OWNER, now), "home")
    said = " ".join(mrkdwn(view.payload))
    assert ("You are away until Fri 27 Nov 2026" in said) is away
