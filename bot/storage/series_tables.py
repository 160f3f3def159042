"""The tables of series: their rules, and how meetings were before a change that may be undone."""

from datetime import date, datetime, time

from sqlalchemy import Index
from sqlmodel import Field

from bot.domain.rescheduling import Former
from bot.storage.rows import Table, json


class SeriesRow(Table, table=True):
    __tablename__ = "meeting_series"
    team_id: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    step: int
    weekday: int | None
    nth: int | None
    until: date | None
    first: date
    at: time
    zone: str


class FormerMeetingRow(Table, table=True):
    """Kept as long as it may be asked for, and no longer."""

    __tablename__ = "former_meetings"
    __table_args__ = (Index("ix_former_meetings_at", "team_id", "at"),)
    team_id: str = Field(primary_key=True)
    request: str = Field(primary_key=True)
    ref: str = Field(primary_key=True)
    at: datetime
    former: Former = Field(sa_column=json(Former))
