"""What happens in Slack without anybody asking: each event works in one transaction, once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.departures import Why
from bot.domain.model import Channel, ChannelId, Group, GroupState, UserId, World
from bot.domain.outbox import Outgoing
from bot.services import channel_losses, checklist, departures
from bot.services.access import Op, allowed, who_can
from bot.services.headcounts import ask_again
from bot.services.inbox import Inbox, Met, Silent, counts_as_member, encode, learn
from bot.services.links import leave_channel, question_about
from bot.storage.database import UNHURRIED, Store
from bot.views import reports as view
from bot.views.channels import ARCHIVED, DELETED, REMOVED

EVENT = "event"
QUESTION = "link"
QUESTION_USEFUL = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Event:
    """`key` is Slack's event_id; `by` who brought the `user`; `now_called` a new name or id."""

    key: str
    channel: ChannelId
    user: UserId
    met: Met
    by: UserId | None = None
    now_called: str = ""


Act = Callable[[Store, Event, datetime], None]


async def once(inbox: Inbox, event: Event, act: Act) -> bool:
    """False: it was heard before. Raises Busy, with nothing saved."""

    def inside(store: Store) -> bool:
        if store.inbox.find(EVENT, event.key) is not None:
            return False
        now = inbox.clock()
        learn(store, event.met)
        act(store, event, now)
        checklist.refresh(store, now)
        answer = Silent()
        kind = type(answer).__name__
        store.inbox.keep(EVENT, event.key, None, event.user, kind, None, encode(answer), now)
        return True

    new = await inbox.db.write(inside, wait=UNHURRIED)
    if new:
        inbox.poke()
    return new


def came(store: Store, event: Event, now: datetime) -> None:
    """Who joins a group's channel belongs to it, unless they need a role by name.

    Who was taken out does. Nobody becomes a member before Slack has said who they are; the next
    turn asks again.
    """
    group = store.groups.by_channel(event.channel)
    person = store.groups.person(event.user)
    if group is None:
        return
    if person is None or person.facts_at is None:
        ask_again(store, event.channel, now)
    elif counts_as_member(person) and event.user not in store.departures.kept_out(group.key):
        store.groups.sync_channel_members(group.key, {event.user, *_unnamed(store, group)})
    departures.came_back(store, event.user, group.key, now)


def went(store: Store, event: Event, now: datetime) -> None:
    """Who leaves the channel leaves the group; what they had there waits for somebody else."""
    group = store.groups.by_channel(event.channel)
    if group is not None:
        request = f"{EVENT}:{event.key}"
        departures.depart(store, event.user, group.key, Why.CHANNEL, event.user, request, now)


def bot_came(store: Store, event: Event, now: datetime) -> None:
    """In a channel that is nobody's: whose is it? Asked of who may say, once."""
    channel = replace(_channel(store, event.channel), bot_in=True)
    store.groups.save_channel(channel)
    channel_losses.found(store, channel.id, now)
    world = store.groups.world()
    if channel.id in (world.programme.channel, *(g.channel for g in world.groups.values())):
        return
    name = "" if channel.private else channel.name
    for user, groups, every in _asked(world, event.by, now):
        store.outbox.put(
            Outgoing(
                key=f"{question_about(channel.id)}:{user}",
                subject=question_about(channel.id),
                kind=QUESTION,
                lane=user,
                message=view.link_question(channel.id, groups, name, every=every),
                at=now,
                until=now + QUESTION_USEFUL,
                quiet_hours=user != event.by,
            )
        )


def bot_went(store: Store, event: Event, now: datetime) -> None:
    store.groups.save_channel(replace(_channel(store, event.channel), bot_in=False))
    store.outbox.withdraw(question_about(event.channel))
    channel_losses.lost(store, event.channel, REMOVED, now)


def renamed(store: Store, event: Event, now: datetime) -> None:
    store.groups.save_channel(replace(_channel(store, event.channel), name=event.now_called))


def archived(store: Store, event: Event, now: datetime) -> None:
    store.groups.save_channel(replace(_channel(store, event.channel), archived=True))
    channel_losses.lost(store, event.channel, ARCHIVED, now)


def unarchived(store: Store, event: Event, now: datetime) -> None:
    store.groups.save_channel(replace(_channel(store, event.channel), archived=False))
    channel_losses.found(store, event.channel, now)


def shared(store: Store, event: Event, now: datetime) -> None:
    before = _channel(store, event.channel)
    store.groups.save_channel(replace(before, shared=True))
    if not before.shared:
        channel_losses.opened(store, event.channel, now)


def unshared(store: Store, event: Event, now: datetime) -> None:
    store.groups.save_channel(replace(_channel(store, event.channel), shared=False))
    channel_losses.closed(store, event.channel)


def deleted(store: Store, event: Event, now: datetime) -> None:
    """Its group needs another channel."""
    gone = replace(_channel(store, event.channel), archived=True, bot_in=False)
    store.groups.save_channel(gone)
    store.outbox.withdraw(question_about(event.channel))
    store.outbox.silence(event.channel, why="the channel is deleted")
    channel_losses.lost(store, event.channel, DELETED, now)
    group = store.groups.by_channel(event.channel)
    if group is not None:
        leave_channel(store, group)
    programme = store.groups.programme()
    if programme is not None and programme.channel == event.channel:
        store.groups.save_programme(replace(programme, channel=None))


def became(store: Store, event: Event, now: datetime) -> None:
    """It goes on under another id: its link, what waits for it, its cards, what was captured."""
    before = _channel(store, event.channel)
    after = ChannelId(event.now_called)
    store.groups.save_channel(replace(before, id=after))
    store.groups.save_channel(replace(before, bot_in=False, archived=True))
    group = store.groups.by_channel(event.channel)
    if group is not None:
        store.groups.save(replace(group, channel=after))
    programme = store.groups.programme()
    if programme is not None and programme.channel == event.channel:
        store.groups.save_programme(replace(programme, channel=after))
    store.outbox.move(event.channel, after)
    store.items.move_sources(event.channel, after)
    channel_losses.found(store, event.channel, now)


def _channel(store: Store, channel: ChannelId) -> Channel:
    return store.groups.channel(channel) or Channel(channel)


def _unnamed(store: Store, group: Group) -> set[UserId]:
    return {member.user for member in store.groups.members(group.key) if not member.named}


def _asked(
    world: World, by: UserId | None, now: datetime
) -> Iterable[tuple[UserId, tuple[Group, ...], bool]]:
    """Who is asked, which groups they may choose, and whether all groups together too."""
    active = tuple(g for g in world.groups.values() if g.state is GroupState.ACTIVE)
    inviter = world.people.get(by) if by else None
    if inviter is not None:
        theirs = tuple(g for g in active if allowed(world, inviter, Op.LINK_GROUP, g.key, now))
        if theirs:
            every = allowed(world, inviter, Op.LINK_GROUP, None, now)
            return ((inviter.user, theirs, every),)
    asked = who_can(world, Op.LINK_GROUP, None, now) if active else ()
    return tuple((user, active, True) for user in asked)
