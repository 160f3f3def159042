"""Ids and frozen values: people, their roles, groups and the programme over them."""

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
WORKDAYS = frozenset(range(5))
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
    country_chosen: bool = False
    hours: tuple[time, time] = WORKING_HOURS
    workdays: frozenset[int] = WORKDAYS
    """`date.weekday()` numbers: Monday is 0."""
    away_until: date | None = None
    """The first day back."""
    declared: date | None = None
    """When interests were last declared; valid for twelve months."""
    declaration: str = ""
    """A link to the declaration; never its content."""
    admin: bool = False
    external: bool = False
    home_team: str | None = None
    """The workspace they come from, where Slack tells it."""
    guest: bool = False
    bot: bool = False
    left: bool = False
    left_at: datetime | None = None
    welcomed_at: datetime | None = None
    """When they were first told what the bot does; None: not yet."""
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
    shared: bool = False
    """With another organisation, by Slack Connect."""


class GroupState(StrEnum):
    ACTIVE = "active"
    CLOSED = "closed"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class GroupSettings:
    """Defaults of domain.md 5; days before and after count calendar days.

    What the chair decides on, and who is told next, count working days after the due day; 0: not
    at all. `digest_day` is a `date.weekday()` number, its hour on the reader's clock.
    """

    due_days: int = 7
    remind_before: tuple[int, ...] = (7, 2)
    remind_after: tuple[int, ...] = (1, 7)
    warn_before: tuple[int, ...] = (28, 14)
    """Of deadlines, beside the days of `remind_before`."""
    decide_after: int = 3
    chair_after: int = 10
    coordinator_after: int = 15
    digest_day: int = 0
    digest_at: time = time(8)
    capture: bool = True
    quorum: int = 0
    """How many voting people a meeting needs; 0: half of them."""


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
    ended_at: datetime | None = None
    """When it was closed or merged."""


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
