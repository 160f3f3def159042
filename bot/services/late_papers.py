"""Topics that come after the last day for papers: they wait for the chair's yes."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.agendas import AgendaItem, AgendaItemId, AgendaState, placed
from bot.domain.charge import in_charge
from bot.domain.days import day_in
from bot.domain.meetings import Meeting, PrepState
from bot.domain.model import Ref, Role, UserId
from bot.domain.notices import DAILY
from bot.domain.outbox import Message, Outgoing
from bot.domain.preparation import CUTOFF
from bot.errors import Code, Conflict, NotFound
from bot.services import agenda_changes as changes
from bot.services import cards, meetings
from bot.services.access import Ask, Op, authorize, standings
from bot.services.agenda_news import late_subject
from bot.views import agenda_answers as words

LATE, ANSWERED = "late-paper", "late-paper-answer"
SOON = timedelta(hours=24)
"""A meeting so near does not wait for anybody's next daily message."""
USEFUL = timedelta(days=7)


def deciders(ask: Ask, meeting: Meeting) -> tuple[UserId, ...]:
    """Who is asked whether a topic of the asker is taken; nobody while papers are due."""
    day = day_in(ask.now, meeting.zone)
    prepared = ask.store.meetings.preparation([meeting.id])[meeting.id]
    closed = (
        item.due < day
        for item in prepared
        if item.key == CUTOFF and item.state is not PrepState.SKIPPED
    )
    if not any(closed) or Role.CHAIR in standings(ask.world, ask.actor, meeting, ask.now):
        return ()
    group = meeting.groups[0] if len(meeting.groups) == 1 else None
    asked = in_charge(ask.world, group, ask.now)
    return () if ask.actor.user in asked else asked


def ask_about(ask: Ask, meeting: Meeting, item: AgendaItem, users: tuple[UserId, ...]) -> None:
    for user in users:
        _put(ask, meeting, item, LATE, user, words.late(meeting, item, ask.world))


def accept(ask: Ask, ref: Ref, number: AgendaItemId) -> tuple[Meeting, AgendaItem]:
    meeting, item = _waiting(ask, ref, number)
    changes.require_ahead(ask, meeting)
    before = changes.items_of(ask.store, meeting.id)
    taken = replace(item, state=AgendaState.LISTED)
    order = placed(before, taken)
    changes.save(ask, meeting, before, order, changes.ACCEPT, item.topic)
    _tell(ask, meeting, taken, None)
    return meeting, taken


def put_off(ask: Ask, ref: Ref, number: AgendaItemId) -> tuple[Meeting, AgendaItem, Meeting]:
    """On to the next meeting of the same groups."""
    meeting, item = _waiting(ask, ref, number)
    onto = changes.following(ask.store, meeting, ask.now)
    before = changes.items_of(ask.store, meeting.id)
    added = changes.move_on(ask, meeting, before, item, onto, changes.ACCEPT)
    _tell(ask, meeting, item, onto)
    return meeting, added, onto


def _waiting(ask: Ask, ref: Ref, number: AgendaItemId) -> tuple[Meeting, AgendaItem]:
    """Raises Conflict where somebody has answered already."""
    meeting = meetings.find(ask, ref)
    authorize(ask, Op.ARRANGE_AGENDA, meeting)
    item = ask.store.agendas.get(number)
    if item is None or item.meeting != meeting.id:
        raise NotFound(Code.AGENDA_NO_ITEM, ref=ref)
    if item.state is not AgendaState.LATE:
        raise Conflict(Code.AGENDA_SETTLED, ref=ref, topic=item.topic, state=item.state.value)
    return meeting, item


def _tell(ask: Ask, meeting: Meeting, item: AgendaItem, onto: Meeting | None) -> None:
    """Who proposed it hears how it ended; nobody is asked any more."""
    settled = words.late_settled(meeting, item, onto, ask.actor.user, ask.world)
    for row in ask.store.outbox.about(late_subject(item.id)):
        if row.out.kind == LATE and row.out.lane != ask.actor.user:
            cards.say_anew(ask.store, ask.world, row, settled, ask.now)
    ask.store.outbox.withdraw(late_subject(item.id), kinds=frozenset({LATE}))
    if item.created_by != ask.actor.user:
        _put(ask, meeting, item, ANSWERED, item.created_by, settled)


def _put(
    ask: Ask, meeting: Meeting, item: AgendaItem, kind: str, user: UserId, said: Message
) -> None:
    person = ask.world.people.get(user)
    if person is None or person.left or person.bot:
        return
    soon = meeting.starts - ask.now <= SOON
    ask.store.outbox.put(
        Outgoing(
            key=f"{late_subject(item.id)}:{kind}:{user}",
            subject=late_subject(item.id),
            kind=kind,
            lane=user,
            message=said,
            at=ask.now,
            until=max(meeting.starts, ask.now + USEFUL),
            bundle=None if soon else DAILY,
            quiet_hours=not soon,
        )
    )
