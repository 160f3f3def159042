"""The message that opens a meeting's thread: what will be talked about, and who takes notes."""

from datetime import datetime, timedelta

from bot.domain.meetings import Meeting
from bot.domain.model import UserId, World
from bot.domain.note_takers import suggested
from bot.domain.outbox import Message, Outgoing, State, Way
from bot.domain.proceedings import Sitting
from bot.services import agendas
from bot.storage.database import Store
from bot.views import proceedings as words

THREAD = "meeting-thread"
USEFUL = timedelta(hours=12)
LOST = frozenset({State.REFUSED, State.STALE, State.WITHDRAWN})


def post_opening(
    store: Store, meeting: Meeting, sitting: Sitting, world: World, now: datetime
) -> None:
    store.outbox.put(
        Outgoing(
            key=sitting.thread_key,
            subject=meeting.subject,
            kind=THREAD,
            lane=sitting.channel,
            message=_opening(store, meeting, world),
            at=now,
            until=now + USEFUL,
        )
    )


def post_again(
    store: Store, meeting: Meeting, sitting: Sitting, world: World, now: datetime
) -> bool:
    """Where it is known that it never arrived; False: it stands, or it is being looked for."""
    row = store.outbox.by_key(sitting.thread_key)
    if row is None or row.ts is not None or row.state not in LOST:
        return False
    store.outbox.reword(sitting.thread_key, _opening(store, meeting, world))
    store.outbox.again(sitting.thread_key, now + USEFUL)
    return True


def rewrite_opening(store: Store, meeting: Meeting, world: World, now: datetime) -> None:
    """As it is now, if the meeting is under way."""
    sitting = store.proceedings.sitting(meeting.id)
    if sitting is None or sitting.ended_at is not None or not sitting.channel:
        return
    edits = [
        row for row in store.outbox.about(meeting.subject) if row.out.edits == sitting.thread_key
    ]
    store.outbox.put(
        Outgoing(
            key=f"{sitting.thread_key}:v{len(edits) + 1}",
            subject=meeting.subject,
            kind=THREAD,
            lane=sitting.channel,
            message=_opening(store, meeting, world),
            at=now,
            until=now + USEFUL,
            way=Way.EDIT,
            edits=sitting.thread_key,
        )
    )


def turn(store: Store, meeting: Meeting, world: World) -> UserId | None:
    """Whose it is to take notes."""
    past = (one for one in store.meetings.all() if set(one.groups) == set(meeting.groups))
    return suggested(meeting, past, store.meetings.rsvps([meeting.id])[meeting.id], world)


def _opening(store: Store, meeting: Meeting, world: World) -> Message:
    named = meeting.note_taker is not None
    taker = meeting.note_taker or turn(store, meeting, world)
    return words.opening(meeting, agendas.listed(store, meeting.id), taker, world, named=named)
