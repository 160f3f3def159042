"""When a request is to be answered, and where a person's name is found in what was written."""

from datetime import date

import pytest

from bot.domain.days import Calendar
from bot.domain.model import Group, GroupKey, Programme, UserId, World
from bot.domain.privacy import Pseudonym, Traces, answer_due, former
from bot.views.people import mentioned, name, named, shown
from bot.views.text import mention
from bot.world import is_holiday

SOMEBODY = UserId("U0SOMEBODY")
NAMES = frozenset({"Some Body", "some-body"})


def swapped(text: str, names: frozenset[str] = NAMES) -> str:
    return Traces(SOMEBODY, names).hidden_in_words(Pseudonym(7))(text)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2012-09-03", "2012-10-03"),
        ("2026-11-28", "2026-12-29"),  # the 28th is a holiday in the United Kingdom
        ("2027-01-31", "2027-03-01"),  # February ends on a Sunday
        ("2026-12-15", "2027-01-15"),
        ("2028-01-31", "2028-02-29"),
    ],
)
def test_a_request_is_due_one_month_later_or_on_the_next_working_day(asked: str, due: str) -> None:
    programme = Calendar(is_holiday=lambda day: is_holiday(day, "GB", "ENG"))
    assert answer_due(date.fromisoformat(asked), programme) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("ask <@U0SOMEBODY> or <@U0SOMEBODY|some-body>", "ask former member 7 or former member 7"),
        ("ask &lt;@U0SOMEBODY&gt;", "ask former member 7"),
        ('{"user":"U0SOMEBODY"}', '{"user":"UFORMER7"}'),
        ("@some-body's draft", "former member 7's draft"),
        ("Drafted by some body, @Some Body.", "Drafted by former member 7, former member 7."),
        ("U0SOMEBODY2, @some-body-else, some-bodys", "U0SOMEBODY2, @some-body-else, some-bodys"),
        ("somebody", "somebody"),
    ],
)
def test_ids_mentions_and_names_are_found_and_nothing_else(written: str, left: str) -> None:
    assert swapped(written) == left


def test_a_name_that_is_also_a_word_is_a_name_only_in_its_capitals_or_behind_an_at() -> None:
    words = "May will ask by 4 may; @may may"
    assert swapped(words, frozenset({"May", "may"})) == (
        "former member 7 will ask by 4 may; former member 7 may"
    )


def test_a_name_of_two_letters_is_looked_for_behind_an_at_only() -> None:
    assert swapped("Al or @Al", frozenset({"Al"})) == "Al or former member 7"


def test_a_name_without_latin_letters_has_to_be_looked_for_everywhere() -> None:
    assert Traces(SOMEBODY, frozenset({"名前"})).needles is None
    assert Traces(SOMEBODY, frozenset({"Ann Lee"})).needles == ("Ann", "U0SOMEBODY")


def test_a_pseudonym_is_plain_words_wherever_people_are_named() -> None:
    world = World(Programme("Test", "UTC"), {GroupKey("a"): Group(GroupKey("a"), "AA", "A", "A")})
    user = Pseudonym(7).user
    assert former(user) == "former member 7"
    assert former(SOMEBODY) is None
    for said in (name(user, world), mention(user), mentioned([user], world)):
        assert said == "former member 7"
    assert named([user], world) == shown([user], world) == "former member 7"


def test_who_is_called_like_a_group_is_meant_behind_an_at_only() -> None:
    traces = Traces(UserId("U0PRANK01"), frozenset({"Models"}), frozenset({"Experimental Models"}))
    swap = traces.hidden_in_words(Pseudonym(1))
    assert swap("Models call, asked by @Models") == "Models call, asked by former member 1"
    assert swap("<@U0PRANK01> drew Models") == "former member 1 drew Models"
