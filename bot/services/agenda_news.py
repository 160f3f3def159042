"""What the channels are shown of an agenda: posted once, rewritten at every change after."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.domain.agendas import ON_IT, AgendaItem, AgendaItemId, Matter
from bot.domain.meetings import Meeting
from bot.domain.model import Ref, World
from bot.services import meeting_cards, meeting_news
from bot.storage.database import Store
from bot.views import agendas as view


def late_subject(item: AgendaItemId) -> str:
    """How the outbox names what is said about one topic that came late."""
    return f"agenda:{item}"


def matters_of(store: Store, items: Iterable[AgendaItem]) -> Mapping[Ref, Matter]:
    """The actions, deadlines and decisions that these are about, as they stand now."""
    refs = tuple(dict.fromkeys(ref for item in items for ref in item.refs))
    if not refs:
        return {}
    found: list[Matter] = [*store.items.many(refs)]
    found += store.deadlines.many(refs)
    found += store.decisions.many(refs)
    return {one.ref: one for one in found}


def follow(store: Store, world: World, meeting: Meeting, now: datetime) -> None:
    """After any change: the agenda in the channels tells it, if it was posted, and the card."""
    if store.agendas.posted(meeting.id) is not None:
        show(store, world, meeting, now)
    meeting_cards.follow(store, world, meeting.id, now)


def show(store: Store, world: World, meeting: Meeting, now: datetime) -> tuple[str, ...]:
    """Post it into each channel, or rewrite what is there; the channels."""
    all_items = store.agendas.of([meeting.id])[meeting.id]
    items = tuple(item for item in all_items if item.state in ON_IT)
    agenda = store.agendas.standing(meeting.id)
    matters = matters_of(store, items)
    lanes = meeting_news.lanes(meeting, world)
    for lane, zone in lanes:
        message = view.posted(meeting, agenda, items, matters, world, zone)
        meeting_cards.show(store, meeting, meeting_cards.AGENDA, lane, message, now)
    return tuple(lane for lane, _ in lanes)
