"""What the clock brings to minutes: posted actions, publication, the end of comments, acceptance.

Each waits for the channel's hours and happens once, however long the bot was away: what has
happened is kept with the minutes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.days import ONE_DAY, USUAL_HOURS, opening
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.minutes import Minutes, MinutesState
from bot.domain.model import World
from bot.domain.notices import Holiday
from bot.services import meeting_cards, minutes, minutes_news, preparation
from bot.services.meeting_news import lanes, quiet_until
from bot.services.minutes_content import content
from bot.storage.database import Store


@dataclass(frozen=True, slots=True)
class _Look:
    """`mark`: until when everything was looked at before."""

    world: World
    holiday: Holiday
    now: datetime
    mark: datetime


def plan(store: Store, world: World, holiday: Holiday, now: datetime, mark: datetime) -> int:
    """How many steps were taken; safe to run twice."""
    look = _Look(world, holiday, now, mark)
    return sum(_step(store, look, *one) for one in _unfinished(store))


def next_at(store: Store, world: World, holiday: Holiday, now: datetime) -> datetime | None:
    look = _Look(world, holiday, now, now)
    found = (at for one in _unfinished(store) for at in _times(look, *one))
    return min((at for at in found if at > now), default=None)


def _unfinished(store: Store) -> Iterator[tuple[Meeting, Minutes]]:
    waiting = {one.meeting: one for one in store.minutes.unfinished()}
    for meeting in store.meetings.many(waiting) if waiting else ():
        if meeting.state is MeetingState.HELD:  # Else its end was taken back.
            yield meeting, waiting[meeting.id]


def _step(store: Store, look: _Look, meeting: Meeting, them: Minutes) -> int:
    now, world, steps = look.now, look.world, 0
    if them.actions_at is None and _opens(look, meeting, them.actions_on) <= now:
        them = _post_outcome(store, world, meeting, them, now)
        steps += 1
    if them.state is MinutesState.DRAFT and _opens(look, meeting, them.publish_on) <= now:
        them = minutes.send_out(store, world, meeting, them, now)
        steps += 1
    if look.mark < _closes(look, meeting, them) <= now:
        preparation.done_by_itself(store, meeting, "comments-close", now)
    accepts = _opens(look, meeting, them.accept_on)
    if them.state is MinutesState.PUBLISHED and accepts <= now:
        minutes.accept(store, world, meeting, them, now)
        steps += 1
    elif them.state is MinutesState.OBJECTED and look.mark < accepts <= now:
        day = them.accept_on
        steps += minutes_news.ask_undecided(store, world, meeting, them, day, now)
    return steps


def _post_outcome(
    store: Store, world: World, meeting: Meeting, them: Minutes, now: datetime
) -> Minutes:
    told = content(store, world, meeting, them, now)
    minutes_news.tell_outcome(store, world, meeting, told, now)
    preparation.done_by_itself(store, meeting, "actions-out", now)
    meeting_cards.follow(store, world, meeting.id, now)
    return store.minutes.save(replace(them, actions_at=now), expected=them.version)


def _times(look: _Look, meeting: Meeting, them: Minutes) -> Iterator[datetime]:
    if them.actions_at is None:
        yield _opens(look, meeting, them.actions_on)
    if them.state is MinutesState.DRAFT:
        yield _opens(look, meeting, them.publish_on)
    yield _closes(look, meeting, them)
    yield _opens(look, meeting, them.accept_on)


def _opens(look: _Look, meeting: Meeting, day: date) -> datetime:
    """When its channel may be spoken to, from that day on."""
    zone = _zone(look.world, meeting)
    return quiet_until(opening(day, USUAL_HOURS, zone), zone, look.world, look.holiday)


def _zone(world: World, meeting: Meeting) -> str:
    return next((zone for _, zone in lanes(meeting, world)), minutes_news.zone_of(meeting, world))


def _closes(look: _Look, meeting: Meeting, them: Minutes) -> datetime:
    """The end of the last day for comments."""
    zone = minutes_news.zone_of(meeting, look.world)
    return opening(them.comments_until + ONE_DAY, USUAL_HOURS, zone)
