"""Minutes: one function is one use case, inside the transaction of its request."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain import corrections, minutes_days
from bot.domain.agendas import MINUTES
from bot.domain.days import WEEKDAYS, day_in
from bot.domain.history import Change
from bot.domain.items import NOTE_LIMIT, TITLE_LIMIT
from bot.domain.meetings import Meeting, MeetingId, MeetingState
from bot.domain.minutes import Comment, Content, Correction, Minutes, MinutesState
from bot.domain.model import GroupKey, Ref, World
from bot.domain.notices import Holiday, programme_calendar
from bot.errors import BadInput, Code, Conflict, NotFound
from bot.services import agenda_settled, meeting_cards, meetings, minutes_news, preparation
from bot.services.access import Ask, Op, allowed, authorize
from bot.services.checks import require_reason, require_text
from bot.services.minutes_content import at_end, content
from bot.storage.database import Store

CORRECT, APPROVE = "correct minutes", "approve minutes"
COMMENT, OBJECT, PUBLISH = "comment minutes", "object to minutes", "publish minutes"


@dataclass(frozen=True, slots=True)
class Opened:
    """A meeting's minutes, and what is in them."""

    meeting: Meeting
    minutes: Minutes
    content: Content


@dataclass(frozen=True, slots=True)
class Corrected:
    """`things`: the actions and decisions in whose own words the old ones stand."""

    opened: Opened
    correction: Correction
    times: int
    things: tuple[str, ...] = ()


def of(store: Store, meeting: MeetingId) -> Minutes | None:
    return store.minutes.of([meeting]).get(meeting)


def unapproved(
    store: Store, groups: Iterable[GroupKey] | None = None
) -> tuple[tuple[Meeting, Minutes], ...]:
    """Those of meetings of just these groups that are not accepted yet, the oldest first."""
    waiting = {m.meeting: m for m in store.minutes.unfinished() if not _accepted(m)}
    wanted = None if groups is None else tuple(groups)
    found = store.meetings.many(waiting)
    return tuple((m, waiting[m.id]) for m in found if wanted is None or m.groups == wanted)


def drafted(ask: Ask, meeting: Meeting) -> Minutes:
    """At the meeting's end: there at once, and sent to who takes notes and who minds it."""
    return draft(ask.store, ask.world, meeting, ask.now)


def draft(store: Store, world: World, meeting: Meeting, now: datetime) -> Minutes:
    known = of(store, meeting.id)
    if known is not None:
        return _ended_again(store, world, meeting, known)
    due = {item.key: item.due for item in store.meetings.preparation([meeting.id])[meeting.id]}
    minutes = Minutes(
        meeting.id,
        now,
        *minutes_days.of_draft(due, meeting.end_day, WEEKDAYS),
        at_end=at_end(store, world, meeting),
    )
    store.minutes.add(minutes)
    minutes_news.tell_drafted(store, world, meeting, minutes, now)
    return minutes


def _ended_again(store: Store, world: World, meeting: Meeting, known: Minutes) -> Minutes:
    """Its end had been taken back."""
    if known.state is not MinutesState.DRAFT:
        return known
    after = replace(known, at_end=at_end(store, world, meeting))
    return store.minutes.save(after, expected=known.version)


def opened(ask: Ask, ref: Ref, op: Op = Op.SEE_MEETING) -> Opened:
    """For whoever may do that with them. Raises NotFound, saying why, where there are none."""
    meeting = meetings.find(ask, ref)
    authorize(ask, op, meeting)
    minutes = of(ask.store, meeting.id)
    if minutes is None:
        raise NotFound(Code.NO_MINUTES, ref=ref, why=_why_none(ask, meeting))
    return Opened(meeting, minutes, content(ask.store, ask.world, meeting, minutes, ask.now))


def may_accept(ask: Ask, meeting: Meeting) -> bool:
    return allowed(ask.world, ask.actor, Op.ACCEPT_MINUTES, meeting, ask.now)


def for_comments(ask: Ask, ref: Ref) -> Opened:
    """For who may say something of them, while that is open."""
    it = opened(ask, ref, Op.COMMENT_MINUTES)
    require_unlocked(ask, it.meeting)
    closed = (
        day_in(ask.now, minutes_news.zone_of(it.meeting, ask.world)) > it.minutes.comments_until
    )
    if closed and not may_accept(ask, it.meeting):
        raise Conflict(Code.COMMENTS_CLOSED, ref=ref, day=it.minutes.comments_until)
    return it


