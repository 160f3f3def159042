"""The history: who changed what, from what to what; only ever added to."""

from datetime import datetime

from sqlalchemy import ColumnElement, insert, update
from sqlmodel import Session, col, select

from bot.domain.items import Change
from bot.domain.model import Ref, TeamId, UserId
from bot.storage.rows import columns, value
from bot.storage.tables import HistoryRow


class Audit:
    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def add(self, change: Change) -> None:
        """One entry for each version of a ref; things without versions have 0."""
        self._session.exec(insert(HistoryRow).values(team_id=self._team, **columns(change)))

    def of(self, ref: Ref) -> tuple[Change, ...]:
        """Oldest first."""
        return self._changes(col(HistoryRow.ref) == ref)

    def of_request(self, request: str) -> tuple[Change, ...]:
        return self._changes(col(HistoryRow.request) == request)

    def last_request(self, user: UserId, since: datetime) -> str | None:
        """The latest request by which they changed something that is not undone."""
        query = (
            select(HistoryRow.request)
            .where(
                HistoryRow.team_id == self._team,
                HistoryRow.by == user,
                HistoryRow.at >= since,
                col(HistoryRow.undone).is_(False),
            )
            .order_by(col(HistoryRow.id).desc())
            .limit(1)
        )
        return self._session.exec(query).first()

    def mark_undone(self, request: str) -> int:
        """How many entries the request has."""
        undo = (
            update(HistoryRow)
            .where(col(HistoryRow.team_id) == self._team, col(HistoryRow.request) == request)
            .values(undone=True)
        )
        return self._session.exec(undo).rowcount

    def _changes(self, which: ColumnElement[bool]) -> tuple[Change, ...]:
        query = (
            select(HistoryRow)
            .where(HistoryRow.team_id == self._team, which)
            .order_by(col(HistoryRow.id))
            .execution_options(populate_existing=True)
        )
        return tuple(value(Change, row) for row in self._session.exec(query))
