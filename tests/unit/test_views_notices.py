"""Reminders, questions and what givers and chairs hear, alone and as the one message of a day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as trying
from hypothesis import settings
from hypothesis import strategies as st

from bot.domain.items import Answer, Due, Item, ItemState, Move
from bot.domain.model import Ref
from bot.domain.outbox import Message
from bot.views import notices as view
from bot.views import unfinished
from tests.unit.screens import (
    NOW,
    OWNER,
    WORLD,
    action,
    element,
    given,
    items,
    kept,
    labels,
    shown,
    texts,
)

LATE = action(due=Due(date(2026, 11, 20)))
ASKED = action(assignments=(given(OWNER, answer=Answer.ASKED),))
STEPS = ["-28d", "-7d", "-2d", "0d", "1d", "+1d", "7d", "+7d", "ask", "again", "odd"]


def line(item: Item, step: str) -> Message:
    return kept(view.reminder_line(item, step, WORLD, OWNER, NOW))


def menu(said: Message) -> list[str]:
    return [option["text"]["text"] for option in element(said, "item.more")["options"]]


def test_a_reminder_says_id_text_date_and_distance() -> None:
    said = line(action(), "-2d")
    assert said.text == "TR-14, Send consent template v3, is due Fri 4 Dec 2026, in 12 days."
    assert labels(said) == ["Mark done", "Need more time", "I'm blocked"]
    assert menu(said) == ["Hand over", "Details", "Remind me tomorrow", "Stop this one"]
    assert "asked by @coordinator · Targets" in shown(said)


def test_a_late_one_says_how_late() -> None:
    said = line(LATE, "1d")
    assert "was due Fri 20 Nov 2026, 2 days late" in said.text
    assert "🔴 Overdue: was due Fri 20 Nov 2026 (2 days late)" in shown(said)


def test_of_a_late_one_its_owner_can_say_that_they_are_on_it() -> None:
    assert menu(line(LATE, "1d"))[0] == "I'm on it"
    assert menu(line(LATE, "7d"))[:2] == ["Mark done", "I'm on it"]


def test_a_blocked_one_goes_on_in_other_words() -> None:
    said = line(action(state=ItemState.BLOCKED, why="no <data>"), "0d")
    assert "is blocked (no \u2039data\u203a) and is due" in said.text
    assert "⏳ Waiting: blocked: no &lt;data&gt;. Still so?" in shown(said)
    assert "Not blocked any more" in labels(said)


def test_after_a_week_it_asks_once_whether_it_is_still_right() -> None:
    said = line(LATE, "7d")
    assert said.text.endswith("is this still right?")
    assert labels(said) == ["Keep, new date", "Hand over", "Drop"]
    assert "I will not ask again" in shown(said)


def test_who_was_given_something_is_asked_by_name() -> None:
    said = line(ASKED, "ask")
    assert "@coordinator asks you to take it on, due Fri 4 Dec 2026" in said.text
    assert labels(said) == ["Accept", "Suggest another date", "Decline"]


def test_a_moved_one_is_reminded_of_with_its_history() -> None:
    moved = action(
        first_due=date(2026, 11, 20), moves=(Move(date(2026, 11, 20), NOW.date(), OWNER, NOW),)
    )
    assert "Moved once, +14 days, first promised Fri 20 Nov 2026" in shown(line(moved, "0d"))


def test_a_day_has_one_message_that_names_every_action_with_its_date() -> None:
    found = tuple(line(action(ref=Ref(f"TR-{n}")), "0d") for n in range(1, 9))
    said = kept(view.bundle(found))
    assert said.text.startswith("Reminder: eight of your actions need attention. TR-1, Send")
    for number in range(1, 9):
        assert f"TR-{number}, Send consent template v3, is due Fri 4 Dec 2026" in said.text
    assert "*TR-5*" in shown(said)
    assert "*TR-6*" not in shown(said)
    assert labels(said)[-1] == "Open my list"
    assert "And 3 more.\n• TR-6, Send consent template v3, is due Fri 4 Dec 2026" in shown(said)


def test_a_menu_is_spoken_of_only_where_there_is_one() -> None:
    menu_, none = line(action(), "0d"), view.unanswered(ASKED, OWNER, WORLD, NOW)
    none = replace(none, blocks=none.blocks[:1])
    assert shown(view.bundle((menu_,))).endswith("To stop one, use its menu.")
    assert shown(view.bundle((none,))).endswith("on your working mornings.")
    assert shown(view.bundle((menu_, none))).endswith("To stop one that has a menu, use its menu.")


@pytest.mark.parametrize(
    ("found", "head"),
    [
        ((line(action(), "0d"),), "Reminder: one of your actions needs attention."),
        ((line(ASKED, "ask"),), "Reminder: one action waits for your answer."),
        (
            (line(action(), "0d"), view.unanswered(ASKED, OWNER, WORLD, NOW)),
            "Reminder: two actions need your attention.",
        ),
        (
            (view.settled_line(action(), "done", OWNER, WORLD, NOW),),
            "Reminder: nothing is left to do here.",
        ),
    ],
)
def test_the_head_counts_what_still_waits(found: tuple[Message, ...], head: str) -> None:
    said = kept(view.bundle(found))
    assert said.text.startswith(head)
    assert "Reminders come in at most one message a day" in shown(said)


def test_the_same_action_twice_in_a_message_is_still_taken() -> None:
    one = line(action(), "0d")
    assert "two of your actions" in kept(view.bundle((one, one))).text


def test_a_late_message_says_so() -> None:
    was = datetime(2026, 11, 19, 9, tzinfo=ZoneInfo("Europe/London"))
    late = view.late_words(was)
    assert late == "Delayed: was due Thu 19 Nov 09:00"
    said = kept(view.bundle((line(action(), "0d"),), late))
    assert "Delayed: was due Thu 19 Nov 09:00." in said.text
    assert "Delayed: was due Thu 19 Nov 09:00." in shown(said)


def test_a_late_message_says_since_when_the_bot_was_away() -> None:
    was = datetime(2026, 11, 19, 9, tzinfo=UTC)
    same_day = (was - timedelta(minutes=20), was + timedelta(minutes=75))
    assert view.late_words(was, same_day).endswith("(I was offline 08:40 to 10:15)")
    longer = (was - timedelta(days=1), was + timedelta(days=2))
    assert view.late_words(was, longer).endswith(
        "(I was offline Wed 18 Nov 09:00 to Sat 21 Nov 09:00)"
    )


def test_a_click_leaves_who_did_what_and_when() -> None:
    done = action(state=ItemState.DONE, closed_by=OWNER, closed_at=NOW, updated_at=NOW)
    said = kept(view.settled_line(done, "done", OWNER, WORLD, NOW, "act:1"))
    assert said.text == (
        "TR-14, Send consent template v3: ✅ Done by @targets-cochair, Sun 22 Nov 2026."
    )
    assert "✅ Done by @targets-cochair, Sun 22 Nov 2026" in shown(said)
    assert element(said, "item.undo")["text"]["text"] == "Undo"
    assert labels(said) == []


def test_what_is_begun_or_blocked_when_late_is_still_to_be_done() -> None:
    late = action(due=Due(date(2026, 11, 20)), updated_at=NOW)
    begun = replace(late, state=ItemState.IN_PROGRESS)
    part = unfinished.still_open(begun, "start", OWNER, WORLD, NOW, "act:1", own=True)
    said = kept(view.bundle((part,)))
    assert said.text.startswith("Reminder: one of your actions needs attention.")
    assert (
        "In progress, said by @targets-cochair, Sun 22 Nov 2026; still overdue since"
        " Fri 20 Nov 2026 (2 days late)" in said.text
    )
    assert "🔴 Overdue: was due Fri 20 Nov 2026 (2 days late)" in shown(said)
    assert labels(said) == ["Mark done", "Need more time"]
    waits = replace(late, state=ItemState.BLOCKED, why="no <scans>")
    part = unfinished.still_open(waits, "block", OWNER, WORLD, NOW, "act:1", own=False)
    said = kept(view.bundle((part,)))
    assert "⏳ Waiting: set to blocked by @targets-cochair, Sun 22 Nov 2026: no &lt;" in shown(said)
    assert labels(said) == ["Hand over", "Change date", "Drop"]


def test_after_a_move_the_new_date_stands_there() -> None:
    said = kept(view.settled_line(action(), "move", OWNER, WORLD, NOW))
    assert "now due Fri 4 Dec 2026" in said.text
    assert "Mark done" in menu(said)


def test_the_giver_hears_of_a_no_with_its_reason() -> None:
    said = kept(view.declined(action(), OWNER, "I am <away>", WORLD, NOW))
    assert "was declined by @targets-cochair (I am \u2039away\u203a), due Fri 4 Dec" in said.text
    assert "It is yours again." in shown(said)
    orphan = view.declined(action(assignments=()), OWNER, "no", WORLD, NOW)
    assert "It needs an owner." in shown(orphan)


def test_the_giver_hears_of_silence_and_of_a_yes() -> None:
    silent = kept(view.unanswered(ASKED, OWNER, WORLD, NOW))
    assert "@targets-cochair has not answered yet, due Fri 4 Dec 2026" in silent.text
    assert "has not answered since Fri 20 Nov 2026" in shown(silent)
    assert "has accepted it" in kept(view.given(action(), OWNER, WORLD, NOW)).text


@trying(
    st.lists(st.tuples(items(), st.sampled_from(STEPS)), min_size=1, max_size=12),
    st.none() | texts,
)
@settings(max_examples=25, deadline=None)
def test_every_days_message_is_taken_by_slack(
    found: list[tuple[Item, str]], late: str | None
) -> None:
    kept(view.bundle(tuple(line(item, step) for item, step in found), late))


@trying(items(), texts, st.sampled_from(["done", "drop", "move", "note", "undo", "odd"]))
@settings(max_examples=40, deadline=None)
def test_every_word_to_givers_and_chairs_is_taken_by_slack(
    item: Item, words: str, verb: str
) -> None:
    said = (
        view.given(item, OWNER, WORLD, NOW),
        view.declined(item, OWNER, words, WORLD, NOW),
        view.unanswered(item, OWNER, WORLD, NOW),
        view.settled_line(item, verb, OWNER, WORLD, NOW, "act:1"),
    )
    for one in said:
        kept(one)
    kept(view.bundle(said))
