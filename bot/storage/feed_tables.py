"""The table of calendar feeds: whose secret addresses may be read."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from bot.storage.rows import Table


class FeedRow(Table, table=True):
    """Of the address itself only the hash is kept: whoever reads the database cannot use it."""

    __tablename__ = "feeds"
    __table_args__ = (Index("ix_feeds_user", "team_id", "user"),)
    team_id: str = Field(primary_key=True)
    hash: str = Field(primary_key=True)
    user: str
    group: str | None
    at: datetime