def for_objection(ask: Ask, ref: Ref) -> Opened:
    """Until they are accepted."""
    it = opened(ask, ref, Op.COMMENT_MINUTES)
    require_unlocked(ask, it.meeting)
    return it


def correct(ask: Ask, ref: Ref, old: str, new: str, *, everywhere: bool = False) -> Corrected:
    it = for_comments(ask, ref)
    require_text(old, "text", TITLE_LIMIT)
    if len(new) > TITLE_LIMIT:
        raise BadInput(Code.TEXT_LONG, "note", new, length=len(new), limit=TITLE_LIMIT)
    times = corrections.found(it.content, old)
    if not times:
        near = corrections.nearest(it.content, old)
        raise BadInput(Code.NO_SUCH_WORDS, "text", old, ref=ref, near=near)
    if times > 1 and not everywhere:
        raise BadInput(Code.WORDS_TWICE, "text", old, ref=ref, times=times, old=old, new=new)
    if (length := corrections.longest(it.content, old, new)) > NOTE_LIMIT:
        raise BadInput(Code.WORDS_GROW, "note", new, ref=ref, length=length, limit=NOTE_LIMIT)
    made = Correction(old, new, ask.actor.user, ask.now, everywhere)
    things = corrections.touches(it.content, old)
    after = replace(it.minutes, corrections=(*it.minutes.corrections, made))
    saved = _save(ask, it, after, CORRECT, f"{old} -> {new}")
    return Corrected(saved, made, times, things)


def comment(ask: Ask, ref: Ref, text: str) -> tuple[Opened, bool]:
    """False: the asker has said just that before."""
    it = for_comments(ask, ref)
    require_text(text, "text", NOTE_LIMIT)
    said = Comment(text, ask.actor.user, ask.now)
    if any(replace(one, at=ask.now) == said for one in it.minutes.comments):
        return it, False
    after = replace(it.minutes, comments=(*it.minutes.comments, said))
    saved = _save(ask, it, after, COMMENT, text)
    minutes_news.tell_comment(ask, saved.meeting, said)
    return saved, True


def object_to(ask: Ask, ref: Ref, why: str) -> tuple[Opened, Comment | None]:
    """They are not accepted by themselves any more; of one person the latest reason stands.

    With the one that stood before, if any.
    """
    it = for_objection(ask, ref)
    require_reason(why, "object", ref=ref)
    mine = ask.actor.user
    before = next((c for c in it.minutes.objections if c.by == mine), None)
    if before is not None and before.text == why:
        return it, before
    others = (c for c in it.minutes.comments if c is not before)
    said = Comment(why, mine, ask.now, objects=True)
    out = it.minutes.state is not MinutesState.DRAFT
    state = MinutesState.OBJECTED if out else MinutesState.DRAFT
    after = replace(it.minutes, comments=(*others, said), state=state)
    saved = _save(ask, it, after, OBJECT, why)
    minutes_news.tell_objection(ask, saved.meeting, saved.minutes, said)
    return saved, before


def publish(ask: Ask, ref: Ref, holiday: Holiday) -> Opened:
    """Before their day."""
    it = opened(ask, ref, Op.HOLD_MEETING)
    require_unlocked(ask, it.meeting)
    if it.minutes.state is not MinutesState.DRAFT:
        raise Conflict(Code.MINUTES_OUT, ref=ref, day=_published_day(ask.world, it))
    saved = send_out(ask.store, ask.world, it.meeting, it.minutes, ask.now, holiday)
    _remember(ask, it.meeting, saved, PUBLISH, "")
    return replace(it, minutes=saved)


def send_out(
    store: Store,
    world: World,
    meeting: Meeting,
    minutes: Minutes,
    now: datetime,
    holiday: Holiday,
) -> Minutes:
    """To the group."""
    after = published(world, meeting, minutes, now, holiday)
    saved = store.minutes.save(after, expected=minutes.version)
    told = content(store, world, meeting, saved, now)
    minutes_news.show(store, world, meeting, saved, told, now)
    minutes_news.tell_steering(store, world, meeting, told, now)
    preparation.done_by_itself(store, meeting, "minutes-draft", now)
    meeting_cards.follow(store, world, meeting.id, now)
    return saved


