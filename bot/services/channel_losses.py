"""A group's channel that is lost, or opened to others: who minds the group is told once."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.charge import in_charge
from bot.domain.model import Channel, ChannelId, Group, GroupKey, UserId
from bot.domain.outbox import Message, Outgoing
from bot.services import cards
from bot.storage.database import Store
from bot.views import channels as view
from bot.views.channels import ARCHIVED, GONE, REMOVED

LOST, SHARED = "lost", "shared"
USEFUL = timedelta(days=14)
REFUSALS = {"is_archived": ARCHIVED, "not_in_channel": REMOVED, "channel_not_found": GONE}
"""Slack's refusals of a message that mean that the channel is lost."""


def cut_off(store: Store, groups: Iterable[Group]) -> dict[GroupKey, str]:
    """The groups in whose channel nothing can be said, each with why and what to do."""
    known = {channel.id: channel for channel in store.groups.channels()}
    there = ((group.key, known.get(group.channel)) for group in groups if group.channel)
    found = {key: view.cut_off(channel) for key, channel in there if channel is not None}
    return {key: words for key, words in found.items() if words}


def lost(store: Store, channel: ChannelId, reason: str, now: datetime) -> None:
    """Once for each loss and reason, until the channel is found again."""
    holder = _holder(store, channel)
    known = store.marks.get(_lost(channel))
    if holder is None or (known is not None and reason in known.value.split()):
        return
    before = known.value if known else ""
    store.marks.set(_lost(channel), now, f"{before} {reason}".strip())
    group = holder[0]
    message = view.lost(group, _channel(store, channel), reason)
    key = f"{_lost(channel)}:{reason}:{now.isoformat(timespec='minutes')}"
    _tell(store, group, key, _lost(channel), LOST, message, now)


def refused(store: Store, channel: str, reason: str, now: datetime) -> None:
    """A message did not get there; an event that told why has been heard before, or never came."""
    place = ChannelId(channel)
    why = REFUSALS.get(reason)
    if why is None or _holder(store, place) is None:
        return
    there = _channel(store, place)
    gone = replace(there, archived=True) if why is ARCHIVED else replace(there, bot_in=False)
    store.groups.save_channel(gone)
    known = store.marks.get(_lost(place))
    if known is None or not known.value:
        lost(store, place, why, now)


def found(store: Store, channel: ChannelId, now: datetime) -> None:
    """It can be spoken in again, or is not needed any more."""
    if store.marks.get(_lost(channel)) is not None:
        store.marks.set(_lost(channel), now)
        store.outbox.withdraw(_lost(channel))
    catch_up(store, channel, now)


def catch_up(store: Store, channel: ChannelId, now: datetime, *, unposted: bool = False) -> None:
    """The cards that the channel's group is owed, once they can be said there."""
    group, there = store.groups.by_channel(channel), store.groups.channel(channel)
    if group is not None and there is not None and not view.cut_off(there):
        cards.catch_up(store, group, tuple(REFUSALS), now, unposted=unposted)


def opened(store: Store, channel: ChannelId, now: datetime) -> None:
    """People of another organisation see what is said there from now on."""
    holder = _holder(store, channel)
    if holder is not None:
        message = view.shared(holder[0], _channel(store, channel))
        key = f"{_shared(channel)}:{now.isoformat(timespec='minutes')}"
        _tell(store, holder[0], key, _shared(channel), SHARED, message, now)


def closed(store: Store, channel: ChannelId) -> None:
    store.outbox.withdraw(_shared(channel))


def _tell(
    store: Store,
    group: Group | None,
    key: str,
    subject: str,
    kind: str,
    message: Message,
    now: datetime,
) -> None:
    for user in _told(store, group.key if group else None, now):
        store.outbox.put(
            Outgoing(
                key=f"{key}:{user}",
                subject=subject,
                kind=kind,
                lane=user,
                message=message,
                at=now,
                until=now + USEFUL,
                quiet_hours=True,
            )
        )


def _told(store: Store, key: GroupKey | None, now: datetime) -> Iterable[UserId]:
    return in_charge(store.groups.world(), key, now)


def _holder(store: Store, channel: ChannelId) -> tuple[Group | None] | None:
    """Whose channel it is, (None,) for that of all groups; None: nobody's."""
    group = store.groups.by_channel(channel)
    if group is not None:
        return (group,)
    programme = store.groups.programme()
    return (None,) if programme is not None and programme.channel == channel else None


def _channel(store: Store, channel: ChannelId) -> Channel:
    return store.groups.channel(channel) or Channel(channel)


def _lost(channel: ChannelId) -> str:
    """How the outbox and the marks name it."""
    return f"{LOST}:{channel}"


def _shared(channel: ChannelId) -> str:
    return f"{SHARED}:{channel}"
