"""Declarations of interest: asked for before a meeting, once, and given in one press."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.domain.agenda_times import length, total
from bot.domain.agendas import (
    INTERESTS,
    ON_IT,
    AgendaItem,
    AgendaState,
    NewAgendaItem,
    Purpose,
    placed,
)
from bot.domain.days import ONE_DAY, day_in, instant, opening
from bot.domain.foretold import Foretold, ticked
from bot.domain.interests import ITEM, undeclared
from bot.domain.meetings import Meeting, MeetingId, OwnerRole, PrepItem
from bot.domain.model import Person, UserId, World
from bot.domain.notices import DAILY, hours_of
from bot.domain.outbox import Outgoing, State
from bot.domain.preparation import owners_of
from bot.errors import BadInput, Code
from bot.services import agenda_news, cards, preparation
from bot.services.access import Ask, Op, authorize
from bot.services.declarations import require_declaration
from bot.services.history import remember_shape
from bot.services.meeting_news import INTERESTS as KIND
from bot.services.meeting_news import aside
from bot.storage.database import Store
from bot.storage.meeting_days import LEFT_TO_DO
from bot.views import foretold as words
from bot.views import interests as view

ASKED_LATELY = timedelta(days=14)
"""Who was asked for one meeting is not asked again for another of these days."""
TOPIC = view.TOPIC
MOST_MINUTES = 2
"""On an agenda that has them to spare; else none."""
_STANDING = frozenset({State.PENDING, State.SENDING, State.SENT, State.MERGED, State.UNKNOWN})
_LONGEST_AGO = timedelta(days=30)
_AROUND = timedelta(days=2)
"""Between a day on any clock and the day in UTC, and the day after it."""


@dataclass(frozen=True, slots=True)
class _Check:
    """One meeting whose declarations are due to be checked; `missing` may be nobody."""

    meeting: Meeting
    item: PrepItem
    missing: tuple[Person, ...]


def declare(ask: Ask, link: str) -> Person:
    """From today on for twelve months; without a link: nothing to declare."""
    authorize(ask, Op.CHANGE_SELF, ask.actor)
    today = day_in(ask.now, ask.actor.zone)
    require_declaration(ask, today, link)
    return _declared(ask, replace(ask.actor, declared=today, declaration=link))


def confirm(ask: Ask) -> Person:
    """What was declared before is still right; raises BadInput where nothing ever was."""
    authorize(ask, Op.CHANGE_SELF, ask.actor)
    if ask.actor.declared is None:
        raise BadInput(Code.WRONG_WORDS, "declaration", usage="declare <link>, or declare none")
    return declare(ask, ask.actor.declaration)


def _declared(ask: Ask, after: Person) -> Person:
    ask.store.groups.save_person(after)
    remember_shape(ask, "self", "declare")
    subject = _subject(after.user)
    ask.store.outbox.withdraw(subject, kinds=frozenset({KIND}))
    world = ask.store.groups.world()
    for row in ask.store.outbox.about(subject):
        if row.out.kind == KIND and row.state in (State.SENT, State.MERGED):
            cards.say_anew(ask.store, world, row, view.declared(after), ask.now)
    _settle(ask.store, world, ask.now)
    return after


def plan(store: Store, world: World, now: datetime, mark: datetime) -> int:
    """Ask, tell whoever minds the meeting, and put on the agenda what nobody answered."""
    put = 0
    for check in _checks(store, world, mark, now):
        for at, row in _rows(store, check, world, now):
            if mark < at <= now:
                put += store.outbox.put(row)
        if mark < _settled_at(check) <= now and not check.missing:
            _done(store, world, check.meeting, now)
        elif mark < _settled_at(check) <= now:
            _put_on_agenda(store, check, world, now)
    return put


def next_at(store: Store, world: World, now: datetime) -> datetime | None:
    checks = tuple(_checks(store, world, now, now + timedelta(days=7)))
    rows = (at for check in checks for at, _ in _rows(store, check, world, now))
    return min((at for at in (*rows, *map(_settled_at, checks)) if at > now), default=None)


def foretold(
    store: Store, world: World, now: datetime, mark: datetime, until: datetime
) -> Iterator[Foretold]:
    checks = tuple(_checks(store, world, mark, until))
    yield from _foretold_questions(store, checks, world, now, mark, until)
    for check in checks:
        at = _settled_at(check)
        if not mark < at <= until:
            continue
        if not check.missing:
            yield from ticked(check.meeting, (check.item,), ITEM, max(at, now))
            continue
        for row in _unanswered(store, check, world, max(at, now)):
            yield Foretold(max(at, now), check.meeting.subject, row, words.SOME_UNDECLARED)


def topics_ahead(
    store: Store, world: World, since: datetime, until: datetime
) -> dict[MeetingId, datetime]:
    """On whose agendas `plan` is to put that somebody's is missing, and when."""
    return {
        check.meeting.id: at
        for check in _checks(store, world, since, until)
        for at in [_settled_at(check)]
        if check.missing and since < at <= until and not _on_agenda(store, check.meeting.id)
    }


