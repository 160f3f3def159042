"""Calendars: of one meeting, a group, a person; as a file, or at a secret address."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from urllib.parse import quote

from bot.domain.deadlines import Deadline, Stage
from bot.domain.feeds import PATH, Feed, hash_of, new_token
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.model import Group, GroupState, Ref, UserId, World
from bot.services import meetings
from bot.services.access import Ask, Op, allowed, authorize
from bot.services.inbox import Attachment
from bot.storage.database import Database, Store
from bot.views import calendars as view
from bot.views.calendars import Dates

AHEAD = timedelta(days=366)
BEHIND = timedelta(days=30)
"""As long as what is over or cancelled is still shown (experience.md 11)."""


def file_of(ask: Ask, ref: Ref) -> Attachment:
    """One meeting."""
    meeting = meetings.find(ask, ref)
    dates = Dates(meeting.title, (meeting,))
    content = view.file(dates, ask.world, ask.store.team, alarm=True)
    return Attachment(f"{meeting.ref}.ics", content, f"{meeting.ref} for your calendar")


def group_file(ask: Ask, group: Group) -> Attachment:
    authorize(ask, Op.SEE_MEETING, group.key)
    dates = _of_group(ask.store, group, ask.actor.user, ask.world, ask.now)
    content = view.file(dates, ask.world, ask.store.team)
    return Attachment(f"{group.key}.ics", content, f"{group.short} for your calendar")


def own_file(ask: Ask) -> Attachment:
    authorize(ask, Op.SEE_SELF, ask.actor)
    dates = _of_person(ask.store, ask.actor.user, ask.world, ask.now)
    content = view.file(dates, ask.world, ask.store.team)
    return Attachment("concerted.ics", content, "Your meetings and deadlines")


def new_feed(ask: Ask, group: Group | None, public_url: str) -> str:
    """Its secret address, known to nobody afterwards; the one given before ends."""
    if group is None:
        authorize(ask, Op.SEE_SELF, ask.actor)
    else:
        authorize(ask, Op.SEE_MEETING, group.key)
    key = None if group is None else group.key
    for feed in ask.store.feeds.of(ask.actor.user):
        if feed.group == key:
            ask.store.feeds.end(feed.hash)
    token = new_token()
    ask.store.feeds.add(Feed(hash_of(token), ask.actor.user, key, ask.now))
    return f"{public_url}{PATH}{quote(token)}.ics"


def feeds(ask: Ask) -> tuple[Feed, ...]:
    authorize(ask, Op.SEE_SELF, ask.actor)
    return ask.store.feeds.of(ask.actor.user)


def revoke(ask: Ask) -> int:
    """How many addresses of the asker end now."""
    authorize(ask, Op.CHANGE_SELF, ask.actor)
    found = ask.store.feeds.of(ask.actor.user)
    for feed in found:
        ask.store.feeds.end(feed.hash)
    return len(found)


def reader(db: Database, clock: Callable[[], datetime]) -> Callable[[str], Awaitable[str | None]]:
    """Raises Busy."""
    return lambda token: db.read(lambda store: fetched(store, token, clock()))


def fetched(store: Store, token: str, now: datetime) -> str | None:
    """What stands at a secret address, by the rights its owner has now; None: nothing any more."""
    feed = store.feeds.get(hash_of(token))
    if feed is None:
        return None
    world = store.groups.world()
    person = world.people.get(feed.user)
    if person is None or person.left:
        return None
    if feed.group is None:
        return view.file(_of_person(store, feed.user, world, now), world, store.team)
    group = world.groups.get(feed.group)
    ended = group is None or group.state is not GroupState.ACTIVE
    if group is None or ended or not allowed(world, person, Op.SEE_MEETING, group.key, now):
        return None
    return view.file(_of_group(store, group, feed.user, world, now), world, store.team)


def _of_group(store: Store, group: Group, user: UserId, world: World, now: datetime) -> Dates:
    """Its own and those of all groups; deadlines for who may see them."""
    found = (m for m in _around(store, now) if not m.groups or group.key in m.groups)
    sees = allowed(world, world.people[user], Op.SEE_DEADLINE, group.key, now)
    due = store.deadlines.of_groups([group.key], closed=True) if sees else ()
    return Dates(group.short or group.name, tuple(found), _standing(due, now))


def _of_person(store: Store, user: UserId, world: World, now: datetime) -> Dates:
    """Meetings of their groups and those they are a guest of, and the deadlines they mind."""
    groups = meetings.groups_of(user, world)
    theirs = frozenset(groups or ())
    found = (
        meeting
        for meeting in _around(store, now)
        if user in meeting.guests
        or (groups is not None and (not meeting.groups or theirs & set(meeting.groups)))
    )
    due = store.deadlines.of_groups(groups, closed=True) if groups is not None else ()
    own = (deadline for deadline in due if deadline.owner == user)
    return Dates("Concerted", tuple(found), _standing(own, now))


def _around(store: Store, now: datetime) -> Iterable[Meeting]:
    for meeting in store.meetings.within((now - BEHIND).date(), (now + AHEAD).date()):
        changed = meeting.updated_at or meeting.created_at
        if meeting.state is not MeetingState.CANCELLED or changed >= now - BEHIND:
            yield meeting


def _standing(deadlines: Iterable[Deadline], now: datetime) -> tuple[Deadline, ...]:
    """Those open, and for a while those dropped: what is met needs no day any more."""
    first, last = (now - BEHIND).date(), (now + AHEAD).date()
    return tuple(
        one
        for one in deadlines
        if first <= one.due <= last
        and (
            not one.stage.closed
            or (one.stage is Stage.DROPPED and (one.closed_at or now) >= now - BEHIND)
        )
    )
