"""Deadlines as frozen values: dated achievements, and things to be delivered."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from bot.domain.items import Move, Quiet
from bot.domain.model import GroupKey, Ref, UserId

DeadlineId = NewType("DeadlineId", int)
PREFIX = "DL"


class Kind(StrEnum):
    MILESTONE = "milestone"
    """Something is reached, or it is not."""
    DELIVERABLE = "deliverable"
    """A thing that goes through draft, review and approval until it is submitted."""


class Stage(StrEnum):
    """How far it is; a milestone is only ever open, met or dropped (domain.md 4)."""

    OPEN = "open"
    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"
    MET = "met"
    """Of a deliverable: submitted."""
    DROPPED = "dropped"

    @property
    def closed(self) -> bool:
        return self in (Stage.MET, Stage.DROPPED)


@dataclass(frozen=True, slots=True)
class NewDeadline:
    """What was asked for, before it has an id; fields as in `Deadline`."""

    text: str
    due: date
    groups: tuple[GroupKey, ...] = ()
    kind: Kind = Kind.MILESTONE
    owner: UserId | None = None
    needs: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """For one group, several, or (no `groups`) all together; due at the end of `due` there."""

    id: DeadlineId
    ref: Ref
    kind: Kind
    text: str
    due: date
    first_due: date
    created_at: datetime
    created_by: UserId
    set_at: datetime
    """When date or owner were last set: nothing due before that is said afterwards."""
    groups: tuple[GroupKey, ...] = ()
    owner: UserId | None = None
    stage: Stage = Stage.OPEN
    why: str = ""
    """Why dropped."""
    note: str = ""
    needs: tuple[Ref, ...] = ()
    """Actions and deadlines, also of other groups, that must be done before."""
    moves: tuple[Move, ...] = ()
    quiet: tuple[Quiet, ...] = ()
    closed_at: datetime | None = None
    closed_by: UserId | None = None
    taken_back: bool = False
    version: int = 1
    updated_at: datetime | None = None
    updated_by: UserId | None = None

    @property
    def owners(self) -> tuple[UserId, ...]:
        return (self.owner,) if self.owner else ()

    @property
    def subject(self) -> str:
        """How the outbox names everything said about this deadline."""
        return f"deadline:{self.id}"
