"""Who left which group, and what of theirs is not handed over yet."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, insert, or_, update
from sqlmodel import Session, col, select

from bot.domain.departures import Departure, DepartureId, Why
from bot.domain.model import GroupKey, TeamId, UserId
from bot.storage.rows import columns, value
from bot.storage.tables import DepartureRow


class Departures:
    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def add(self, departure: Departure) -> Departure:
        """As kept: with its id."""
        row = {"team_id": self._team, **columns(departure, "id")}
        added = self._session.exec(insert(DepartureRow).values(row).returning(col(DepartureRow.id)))
        return replace(departure, id=DepartureId(added.scalar_one()))

    def get(self, id_: DepartureId) -> Departure | None:
        return next(iter(self._departures(col(DepartureRow.id) == id_)), None)

    def open(self) -> tuple[Departure, ...]:
        """Those of which something waits, oldest first."""
        return self._departures(col(DepartureRow.settled_at).is_(None))

    def recent(self, since: datetime) -> tuple[Departure, ...]:
        """Those of which something waits, or waited until after `since`."""
        settled = col(DepartureRow.settled_at)
        return self._departures(or_(settled.is_(None), settled >= since))

    def of(self, user: UserId) -> tuple[Departure, ...]:
        return self._departures(col(DepartureRow.user) == user)

    def kept_out(self, group: GroupKey) -> frozenset[UserId]:
        """Who was taken out last: being in the channel makes them no member again."""
        last = {one.user: one.why for one in self._departures(col(DepartureRow.group) == group)}
        return frozenset(user for user, why in last.items() if why is Why.REMOVED)

    def save(self, departure: Departure) -> None:
        kept = col(DepartureRow.team_id) == self._team, col(DepartureRow.id) == departure.id
        self._session.exec(update(DepartureRow).where(*kept).values(columns(departure, "id")))

    def _departures(self, *which: ColumnElement[bool]) -> tuple[Departure, ...]:
        query = (
            select(DepartureRow)
            .where(DepartureRow.team_id == self._team, *which)
            .order_by(col(DepartureRow.id))
            .execution_options(populate_existing=True)
        )
        return tuple(value(Departure, row) for row in self._session.exec(query))
