"""Which channel is whose: linking, unlinking, and the welcome a channel gets once."""

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.groups import channel_name
from bot.domain.model import Channel, ChannelId, Group, GroupKey, GroupState, Programme
from bot.domain.outbox import Outgoing, State, Way
from bot.errors import BadInput, Code, Conflict, NotFound
from bot.services import channel_losses
from bot.services.access import Ask, Op, authorize
from bot.services.checks import find_group
from bot.services.headcounts import ask_again
from bot.services.history import remember_shape
from bot.storage.database import Store
from bot.views import reports as view

PROGRAMME_CHANNEL = "wg-all"
PROGRAMME_NAME = "Progressive MS working groups"
ALL = "all"
"""What stands for the programme wherever a group's key may stand."""
USAGE = "link <group>|all, typed in the channel that is to be theirs"
WELCOME = "welcome"
WELCOME_USEFUL = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Linked:
    """`group` None: all groups. `asked`: a message that asked for it now tells it.

    `shared`: people of another organisation are in the channel.
    """

    group: Group | None
    changed: bool = True
    asked: bool = False
    shared: bool = False


def link(ask: Ask, key: GroupKey | None, channel: ChannelId | None = None) -> Linked:
    """Make the channel (this one unless named) the group's, or (None) that of all groups.

    Another than this one only for whom the bot has asked about it.
    """
    place = channel or ask.channel
    authorize(ask, Op.LINK_GROUP, key)
    if place != ask.channel and not _was_asked(ask, place):
        raise BadInput(Code.WRONG_WORDS, usage=USAGE)
    group = find_group(ask, key) if key is not None else None
    known = ask.store.groups.channel(place)
    if known is None or not known.bot_in:
        raise Conflict(Code.BOT_ABSENT)
    holder = _holder(ask, place)
    if holder is not None and holder.key != (key or ALL):
        raise Conflict(Code.CHANNEL_TAKEN, group=holder)
    if holder is None and (elsewhere := _living_channel(ask, group)) is not None:
        raise Conflict(Code.GROUP_LINKED, group=group, channel=elsewhere.name)
    shared = known.shared and holder is None
    asked = _answer_question(ask, place, group, shared=shared)
    if holder is not None:
        return Linked(group, changed=False, asked=asked)
    return Linked(_join(ask, group, place), asked=asked, shared=shared)


def _living_channel(ask: Ask, group: Group | None) -> Channel | None:
    """The channel that the group has and the bot can speak in; one that is lost may be left."""
    if group is None or group.channel is None:
        return None
    channel = ask.store.groups.channel(group.channel)
    return channel if channel is not None and channel.bot_in and not channel.archived else None


def unlink(ask: Ask) -> Group | None:
    """This channel is no group's any more; None: it was that of all groups."""
    holder = _holder(ask, ask.channel)
    group = holder if holder is not None and holder.key != ALL else None
    authorize(ask, Op.LINK_GROUP, group.key if group else None)
    if holder is None:
        raise NotFound(Code.CHANNEL_UNLINKED)
    ask.store.outbox.withdraw(_welcome_of(ask.channel))
    if group is not None:
        leave_channel(ask.store, group)
        remember_shape(ask, f"group:{group.key}", "unlink", ask.channel)
        return group
    programme = ask.store.groups.programme()
    if programme is not None:
        ask.store.groups.save_programme(replace(programme, channel=None))
    remember_shape(ask, "programme", "unlink", ask.channel)
    return None


def question_about(channel: ChannelId) -> str:
    """The outbox's subject of the question which group a channel is for."""
    return f"link:{channel}"


def _was_asked(ask: Ask, channel: ChannelId) -> bool:
    asked = ask.store.outbox.about(question_about(channel))
    return any(row.out.lane == ask.actor.user for row in asked)


def _holder(ask: Ask, channel: ChannelId) -> Group | None:
    """Whose channel it is; a stand-in with the key `all` for that of all groups."""
    programme = ask.store.groups.programme()
    if programme is not None and programme.channel == channel:
        return Group(GroupKey(ALL), "", "all groups", "all groups")
    return ask.store.groups.by_channel(channel)


def _join(ask: Ask, group: Group | None, channel: ChannelId) -> Group | None:
    """Link, welcome once, and have the members of the channel learned."""
    channel_losses.found(ask.store, channel, ask.now)
    if group is not None and group.channel is not None:
        channel_losses.found(ask.store, group.channel, ask.now)
    if group is not None:
        group = replace(group, channel=channel)
        ask.store.groups.save(group)
    else:
        programme = ask.store.groups.programme() or Programme(PROGRAMME_NAME, ask.actor.zone)
        ask.store.groups.save_programme(replace(programme, channel=channel))
    ask_again(ask.store, channel, ask.now)
    key = group.key if group else ALL
    ask.store.outbox.put(
        Outgoing(
            key=f"{_welcome_of(channel)}:{key}",
            subject=_welcome_of(channel),
            kind=WELCOME,
            lane=channel,
            message=view.welcome(group, ask.world),
            at=ask.now,
            until=ask.now + WELCOME_USEFUL,
        )
    )
    channel_losses.catch_up(ask.store, channel, ask.now, unposted=True)
    remember_shape(ask, f"group:{key}" if group else "programme", "link", channel)
    return group


def leave_channel(store: Store, group: Group) -> Group:
    """Keep the group without its channel."""
    if group.channel is not None:
        store.outbox.withdraw(_welcome_of(group.channel))
    left = replace(group, channel=None)
    store.groups.save(left)
    return left


def _welcome_of(channel: ChannelId) -> str:
    return f"{WELCOME}:{channel}"


def link_by_name(ask: Ask, groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """Channels that are named for a group and that the bot is in become theirs."""
    authorize(ask, Op.LINK_GROUP)
    free = _free_channels(ask)
    wanting = (g for g in groups if g.state is GroupState.ACTIVE and g.channel is None)
    found = ((g, free.get(channel_name(g))) for g in wanting)
    return tuple(g for group, place in found if place and (g := _join(ask, group, place)))


def link_common_by_name(ask: Ask) -> bool:
    authorize(ask, Op.LINK_GROUP)
    programme = ask.store.groups.programme()
    place = _free_channels(ask).get(PROGRAMME_CHANNEL)
    if place is None or programme is None or programme.channel is not None:
        return False
    _join(ask, None, place)
    return True


def _free_channels(ask: Ask) -> dict[str, ChannelId]:
    """By name, those that the bot is in and that are nobody's."""
    there = (c for c in ask.store.groups.channels() if c.bot_in and not c.archived)
    return {c.name: c.id for c in there if _holder(ask, c.id) is None}


def _answer_question(ask: Ask, channel: ChannelId, group: Group | None, *, shared: bool) -> bool:
    """Whoever was asked sees the answer in the same message; False: nobody had been."""
    subject = question_about(channel)
    ask.store.outbox.withdraw(subject)
    said = view.linked(group, channel, ask.world, shared=shared)
    asked = [
        row
        for row in ask.store.outbox.about(subject)
        if row.state is State.SENT and row.out.way is Way.POST
    ]
    for row in asked:
        ask.store.outbox.put(
            replace(
                row.out,
                key=f"{row.out.key}:{ask.key}",
                message=said,
                at=ask.now,
                until=ask.now + WELCOME_USEFUL,
                way=Way.EDIT,
                edits=row.out.key,
            )
        )
    return any(row.out.lane == ask.actor.user for row in asked)
