"""The messages that a meeting has in its channels: posted once and rewritten for ever."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.meetings import Meeting, MeetingId
from bot.domain.model import World
from bot.domain.outbox import Message, Outgoing, Sent, State, Way
from bot.services import cards
from bot.storage.database import Store

CARD, CHECKLIST = "meeting-card", "meeting-prep"
USEFUL = timedelta(days=30)
_PARTS = {CARD: "card", CHECKLIST: "prep"}


def follow(store: Store, world: World, meeting_id: MeetingId, now: datetime) -> None:
    """After any change: what its channels show of the meeting tells it; nothing otherwise."""


def show(
    store: Store, meeting: Meeting, kind: str, lane: str, message: Message, now: datetime
) -> None:
    """Post it, once a channel, or rewrite the one that is there."""
    there = store.outbox.by_key(key_of(meeting, kind, lane))
    if there is None or there.state in (State.PENDING, State.WITHDRAWN):
        store.outbox.put(_post(meeting, kind, lane, message, now))
    else:
        _rewrite(store, there, message, now)


def posted(store: Store, meeting: Meeting, kind: str) -> tuple[Sent, ...]:
    """One row for each channel that has it, or is about to."""
    rows = store.outbox.about(meeting.subject)
    standing = (row for row in rows if row.state not in (State.WITHDRAWN, State.REFUSED))
    return tuple(row for row in standing if row.out.kind == kind and row.out.way is Way.POST)


def key_of(meeting: Meeting, kind: str, lane: str) -> str:
    return f"{meeting.subject}:{_PARTS[kind]}:{lane}"


def _post(meeting: Meeting, kind: str, lane: str, message: Message, now: datetime) -> Outgoing:
    return Outgoing(
        key=key_of(meeting, kind, lane),
        subject=meeting.subject,
        kind=kind,
        lane=lane,
        message=message,
        at=now,
        until=now + USEFUL,
    )


def _rewrite(store: Store, row: Sent, message: Message, now: datetime) -> None:
    """Nothing where it says the same already."""
    edits = [r for r in store.outbox.about(row.out.subject) if r.out.edits == row.out.key]
    numbered = sorted(edits, key=_number)
    last = numbered[-1] if numbered else row
    if last.out.message == message:
        return
    number = _number(last) + (last.state is not State.PENDING or last is row)
    store.outbox.put(cards.edit(row, message, f"v{number}", now))


def _number(edit: Sent) -> int:
    mark = edit.out.key.rpartition(":v")[2]
    return int(mark) if edit.out.edits and mark.isdecimal() else 0


def _lanes(rows: Iterable[Sent]) -> tuple[str, ...]:
    return tuple(row.out.lane for row in rows)
