"""What a chair and a coordinator read of something that stays overdue."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given as trying
from hypothesis import settings

from bot.domain.deadlines import Deadline, DeadlineId, Kind
from bot.domain.items import Due, Item, ItemState, Note
from bot.domain.model import Ref
from bot.domain.outbox import Message
from bot.views import escalations as view
from bot.views import notices
from tests.unit.screens import (
    CHAIR,
    GIVER,
    NOW,
    OWNER,
    TARGETS,
    WORLD,
    action,
    element,
    items,
    kept,
    labels,
    shown,
)

LATE = action(due=Due(date(2026, 11, 6)), first_due=date(2026, 11, 6))
FRIDAY = datetime(2026, 11, 20, 12, tzinfo=UTC)


def read(item: Item, told: view.Told = ()) -> Message:
    return kept(view.action(item, CHAIR, WORLD, NOW, told))


def test_a_chair_reads_whose_it_is_how_late_and_what_can_be_done() -> None:
    said = read(LATE)
    assert said.text == (
        "TR-14, Send consent template v3, was due Fri 6 Nov 2026, 16 days late, for "
        "@targets-cochair, in Targets. No word since it was due."
    )
    assert "🔴 Overdue: was due Fri 6 Nov 2026 (16 days late) · Targets" in shown(said)
    assert labels(said) == ["Hand over", "Change date", "Drop"]
    assert "digest" not in shown(said)
    assert "again only if somebody says a word or moves the date" in shown(said)
    options = element(said, "item.more")["options"]
    assert [one["text"]["text"] for one in options] == ["Mark done", "Details", "History"]


def test_the_last_word_of_an_owner_is_told_with_its_day() -> None:
    words = [Note(OWNER, FRIDAY, "Scans <late>. "), Note(GIVER, NOW, "Any news?")]
    said = read(replace(LATE, notes=tuple(words)))
    assert "Last word (Sat 21 Nov 2026): Scans &lt;late&gt;." in shown(said)  # in Auckland
    assert "No word" not in shown(said)
    assert "Any news" not in shown(said)
    going = replace(LATE, state=ItemState.IN_PROGRESS, state_since=FRIDAY - timedelta(days=2))
    assert "in progress since Thu 19 Nov 2026" in read(going).text
    assert "No word" not in shown(read(going))


def test_a_coordinator_reads_who_was_told_before_and_when() -> None:
    said = kept(view.action(LATE, GIVER, WORLD, NOW, ((CHAIR, FRIDAY), (GIVER, NOW))))
    assert "I told @targets-chair on Fri 20 Nov 2026. I told you on Sun 22 Nov" in shown(said)


def test_what_is_closed_meanwhile_offers_nothing() -> None:
    assert labels(read(replace(LATE, state=ItemState.DONE))) == []


def test_a_deadline_reads_alike() -> None:
    due = date(2026, 11, 6)
    deadline = Deadline(
        DeadlineId(4), Ref("DL-4"), Kind.MILESTONE, "Protocol agreed", due, due, NOW, GIVER, NOW,
        groups=(TARGETS.key,), owner=OWNER,
    )  # fmt: skip
    said = kept(view.deadline(deadline, CHAIR, WORLD, NOW))
    assert said.text.startswith(
        "DL-4, Protocol agreed, was due Fri 6 Nov 2026, 16 days late, for @targets-cochair, in T"
    )


@settings(max_examples=15, deadline=None)
@trying(items())
def test_every_word_is_taken_by_slack_alone_and_in_the_message_of_the_day(item: Item) -> None:
    line = view.action(item, CHAIR, WORLD, NOW, ((OWNER, FRIDAY),))
    kept(notices.bundle((line, line)))
