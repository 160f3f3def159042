"""What a meeting's thread is told of its end: one message, rewritten when that is taken back."""

from datetime import datetime

from bot.domain.meetings import Meeting
from bot.domain.outbox import Message, Outgoing, Sent, State
from bot.services import cards
from bot.storage.database import Store
from bot.views import proceedings as words

ENDED = "meeting-ended"


def key_of(meeting: Meeting) -> str:
    return f"{meeting.subject}:ended"


def show(store: Store, out: Outgoing) -> None:
    """In the place of what was said of an end before."""
    known = store.outbox.by_key(out.key)
    if known is None or known.state in (State.PENDING, State.WITHDRAWN):
        store.outbox.put(out)
    else:
        _rewrite(store, known, out.message, out.at)


def unsay(store: Store, meeting: Meeting, now: datetime) -> None:
    """It goes on."""
    store.outbox.withdraw(meeting.subject, kinds=frozenset({ENDED}))
    known = store.outbox.by_key(key_of(meeting))
    if known is not None and known.state is not State.WITHDRAWN:
        _rewrite(store, known, words.reopened(meeting), now)


def _rewrite(store: Store, row: Sent, message: Message, now: datetime) -> None:
    edits = sum(one.out.edits == row.out.key for one in store.outbox.about(row.out.subject))
    store.outbox.put(cards.edit(row, message, f"v{edits + 1}", now))
