"""Why, and what comes next: in words that Slack takes, however much there is to tell."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given as trying
from hypothesis import settings
from hypothesis import strategies as st

from bot.domain.explanations import Fate, Held, Told
from bot.domain.history import Change
from bot.domain.items import Item, Quiet
from bot.domain.model import Ref, UserId
from bot.domain.outbox import Message
from bot.views import explanations as view
from bot.views.forecasts import Coming, preview
from tests.unit.screens import (
    CHAIR,
    GIVER,
    NOW,
    OWNER,
    TRIALS,
    WORLD,
    action,
    changes,
    given,
    items,
    kept,
    shown,
)

SENT = Told(Fate.SENT, OWNER, "remind", ("-2d",), NOW)
LINE = Message("EM-1, Draft it, is due Wed 25 Nov 2026, in 2 days.")


def said(told: Told, item: Item | None = None) -> str:
    return kept(view.why(item or action(), (told,), WORLD, OWNER, NOW)).text


def test_each_reminder_tells_when_to_whom_in_whose_zone_and_for_which_step() -> None:
    assert (
        "Sun 22 Nov 2026, 07:00 New York (UTC\u22125), to @targets-cochair (2 days before): sent."
    ) in said(SENT)


@pytest.mark.parametrize("fate", Fate)
def test_every_fate_has_its_words(fate: Fate) -> None:
    assert "(2 days before): " in said(replace(SENT, fate=fate))


@pytest.mark.parametrize(
    ("to", "who"),
    [(CHAIR, "chair"), (OWNER, "co-chair"), (GIVER, "coordinator")],
)
def test_a_step_of_the_ladder_says_after_how_long_and_for_whom(to: UserId, who: str) -> None:
    told = said(Told(Fate.SENT, to, "escalate", ("+10wd",), NOW))
    assert f"(+10 working days without a word: the {who}): sent." in told


@pytest.mark.parametrize("held", Held)
def test_every_reason_for_another_day_has_its_words(held: Held) -> None:
    day = date(2026, 11, 21)
    told = said(replace(SENT, rolled=day, off=held, meant=day, held=held))
    assert "(2 days before, from Sat 21 Nov 2026, " in told
    assert "; held back from Sat 21 Nov 2026, " in told


def test_what_was_taken_back_tells_by_whom_and_when() -> None:
    done = Change(Ref("TR-14"), 2, NOW, CHAIR, "done", "k", "", action(), action())
    gone = replace(SENT, fate=Fate.WITHDRAWN, because=done)
    assert "taken back, because it was done (@" in said(gone)
    assert "settings have changed" in said(replace(gone, because=None))
    assert "because they left the group" in said(replace(gone, because=None, why="left the group"))


def test_what_holds_for_all_that_is_to_come_is_told() -> None:
    muted = replace(action(), quiet=(Quiet(OWNER),))
    assert "@targets-cochair has muted it." in said(SENT, muted)
    assert "It has no owner" in said(SENT, replace(action(), assignments=()))
    assert "Nothing more is planned." in said(SENT)
    assert "This holds if nothing changes." in said(replace(SENT, fate=Fate.PLANNED))


def test_of_many_the_latest_are_told_and_the_others_counted() -> None:
    many = tuple(replace(SENT, at=NOW + timedelta(days=n)) for n in range(60))
    message = kept(view.why(action(), many, WORLD, OWNER, NOW))
    assert shown(message).count("(2 days before)") == view.SHOWN
    assert "60 reminders" in message.text
    assert "35 earlier ones not shown." in message.text


def test_what_counts_as_said_tells_on_which_day_or_that_its_time_was_over() -> None:
    counted = replace(SENT, fate=Fate.SAID_BEFORE, at=NOW + timedelta(days=2))
    assert "not sent, its time had passed when I began to remind them" in said(counted)
    both = kept(view.why(action(), (SENT, counted), WORLD, OWNER, NOW)).text
    assert "not sent, it was said on Sun 22 Nov 2026." in both
    other = kept(view.why(action(), (replace(SENT, to=CHAIR), counted), WORLD, OWNER, NOW)).text
    assert "its time had passed" in other


def test_what_is_ahead_comes_first_and_what_one_change_took_back_is_one_line() -> None:
    moved = Change(Ref("TR-14"), 2, NOW, CHAIR, "move", "k", "", action(), action())
    gone = replace(SENT, fate=Fate.WITHDRAWN, because=moved)
    step = Told(Fate.WITHDRAWN, GIVER, "remind", ("7d",), NOW, because=moved)
    ahead = replace(SENT, fate=Fate.PLANNED, at=NOW + timedelta(days=9))
    told = (gone, replace(gone, to=GIVER), step, SENT, ahead)
    rows = shown(kept(view.why(action(), told, WORLD, OWNER, NOW)))
    assert "3 reminders taken back, because its date was moved (@targets-chair" in rows
    assert "): 2 days before (Sun 22 Nov 2026), to @targets-cochair, @" in rows
    assert "; 7 days after (Sun 22 Nov 2026), to @" in rows
    assert rows.index("): planned") < rows.index("): sent") < rows.index("3 reminders")


def test_a_preview_tells_each_message_with_its_lines() -> None:
    coming = (Coming(NOW, (LINE, LINE), daily=True),)
    message = kept(preview(coming, (), None, OWNER, WORLD, NOW + timedelta(days=7)))
    assert message.text.startswith(
        "Until Sun 29 Nov 2026 I have 1 message for you, if nothing changes. "
        "Sun 22 Nov 2026, 07:00 New York (UTC\u22125): EM-1, Draft it, is due"
    )


def test_a_preview_of_nothing_says_so_for_the_channel_too() -> None:
    end = NOW + timedelta(days=7)
    message = kept(preview((), (), TRIALS, OWNER, WORLD, end))
    assert "I have nothing to say to you." in message.text
    assert "Nothing waits to be posted in the channel of" in message.text


def test_a_long_preview_counts_what_it_does_not_show() -> None:
    coming = tuple(Coming(NOW, (LINE,) * 7) for _ in range(9))
    message = kept(preview(coming, coming, TRIALS, OWNER, WORLD, NOW))
    assert shown(message).count("•") == 2 * view.SHOWN
    assert "And 38 lines more." in shown(message)


@trying(items(), changes(), st.sampled_from(Fate))
@settings(max_examples=30, deadline=None)
def test_every_explanation_is_taken_by_slack(item: Item, change: Change, fate: Fate) -> None:
    told = (replace(SENT, fate=fate, because=change, why="channel_not_found"),)
    kept(view.why(item, told, WORLD, CHAIR, NOW))
    kept(view.why(replace(item, assignments=(given(OWNER),)), told, WORLD, CHAIR, NOW))
