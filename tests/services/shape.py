"""What tests of groups look at and set: groups, channels, rows of the outbox, refusals."""

from collections.abc import Callable

import pytest

from bot.domain.model import Channel, ChannelId, Group, GroupKey, UserId
from bot.domain.outbox import Sent
from bot.errors import UserError
from bot.services.access import Ask
from tests.services.conftest import MODELS_CHANNEL, Office

FREE = ChannelId("C0FREE001")


def refused(
    office: Office,
    user: UserId,
    act: Callable[[Ask], object],
    channel: ChannelId = MODELS_CHANNEL,
) -> UserError:
    with pytest.raises(UserError) as refusal:
        office.do(user, act, channel)
    return refusal.value


def group(office: Office, key: GroupKey) -> Group:
    found = office.db.read_now(lambda store: store.groups.get(key))
    assert found is not None
    return found


def channel(
    office: Office, id_: ChannelId, name: str = "somewhere", *, bot_in: bool = True
) -> None:
    office.db.write_now(lambda store: store.groups.save_channel(Channel(id_, name, bot_in=bot_in)))


def rows(office: Office, subject: str) -> tuple[Sent, ...]:
    return office.db.read_now(lambda store: store.outbox.about(subject))
