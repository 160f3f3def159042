"""How every change of an agenda is stored, remembered and taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.agendas import (
    ON_IT,
    AgendaItem,
    AgendaItemId,
    AgendaState,
    FormerAgenda,
    anew,
    placed,
)
from bot.domain.history import Change
from bot.domain.meetings import Meeting, MeetingId, MeetingState, PrepState
from bot.domain.model import Ref
from bot.errors import Code, Conflict
from bot.services import agenda_news, meetings
from bot.services.access import Ask, Op, authorize
from bot.services.history import remember_meeting
from bot.services.meeting_undo import KEPT_FOR
from bot.storage.database import Store

ADD, EDIT, DROP, ORDER = "add topic", "edit topic", "drop topic", "order agenda"
CARRY, DRAFT = "carry topic", "draft agenda"
ACCEPT, POST = "accept topic", "post agenda"
VERBS = frozenset({ADD, EDIT, DROP, ORDER, CARRY, DRAFT})
"""What can be taken back: what others have been told of cannot."""
DRAFT_KEYS = ("call-items", "draft-agenda")
"""The items of a preparation that are done once there is a draft."""


def items_of(store: Store, meeting: MeetingId) -> tuple[AgendaItem, ...]:
    return store.agendas.of([meeting])[meeting]


def find(ask: Ask, ref: Ref, op: Op) -> Meeting:
    """One that is not over; raises NotFound, NotAllowed or Conflict."""
    meeting = meetings.find(ask, ref)
    authorize(ask, op, meeting)
    require_ahead(ask, meeting)
    return meeting


def require_ahead(ask: Ask, meeting: Meeting) -> None:
    """An agenda may change as long as the meeting lasts."""
    if not meeting.state.ahead or meeting.ends <= ask.now:
        raise Conflict(Code.MEETING_OVER, ref=meeting.ref, state=meeting.state.value)


def following(store: Store, meeting: Meeting, now: datetime) -> Meeting:
    """The next one of the same groups; raises Conflict where none is set."""
    ahead = [
        one
        for one in store.meetings.upcoming(now, meeting.groups)
        if one.starts > meeting.starts and one.id != meeting.id
    ]
    same = (one for one in ahead if set(one.groups) == set(meeting.groups))
    found = next(same, None)
    if found is None:
        raise Conflict(Code.AGENDA_NO_MEETING, ref=meeting.ref)
    return found


def save(
    ask: Ask,
    meeting: Meeting,
    before: Sequence[AgendaItem],
    order: Sequence[AgendaItem],
    verb: str,
    detail: str = "",
) -> tuple[AgendaItem, ...]:
    """Store the items as they are given, in this order; the others of `before` go.

    `verb` empty: another agenda of the same request tells it.
    """
    known = {item.id: item for item in before}
    on_it = [item for item in order if item.state in ON_IT]
    off_it = [item for item in order if item.state not in ON_IT]
    moved: dict[AgendaItemId, int] = {}
    for position, item in enumerate((*on_it, *off_it), 1):
        was = known.get(item.id)
        if item.position != position:
            moved[item.id] = position
        if was is None or replace(was, position=item.position) != item:
            ask.store.agendas.save(item)
    ask.store.agendas.move(moved)
    kept = {item.id for item in order}
    ask.store.agendas.remove(id_ for id_ in known if id_ not in kept)
    after = items_of(ask.store, meeting.id)
    agenda = ask.store.agendas.standing(meeting.id)
    ask.store.agendas.purge(ask.now - KEPT_FOR)
    ask.store.agendas.keep(ask.key, FormerAgenda(agenda, tuple(before), after), ask.now)
    changed = replace(agenda, changed_at=ask.now)
    ask.store.agendas.put(replace(changed, drafted_at=ask.now) if verb == DRAFT else changed)
    if verb:
        remember_meeting(ask, meeting, verb, detail)
    agenda_news.follow(ask.store, ask.world, meeting, ask.now)
    return after


def move_on(
    ask: Ask,
    meeting: Meeting,
    before: Sequence[AgendaItem],
    item: AgendaItem,
    onto: Meeting,
    verb: str,
) -> AgendaItem:
    """From one agenda to that of a later meeting; as it stands there."""
    there = items_of(ask.store, onto.id)
    new = anew(meeting.ref, item)
    added = ask.store.agendas.add(onto.id, new, item.created_by, item.created_at)
    save(ask, onto, there, placed(there, added), "")
    gone = replace(item, state=AgendaState.CARRIED)
    order = [gone if one.id == item.id else one for one in before]
    save(ask, meeting, before, order, verb, f"{onto.ref}: {item.topic}")
    return added


def take_back(ask: Ask, change: Change) -> None:
    """All that the request did to agendas; raises Conflict if one of them was changed since."""
    formers = ask.store.agendas.formers(change.request)
    found = [(former, _unchanged(ask, former, change.ref)) for former in formers]
    if not found:
        raise Conflict(Code.CHANGED_MEANWHILE, ref=change.ref)
    for former, meeting in found:
        _restore(ask, former)
        unsay(ask.store, (item for item in former.after if item not in former.before))
        if meeting.ref == change.ref:
            remember_meeting(ask, meeting, "undo", change.verb, undone=True)
            if change.verb == DRAFT:
                _untick(ask, meeting, change.at)
        agenda_news.follow(ask.store, ask.world, meeting, ask.now)


def unsay(store: Store, items: Iterable[AgendaItem]) -> None:
    """What was asked about a late one and is not said yet."""
    for item in items:
        if item.state is AgendaState.LATE:
            store.outbox.withdraw(agenda_news.late_subject(item.id))


def _unchanged(ask: Ask, former: FormerAgenda, ref: Ref) -> Meeting:
    """The meeting, for who may still change its agenda."""
    meeting = ask.store.meetings.by_id(former.agenda.meeting)
    if meeting is None or items_of(ask.store, meeting.id) != former.after:
        raise Conflict(Code.CHANGED_MEANWHILE, ref=meeting.ref if meeting else ref)
    authorize(ask, Op.PROPOSE_TOPIC, meeting)
    if meeting.state is MeetingState.CANCELLED and meeting.ref == ref:
        require_ahead(ask, meeting)
    return meeting


def _restore(ask: Ask, former: FormerAgenda) -> None:
    kept = {item.id for item in former.before}
    ask.store.agendas.remove(item.id for item in former.after if item.id not in kept)
    for item in former.before:
        ask.store.agendas.save(item)
    agenda = ask.store.agendas.standing(former.agenda.meeting)
    drafted = former.agenda.drafted_at
    ask.store.agendas.put(replace(agenda, drafted_at=drafted, changed_at=ask.now))


def _untick(ask: Ask, meeting: Meeting, at: datetime) -> None:
    """What the draft had ticked by itself is to be done again."""
    for item in ask.store.meetings.preparation([meeting.id])[meeting.id]:
        if item.key in DRAFT_KEYS and item.done_at == at and item.done_by is None:
            again = replace(item, state=PrepState.TODO, done_at=None)
            ask.store.meetings.save_prep(meeting.id, again)
