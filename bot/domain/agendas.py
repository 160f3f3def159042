"""What a meeting will talk about: topics with their minutes, their owners and what they are for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.deadlines import Deadline
from bot.domain.decisions import Decision
from bot.domain.items import Item
from bot.domain.meetings import Meeting, MeetingId
from bot.domain.model import Ref, UserId

AgendaItemId = NewType("AgendaItemId", int)
Matter = Item | Deadline | Decision
"""What an item of an agenda may be about."""
WELCOME, ACTIONS, DEADLINES, CLOSE = "welcome", "actions", "deadlines", "close"
ROUTINE = frozenset({WELCOME, ACTIONS, DEADLINES, CLOSE})
"""What stands on every agenda: nobody misses it who did not come to it."""
MINUTES, DECISION, CARRIED, INTERESTS = "minutes:", "decision:", "carried:", "interests:"
"""How the sources of what a draft gathers, or a missing declaration, are called or begin."""
_PLACES = (WELCOME, INTERESTS, MINUTES, ACTIONS, DECISION, CARRIED, "", DEADLINES, CLOSE)
MOST = 200
"""Items on one agenda."""
LONGEST = 480
"""Minutes of one item."""


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

    @property
    def stood(self) -> bool:
        """On the agenda: a late one that nobody took never did."""
        return self is not AgendaState.LATE


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
    refs: tuple[Ref, ...] = ()
    drafted: str = ""
    drafted_minutes: int | None = None


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
    """What a draft made it of, as `minutes:MT-8`, `actions`, `decision:DC-1`, `carried:MT-8:17`;
    empty: somebody proposed it."""
    state: AgendaState = AgendaState.LISTED
    carried: int = 0
    """At how many meetings it stood before without being reached."""
    refs: tuple[Ref, ...] = ()
    """Of the actions, deadlines or decisions it is about, shown below it as they stand."""
    drafted: str = ""
    """The topic as a draft wrote it; another one by now is somebody's, and stays."""
    drafted_minutes: int | None = None
    """The same for the minutes."""
    discussed_at: datetime | None = None

    @property
    def proposed(self) -> bool:
        """Somebody's own words, here or at an earlier meeting."""
        return not self.source or self.source.startswith(CARRIED)

    @property
    def carried_from(self) -> str:
        """The id of the meeting it comes from; empty: it stands here first."""
        return self.source.split(":")[1] if self.source.startswith(CARRIED) else ""


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
class Sheet:
    """An agenda as its reader sees it; `items` are on it, `late` wait for the chair.

    `matters`: what its items are about; `proposes`, `arranges`: what the reader may do.
    """

    meeting: Meeting
    agenda: Agenda
    items: tuple[AgendaItem, ...]
    late: tuple[AgendaItem, ...]
    matters: Mapping[Ref, Matter]
    proposes: bool = False
    arranges: bool = False


@dataclass(frozen=True, slots=True)
class Edits:
    """What is to be otherwise; None: stays as it is."""

    topic: str | None = None
    minutes: int | None = None
    owner: UserId | None = None
    purpose: Purpose | None = None
    link: str | None = None

    @property
    def none(self) -> bool:
        return self == Edits()


@dataclass(frozen=True, slots=True)
class FormerAgenda:
    """What one request found and what it left, so that it can be taken back."""

    agenda: Agenda
    before: tuple[AgendaItem, ...]
    after: tuple[AgendaItem, ...]


def place(source: str) -> int:
    """Where an item of this source belongs among the others: the welcome first, the close last."""
    kind = f"{source.partition(':')[0]}:" if ":" in source else source
    return _PLACES.index(kind if kind in _PLACES else "")


def placed(items: Sequence[AgendaItem], new: AgendaItem) -> tuple[AgendaItem, ...]:
    """With the new one behind those of its sort, before the first of a later one."""
    others = [item for item in items if item.id != new.id]
    at = slot(others, new.source)
    return (*others[:at], new, *others[at:])


def slot(items: Sequence[AgendaItem], source: str) -> int:
    """The index at which one of this source belongs."""
    later = (n for n, item in enumerate(items) if place(item.source) > place(source))
    return next(later, len(items))


def anew(ref: Ref, item: AgendaItem) -> NewAgendaItem:
    """As it stands on a later agenda than that of this meeting; counted only if it stood there."""
    said = item.minutes != item.drafted_minutes
    return NewAgendaItem(
        topic=item.topic,
        minutes=item.minutes if said else None,
        owner=item.owner,
        purpose=item.purpose,
        link=item.link,
        source=f"{CARRIED}{ref}:{item.id}",
        carried=item.carried + item.state.stood,
        refs=item.refs,
    )