def published(
    world: World, meeting: Meeting, minutes: Minutes, now: datetime, holiday: Holiday
) -> Minutes:
    """As they are once they are out, with as much time for comments as was promised."""
    today = day_in(now, minutes_news.zone_of(meeting, world))
    until, accept = minutes_days.of_published(
        minutes.comments_until, minutes.accept_on, today, programme_calendar(world, holiday)
    )
    return replace(
        minutes,
        state=MinutesState.OBJECTED if minutes.objections else MinutesState.PUBLISHED,
        published_at=now,
        comments_until=until,
        accept_on=accept,
    )


def approve(ask: Ask, ref: Ref) -> Opened:
    """In spite of objections, which stay with them."""
    it = opened(ask, ref, Op.ACCEPT_MINUTES)
    require_unlocked(ask, it.meeting)
    if it.minutes.state is MinutesState.DRAFT:
        raise Conflict(Code.MINUTES_DRAFT, ref=ref, day=it.minutes.publish_on)
    after = replace(it.minutes, accepted_by=ask.actor.user)
    saved = accept(ask.store, ask.world, it.meeting, after, ask.now)
    _remember(ask, it.meeting, saved, APPROVE, "")
    return Opened(it.meeting, saved, it.content)


def accept(
    store: Store, world: World, meeting: Meeting, minutes: Minutes, now: datetime
) -> Minutes:
    """Lock them as they are now."""
    told = content(store, world, meeting, minutes, now)
    after = replace(minutes, state=MinutesState.ACCEPTED, accepted_at=now, frozen=told)
    saved = store.minutes.save(after, expected=minutes.version)
    store.outbox.withdraw(meeting.subject, kinds=minutes_news.ASKING)
    minutes_news.show(store, world, meeting, saved, told, now)
    preparation.done_by_itself(store, meeting, "comments-close", now)
    preparation.done_by_itself(store, meeting, "minutes-accepted", now)
    agenda_settled.leave(store, world, meeting.groups, f"{MINUTES}{meeting.ref}", now)
    meeting_cards.follow(store, world, meeting.id, now)
    return saved


def _why_none(ask: Ask, meeting: Meeting) -> str:
    if meeting.state is MeetingState.CANCELLED:
        return "cancelled"
    sitting = ask.store.proceedings.sitting(meeting.id)
    if sitting is not None and sitting.ended_at is None:
        return "under way"
    return "ahead" if meeting.ends > ask.now else "not kept"


def require_unlocked(ask: Ask, meeting: Meeting) -> None:
    """Nothing more goes into minutes that are accepted."""
    minutes = of(ask.store, meeting.id)
    if minutes is not None and _accepted(minutes):
        zone = minutes_news.zone_of(meeting, ask.world)
        day = day_in(minutes.accepted_at or ask.now, zone)
        raise Conflict(Code.MINUTES_LOCKED, ref=meeting.ref, day=day)


def _accepted(minutes: Minutes) -> bool:
    return minutes.state is MinutesState.ACCEPTED


def _published_day(world: World, it: Opened) -> date:
    at = it.minutes.published_at or it.minutes.drafted_at
    return day_in(at, minutes_news.zone_of(it.meeting, world))


def _save(ask: Ask, it: Opened, after: Minutes, verb: str, detail: str) -> Opened:
    """What shows them tells it."""
    saved = ask.store.minutes.save(after, expected=it.minutes.version)
    _remember(ask, it.meeting, saved, verb, detail)
    told = content(ask.store, ask.world, it.meeting, saved, ask.now)
    minutes_news.show(ask.store, ask.world, it.meeting, saved, told, ask.now)
    return Opened(it.meeting, saved, told)


def _remember(ask: Ask, meeting: Meeting, saved: Minutes, verb: str, detail: str) -> None:
    ask.store.audit.add(
        Change(
            meeting.ref, saved.version, ask.now, ask.actor.user, verb, ask.key, detail[:NOTE_LIMIT]
        )
    )
