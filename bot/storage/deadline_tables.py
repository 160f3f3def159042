"""The tables of deadlines, with their groups, needs and moves, and who wants no reminders."""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from bot.domain.deadlines import Kind, Stage
from bot.storage.rows import Table, word


class DeadlineRow(Table, table=True):
    __tablename__ = "deadlines"
    __table_args__ = (
        UniqueConstraint("team_id", "ref"),
        Index("ix_deadlines_due", "team_id", "stage", "due"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, primary_key=True)
    team_id: str
    ref: str
    number: int
    kind: Kind = Field(sa_column=word(Kind, "kind"))
    text: str
    due: date
    first_due: date
    created_at: datetime
    created_by: str
    set_at: datetime
    owner: str | None
    stage: Stage = Field(sa_column=word(Stage, "stage"))
    why: str
    note: str
    closed_at: datetime | None
    closed_by: str | None
    taken_back: bool
    version: int
    updated_at: datetime | None
    updated_by: str | None


class DeadlinePartRow(Table):
    """What a deadline has several of, in their order."""

    deadline_id: int = Field(primary_key=True, foreign_key="deadlines.id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    team_id: str


class DeadlineGroupRow(DeadlinePartRow, table=True):
    """None of a deadline: it is for all groups together."""

    __tablename__ = "deadline_groups"
    __table_args__ = (
        ForeignKeyConstraint(["team_id", "group"], ["groups.team_id", "groups.key"]),
        Index("ix_deadline_groups_group", "team_id", "group"),
    )
    group: str


class DeadlineNeedRow(DeadlinePartRow, table=True):
    __tablename__ = "deadline_needs"
    __table_args__ = (Index("ix_deadline_needs_ref", "team_id", "ref"),)
    ref: str


class DeadlineQuietRow(DeadlinePartRow, table=True):
    __tablename__ = "deadline_quiet"
    user: str
    until: date | None


class DeadlineMoveRow(DeadlinePartRow, table=True):
    __tablename__ = "deadline_moves"
    old: date
    new: date
    by: str
    at: datetime
    because: str
