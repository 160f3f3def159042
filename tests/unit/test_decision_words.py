"""A decision is read out of one line: its text, its window, its review and its group."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.decisions import NewDecision
from bot.domain.model import (
    Group,
    GroupKey,
    Membership,
    Person,
    Programme,
    Role,
    UserId,
    World,
)
from bot.errors import BadInput, Code
from bot.handlers.decision_words import read_new
from bot.handlers.reading import Reading

ME = UserId("U0MEMBER1")
MODELS, TRIALS = (
    Group(GroupKey("models"), "EM", "Models", "Experimental Models", zone="Europe/London"),
    Group(GroupKey("trials"), "PC", "Trials", "Trials", zone="America/Edmonton"),
)
WORLD = World(
    Programme("Test", "Europe/London"),
    {group.key: group for group in (MODELS, TRIALS)},
    {ME: Person(ME, "Somebody", zone="Europe/London")},
    (Membership(ME, MODELS.key, Role.MEMBER), Membership(ME, TRIALS.key, Role.MEMBER)),
)
READING = Reading(datetime(2026, 11, 22, 12, tzinfo=UTC), WORLD.people[ME], WORLD, MODELS)
REVIEW, BY = date(2027, 2, 4), date(2026, 12, 10)


@pytest.mark.parametrize(
    ("line", "text", "review", "by", "open_"),
    [
        ("One template for all.", "One template for all.", None, None, False),
        ("One template review 4 Feb", "One template", REVIEW, None, False),
        ("One template, review on 4 Feb 2027", "One template", REVIEW, None, False),
        ("One template objections by 10 Dec", "One template", None, BY, True),
        ("One template; objections until 10 Dec.", "One template", None, BY, True),
        ("One template review 4 Feb objections by 10 Dec", "One template", REVIEW, BY, True),
        ("One template objections by 10 Dec and review 4 Feb", "One template", REVIEW, BY, True),
        ("One template objections", "One template", None, None, True),
        ("One template. Objections!", "One template.", None, None, True),
        ("We heard no objections", "We heard no objections", None, None, False),
        ("Adopted with objections", "Adopted with objections", None, None, False),
        ("We review 3 papers", "We review 3 papers", None, None, False),
        ("We review the plan by committee", "We review the plan by committee", None, None, False),
        ("Objections by the public count", "Objections by the public count", None, None, False),
        ("Close it in 2 weeks", "Close it in 2 weeks", None, None, False),
    ],
)
def test_only_what_ends_in_a_date_is_a_window_or_a_review(
    line: str, text: str, review: date | None, by: date | None, open_: bool
) -> None:
    said = read_new(line, READING)
    assert said.new == NewDecision(text, MODELS.key, review, by)
    assert said.open_ is open_


@pytest.mark.parametrize(
    "line",
    [
        "One template for trials objections by 10 Dec review 4 Feb",
        "One template objections by 10 Dec review 4 Feb for trials",
        "One template review 4 Feb for trials objections by 10 Dec",
    ],
)
def test_the_group_stands_anywhere_between(line: str) -> None:
    assert read_new(line, READING).new == NewDecision("One template", TRIALS.key, REVIEW, BY)
    bare = read_new("One template objections for trials", READING)
    assert (bare.new.group, bare.open_, bare.new.text) == (TRIALS.key, True, "One template")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("One template objections by 12/11/2026", Code.DATE_AMBIGUOUS),
        ("One template objections by 31 Nov", Code.DATE_MISSING_DAY),
        ("One template review 4 Feb 2012", Code.DATE_PAST),
        ("", Code.TEXT_EMPTY),
    ],
)
def test_a_date_that_cannot_be_taken_is_refused(line: str, code: Code) -> None:
    with pytest.raises(BadInput) as refused:
        read_new(line, READING)
    assert refused.value.code is code


def test_out_of_a_channel_the_group_is_asked_for() -> None:
    with pytest.raises(BadInput) as refused:
        read_new("One template", replace(READING, here=None))
    assert refused.value.code is Code.GROUP_WHICH
