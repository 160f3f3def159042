"""What the clock brought, or is to bring, about one meeting: why, beside its reminders."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from bot.domain.explanations import Fate, fate_of, said_at
from bot.domain.foretold import Foretold, Word
from bot.domain.meetings import Meeting
from bot.domain.model import UserId
from bot.domain.notices import Holiday
from bot.domain.outbox import Outgoing, Sent, Way
from bot.services import (
    cards,
    forecasts,
    interests,
    meeting_news,
    minutes_news,
    thread_endings,
    timeboxes,
)
from bot.services.access import Ask, Op, allowed
from bot.services.delivery import allowed_at
from bot.services.explanations import heads
from bot.services.link_notes import STILL_OF_USE
from bot.services.meeting_news import ASIDES, INTERESTS, aside
from bot.views import foretold as words

AFTERWARDS = timedelta(days=60)
"""Minutes are accepted long before, whatever was closed meanwhile."""
_WHAT = {
    meeting_news.CHASE: words.ASKED,
    meeting_news.QUORUM: words.WARNED,
    meeting_news.TOOK_PLACE: words.TOOK_PLACE,
    meeting_news.LINK_NOTE: words.NOTED,
    meeting_news.JOINING: words.JOINED,
    INTERESTS: words.DECLARED,
    meeting_news.CLOCKS: words.CLOCKS,
    meeting_news.NEWS: words.NEWS,
    meeting_news.EDITED: words.EDITED,
    minutes_news.DRAFTED: words.DRAFTED,
    minutes_news.OUTCOME: words.OUTCOME,
    minutes_news.STEERING: words.STEERING,
    minutes_news.COMMENTED: words.REMARK,
    minutes_news.OBJECTED: words.OBJECTION,
    timeboxes.UNENDED: words.STILL_OPEN,
    thread_endings.ENDED: words.ENDED,
}


def told_about(
    ask: Ask, meeting: Meeting, holiday: Holiday, country_name: Callable[[str], str] = str
) -> tuple[Word, ...]:
    """In the order of time; of declarations only what the asker may know."""
    known = [row for row in _rows(ask, meeting) if _may_know(ask, meeting, row.out)]
    merged = heads(ask, known)
    said = [
        Word(what, row.out.lane, said_at(row, head), fate_of(row, head), row.why)
        for row in known
        for head in [merged.get(row.merged_into or "", row)]
        if row.out.way is Way.POST and (what := _what(row.out, meeting))
    ]
    until = max(meeting.starts + STILL_OF_USE, ask.now)
    until = until if meeting.starts > ask.now else ask.now + AFTERWARDS
    for one in forecasts.brought(ask.store, holiday, ask.now, until, country_name):
        if one.about == meeting.subject and one.out and _may_know(ask, meeting, one.out):
            said += _ahead(ask, meeting, one, one.out, holiday)
    return tuple(sorted(said, key=lambda one: one.at))


def _rows(ask: Ask, meeting: Meeting) -> Iterator[Sent]:
    outbox = ask.store.outbox
    for subject in (meeting.subject, *(aside(meeting, kind) for kind in sorted(ASIDES))):
        yield from outbox.about(subject)
    yield from outbox.by_keys(interests.asking_keys(ask.store, meeting, ask.world.people)).values()


def _may_know(ask: Ask, meeting: Meeting, out: Outgoing) -> bool:
    """Whose declaration is missing is for themselves, and for who runs the meeting."""
    own = out.kind != INTERESTS or out.lane == ask.actor.user
    return own or allowed(ask.world, ask.actor, Op.CHANGE_MEETING, meeting, ask.now)


def _ahead(
    ask: Ask, meeting: Meeting, one: Foretold, out: Outgoing, holiday: Holiday
) -> Iterator[Word]:
    at, person = one.at, ask.world.people.get(UserId(out.lane))
    if person is not None:
        at = allowed_at(out, person, ask.world, holiday, _said(ask, out), at)
    what = _what(out, meeting)
    if what and at < out.until:
        yield Word(what, out.lane, at, Fate.PLANNED, only_if=one.only_if)


def _said(ask: Ask, out: Outgoing) -> datetime | None:
    return ask.store.outbox.last_said(out.lane, out.bundle) if out.bundle else None


def _what(out: Outgoing, meeting: Meeting) -> str:
    """Empty: it is shown, not told, such as the meeting's card."""
    shown = minutes_news.shows(meeting, out.lane)
    if out.way is Way.EDIT:
        return words.ACCEPTED if out.edits == shown else ""
    return words.MINUTES if (out.kind, out.key) == (cards.CARD, shown) else _WHAT.get(out.kind, "")
