"""Taking back what was caught of a meeting: one line, or all that were pasted at once."""

from dataclasses import replace

from bot.domain.agendas import AgendaState
from bot.domain.history import Change
from bot.domain.meetings import Meeting
from bot.domain.proceedings import Line, LineKind
from bot.services import meeting_cards, meetings, minutes
from bot.services.access import Ask, Op, authorize

PASTE = "paste notes"


def take_back(ask: Ask, change: Change) -> None:
    """Every line of the paste, but for those of which something was made since."""
    meeting = meetings.find(ask, change.ref)
    authorize(ask, Op.TAKE_NOTES, meeting)
    minutes.require_unlocked(ask, meeting)
    made_then = {one.ref for one in ask.store.audit.of_request(change.request)}
    for line in reversed(ask.store.proceedings.lines(meeting.id)):
        pasted = not line.ts and (line.by, line.at) == (change.by, change.at)
        if pasted and (line.ref is None or line.ref in made_then):
            remove(ask, meeting, line)
    meeting_cards.follow(ask.store, ask.world, meeting.id, ask.now)


def remove(ask: Ask, meeting: Meeting, line: Line) -> None:
    """The line alone; a topic that only it put on the agenda goes from there."""
    ask.store.proceedings.save(replace(line, taken_back=True))
    if line.kind is not LineKind.TOPIC or line.agenda_item is None:
        return
    item = ask.store.agendas.get(line.agenda_item)
    if item is None or (item.created_at, item.created_by) != (line.at, line.by):
        return
    others = ask.store.proceedings.lines(meeting.id)
    if not any(other.agenda_item == item.id for other in others):
        ask.store.agendas.save(replace(item, state=AgendaState.DROPPED))
