"""What people need, whether they travel, and who steps out of which item of an agenda."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session, col, delete, select

from bot.domain.agendas import AgendaItemId
from bot.domain.meetings import MeetingId
from bot.domain.model import TeamId, UserId
from bot.domain.taking_part import AccessNeeds, StepOut, Travel
from bot.storage.meeting_tables import MeetingRow
from bot.storage.rows import columns, upsert, value
from bot.storage.taking_part_tables import AccessNeedsRow, StepOutRow, TravelRow


class AccessNeedsStore:
    """In the order of the answers."""

    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def of(self, meeting: MeetingId) -> tuple[AccessNeeds, ...]:
        row = AccessNeedsRow
        query = (
            select(row)
            .where(row.team_id == self._team, row.meeting_id == meeting)
            .order_by(col(row.at), col(row.user))
            .execution_options(populate_existing=True)
        )
        return tuple(value(AccessNeeds, found) for found in self._session.exec(query))

    def save(self, meeting: MeetingId, needs: AccessNeeds) -> None:
        """Instead of what the person said before."""
        keys = {"meeting_id": meeting, "user": needs.user}
        said = {"team_id": self._team, **columns(needs, "user")}
        upsert(self._session, AccessNeedsRow, keys, said)

    def meetings(self) -> tuple[MeetingId, ...]:
        """Those of which anything is kept."""
        query = select(AccessNeedsRow.meeting_id).where(AccessNeedsRow.team_id == self._team)
        return tuple(MeetingId(found) for found in self._session.exec(query.distinct()))

    def erase(self, meetings: Iterable[MeetingId]) -> int:
        """How many answers went."""
        row = AccessNeedsRow
        which = col(row.team_id) == self._team, col(row.meeting_id).in_(tuple(meetings))
        return self._session.exec(delete(row).where(*which)).rowcount


class Travels:
    """In the order of the answers."""

    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def of(self, meeting: MeetingId) -> tuple[Travel, ...]:
        row = TravelRow
        query = (
            select(row)
            .where(row.team_id == self._team, row.meeting_id == meeting)
            .order_by(col(row.at), col(row.user))
            .execution_options(populate_existing=True)
        )
        return tuple(value(Travel, found) for found in self._session.exec(query))

    def save(self, meeting: MeetingId, travel: Travel) -> None:
        """Instead of what the person said before."""
        keys = {"meeting_id": meeting, "user": travel.user}
        said = {"team_id": self._team, **columns(travel, "user")}
        upsert(self._session, TravelRow, keys, said)

    def forget(self, before: date) -> int:
        """Of meetings that ended before then; how many answers went."""
        over = select(MeetingRow.id).where(
            MeetingRow.team_id == self._team, col(MeetingRow.end_day) < before
        )
        row = TravelRow
        gone = col(row.team_id) == self._team, col(row.meeting_id).in_(over)
        return self._session.exec(delete(row).where(*gone)).rowcount


class StepOuts:
    """In the order in which they were said."""

    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def of(self, meeting: MeetingId) -> tuple[StepOut, ...]:
        row = StepOutRow
        query = (
            select(row)
            .where(row.team_id == self._team, row.meeting_id == meeting)
            .order_by(col(row.at), col(row.agenda_item), col(row.user))
            .execution_options(populate_existing=True)
        )
        return tuple(value(StepOut, found) for found in self._session.exec(query))

    def save(self, meeting: MeetingId, one: StepOut) -> None:
        keys = {"meeting_id": meeting, "agenda_item": one.agenda_item, "user": one.user}
        said = {"team_id": self._team, **columns(one, "agenda_item", "user")}
        upsert(self._session, StepOutRow, keys, said)

    def remove(self, meeting: MeetingId, item: AgendaItemId, user: UserId) -> bool:
        """False: they did not step out of it."""
        row = StepOutRow
        which = (
            col(row.team_id) == self._team,
            col(row.meeting_id) == meeting,
            col(row.agenda_item) == item,
            col(row.user) == user,
        )
        return bool(self._session.exec(delete(row).where(*which)).rowcount)
