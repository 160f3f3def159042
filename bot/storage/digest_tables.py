"""The tables of digests: how each group's weeks ended, and who wants which digest."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field

from bot.domain.digests import Figures, Wish
from bot.storage.rows import Table, json, word


class SnapshotRow(Table, table=True):
    __tablename__ = "snapshots"
    __table_args__ = (ForeignKeyConstraint(["team_id", "group"], ["groups.team_id", "groups.key"]),)
    team_id: str = Field(primary_key=True)
    group: str = Field(primary_key=True)
    week: str = Field(primary_key=True)
    at: datetime
    figures: Figures = Field(sa_column=json(Figures))


class DigestWishRow(Table, table=True):
    """`group`: empty for the digest over all groups, as no key of a group is."""

    __tablename__ = "digest_wishes"
    team_id: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    group: str = Field(primary_key=True)
    wish: Wish = Field(sa_column=word(Wish, "wish"))
