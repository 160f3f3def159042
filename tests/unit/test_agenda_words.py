"""Agendas as people type them: the meeting, the verb, the topic with its time, owner and paper."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.agendas import Edits, Purpose
from bot.domain.model import Group, GroupKey, Membership, Person, Programme, Role, UserId, World
from bot.errors import BadInput, Code
from bot.handlers.agenda_words import Verb, read_agenda, read_topic
from bot.handlers.reading import Reading

MODELS = GroupKey("models")
CHAIR = Person(UserId("U0CHAIR01"), "Models chair", "models-chair", zone="Europe/Amsterdam")
WORLD = World(
    Programme("Test", "Europe/London"),
    groups={MODELS: Group(MODELS, "EM", "Models", "Models", zone="Europe/London")},
    people={CHAIR.user: CHAIR},
    memberships=(Membership(CHAIR.user, MODELS, Role.CHAIR),),
)
READING = Reading(datetime(2012, 11, 26, 9, tzinfo=UTC), CHAIR, WORLD)


def test_journey_9_is_read_as_it_is_typed() -> None:
    said = read_agenda(
        "add Shared protocol 10 min decide <https://example.org/p?a=1&amp;b=2|the draft>", READING
    )
    assert (said.verb, said.ref) == (Verb.ADD, None)
    assert said.said == Edits(
        "Shared protocol", 10, None, Purpose.DECIDE, "https://example.org/p?a=1&b=2"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "add MT-15 Budget",
        "MT-15 add Budget",
        "mt15 add Budget",
        "add MT-15: Budget",
        "add Budget for MT-15",
        "add Budget to mt 15.",
        "propose MT-15 Budget",
    ],
)
def test_the_meeting_stands_wherever_it_makes_sense(typed: str) -> None:
    said = read_agenda(typed, READING)
    assert (said.verb, said.ref, said.said) == (Verb.ADD, "MT-15", Edits("Budget"))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Budget", Edits("Budget")),
        ("Budget 10 min", Edits("Budget", 10)),
        ("Budget, for 10 minutes, inform", Edits("Budget", 10, None, Purpose.INFORM)),
        ("Budget to discuss (15 min)", Edits("Budget", 15, None, Purpose.DISCUSS)),
        ("Budget decide 1h @models-chair", Edits("Budget", 60, CHAIR.user, Purpose.DECIDE)),
        (f"<@{CHAIR.user}> Budget 5m", Edits("Budget", 5, CHAIR.user)),
        ("The 3 min walk test 10 min", Edits("The 3 min walk test", 10)),
        ("What we decide next", Edits("What we decide next")),
        ("<https://example.org/a|The draft>", Edits("The draft", link="https://example.org/a")),
        ("Draft https://example.org/a.", Edits("Draft", link="https://example.org/a")),
        (
            "Draft 5 min &lt;https://example.org/a&gt;",
            Edits("Draft", 5, link="https://example.org/a"),
        ),
        ("R&amp;D &lt;5", Edits("R&D <5")),
        ("Budget 0 min", Edits("Budget", 0)),
        ("10 min", Edits(None, 10)),
        ("", Edits()),
    ],
)
def test_what_a_topic_carries_is_taken_from_its_end(typed: str, expected: Edits) -> None:
    assert read_topic(typed, READING) == expected


@pytest.mark.parametrize(
    ("typed", "verb", "ref", "numbers"),
    [
        ("", Verb.SHOW, None, ()),
        ("MT-15", Verb.SHOW, "MT-15", ()),
        ("show MT-15", Verb.SHOW, "MT-15", ()),
        ("drop MT-15 3", Verb.DROP, "MT-15", (3,)),
        ("drop #3.", Verb.DROP, None, (3,)),
        ("remove MT-15 3", Verb.DROP, "MT-15", (3,)),
        ("order MT-15 3,1,2", Verb.ORDER, "MT-15", (3, 1, 2)),
        ("MT-15 order 3 1 and 2", Verb.ORDER, "MT-15", (3, 1, 2)),
        ("order MT-15", Verb.ORDER, "MT-15", ()),
        ("carry MT-15 2", Verb.CARRY, "MT-15", (2,)),
        ("edit MT-15 2 Budget", Verb.EDIT, "MT-15", (2,)),
        ("edit 2 15 min", Verb.EDIT, None, (2,)),
        ("draft MT-15!", Verb.DRAFT, "MT-15", ()),
        ("MT-15 post", Verb.POST, "MT-15", ()),
    ],
)
def test_every_verb_takes_its_meeting_and_numbers(
    typed: str, verb: Verb, ref: str | None, numbers: tuple[int, ...]
) -> None:
    said = read_agenda(typed, READING)
    assert (said.verb, said.ref, said.numbers) == (verb, ref, numbers)


def test_an_agenda_may_be_a_groups_a_page_or_a_file() -> None:
    assert read_agenda("models", READING).group == WORLD.groups[MODELS]
    here = replace(READING, here=WORLD.groups[MODELS])
    assert read_agenda("", here).group == WORLD.groups[MODELS]
    assert read_agenda("MT-15 page 2", READING).page == 2
    assert read_agenda("MT-15 as markdown", READING).as_file
    assert not read_agenda("MT-15", READING).as_file


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("wherever", Code.WRONG_WORDS),
        ("MT-15 wherever", Code.WRONG_WORDS),
        ("drop MT-15", Code.WRONG_WORDS),
        ("drop MT-15 first", Code.WRONG_WORDS),
        ("drop MT-15 1 2", Code.WRONG_WORDS),
        ("edit MT-15 Budget", Code.WRONG_WORDS),
        ("order MT-15 3,-1", Code.WRONG_WORDS),
        ("order MT-15 all", Code.WRONG_WORDS),
        ("post MT-15 now", Code.WRONG_WORDS),
        ("add Budget @nobody", Code.PERSON_UNKNOWN),
        (f"add Budget @models-chair and <@{UserId('U0OTHER01')}>", Code.AGENDA_ONE_OWNER),
    ],
)
def test_what_cannot_be_read_is_refused_with_how_it_goes(typed: str, code: Code) -> None:
    with pytest.raises(BadInput) as refused:
        read_agenda(typed, READING)
    assert refused.value.code is code
    if code is Code.WRONG_WORDS:
        assert refused.value.facts["usage"]
