"""Decisions as frozen values: what was agreed or is proposed, and who objects."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from bot.domain.items import Source
from bot.domain.model import GroupKey, Ref, UserId

DecisionId = NewType("DecisionId", int)
PREFIX = "DC"


class DecisionState(StrEnum):
    PROPOSED = "proposed"
    """Stands once its objections window has passed without one."""
    RECORDED = "recorded"
    OBJECTED = "objected"
    """Somebody objects: back to the chair, nothing is adopted by itself."""
    WITHDRAWN = "withdrawn"

    @property
    def settled(self) -> bool:
        return self in (DecisionState.RECORDED, DecisionState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Objection:
    by: UserId
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class NewDecision:
    """What was said, before it has an id; fields as in `Decision`."""

    text: str
    group: GroupKey
    review: date | None = None
    objections_by: date | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Of one group; with `objections_by` it is proposed until the end of that day there."""

    id: DecisionId
    ref: Ref
    group: GroupKey
    text: str
    created_at: datetime
    created_by: UserId
    state: DecisionState = DecisionState.RECORDED
    state_since: datetime | None = None
    review: date | None = None
    """When it comes back to be looked at again."""
    objections_by: date | None = None
    objections: tuple[Objection, ...] = ()
    why: str = ""
    """Why withdrawn."""
    source: Source | None = None
    taken_back: bool = False
    """Undone right after it was made: kept for its id, shown nowhere."""
    version: int = 1
    updated_at: datetime | None = None
    updated_by: UserId | None = None

    @property
    def subject(self) -> str:
        """How the outbox names everything said about this decision."""
        return f"decision:{self.id}"

    @property
    def card_key(self) -> str:
        return f"decision:{self.id}:card"
