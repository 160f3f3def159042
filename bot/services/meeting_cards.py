"""The messages that a meeting has in its channels: posted once and rewritten for ever."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.agendas import ON_IT
from bot.domain.meetings import Meeting, MeetingId
from bot.domain.model import World
from bot.domain.outbox import Message, Outgoing, Sent, State, Way
from bot.services import cards
from bot.services.access import Ask
from bot.services.meeting_news import lanes
from bot.services.preparation_sheets import sheet
from bot.storage.database import Store
from bot.views import meeting_cards as view
from bot.views import preparation as checklist_view
from bot.views.meeting_times import notes_in

Notes = tuple[str, ...]

CARD, CHECKLIST, AGENDA = "meeting-card", "meeting-prep", "meeting-agenda"
USEFUL = timedelta(days=30)
_PARTS = {CARD: "card", CHECKLIST: "prep", AGENDA: "agenda"}


def follow(store: Store, world: World, meeting_id: MeetingId, now: datetime) -> None:
    """After any change: what its channels show of the meeting tells it; nothing otherwise."""
    meeting = store.meetings.by_id(meeting_id)
    if meeting is None:
        return
    for row in posted(store, meeting, CARD):
        _again(store, row, card(store, world, meeting, now, told=row), now)
    for row in posted(store, meeting, CHECKLIST):
        notes = _noted(store, row, meeting)
        said = checklist_view.public(sheet(store, world, meeting, now, None, notes), world, now)
        _again(store, row, said, now)


def gone(store: Store, meeting: Meeting, now: datetime) -> None:
    """It was never planned: what was posted of it says so."""
    for kind in (CARD, CHECKLIST, AGENDA):
        for row in posted(store, meeting, kind):
            _again(store, row, view.gone(meeting), now)


def note(store: Store, world: World, meeting: Meeting, notes: Notes, now: datetime) -> None:
    """The same after it moved: `notes` are whole sentences on its new days."""
    for row in posted(store, meeting, CARD):
        _again(store, row, card(store, world, meeting, now, notes, told=row), now)


def card(
    store: Store,
    world: World,
    meeting: Meeting,
    now: datetime,
    notes: Notes | None = None,
    told: Sent | None = None,
) -> Message:
    """`told`: the row that posted it; what it noted of the day is said again."""
    known = _noted(store, told, meeting) if told and notes is None else notes or ()
    facts = sheet(store, world, meeting, now, None, known)
    topics = [one for one in store.agendas.of([meeting.id])[meeting.id] if one.state in ON_IT]
    minutes = store.minutes.of([meeting.id]).get(meeting.id)
    it = view.Card(
        meeting,
        store.meetings.rsvps([meeting.id])[meeting.id],
        facts.clocks,
        facts.odd,
        facts.notes,
        facts.done,
        facts.needed,
        len(topics),
        sum(topic.minutes or 0 for topic in topics),
        store.agendas.posted(meeting.id),
        minutes.state if minutes else None,
        view.first_time(told.out.message) if told else None,
    )
    return view.card(it, world)


def post_checklist(ask: Ask, meeting: Meeting, lane: str, notes: Notes) -> bool:
    """Into the channel, once; False: it was there, and is as it should be."""
    there = lane in (row.out.lane for row in posted(ask.store, meeting, CHECKLIST))
    made = sheet(ask.store, ask.world, meeting, ask.now, None, notes)
    message = checklist_view.public(made, ask.world, ask.now)
    show(ask.store, meeting, CHECKLIST, lane, message, ask.now)
    return not there


def is_of(world: World, meeting: Meeting, channel: str) -> bool:
    return channel in (lane for lane, _ in lanes(meeting, world))


def show(
    store: Store, meeting: Meeting, kind: str, lane: str, message: Message, now: datetime
) -> None:
    """Post it, once a channel, or rewrite the one that is there."""
    there = store.outbox.by_key(key_of(meeting, kind, lane))
    if there is None or there.state is State.WITHDRAWN:
        store.outbox.put(_post(meeting, kind, lane, message, now))
    else:
        _again(store, there, message, now)


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


def _again(store: Store, row: Sent, message: Message, now: datetime) -> None:
    """Nothing where it says the same already."""
    if row.state is State.PENDING:
        store.outbox.put(replace(row.out, message=message))
        return
    last = _edits(store, row)[-1]
    if last.out.message != message:
        number = _number(last) + (last.state is not State.PENDING)
        store.outbox.put(cards.edit(row, message, f"v{max(number, 1)}", now))


def _noted(store: Store, row: Sent, meeting: Meeting) -> Notes:
    """What it last said of the days on which the meeting is now."""
    found = (notes_in(one.out.message, meeting) for one in reversed(_edits(store, row)))
    return next(filter(None, found), ())


def _edits(store: Store, row: Sent) -> list[Sent]:
    """What was posted, and what it became since."""
    edits = [one for one in store.outbox.about(row.out.subject) if one.out.edits == row.out.key]
    return [row, *sorted(edits, key=_number)]


def _number(edit: Sent) -> int:
    mark = edit.out.key.rpartition(":v")[2]
    return int(mark) if edit.out.edits and mark.isdecimal() else 0
