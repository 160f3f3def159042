"""How groups stand: read for many at once, and told or posted where it may be.

However many groups and actions there are, the number of queries stays the same.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.domain.days import day_in
from bot.domain.deadlines import Deadline
from bot.domain.items import ItemState
from bot.domain.knock_on import Delay
from bot.domain.meetings import Meeting, MeetingId, MeetingKind, PrepItem
from bot.domain.model import Channel, ChannelId, Group, GroupKey, GroupState, Ref, UserId, World
from bot.domain.outbox import Message, Outgoing
from bot.domain.preparation import ready
from bot.domain.quorum import quorum_of
from bot.domain.state import Facts, Needed, Outline, Status, status
from bot.errors import Code, Conflict
from bot.services import chains, late_minutes
from bot.services.access import Ask, Op, allowed, authorize
from bot.storage.database import Store

STATUS = "status"
USEFUL = timedelta(hours=1)
"""A status that could not be posted for so long is not posted any more."""
ANYWHERE_TOMORROW = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Survey:
    """`items`: the open actions of each of these groups; `deadlines`: the open ones of all.

    `needed`: what any of these needs. `delays`: of the deadlines that cannot be met in time.
    `event`: where all groups meet next, and how ready it is.
    """

    statuses: tuple[Status, ...]
    items: Mapping[GroupKey, tuple[Outline, ...]]
    deadlines: tuple[Deadline, ...] = ()
    needed: Mapping[Ref, Needed] = field(default_factory=dict)
    delays: Mapping[Ref, Delay] = field(default_factory=dict)
    event: Meeting | None = None
    event_ready: int | None = None


def surveyed(store: Store, world: World, groups: Sequence[Group], now: datetime) -> Survey:
    """In the order of `groups`."""
    items = _by_group(store.items.outlines([group.key for group in groups]))
    deadlines = store.deadlines.all_open()
    needed = _needed(store, world, items, deadlines, now)
    delays = chains.delays(store, deadlines, day_in(now, world.programme.zone))
    ahead = store.meetings.upcoming(now)
    following = {group.key: _next(ahead, group.key, now) for group in groups}
    event = next((meeting for meeting in ahead if _is_event(meeting)), None)
    percent = _ready(store, [meeting for meeting in (*following.values(), event) if meeting])
    unprepared = _unprepared(store, now)
    unwritten = late_minutes.unwritten(store, now)
    known = store.items.groups() | store.meetings.groups()
    changed = _changed(store, world)
    facts = [
        Facts(
            group=group,
            now=now,
            items=items.get(group.key, ()),
            deadlines=tuple(d for d in deadlines if not d.groups or group.key in d.groups),
            unprepared=tuple(pair for pair in unprepared if group.key in pair[0].groups),
            unwritten=tuple(pair for pair in unwritten if group.key in pair[0].groups),
            needed=needed,
            delays=delays,
            known=group.key in known or any(group.key in d.groups for d in deadlines),
            meeting=meeting,
            ready=percent[meeting.id] if meeting else None,
            changed=changed.get(group.key),
        )
        for group, meeting in ((group, following[group.key]) for group in groups)
    ]
    ready_for = percent[event.id] if event else None
    told = _with_replies(store, world, map(status, facts))
    return Survey(told, items, deadlines, needed, delays, event, ready_for)


def of(ask: Ask, group: Group | None) -> tuple[Status, ...]:
    """The group's; None: of all active ones that the asker may see, which may be none."""
    groups = shown_to(ask, group)
    return surveyed(ask.store, ask.world, groups, ask.now).statuses if groups else ()


def shown_to(ask: Ask, group: Group | None) -> tuple[Group, ...]:
    """The group; None: all active ones that the asker may see. Raises NotAllowed."""
    if group is not None:
        authorize(ask, Op.SEE_GROUP, group.key)
        return (group,)
    active = (g for g in ask.world.groups.values() if g.state is GroupState.ACTIVE)
    return tuple(g for g in active if may_see(ask, g))


def may_see(ask: Ask, group: Group) -> bool:
    return allowed(ask.world, ask.actor, Op.SEE_GROUP, group.key, ask.now)


def place(ask: Ask, groups: Sequence[Group], asked_in: ChannelId) -> Channel | None:
    """Where the asker may have it posted: one group's in its own channel and nowhere else.

    That of several only for a coordinator, in the channel asked in if that is no group's.
    """
    one = groups[0] if len(groups) == 1 else None
    if not groups or not allowed(ask.world, ask.actor, Op.POST_STATUS, _key(one), ask.now):
        return None
    try:
        return _place(ask, one, asked_in)
    except Conflict:
        return None


