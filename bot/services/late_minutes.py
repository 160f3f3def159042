"""Meetings that are over and whose minutes are not out."""

from datetime import date, datetime

from bot.domain.meetings import Meeting, MeetingState, PrepState
from bot.storage.database import Store

ITEM = "minutes-draft"
"""Of the checklist: ticked as soon as they are out."""


def unwritten(store: Store, now: datetime) -> tuple[tuple[Meeting, date], ...]:
    """Each with the day by which they were to be; not of what was held elsewhere."""
    due = {
        meeting: item.due
        for meeting, items in store.meetings.unfinished(now.date()).items()
        for item in items
        if item.key == ITEM and item.state is PrepState.TODO
    }
    found = store.meetings.many(due) if due else ()
    return tuple((one, due[one.id]) for one in found if one.ends <= now and _here(store, one))


def _here(store: Store, meeting: Meeting) -> bool:
    """What was held elsewhere has its minutes there; nobody may have said yet that it was held."""
    called_off = meeting.state is MeetingState.CANCELLED
    return not called_off and store.proceedings.sitting(meeting.id) is not None
