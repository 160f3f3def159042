"""What a group's channel hears of a meeting that is moved or cancelled: once, and the last word."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.days import USUAL_HOURS, next_allowed
from bot.domain.local_times import clocks, people_of, zones_of
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.model import World
from bot.domain.notices import Holiday, programme_calendar
from bot.domain.outbox import Message, Outgoing, State
from bot.services.access import Ask
from bot.storage.database import Store
from bot.views import meeting_news as words

NEWS = "meeting-news"
EDITED = "meeting-edited"
CLOCKS = "meeting-clocks"
LINK_NOTE, JOINING, INTERESTS = "meeting-note", "meeting-join", "interests"
ASIDES = frozenset({LINK_NOTE, INTERESTS})
"""Parts of daily messages, where of one subject only the latest word is said."""
CHASE, QUORUM = "rsvp-ask", "quorum"
"""Who has not answered is asked; who minds it hears that too few come, or of no agenda."""
UNSAID = frozenset({CHASE, QUORUM, NEWS, CLOCKS, LINK_NOTE, JOINING, INTERESTS})
"""Kinds that are taken back when the meeting changes."""
SECOND_THOUGHTS = timedelta(minutes=10)
"""As long as a change can be taken back without a word to anybody."""
_WALL = "%Y-%m-%dT%H%M"


def moved(
    ask: Ask, before: tuple[Meeting, ...], after: tuple[Meeting, ...], holiday: Holiday
) -> datetime | None:
    """When the channel hears; None: it does not, for it knows nothing else or there is none."""
    known, _ = _unsay(ask.store, before)
    was = known or _wall(before[0])
    if was == _wall(after[0]) and before[0].zone == after[0].zone:
        return None
    zones = zones_of(people_of(after[0].groups, ask.world), after[0].starts)
    message = words.moved(after[0], was, len(after) - 1, clocks(after[0].starts, zones), ask.world)
    return _put(ask, after[0], was, min(before[0].starts, after[0].starts), message, holiday)


def cancelled(ask: Ask, after: tuple[Meeting, ...], holiday: Holiday) -> datetime | None:
    known, _ = _unsay(ask.store, after)
    for meeting in after:
        ask.store.outbox.withdraw(meeting.subject, kinds=frozenset({EDITED}))
    was = known or _wall(after[0])
    message = words.cancelled(after[0], was, len(after) - 1, ask.world)
    return _put(ask, after[0], was, after[0].starts, message, holiday)


def restored(ask: Ask, now: tuple[Meeting, ...], again: tuple[Meeting, ...]) -> datetime | None:
    """After a change was taken back: what was not yet said never is, else it is said anew."""
    if _unsay(ask.store, now)[1]:
        return None
    if now[0].state is not MeetingState.CANCELLED:
        return moved(ask, now, again, _no_holiday)
    zones = zones_of(people_of(again[0].groups, ask.world), again[0].starts)
    message = words.back(again[0], len(again) - 1, clocks(again[0].starts, zones), ask.world)
    return _put(ask, again[0], _wall(again[0]), again[0].starts, message, _no_holiday)


def edited(ask: Ask, after: tuple[Meeting, ...], holiday: Holiday) -> datetime | None:
    """When the channel hears of another place or length; what it was to hear of it is replaced."""
    first = after[0]
    for meeting in after:
        ask.store.outbox.withdraw(meeting.subject, kinds=frozenset({EDITED}))
    message = words.edited(first, len(after) - 1, ask.world)
    return _put(ask, first, _wall(first), first.starts, message, holiday, EDITED)


def edited_back(ask: Ask, now: tuple[Meeting, ...], again: tuple[Meeting, ...]) -> datetime | None:
    """What was not yet said never is; nothing is said of a title."""
    rows = ask.store.outbox.about(now[0].subject)
    mine = [row for row in rows if row.out.kind == EDITED]
    if any(row.state is State.PENDING for row in mine):
        ask.store.outbox.withdraw(now[0].subject, kinds=frozenset({EDITED}))
        return None
    heard = (now[0].place, now[0].ends) != (again[0].place, again[0].ends)
    return edited(ask, again, _no_holiday) if heard else None


def aside(meeting: Meeting, kind: str) -> str:
    """The subject of a part of a daily message, beside others about the same meeting."""
    return f"{meeting.subject}:{kind}"


def lanes(meeting: Meeting, world: World) -> tuple[tuple[str, str], ...]:
    """The channels that hear of it, each with the zone whose hours it keeps."""
    if not meeting.groups:
        programme = world.programme
        return ((programme.channel, programme.zone),) if programme.channel else ()
    groups = (world.groups.get(key) for key in meeting.groups)
    found = ((group.channel, group.zone) for group in groups if group is not None)
    return tuple((channel, zone) for channel, zone in found if channel)


def quiet_until(moment: datetime, zone: str, world: World, holiday: Holiday) -> datetime:
    """The first moment from then on at which a channel may be spoken to."""
    return next_allowed(moment, zone, USUAL_HOURS, programme_calendar(world, holiday))


def _put(
    ask: Ask,
    meeting: Meeting,
    was: datetime,
    begins: datetime,
    message: Message,
    holiday: Holiday,
    kind: str = NEWS,
) -> datetime | None:
    """Held to the channel's hours, unless somebody could come in vain by then.

    Guests, who are in no channel of it, hear the same.
    """
    told = []
    channels = lanes(meeting, ask.world)
    for lane, zone in (*channels, *_guests(meeting, ask.world)):
        at = quiet_until(ask.now + SECOND_THOUGHTS, zone, ask.world, holiday)
        at = at if at < begins else ask.now
        told.append(at)
        ask.store.outbox.put(
            Outgoing(
                key=f"{meeting.subject}:{kind}:{was.strftime(_WALL)}:v{meeting.version}:{lane}",
                subject=meeting.subject,
                kind=kind,
                lane=lane,
                message=message,
                at=at,
                until=max(begins, at + timedelta(days=1)),
            )
        )
    return min(told[: len(channels)], default=None)


def _guests(meeting: Meeting, world: World) -> tuple[tuple[str, str], ...]:
    known = (world.people.get(user) for user in meeting.guests)
    return tuple((p.user, p.zone) for p in known if p is not None and not p.left)


def _unsay(store: Store, meetings: Iterable[Meeting]) -> tuple[datetime | None, bool]:
    """What the channel knows as the first one's time, and whether something was unsaid."""
    known, unsaid = None, False
    for number, meeting in enumerate(meetings):
        rows = [row for row in store.outbox.about(meeting.subject) if row.out.kind == NEWS]
        pending = [row for row in rows if row.state is State.PENDING]
        if pending and number == 0:
            known = datetime.fromisoformat(pending[0].out.key.split(":")[3])
        unsaid = unsaid or bool(pending)
        subjects = (meeting.subject, *(aside(meeting, kind) for kind in ASIDES))
        store.outbox.withdraw_all(subjects, UNSAID)
    return known, unsaid


def _wall(meeting: Meeting) -> datetime:
    return datetime.combine(meeting.start_day, meeting.start_at)


def _no_holiday(*_: object) -> bool:
    return False
