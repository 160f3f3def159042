"""Values for tests, with only what a test cares about named."""

from datetime import UTC, date, datetime, timedelta

from bot.domain.items import Due, NewItem
from bot.domain.model import ChannelId, Group, GroupKey, UserId
from bot.domain.outbox import Message, Outgoing, Way

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MODELS = Group(GroupKey("models"), "EM", "Models", "Experimental Models", zone="Europe/London")
TARGETS = Group(GroupKey("targets"), "TR", "Targets", "Targets", channel=ChannelId("C0TARGETS"))
CHAIR = UserId("U0CHAIR")
MEMBER = UserId("U0MEMBER")


def new(text: str = "Draft agenda", due: str = "2026-12-04", group: Group = MODELS) -> NewItem:
    return NewItem(text, group.key, Due(date.fromisoformat(due)), (MEMBER,))


def outgoing(
    key: str,
    lane: str = "C0MODELS",
    *,
    text: str = "",
    subject: str = "item:1",
    kind: str = "reminder",
    at: datetime = NOON,
    way: Way = Way.POST,
    edits: str | None = None,
    bundle: str | None = None,
) -> Outgoing:
    message = Message(text or key, ({"type": "divider"},))
    until = at + timedelta(hours=1)
    return Outgoing(key, subject, kind, lane, message, at, until, way, edits=edits, bundle=bundle)
