"""Minutes, with what was corrected in them and what people said of them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import ColumnElement, delete, insert, or_, update
from sqlmodel import Session, SQLModel, col, select

from bot.domain.meetings import MeetingId
from bot.domain.minutes import Comment, Correction, Minutes, MinutesState
from bot.domain.model import TeamId
from bot.errors import Code, Conflict
from bot.storage.minutes_tables import CommentRow, CorrectionRow, MinutesRow
from bot.storage.rows import columns, value

_PARTS = ("corrections", "comments")


class MinutesStore:
    """One for each meeting that was held."""

    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def add(self, minutes: Minutes) -> None:
        self._session.exec(insert(MinutesRow).values(self._row(minutes)))
        self._add_parts(minutes)

    def of(self, meetings: Iterable[MeetingId]) -> Mapping[MeetingId, Minutes]:
        found = self._where(col(MinutesRow.meeting_id).in_(tuple(meetings)))
        return {minutes.meeting: minutes for minutes in found}

    def save(self, minutes: Minutes, expected: int) -> Minutes:
        """Store it as version `expected + 1`.

        Raises Conflict(CHANGED_MEANWHILE) if it is not at `expected` any more.
        """
        saved = replace(minutes, version=expected + 1)
        change = (
            update(MinutesRow)
            .where(
                col(MinutesRow.team_id) == self._team,
                col(MinutesRow.meeting_id) == minutes.meeting,
                col(MinutesRow.version) == expected,
            )
            .values(self._row(saved))
        )
        if self._session.exec(change).rowcount != 1:
            raise Conflict(Code.CHANGED_MEANWHILE)
        for table in (CorrectionRow, CommentRow):
            self._session.exec(delete(table).where(col(table.meeting_id) == minutes.meeting))
        self._add_parts(saved)
        return saved

    def unfinished(self) -> tuple[Minutes, ...]:
        """Not yet accepted, or whose actions the channel has not heard of yet."""
        waiting = col(MinutesRow.state) != MinutesState.ACCEPTED
        return self._where(or_(waiting, col(MinutesRow.actions_at).is_(None)))

    def _row(self, minutes: Minutes) -> dict[str, object]:
        own = columns(minutes, "meeting", *_PARTS)
        return {"meeting_id": minutes.meeting, "team_id": self._team, **own}

    def _add_parts(self, minutes: Minutes) -> None:
        self._add(CorrectionRow, minutes.meeting, minutes.corrections)
        self._add(CommentRow, minutes.meeting, minutes.comments)

    def _add(
        self, table: type[SQLModel], meeting: MeetingId, parts: Iterable[Correction | Comment]
    ) -> None:
        rows = [
            {"meeting_id": meeting, "team_id": self._team, "position": position, **columns(part)}
            for position, part in enumerate(parts)
        ]
        if rows:
            self._session.exec(insert(table), params=rows)

    def _where(self, *which: ColumnElement[bool]) -> tuple[Minutes, ...]:
        query = (
            select(MinutesRow)
            .where(MinutesRow.team_id == self._team, *which)
            .order_by(col(MinutesRow.meeting_id))
            .execution_options(populate_existing=True)
        )
        rows = tuple(self._session.exec(query))
        if not rows:
            return ()
        ids = [row.meeting_id for row in rows]
        corrections, comments = self._corrections(ids), self._comments(ids)
        return tuple(
            value(
                Minutes,
                row,
                meeting=MeetingId(row.meeting_id),
                corrections=tuple(corrections[row.meeting_id]),
                comments=tuple(comments[row.meeting_id]),
            )
            for row in rows
        )

    def _corrections(self, meetings: list[int]) -> dict[int, list[Correction]]:
        """Of each of these, oldest first, in one query."""
        found: dict[int, list[Correction]] = {meeting: [] for meeting in meetings}
        query = select(CorrectionRow).where(
            CorrectionRow.team_id == self._team, col(CorrectionRow.meeting_id).in_(meetings)
        )
        for row in self._session.exec(query.order_by(col(CorrectionRow.position))):
            found[row.meeting_id].append(value(Correction, row))
        return found

    def _comments(self, meetings: list[int]) -> dict[int, list[Comment]]:
        """The same of what was said."""
        found: dict[int, list[Comment]] = {meeting: [] for meeting in meetings}
        query = select(CommentRow).where(
            CommentRow.team_id == self._team, col(CommentRow.meeting_id).in_(meetings)
        )
        for row in self._session.exec(query.order_by(col(CommentRow.position))):
            found[row.meeting_id].append(value(Comment, row))
        return found
