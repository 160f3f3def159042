"""Forgetting by itself what has been kept long enough (domain.md 8)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services import pasted_notes
from bot.services.meeting_undo import KEPT_FOR
from bot.storage.database import Store

MARK = "retention"
EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Periods:
    """How long what is kept; the operator may shorten each."""

    requests: timedelta = timedelta(days=14)
    messages: timedelta = timedelta(days=90)
    leavers: timedelta = timedelta(days=30)
    replies: timedelta = timedelta(days=365)
    ended_groups: timedelta = timedelta(days=2192)
    """Six years, of which up to two are leap years."""


def forget(store: Store, now: datetime, periods: Periods) -> dict[str, int]:
    """What went, by kind; at most once an hour, requests each time."""
    gone = {"requests": store.inbox.purge(now - periods.requests)}
    last = store.marks.get(MARK)
    if last is not None and now - last.at < EVERY:
        return gone
    store.marks.set(MARK, now)
    kept = store.retention
    kept.date_ends(now)
    store.series.purge(now - KEPT_FOR)
    store.proceedings.purge_pasted(now - pasted_notes.KEPT_FOR)
    gone["messages"] = kept.forget_messages(now - periods.messages, now)
    store.announcements.forget(now - periods.messages)
    gone["settings"] = kept.forget_settings(now - periods.leavers)
    before = (now - periods.replies).date()
    gone["replies"] = kept.forget_replies(before) + store.travels.forget(before)
    gone["groups"] = len(kept.forget_groups(now - periods.ended_groups))
    return gone
