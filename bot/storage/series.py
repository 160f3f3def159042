"""Series of meetings: their rules, and the meetings as they were before the last changes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from bot.domain.meetings import Meeting
from bot.domain.model import TeamId
from bot.domain.recurrence import Rule
from bot.domain.rescheduling import Former, Series
from bot.storage.numbers import next_number
from bot.storage.rows import columns, value
from bot.storage.series_tables import FormerMeetingRow, SeriesRow

NUMBERS = "series"
"""No group's prefix is in small letters."""


class SeriesStore:
    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def new_key(self) -> str:
        """Never the same twice."""
        return f"series-{next_number(self._session, self._team, NUMBERS)}"

    def add(self, series: Series) -> None:
        row = {**columns(series, "rule"), **columns(series.rule), "team_id": self._team}
        self._session.exec(insert(SeriesRow).values(row))

    def get(self, key: str) -> Series | None:
        row = self._session.get(SeriesRow, (self._team, key))
        return value(Series, row, rule=value(Rule, row)) if row else None

    def forget(self, key: str) -> None:
        mine = col(SeriesRow.team_id) == self._team, col(SeriesRow.key) == key
        self._session.exec(delete(SeriesRow).where(*mine))

    def keep(self, request: str, formers: Iterable[Former], at: datetime) -> None:
        """Beside what other requests have kept; one request keeps each meeting once."""
        rows = [
            {
                "team_id": self._team,
                "request": request,
                "ref": one.meeting.ref,
                "at": at,
                "former": one,
            }
            for one in formers
        ]
        if rows:
            self._session.exec(insert(FormerMeetingRow), params=rows)

    def formers(self, request: str) -> tuple[Former, ...]:
        """In the order of their time."""
        query = select(FormerMeetingRow).where(
            FormerMeetingRow.team_id == self._team, FormerMeetingRow.request == request
        )
        found = (row.former for row in self._session.exec(query))
        return tuple(sorted(found, key=lambda one: (one.meeting.starts, one.meeting.id)))

    def follow(self, meeting: Meeting, version: int) -> None:
        """What led to this version of it leads to that one: a change after it was taken back."""
        query = select(FormerMeetingRow).where(
            FormerMeetingRow.team_id == self._team, FormerMeetingRow.ref == meeting.ref
        )
        for row in self._session.exec(query):
            if row.former.version == meeting.version:
                row.former = replace(row.former, version=version)
        self._session.flush()

    def purge(self, before: datetime) -> None:
        """What was kept before that."""
        old = col(FormerMeetingRow.team_id) == self._team, col(FormerMeetingRow.at) < before
        self._session.exec(delete(FormerMeetingRow).where(*old))
