"""Something told to everybody in a channel: shown first, then posted, once."""

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.announcements import TEXT_LIMIT, Announcement
from bot.domain.model import Channel, ChannelId, Group, GroupKey
from bot.domain.outbox import Outgoing
from bot.errors import Code, Conflict, NotFound
from bot.services.access import Ask, Op, authorize
from bot.services.checks import find_group, require_text
from bot.views import announcements as view

KIND = "announcement"
USEFUL = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """`group` None: in the channel of all."""

    announcement: Announcement
    channel: Channel
    group: Group | None
    already: bool = False
    """It had been posted before."""


def draft(ask: Ask, text: str, key: GroupKey | None) -> Shown:
    """Kept until somebody who may presses."""
    authorize(ask, Op.ANNOUNCE)
    require_text(text, "text", TEXT_LIMIT)
    one = Announcement(ask.key, ask.actor.user, key, text.strip(), ask.now)
    shown = _shown(ask, one)
    ask.store.announcements.save(one)
    return shown


def post(ask: Ask, request: str) -> Shown:
    """Once, however often it is pressed."""
    authorize(ask, Op.ANNOUNCE)
    one = ask.store.announcements.get(request)
    if one is None:
        raise NotFound(Code.NO_SUCH_ID, ref="such announcement: it was too long ago")
    shown = _shown(ask, one)
    if one.posted_at is not None:
        return replace(shown, already=True)
    ask.store.announcements.save(replace(one, posted_at=ask.now))
    ask.store.outbox.put(
        Outgoing(
            key=f"{KIND}:{request}",
            subject=f"{KIND}:{request}",
            kind=KIND,
            lane=shown.channel.id,
            message=view.announcement(one, ask.world),
            at=ask.now,
            until=ask.now + USEFUL,
        )
    )
    return shown


def _shown(ask: Ask, one: Announcement) -> Shown:
    group = find_group(ask, one.group) if one.group is not None else None
    place = group.channel if group is not None else ask.world.programme.channel
    channel = ask.store.groups.channel(ChannelId(place)) if place else None
    if channel is None or channel.archived or not channel.bot_in:
        raise Conflict(Code.ANNOUNCE_WHERE, group=group)
    return Shown(one, channel, group)
