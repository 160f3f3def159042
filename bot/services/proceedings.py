"""Meetings as they are held: started, ended, reopened, or held without a thread."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.agendas import AgendaState
from bot.domain.days import day_in
from bot.domain.history import Change
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.model import ChannelId, Group, Ref, UserId, World
from bot.domain.outbox import Outgoing
from bot.domain.proceedings import Line, Sitting
from bot.errors import BadInput, Code, Conflict
from bot.services import (
    agendas,
    meeting_cards,
    meetings,
    minutes,
    preparation,
    sittings,
    thread_endings,
    thread_openings,
)
from bot.services.access import Ask, Op, allowed, authorize
from bot.services.history import remember_meeting
from bot.services.meeting_news import TOOK_PLACE, lanes
from bot.views import proceedings as words

END = "end meeting"
EARLY = timedelta(days=1)
"""From so far before the planned start, or after the end, it is asked whether that is meant."""
ATTENDANCE = "attendance"


@dataclass(frozen=True, slots=True)
class Ended:
    """`lines` are all that stand, those held among them."""

    meeting: Meeting
    sitting: Sitting
    lines: tuple[Line, ...]


def start(ask: Ask, ref: Ref, *, anyway: bool = False) -> tuple[Meeting, Sitting]:
    """Opens its thread, also where that was lost; `anyway`: long before or after its time."""
    meeting = for_holding(ask, ref)
    known = ask.store.proceedings.sitting(meeting.id)
    if known is not None and known.ended_at is None:
        if thread_openings.post_again(ask.store, meeting, known, ask.world, ask.now):
            return meeting, known
        raise Conflict(
            Code.UNDER_WAY, ref=ref, since=known.started_at, zone=meeting.zone,
            channel=known.channel, by=known.started_by,
            looking=sittings.thread_of(ask.store, known) is None,
        )  # fmt: skip
    _require_ahead(meeting)
    if not anyway and not meeting.starts - EARLY <= ask.now <= meeting.ends + EARLY:
        raise Conflict(Code.NOT_NOW, meeting=meeting, past=ask.now > meeting.ends)
    sitting = Sitting(
        meeting.id, ask.now, ask.actor.user, _channel(ask, meeting), f"{meeting.subject}:thread"
    )
    ask.store.proceedings.save_sitting(sitting)
    ask.store.outbox.withdraw(meeting.subject, kinds=frozenset({TOOK_PLACE}))
    remember_meeting(ask, meeting, "start meeting")
    thread_openings.post_opening(ask.store, meeting, sitting, ask.world, ask.now)
    return meeting, sitting


def end(ask: Ask, ref: Ref) -> Ended:
    meeting = for_holding(ask, ref)
    sitting = ask.store.proceedings.sitting(meeting.id)
    if sitting is None:
        _require_ahead(meeting)
        raise Conflict(Code.NOT_STARTED, meeting=meeting, ref=ref, over=meeting.starts <= ask.now)
    if sitting.ended_at is not None:
        _require_ahead(meeting)
    return close(ask, meeting, sitting, ask.actor.user)


def close(ask: Ask, meeting: Meeting, sitting: Sitting, by: UserId | None) -> Ended:
    """`by` None: nobody ended it, so it ends by itself."""
    ended = replace(sitting, ended_at=ask.now, ended_by=by)
    ask.store.proceedings.save_sitting(ended)
    settle_topics(ask, meeting, ended)
    held = set_held(ask, meeting, undone=by is None)
    ask.store.outbox.withdraw(meeting.subject, kinds=frozenset({sittings.TIMEBOX}))
    lines = sittings.lines_of(ask.store, meeting.id)
    ts = sittings.thread_of(ask.store, sitting)
    if ts is not None:
        thread_endings.show(ask.store, ended_row(ask.world, Ended(held, ended, lines), ts, ask.now))
    return Ended(held, ended, lines)


def ended_row(world: World, it: Ended, ts: str, at: datetime) -> Outgoing:
    """What its thread, which begins with the message `ts`, is told."""
    return Outgoing(
        key=thread_endings.key_of(it.meeting),
        subject=it.meeting.subject,
        kind=thread_endings.ENDED,
        lane=it.sitting.channel,
        message=words.ended(it.meeting, it.sitting, it.lines, world),
        at=at,
        until=at + thread_openings.USEFUL,
        thread_ts=ts,
    )


def hold(ask: Ask, ref: Ref) -> Meeting:
    """It took place without a thread; what was said can be pasted."""
    meeting = for_holding(ask, ref)
    sitting = ask.store.proceedings.sitting(meeting.id)
    if sitting is not None and sitting.ended_at is None:
        return end(ask, ref).meeting
    _require_ahead(meeting)
    if meeting.starts > ask.now:
        raise Conflict(Code.NOT_NOW, meeting=meeting, past=False, held=True)
    return held_without(ask, meeting)


def held_without(ask: Ask, meeting: Meeting) -> Meeting:
    """Marks a meeting that nobody started as held when it was planned."""
    sitting = Sitting(
        meeting.id, meeting.starts, ask.actor.user, ChannelId(""), "",
        min(meeting.ends, ask.now), ask.actor.user,
    )  # fmt: skip
    ask.store.proceedings.save_sitting(sitting)
    return set_held(ask, meeting)


def reopen(ask: Ask, change: Change) -> None:
    """Undo of its end: as if nobody had ended it. Raises Conflict where it was changed since."""
    meeting = ask.store.meetings.get(change.ref)
    sitting = ask.store.proceedings.sitting(meeting.id) if meeting else None
    if meeting is None or sitting is None or meeting.version != change.version:
        raise Conflict(Code.CHANGED_MEANWHILE, ref=change.ref)
    authorize(ask, Op.HOLD_MEETING, meeting)
    ended_at, ended_by = (None, None) if sitting.channel else (sitting.ended_at, sitting.ended_by)
    ask.store.proceedings.save_sitting(replace(sitting, ended_at=ended_at, ended_by=ended_by))
    before = MeetingState(change.detail)
    again = replace(meeting, state=before, updated_at=ask.now, updated_by=ask.actor.user)
    saved = ask.store.meetings.save(again, expected=meeting.version)
    thread_endings.unsay(ask.store, meeting, ask.now)
    if sitting.channel:
        settle_topics(ask, meeting, replace(sitting, ended_at=None))
    meeting_cards.follow(ask.store, ask.world, saved.id, ask.now)


def settle_topics(ask: Ask, meeting: Meeting, sitting: Sitting) -> None:
    """Topics that were opened and left are discussed; after the end, also the last one."""
    lines = ask.store.proceedings.lines(meeting.id)
    opened = {line.agenda_item for line in lines if line.agenda_item is not None}
    now = sittings.topic_of(lines)
    if sitting.ended_at is None and now is not None:
        opened.discard(now.agenda_item)
    for item in agendas.listed(ask.store, meeting.id):
        state = AgendaState.DISCUSSED if item.id in opened else AgendaState.LISTED
        if item.state is not state:
            at: datetime | None = ask.now if state is AgendaState.DISCUSSED else None
            ask.store.agendas.save(replace(item, state=state, discussed_at=at))


def for_holding(ask: Ask, ref: Ref) -> Meeting:
    """One that the asker may start and end."""
    meeting = meetings.find(ask, ref)
    authorize(ask, Op.HOLD_MEETING, meeting)
    return meeting


def current(ask: Ask, group: Group | None) -> Meeting:
    """The one under way there, else the next of today, of those the asker may see.

    Raises BadInput with those meant.
    """
    running = [
        meeting
        for sitting in ask.store.proceedings.under_way()
        if (meeting := ask.store.meetings.by_id(sitting.meeting)) is not None
        and meetings.may_see(ask, meeting)
    ]
    ahead = (one.meeting for one in (meetings.listed(ask, group) if group else meetings.mine(ask)))
    near = [meeting for meeting in ahead if _is_today(meeting, ask)]
    for found in (running, near):
        here = [one for one in found if group is None or group.key in (one.groups or (group.key,))]
        mine = [one for one in here if allowed(ask.world, ask.actor, Op.HOLD_MEETING, one, ask.now)]
        chosen = mine or here
        if len(chosen) == 1:
            return chosen[0]
        if chosen:
            raise BadInput(Code.NO_MEETING_NOW, None, choices=tuple(m.ref for m in chosen))
    raise BadInput(Code.NO_MEETING_NOW, None)


def set_held(ask: Ask, meeting: Meeting, *, undone: bool = False) -> Meeting:
    """With what follows from it; one that is held already stays as it is."""
    if not meeting.state.ahead:
        return meeting
    after = replace(meeting, state=MeetingState.HELD, updated_at=ask.now, updated_by=ask.actor.user)
    saved = ask.store.meetings.save(after, expected=meeting.version)
    remember_meeting(ask, saved, END, meeting.state.value, undone=undone)
    ask.store.outbox.withdraw(saved.subject, kinds=frozenset({TOOK_PLACE}))
    preparation.done_by_itself(ask.store, saved, ATTENDANCE, ask.now)
    minutes.drafted(ask, saved)
    meeting_cards.follow(ask.store, ask.world, saved.id, ask.now)
    return saved


def _is_today(meeting: Meeting, ask: Ask) -> bool:
    return day_in(ask.now, meeting.zone) in (meeting.start_day, meeting.end_day)


def _channel(ask: Ask, meeting: Meeting) -> ChannelId:
    """Of a meeting of several groups, where it was asked for if that is one of theirs."""
    found = [ChannelId(channel) for channel, _ in lanes(meeting, ask.world)]
    if ask.channel in found:
        return ask.channel
    if found:
        return found[0]
    raise Conflict(Code.NO_THREAD, ref=meeting.ref)


def _require_ahead(meeting: Meeting) -> None:
    if not meeting.state.ahead:
        raise Conflict(Code.MEETING_OVER, ref=meeting.ref, state=meeting.state.value)
