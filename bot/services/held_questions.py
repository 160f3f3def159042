"""Meetings whose time is over, and that nobody started or called off: did they take place?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.days import next_opening
from bot.domain.foretold import Foretold
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.model import Person, Ref, World
from bot.domain.notices import DAILY, Holiday, calendar_of, hours_of
from bot.domain.outbox import Outgoing
from bot.errors import Code, Conflict
from bot.services import meeting_cards, proceedings, rescheduling
from bot.services.access import Ask
from bot.services.meeting_news import TOOK_PLACE, UNSAID
from bot.services.meeting_undo import CANCEL
from bot.services.minutes_news import minding
from bot.storage.database import Store
from bot.views import foretold as words
from bot.views import held_questions as view

AFTER = timedelta(hours=2)
"""Its end: by then somebody would have pasted notes."""
USEFUL = timedelta(days=14)
WHY = "did not take place"
_AROUND = timedelta(days=14)
"""Longer than anybody's holidays after a meeting, or than one lasts."""
_SOON = timedelta(days=7)


def plan(store: Store, world: World, holiday: Holiday, now: datetime, mark: datetime) -> int:
    put = 0
    for meeting, at, person in _asked(store, world, holiday, mark.date(), now.date()):
        if mark < at <= now:
            put += store.outbox.put(_row(meeting, person, at))
    return put


def next_at(store: Store, world: World, holiday: Holiday, now: datetime) -> datetime | None:
    soon = (now + _SOON).date()
    found = (at for _, at, _ in _asked(store, world, holiday, now.date(), soon))
    return min((at for at in found if at > now), default=None)


def foretold(
    store: Store, world: World, holiday: Holiday, now: datetime, mark: datetime, until: datetime
) -> Iterator[Foretold]:
    for meeting, at, person in _asked(store, world, holiday, mark.date(), until.date()):
        if mark < at <= until:
            yield Foretold(max(at, now), meeting.subject, _row(meeting, person, at), words.UNHELD)


def not_held(ask: Ask, ref: Ref) -> Meeting:
    """It did not take place: called off, and of that no channel hears."""
    meeting = proceedings.for_holding(ask, ref)
    if not meeting.state.ahead or ask.store.proceedings.sitting(meeting.id) is not None:
        raise Conflict(Code.MEETING_OVER, ref=ref, state=meeting.state.value)
    if meeting.starts > ask.now:
        raise Conflict(Code.NOT_NOW, meeting=meeting, past=False, held=True)
    after = replace(meeting, state=MeetingState.CANCELLED, why=WHY)
    (saved,), _, _ = rescheduling.stored(ask, (meeting,), (after,), CANCEL, WHY)
    ask.store.outbox.withdraw(meeting.subject, kinds=UNSAID)
    meeting_cards.follow(ask.store, ask.world, saved.id, ask.now)
    return saved


def _asked(
    store: Store, world: World, holiday: Holiday, first: date, last: date
) -> Iterator[tuple[Meeting, datetime, Person]]:
    """Whoever minds it, when their next day opens."""
    found = store.proceedings.not_started(first - _AROUND, last)
    for meeting in store.meetings.many(found) if found else ():
        over = meeting.ends + AFTER
        for user in minding(meeting, world, over):
            person = world.people.get(user)
            if person is None or person.left or person.bot:
                continue
            calendar = replace(calendar_of(person, world, holiday), away_until=None)
            yield meeting, next_opening(over, person.zone, hours_of(person), calendar), person


def _row(meeting: Meeting, person: Person, at: datetime) -> Outgoing:
    begins = f"{meeting.start_day.isoformat()}T{meeting.start_at:%H%M}"
    return Outgoing(
        key=f"{meeting.subject}:{TOOK_PLACE}:{begins}:{person.user}",
        subject=meeting.subject,
        kind=TOOK_PLACE,
        lane=person.user,
        message=view.question(meeting, person),
        at=at,
        until=at + USEFUL,
        bundle=DAILY,
        quiet_hours=True,
    )
