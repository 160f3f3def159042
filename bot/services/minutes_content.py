"""What the minutes of a meeting tell, from what was caught and what has become of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.agendas import ROUTINE, AgendaItem, AgendaItemId, AgendaState
from bot.domain.attendance import attendance
from bot.domain.corrections import corrected
from bot.domain.interests import undeclared
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.minutes import Agreed, Content, Given, Minutes, Other, Set, Topic
from bot.domain.model import Ref, UserId, World
from bot.domain.proceedings import Line, LineKind
from bot.storage.database import Store

BEFORE = timedelta(days=100)
"""How far back a meeting without a series looks for the one before it."""
OPEN = frozenset({AgendaState.LISTED, AgendaState.CARRIED})


@dataclass(frozen=True, slots=True)
class _Made:
    """What lines became, by the ids that they had then."""

    actions: Mapping[Ref, Given]
    decisions: Mapping[Ref, Agreed]
    deadlines: Mapping[Ref, Set]


def content(
    store: Store, world: World, meeting: Meeting, minutes: Minutes, now: datetime
) -> Content:
    """As accepted, else as it is now with what was corrected."""
    if minutes.frozen is not None:
        return minutes.frozen
    return corrected(uncorrected(store, world, meeting, now), minutes.corrections)


def uncorrected(store: Store, world: World, meeting: Meeting, now: datetime) -> Content:
    lines = store.proceedings.lines(meeting.id)
    agenda = store.agendas.of([meeting.id])[meeting.id]
    rsvps = store.meetings.rsvps([meeting.id])[meeting.id]
    who = attendance(meeting, lines, rsvps, world)
    before, after = _before(store, meeting), _after(store, meeting, now)
    return Content(
        ref=meeting.ref,
        title=meeting.title,
        groups=meeting.groups,
        starts=meeting.starts,
        ends=meeting.ends,
        zone=meeting.zone,
        place=meeting.place,
        note_taker=meeting.note_taker,
        present=who.present,
        regrets=who.regrets,
        unknown=who.unanswered,
        substitutes=who.substitutes,
        undeclared=tuple(p.user for p in undeclared(meeting, world) if p.user in who.present),
        stepped_out=_stepped_out(store, meeting, agenda),
        previous=_other(store, before),
        topics=_topics(lines, agenda, _made(store, lines)),
        not_reached=tuple(item.topic for item in agenda if _missed(item)),
        held=tuple(line.text for line in lines if line.held and line.ref is None),
        next=_other(store, after),
    )


def _missed(item: AgendaItem) -> bool:
    return item.state in OPEN and item.source not in ROUTINE


def _made(store: Store, lines: Iterable[Line]) -> _Made:
    """Nothing that was taken back."""
    refs = tuple(line.ref for line in lines if line.ref is not None)
    then = {item.ref: item for item in store.items.many(refs)}
    moved = [ref for ref in refs if ref not in then]
    found = {ref: item for ref in moved for item in store.items.known_as([ref])} | then
    return _Made(
        actions={
            ref: Given(item.ref, item.text, item.owners, item.due.day, item.state)
            for ref, item in found.items()
            if not item.taken_back
        },
        decisions={
            one.ref: Agreed(
                one.ref, one.text, one.state, one.objections_by, one.review, one.objections
            )
            for one in store.decisions.many(refs)
            if not one.taken_back
        },
        deadlines={
            one.ref: Set(one.ref, one.text, one.due)
            for one in store.deadlines.many(refs)
            if not one.taken_back
        },
    )


def _topics(lines: Iterable[Line], agenda: Iterable[AgendaItem], made: _Made) -> tuple[Topic, ...]:
    """In the order in which they were opened; what stands before the first has no title."""
    items = {item.id: item for item in agenda}
    topics: dict[tuple[AgendaItemId | None, str], Topic] = {}
    at: tuple[AgendaItemId | None, str] = (None, "")
    for line in lines:
        if line.kind is LineKind.TOPIC:
            at = (line.agenda_item, "" if line.agenda_item in items else line.text)
            topics.setdefault(at, _opened(line, items))
        elif (added := _with(topics.get(at, Topic("")), line, made)) is not None:
            topics[at] = added
    return tuple(topics.values())


def _opened(line: Line, items: Mapping[AgendaItemId, AgendaItem]) -> Topic:
    item = items.get(line.agenda_item) if line.agenda_item is not None else None
    if item is None:
        return Topic(line.text)
    return Topic(item.topic, item.owner, item.purpose)


def _with(topic: Topic, line: Line, made: _Made) -> Topic | None:
    """None: the line adds nothing to be told under a topic."""
    if line.kind is LineKind.NOTE:
        return replace(topic, notes=(*topic.notes, line.text))
    ref = line.ref or Ref("")
    if ref in made.actions:
        return replace(topic, actions=(*topic.actions, made.actions[ref]))
    if ref in made.decisions:
        return replace(topic, decisions=(*topic.decisions, made.decisions[ref]))
    if ref in made.deadlines:
        return replace(topic, deadlines=(*topic.deadlines, made.deadlines[ref]))
    return None


def _stepped_out(
    store: Store, meeting: Meeting, agenda: Iterable[AgendaItem]
) -> tuple[tuple[UserId, str], ...]:
    topics = {item.id: item.topic for item in agenda}
    found = store.step_outs.of(meeting.id)
    return tuple((one.user, topics[one.agenda_item]) for one in found if one.agenda_item in topics)


def _before(store: Store, meeting: Meeting) -> Meeting | None:
    """The one before it in its series, else of the same groups; not one that was cancelled."""
    if meeting.series is not None:
        found = store.meetings.of_series(meeting.series)
    else:
        found = store.meetings.within(meeting.start_day - BEFORE, meeting.start_day)
    earlier = (
        one
        for one in found
        if one.groups == meeting.groups
        and one.state is not MeetingState.CANCELLED
        and one.starts < meeting.starts
    )
    return max(earlier, key=lambda one: one.starts, default=None)


def _after(store: Store, meeting: Meeting, now: datetime) -> Meeting | None:
    """The next of the same groups that is still ahead."""
    found = store.meetings.upcoming(max(now, meeting.ends), meeting.groups)
    later = (one for one in found if one.groups == meeting.groups and one.starts > meeting.starts)
    return next(later, None)


def _other(store: Store, meeting: Meeting | None) -> Other | None:
    if meeting is None:
        return None
    minutes = store.minutes.of([meeting.id]).get(meeting.id)
    state = minutes.state if minutes is not None else None
    return Other(meeting.ref, meeting.title, meeting.starts, meeting.zone, state)