def post(ask: Ask, groups: Sequence[Group], asked_in: ChannelId, message: Message) -> Channel:
    """Raises NotAllowed, and Conflict where the channel is not to be had or is a group's."""
    one = groups[0] if len(groups) == 1 else None
    authorize(ask, Op.POST_STATUS, _key(one))
    channel = _place(ask, one, asked_in)
    ask.store.outbox.put(
        Outgoing(
            key=f"{STATUS}:{ask.key}",
            subject=STATUS,
            kind=STATUS,
            lane=channel.id,
            message=message,
            at=ask.now,
            until=ask.now + USEFUL,
        )
    )
    return channel


def _key(group: Group | None) -> GroupKey | None:
    return None if group is None else group.key


def _place(ask: Ask, one: Group | None, asked_in: ChannelId) -> Channel:
    wanted = asked_in if one is None else one.channel
    channel = ask.store.groups.channel(wanted) if wanted else None
    if channel is None or not channel.bot_in or channel.archived:
        raise Conflict(Code.BOT_ABSENT)
    holder = ask.store.groups.by_channel(channel.id)
    if holder is not None and holder != one:
        raise Conflict(Code.CHANNEL_TAKEN, group=holder)
    return channel


def _by_group(found: Iterable[Outline]) -> dict[GroupKey, tuple[Outline, ...]]:
    items: dict[GroupKey, list[Outline]] = {}
    for item in found:
        items.setdefault(item.group, []).append(item)
    return {key: tuple(some) for key, some in items.items()}


def _needed(
    store: Store,
    world: World,
    items: Mapping[GroupKey, Iterable[Outline]],
    deadlines: Sequence[Deadline],
    now: datetime,
) -> dict[Ref, Needed]:
    """All open things that any of these need, also those of other groups."""
    outlines = [item for some in items.values() for item in some]
    wanted = {ref for item in outlines for ref in item.needs}
    wanted |= {ref for deadline in deadlines for ref in deadline.needs}
    today = {group.key: day_in(now, group.zone) for group in world.groups.values()}
    common = day_in(now, world.programme.zone)
    found = {
        deadline.ref: Needed(
            deadline.due,
            deadline.due < (today[deadline.groups[0]] if deadline.groups else common),
        )
        for deadline in deadlines
    }
    for item in outlines:
        if item.ref in wanted:
            blocked = item.state is ItemState.BLOCKED
            found[item.ref] = Needed(item.due_day, item.due_day < today[item.group], blocked)
    elsewhere = wanted - found.keys()
    for other in store.items.many(elsewhere) if elsewhere else ():
        if not other.state.closed and not other.taken_back:
            blocked, day = other.state is ItemState.BLOCKED, other.due.day
            found[other.ref] = Needed(day, day < today[other.group], blocked)
    for one in store.deadlines.many(elsewhere) if elsewhere else ():
        if not one.stage.closed and not one.taken_back:
            here = today[one.groups[0]] if one.groups else common
            found[one.ref] = Needed(one.due, one.due < here)
    return found


def _next(ahead: Iterable[Meeting], key: GroupKey, now: datetime) -> Meeting | None:
    """The group's own that starts next; where none is set, the next of all groups together."""
    coming = [meeting for meeting in ahead if meeting.starts > now]
    own = (meeting for meeting in coming if key in meeting.groups)
    return next(own, None) or next((m for m in coming if not m.groups), None)


def _is_event(meeting: Meeting) -> bool:
    return not meeting.groups and meeting.kind is MeetingKind.FACE_TO_FACE


def _with_replies(store: Store, world: World, found: Iterable[Status]) -> tuple[Status, ...]:
    """Each with who comes to its next meeting."""
    rows = tuple(found)
    given = store.meetings.rsvps({row.meeting.id for row in rows if row.meeting})
    return tuple(
        replace(
            row,
            rsvps=given[row.meeting.id],
            quorum=quorum_of(row.meeting, given[row.meeting.id], world),
        )
        if row.meeting
        else row
        for row in rows
    )


def _ready(store: Store, meetings: Iterable[Meeting]) -> dict[MeetingId, int | None]:
    found = {meeting.id: meeting for meeting in meetings}
    prepared = store.meetings.preparation(found)
    return {id_: ready(meeting, prepared[id_]) for id_, meeting in found.items()}


def _unprepared(store: Store, now: datetime) -> tuple[tuple[Meeting, PrepItem], ...]:
    """What is required and may be late somewhere."""
    found = store.meetings.unfinished((now + ANYWHERE_TOMORROW).date())
    return tuple(
        (meeting, item)
        for meeting in store.meetings.many(found)
        for item in found[meeting.id]
        if item.required
    )


def _changed(store: Store, world: World) -> dict[GroupKey, datetime]:
    """When a member last changed an action; where none ever did, since when that is so."""
    members = {key: {m.user for m in world.members(key)} for key in world.groups}
    return {
        key: _last(changes, members.get(key, set()))
        for key, changes in store.audit.latest().items()
    }


def _last(changes: Mapping[UserId, datetime], members: Collection[UserId]) -> datetime:
    return max(
        (at for user, at in changes.items() if user in members), default=min(changes.values())
    )
