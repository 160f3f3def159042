"""Before a meeting: who has not answered is asked, and who minds it hears if it cannot decide."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.charge import in_charge
from bot.domain.days import USUAL_HOURS, Calendar, add_working_days, opening, roll_back
from bot.domain.foretold import Foretold, ticked
from bot.domain.history import Change
from bot.domain.meetings import Meeting, PrepItem, PrepState, Rsvp
from bot.domain.model import Person, Ref, UserId, World
from bot.domain.notices import DAILY, Holiday, calendar_of, hours_of
from bot.domain.outbox import Message, Outgoing
from bot.domain.preparation import takes_part
from bot.domain.quorum import Quorum, quorum_of
from bot.errors import Code, Conflict
from bot.services import preparation, rescheduling
from bot.services.access import Ask
from bot.services.meeting_news import CHASE, QUORUM
from bot.storage.database import Store
from bot.storage.meeting_days import LEFT_TO_DO
from bot.views import foretold as words
from bot.views import quorum_checks as view

ITEM = "quorum"
"""Of the checklist; a meeting without it is not looked at."""
HELD = "hold anyway"
"""The verb in the history."""
_AROUND = timedelta(days=14)
"""Longer than anybody's holidays before a check, and than a check comes before its meeting."""


@dataclass(frozen=True, slots=True)
class Check:
    """A meeting whose quorum is to be looked at, and how it stands."""

    meeting: Meeting
    item: PrepItem
    rsvps: tuple[Rsvp, ...]
    quorum: Quorum
    agenda: bool
    """One is posted."""

    @property
    def fine(self) -> bool:
        return self.quorum.reached and self.agenda

    @property
    def silent(self) -> tuple[UserId, ...]:
        """Who votes and has not answered."""
        given = {rsvp.user for rsvp in self.rsvps}
        return tuple(user for user in self.quorum.voters if user not in given)


def plan(store: Store, world: World, holiday: Holiday, now: datetime, mark: datetime) -> int:
    put = 0
    for check in _checks(store, world, mark, now):
        if check.meeting.starts <= now:
            continue
        told = _told(check, world, holiday)
        if check.fine and any(at <= now for at, _ in told):
            preparation.done_by_itself(store, check.meeting, ITEM, now)
            store.outbox.withdraw(check.meeting.subject, kinds=frozenset({QUORUM}))
            continue
        for at, person in _asked(check, world, holiday):
            if mark < at <= now:
                put += store.outbox.put(_chase(check, person, at))
        for at, person in told if not check.fine else ():
            if mark < at <= now:
                put += store.outbox.put(_warning(check, person, at, world))
    return put


def next_at(store: Store, world: World, holiday: Holiday, now: datetime) -> datetime | None:
    later = [
        at
        for check in _checks(store, world, now, now)
        for at, _ in (*_asked(check, world, holiday), *_told(check, world, holiday))
        if at > now
    ]
    return min(later, default=None)


def foretold(
    store: Store, world: World, holiday: Holiday, now: datetime, mark: datetime, until: datetime
) -> Iterator[Foretold]:
    for check in _checks(store, world, mark, until):
        subject, starts = check.meeting.subject, check.meeting.starts
        told = _told(check, world, holiday)
        looked = min((max(at, now) for at, _ in told), default=starts)
        settled = min(looked, starts) if check.fine else starts
        for at, person in _asked(check, world, holiday):
            if mark < at <= until and max(at, now) < settled:
                out = _chase(check, person, at)
                yield Foretold(max(at, now), subject, out, words.UNANSWERED)
        if check.fine and looked <= until and looked < starts:
            yield from ticked(check.meeting, (check.item,), ITEM, looked)
        for at, person in told if not check.fine else ():
            if mark < at <= until and max(at, now) < starts:
                out = _warning(check, person, at, world)
                yield Foretold(max(at, now), subject, out, words.short_of_quorum(check.quorum))


def hold(ask: Ask, ref: Ref) -> Meeting:
    """It takes place as it is: nothing more is said of its quorum."""
    meeting = require_open(ask, ref)
    items = ask.store.meetings.preparation([meeting.id])[meeting.id]
    for item in (one for one in items if one.key == ITEM):
        done = replace(item, state=PrepState.DONE, done_by=ask.actor.user, done_at=ask.now)
        ask.store.meetings.save_prep(meeting.id, done)
    ask.store.outbox.withdraw(meeting.subject, kinds=frozenset({QUORUM}))
    ask.store.audit.add(Change(meeting.ref, 0, ask.now, ask.actor.user, HELD, ask.key))
    return meeting


