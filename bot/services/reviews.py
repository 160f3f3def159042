"""Decisions that come back: asked about on their day, kept, put on an agenda."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.agendas import ON_IT, AgendaState, NewAgendaItem, Purpose
from bot.domain.charge import in_charge
from bot.domain.days import day_in, next_opening, opening
from bot.domain.decisions import Decision, DecisionState
from bot.domain.foretold import Foretold
from bot.domain.history import Change
from bot.domain.items import TITLE_LIMIT
from bot.domain.model import Person, Ref, World
from bot.domain.notices import DAILY, Holiday, calendar_of, hours_of
from bot.domain.outbox import Outgoing
from bot.errors import BadInput, Code, Conflict
from bot.services import agenda_settled, agendas, checks, decision_news, decisions
from bot.services.access import Ask, Op, authorize
from bot.storage.database import Store
from bot.views import reviews as words
from bot.views.foretold import UNREVIEWED

REVIEW = "review"
"""The verb in the history, and the kind of what is said."""
MINUTES = 10
AHEAD = timedelta(days=7)
ROLLED = timedelta(days=21)
"""Longer than a day is ever put off by holidays and closures."""
USEFUL = timedelta(days=14)
_SOURCE = "decision:"
_BEFORE = ", before that "


@dataclass(frozen=True, slots=True)
class OnAgenda:
    """`again`: it stood there already."""

    decision: Decision
    meeting: Ref
    again: bool = False


def keep(ask: Ask, ref: Ref, review: date | None) -> Decision:
    """It stands, and is looked at again then, or never."""
    decision = for_review(ask, ref)
    group = checks.find_group(ask, decision.group)
    if review is not None and review <= day_in(ask.now, group.zone):
        raise BadInput(Code.DATE_PAST, "due", day=review)
    after = replace(decision, review=review, updated_at=ask.now, updated_by=ask.actor.user)
    saved = ask.store.decisions.save(after, expected=decision.version)
    detail = f"{_day(review)}{_BEFORE}{_day(decision.review)}"
    ask.store.audit.add(
        Change(ref, saved.version, ask.now, ask.actor.user, REVIEW, ask.key, detail)
    )
    _follow(ask, saved)
    return saved


def take_back(ask: Ask, change: Change) -> None:
    """Its day is what it was before; raises Conflict if it was changed since."""
    decision = for_review(ask, change.ref)
    if decision.version != change.version:
        raise Conflict(Code.CHANGED_MEANWHILE, ref=change.ref)
    was = change.detail.rpartition(_BEFORE)[2]
    review = None if was == _day(None) else date.fromisoformat(was)
    after = replace(decision, review=review, updated_at=ask.now, updated_by=ask.actor.user)
    saved = ask.store.decisions.save(after, expected=decision.version)
    by, key, now = ask.actor.user, ask.key, ask.now
    ask.store.audit.add(Change(saved.ref, saved.version, now, by, "undo", key, REVIEW, undone=True))
    _follow(ask, saved)


def _day(review: date | None) -> str:
    return review.isoformat() if review is not None else "none"


def _follow(ask: Ask, saved: Decision) -> None:
    ask.store.outbox.withdraw(saved.subject, kinds=frozenset({REVIEW}))
    decision_news.show(ask.store, ask.world, saved, ask.now)
    agenda_settled.follow(ask.store, ask.world, saved, ask.now)


def put_on_agenda(ask: Ask, ref: Ref) -> OnAgenda:
    """Of its group's next meeting, once."""
    decision = for_review(ask, ref)
    meeting = agendas.meant(ask, checks.find_group(ask, decision.group))
    source = f"{_SOURCE}{ref}"
    known = ask.store.meetings.get(meeting)
    items = ask.store.agendas.of([known.id])[known.id] if known is not None else ()
    there = (item for item in items if item.state in ON_IT or item.state is AgendaState.LATE)
    if any(item.source == source for item in there):
        return OnAgenda(decision, meeting, again=True)
    topic = f"Review of {ref}: {decision.text}"[:TITLE_LIMIT]
    new = NewAgendaItem(topic, MINUTES, None, Purpose.DECIDE, source=source)
    agendas.add(ask, meeting, new)
    return OnAgenda(decision, meeting)


def for_review(ask: Ask, ref: Ref) -> Decision:
    """One that stands, for who minds its group."""
    decision = decisions.existing(ask, ref)
    authorize(ask, Op.SETTLE_DECISION, decision)
    if decision.state is DecisionState.WITHDRAWN:
        raise Conflict(
            Code.ALREADY_DECIDED,
            ref=ref,
            state=decision.state.value,
            since=decision.state_since,
            group=decision.group,
        )
    return decision


def plan(store: Store, world: World, holiday: Holiday, now: datetime, mark: datetime) -> int:
    """Ask about those whose day has come since the mark; how many rows."""
    put = 0
    found = store.decisions.reviewed((mark - ROLLED).date(), (now + AHEAD).date())
    for decision, person, at in _asked(found, world, holiday, now):
        if mark < at <= now:
            put += store.outbox.put(_outgoing(decision, person, world, at))
    return put


def next_at(store: Store, world: World, holiday: Holiday, now: datetime) -> datetime | None:
    found = store.decisions.reviewed((now - ROLLED).date(), (now + AHEAD).date())
    later = (at for _, _, at in _asked(found, world, holiday, now) if at > now)
    return min(later, default=None)


def foretold(
    store: Store, world: World, holiday: Holiday, now: datetime, mark: datetime, until: datetime
) -> Iterator[Foretold]:
    """To who minds the group on that day, whoever does now."""
    found = store.decisions.reviewed((mark - ROLLED).date(), until.date())
    days = [now + timedelta(days=n) for n in range((until - now).days + 1)]
    asked = (one for day in days for one in _asked(found, world, holiday, day))
    for decision, person, at in dict.fromkeys(asked):
        then = max(at, now)
        if mark < at <= until and person.user in in_charge(world, decision.group, then):
            out = _outgoing(decision, person, world, at)
            yield Foretold(then, decision.subject, out, UNREVIEWED)


def _asked(
    found: tuple[Decision, ...], world: World, holiday: Holiday, now: datetime
) -> Iterator[tuple[Decision, Person, datetime]]:
    """Whom, and when: on that day or their next working day."""
    for decision in found:
        for user in in_charge(world, decision.group, now):
            person = world.people[user]
            hours, calendar = hours_of(person), calendar_of(person, world, holiday)
            day = decision.review or now.date()
            begins = opening(day, hours, person.zone)
            yield decision, person, next_opening(begins, person.zone, hours, calendar)


def _outgoing(decision: Decision, person: Person, world: World, at: datetime) -> Outgoing:
    return Outgoing(
        key=f"{decision.subject}:{REVIEW}:{decision.review}:{person.user}",
        subject=decision.subject,
        kind=REVIEW,
        lane=person.user,
        message=words.due(decision, world),
        at=at,
        until=at + USEFUL,
        bundle=DAILY,
        quiet_hours=True,
    )
