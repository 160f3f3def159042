"""Before a meeting those who come hear how: by which link, or where; and at its start again."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.domain.agendas import INTERESTS, slot
from bot.domain.days import next_allowed, opening
from bot.domain.foretold import Foretold, ticked
from bot.domain.local_times import people_of
from bot.domain.meetings import Meeting, MeetingId, MeetingKind, RsvpAnswer
from bot.domain.model import Person, UserId, World
from bot.domain.notices import DAILY, Holiday, calendar_of, hours_of
from bot.domain.outbox import Outgoing
from bot.services import agendas, interests, preparation
from bot.services.meeting_news import JOINING, LINK_NOTE, aside
from bot.storage.database import Store
from bot.views import foretold as words
from bot.views import link_notes as view

ITEM, LOGISTICS = "link", "logistics"
JUST_BEFORE = timedelta(minutes=15)
STILL_OF_USE = timedelta(minutes=10)
"""After the start: somebody late still looks for the link."""
_AROUND = timedelta(days=2)
_WEEK = timedelta(days=7)
_WALL = "%Y-%m-%dT%H%M"


def plan(store: Store, world: World, holiday: Holiday, now: datetime, mark: datetime) -> int:
    put = 0
    for meeting, at, person, answer in _notes(store, world, mark, now):
        if mark < at <= now < meeting.starts:
            topics = _topics(store, meeting)
            put += store.outbox.put(_note(meeting, at, person, answer, topics))
            preparation.done_by_itself(store, meeting, ITEM, now)
    for meeting in _linked(store, mark, now):
        at = meeting.starts - JUST_BEFORE
        if mark < at <= now < meeting.starts + STILL_OF_USE:
            calls = _calls(store, meeting, at, world, holiday)
            put += sum(store.outbox.put(out) for out in calls)
    return put


def next_at(store: Store, world: World, now: datetime) -> datetime | None:
    notes = (at for _, at, _, _ in _notes(store, world, now, now + _WEEK))
    calls = (one.starts - JUST_BEFORE for one in _linked(store, now, now + _WEEK))
    return min((at for at in (*notes, *calls) if at > now), default=None)


def foretold(
    store: Store, world: World, holiday: Holiday, now: datetime, mark: datetime, until: datetime
) -> Iterator[Foretold]:
    """With the topic that stands on the agenda by then where a declaration is missing."""
    added = interests.topics_ahead(store, world, mark, until)
    known: dict[MeetingId, list[str]] = {}
    for meeting, at, person, answer in _notes(store, world, mark, until):
        put_at = max(at, now)
        if not (mark < at <= until and put_at < meeting.starts):
            continue
        if meeting.id not in known:
            known[meeting.id] = _topics(store, meeting)
        missing = meeting.id in added and added[meeting.id] <= put_at
        topics = _topics(store, meeting, missing=True) if missing else known[meeting.id]
        out = _note(meeting, at, person, answer, topics)
        yield Foretold(put_at, meeting.subject, out, words.COMES)
        items = store.meetings.preparation([meeting.id])[meeting.id]
        yield from ticked(meeting, items, ITEM, put_at)
    for meeting in _linked(store, mark, until):
        at = meeting.starts - JUST_BEFORE
        if mark < at <= until and now < meeting.starts + STILL_OF_USE:
            for out in _calls(store, meeting, at, world, holiday):
                yield Foretold(max(at, now), meeting.subject, out, words.LINKED)


def coming(
    store: Store, meeting: Meeting, world: World
) -> Iterator[tuple[Person, RsvpAnswer | None]]:
    """To a call whoever did not say no; to a place whoever said that they come.

    A substitute comes as the one they stand in for would have.
    """
    rsvps = store.meetings.rsvps([meeting.id])[meeting.id]
    answers: dict[UserId, RsvpAnswer] = {r.user: r.answer for r in rsvps}
    for rsvp in rsvps:
        if rsvp.answer is RsvpAnswer.NO and rsvp.substitute is not None:
            answers.setdefault(rsvp.substitute, RsvpAnswer.YES)
    expected = [person.user for person in people_of(meeting.groups, world)]
    for user in dict.fromkeys([*expected, *meeting.guests, *answers]):
        person, answer = world.people.get(user), answers.get(user)
        unsaid = answer is None and meeting.kind is MeetingKind.FACE_TO_FACE
        if person is None or person.left or person.bot or unsaid or answer is RsvpAnswer.NO:
            continue
        yield person, answer


def on_site(meeting: Meeting, answer: RsvpAnswer | None) -> bool:
    return meeting.kind is MeetingKind.FACE_TO_FACE and answer is not RsvpAnswer.REMOTE


_Note = tuple[Meeting, datetime, Person, RsvpAnswer | None]


def _notes(store: Store, world: World, since: datetime, until: datetime) -> Iterator[_Note]:
    """On the day of the item for the link, or where there is none on that of the logistics."""
    first, last = since.date() - _AROUND, until.date() + _AROUND
    due = store.meeting_days.with_items((ITEM, LOGISTICS), first, last)
    for meeting in store.meetings.many(due) if due else ():
        if meeting.starts <= since:
            continue
        item = min(due[meeting.id], key=lambda one: one.key != ITEM)
        known = item.set_at or meeting.created_at
        for person, answer in coming(store, meeting, world):
            at = max(opening(item.due, hours_of(person), person.zone), known)
            yield meeting, at, person, answer


def _topics(store: Store, meeting: Meeting, *, missing: bool = False) -> list[str]:
    """Of an agenda that was drafted or posted; `missing`: with that of the declarations."""
    agenda = store.agendas.standing(meeting.id)
    if agenda.drafted_at is None and agenda.posted_at is None:
        return []
    items = agendas.listed(store, meeting.id)
    topics = [item.topic for item in items]
    if missing:
        topics.insert(slot(items, INTERESTS), interests.TOPIC)
    return topics


def _note(
    meeting: Meeting,
    at: datetime,
    person: Person,
    answer: RsvpAnswer | None,
    topics: Sequence[str],
) -> Outgoing:
    site = on_site(meeting, answer)
    return Outgoing(
        key=f"{_begins(meeting)}:note:{person.user}",
        subject=aside(meeting, LINK_NOTE),
        kind=LINK_NOTE,
        lane=person.user,
        message=view.note(meeting, person, topics, on_site=site),
        at=at,
        until=meeting.starts,
        bundle=DAILY,
        quiet_hours=True,
    )


def _linked(store: Store, since: datetime, until: datetime) -> tuple[Meeting, ...]:
    """Not those that have been started."""
    found: tuple[MeetingId, ...] = store.meeting_days.with_link(
        since.date() - _AROUND, until.date() + _AROUND
    )
    known = store.meetings.many(found) if found else ()
    return tuple(one for one in known if store.proceedings.sitting(one.id) is None)


def _calls(
    store: Store, meeting: Meeting, at: datetime, world: World, holiday: Holiday
) -> Iterator[Outgoing]:
    """Outside their hours only to who said that they come."""
    for person, answer in coming(store, meeting, world):
        calendar = calendar_of(person, world, holiday)
        working = next_allowed(at, person.zone, hours_of(person), calendar) == at
        if on_site(meeting, answer) or not (working or answer is not None):
            continue
        yield Outgoing(
            key=f"{_begins(meeting)}:join:{person.user}",
            subject=meeting.subject,
            kind=JOINING,
            lane=person.user,
            message=view.joining(meeting, person),
            at=at,
            until=meeting.starts + STILL_OF_USE,
        )


def _begins(meeting: Meeting) -> str:
    return f"{meeting.subject}:{datetime.combine(meeting.start_day, meeting.start_at):{_WALL}}"
