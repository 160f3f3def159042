"""What the clock will bring if nothing changes by then, and what it has brought about a meeting."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain.explanations import Fate
from bot.domain.meetings import Meeting, PrepItem, PrepState
from bot.domain.outbox import Outgoing
from bot.domain.preparation import preparation_subject


@dataclass(frozen=True, slots=True)
class Foretold:
    """`about`: the subject of the meeting or decision; `only_if`: what others may change by then.

    `ticks`: instead of a row, the subject of the checklist item that is done by itself.
    """

    at: datetime
    about: str
    out: Outgoing | None = None
    only_if: str = ""
    ticks: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """What was, or is to be, said about a meeting beside reminders; `lane` as in the outbox."""

    what: str
    lane: str
    at: datetime
    fate: Fate
    why: str = ""
    """Slack's reason."""
    only_if: str = ""


def ticked(
    meeting: Meeting, items: Iterable[PrepItem], key: str, at: datetime
) -> Iterator[Foretold]:
    for item in items:
        if item.key == key and item.state is PrepState.TODO:
            subject = preparation_subject(meeting.id, item.n)
            yield Foretold(at, meeting.subject, ticks=subject)
