"""The card of a deadline: what it waits for, how late that is, and what can be done."""

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.deadlines import Deadline, DeadlineId, Kind, Stage
from bot.domain.history import Change
from bot.domain.items import Move
from bot.domain.knock_on import Step
from bot.domain.model import Ref
from bot.domain.outbox import Message
from bot.views import deadlines, history
from bot.views.ids import Id
from tests.unit.screens import CHAIR, NOW, OWNER, TARGETS, WORLD, element, kept, labels, shown

DAY = date(2026, 12, 4)
LETTER = Deadline(
    DeadlineId(9), Ref("DL-9"), Kind.MILESTONE, "Letter", DAY, DAY, NOW, CHAIR, NOW,
    (TARGETS.key,), OWNER,
)  # fmt: skip


def card(one: Deadline, *needs: Step) -> Message:
    return kept(deadlines.detail(one, needs, DAY, WORLD, OWNER, NOW))


def test_it_says_how_late_that_is_what_it_waits_for() -> None:
    late = Step(Ref("PC-2"), NOW.date() - timedelta(days=4))
    ahead, done = Step(Ref("PC-3"), DAY), replace(late, ref=Ref("PC-4"), closed=True)
    text = card(LETTER, late, ahead, done).text
    assert "waiting for PC-2 (due Wed 18 Nov 2026, 4 days late), PC-3 (due Fri" in text
    assert "PC-4 (closed)" in text


def test_it_offers_what_brings_it_on_another_date_and_the_rest_in_a_menu() -> None:
    assert labels(card(LETTER))[:3] == ["Met", "New date", "All deadlines"]
    report = replace(LETTER, kind=Kind.DELIVERABLE, stage=Stage.DRAFT)
    assert labels(card(report)) == ["Submitted", "In review", "New date"]
    menu = element(card(report), Id.DEADLINE_MORE)
    assert [option["text"]["text"] for option in menu["options"]] == [
        *("Hand over", "Won't do", "History", "Stop this one"),
    ]
    met = replace(report, stage=Stage.MET, closed_at=NOW)
    assert labels(card(met)) == ["Reopen", "History", "All deadlines"]


def test_what_is_closed_is_not_late_but_says_when_it_was_closed() -> None:
    met = replace(LETTER, due=DAY - timedelta(days=80), stage=Stage.MET, closed_at=NOW)
    text = card(met).text
    assert "(met Sun 22 Nov 2026)" in text
    assert "late" not in text


def test_its_past_names_what_it_waits_for_and_keeps_the_case_of_days() -> None:
    moved = replace(LETTER, moves=(Move(DAY, DAY, OWNER, NOW, "Late"),), needs=(Ref("EM-3"),))
    change = Change(moved.ref, 2, NOW, CHAIR, "needs", "r", "EM-3", LETTER, moved)
    free = replace(change, before=moved, after=LETTER)
    said = shown(kept(history.history(moved, (change, free), WORLD, OWNER)))
    assert "said that it waits for EM-3" in said
    assert "said that it waits for nothing" in said
    assert "first promised Fri 4 Dec 2026" in said
