"""Delivery: once, in order, paced, bundled, at an hour that suits, and honest about the rest."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from bot.domain.items import Quiet
from bot.domain.model import ChannelId, Ref
from bot.domain.outbox import Message, Outgoing, Sent, State
from bot.errors import DeliveryError, Halted, NotAllowed, Refused, TryAgain, Unknown
from bot.services import items, reports
from bot.services.delivery import PACE, Delivery, Posted
from bot.views.health import health
from bot.world import is_holiday
from tests.services.conftest import CHAIR, COCHAIR, COORDINATOR, MEMBER, MODELS_CHANNEL, Office


@dataclass
class Slack:
    """Takes what is sent, or answers with the errors it was told to."""

    answers: list[DeliveryError] = field(default_factory=list)
    posts: list[Sent] = field(default_factory=list)

    async def __call__(self, row: Sent, dm: ChannelId | None) -> Posted:
        self.posts.append(row)
        if self.answers:
            raise self.answers.pop(0)
        channel = f"D{row.out.lane[1:]}" if row.out.lane.startswith("U") else row.out.lane
        return Posted(channel, f"{len(self.posts)}.000000")

    @property
    def texts(self) -> list[str]:
        return [row.out.message.text for row in self.posts]


@pytest.fixture
def slack() -> Slack:
    return Slack()


@pytest.fixture
def delivery(office: Office, slack: Slack) -> Delivery:
    return Delivery(office.db, slack, office.clock, is_holiday)


def put(office: Office, key: str, lane: str = MODELS_CHANNEL) -> None:
    now = office.clock()
    out = Outgoing(key, key, "test", lane, Message(f"say {key}"), now, now + timedelta(days=1))
    office.db.write_now(lambda store: store.outbox.put(out))


def state(office: Office, key: str) -> State:
    row = office.db.read_now(lambda store: store.outbox.by_key(key))
    assert row is not None
    return row.state


async def test_what_shares_a_channel_is_said_in_order_a_second_apart(
    office: Office, slack: Slack, delivery: Delivery
) -> None:
    for key in ("first", "second", "third"):
        put(office, key)
    put(office, "elsewhere", "C0TRIALS")
    await delivery.deliver()
    assert sorted(slack.texts) == ["say elsewhere", "say first"]
    office.clock.now += PACE
    await delivery.deliver()
    office.clock.now += PACE
    await delivery.deliver()
    assert [text for text in slack.texts if "else" not in text] == [
        "say first",
        "say second",
        "say third",
    ]


async def test_nothing_is_said_twice_by_delivering_twice(
    office: Office, slack: Slack, delivery: Delivery
) -> None:
    put(office, "once")
    await delivery.deliver()
    office.clock.forward(minutes=5)
    await delivery.deliver()
    assert slack.texts == ["say once"]


@pytest.mark.parametrize(
    ("error", "after"),
    [
        (TryAgain("ClientConnectorError"), State.PENDING),
        (TryAgain("ratelimited", after=30), State.PENDING),
        (Halted("invalid_auth"), State.PENDING),
        (Refused("channel_not_found"), State.REFUSED),
        (Unknown("TimeoutError"), State.UNKNOWN),
    ],
    ids=lambda value: str(value),
)
async def test_each_answer_of_slack_settles_the_row(
    office: Office, slack: Slack, delivery: Delivery, error: DeliveryError, after: State
) -> None:
    slack.answers = [error]
    put(office, "row")
    await delivery.deliver()
    assert state(office, "row") is after
    office.clock.forward(minutes=10)
    await delivery.deliver()
    said_again = after is State.PENDING
    assert len(slack.posts) == (2 if said_again else 1)
    assert state(office, "row") is (State.SENT if said_again else after)


async def test_a_refused_or_unclear_message_does_not_hold_up_the_next(
    office: Office, slack: Slack, delivery: Delivery
) -> None:
    slack.answers = [Unknown("TimeoutError")]
    put(office, "unclear")
    put(office, "next")
    await delivery.deliver()
    office.clock.now += PACE
    await delivery.deliver()
    assert slack.texts == ["say unclear", "say next"]


async def test_a_limited_channel_rests_as_long_as_slack_says(
    office: Office, slack: Slack, delivery: Delivery
) -> None:
    slack.answers = [TryAgain("ratelimited", after=30)]
    put(office, "row")
    put(office, "other", "C0TRIALS")
    await delivery.deliver()
    office.clock.forward(seconds=29)
    await delivery.deliver()
    assert len(slack.posts) == 2
    office.clock.forward(seconds=2)
    await delivery.deliver()
    assert len(slack.posts) == 3


async def test_a_persons_day_is_one_message_that_names_every_action(
    office: Office, slack: Slack, delivery: Delivery
) -> None:
    for text in ("Draft the table", "Ask the lab", "Send the note"):
        office.add(CHAIR, CHAIR, due=date(2026, 12, 10), text=text)
    office.db.write_now(lambda store: [store.outbox.withdraw(f"item:{n}") for n in (1, 2, 3)])
    office.clock.set("2026-12-03T08:00:00+00:00")
    office.plan()
    await delivery.deliver()
    (text,) = slack.texts
    assert text.startswith("Reminder: three of your actions need attention")
    assert [ref in text for ref in ("EM-1", "EM-2", "EM-3")] == [True, True, True]
    assert "Thu 10 Dec 2026" in text


async def test_after_days_of_being_down_each_person_gets_one_message_marked_late(
    office: Office, slack: Slack, delivery: Delivery
) -> None:
    office.add(CHAIR, CHAIR, due=date(2026, 12, 10), text="Draft the table")
    office.add(CHAIR, CHAIR, due=date(2026, 12, 11), text="Ask the lab")
    office.clock.set("2026-12-07T07:00:00+00:00")
    office.plan()
    await delivery.deliver()
    office.clock.now += PACE
    await delivery.deliver()
    slack.posts.clear()
    office.clock.set("2026-12-11T11:30:00+00:00")
    office.plan()
    await delivery.deliver()
    (text,) = slack.texts
    assert "EM-1" in text
    assert "EM-2" in text
    blocks = str(slack.posts[0].out.message.blocks)
    assert "Delayed: was due" in blocks
    office.clock.forward(hours=1)
    await delivery.deliver()
    assert len(slack.posts) == 1


async def test_what_comes_due_at_night_waits_for_the_morning(
    office: Office, slack: Slack, delivery: Delivery
) -> None:
    office.add(CHAIR, CHAIR, due=date(2026, 12, 10))
    office.db.write_now(lambda store: store.outbox.withdraw("item:1"))
    office.clock.set("2026-12-03T22:30:00+00:00")
    office.plan()
    await delivery.deliver()
    assert slack.texts == []
    office.clock.set("2026-12-04T08:00:00+00:00")
    await delivery.deliver()
    assert len(slack.texts) == 1


async def test_what_is_no_longer_useful_is_stale_and_not_said(
    office: Office, slack: Slack, delivery: Delivery
) -> None:
    put(office, "old")
    office.clock.forward(days=2)
    await delivery.deliver()
    assert slack.texts == []
    assert state(office, "old") is State.STALE


async def test_the_card_is_rewritten_where_it_stands(
    office: Office, slack: Slack, delivery: Delivery
) -> None:
    item = office.add(MEMBER, COCHAIR, due=date(2026, 12, 10))
    await delivery.deliver()
    office.do(COCHAIR, lambda ask: items.done(ask, item.ref))
    office.clock.now += PACE
    await delivery.deliver()
    card, edit = slack.posts
    assert edit.out.edits == item.card_key
    assert (edit.channel, edit.ts) == (MODELS_CHANNEL, "1.000000")
    assert "done" in edit.out.message.text.lower()
    assert card.out.message.text != edit.out.message.text


async def test_a_reminder_already_said_is_rewritten_when_its_action_is_done(
    office: Office, slack: Slack, delivery: Delivery
) -> None:
    office.add(CHAIR, CHAIR, due=date(2026, 12, 10), text="Draft the table")
    office.add(CHAIR, CHAIR, due=date(2026, 12, 10), text="Ask the lab")
    await delivery.deliver()
    office.clock.set("2026-12-03T08:00:00+00:00")
    office.plan()
    await delivery.deliver()
    reminder = slack.posts[-1]
    assert "Draft the table" in reminder.out.message.text
    office.clock.forward(minutes=1)
    office.do(CHAIR, lambda ask: items.done(ask, Ref("EM-1")))
    await delivery.deliver()
    edits = [row for row in slack.posts if row.out.edits == reminder.out.key]
    (edit,) = edits
    assert "Done" in str(edit.out.message.blocks)
    assert "Ask the lab" in edit.out.message.text


async def test_a_dm_channel_is_remembered_once_opened(
    office: Office, slack: Slack, delivery: Delivery
) -> None:
    put(office, "hello", CHAIR)
    await delivery.deliver()
    assert office.db.read_now(lambda store: store.groups.dm(CHAIR)) == "D0CHAIR01"


async def test_the_coordinator_reads_what_was_refused_and_what_is_unclear(
    office: Office, slack: Slack, delivery: Delivery
) -> None:
    slack.answers = [Unknown("TimeoutError"), Refused("is_archived")]
    put(office, "unclear")
    await delivery.deliver()
    put(office, "refused", "C0TRIALS")
    await delivery.deliver()
    found = office.do(COORDINATOR, reports.health)
    assert (found.counts[State.UNKNOWN], found.counts[State.REFUSED]) == (1, 1)
    assert [row.out.key for row in found.troubled] == ["refused", "unclear"]
    said = health(found.counts, found.next_at, found.troubled, office.clock())
    assert "1 refused, 1 unclear" in said.text
    assert "is_archived" in said.text
    with pytest.raises(NotAllowed):
        office.do(CHAIR, reports.health)


async def test_a_reminder_put_off_keeps_its_buttons(
    office: Office, slack: Slack, delivery: Delivery
) -> None:
    office.add(CHAIR, CHAIR, due=date(2026, 12, 10))
    await delivery.deliver()
    office.clock.set("2026-12-03T08:00:00+00:00")
    office.plan()
    await delivery.deliver()
    office.clock.forward(minutes=1)
    tomorrow = Quiet(CHAIR, date(2026, 12, 4))
    office.do(CHAIR, lambda ask: items.quiet(ask, Ref("EM-1"), tomorrow))
    await delivery.deliver()
    said = str(slack.posts[-1].out.message.blocks)
    assert "Mark done" in said
    assert "nothing is left" not in said


async def test_urgent_questions_of_the_night_come_as_one_message_when_hours_open(
    office: Office, slack: Slack, delivery: Delivery
) -> None:
    office.clock.set("2026-11-23T23:00:00+00:00")
    office.add(MEMBER, COCHAIR, due=date(2026, 11, 24))
    office.plan()
    for hour in ("24T01:10", "24T08:00", "24T14:50"):
        office.clock.set(f"2026-11-{hour}:00+00:00")
        if hour == "24T08:00":
            office.add(MEMBER, COCHAIR, due=date(2026, 11, 25), text="Check the table")
            office.plan()
        await delivery.deliver()
    assert [row for row in slack.posts if row.out.lane == COCHAIR] == []
    office.clock.set("2026-11-24T15:00:00+00:00")
    office.plan()
    await delivery.deliver()
    (asked,) = (row for row in slack.posts if row.out.lane == COCHAIR)
    assert "EM-1" in asked.out.message.text
    assert "EM-2" in asked.out.message.text
