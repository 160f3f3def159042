"""Taking back a correction of minutes, or that they were approved."""

from dataclasses import replace

from bot.domain.history import Change
from bot.domain.meetings import Meeting, PrepState
from bot.domain.minutes import Minutes, MinutesState
from bot.errors import Code, Conflict
from bot.services import meeting_cards, meetings, minutes_news
from bot.services.access import Ask, Op, authorize
from bot.services.history import remember_meeting
from bot.services.minutes import APPROVE, CORRECT, of
from bot.services.minutes_content import content

VERBS = frozenset({CORRECT, APPROVE})


def take_back(ask: Ask, change: Change) -> None:
    """Only as long as nobody has done anything about the minutes since."""
    meeting = meetings.find(ask, change.ref)
    minutes = of(ask.store, meeting.id)
    if minutes is None or minutes.version != change.version:
        raise Conflict(Code.CHANGED_MEANWHILE, ref=change.ref)
    if change.verb == APPROVE:
        authorize(ask, Op.ACCEPT_MINUTES, meeting)
        after = _unlocked(ask, meeting, minutes)
    else:
        authorize(ask, Op.COMMENT_MINUTES, meeting)
        after = replace(minutes, corrections=minutes.corrections[:-1])
    saved = ask.store.minutes.save(after, expected=minutes.version)
    remember_meeting(ask, meeting, "undo", change.verb, version=saved.version, undone=True)
    told = content(ask.store, ask.world, meeting, saved, ask.now)
    minutes_news.show(ask.store, ask.world, meeting, saved, told, ask.now)
    meeting_cards.follow(ask.store, ask.world, meeting.id, ask.now)


def _unlocked(ask: Ask, meeting: Meeting, minutes: Minutes) -> Minutes:
    """As they were before, and what their approval ticked is to be done again."""
    for item in ask.store.meetings.preparation([meeting.id])[meeting.id]:
        by_itself = item.state is PrepState.DONE and item.done_by is None
        if by_itself and item.done_at == minutes.accepted_at:
            again = replace(item, state=PrepState.TODO, done_at=None)
            ask.store.meetings.save_prep(meeting.id, again)
    return replace(
        minutes,
        state=MinutesState.OBJECTED if minutes.objections else MinutesState.PUBLISHED,
        accepted_at=None,
        accepted_by=None,
        frozen=None,
    )
