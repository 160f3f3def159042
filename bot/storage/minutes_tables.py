"""The tables of minutes: how far they are, what was corrected, what was said of them."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

from bot.domain.minutes import AtEnd, Content, MinutesState
from bot.storage.rows import Table, json, word


class MinutesRow(Table, table=True):
    __tablename__ = "minutes"
    __table_args__ = (Index("ix_minutes_state", "team_id", "state"),)
    meeting_id: int = Field(primary_key=True, foreign_key="meetings.id", ondelete="CASCADE")
    team_id: str
    drafted_at: datetime
    actions_on: date
    publish_on: date
    comments_until: date
    accept_on: date
    state: MinutesState = Field(sa_column=word(MinutesState, "state"))
    actions_at: datetime | None
    published_at: datetime | None
    accepted_at: datetime | None
    accepted_by: str | None
    frozen: Content | None = Field(sa_column=json(Content, nullable=True))
    at_end: AtEnd | None = Field(sa_column=json(AtEnd, nullable=True))
    version: int


class CorrectionRow(Table, table=True):
    __tablename__ = "corrections"
    meeting_id: int = Field(primary_key=True, foreign_key="minutes.meeting_id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    team_id: str
    old: str
    new: str
    by: str
    at: datetime
    everywhere: bool


class CommentRow(Table, table=True):
    __tablename__ = "comments"
    meeting_id: int = Field(primary_key=True, foreign_key="minutes.meeting_id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    team_id: str
    text: str
    by: str
    at: datetime
    objects: bool
