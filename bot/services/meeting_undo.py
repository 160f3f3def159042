"""Taking back that meetings were planned, moved or cancelled, with all that this changed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from bot.domain.agendas import ON_IT
from bot.domain.history import Change
from bot.domain.meetings import Meeting
from bot.domain.rescheduling import Former
from bot.errors import Code, Conflict
from bot.services import agenda_news, meeting_cards, meeting_news, preparation_reminders
from bot.services.access import Ask, Op, authorize_each
from bot.services.history import remember_meeting

PLAN, MOVE, CANCEL = "plan meeting", "move meeting", "cancel meeting"
LINK, EDIT = "link meeting", "edit meeting"
VERBS = frozenset({PLAN, MOVE, CANCEL, LINK, EDIT})
KEPT_FOR = timedelta(minutes=15)
"""A little longer than anything can be taken back."""


def keep(ask: Ask, formers: Iterable[Former]) -> None:
    """What the request takes the place of, for as long as it can be taken back."""
    ask.store.series.purge(ask.now - KEPT_FOR)
    ask.store.series.keep(ask.key, formers, ask.now)


def take_back(ask: Ask, change: Change) -> None:
    """All that the request did; raises Conflict if one of them was changed since."""
    formers = ask.store.series.formers(change.request)
    found = [(former, _unchanged(ask, former)) for former in formers]
    if not found:
        raise Conflict(Code.CHANGED_MEANWHILE, ref=change.ref)
    if change.verb == PLAN:
        for _, meeting in found:
            _require_unused(ask, meeting)
        for former, meeting in found:
            ask.store.outbox.withdraw(meeting.subject)
            items = ask.store.meetings.preparation([meeting.id])[meeting.id]
            preparation_reminders.gone(ask.store, meeting.id, items)
            meeting_cards.gone(ask.store, meeting, ask.now)
            ask.store.meetings.remove(former.meeting.id)
        if (key := found[0][1].series) is not None:
            ask.store.series.forget(key)
        return
    restored = tuple(_restored(ask, former, meeting) for former, meeting in found)
    now = tuple(meeting for _, meeting in found)
    remember_meeting(ask, restored[0], "undo", change.verb, undone=True)
    meeting_news.changed(ask, now, restored, _no_holiday)


def _require_unused(ask: Ask, meeting: Meeting) -> None:
    """Nothing is taken back with a planning that others, or the meeting itself, have added."""
    store, me = ask.store, ask.actor.user
    sitting = store.proceedings.sitting(meeting.id)
    agenda = store.agendas.of([meeting.id])[meeting.id]
    topics = sum(item.state in ON_IT for item in agenda)
    lines = len(store.proceedings.lines(meeting.id))
    answers = tuple(r.user for r in store.meetings.rsvps([meeting.id])[meeting.id] if r.user != me)
    if sitting is not None or topics or lines or answers:
        raise Conflict(
            Code.PLAN_IN_USE, ref=meeting.ref, begun=sitting is not None,
            lines=lines, topics=topics, answers=answers, over=not meeting.state.ahead,
        )  # fmt: skip


def _unchanged(ask: Ask, former: Former) -> Meeting:
    """As it is now, for who may still change it."""
    meeting = ask.store.meetings.by_id(former.meeting.id)
    if meeting is None or meeting.version != former.version:
        raise Conflict(Code.CHANGED_MEANWHILE, ref=former.meeting.ref)
    authorize_each(ask, Op.CHANGE_MEETING, meeting.groups)
    return meeting


def _restored(ask: Ask, former: Former, now: Meeting) -> Meeting:
    """The meeting as it was, and of its preparation what nobody has ticked since."""
    stamped = replace(
        former.meeting,
        note_taker=now.note_taker,
        updated_at=ask.now,
        updated_by=ask.actor.user,
    )
    saved = ask.store.meetings.save(stamped, expected=now.version)
    ask.store.series.follow(former.meeting, saved.version)
    there = {item.n: item for item in ask.store.meetings.preparation([now.id])[now.id]}
    for was in former.preparation:
        item = there.get(was.n)
        if item is not None and item.done_at == was.done_at and item != was:
            ask.store.meetings.save_prep(now.id, was)
    preparation_reminders.follow(ask.store, ask.world, now.id, ask.now)
    agenda_news.follow(ask.store, ask.world, saved, ask.now)
    return saved


def _no_holiday(*_: object) -> bool:
    return False
