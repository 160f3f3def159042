"""Meetings: the reading side. Who may see which, what comes next, what somebody owes for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.days import day_in
from bot.domain.meetings import (
    Meeting,
    MeetingId,
    MeetingKind,
    MeetingState,
    PrepItem,
    PrepState,
    Rsvp,
    Task,
    Upcoming,
)
from bot.domain.model import Group, GroupKey, Ref, Role, UserId, World
from bot.domain.preparation import REPLIES, is_late, owners_of, ready, takes_part
from bot.errors import Code, NotFound
from bot.services.access import Ask, Op, allowed, authorize
from bot.storage.database import Store
from bot.views.series import Course

TASKS_AHEAD = timedelta(days=14)
TASKS_AFTER = timedelta(days=30)
"""Of a meeting that is over, what was to be done is asked for until the longest checklist ends."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One meeting with everything about it; `mine` are what the asker owes for it."""

    meeting: Meeting
    preparation: tuple[PrepItem, ...]
    rsvps: tuple[Rsvp, ...]
    mine: tuple[Task, ...]
    course: Course | None = None
    changes: bool = False
    """The asker may move and cancel it."""


def find(ask: Ask, ref: Ref) -> Meeting:
    """Raises NotFound, or NotAllowed to those outside its groups."""
    meeting = ask.store.meetings.get(ref)
    if meeting is None:
        raise NotFound(Code.NO_SUCH_ID, ref=ref)
    if not may_see(ask, meeting):
        authorize(ask, Op.SEE_MEETING, next(iter(takes_part(meeting.groups, ask.world)), None))
    return meeting


def opened(ask: Ask, ref: Ref) -> Opened:
    meeting = find(ask, ref)
    items = ask.store.meetings.preparation([meeting.id])[meeting.id]
    rsvps = ask.store.meetings.rsvps([meeting.id])[meeting.id]
    user = ask.actor.user
    working_on = ask.store.items.groups_of(user)
    replied = frozenset({meeting.id} if any(r.user == user for r in rsvps) else ())
    mine = _tasks(meeting, items, user, ask.world, ask.now, working_on, replied)
    return Opened(meeting, items, rsvps, mine, course(ask.store, meeting), may_change(ask, meeting))


def course(store: Store, meeting: Meeting) -> Course | None:
    """The series it belongs to."""
    series = store.series.get(meeting.series) if meeting.series else None
    if series is None:
        return None
    after = store.meetings.of_series(series.key)
    later = sum(one.state.ahead and one.starts > meeting.starts for one in after)
    return Course(series, later)


def may_plan(ask: Ask) -> bool:
    """In some group."""
    keys = ask.world.groups
    return any(allowed(ask.world, ask.actor, Op.PLAN_MEETING, key, ask.now) for key in keys)


def may_change(ask: Ask, meeting: Meeting) -> bool:
    """Move it, cancel it, change what it is: until it begins."""
    if not meeting.state.ahead or meeting.starts <= ask.now:
        return False
    return all(
        allowed(ask.world, ask.actor, Op.CHANGE_MEETING, key, ask.now)
        for key in meeting.groups or (None,)
    )


def listed(ask: Ask, group: Group | None = None) -> tuple[Upcoming, ...]:
    """Those ahead that the asker may see; a group named and not theirs is refused."""
    if group is not None:
        authorize(ask, Op.SEE_MEETING, group.key)
    found = ask.store.meetings.upcoming(ask.now, None if group is None else [group.key])
    seen = (meeting for meeting in found if may_see(ask, meeting))
    return _upcoming(ask.store, seen, ask.actor.user)


def next_gathering(ask: Ask) -> Meeting | None:
    """The next of all groups together at which people meet in one place."""
    of_all = (m for m in ask.store.meetings.upcoming(ask.now, ()) if not m.groups)
    in_one_place = (m for m in of_all if m.kind is MeetingKind.FACE_TO_FACE)
    return next((m for m in in_one_place if may_see(ask, m)), None)


def hides(ask: Ask) -> bool:
    """Whether there are some ahead that the asker may not see."""
    return any(not may_see(ask, one) for one in ask.store.meetings.upcoming(ask.now, None))


def mine(ask: Ask) -> tuple[Upcoming, ...]:
    """Of the asker's groups and of all together."""
    authorize(ask, Op.SEE_SELF, ask.actor)
    return upcoming_of(ask.store, ask.actor.user, ask.now, ask.world)


def next_of(ask: Ask, group: Group | None) -> Meeting | None:
    """The group's; without one, the first of the asker's own."""
    if group is None:
        return next((one.meeting for one in mine(ask)), None)
    authorize(ask, Op.SEE_MEETING, group.key)
    return ask.store.meetings.next_of(group.key, ask.now)


