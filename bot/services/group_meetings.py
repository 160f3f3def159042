"""What becomes of a group's meetings when it closes or is merged; neither is undone alone."""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.history import Change
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.model import Group, GroupKey, GroupState
from bot.services import agenda_news, meeting_cards, preparation_reminders, proceedings
from bot.services.access import Ask
from bot.services.meeting_news import ASIDES, CHANGES, UNSAID, aside

CLOSED = "the group was closed"


def call_off(ask: Ask, key: GroupKey) -> tuple[Meeting, ...]:
    """Those of the group alone: what is under way ends, what is ahead is cancelled and given.

    A meeting with others goes on as long as one of them does.
    """
    alone = tuple(one for one in _ahead(ask, key) if not _others(ask, one, key))
    begun = {sitting.meeting: sitting for sitting in ask.store.proceedings.under_way()}
    for meeting in alone:
        if meeting.id in begun:
            proceedings.close(ask, meeting, begun[meeting.id], None)
    left = (one for one in alone if one.id not in begun and one.ends > ask.now)
    return tuple(_cancelled(ask, meeting) for meeting in left)


def carry(ask: Ask, old: Group, new: Group) -> tuple[Meeting, ...]:
    """What is ahead, under way, or has open minutes is the other group's; those ahead are given."""
    ask = replace(ask, world=ask.store.groups.world())
    waiting = ask.store.meetings.many(m.meeting for m in ask.store.minutes.unfinished())
    ahead = _ahead(ask, old.key)
    open_ = (one for one in waiting if old.key in one.groups)
    moved = {one.id: _carried(ask, one, old, new) for one in (*ahead, *open_)}
    return tuple(moved[one.id] for one in ahead if one.ends > ask.now)


def _ahead(ask: Ask, key: GroupKey) -> tuple[Meeting, ...]:
    return tuple(m for m in ask.store.meetings.all() if m.state.ahead and key in m.groups)


def _others(ask: Ask, meeting: Meeting, key: GroupKey) -> bool:
    known = (ask.world.groups.get(one) for one in meeting.groups if one != key)
    return any(group is not None and group.state is GroupState.ACTIVE for group in known)


def _cancelled(ask: Ask, meeting: Meeting) -> Meeting:
    saved = _saved(ask, replace(meeting, state=MeetingState.CANCELLED, why=CLOSED), "close", CLOSED)
    subjects = (meeting.subject, *(aside(meeting, kind) for kind in ASIDES))
    ask.store.outbox.withdraw_all(subjects, UNSAID | CHANGES)
    agenda_news.follow(ask.store, ask.world, saved, ask.now)
    return saved


def _carried(ask: Ask, meeting: Meeting, old: Group, new: Group) -> Meeting:
    keys: Iterable[GroupKey] = (new.key if key == old.key else key for key in meeting.groups)
    after = replace(meeting, groups=tuple(dict.fromkeys(keys)))
    return _saved(ask, after, "merge", old.short or old.name)


def _saved(ask: Ask, after: Meeting, verb: str, detail: str) -> Meeting:
    """What shows it tells it; what waits to be said of its preparation is planned anew."""
    stamped = replace(after, updated_at=ask.now, updated_by=ask.actor.user)
    saved = ask.store.meetings.save(stamped, expected=after.version)
    preparation_reminders.follow(ask.store, ask.world, saved.id, ask.now)
    meeting_cards.follow(ask.store, ask.world, saved.id, ask.now)
    ask.store.audit.add(
        Change(
            saved.ref, saved.version, ask.now, ask.actor.user, verb, ask.key, detail, undone=True
        )
    )
    return saved
