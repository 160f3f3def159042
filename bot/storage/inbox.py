"""What came in, by key, with the answer it was given."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain.model import TeamId, UserId


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
        raise NotImplementedError

    def find_alt(self, alt: str) -> Entry | None:
        raise NotImplementedError

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
        """Raises Busy if the same request is being kept at this moment by another transaction."""
        raise NotImplementedError

    def same_words(self, user: UserId, content_hash: str, since: datetime) -> Entry | None:
        """Their latest entry, if it is these words and not before `since`."""
        raise NotImplementedError

    def purge(self, before: datetime) -> int:
        raise NotImplementedError