def _foretold_questions(
    store: Store,
    checks: tuple[_Check, ...],
    world: World,
    now: datetime,
    mark: datetime,
    until: datetime,
) -> Iterator[Foretold]:
    """Nobody is asked for a second meeting whom another of these asks before it."""
    rows = [
        (at, row, check.meeting.subject)
        for check in checks
        for at, row in _rows(store, check, world, max(now, _from(check, check.item.due)))
        if mark < at <= until
    ]
    asked: dict[str, datetime] = {}
    for at, row, about in sorted(rows, key=lambda one: one[0]):
        question = row.subject == _subject(UserId(row.lane))
        if question and row.lane in asked and at - ASKED_LATELY < asked[row.lane]:
            continue
        if question:
            asked[row.lane] = at
        only_if = words.UNDECLARED if question else words.SOME_UNDECLARED
        yield Foretold(max(at, now), about, row, only_if)


def asking_keys(store: Store, meeting: Meeting, users: Iterable[UserId]) -> tuple[str, ...]:
    """Of the rows that ask these people for this meeting, or for others due on that day."""
    items = store.meetings.preparation([meeting.id])[meeting.id]
    days = [item.due for item in items if item.key == ITEM]
    return tuple(_key(_subject(user), day, user) for day in days for user in users)


def _checks(store: Store, world: World, since: datetime, until: datetime) -> Iterator[_Check]:
    """Those of these days that are to be done; what is begun is too late to ask for."""
    first, last = since.date() - _AROUND, until.date() + _AROUND
    due = store.meeting_days.with_items((ITEM,), first, last, LEFT_TO_DO)
    for meeting in store.meetings.many(due) if due else ():
        if meeting.starts > since:
            yield _Check(meeting, due[meeting.id][0], undeclared(meeting, world))


def _rows(
    store: Store, check: _Check, world: World, now: datetime
) -> Iterator[tuple[datetime, Outgoing]]:
    """What each is told on the opening of the due day where they are."""
    meeting, due = check.meeting, check.item.due
    for person in check.missing:
        at = max(opening(due, hours_of(person), person.zone), _known_since(check))
        if not _asked_lately(store, person.user, at):
            yield at, _row(meeting, person, at, _subject(person.user), due)
    if not check.missing:
        return
    for user in owners_of(check.item, meeting, world, day_in(now, meeting.zone)):
        owner = world.people[user]
        at = max(opening(due, hours_of(owner), owner.zone), _known_since(check))
        names = [person.user for person in check.missing]
        told = view.missing(meeting, names, world)
        row = _row(meeting, owner, at, aside(meeting, KIND), due)
        yield at, replace(row, message=told)


def _row(meeting: Meeting, person: Person, at: datetime, subject: str, due: date) -> Outgoing:
    return Outgoing(
        key=_key(subject, due, person.user),
        subject=subject,
        kind=KIND,
        lane=person.user,
        message=view.question(person, meeting),
        at=at,
        until=meeting.starts,
        bundle=DAILY,
        quiet_hours=True,
    )


