"""What meetings will talk about, when that was drafted and posted, and how it was before."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, update
from sqlmodel import Session, col, select

from bot.domain.agendas import Agenda, AgendaItem, AgendaItemId, FormerAgenda, NewAgendaItem
from bot.domain.meetings import MeetingId
from bot.domain.model import TeamId, UserId
from bot.storage.agenda_tables import AgendaItemRow, AgendaRow, FormerAgendaRow
from bot.storage.rows import columns, upsert, value


class Agendas:
    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def of(self, meetings: Iterable[MeetingId]) -> Mapping[MeetingId, tuple[AgendaItem, ...]]:
        """By meeting, also those without any; by position, in whatever state."""
        found: dict[MeetingId, tuple[AgendaItem, ...]] = dict.fromkeys(meetings, ())
        query = (
            select(AgendaItemRow)
            .where(
                AgendaItemRow.team_id == self._team,
                col(AgendaItemRow.meeting).in_(tuple(found)),
            )
            .order_by(col(AgendaItemRow.position), col(AgendaItemRow.id))
            .execution_options(populate_existing=True)
        )
        for row in self._session.exec(query) if found else ():
            found[MeetingId(row.meeting)] += (value(AgendaItem, row),)
        return found

    def get(self, item: AgendaItemId) -> AgendaItem | None:
        query = select(AgendaItemRow).where(*self._mine(item))
        row = self._session.exec(query.execution_options(populate_existing=True)).first()
        return value(AgendaItem, row) if row else None

    def add(self, meeting: MeetingId, new: NewAgendaItem, by: UserId, at: datetime) -> AgendaItem:
        """Behind all that are there."""
        last = select(func.max(col(AgendaItemRow.position))).where(
            AgendaItemRow.team_id == self._team, AgendaItemRow.meeting == meeting
        )
        position = (self._session.exec(last).one() or 0) + 1
        row = {
            **columns(new),
            "team_id": self._team,
            "meeting": meeting,
            "position": position,
            "created_at": at,
            "created_by": by,
        }
        added = insert(AgendaItemRow).values(row).returning(col(AgendaItemRow.id))
        number = AgendaItemId(self._session.exec(added).scalar_one())
        fields = {name: getattr(new, name) for name in NewAgendaItem.__dataclass_fields__}
        return AgendaItem(
            id=number, meeting=meeting, position=position, created_at=at, created_by=by, **fields
        )

    def save(self, item: AgendaItem) -> AgendaItem:
        """As it is given, in its place; also one that was removed."""
        values = {"team_id": self._team, **columns(item, "id")}
        upsert(self._session, AgendaItemRow, {"id": item.id}, values)
        return item

    def move(self, positions: Mapping[AgendaItemId, int]) -> None:
        """Only where they stand, all at once."""
        rows = [{"b_id": item, "b_position": place} for item, place in positions.items()]
        change = (
            update(AgendaItemRow)
            .where(
                col(AgendaItemRow.team_id) == self._team,
                col(AgendaItemRow.id) == bindparam("b_id"),
            )
            .values(position=bindparam("b_position"))
        )
        if rows:
            self._session.connection().execute(change, rows)

    def remove(self, items: Iterable[AgendaItemId]) -> None:
        """As if they had never been added."""
        gone = col(AgendaItemRow.team_id) == self._team, col(AgendaItemRow.id).in_(tuple(items))
        self._session.exec(delete(AgendaItemRow).where(*gone))

    def standing(self, meeting: MeetingId) -> Agenda:
        query = select(AgendaRow).where(
            AgendaRow.team_id == self._team, AgendaRow.meeting == meeting
        )
        row = self._session.exec(query.execution_options(populate_existing=True)).first()
        return value(Agenda, row) if row else Agenda(meeting)

    def put(self, agenda: Agenda) -> None:
        values = {"team_id": self._team, **columns(agenda, "meeting")}
        upsert(self._session, AgendaRow, {"meeting": agenda.meeting}, values)

    def posted(self, meeting: MeetingId) -> datetime | None:
        """When it was posted last; None: not yet."""
        return self.standing(meeting).posted_at

    def keep(self, request: str, former: FormerAgenda, at: datetime) -> None:
        """Instead of what the same request kept of it before."""
        keys = {"team_id": self._team, "request": request, "meeting": former.agenda.meeting}
        upsert(self._session, FormerAgendaRow, keys, {"at": at, "former": former})

    def formers(self, request: str) -> tuple[FormerAgenda, ...]:
        query = (
            select(FormerAgendaRow)
            .where(FormerAgendaRow.team_id == self._team, FormerAgendaRow.request == request)
            .order_by(col(FormerAgendaRow.meeting))
        )
        return tuple(row.former for row in self._session.exec(query))

    def purge(self, before: datetime) -> None:
        """What was kept before that."""
        old = col(FormerAgendaRow.team_id) == self._team, col(FormerAgendaRow.at) < before
        self._session.exec(delete(FormerAgendaRow).where(*old))

    def _mine(self, item: AgendaItemId) -> tuple[ColumnElement[bool], ...]:
        return col(AgendaItemRow.team_id) == self._team, col(AgendaItemRow.id) == item
