"""Actions as frozen values."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.domain.model import ChannelId, GroupKey, ItemId, Ref, UserId

TITLE_LIMIT = 300
NOTE_LIMIT = 3000


class ItemState(StrEnum):
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    BLOCKED = "blocked"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def closed(self) -> bool:
        return self in (ItemState.DONE, ItemState.DROPPED)


class Answer(StrEnum):
    """What an owner said to being asked; who declines is no owner any more."""

    ASKED = "asked"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Assignment:
    user: UserId
    given_by: UserId
    asked_at: datetime
    answer: Answer = Answer.ASKED
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A promised day in the group's zone; with `at`, that wall time in `zone`."""

    day: date
    at: time | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    old: date
    new: date
    by: UserId
    at: datetime
    because: str = ""


@dataclass(frozen=True, slots=True)
class Quiet:
    """No reminders of one action to one person; `until` None: never again."""

    user: UserId
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where an action came from: a message, or a meeting by its id."""

    channel: ChannelId | None = None
    ts: str | None = None
    permalink: str = ""
    quote: str = ""
    meeting: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    by: UserId
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class NewItem:
    """What was asked for, before it has an id; the same from a line and from a form."""

    text: str
    group: GroupKey
    due: Due
    owners: tuple[UserId, ...]
    needs: tuple[Ref, ...] = ()
    source: Source | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    id: ItemId
    ref: Ref
    group: GroupKey
    text: str
    due: Due
    first_due: date
    created_at: datetime
    created_by: UserId
    set_at: datetime
    """When date or owners were last set: nothing due before that is said afterwards."""
    state: ItemState = ItemState.OPEN
    state_since: datetime | None = None
    why: str = ""
    """Why blocked, or why dropped."""
    evidence: str = ""
    closed_at: datetime | None = None
    closed_by: UserId | None = None
    assignments: tuple[Assignment, ...] = ()
    moves: tuple[Move, ...] = ()
    needs: tuple[Ref, ...] = ()
    notes: tuple[Note, ...] = ()
    quiet: tuple[Quiet, ...] = ()
    source: Source | None = None
    taken_back: bool = False
    """Ended by Undo of its adding: kept for its id, shown nowhere."""
    version: int = 1
    updated_at: datetime | None = None
    updated_by: UserId | None = None

    @property
    def owners(self) -> tuple[UserId, ...]:
        return tuple(assignment.user for assignment in self.assignments)

    @property
    def confirmed(self) -> bool:
        """Every owner has accepted; never true without an owner."""
        answers = {assignment.answer for assignment in self.assignments}
        return answers == {Answer.ACCEPTED}

    @property
    def subject(self) -> str:
        """How the outbox names everything said about this action."""
        return f"item:{self.id}"

    @property
    def card_key(self) -> str:
        return f"item:{self.id}:card"
