"""What a meeting will talk about: topics with their minutes, their owners and what they are for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.meetings import MeetingId
from bot.domain.model import UserId

AgendaItemId = NewType("AgendaItemId", int)


class Purpose(StrEnum):
    DECIDE = "decide"
    DISCUSS = "discuss"
    INFORM = "inform"


class AgendaState(StrEnum):
    LISTED = "listed"
    LATE = "late"
    """Came after the cut-off: waits for the chair's yes, and is not on the agenda until then."""
    DROPPED = "dropped"
    DISCUSSED = "discussed"
    CARRIED = "carried"
    """Went on to a later meeting, where it stands anew."""


@dataclass(frozen=True, slots=True)
class NewAgendaItem:
    """What somebody proposes, or a draft gathers; fields as in `AgendaItem`."""

    topic: str
    minutes: int | None = None
    owner: UserId | None = None
    purpose: Purpose = Purpose.DISCUSS
    link: str = ""
    source: str = ""
    state: AgendaState = AgendaState.LISTED
    carried: int = 0


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """`position` orders the agenda; people call it by its number among those listed."""

    id: AgendaItemId
    meeting: MeetingId
    position: int
    topic: str
    created_at: datetime
    created_by: UserId
    minutes: int | None = None
    """None: nobody has said how long."""
    owner: UserId | None = None
    purpose: Purpose = Purpose.DISCUSS
    link: str = ""
    source: str = ""
    """What a draft made it of, as `minutes:MT-8`, `actions`, `deadlines`, `decision:DC-1`;
    empty: somebody proposed it."""
    state: AgendaState = AgendaState.LISTED
    carried: int = 0
    """At how many meetings it stood before without being reached."""
    discussed_at: datetime | None = None


ON_IT = frozenset({AgendaState.LISTED, AgendaState.DISCUSSED})
"""What keeps its number: also when it has been talked about."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is known of a meeting's agenda beside its items; None: not yet."""

    meeting: MeetingId
    changed_at: datetime | None = None
    drafted_at: datetime | None = None
    posted_at: datetime | None = None

    @property
    def changed_since_posted(self) -> bool:
        return bool(self.posted_at and self.changed_at and self.changed_at > self.posted_at)


@dataclass(frozen=True, slots=True)
class FormerAgenda:
    """What one request found and what it left, so that it can be taken back."""

    agenda: Agenda
    before: tuple[AgendaItem, ...]
    after: tuple[AgendaItem, ...]
