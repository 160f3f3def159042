"""What came in, by key, with the answer it was given."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from bot.domain.model import TeamId, UserId
from bot.errors import Busy
from bot.storage.message_tables import InboxRow
from bot.storage.rows import columns, value


@dataclass(frozen=True, slots=True)
class Entry:
    """`reply_json` is the stored answer; `content_hash` of changing requests only."""

    source: str
    key: str
    alt: str | None
    user: UserId
    kind: str
    content_hash: str | None
    reply_json: str
    at: datetime


class Inbox:
    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def find(self, source: str, key: str) -> Entry | None:
        return self._entry(InboxRow.source == source, InboxRow.key == key)

    def find_alt(self, alt: str) -> Entry | None:
        return self._entry(InboxRow.alt == alt)

    def keep(
        self,
        source: str,
        key: str,
        alt: str | None,
        user: UserId,
        kind: str,
        content_hash: str | None,
        reply_json: str,
        at: datetime,
    ) -> Entry:
        """Raises Busy if the same request has meanwhile been kept by another transaction."""
        entry = Entry(source, key, alt, user, kind, content_hash, reply_json, at)
        try:
            self._session.exec(insert(InboxRow).values(team_id=self._team, **columns(entry)))
        except IntegrityError as error:
            raise Busy("The same request is being answered; nothing was saved.") from error
        return entry

    def purge(self, before: datetime) -> int:
        """How many older entries were deleted."""
        old = delete(InboxRow).where(col(InboxRow.team_id) == self._team, col(InboxRow.at) < before)
        return self._session.exec(old).rowcount

    def _entry(self, *which: bool) -> Entry | None:
        query = (
            select(InboxRow)
            .where(InboxRow.team_id == self._team, *which)
            .order_by(col(InboxRow.seq).desc())
            .limit(1)
        )
        row = self._session.exec(query).first()
        return value(Entry, row) if row else None
