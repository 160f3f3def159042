"""Single facts by name: how far was planned, whose database this is."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain.model import TeamId


@dataclass(frozen=True, slots=True)
class Mark:
    name: str
    at: datetime
    value: str = ""


class Marks:
    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def get(self, name: str) -> Mark | None:
        raise NotImplementedError

    def set(self, name: str, at: datetime, value: str = "") -> None:
        """`world`, `team`, `db` and `schema` belong to the whole database, all others to the team."""
        raise NotImplementedError