def require_open(ask: Ask, ref: Ref) -> Meeting:
    """One about which there is still something to decide, for who may."""
    meeting = rescheduling.for_change(ask, ref)
    items = ask.store.meetings.preparation([meeting.id])[meeting.id]
    item = next((one for one in items if one.key == ITEM), None)
    if item is None or item.state is not PrepState.TODO:
        by = item.done_by if item is not None else None
        raise Conflict(Code.QUORUM_SETTLED, ref=ref, by=by, why="" if by else "nothing")
    return meeting


def _checks(store: Store, world: World, since: datetime, until: datetime) -> Iterator[Check]:
    """Those around these days that are to be done, of meetings that have not begun."""
    first, last = since.date() - _AROUND, until.date() + _AROUND
    due = store.meeting_days.with_items((ITEM,), first, last, LEFT_TO_DO)
    meetings = [one for one in store.meetings.many(due) if one.starts > since] if due else []
    given = store.meetings.rsvps([meeting.id for meeting in meetings])
    for meeting in meetings:
        rsvps = given[meeting.id]
        agenda = store.agendas.posted(meeting.id) is not None
        yield Check(meeting, due[meeting.id][0], rsvps, quorum_of(meeting, rsvps, world), agenda)


def _asked(check: Check, world: World, holiday: Holiday) -> tuple[tuple[datetime, Person], ...]:
    """Who was named in one of its groups, or is a guest, on their working day before the check."""
    given = {rsvp.user for rsvp in check.rsvps}
    keys = takes_part(check.meeting.groups, world)
    named = (m.user for key in keys for m in world.members(key) if m.named)
    people = (p for p in _people((*named, *check.meeting.guests), world) if p.user not in given)
    return tuple(
        (_opens(check, add_working_days(check.item.due, -1, calendar), person), person)
        for person, calendar in ((p, _calendar(p, world, holiday)) for p in people)
    )


def _told(check: Check, world: World, holiday: Holiday) -> tuple[tuple[datetime, Person], ...]:
    """Who minds its groups, of all together the coordinators; on a day on which they work."""
    due = check.item.due
    moment = opening(due, USUAL_HOURS, world.programme.zone)
    keys = check.meeting.groups or (None,)
    users = (user for key in keys for user in in_charge(world, key, moment))
    return tuple(
        (_opens(check, roll_back(due, _calendar(person, world, holiday)), person), person)
        for person in _people(users, world)
    )


def _opens(check: Check, day: date, person: Person) -> datetime:
    """Not before anybody knew of it."""
    known = check.item.set_at or check.meeting.created_at
    return max(opening(day, hours_of(person), person.zone), known)


def _calendar(person: Person, world: World, holiday: Holiday) -> Calendar:
    """Who is away hears of it when they are back, or somebody else does."""
    return replace(calendar_of(person, world, holiday), away_until=None)


def _people(users: Iterable[UserId], world: World) -> tuple[Person, ...]:
    known = (world.people.get(user) for user in dict.fromkeys(users))
    return tuple(p for p in known if p is not None and not (p.left or p.bot))


def _chase(check: Check, person: Person, at: datetime) -> Outgoing:
    message = view.chase(check.meeting, person)
    return replace(_row(check, CHASE, person, at, message), quiet_hours=True)


def _warning(check: Check, person: Person, at: datetime, world: World) -> Outgoing:
    message = view.warning(
        check.meeting, check.quorum, check.silent, person, world, agenda=check.agenda
    )
    return _row(check, QUORUM, person, at, message)


def _row(check: Check, kind: str, person: Person, at: datetime, message: Message) -> Outgoing:
    meeting = check.meeting
    begins = f"{meeting.start_day.isoformat()}T{meeting.start_at:%H%M}"
    return Outgoing(
        key=f"{meeting.subject}:{kind}:{begins}:{person.user}",
        subject=meeting.subject,
        kind=kind,
        lane=person.user,
        message=message,
        at=at,
        until=meeting.starts,
        bundle=DAILY,
    )
