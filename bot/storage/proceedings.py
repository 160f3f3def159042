"""What happens while meetings are held: when each began and ended, and the lines caught."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, func, insert, update
from sqlmodel import Session, col, select

from bot.domain.meetings import MeetingId
from bot.domain.model import Ref, TeamId, UserId
from bot.domain.proceedings import Line, LineId, LineKind, NewLine, PastedNotes, Sitting
from bot.errors import Code, NotFound
from bot.storage.meeting_days import AHEAD
from bot.storage.meeting_parties import goes_on
from bot.storage.meeting_tables import MeetingRow
from bot.storage.proceedings_tables import LinePersonRow, LineRow, PastedNotesRow, SittingRow
from bot.storage.rows import columns, upsert, value


class Proceedings:
    """Lines are in their order; what was taken back is among them only where that is said."""

    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def sitting(self, meeting: MeetingId) -> Sitting | None:
        return next(iter(self._sittings(col(SittingRow.meeting_id) == meeting)), None)

    def under_way(self) -> tuple[Sitting, ...]:
        """Those not ended, the first begun first."""
        return self._sittings(col(SittingRow.ended_at).is_(None))

    def ended_since(self, at: datetime) -> tuple[Sitting, ...]:
        return self._sittings(col(SittingRow.ended_at) >= at)

    def not_started(self, first: date, last: date) -> tuple[MeetingId, ...]:
        """Meetings that begin on these days and that nobody started, held or called off."""
        row, started = MeetingRow, select(SittingRow.meeting_id)
        query = select(row.id).where(
            row.team_id == self._team,
            col(row.state).in_(AHEAD),
            col(row.start_day).between(first, last),
            col(row.id).not_in(started.where(SittingRow.team_id == self._team)),
            goes_on(self._team),
        )
        return tuple(MeetingId(found) for found in self._session.exec(query) if found is not None)

    def save_sitting(self, sitting: Sitting) -> None:
        """New, or instead of what was there."""
        values = {"team_id": self._team, **columns(sitting, "meeting")}
        upsert(self._session, SittingRow, {"meeting_id": sitting.meeting}, values)

    def lines(self, meeting: MeetingId, *, taken_back: bool = False) -> tuple[Line, ...]:
        """`taken_back`: those too."""
        which = [col(LineRow.meeting_id) == meeting]
        if not taken_back:
            which.append(col(LineRow.taken_back).is_(False))
        return self._lines(*which)

    def line(self, meeting: MeetingId, n: int) -> Line | None:
        """Also one that was taken back."""
        return next(
            iter(self._lines(col(LineRow.meeting_id) == meeting, col(LineRow.n) == n)), None
        )

    def topic(self, meeting: MeetingId) -> Line | None:
        """The one opened last."""
        last = select(func.max(LineRow.n)).where(
            LineRow.team_id == self._team,
            LineRow.meeting_id == meeting,
            LineRow.kind == LineKind.TOPIC,
            col(LineRow.taken_back).is_(False),
        )
        n = self._session.exec(last).one()
        return None if n is None else self.line(meeting, n)

    def of_message(self, meeting: MeetingId, ts: str) -> tuple[Line, ...]:
        """All that one message became, also what was taken back."""
        return self._lines(col(LineRow.meeting_id) == meeting, col(LineRow.ts) == ts)

    def by_ref(self, ref: Ref) -> Line | None:
        """The line that became this action, decision or deadline."""
        return next(iter(self._lines(col(LineRow.ref) == ref)), None)

    def add(self, new: NewLine) -> Line:
        """Behind those that are there."""
        line = _numbered(new, self._last(new.meeting) + 1)
        added = insert(LineRow).values(self._columns(line)).returning(col(LineRow.id))
        line = replace(line, id=LineId(self._session.exec(added).scalar_one()))
        self._name(line)
        return line

    def add_notes(self, notes: Sequence[NewLine]) -> None:
        """The same of many of one meeting at once; they name nobody."""
        last = 0 if not notes else self._last(notes[0].meeting)
        rows = [
            self._columns(_numbered(new, last + place)) for place, new in enumerate(notes, start=1)
        ]
        if rows:
            self._session.exec(insert(LineRow), params=rows)

    def save(self, line: Line) -> None:
        """Instead of what was there; raises NotFound where nothing was."""
        change = (
            update(LineRow)
            .where(col(LineRow.team_id) == self._team, col(LineRow.id) == line.id)
            .values(self._columns(line))
        )
        if self._session.exec(change).rowcount != 1:
            raise NotFound(Code.GONE, ref=Ref(str(line.n)))
        gone = delete(LinePersonRow).where(col(LinePersonRow.line_id) == line.id)
        self._session.exec(gone)
        self._name(line)

    def paste(self, notes: PastedNotes) -> None:
        """New, or instead of what was there."""
        keys = {"team_id": self._team, "key": notes.key}
        upsert(self._session, PastedNotesRow, keys, columns(notes, "key"))

    def pasted(self, key: str) -> PastedNotes | None:
        query = select(PastedNotesRow).where(
            PastedNotesRow.team_id == self._team, PastedNotesRow.key == key
        )
        row = self._session.exec(query.execution_options(populate_existing=True)).first()
        return value(PastedNotes, row, meeting=MeetingId(row.meeting)) if row else None

    def purge_pasted(self, before: datetime) -> None:
        """What was pasted before then, made or not."""
        old = col(PastedNotesRow.team_id) == self._team, col(PastedNotesRow.at) < before
        self._session.exec(delete(PastedNotesRow).where(*old))

    def _last(self, meeting: MeetingId) -> int:
        mine = LineRow.team_id == self._team, LineRow.meeting_id == meeting
        return self._session.exec(select(func.max(LineRow.n)).where(*mine)).one() or 0

    def _columns(self, line: Line) -> dict[str, object]:
        own = columns(line, "id", "meeting", "people")
        return {"team_id": self._team, "meeting_id": line.meeting, **own}

    def _name(self, line: Line) -> None:
        rows = [
            {"team_id": self._team, "line_id": line.id, "position": position, "user": user}
            for position, user in enumerate(line.people)
        ]
        if rows:
            self._session.exec(insert(LinePersonRow), params=rows)

    def _sittings(self, *which: ColumnElement[bool]) -> tuple[Sitting, ...]:
        query = (
            select(SittingRow)
            .where(SittingRow.team_id == self._team, *which)
            .order_by(col(SittingRow.started_at), col(SittingRow.meeting_id))
            .execution_options(populate_existing=True)
        )
        return tuple(
            value(Sitting, row, meeting=MeetingId(row.meeting_id))
            for row in self._session.exec(query)
        )

    def _lines(self, *which: ColumnElement[bool]) -> tuple[Line, ...]:
        query = (
            select(LineRow)
            .where(LineRow.team_id == self._team, *which)
            .order_by(col(LineRow.meeting_id), col(LineRow.n))
            .execution_options(populate_existing=True)
        )
        rows = [(row, row.id) for row in self._session.exec(query) if row.id is not None]
        people = self._people([line for _, line in rows])
        return tuple(
            value(
                Line,
                row,
                id=LineId(line),
                meeting=MeetingId(row.meeting_id),
                people=tuple(people.get(line, ())),
            )
            for row, line in rows
        )

    def _people(self, lines: Iterable[int]) -> dict[int, list[UserId]]:
        found: dict[int, list[UserId]] = {}
        wanted = tuple(lines)
        query = (
            select(LinePersonRow)
            .where(LinePersonRow.team_id == self._team, col(LinePersonRow.line_id).in_(wanted))
            .order_by(col(LinePersonRow.line_id), col(LinePersonRow.position))
        )
        for row in self._session.exec(query) if wanted else ():
            found.setdefault(row.line_id, []).append(UserId(row.user))
        return found


def _numbered(new: NewLine, n: int) -> Line:
    fields = {name: getattr(new, name) for name in NewLine.__dataclass_fields__}
    return Line(**fields, id=LineId(0), n=n)
