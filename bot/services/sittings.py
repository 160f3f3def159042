"""Which meeting is under way where, and what of it still stands."""

from dataclasses import dataclass

from bot.domain.meetings import Meeting, MeetingId
from bot.domain.model import Group, World
from bot.domain.proceedings import Line, LineKind, Sitting
from bot.storage.database import Store

TIMEBOX = "meeting-timebox"
"""Kind of what is said of the time a topic takes: unsaid when the next one is opened."""


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


def in_thread(store: Store, channel: str, thread_ts: str) -> Sitting | None:
    """The meeting under way whose thread that is."""
    here = (one for one in store.proceedings.under_way() if one.channel == channel)
    return next((one for one in here if thread_of(store, one) == thread_ts), None)


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
