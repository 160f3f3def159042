"""Ids and frozen values: people, groups, roles, actions and what happened to them."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import NewType

TeamId = NewType("TeamId", str)
UserId = NewType("UserId", str)
ChannelId = NewType("ChannelId", str)
GroupKey = NewType("GroupKey", str)
ItemId = NewType("ItemId", int)
Ref = NewType("Ref", str)
"""What people call a thing: `EM-2`. Never reused, never renumbered."""

WORKING_HOURS = (time(8), time(18))
TITLE_LIMIT = 300
NOTE_LIMIT = 3000
RESERVED_PREFIXES = frozenset({"DL", "MT", "DC", "RK"})


class Role(StrEnum):
    CHAIR = "chair"
    COCHAIR = "cochair"
    MEMBER = "member"
    PARTNER = "partner"
    OBSERVER = "observer"
    GUEST = "guest"
    COORDINATOR = "coordinator"
    STEERING = "steering"

    @property
    def of_programme(self) -> bool:
        """Coordinator and steering stand over all groups."""
        return self in (Role.COORDINATOR, Role.STEERING)


@dataclass(frozen=True, slots=True)
class Person:
    user: UserId
    name: str
    handle: str = ""
    zone: str = "UTC"
    zone_chosen: bool = False
    country: str | None = None
    region: str | None = None
    hours: tuple[time, time] = WORKING_HOURS
    away_until: date | None = None
    admin: bool = False
    external: bool = False
    guest: bool = False
    bot: bool = False
    left: bool = False
    facts_at: datetime | None = None
    """When Slack was last asked about them; None: known from an event only."""


@dataclass(frozen=True, slots=True)
class Membership:
    """A role in a group; in the programme when `group` is None.

    `named` is False for those known only from the group's channel.
    """

    user: UserId
    group: GroupKey | None
    role: Role
    named: bool = True


@dataclass(frozen=True, slots=True)
class Channel:
    id: ChannelId
    name: str = ""
    private: bool = False
    archived: bool = False
    bot_in: bool = False


class GroupState(StrEnum):
    ACTIVE = "active"
    CLOSED = "closed"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class GroupSettings:
    """Defaults of domain.md 5; days before and after count calendar days."""

    due_days: int = 7
    remind_before: tuple[int, ...] = (7, 2)
    remind_after: tuple[int, ...] = (1, 7)
    capture: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    key: GroupKey
    prefix: str
    short: str
    name: str
    scope: str = ""
    zone: str = "UTC"
    channel: ChannelId | None = None
    aliases: tuple[str, ...] = ()
    state: GroupState = GroupState.ACTIVE
    settings: GroupSettings = GroupSettings()
    merged_into: GroupKey | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """What stands over the groups; `channel` is that of `all`."""

    name: str
    zone: str
    country: str | None = None
    region: str | None = None
    channel: ChannelId | None = None
    closures: tuple[tuple[date, date, str], ...] = ()
    label: str = ""


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


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the history; `before` is None for an addition.

    `request` groups what one request changed, for Undo.
    """

    ref: Ref
    version: int
    at: datetime
    by: UserId
    verb: str
    request: str
    detail: str = ""
    before: Item | None = None
    after: Item | None = None
    undone: bool = False


@dataclass(frozen=True, slots=True)
class World:
    """Everybody and every group at one moment, as readers and planners need it."""

    programme: Programme
    groups: dict[GroupKey, Group] = field(default_factory=dict)
    people: dict[UserId, Person] = field(default_factory=dict)
    memberships: tuple[Membership, ...] = ()

    def members(self, group: GroupKey) -> tuple[Membership, ...]:
        return tuple(m for m in self.memberships if m.group == group)

    def roles(self, user: UserId) -> tuple[Membership, ...]:
        return tuple(m for m in self.memberships if m.user == user)

    def holding(self, role: Role, group: GroupKey | None = None) -> tuple[UserId, ...]:
        """Who has the role in the group (programme roles: group None)."""
        return tuple(m.user for m in self.memberships if m.group == group and m.role is role)