def _key(subject: str, due: date, user: UserId) -> str:
    return f"{subject}:{due.isoformat()}:{user}"


def _asked_lately(store: Store, user: UserId, at: datetime) -> bool:
    return any(
        row.state in _STANDING and at - ASKED_LATELY < row.out.at <= at
        for row in store.outbox.about(_subject(user))
    )


def _subject(user: UserId) -> str:
    return f"{KIND}:{user}"


def _put_on_agenda(store: Store, check: _Check, world: World, now: datetime) -> None:
    """Once, without names; whoever chairs it hears them alone."""
    meeting = check.meeting
    if _on_agenda(store, meeting.id):
        return
    told = tuple(_unanswered(store, check, world, now))
    today = day_in(now, meeting.zone)
    owners = owners_of(check.item, meeting, world, today)
    before = store.agendas.of([meeting.id])[meeting.id]
    room = length(meeting) - total(item for item in before if item.state in ON_IT)
    minutes = max(0, min(MOST_MINUTES, room))
    new = NewAgendaItem(TOPIC, minutes, purpose=Purpose.INFORM, source=INTERESTS)
    added = store.agendas.add(meeting.id, new, next(iter(owners), meeting.created_by), now)
    order = placed(before, added)
    store.agendas.move({item.id: position for position, item in enumerate(order, 1)})
    _agenda_changed(store, world, meeting, now)
    for row in told:
        store.outbox.put(row)


def _unanswered(store: Store, check: _Check, world: World, now: datetime) -> Iterator[Outgoing]:
    """What whoever chairs it hears as it comes onto the agenda."""
    meeting = check.meeting
    if _on_agenda(store, meeting.id):
        return
    today = day_in(now, meeting.zone)
    told = view.unanswered(meeting, [person.user for person in check.missing], world)
    chaired = replace(check.item, role=OwnerRole.CHAIRS, owner=None)
    for user in owners_of(chaired, meeting, world, today):
        row = _row(meeting, world.people[user], now, aside(meeting, KIND), today)
        yield replace(row, message=told)


def _agenda_changed(store: Store, world: World, meeting: Meeting, now: datetime) -> None:
    store.agendas.put(replace(store.agendas.standing(meeting.id), changed_at=now))
    agenda_news.follow(store, world, meeting, now)


def _on_agenda(store: Store, meeting: MeetingId) -> tuple[AgendaItem, ...]:
    items = store.agendas.of([meeting])[meeting]
    return tuple(item for item in items if item.source == INTERESTS)


def _settle(store: Store, world: World, now: datetime) -> None:
    """Where it has been due and the last one has declared now."""
    until = now.date() + _AROUND
    due = store.meeting_days.with_items((ITEM,), until - _LONGEST_AGO, until, LEFT_TO_DO)
    for meeting in store.meetings.many(due) if due else ():
        begun = due[meeting.id][0].due <= day_in(now, meeting.zone) and meeting.starts > now
        if begun and not undeclared(meeting, world):
            _done(store, world, meeting, now)


def _done(store: Store, world: World, meeting: Meeting, now: datetime) -> None:
    """The agenda tells of it no more."""
    preparation.done_by_itself(store, meeting, ITEM, now)
    waiting = [i for i in _on_agenda(store, meeting.id) if i.state is AgendaState.LISTED]
    for one in waiting:
        store.agendas.save(replace(one, state=AgendaState.DROPPED))
    if waiting:
        _agenda_changed(store, world, meeting, now)


def _from(check: _Check, day: date) -> datetime:
    """The beginning of that day where the meeting is, or when the day was set on it."""
    return max(instant(day, time.min, check.meeting.zone), _known_since(check))


def _settled_at(check: _Check) -> datetime:
    """When it is ticked, or a day later stands on the agenda."""
    return _from(check, check.item.due + (ONE_DAY if check.missing else timedelta()))


def _known_since(check: _Check) -> datetime:
    return check.item.set_at or check.meeting.created_at
