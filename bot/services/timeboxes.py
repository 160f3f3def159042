"""What the clock says of a meeting under way: a topic's time, the end, one that nobody ended."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.charge import in_charge
from bot.domain.foretold import Foretold
from bot.domain.meetings import Meeting
from bot.domain.model import Role, UserId, World
from bot.domain.outbox import Message, Outgoing
from bot.domain.proceedings import Sitting
from bot.services import agendas, proceedings, sittings
from bot.services.access import Ask
from bot.services.proceedings import Ended
from bot.storage.database import Store
from bot.views import foretold as conditions
from bot.views import proceedings as words

SOON = 0.75
"""Of a topic's minutes."""
BEFORE_END = timedelta(minutes=5)
ASKED_AFTER = timedelta(minutes=60)
ENDED_AFTER = timedelta(hours=12)
"""After the planned end."""
SAID_FOR = timedelta(minutes=5)
"""Later than that a word about the time would only disturb."""
UNENDED = "meeting-unended"


@dataclass(frozen=True, slots=True)
class _Word:
    """`lanes` empty: in the thread."""

    at: datetime
    until: datetime
    kind: str
    part: str
    message: Message
    lanes: tuple[UserId, ...] = ()


def plan(store: Store, world: World, now: datetime) -> int:
    """Say what is due, end what nobody ends; how many rows. Safe to run twice."""
    put = 0
    for meeting, sitting in _under_way(store):
        if now >= _end_of(meeting, sitting) + ENDED_AFTER:
            put += _ended(store, world, meeting, sitting, now)
            continue
        ts = sittings.thread_of(store, sitting)
        for word in _words(store, world, meeting, sitting):
            if ts is not None and word.at <= now < word.until:
                put += sum(store.outbox.put(out) for out in _outgoing(word, meeting, sitting, ts))
    return put


def next_at(store: Store, world: World, now: datetime) -> datetime | None:
    found: list[datetime] = []
    for meeting, sitting in _under_way(store):
        found += [word.at for word in _words(store, world, meeting, sitting)]
        found.append(_end_of(meeting, sitting) + ENDED_AFTER)
    return min((at for at in found if at > now), default=None)


def foretold(store: Store, world: World, now: datetime, until: datetime) -> Iterator[Foretold]:
    """Only of meetings that nobody ends: time boxes are seen in the thread."""
    for meeting, sitting in _under_way(store):
        ts = sittings.thread_of(store, sitting)
        if ts is None:
            continue
        for word in _words(store, world, meeting, sitting):
            at = max(word.at, now)
            if word.kind == UNENDED and at <= until and at < word.until:
                for out in _outgoing(word, meeting, sitting, ts):
                    yield Foretold(at, meeting.subject, out, conditions.UNENDED)
        at = max(_end_of(meeting, sitting) + ENDED_AFTER, now)
        if at <= until:
            lines = sittings.lines_of(store, meeting.id)
            ended = Ended(meeting, replace(sitting, ended_at=at), lines)
            out = proceedings.ended_row(world, ended, ts, at)
            yield Foretold(at, meeting.subject, out, conditions.UNENDED)


def _under_way(store: Store) -> Iterator[tuple[Meeting, Sitting]]:
    """Of one cancelled since it began nothing is said."""
    for sitting in store.proceedings.under_way():
        meeting = store.meetings.by_id(sitting.meeting)
        if meeting is not None and meeting.state.ahead:
            yield meeting, sitting


def _end_of(meeting: Meeting, sitting: Sitting) -> datetime:
    """As planned; of one started later than that, when it would be as long."""
    length = meeting.ends - meeting.starts
    return max(meeting.ends, sitting.started_at + length)


def _words(store: Store, world: World, meeting: Meeting, sitting: Sitting) -> Iterator[_Word]:
    yield from _of_topic(store, meeting)
    end = _end_of(meeting, sitting)
    left = min(BEFORE_END, end - sitting.started_at)
    yield _Word(
        end - left, end, sittings.TIMEBOX, f"ending:{end:%Y-%m-%dT%H%M}",
        words.ends_soon(meeting, left),
    )  # fmt: skip
    yield _Word(
        end + ASKED_AFTER, end + ENDED_AFTER, UNENDED, "unended",
        words.still_open(meeting, sitting.channel, int(ENDED_AFTER.total_seconds() // 3600)),
        _minding(meeting, sitting, world, end),
    )  # fmt: skip


def _of_topic(store: Store, meeting: Meeting) -> Iterator[_Word]:
    topic = store.proceedings.topic(meeting.id)
    listed = agendas.listed(store, meeting.id)
    found = [(n, i) for n, i in enumerate(listed, 1) if topic and i.id == topic.agenda_item]
    if topic is None or not found or not found[0][1].minutes:
        return
    n, item = found[0]
    minutes = item.minutes or 0
    long = timedelta(minutes=minutes)
    over, soon = topic.at + long, topic.at + long * SOON
    part = f"box:{topic.n}"
    left = words.time_left(n, item.topic, over - soon)
    yield _Word(soon, over, sittings.TIMEBOX, f"{part}:soon", left)
    told = words.time_over(n, item.topic, minutes)
    yield _Word(over, over + SAID_FOR, sittings.TIMEBOX, f"{part}:over", told)


def _minding(meeting: Meeting, sitting: Sitting, world: World, at: datetime) -> tuple[UserId, ...]:
    """Who takes notes, else who chairs; of several groups whoever started it."""
    if meeting.note_taker is not None:
        return (meeting.note_taker,)
    if len(meeting.groups) == 1:
        return tuple(in_charge(world, meeting.groups[0], at))[:1] or (sitting.started_by,)
    return (sitting.started_by,)


def _outgoing(word: _Word, meeting: Meeting, sitting: Sitting, ts: str) -> Iterator[Outgoing]:
    for lane in word.lanes or (sitting.channel,):
        yield Outgoing(
            key=f"{meeting.subject}:{word.part}:{lane}",
            subject=meeting.subject,
            kind=word.kind,
            lane=lane,
            message=word.message,
            at=word.at,
            until=word.until,
            thread_ts=None if word.lanes else ts,
        )


def _ended(store: Store, world: World, meeting: Meeting, sitting: Sitting, now: datetime) -> int:
    """By itself, in the name of who started it; else of a coordinator."""
    users = (sitting.started_by, *world.holding(Role.COORDINATOR))
    actor = next((world.people[user] for user in users if user in world.people), None)
    if actor is None:
        return 0
    key = f"{meeting.subject}:unended"
    ask = Ask(store, actor, now, key, sitting.channel, world)
    proceedings.close(ask, meeting, sitting, None)
    return 1
