"""Announcements that wait to be posted, and that were."""

from datetime import datetime

from sqlmodel import Session, col, delete, select

from bot.domain.announcements import Announcement
from bot.domain.model import TeamId
from bot.storage.rows import columns, upsert, value
from bot.storage.taking_part_tables import AnnouncementRow


class Announcements:
    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def get(self, request: str) -> Announcement | None:
        row = AnnouncementRow
        query = select(row).where(row.team_id == self._team, row.request == request)
        found = self._session.exec(query.execution_options(populate_existing=True)).first()
        return None if found is None else value(Announcement, found)

    def save(self, one: Announcement) -> None:
        keys = {"team_id": self._team, "request": one.request}
        upsert(self._session, AnnouncementRow, keys, columns(one, "request"))

    def forget(self, before: datetime) -> int:
        """Written before then; how many."""
        row = AnnouncementRow
        old = col(row.team_id) == self._team, col(row.at) < before
        return self._session.exec(delete(row).where(*old)).rowcount
