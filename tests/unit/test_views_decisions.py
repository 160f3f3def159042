"""Decisions on the screen: Slack takes them, their text says all, and nothing is cut in full."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given as trying
from hypothesis import settings
from hypothesis import strategies as st

from bot.domain.decisions import Decision, DecisionId, DecisionState, Objection
from bot.domain.model import Ref, UserId
from bot.views import decision_answers as answers
from bot.views import decisions as view
from bot.views.decisions import Offers
from bot.views.item_forms import Origin
from tests.unit.screens import CHAIR, GIVER, NOW, OWNER, TARGETS, WORLD, kept, kept_view, labels
from tests.unit.screens import shown as all_shown

EVERYTHING = Offers(objecting=True, settling=True, withdrawing=True)
RECORDED = Decision(
    *(DecisionId(1), Ref("DC-1"), TARGETS.key, "One template for all. It has two pages.", NOW),
    GIVER,
    review=date(2027, 2, 4),
)
PROPOSED = replace(RECORDED, state=DecisionState.PROPOSED, objections_by=date(2026, 12, 4))
OBJECTED = replace(
    PROPOSED,
    state=DecisionState.OBJECTED,
    objections=(Objection(OWNER, NOW, "Two pages are too few"),),
)
WITHDRAWN = replace(OBJECTED, state=DecisionState.WITHDRAWN, why="covered by DC-4")


@pytest.mark.parametrize(
    ("decision", "text", "buttons"),
    [
        (
            RECORDED,
            "Decided on Sun 22 Nov 2026, comes back on Thu 4 Feb 2027.",
            ["Details"],
        ),
        (
            PROPOSED,
            "Stands after Fri 4 Dec 2026 unless somebody objects by then,"
            " comes back on Thu 4 Feb 2027.",
            ["Object", "Details"],
        ),
        (
            OBJECTED,
            "Not adopted: 1 objection, the chair says how it goes on,"
            " comes back on Thu 4 Feb 2027.",
            ["Object", "Details"],
        ),
        (WITHDRAWN, "Withdrawn on Sun 22 Nov 2026: covered by DC-4.", ["Details"]),
    ],
)
def test_a_card_says_how_it_stands_and_offers_what_can_be_done(
    decision: Decision, text: str, buttons: list[str]
) -> None:
    card = kept(view.card(decision, WORLD))
    assert card.text == f"Decision DC-1: One template for all. {text}"
    assert labels(card) == buttons
    assert "It has two pages." in all_shown(card)


def test_what_the_reader_may_not_do_is_not_offered() -> None:
    def offered(decision: Decision, offers: Offers) -> list[str]:
        return labels(kept(view.detail(decision, WORLD, offers)))

    settling = ["Adopt anyway", "Withdraw", "New window"]
    assert offered(OBJECTED, EVERYTHING) == ["Object", *settling]
    assert offered(OBJECTED, Offers(withdrawing=True)) == ["Withdraw"]
    assert offered(OBJECTED, Offers()) == []
    assert offered(PROPOSED, EVERYTHING) == ["Object", "Withdraw"]
    assert offered(RECORDED, EVERYTHING) == offered(WITHDRAWN, EVERYTHING) == []
    assert labels(kept(answers.changed(OBJECTED, WORLD, EVERYTHING))) == settling
    chair, proposer = (answers.objected(OBJECTED, WORLD, minds=minds) for minds in (True, False))
    assert (labels(kept(chair)), labels(kept(proposer))) == (settling, ["Withdraw"])


def test_a_list_has_the_newest_first_and_says_how_many_older_there_are() -> None:
    many = [replace(RECORDED, ref=Ref(f"DC-{number}")) for number in range(1, 31)]
    listed = kept(view.listing([*many, replace(PROPOSED, ref=Ref("DC-31"))], WORLD, "Targets"))
    assert listed.text.startswith("Targets: 31 decisions, 1 not settled. DC-31: One template")
    assert "DC-7:" in listed.text
    assert "DC-6:" not in listed.text
    assert "And 6 older." in all_shown(listed)


@settings(max_examples=10, deadline=None)
@trying(st.text(min_size=1, max_size=3000))
def test_in_full_nothing_is_cut(text: str) -> None:
    words = " ".join(text.split()) + " &<>" * 100
    decision = replace(OBJECTED, text=words[:3000])
    whole = kept(view.detail(decision, WORLD, EVERYTHING))
    assert "…" not in all_shown(whole) or "…" in words
    for message in (
        view.card(decision, WORLD),
        view.listing([decision], WORLD, "Targets"),
        answers.answer(decision, WORLD, (), "r"),
        answers.proposed(replace(decision, state=DecisionState.PROPOSED), WORLD),
        answers.settled(decision, WORLD),
    ):
        kept(message)
    kept_view(answers.object_form(decision, Origin()))


def test_objections_are_told_with_who_and_why_and_only_the_latest_of_many() -> None:
    others = tuple(Objection(UserId(CHAIR), NOW, f"Reason {number}") for number in range(6))
    told = kept(view.detail(replace(OBJECTED, objections=others), WORLD, EVERYTHING))
    assert "@targets-chair objects: Reason 5" in told.text
    assert "Reason 0" not in told.text
