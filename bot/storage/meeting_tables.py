"""The tables of meetings: the meeting, its groups, its preparation, who comes."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from bot.domain.meetings import MeetingKind, MeetingState, OwnerRole, PrepState, RsvpAnswer
from bot.storage.rows import Table, word


class MeetingRow(Table, table=True):
    __tablename__ = "meetings"
    __table_args__ = (
        UniqueConstraint("team_id", "ref"),
        Index("ix_meetings_start", "team_id", "state", "start_day"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, primary_key=True)
    team_id: str
    ref: str
    number: int
    title: str
    kind: MeetingKind = Field(sa_column=word(MeetingKind, "kind"))
    template: str | None
    start_day: date
    start_at: time
    end_day: date
    end_at: time
    zone: str
    created_at: datetime
    created_by: str
    place: str
    series: str | None
    series_day: date | None
    state: MeetingState = Field(sa_column=word(MeetingState, "state"))
    why: str
    note_taker: str | None
    link: str
    version: int
    updated_at: datetime | None
    updated_by: str | None


class MeetingGroupRow(Table, table=True):
    """None of a meeting: it is of all groups together."""

    __tablename__ = "meeting_groups"
    __table_args__ = (
        ForeignKeyConstraint(["team_id", "group"], ["groups.team_id", "groups.key"]),
        Index("ix_meeting_groups_group", "team_id", "group"),
    )
    meeting_id: int = Field(primary_key=True, foreign_key="meetings.id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    team_id: str
    group: str


class MeetingGuestRow(Table, table=True):
    __tablename__ = "meeting_guests"
    __table_args__ = (Index("ix_meeting_guests_user", "team_id", "user"),)
    meeting_id: int = Field(primary_key=True, foreign_key="meetings.id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    team_id: str
    user: str


class PreparationRow(Table, table=True):
    __tablename__ = "preparation"
    __table_args__ = (Index("ix_preparation_due", "team_id", "state", "due"),)
    meeting_id: int = Field(primary_key=True, foreign_key="meetings.id", ondelete="CASCADE")
    n: int = Field(primary_key=True)
    team_id: str
    key: str
    text: str
    role: OwnerRole = Field(sa_column=word(OwnerRole, "role"))
    due: date
    owner: str | None
    required: bool
    state: PrepState = Field(sa_column=word(PrepState, "state"))
    why: str
    done_by: str | None
    done_at: datetime | None
    set_at: datetime | None


class RsvpRow(Table, table=True):
    __tablename__ = "rsvps"
    __table_args__ = (Index("ix_rsvps_user", "team_id", "user"),)
    meeting_id: int = Field(primary_key=True, foreign_key="meetings.id", ondelete="CASCADE")
    user: str = Field(primary_key=True)
    team_id: str
    answer: RsvpAnswer = Field(sa_column=word(RsvpAnswer, "answer"))
    at: datetime
    substitute: str | None
