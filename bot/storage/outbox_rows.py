"""The outbox's rows of one team: found, changed, and as the values others see."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, or_, update
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.domain.model import TeamId
from bot.domain.outbox import Outgoing, Sent, State
from bot.storage.message_tables import OutboxRow
from bot.storage.rows import value


class OutboxTable:
    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def query(self, *which: ColumnElement[bool]) -> SelectOfScalar[OutboxRow]:
        ours = select(OutboxRow).where(OutboxRow.team_id == self._team, *which)
        return ours.order_by(col(OutboxRow.at), col(OutboxRow.seq))

    def rows(self, query: SelectOfScalar[OutboxRow]) -> Sequence[OutboxRow]:
        return self._session.exec(query.execution_options(populate_existing=True)).all()

    def sent(self, *which: ColumnElement[bool]) -> tuple[Sent, ...]:
        return tuple(map(sent_value, self.rows(self.query(*which))))

    def change(self, *which: ColumnElement[bool], **values: object) -> int:
        """How many rows were changed."""
        change = update(OutboxRow).where(col(OutboxRow.team_id) == self._team, *which)
        return self._session.exec(change.values(values)).rowcount


def sent_value(row: OutboxRow) -> Sent:
    return value(Sent, row, out=value(Outgoing, row, message=row.frozen or row.message))


def planned_value(row: OutboxRow) -> Sent:
    """With the row's own words, not those of the bundle it carried."""
    return value(Sent, row, out=value(Outgoing, row))


def live(row: type[OutboxRow]) -> ColumnElement[bool]:
    # Written out, not bound: only so does the index of live rows serve.
    states: BindParameter[Any] = bindparam(
        "live", (State.PENDING, State.SENDING), expanding=True, literal_execute=True
    )
    return col(row.state).in_(states)


def passed(column: Mapped[datetime | None], now: datetime) -> ColumnElement[bool]:
    """No such moment, or it is not after `now`."""
    return or_(column.is_(None), column <= now)
