"""Agendas: one function is one use case, inside the transaction of its request."""

from bot.domain.agendas import ON_IT, AgendaItem
from bot.domain.meetings import MeetingId
from bot.storage.database import Store


def listed(store: Store, meeting: MeetingId) -> tuple[AgendaItem, ...]:
    """Those on the agenda; people call each by its place in this, from 1."""
    items = store.agendas.of([meeting])[meeting]
    return tuple(item for item in items if item.state in ON_IT)
