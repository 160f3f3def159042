"""What the minutes of a meeting tell, from what was caught and what has become of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.agendas import ON_IT, ROUTINE, AgendaItem, AgendaItemId, AgendaState
from bot.domain.attendance import attendance
from bot.domain.corrections import corrected
from bot.domain.interests import undeclared
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.minutes import Agreed, AtEnd, Content, Given, Minutes, Other, Set, Topic
from bot.domain.model import Ref, UserId, World
from bot.domain.proceedings import Line, LineKind, Sitting
from bot.storage.database import Store

BEFORE = timedelta(days=100)
"""How far back a meeting without a series looks for the one before it."""


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
    told = uncorrected(store, world, meeting, minutes.at_end, now)
    return corrected(told, minutes.corrections)


def at_end(store: Store, world: World, meeting: Meeting) -> AtEnd:
    """As it is now."""
    agenda = store.agendas.of([meeting.id])[meeting.id]
    return AtEnd(
        tuple(person.user for person in undeclared(meeting, world)),
        tuple(item.id for item in agenda if item.state in ON_IT),
    )


def uncorrected(
    store: Store, world: World, meeting: Meeting, then: AtEnd | None, now: datetime
) -> Content:
    """`then` None: judged by what is known now."""
    then = then or at_end(store, world, meeting)
    lines = store.proceedings.lines(meeting.id)
    agenda = store.agendas.of([meeting.id])[meeting.id]
    rsvps = store.meetings.rsvps([meeting.id])[meeting.id]
    who = attendance(meeting, lines, rsvps, world)
    before, after = _before(store, meeting), _after(store, meeting, now)
    began, ended = _times(store.proceedings.sitting(meeting.id))
    stepped_out, to_step_out = _stepped_out(store, meeting, agenda, lines)
    return Content(
        ref=meeting.ref,
        title=meeting.title,
        groups=meeting.groups,
        starts=meeting.starts,
        ends=meeting.ends,
        zone=meeting.zone,
        place=meeting.place,
        note_taker=meeting.note_taker,
        present=tuple(user for user in who.present if user not in who.promised),
        regrets=who.regrets,
        unknown=who.unanswered,
        substitutes=who.substitutes,
        undeclared=tuple(user for user in then.undeclared if user in who.present),
        stepped_out=stepped_out,
        previous=_other(store, before),
        topics=_topics(lines, agenda, _made(store, lines)),
        not_reached=tuple(item.topic for item in agenda if _missed(item, then)),
        held=tuple(line.text for line in lines if line.held and line.ref is None),
        next=_other(store, after),
        promised=who.promised,
        began=began,
        ended=ended,
        to_step_out=to_step_out,
    )


def _times(sitting: Sitting | None) -> tuple[datetime | None, datetime | None]:
    """When it really began and ended; what ended by itself ended at no known time."""
    if sitting is None or not sitting.channel:
        return None, None
    return sitting.started_at, sitting.ended_at if sitting.ended_by else None


def _missed(item: AgendaItem, then: AtEnd) -> bool:
    """Not what had gone on to a later meeting before the end."""
    carried = item.state is AgendaState.CARRIED and item.id in then.agenda
    return (item.state is AgendaState.LISTED or carried) and item.source not in ROUTINE


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


_Left = tuple[tuple[UserId, str], ...]


def _stepped_out(
    store: Store, meeting: Meeting, agenda: Iterable[AgendaItem], lines: Iterable[Line]
) -> tuple[_Left, _Left]:
    """For a topic that was reached; and for one that was not."""
    opened = {line.agenda_item for line in lines}
    topics = {item.id: item for item in agenda if item.state is not AgendaState.DROPPED}
    reached = {
        key for key, one in topics.items() if key in opened or one.state is AgendaState.DISCUSSED
    }
    out = [one for one in store.step_outs.of(meeting.id) if one.agenda_item in topics]
    left, stayed = (
        tuple(
            (o.user, topics[o.agenda_item].topic) for o in out if (o.agenda_item in reached) is so
        )
        for so in (True, False)
    )
    return left, stayed


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
