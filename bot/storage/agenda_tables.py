"""The tables of agendas: their items, when they were drafted and posted, and how they were."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from bot.domain.agendas import AgendaState, FormerAgenda, Purpose
from bot.domain.model import Ref
from bot.storage.rows import Table, json, word


class AgendaItemRow(Table, table=True):
    __tablename__ = "agenda_items"
    __table_args__ = (
        Index("ix_agenda_items_meeting", "team_id", "meeting", "position"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, primary_key=True)
    team_id: str
    meeting: int = Field(foreign_key="meetings.id", ondelete="CASCADE")
    position: int
    topic: str
    created_at: datetime
    created_by: str
    minutes: int | None
    owner: str | None
    purpose: Purpose = Field(sa_column=word(Purpose, "purpose"))
    link: str
    source: str
    state: AgendaState = Field(sa_column=word(AgendaState, "state"))
    carried: int
    refs: tuple[Ref, ...] = Field(sa_column=json(tuple[Ref, ...]))
    drafted: str
    drafted_minutes: int | None
    discussed_at: datetime | None


class AgendaRow(Table, table=True):
    """One of each meeting whose agenda anybody has touched."""

    __tablename__ = "agendas"
    meeting: int = Field(primary_key=True, foreign_key="meetings.id", ondelete="CASCADE")
    team_id: str
    changed_at: datetime | None
    drafted_at: datetime | None
    posted_at: datetime | None


class FormerAgendaRow(Table, table=True):
    """Kept as long as it may be asked for, and no longer."""

    __tablename__ = "former_agendas"
    __table_args__ = (Index("ix_former_agendas_at", "team_id", "at"),)
    team_id: str = Field(primary_key=True)
    request: str = Field(primary_key=True)
    meeting: int = Field(primary_key=True, foreign_key="meetings.id", ondelete="CASCADE")
    at: datetime
    former: FormerAgenda = Field(sa_column=json(FormerAgenda))
