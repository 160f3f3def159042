"""What people are reminded of for meetings, in outline: by which it is known to be as it was."""

from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy
from sqlmodel import Session, col

from bot.domain.meetings import MeetingState, OwnerRole, PrepState
from bot.domain.model import TeamId
from bot.storage.meeting_parties import goes_on
from bot.storage.meeting_tables import MeetingRow, PreparationRow


class PrepStamp(NamedTuple):
    """`version` is the meeting's."""

    meeting: int
    n: int
    role: OwnerRole
    due: date
    owner: str | None
    required: bool
    text: str
    set_at: datetime | None
    version: int


def stamps(session: Session, team: TeamId, first: date, last: date) -> tuple[PrepStamp, ...]:
    """Of what is to be done and due on these days, as `Meetings.owed` has it."""
    row = PreparationRow
    query: Any = (
        sqlalchemy.select(
            col(row.meeting_id),
            *(getattr(row, name) for name in PrepStamp._fields[1:-1]),
            col(MeetingRow.version),
        )
        .join(MeetingRow, col(MeetingRow.id) == col(row.meeting_id))
        .where(
            col(row.team_id) == team,
            col(row.state) == PrepState.TODO,
            col(row.due).between(first, last),
            col(row.required) | col(row.owner).is_not(None),
            col(MeetingRow.state) != MeetingState.CANCELLED,
            goes_on(team),
        )
        .order_by(col(row.meeting_id), col(row.n))
    )
    return tuple(PrepStamp(*found) for found in session.execute(query))
