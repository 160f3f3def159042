"""What the clock brings to minutes: posted actions, publication, the end of comments, acceptance.

Each waits for the channel's hours and happens once, however long the bot was away: what has
happened is kept with the minutes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.days import ONE_DAY, USUAL_HOURS, opening
from bot.domain.foretold import Foretold, ticked
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.minutes import Minutes, MinutesState
from bot.domain.model import World
from bot.domain.notices import Holiday
from bot.services import meeting_cards, minutes, minutes_news, preparation
from bot.services.meeting_news import lanes, quiet_until
from bot.services.minutes_content import content
from bot.storage.database import Store
from bot.views import foretold as words


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
    return sum(_step(store, look, *one) for one in _unfinished(store, world))


def next_at(store: Store, world: World, holiday: Holiday, now: datetime) -> datetime | None:
    look = _Look(world, holiday, now, now)
    found = (at for one in _unfinished(store, world) for at in _times(look, *one))
    return min((at for at in found if at > now), default=None)


def foretold(
    store: Store, world: World, holiday: Holiday, now: datetime, mark: datetime, until: datetime
) -> Iterator[Foretold]:
    """With what is in them now."""
    look = _Look(world, holiday, now, mark)
    found = (one for each in _unfinished(store, world) for one in _steps_ahead(store, look, *each))
    return (one for one in found if one.at <= until)


def _steps_ahead(store: Store, look: _Look, meeting: Meeting, them: Minutes) -> Iterator[Foretold]:
    about, world, items = meeting.subject, look.world, store.meetings.preparation([meeting.id])
    if them.actions_at is None:
        at = max(_opens(look, meeting, them.actions_on), look.now)
        told = content(store, world, meeting, them, at)
        for out in minutes_news.outcome_rows(store, world, meeting, told, at):
            yield Foretold(at, about, out)
        yield from ticked(meeting, items[meeting.id], "actions-out", at)
    if them.state is MinutesState.DRAFT:
        at = max(_opens(look, meeting, them.publish_on), look.now)
        them = minutes.published(world, meeting, them, at, look.holiday)
        told = content(store, world, meeting, them, at)
        shown = minutes_news.rows_showing(store, world, meeting, them, told, at)
        for out in (*shown, *minutes_news.steering_rows(world, meeting, told, at)):
            yield Foretold(at, about, out, words.UNPUBLISHED)
        yield from ticked(meeting, items[meeting.id], "minutes-draft", at)
    yield from _end_ahead(store, look, meeting, them)


def _end_ahead(store: Store, look: _Look, meeting: Meeting, them: Minutes) -> Iterator[Foretold]:
    about, world = meeting.subject, look.world
    items = store.meetings.preparation([meeting.id])[meeting.id]
    closes, accepts = _closes(look, meeting, them), _opens(look, meeting, them.accept_on)
    if look.mark < closes:
        yield from ticked(meeting, items, "comments-close", max(closes, look.now))
    at = max(accepts, look.now)
    if them.state is MinutesState.PUBLISHED:
        told = content(store, world, meeting, them, at)
        after = replace(
            them, state=MinutesState.ACCEPTED, accepted_at=at, frozen=told, version=them.version + 1
        )
        for out in minutes_news.rows_showing(store, world, meeting, after, told, at):
            yield Foretold(at, about, out, words.UNOBJECTED)
        for key in ("comments-close", "minutes-accepted"):
            yield from ticked(meeting, items, key, at)
    elif look.mark < accepts:
        day = them.accept_on
        for out in minutes_news.undecided_rows(world, meeting, them, day, at):
            yield Foretold(at, about, out, words.OBJECTED)


def _unfinished(store: Store, world: World) -> Iterator[tuple[Meeting, Minutes]]:
    """What no channel can show waits until there is one, or for somebody who sees to it."""
    waiting = {one.meeting: one for one in store.minutes.unfinished()}
    for meeting in store.meetings.many(waiting) if waiting else ():
        held = meeting.state is MeetingState.HELD  # Else its end was taken back.
        if held and lanes(meeting, world):
            yield meeting, waiting[meeting.id]


def _step(store: Store, look: _Look, meeting: Meeting, them: Minutes) -> int:
    now, world, steps = look.now, look.world, 0
    if them.actions_at is None and _opens(look, meeting, them.actions_on) <= now:
        them = _post_outcome(store, world, meeting, them, now)
        steps += 1
    if them.state is MinutesState.DRAFT and _opens(look, meeting, them.publish_on) <= now:
        them = minutes.send_out(store, world, meeting, them, now, look.holiday)
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
