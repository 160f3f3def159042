"""The tables of what comes in and goes out; nothing outside storage sees these classes."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from bot.domain.outbox import Message, State, Way
from bot.storage.rows import Table, json, word


class OutboxRow(Table, table=True):
    """`seq` is the order of putting; `planned` is the `at` that was asked for.

    `unwanted`: withdrawn while it was being sent, so not to be tried again.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("team_id", "key"),
        UniqueConstraint("id"),
        Index(
            "ix_outbox_live",
            *("team_id", "lane", "at", "seq"),
            sqlite_where=text("state IN ('pending', 'sending')"),
            postgresql_where=text("state IN ('pending', 'sending')"),
        ),
        Index("ix_outbox_subject", "team_id", "subject"),
        Index("ix_outbox_edits", "team_id", "edits"),
        Index("ix_outbox_merged", "merged_into"),
        Index("ix_outbox_message", "team_id", "channel", "ts"),
        Index("ix_outbox_state", "team_id", "state"),
        {"sqlite_autoincrement": True},
    )
    seq: int | None = Field(default=None, primary_key=True)
    id: str
    team_id: str
    key: str
    subject: str
    kind: str
    lane: str
    message: Message = Field(sa_column=json(Message))
    frozen: Message | None = Field(sa_column=json(Message, nullable=True))
    planned: datetime
    at: datetime
    until: datetime
    way: Way = Field(sa_column=word(Way, "way"))
    thread_ts: str | None
    edits: str | None
    bundle: str | None
    quiet_hours: bool
    state: State = Field(sa_column=word(State, "state"))
    claim_no: int
    attempts: int
    why: str
    first_sent: datetime | None
    last_sent: datetime | None
    next_try: datetime | None
    channel: str | None
    ts: str | None
    merged_into: str | None
    unwanted: bool


class LaneRow(Table, table=True):
    __tablename__ = "lanes"
    team_id: str = Field(primary_key=True)
    lane: str = Field(primary_key=True)
    claim_no: int
    lease_until: datetime | None
    next_at: datetime | None
    paused_until: datetime | None
    pause_reason: str


class InboxRow(Table, table=True):
    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("team_id", "source", "key"),
        UniqueConstraint("team_id", "alt"),
        Index("ix_inbox_user", "team_id", "user", "seq"),
        Index("ix_inbox_at", "team_id", "at"),
        {"sqlite_autoincrement": True},
    )
    seq: int | None = Field(default=None, primary_key=True)
    team_id: str
    source: str
    key: str
    alt: str | None
    user: str
    kind: str
    content_hash: str | None
    reply_json: str
    at: datetime


class MarkRow(Table, table=True):
    __tablename__ = "marks"
    team_id: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    at: datetime
    value: str
