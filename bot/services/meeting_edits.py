"""Meetings changed in all but their time: title, place, length; one, or it and those after it."""

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.days import day_in, wall_after
from bot.domain.items import TITLE_LIMIT
from bot.domain.meetings import Meeting
from bot.domain.model import Ref
from bot.domain.notices import Holiday
from bot.domain.rescheduling import Policy
from bot.services import checklists, meeting_news
from bot.services.access import Ask
from bot.services.checks import require_text
from bot.services.meeting_facts import facts_of
from bot.services.meeting_undo import EDIT
from bot.services.rescheduling import NO_FACTS, Changed, for_change, stored, with_rest


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be another; None stays as it is. `length` over a day is on the clock."""

    title: str | None = None
    place: str | None = None
    length: timedelta | None = None
    link: str | None = None


def edit(ask: Ask, ref: Ref, wanted: Edit, holiday: Holiday, *, rest: bool = False) -> Changed:
    """Those of which something changes, none if it is all so already.

    Its channel hears of another place or length; a title it reads where the meeting is shown.
    """
    meeting = for_change(ask, ref)
    if wanted.title is not None:
        require_text(wanted.title, "text", TITLE_LIMIT)
    if wanted.place is not None and wanted.place:
        require_text(wanted.place, "text", TITLE_LIMIT)
    found = with_rest(ask, meeting) if rest else (meeting,)
    pairs = [(one, new) for one in found if (new := _edited(one, wanted)) != one]
    if not pairs:
        return Changed((), ())
    before, after = tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)
    template = checklists.of_meeting(ask.store, meeting)
    policy = Policy(ask.world, holiday, day_in(ask.now, meeting.zone), template)
    saved, dates, done = stored(ask, before, after, EDIT, _detail(wanted), policy)
    facts = facts_of(ask, saved, holiday) if wanted.length is not None else NO_FACTS
    told = meeting_news.changed(ask, before, saved, holiday)
    return Changed(before, saved, told, facts, dates, done)


def _edited(meeting: Meeting, wanted: Edit) -> Meeting:
    changed = replace(
        meeting,
        title=meeting.title if wanted.title is None else wanted.title,
        place=meeting.place if wanted.place is None else wanted.place,
        link=meeting.link if wanted.link is None else wanted.link,
    )
    if wanted.length is None:
        return changed
    end = wall_after(meeting.start_day, meeting.start_at, meeting.zone, wanted.length)
    return replace(changed, end_day=end.date(), end_at=end.time())


def _detail(wanted: Edit) -> str:
    length = "" if wanted.length is None else str(wanted.length)
    return wanted.title or wanted.place or length
