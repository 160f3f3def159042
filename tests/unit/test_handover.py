"""Whom an action that was left behind might suit, and what the form for it shows."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.domain.charge import in_charge
from bot.domain.departures import Departure, DepartureId, Left, Why, suggestion
from bot.domain.items import Due, Item
from bot.domain.model import (
    Group,
    GroupKey,
    ItemId,
    Membership,
    Person,
    Programme,
    Ref,
    Role,
    UserId,
    World,
)
from bot.errors import UserError
from bot.handlers.handovers import HandoverSaid, read_handover
from bot.handlers.reading import Reading
from bot.views import handovers as view
from bot.views.blocks import parse_value
from bot.views.item_forms import Origin
from tests.unit.screens import kept

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()
KEY = GroupKey("trials")
LEFT, FIRST, SECOND, THIRD = (UserId(f"U0PERSON{n}") for n in range(4))
PEOPLE = {
    user: Person(user, f"Person {n}", f"person{n}")
    for n, user in enumerate((LEFT, FIRST, SECOND, THIRD))
}
GROUP = Group(KEY, "PC", "Trials", "Clinical Trials")
WORLD = World(
    Programme("Test", "Europe/London"),
    {KEY: GROUP},
    PEOPLE,
    (Membership(FIRST, KEY, Role.CHAIR), Membership(SECOND, KEY, Role.COCHAIR)),
)
SIMPLE = Departure(DepartureId(7), LEFT, KEY, NOW, Why.CHANNEL)


def items(number: int) -> tuple[Item, ...]:
    due = Due(date(2026, 12, 4))
    return tuple(
        Item(ItemId(n), Ref(f"PC-{n}"), KEY, f"Draft {n}", due, due.day, NOW, LEFT, NOW)
        for n in range(1, number + 1)
    )


def suggested(*earlier: UserId, load: dict[UserId, int] | None = None, **changes: object) -> object:
    people = [
        replace(person, **changes) if changes and person.user == FIRST else person  # type: ignore[arg-type]  # the changes are named by each test
        for person in PEOPLE.values()
    ]
    return suggestion(earlier, people, LEFT, load or {}, TODAY)


def test_who_had_it_before_comes_first_and_never_who_left() -> None:
    assert suggested(LEFT, THIRD, FIRST) == THIRD


def test_else_who_has_the_fewest_open_actions() -> None:
    assert suggested(LEFT, load={FIRST: 3, SECOND: 1, THIRD: 2}) == SECOND


@pytest.mark.parametrize(
    "state",
    [{"left": True}, {"bot": True}, {"guest": True}, {"away_until": date(2026, 11, 30)}],
    ids=str,
)
def test_never_who_cannot_take_it(state: dict[str, object]) -> None:
    assert suggested(FIRST, THIRD, load={SECOND: 5}, **state) == THIRD


def test_on_the_first_day_back_one_may_be_suggested() -> None:
    assert suggested(FIRST, away_until=TODAY) == FIRST


def test_who_takes_a_person_out_can_hand_over_at_once_what_waits() -> None:
    waits = (
        Left(SIMPLE, GROUP, items(2), (Role.CHAIR,)),
        Left(replace(SIMPLE, id=DepartureId(8)), GROUP, items(1)),
    )
    said = kept(view.removed(LEFT, (GROUP,), waits, WORLD))
    assert said.text == (
        "@person0 has no role in Trials any more. Trials: 2 open actions need an owner;"
        " the chair's role is free. Trials has no chair now: please name one."
        " Trials: 1 open action needs an owner."
    )
    ways = [block["accessory"] for block in said.blocks if "accessory" in block]
    pressed = [way for way in ways if isinstance(way, dict)]
    assert [(way["action_id"], parse_value(way["value"]).ref) for way in pressed] == [
        ("handover.open", "7"),
        ("handover.open", "8"),
    ]


def test_where_nothing_waits_there_is_nothing_to_press() -> None:
    said = kept(view.removed(LEFT, (GROUP,) * 30, (), WORLD, programme=(Role.STEERING,)))
    assert len(said.blocks) == 1
    assert said.text.endswith(
        "Trials and Trials any more, and is no longer a member of the steering committee."
    )


def test_nobody_there_nobody_suggested() -> None:
    assert suggestion((FIRST,), [], LEFT, {}, TODAY) is None


def test_a_chair_who_is_away_is_stood_in_for() -> None:
    people = PEOPLE | {FIRST: replace(PEOPLE[FIRST], away_until=date(2026, 12, 1))}
    assert in_charge(replace(WORLD, people=people), KEY, NOW) == (SECOND,)
    assert in_charge(WORLD, KEY, NOW) == (FIRST,)
    assert in_charge(WORLD, KEY, NOW, but=FIRST) == (SECOND,)
    assert in_charge(replace(WORLD, people=people), KEY, NOW, but=SECOND) == (FIRST,)


def blocks(left: Left) -> list[dict[str, Any]]:
    form = view.form(left, (FIRST, SECOND), {Ref("PC-1"): SECOND}, WORLD, Origin())
    found: Any = form.payload["blocks"]
    return list(found)


def test_the_form_starts_with_what_is_suggested_and_offers_one_for_all() -> None:
    shown = blocks(Left(SIMPLE, GROUP, items(2), (Role.CHAIR,)))
    ids = [block["block_id"] for block in shown if block["type"] == "input"]
    assert ids == ["give#PC-1", "give#PC-2", "owner", "holder#chair"]
    first = next(block for block in shown if block["block_id"] == "give#PC-1")
    assert first["element"]["initial_option"]["value"] == SECOND


def test_of_many_the_first_twenty_are_shown_and_how_many_remain() -> None:
    shown = blocks(Left(SIMPLE, GROUP, items(23)))
    assert sum(block["block_id"].startswith("give#") for block in shown) == 20
    assert "3 more actions not shown" in str(shown)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", HandoverSaid()),
        ("@person0", HandoverSaid(LEFT)),
        ("@person0 to @person1", HandoverSaid(LEFT, FIRST)),
        ("@person0 to @person1 in trials", HandoverSaid(LEFT, FIRST, GROUP)),
        ("@person0 @person1 dry run", HandoverSaid(LEFT, FIRST, dry=True)),
        (
            "from @person0 to @person1 in Trials, dry-run.",
            HandoverSaid(LEFT, FIRST, GROUP, dry=True),
        ),
        ("in trials", HandoverSaid(group=GROUP)),
        ("@person0 to @person0", HandoverSaid(LEFT, LEFT)),
        ("@person0 to", HandoverSaid(LEFT)),
    ],
)
def test_the_words_may_come_as_people_type_them(typed: str, said: HandoverSaid) -> None:
    assert read_handover(typed, Reading(NOW, PEOPLE[FIRST], WORLD)) == said


@pytest.mark.parametrize(
    "typed", ["everything", "@person0 to @person1 @person2", "@person0 dry run", "in nowhere"]
)
def test_what_cannot_be_read_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        read_handover(typed, Reading(NOW, PEOPLE[FIRST], WORLD))


def test_the_form_never_outgrows_what_slack_takes_and_words_reach_the_others() -> None:
    many = {
        user: Person(user, f"{n} {'é' * 90}", f"p{n}")
        for n, user in enumerate(UserId(f"U{n:010}") for n in range(300))
    }
    world = replace(WORLD, people=PEOPLE | many)
    left = Left(SIMPLE, GROUP, items(60), (Role.CHAIR, Role.COCHAIR))
    form = view.form(left, tuple(many), {}, world, Origin())
    assert len(json.dumps(form.payload)) < 250_000
    assert "type handover @person0 to @other" in str(form.payload)
    small = view.form(left, (FIRST, SECOND), {}, WORLD, Origin())
    assert "type handover" not in str(small.payload)
