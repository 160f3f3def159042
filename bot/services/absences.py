"""Who was not at the meeting at which they were given something."""

from collections.abc import Iterable, Mapping

from bot.domain.attendance import attendance
from bot.domain.meetings import Meeting
from bot.domain.model import Ref, UserId, World
from bot.storage.database import Store


def absent_from(store: Store, refs: Iterable[str]) -> Mapping[str, frozenset[UserId]]:
    """By the meeting's id; nobody where it was not held here."""
    wanted = tuple(dict.fromkeys(refs))
    world = store.groups.world() if wanted else None
    found = {ref: store.meetings.get(Ref(ref)) for ref in wanted}
    return {
        ref: _absent(store, meeting, world)
        for ref, meeting in found.items()
        if meeting is not None and world is not None
    }


def _absent(store: Store, meeting: Meeting, world: World) -> frozenset[UserId]:
    """While it lasts only who sent regrets: others may still come."""
    sitting = store.proceedings.sitting(meeting.id)
    if sitting is None:
        return frozenset()
    rsvps = store.meetings.rsvps([meeting.id])[meeting.id]
    who = attendance(meeting, store.proceedings.lines(meeting.id), rsvps, world)
    unknown = who.unanswered if sitting.ended_at is not None else ()
    return frozenset((*who.regrets, *unknown))
