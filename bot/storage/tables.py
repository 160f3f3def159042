"""The tables of what is known; nothing outside storage sees these classes."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from bot.domain.deadlines import Deadline
from bot.domain.departures import Why
from bot.domain.items import Answer, Item, ItemState
from bot.domain.model import GroupSettings, GroupState, Role
from bot.storage.rows import Table, json, word


class ProgrammeRow(Table, table=True):
    __tablename__ = "programme"
    team_id: str = Field(primary_key=True)
    name: str
    zone: str
    country: str | None
    region: str | None
    channel: str | None
    closures: tuple[tuple[date, date, str], ...] = Field(
        sa_column=json(tuple[tuple[date, date, str], ...])
    )
    label: str


class GroupRow(Table, table=True):
    __tablename__ = "groups"
    __table_args__ = (UniqueConstraint("team_id", "prefix"), UniqueConstraint("team_id", "channel"))
    team_id: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    position: int
    prefix: str
    short: str
    name: str
    scope: str
    zone: str
    channel: str | None
    aliases: tuple[str, ...] = Field(sa_column=json(tuple[str, ...]))
    state: GroupState = Field(sa_column=word(GroupState, "state"))
    settings: GroupSettings = Field(sa_column=json(GroupSettings))
    merged_into: str | None
    ended_at: datetime | None


class NumberRow(Table, table=True):
    """The last number given out within a prefix."""

    __tablename__ = "numbers"
    team_id: str = Field(primary_key=True)
    prefix: str = Field(primary_key=True)
    last: int


class PersonRow(Table, table=True):
    __tablename__ = "people"
    team_id: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    dm: str | None = None
    name: str
    handle: str
    zone: str
    zone_chosen: bool
    country: str | None
    region: str | None
    country_chosen: bool
    hours: tuple[time, time] = Field(sa_column=json(tuple[time, time]))
    workdays: frozenset[int] = Field(sa_column=json(frozenset[int]))
    away_until: date | None
    declared: date | None
    declaration: str
    admin: bool
    external: bool
    home_team: str | None
    guest: bool
    bot: bool
    left: bool
    left_at: datetime | None
    welcomed_at: datetime | None
    facts_at: datetime | None


class MembershipRow(Table, table=True):
    __tablename__ = "memberships"
    __table_args__ = (
        ForeignKeyConstraint(["team_id", "group"], ["groups.team_id", "groups.key"]),
        Index(
            "uq_memberships_in_group",
            *("team_id", "user", "group", "role"),
            unique=True,
            sqlite_where=text('"group" IS NOT NULL'),
            postgresql_where=text('"group" IS NOT NULL'),
        ),
        Index(
            "uq_memberships_in_programme",
            *("team_id", "user", "role"),
            unique=True,
            sqlite_where=text('"group" IS NULL'),
            postgresql_where=text('"group" IS NULL'),
        ),
        Index("ix_memberships_group", "team_id", "group"),
    )
    id: int | None = Field(default=None, primary_key=True)
    team_id: str
    user: str
    group: str | None
    role: Role = Field(sa_column=word(Role, "role"))
    named: bool


class DepartureRow(Table, table=True):
    __tablename__ = "departures"
    __table_args__ = (
        ForeignKeyConstraint(["team_id", "group"], ["groups.team_id", "groups.key"]),
        Index("ix_departures_user", "team_id", "user"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, primary_key=True)
    team_id: str
    user: str
    group: str
    at: datetime
    why: Why = Field(sa_column=word(Why, "why"))
    roles: tuple[Role, ...] = Field(sa_column=json(tuple[Role, ...]))
    refs: tuple[str, ...] = Field(sa_column=json(tuple[str, ...]))
    settled_at: datetime | None


class ChannelRow(Table, table=True):
    __tablename__ = "channels"
    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    name: str
    private: bool
    archived: bool
    bot_in: bool
    shared: bool


class ItemRow(Table, table=True):
    __tablename__ = "items"
    __table_args__ = (
        ForeignKeyConstraint(["team_id", "group"], ["groups.team_id", "groups.key"]),
        UniqueConstraint("team_id", "ref"),
        Index("ix_items_group", "team_id", "group", "state"),
        Index("ix_items_due", "team_id", "state", "due_day"),
        Index("ix_items_source", "team_id", "source_channel", "source_ts"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, primary_key=True)
    team_id: str
    ref: str
    number: int
    group: str
    text: str
    due_day: date
    due_at: time | None
    due_zone: str | None
    first_due: date
    created_at: datetime
    created_by: str
    set_at: datetime
    state: ItemState = Field(sa_column=word(ItemState, "state"))
    state_since: datetime | None
    why: str
    evidence: str
    closed_at: datetime | None
    closed_by: str | None
    source_channel: str | None
    source_ts: str | None
    source_permalink: str | None
    source_quote: str | None
    source_meeting: str | None
    taken_back: bool
    version: int
    updated_at: datetime | None
    updated_by: str | None


class FormerRefRow(Table, table=True):
    """What an action was called before its group was merged into another."""

    __tablename__ = "former_refs"
    team_id: str = Field(primary_key=True)
    ref: str = Field(primary_key=True)
    item_id: int = Field(foreign_key="items.id", ondelete="CASCADE")


class PartRow(Table):
    """What an action has several of, in their order."""

    item_id: int = Field(primary_key=True, foreign_key="items.id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    team_id: str


class AssignmentRow(PartRow, table=True):
    __tablename__ = "assignments"
    __table_args__ = (Index("ix_assignments_user", "team_id", "user"),)
    user: str
    given_by: str
    asked_at: datetime
    answer: Answer = Field(sa_column=word(Answer, "answer"))
    answered_at: datetime | None


class MoveRow(PartRow, table=True):
    __tablename__ = "moves"
    old: date
    new: date
    by: str
    at: datetime
    because: str


class NeedRow(PartRow, table=True):
    __tablename__ = "needs"
    __table_args__ = (Index("ix_needs_ref", "team_id", "ref"),)
    ref: str


class NoteRow(PartRow, table=True):
    __tablename__ = "notes"
    by: str
    at: datetime
    text: str


class QuietRow(PartRow, table=True):
    __tablename__ = "quiet"
    user: str
    until: date | None


class HistoryRow(Table, table=True):
    __tablename__ = "history"
    __table_args__ = (
        Index(
            "uq_history_version",
            *("team_id", "ref", "version"),
            unique=True,
            sqlite_where=text("version > 0 AND substr(ref, 1, 3) <> 'MT-'"),
            postgresql_where=text("version > 0 AND substr(ref, 1, 3) <> 'MT-'"),
        ),
        Index("ix_history_request", "team_id", "request"),
        Index("ix_history_by", "team_id", "by", "at"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, primary_key=True)
    team_id: str
    ref: str
    version: int
    at: datetime
    by: str
    verb: str
    request: str
    detail: str
    before: Item | Deadline | None = Field(sa_column=json(Item | Deadline, nullable=True))
    after: Item | Deadline | None = Field(sa_column=json(Item | Deadline, nullable=True))
    undone: bool
