"""The tables of what people need, whether they travel, and who steps out of which item."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from bot.storage.rows import Table


class AccessNeedsRow(Table, table=True):
    """A special category of personal data: for coordinators only, and not for long."""

    __tablename__ = "access_needs"
    meeting_id: int = Field(primary_key=True, foreign_key="meetings.id", ondelete="CASCADE")
    user: str = Field(primary_key=True)
    team_id: str
    access: str
    diet: str
    at: datetime


class TravelRow(Table, table=True):
    __tablename__ = "travels"
    meeting_id: int = Field(primary_key=True, foreign_key="meetings.id", ondelete="CASCADE")
    user: str = Field(primary_key=True)
    team_id: str
    booked: bool
    at: datetime


class StepOutRow(Table, table=True):
    __tablename__ = "step_outs"
    meeting_id: int = Field(primary_key=True, foreign_key="meetings.id", ondelete="CASCADE")
    agenda_item: int = Field(primary_key=True)
    user: str = Field(primary_key=True)
    team_id: str
    by: str
    at: datetime


class AnnouncementRow(Table, table=True):
    """`group` None: in the channel of all."""

    __tablename__ = "announcements"
    __table_args__ = (Index("ix_announcements_at", "team_id", "at"),)
    team_id: str = Field(primary_key=True)
    request: str = Field(primary_key=True)
    by: str
    group: str | None
    text: str
    at: datetime
    posted_at: datetime | None
