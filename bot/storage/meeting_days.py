"""Meetings by what falls on their days: for the clock, which looks often and finds little."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlmodel import Session, col, select

from bot.domain.meetings import MeetingId, MeetingState, PrepItem, PrepState
from bot.domain.model import TeamId
from bot.storage.meeting_parties import goes_on
from bot.storage.meeting_tables import MeetingRow, PreparationRow
from bot.storage.rows import value

AHEAD = tuple(state for state in MeetingState if state.ahead)
LEFT_TO_DO = frozenset({PrepState.TODO})
NOT_SKIPPED = frozenset({PrepState.TODO, PrepState.DONE})


class MeetingDays:
    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def with_items(
        self,
        keys: Iterable[str],
        first: date,
        last: date,
        states: frozenset[PrepState] = NOT_SKIPPED,
    ) -> Mapping[MeetingId, tuple[PrepItem, ...]]:
        """Those of these keys due on these days, of meetings ahead whose groups go on."""
        row = PreparationRow
        ahead = select(MeetingRow.id).where(
            MeetingRow.team_id == self._team,
            col(MeetingRow.state).in_(AHEAD),
            goes_on(self._team),
        )
        query = select(row).where(
            row.team_id == self._team,
            col(row.state).in_(tuple(states)),
            col(row.due).between(first, last),
            col(row.key).in_(tuple(keys)),
            col(row.meeting_id).in_(ahead),
        )
        found: dict[MeetingId, tuple[PrepItem, ...]] = {}
        for one in self._session.exec(query.order_by(col(row.meeting_id), col(row.n))):
            meeting = MeetingId(one.meeting_id)
            found[meeting] = (*found.get(meeting, ()), value(PrepItem, one))
        return found

    def with_link(self, first: date, last: date) -> tuple[MeetingId, ...]:
        """Those ahead that begin on these days and have a link to join by."""
        row = MeetingRow
        query = select(row.id).where(
            row.team_id == self._team,
            col(row.state).in_(AHEAD),
            col(row.start_day).between(first, last),
            col(row.link) != "",
            goes_on(self._team),
        )
        return tuple(MeetingId(found) for found in self._session.exec(query) if found is not None)
