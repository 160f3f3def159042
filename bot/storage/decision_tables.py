"""The tables of decisions: the decision, and the objections to it."""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from bot.domain.decisions import DecisionState
from bot.storage.rows import Table, word


class DecisionRow(Table, table=True):
    __tablename__ = "decisions"
    __table_args__ = (
        ForeignKeyConstraint(["team_id", "group"], ["groups.team_id", "groups.key"]),
        UniqueConstraint("team_id", "ref"),
        Index("ix_decisions_group", "team_id", "group", "state"),
        Index("ix_decisions_window", "team_id", "state", "objections_by"),
        Index("ix_decisions_source", "team_id", "source_channel", "source_ts"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, primary_key=True)
    team_id: str
    ref: str
    number: int
    group: str
    text: str
    created_at: datetime
    created_by: str
    state: DecisionState = Field(sa_column=word(DecisionState, "state"))
    state_since: datetime | None
    review: date | None
    objections_by: date | None
    why: str
    source_channel: str | None
    source_ts: str | None
    source_permalink: str | None
    source_quote: str | None
    source_meeting: str | None
    taken_back: bool
    version: int
    updated_at: datetime | None
    updated_by: str | None


class ObjectionRow(Table, table=True):
    __tablename__ = "objections"
    decision_id: int = Field(primary_key=True, foreign_key="decisions.id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    team_id: str
    by: str
    at: datetime
    why: str
