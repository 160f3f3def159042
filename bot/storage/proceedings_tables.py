"""The tables of meetings under way: when each began, every line caught, and who it names."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from bot.domain.proceedings import LineKind
from bot.storage.rows import Table, word


class SittingRow(Table, table=True):
    __tablename__ = "sittings"
    __table_args__ = (Index("ix_sittings_ended", "team_id", "ended_at"),)
    meeting_id: int = Field(primary_key=True, foreign_key="meetings.id", ondelete="CASCADE")
    team_id: str
    started_at: datetime
    started_by: str
    channel: str
    thread_key: str
    ended_at: datetime | None
    ended_by: str | None


class LineRow(Table, table=True):
    __tablename__ = "proceedings"
    __table_args__ = (
        Index("ix_proceedings_meeting", "team_id", "meeting_id", "n", unique=True),
        Index("ix_proceedings_ts", "team_id", "meeting_id", "ts"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, primary_key=True)
    team_id: str
    meeting_id: int = Field(foreign_key="meetings.id", ondelete="CASCADE")
    n: int
    kind: LineKind = Field(sa_column=word(LineKind, "kind"))
    text: str
    by: str
    at: datetime
    ts: str
    ref: str | None
    agenda_item: int | None
    held: str
    taken_back: bool


class PastedNotesRow(Table, table=True):
    __tablename__ = "pasted_notes"
    team_id: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    meeting: int = Field(foreign_key="meetings.id", ondelete="CASCADE")
    by: str
    at: datetime
    text: str
    made_at: datetime | None
    made_by: str | None


class LinePersonRow(Table, table=True):
    """Who is present, or sends regrets."""

    __tablename__ = "proceeding_people"
    __table_args__ = (Index("ix_proceeding_people_user", "team_id", "user"),)
    line_id: int = Field(primary_key=True, foreign_key="proceedings.id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    team_id: str
    user: str
