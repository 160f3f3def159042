from datetime import date, time, timedelta

import pytest
from hypothesis import given as trying
from hypothesis import settings
from hypothesis import strategies as st

from bot.domain.history import Change
from bot.domain.items import Due, Item
from bot.domain.model import Ref
from bot.views import items as view
from bot.views.blocks import parse_value
from bot.views.dates import date_notes, due_words, due_yours, relative
from tests.unit.screens import (
    CHAIR,
    GIVER,
    NOW,
    OTHERS,
    OWNER,
    TRIALS,
    WORLD,
    action,
    as_list,
    changes,
    element,
    given,
    items,
    kept,
    shown,
    texts,
)
from tests.unit.test_views_items import VERBS


def test_the_history_tells_who_when_and_what() -> None:
    moved = Change(
        Ref("TR-14"), 2, NOW, OWNER, "move", "k", "scans are late",
        action(due=Due(date(2026, 11, 27))), action(),
    )  # fmt: skip
    added = Change(Ref("TR-14"), 1, NOW - timedelta(days=3), GIVER, "add", "k", "", None, action())
    said = kept(view.history(action(), (added, moved), WORLD, GIVER))
    assert said.text == (
        "History of TR-14, Send consent template v3: 2 changes. "
        "Thu 19 Nov 2026 @coordinator added it. Sun 22 Nov 2026 @targets-cochair moved it from "
        "Fri 27 Nov 2026 to Fri 4 Dec 2026 because scans are late."
    )
    assert "<!date^" in shown(said)


@trying(items(), items())
@settings(max_examples=40, deadline=None)
def test_every_card_and_detail_is_taken_by_slack(item: Item, need: Item) -> None:
    kept(view.card(item, WORLD, NOW))
    for viewer in (OWNER, GIVER, CHAIR):
        kept(view.detail(item, WORLD, viewer, NOW, (need,)))


@trying(items(), st.sampled_from(VERBS), texts)
@settings(max_examples=40, deadline=None)
def test_every_answer_is_taken_by_slack(item: Item, verb: str, words: str) -> None:
    kept(view.added(item, WORLD, NOW, (words,), "cmd:1"))
    kept(view.receipt(item, WORLD, NOW, (words,), "cmd:1"))
    kept(view.already_recorded(item, WORLD, NOW))
    kept(view.changed(item, verb, WORLD, NOW, "cmd:1", words))
    kept(view.several((view.line(item, verb, WORLD, NOW, words),) * 60, "cmd:1"))


@trying(items(7), st.lists(changes(), max_size=40))
@settings(max_examples=25, deadline=None)
def test_every_history_is_taken_by_slack(item: Item, made: list[Change]) -> None:
    kept(view.history(item, tuple(made), WORLD, OWNER))
    kept(
        view.undone(
            tuple(view.undone_line(change, WORLD) for change in made[:20])
            or (view.Line("Nothing."),)
        )
    )


def test_a_card_mentions_at_most_five_people() -> None:
    crowd = action(assignments=tuple(given(user) for user in OTHERS))
    assert shown(kept(view.card(crowd, WORLD, NOW))).count("<@") == 3


def test_an_action_of_an_unknown_group_still_shows() -> None:
    assert "TR-14" in kept(view.card(action(group="gone"), WORLD, NOW)).text
    assert "in Trials" in view.card(action(group=TRIALS.key), WORLD, NOW).text


def test_a_due_time_has_its_city_and_offset_and_no_abbreviation() -> None:
    due = Due(date(2026, 11, 19), time(17), "America/New_York")
    assert due_words(due, "Europe/London") == "Thu 19 Nov 2026, 17:00 New York (UTC\u22125)"
    assert due_words(Due(date(2026, 6, 1), time(9), "Asia/Kolkata"), "UTC") == (
        "Mon 1 Jun 2026, 09:00 Kolkata (UTC+5:30)"
    )


def test_the_readers_own_date_is_said_only_where_it_differs() -> None:
    due = Due(date(2026, 12, 4))
    assert due_yours(due, "Europe/London", "Europe/London") == ""
    assert due_yours(due, "Europe/London", "America/New_York") == ""
    assert due_yours(due, "Europe/London", "Australia/Sydney") == "= Sat 5 Dec 2026 10:59 your time"
    assert due_yours(due, "Europe/London", "Europe/Rome") == ""


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "tomorrow"), (3, "in 3 days"), (-1, "1 day late"), (-2, "2 days late")],
)
def test_distances_are_in_calendar_days(days: int, words: str) -> None:
    assert relative(date(2026, 11, 22) + timedelta(days), date(2026, 11, 22)) == words


def test_a_date_that_was_guessed_is_explained() -> None:
    assert date_notes(Due(date(2027, 10, 24)), ("next-year", "weekend")) == (
        "24 Oct has passed this year, taken as next year.",
        "Sun 24 Oct 2027 is a Sunday.",
    )


def test_options_carry_the_verb_and_the_version() -> None:
    card = view.card(action(version=7), WORLD, NOW)
    options = as_list(element(card, "item.more")["options"])
    said = [parse_value(option["value"]) for option in options]
    assert [one.get("do") for one in said] == ["give", "edit", "note", "drop", "history"]
    assert {(one.ref, one.version) for one in said} == {("TR-14", 7)}
