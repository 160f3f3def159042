"""What people owe for meetings, as the rows hold it, read for whoever reminds of it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from bot.domain.meetings import MeetingId, OwnerRole, PrepItem
from bot.domain.model import GroupKey, UserId
from bot.domain.preparation import REPLIES
from bot.domain.preparation_notices import Duty
from bot.storage.database import Store

PREP = "prep"
"""How their subjects begin."""
_Prepared = Mapping[MeetingId, tuple[PrepItem, ...]]


def owed(store: Store, first: date = date.min, last: date = date.max) -> tuple[Duty, ...]:
    """Still to be done and due on these days; as many queries for many as for a few."""
    return _duties(store, store.meetings.owed(first, last))


def of_meetings(store: Store, meetings: Iterable[MeetingId]) -> tuple[Duty, ...]:
    """All of theirs, also what is done."""
    return _duties(store, store.meetings.preparation(meetings))


def by_subjects(store: Store, subjects: Iterable[str]) -> dict[str, Duty]:
    """By the names that the outbox has for them; those that are still there."""
    wanted = frozenset(one for one in subjects if one.startswith(f"{PREP}:"))
    ids = {MeetingId(int(one.split(":")[1])) for one in wanted}
    found = of_meetings(store, sorted(ids)) if ids else ()
    return {duty.subject: duty for duty in found if duty.subject in wanted}


def _duties(store: Store, prepared: _Prepared) -> tuple[Duty, ...]:
    """In the order of the mapping."""
    meetings = {one.id: one for one in store.meetings.many(prepared)} if prepared else {}
    acting, replied = _acting(store, prepared), _replied(store, prepared)
    found = []
    for id_, items in prepared.items():
        if (meeting := meetings.get(id_)) is None:
            continue
        keys = meeting.groups or acting
        users = frozenset(user for key in keys for user in acting.get(key, ()))
        nobody = frozenset[UserId]()
        for item in items:
            theirs = users if item.role is OwnerRole.ACTION_OWNERS else nobody
            done = replied.get(id_, nobody) if item.key == REPLIES else nobody
            found.append(Duty(meeting, item, theirs, done))
    return tuple(found)


def _replied(store: Store, prepared: _Prepared) -> Mapping[MeetingId, frozenset[UserId]]:
    """Who has replied, by meeting; read only where a reply is owed."""
    asking = [id_ for id_, items in prepared.items() if any(i.key == REPLIES for i in items)]
    given = store.meetings.rsvps(asking) if asking else {}
    return {id_: frozenset(rsvp.user for rsvp in given[id_]) for id_ in asking}


def _acting(store: Store, prepared: _Prepared) -> Mapping[GroupKey, Collection[UserId]]:
    """Who has an open action, by group; read only where such people owe something."""
    items = (item for items in prepared.values() for item in items)
    found: dict[GroupKey, set[UserId]] = {}
    if any(item.role is OwnerRole.ACTION_OWNERS and item.required for item in items):
        for one in store.items.outlines():
            found.setdefault(one.group, set()).update(one.owners)
    return found
