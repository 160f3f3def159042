"""Which meeting is under way where, and what of it still stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.meetings import Meeting, MeetingId
from bot.domain.minutes import MinutesState
from bot.domain.model import Group, World
from bot.domain.outbox import Sent, State
from bot.domain.proceedings import Line, LineKind, Sitting
from bot.storage.database import Store

TIMEBOX = "meeting-timebox"
"""Kind of what is said of the time a topic takes: unsaid when the next one is opened."""
STILL_HEARD = timedelta(days=1)
"""After the end: what is given or agreed in the thread by then is still the meeting's."""


@dataclass(frozen=True, slots=True)
class Thread:
    """`after`: Slack's ts of the last message of it that became a line."""

    sitting: Sitting
    ts: str
    after: str


def threads(store: Store) -> tuple[Thread, ...]:
    """Of the meetings under way."""
    found = []
    for sitting in store.proceedings.under_way():
        ts = thread_of(store, sitting)
        if ts is not None:
            lines = store.proceedings.lines(sitting.meeting, taken_back=True)
            found.append(Thread(sitting, ts, max((one.ts for one in lines if one.ts), default=ts)))
    return tuple(found)


def thread_of(store: Store, sitting: Sitting) -> str | None:
    """Slack's ts of the message that opens the thread; None: there is none, or not yet."""
    row = store.outbox.by_key(sitting.thread_key) if sitting.thread_key else None
    return row.ts if row else None


def unheard(store: Store) -> tuple[tuple[Sitting, Sent], ...]:
    """Those under way of whose opening nobody knows whether it arrived, with its row."""
    found = ((one, store.outbox.by_key(one.thread_key)) for one in store.proceedings.under_way())
    unclear = (State.SENDING, State.UNKNOWN)
    return tuple(
        (one, row) for one, row in found if row and row.ts is None and row.state in unclear
    )


def in_thread(store: Store, channel: str, thread_ts: str) -> Sitting | None:
    """The meeting under way whose thread that is."""
    here = (one for one in store.proceedings.under_way() if one.channel == channel)
    return next((one for one in here if thread_of(store, one) == thread_ts), None)


def heard_in(store: Store, channel: str, thread_ts: str, now: datetime) -> Sitting | None:
    """The meeting whose thread that is, under way or one whose lines are still taken."""
    running = in_thread(store, channel, thread_ts)
    if running is not None:
        return running
    over = (one for one in store.proceedings.ended_since(now - STILL_HEARD))
    here = (one for one in over if one.channel == channel and takes_lines(store, one, now))
    return next((one for one in here if thread_of(store, one) == thread_ts), None)


def takes_lines(store: Store, sitting: Sitting, now: datetime) -> bool:
    if sitting.ended_at is None:
        return True
    minutes = store.minutes.of([sitting.meeting]).get(sitting.meeting)
    locked = minutes is not None and minutes.state is MinutesState.ACCEPTED
    return now <= sitting.ended_at + STILL_HEARD and not locked


def home_of(meeting: Meeting, sitting: Sitting | None, world: World) -> Group | None:
    """The group that is meant in it where none is said."""
    if len(meeting.groups) == 1:
        return world.groups.get(meeting.groups[0])
    channel = sitting.channel if sitting else None
    return next((g for g in world.groups.values() if channel and g.channel == channel), None)


def lines_of(store: Store, meeting: MeetingId) -> tuple[Line, ...]:
    """Without those of which everything was taken back, by whatever door."""
    return tuple(line for line in store.proceedings.lines(meeting) if _stands(store, line))


def topic_of(lines: tuple[Line, ...]) -> Line | None:
    """What is talked about."""
    return next((line for line in reversed(lines) if line.kind is LineKind.TOPIC), None)


def _stands(store: Store, line: Line) -> bool:
    if line.ref is None:
        return True
    if line.kind is LineKind.ACTION:
        item = store.items.get(line.ref)
        return item is not None and not item.taken_back
    if line.kind is LineKind.DEADLINE:
        deadline = store.deadlines.get(line.ref)
        return deadline is not None and not deadline.taken_back
    decision = store.decisions.get(line.ref)
    return decision is not None and not decision.taken_back
