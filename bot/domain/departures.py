"""Who left a group, and what of theirs waits for somebody else."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.model import GroupKey, Ref, Role, UserId

DepartureId = NewType("DepartureId", int)


class Why(StrEnum):
    DEACTIVATED = "deactivated"
    CHANNEL = "channel"
    """They left the group's channel."""
    REMOVED = "removed"
    """A chair or coordinator took them out."""


@dataclass(frozen=True, slots=True)
class Departure:
    """One person out of one group; `refs` are the open actions that were theirs then."""

    id: DepartureId
    user: UserId
    group: GroupKey
    at: datetime
    why: Why
    roles: tuple[Role, ...] = ()
    refs: tuple[Ref, ...] = ()
    settled_at: datetime | None = None
    """When all of it was handed over, or the person came back to it."""
