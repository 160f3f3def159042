"""Single facts by name: how far was planned, whose database this is."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain.model import TeamId
from bot.storage.message_tables import MarkRow
from bot.storage.rows import upsert, value

PLAN_MARK = "plan"
"""How far was planned."""
OF_DATABASE = frozenset({"world", "team", "db", "schema"})


@dataclass(frozen=True, slots=True)
class Mark:
    name: str
    at: datetime
    value: str = ""


class Marks:
    """`world`, `team`, `db` and `schema` belong to the whole database, all others to the team."""

    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def get(self, name: str) -> Mark | None:
        row = self._session.get(MarkRow, self._key(name), populate_existing=True)
        return value(Mark, row) if row else None

    def set(self, name: str, at: datetime, value: str = "") -> None:
        team, name = self._key(name)
        upsert(self._session, MarkRow, {"team_id": team, "name": name}, {"at": at, "value": value})

    def _key(self, name: str) -> tuple[str, str]:
        return ("" if name in OF_DATABASE else self._team, name)
