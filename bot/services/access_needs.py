"""What people need to take part: said privately, read by coordinators, erased a month after."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.domain.days import instant
from bot.domain.foretold import Foretold, ticked
from bot.domain.meetings import Meeting, MeetingState, PrepState
from bot.domain.model import Ref
from bot.domain.taking_part import NEED_LIMIT, AccessNeeds, last_day_of_needs, need_of
from bot.errors import BadInput, Code, Conflict
from bot.services import meetings, preparation
from bot.services.access import Ask, Op, allowed, authorize
from bot.services.history import remember_shape
from bot.services.meeting_news import SECOND_THOUGHTS
from bot.services.privacy import freed
from bot.storage.database import Store

ITEM = "purge-needs"


@dataclass(frozen=True, slots=True)
class Needed:
    """`mine`: what the asker has said; `everybody`: for coordinators only, else None.

    `erased`: its day for that has come.
    """

    meeting: Meeting
    mine: AccessNeeds | None
    everybody: tuple[AccessNeeds, ...] | None = None
    erased: bool = False


def opened(ask: Ask, ref: Ref) -> Needed:
    meeting = meetings.find(ask, ref)
    authorize(ask, Op.ANSWER_MEETING, meeting)
    said = ask.store.access_needs.of(meeting.id)
    mine = next((one for one in said if one.user == ask.actor.user), None)
    if not allowed(ask.world, ask.actor, Op.SEE_NEEDS, meeting, ask.now):
        return Needed(meeting, mine)
    return Needed(meeting, mine, said, _erased_at(ask.store, meeting) <= ask.now)


def listed(ask: Ask, ref: Ref) -> Needed:
    """What everybody needs, for coordinators."""
    meeting = meetings.find(ask, ref)
    authorize(ask, Op.SEE_NEEDS, meeting)
    return opened(ask, ref)


def save(ask: Ask, ref: Ref, access: str, diet: str) -> Needed:
    """Instead of what the asker said before; both empty: they need nothing."""
    meeting = meetings.find(ask, ref)
    authorize(ask, Op.ANSWER_MEETING, meeting)
    if not meeting.state.ahead or meeting.ends <= ask.now:
        raise Conflict(Code.MEETING_OVER, ref=ref, state=meeting.state.value)
    for field, text in (("access", access), ("diet", diet)):
        if len(text) > NEED_LIMIT:
            raise BadInput(Code.TEXT_LONG, field, length=len(text), limit=NEED_LIMIT)
    said = AccessNeeds(ask.actor.user, need_of(access), need_of(diet), ask.now)
    ask.store.access_needs.save(meeting.id, said)
    remember_shape(ask, "self", "needs")
    return Needed(meeting, said)


def purge(store: Store, now: datetime) -> int:
    """Erase what is not needed any more, and have the place where it stood overwritten."""
    kept = store.access_needs.meetings()
    over = [one for one in store.meetings.many(kept) if _erased_at(store, one) <= now]
    for meeting in over:
        preparation.done_by_itself(store, meeting, ITEM, now)
    gone = store.access_needs.erase(meeting.id for meeting in over) if over else 0
    if gone:
        freed(store, now)
    return 0


def next_at(store: Store, now: datetime) -> datetime | None:
    kept = store.access_needs.meetings()
    found = (_erased_at(store, one) for one in store.meetings.many(kept))
    return min((at for at in found if at > now), default=None)


def foretold(store: Store, now: datetime, until: datetime) -> Iterator[Foretold]:
    """Nothing is said of it, but the item is done."""
    for meeting in store.meetings.many(store.access_needs.meetings()):
        at = max(_erased_at(store, meeting), now)
        if at <= until:
            items = store.meetings.preparation([meeting.id])[meeting.id]
            yield from ticked(meeting, items, ITEM, at)


def _erased_at(store: Store, meeting: Meeting) -> datetime:
    """At the beginning of the day; of one that is cancelled as soon as that stays so."""
    if meeting.state is MeetingState.CANCELLED:
        return (meeting.updated_at or meeting.created_at) + SECOND_THOUGHTS
    day = last_day_of_needs(meeting)
    for item in store.meetings.preparation([meeting.id])[meeting.id]:
        if item.key == ITEM and item.state is not PrepState.SKIPPED:
            day = min(day, max(item.due, meeting.end_day + timedelta(days=1)))
    return instant(day, time.min, meeting.zone)
