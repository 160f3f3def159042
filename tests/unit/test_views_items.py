"""The card, the details and the answers: what they say, and that Slack takes them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.history import Change
from bot.domain.items import Answer, Due, Item, ItemState, Move, Note, Source
from bot.domain.model import Ref
from bot.views import items as view
from bot.views.answers import assumptions
from bot.views.blocks import parse_value
from tests.unit.screens import (
    CHAIR,
    GIVER,
    NOW,
    OWNER,
    WORLD,
    action,
    element,
    given,
    kept,
    labels,
    shown,
)

VERBS = [
    "done", "drop", "reopen", "start", "block", "unblock", "give", "take", "accept", "decline",
    "move", "edit", "note", "mute", "tomorrow", "quiet", "unheard of",
]  # fmt: skip
ASKED = action(assignments=(given(OWNER, answer=Answer.ASKED),))
DONE = action(
    state=ItemState.DONE, evidence="https://x.example/a?b=1&c=2", closed_at=NOW, closed_by=OWNER
)


def menu(message: Any) -> list[str]:
    return [option["text"]["text"] for option in element(message, "item.more")["options"]]


def test_the_card_says_id_owner_text_date_group_and_state_in_one_sentence() -> None:
    card = kept(view.card(action(), WORLD, NOW))
    assert card.text == (
        "Action TR-14 for @targets-cochair: Send consent template v3, due Fri 4 Dec 2026, "
        "in Targets, open."
    )
    assert labels(card) == ["Mark done", "Need more time", "I'm blocked"]
    assert menu(card) == ["Hand over", "Edit", "Add a note", "Won't do", "History"]
    assert f"*Owner*\n<@{OWNER}>" in shown(card)
    assert "Added by @coordinator, Thu 12 Nov 2026" in shown(card)


def test_the_card_says_nothing_that_grows_old_and_no_lateness_beside_a_name() -> None:
    late = action(due=Due(date(2026, 11, 2)), updated_at=NOW)
    card = kept(view.card(late, WORLD, NOW))
    for word in (" late", "Overdue", " ago", "today"):
        assert word not in shown(card) + card.text


def test_a_card_without_an_owner_can_be_taken() -> None:
    card = kept(view.card(action(assignments=()), WORLD, NOW))
    assert "without an owner" in card.text
    assert labels(card)[0] == "I'll take it"


def test_a_card_nobody_has_confirmed_says_so_and_can_still_be_done() -> None:
    card = kept(view.card(ASKED, WORLD, NOW))
    assert "not confirmed" in card.text
    assert "⏳ Waiting: not confirmed by @targets-cochair" in shown(card)
    assert labels(card) == ["Accept", "Mark done", "Need more time"]


def test_a_done_card_says_who_when_and_with_what_and_can_be_reopened() -> None:
    card = kept(view.card(DONE, WORLD, NOW))
    assert card.text.endswith("in Targets, done.")
    assert "*TR-14* ~Send consent template v3~" in shown(card)
    assert "Closed by @targets-cochair, Sun 22 Nov 2026" in shown(card)
    assert "<https://x.example/a?b=1&amp;c=2|evidence>" in shown(card)
    assert labels(card) == ["Reopen"]


def test_a_dropped_card_says_why() -> None:
    dropped = action(state=ItemState.DROPPED, why="no <longer> needed", closed_at=NOW)
    card = kept(view.card(dropped, WORLD, NOW))
    assert "won't do" in card.text
    assert "Why not: no &lt;longer&gt; needed" in shown(card)


def test_a_blocked_card_says_why_and_offers_the_way_out() -> None:
    card = kept(view.card(action(state=ItemState.BLOCKED, why="no data yet"), WORLD, NOW))
    assert "Blocked: no data yet" in shown(card)
    assert "Not blocked any more" in labels(card)


def test_a_card_taken_back_has_no_buttons() -> None:
    card = kept(view.card(action(taken_back=True, state=ItemState.DROPPED), WORLD, NOW))
    assert card.text == "Action TR-14 was taken back: nothing to do."
    assert labels(card) == []


def test_a_card_is_honest_about_moves_source_and_what_it_waits_for() -> None:
    moved = action(
        first_due=date(2026, 11, 20),
        moves=(
            Move(date(2026, 11, 20), date(2026, 11, 27), OWNER, NOW),
            Move(date(2026, 11, 27), date(2026, 12, 4), OWNER, NOW),
        ),
        needs=(Ref("PC-2"),),
        source=Source(permalink="https://x.slack.com/archives/C0/p1"),
    )
    said = shown(kept(view.card(moved, WORLD, NOW)))
    assert "*Moved*\n2 times, +14 days, first promised Fri 20 Nov 2026" in said
    assert "*Waiting for*\nPC-2" in said
    assert "*From*\n<https://x.slack.com/archives/C0/p1|a message>" in said


def test_the_details_add_distance_notes_and_the_readers_own_date() -> None:
    item = action(notes=(Note(GIVER, NOW - timedelta(hours=2), "ask <legal>"),))
    detail = kept(view.detail(item, WORLD, CHAIR, NOW))
    assert "due Fri 4 Dec 2026 (in 12 days), in Targets" in detail.text
    assert "= Sat 5 Dec 2026 12:59 your time" in shown(detail)
    assert "@coordinator, 2 hours ago: ask &lt;legal&gt;" in shown(detail)


def test_the_details_let_who_was_asked_answer() -> None:
    assert labels(view.detail(ASKED, WORLD, OWNER, NOW)) == [
        "Accept", "Suggest another date", "Decline",
    ]  # fmt: skip
    assert labels(view.detail(ASKED, WORLD, GIVER, NOW))[1] == "Mark done"


def test_the_details_say_how_late_and_what_the_needed_ones_are() -> None:
    item = action(due=Due(date(2026, 11, 20)), needs=(Ref("TR-3"),))
    need = replace(item, ref=Ref("TR-3"), needs=(), state=ItemState.IN_PROGRESS)
    detail = kept(view.detail(item, WORLD, OWNER, NOW, (need,)))
    assert "2 days late" in detail.text
    assert "🔴 Overdue: Fri 20 Nov 2026 (2 days late)" in shown(detail)
    assert "TR-3 (in progress, due Fri 20 Nov 2026, 2 days late)" in shown(detail)


def test_what_was_added_is_told_with_all_that_was_taken_for_granted() -> None:
    notes = assumptions(owner_said=False, due_days=7)
    added = kept(view.added(action(), WORLD, NOW, notes, "cmd:1"))
    assert added.text == (
        "TR-14 added for @targets-cochair: Send consent template v3, due Fri 4 Dec 2026, "
        "in Targets. No owner said, so it is yours. No date said: the group's usual 7 days."
    )
    assert labels(added) == ["Undo", "Details", "Add another"]
    assert parse_value(element(added, "item.undo")["value"]).get("request") == "cmd:1"
    assert parse_value(element(added, "item.again")["value"]).get("group") == "targets"


def test_an_owner_who_must_be_asked_is_named_as_not_confirmed() -> None:
    added = kept(view.added(ASKED, WORLD, NOW))
    assert "Not confirmed yet: @targets-cochair will be asked." in added.text
    assert "Undo" not in labels(added)


def test_a_receipt_mentions_nobody_again() -> None:
    said = kept(view.receipt(ASKED, WORLD, NOW, (), "ev:1"))
    assert said.text.startswith("Recorded as TR-14 for @targets-cochair: Send consent")
    assert "<@" not in shown(said)


def test_a_message_captured_twice_is_told_its_id() -> None:
    said = kept(view.already_recorded(action(), WORLD, NOW))
    assert said.text.startswith("Already recorded as TR-14 for @targets-cochair")


@pytest.mark.parametrize(
    ("verb", "item", "start"),
    [
        ("done", DONE, "TR-14 is done: Send consent template v3 (@targets-cochair, due Fri 4 Dec"),
        ("drop", action(why="no money"), "TR-14 will not be done: Send consent"),
        ("reopen", action(), "TR-14 is open again"),
        ("start", action(), "TR-14 is in progress"),
        ("block", action(why="no data"), "TR-14 is blocked"),
        ("unblock", action(), "TR-14 is not blocked any more"),
        ("give", ASKED, "TR-14 is now with @targets-cochair"),
        ("take", action(), "TR-14 is yours now"),
        ("accept", action(), "You have accepted TR-14"),
        ("decline", action(), "You have declined TR-14, it is with @targets-cochair now"),
        ("edit", action("New words"), "TR-14 now reads: New words"),
        ("note", action(notes=(Note(OWNER, NOW, "half done"),)), "Noted on TR-14: half done."),
        ("mute", action(), "No more reminders to you about TR-14"),
        ("tomorrow", action(), "You hear of TR-14 again on your next working morning"),
    ],
)
def test_every_change_is_answered_with_id_owner_and_date(verb: str, item: Item, start: str) -> None:
    said = kept(view.changed(item, verb, WORLD, NOW, "cmd:1"))
    assert said.text.startswith(start)
    assert "due Fri 4 Dec 2026" in said.text
    assert labels(said) == ["Undo", "Details"]


def test_a_move_tells_the_old_date_the_count_and_the_first_promise() -> None:
    moved = action(
        first_due=date(2026, 11, 27),
        moves=(Move(date(2026, 11, 27), date(2026, 12, 4), OWNER, NOW, "scans are late"),),
    )
    said = kept(view.changed(moved, "move", WORLD, NOW, "cmd:1"))
    assert "TR-14 is now due Fri 4 Dec 2026, not Fri 27 Nov 2026" in said.text
    assert "moved once, +7 days, first promised Fri 27 Nov 2026" in said.text
    assert "Reason: scans are late." in said.text


def test_several_ids_are_answered_each_for_itself() -> None:
    done = view.line(DONE, "done", WORLD, NOW)
    said = kept(view.several((done, view.Line("I know no TR-99.", refused=True)), "cmd:1"))
    assert "TR-14 is done" in said.text
    assert "I know no TR-99." in said.text
    assert labels(said) == ["Undo"]


def test_nothing_can_be_undone_when_all_were_refused() -> None:
    said = kept(view.several((view.Line("I know no TR-99.", refused=True),), "cmd:1"))
    assert labels(said) == []


def test_undo_says_what_it_took_back() -> None:
    change = Change(Ref("TR-14"), 2, NOW, OWNER, "done", "cmd:1", "", action(), DONE)
    said = kept(view.undone((view.undone_line(change, WORLD),)))
    assert said.text.startswith("Taken back: closing of TR-14. It is open again, for @targets-co")
    fresh = replace(change, verb="add", before=None, after=action())
    assert view.undone_line(fresh, WORLD).words == (
        "Taken back: TR-14 was not added: Send consent template v3."
    )
