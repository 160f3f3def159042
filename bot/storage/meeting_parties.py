"""Whose a meeting is: the groups that meet, and who is invited beside them."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, delete, insert, or_
from sqlmodel import Session, col, select

from bot.domain.meetings import Meeting
from bot.domain.model import GroupKey, GroupState, TeamId, UserId
from bot.storage.meeting_tables import MeetingGroupRow, MeetingGuestRow, MeetingRow
from bot.storage.tables import GroupRow


def goes_on(team: TeamId) -> ColumnElement[bool]:
    """Of a meeting: it is of all groups together, or one of its groups has not ended."""
    theirs = col(MeetingGroupRow.team_id) == team
    grouped = select(MeetingGroupRow.meeting_id).where(theirs)
    active = grouped.join(
        GroupRow,
        (col(GroupRow.team_id) == MeetingGroupRow.team_id)
        & (col(GroupRow.key) == MeetingGroupRow.group),
    ).where(GroupRow.state == GroupState.ACTIVE)
    return or_(col(MeetingRow.id).not_in(grouped), col(MeetingRow.id).in_(active))


class Parties:
    """In the order they were given."""

    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def groups(self, meetings: Collection[int]) -> dict[int, tuple[GroupKey, ...]]:
        """By meeting, also those of all groups together."""
        found: dict[int, tuple[GroupKey, ...]] = dict.fromkeys(meetings, ())
        query = (
            select(MeetingGroupRow)
            .where(
                MeetingGroupRow.team_id == self._team,
                col(MeetingGroupRow.meeting_id).in_(meetings),
            )
            .order_by(col(MeetingGroupRow.meeting_id), col(MeetingGroupRow.position))
            .execution_options(populate_existing=True)
        )
        for row in self._session.exec(query) if meetings else ():
            found[row.meeting_id] += (GroupKey(row.group),)
        return found

    def guests(self, meetings: Collection[int]) -> dict[int, tuple[UserId, ...]]:
        """By meeting, but for those without any."""
        found: dict[int, tuple[UserId, ...]] = {}
        query = (
            select(MeetingGuestRow)
            .where(
                MeetingGuestRow.team_id == self._team,
                col(MeetingGuestRow.meeting_id).in_(meetings),
            )
            .order_by(col(MeetingGuestRow.meeting_id), col(MeetingGuestRow.position))
            .execution_options(populate_existing=True)
        )
        for row in self._session.exec(query) if meetings else ():
            found[row.meeting_id] = (*found.get(row.meeting_id, ()), UserId(row.user))
        return found

    def set(self, meeting: Meeting) -> None:
        """Instead of what was there."""
        for table in (MeetingGroupRow, MeetingGuestRow):
            self._session.exec(delete(table).where(col(table.meeting_id) == meeting.id))
        self.add(meeting)

    def add(self, meeting: Meeting) -> None:
        belongs = {"team_id": self._team, "meeting_id": meeting.id}
        rows = [
            {**belongs, "position": position, "group": group}
            for position, group in enumerate(meeting.groups)
        ]
        if rows:
            self._session.exec(insert(MeetingGroupRow), params=rows)
        invited = [
            {**belongs, "position": position, "user": user}
            for position, user in enumerate(meeting.guests)
        ]
        if invited:
            self._session.exec(insert(MeetingGuestRow), params=invited)