def next_day(store: Store, group: Group, now: datetime) -> date | None:
    """The group's day on which its next meeting starts."""
    meeting = store.meetings.next_of(group.key, now)
    return None if meeting is None else day_in(meeting.starts, group.zone)


def upcoming_of(
    store: Store, user: UserId, now: datetime, world: World | None = None
) -> tuple[Upcoming, ...]:
    """The person's own, soonest first: of their groups, of all together, and where they are guests.

    `world` saves reading it again.
    """
    groups = groups_of(user, world or store.groups.world())
    theirs = store.meetings.upcoming(now, groups) if groups is not None else ()
    return _upcoming(store, _soonest((*theirs, *store.meetings.inviting(user, now))), user)


def tasks_of(
    store: Store, user: UserId, now: datetime, world: World | None = None
) -> tuple[Task, ...]:
    """What the person owes for meetings, late or due within `TASKS_AHEAD`, soonest first.

    What is left of meetings that are over comes behind, the latest of them first.
    """
    world = world or store.groups.world()
    if groups_of(user, world) is None:
        return ()
    until = day_in(now, world.people[user].zone) + TASKS_AHEAD
    unfinished = store.meetings.unfinished(until)
    working_on = store.items.groups_of(user)
    replied = _replied(store, unfinished, user)
    found = [
        task
        for meeting in store.meetings.many(unfinished)
        for task in _tasks(meeting, unfinished[meeting.id], user, world, now, working_on, replied)
    ]
    found.sort(key=lambda task: (task.item.due, task.meeting.starts, task.item.n))
    found.sort(key=lambda task: task.meeting.starts if task.over else now, reverse=True)
    return tuple(found)


def _tasks(
    meeting: Meeting,
    items: Iterable[PrepItem],
    user: UserId,
    world: World,
    now: datetime,
    working_on: frozenset[GroupKey],
    replied: frozenset[MeetingId],
) -> tuple[Task, ...]:
    """`working_on`: the groups in which the person has an open action."""
    today = day_in(now, meeting.zone)
    over = meeting.ends <= now or not meeting.state.ahead
    if today > meeting.end_day + TASKS_AFTER or meeting.state is MeetingState.CANCELLED:
        return ()
    acting = frozenset({user}) if working_on & set(takes_part(meeting.groups, world)) else None
    return tuple(
        Task(meeting, item, is_late(item, today), over)
        for item in items
        if item.state is PrepState.TODO
        and not (item.key == REPLIES and meeting.id in replied)
        and not (over and item.due <= meeting.start_day)
        and user in owners_of(item, meeting, world, today, acting or frozenset())
    )


def _replied(
    store: Store, unfinished: Mapping[MeetingId, Iterable[PrepItem]], user: UserId
) -> frozenset[MeetingId]:
    """Those that ask for a reply and have this person's."""
    asking = [id_ for id_, items in unfinished.items() if any(i.key == REPLIES for i in items)]
    given = store.meetings.rsvps(asking) if asking else {}
    return frozenset(id_ for id_ in asking if any(r.user == user for r in given[id_]))


def _upcoming(store: Store, meetings: Iterable[Meeting], user: UserId) -> tuple[Upcoming, ...]:
    found = tuple(meetings)
    ids = [meeting.id for meeting in found]
    prepared, answers = store.meetings.preparation(ids), store.meetings.rsvps(ids)
    return tuple(
        Upcoming(
            meeting,
            ready(meeting, prepared[meeting.id]),
            next((r.answer for r in answers[meeting.id] if r.user == user), None),
            answers[meeting.id],
        )
        for meeting in found
    )


def may_see(ask: Ask, meeting: Meeting) -> bool:
    """People of one of its groups; of a meeting of all, whoever has a role in any; its guests."""
    if ask.actor.user in meeting.guests:
        return allowed(ask.world, ask.actor, Op.SEE_MEETING, meeting, ask.now)
    keys = takes_part(meeting.groups, ask.world)
    return any(allowed(ask.world, ask.actor, Op.SEE_MEETING, key, ask.now) for key in keys)


def _soonest(found: Iterable[Meeting]) -> tuple[Meeting, ...]:
    """Each once."""
    known = {meeting.id: meeting for meeting in found}
    return tuple(sorted(known.values(), key=lambda meeting: (meeting.starts, meeting.id)))


def groups_of(user: UserId, world: World) -> tuple[GroupKey, ...] | None:
    """Whose meetings are theirs: coordinators are at all of them; None: at none at all."""
    person = world.people.get(user)
    roles = world.roles(user)
    if person is None or person.left or person.bot or not roles:
        return None
    if any(m.role is Role.COORDINATOR for m in roles):
        return tuple(world.groups)
    return tuple(dict.fromkeys(m.group for m in roles if m.group is not None))
