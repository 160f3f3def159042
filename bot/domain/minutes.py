"""The minutes of a meeting: unconfirmed, commented on, then accepted and locked."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.meetings import MeetingId
from bot.domain.model import UserId


class MinutesState(StrEnum):
    DRAFT = "draft"
    """Written from what was caught; not yet sent to the group."""
    PUBLISHED = "published"
    """Unconfirmed, open for comments."""
    OBJECTED = "objected"
    """Somebody objects: not accepted by itself any more."""
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Correction:
    """`s/old/new/`, as it was said."""

    old: str
    new: str
    by: UserId
    at: datetime


@dataclass(frozen=True, slots=True)
class Comment:
    text: str
    by: UserId
    at: datetime
    objects: bool = False


@dataclass(frozen=True, slots=True)
class Minutes:
    """One for each meeting that was held; `comments_until` and `accept_on` are days there."""

    meeting: MeetingId
    drafted_at: datetime
    comments_until: date
    accept_on: date
    state: MinutesState = MinutesState.DRAFT
    published_at: datetime | None = None
    accepted_at: datetime | None = None
    accepted_by: UserId | None = None
    """None: nobody objected in time."""
    text: str = ""
    """As accepted, in Markdown: nothing changes it any more."""
    corrections: tuple[Correction, ...] = ()
    comments: tuple[Comment, ...] = ()
    version: int = 1
