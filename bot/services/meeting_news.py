"""What a group's channel hears of a meeting that changes: once, and the last word."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain.days import USUAL_HOURS, instant, next_allowed
from bot.domain.local_times import clocks, people_of, zones_of
from bot.domain.meetings import Meeting, MeetingId, MeetingState
from bot.domain.model import World
from bot.domain.notices import Holiday, programme_calendar
from bot.domain.outbox import Message, Outgoing
from bot.services.access import Ask
from bot.services.heard_meetings import EDITED, NEWS, Heard, is_known, tells_along, waiting
from bot.storage.database import Store
from bot.views import meeting_news as words

__all__ = ["EDITED", "NEWS", "aside", "changed", "lanes", "quiet_until"]

CHANGES = frozenset({NEWS, EDITED})
CLOCKS = "meeting-clocks"
LINK_NOTE, JOINING, INTERESTS = "meeting-note", "meeting-join", "interests"
ASIDES = frozenset({LINK_NOTE, INTERESTS})
"""Parts of daily messages, where of one subject only the latest word is said."""
CHASE, QUORUM, TOOK_PLACE = "rsvp-ask", "quorum", "meeting-took-place"
"""Who has not answered is asked; who minds it hears that too few come, or of no agenda, and is
asked afterwards whether it took place."""
UNSAID = frozenset({CHASE, QUORUM, TOOK_PLACE, NEWS, CLOCKS, LINK_NOTE, JOINING, INTERESTS})
"""Kinds that are taken back when the meeting changes."""
SECOND_THOUGHTS = timedelta(minutes=10)
"""As long as a change can be taken back without a word to anybody."""


def changed(
    ask: Ask, before: tuple[Meeting, ...], after: tuple[Meeting, ...], holiday: Holiday
) -> datetime | None:
    """When the channel hears; None: it does not, for it knows nothing else or there is none.

    What it was to hear of them is replaced; others that were told of with them are told of apart.
    """
    known: dict[MeetingId, Heard] = {}
    for old in before:
        known |= waiting(ask.store, old)
    known = {old.id: Heard.of(old) for old in before} | known
    mine = {one.id for one in after}
    others = [one for one in map(ask.store.meetings.by_id, known) if one and one.id not in mine]
    for old, new in zip(before, after, strict=True):
        _unsay(ask.store, old, new)
    for one in others:
        ask.store.outbox.withdraw(one.subject, kinds=CHANGES)
    groups = (after, sorted(others, key=lambda one: (one.starts, one.id)))
    stale = [[one for one in group if known[one.id] != Heard.of(one)] for group in groups]
    told = [_tell(ask, group, known, holiday) for group in stale if group]
    return min((at for at in told if at is not None), default=None)


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


def _tell(
    ask: Ask, meetings: Sequence[Meeting], known: Mapping[MeetingId, Heard], holiday: Holiday
) -> datetime | None:
    """The first one's news, which tell how many others go with it; when its channel hears.

    Held to the channel's hours, unless somebody could come in vain by then. Guests, who are in no
    channel of it, hear the same.
    """
    first, was = meetings[0], known[meetings[0].id]
    kind, message, begins = _said(ask, first, was, len(meetings) - 1)
    channels, told = _hearing(ask, first, was), []
    mark = f"v{first.version}.{ask.key.replace(':', '.')}"  # Of one version it may be told twice.
    for lane, zone in (*channels, *_guests(first, ask.world)):
        at = quiet_until(ask.now + SECOND_THOUGHTS, zone, ask.world, holiday)
        at = at if at < begins else ask.now
        told.append(at)
        key = f"{first.subject}:{kind}:{was.words()}:{mark}:{lane}"
        until = max(begins, at + timedelta(days=1))
        news = Outgoing(key, first.subject, kind, lane, message, at, until)
        ask.store.outbox.put(news)
        for one in meetings[1:]:
            tells_along(ask.store, one, known[one.id], news, mark)
    return min(told[: len(channels)], default=None)


def _said(ask: Ask, meeting: Meeting, was: Heard, more: int) -> tuple[str, Message, datetime]:
    """The kind, the words, and before when they are to be heard."""
    zones = zones_of(people_of(meeting.groups, ask.world), meeting.starts)
    local = clocks(meeting.starts, zones)
    now, then = Heard.of(meeting), instant(was.begins.date(), was.begins.time(), was.zone)
    if now.cancelled:
        said = words.cancelled(meeting, was.begins, more, ask.world, was.zone)
        return NEWS, said, then
    if was.cancelled:
        return NEWS, words.back(meeting, more, local, ask.world), meeting.starts
    if (was.begins, was.zone) == (now.begins, now.zone):
        return EDITED, words.edited(meeting, more, ask.world), meeting.starts
    also, zone = was.rest != now.rest, was.zone
    said = words.moved(meeting, was.begins, more, local, ask.world, zone, also=also)
    return NEWS, said, min(then, meeting.starts)


def _hearing(ask: Ask, meeting: Meeting, was: Heard) -> tuple[tuple[str, str], ...]:
    """Of what channels never heard of they need not hear the end."""
    channels = lanes(meeting, ask.world)
    ends = was.cancelled or meeting.state is MeetingState.CANCELLED
    known = not ends or is_known(ask.store, meeting, (lane for lane, _ in channels), ask.now)
    return channels if known else ()


def _guests(meeting: Meeting, world: World) -> tuple[tuple[str, str], ...]:
    known = (world.people.get(user) for user in meeting.guests)
    return tuple((p.user, p.zone) for p in known if p is not None and not p.left)


def _unsay(store: Store, old: Meeting, new: Meeting) -> None:
    """What hangs on its time goes with another one."""
    again = (old.state, old.starts, old.zone) != (new.state, new.starts, new.zone)
    store.outbox.withdraw(old.subject, kinds=CHANGES)
    if again:
        store.outbox.withdraw_all((old.subject, *(aside(old, kind) for kind in ASIDES)), UNSAID)
