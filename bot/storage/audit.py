"""The history: who changed what, from what to what; only ever added to."""

from datetime import datetime

from sqlmodel import Session

from bot.domain.model import Change, Ref, TeamId, UserId


class Audit:
    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def add(self, change: Change) -> None:
        """One entry for each version of a ref; things without versions have 0."""
        raise NotImplementedError

    def of(self, ref: Ref) -> tuple[Change, ...]:
        """Oldest first."""
        raise NotImplementedError

    def of_request(self, request: str) -> tuple[Change, ...]:
        raise NotImplementedError

    def last_request(self, user: UserId, since: datetime) -> str | None:
        """The latest request by which they changed something that is not undone."""
        raise NotImplementedError

    def mark_undone(self, request: str) -> int:
        raise NotImplementedError
