"""The history: who changed what, from what to what; only ever added to."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, insert, or_, update
from sqlmodel import Session, col, func, select

from bot.domain.history import Change
from bot.domain.model import GroupKey, Ref, TeamId, UserId
from bot.storage.rows import columns, value
from bot.storage.tables import HistoryRow, ItemRow


class Audit:
    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def add(self, change: Change) -> None:
        """One entry for each version of a ref; things without versions have 0.

        Of a meeting several: replies, ticks and topics make no new version of it.
        """
        self._session.exec(insert(HistoryRow).values(team_id=self._team, **columns(change)))

    def add_all(self, changes: Iterable[Change]) -> None:
        rows = [{"team_id": self._team, **columns(change)} for change in changes]
        if rows:
            self._session.exec(insert(HistoryRow), params=rows)

    def of(self, ref: Ref) -> tuple[Change, ...]:
        """Oldest first."""
        return self._changes(col(HistoryRow.ref) == ref)

    def of_request(self, request: str) -> tuple[Change, ...]:
        return self._changes(col(HistoryRow.request) == request)

    def touched(self, requests: Iterable[str]) -> tuple[frozenset[Ref], bool]:
        """The refs of what they changed, and whether something without versions is among it."""
        query = select(HistoryRow.ref, HistoryRow.version).where(
            HistoryRow.team_id == self._team, col(HistoryRow.request).in_(tuple(requests))
        )
        found = self._session.exec(query).all()
        return frozenset(Ref(ref) for ref, _ in found), any(not version for _, version in found)

    def of_others(
        self,
        user: UserId,
        since: datetime,
        prefixes: Iterable[str],
        refs: Iterable[Ref],
        limit: int,
    ) -> tuple[tuple[Change, ...], int]:
        """What others did since to actions with these prefixes or refs: the newest, and how many.

        Not told: what was taken back, what took it back, and who wants no reminders.
        """
        latest = select(HistoryRow.id).where(
            HistoryRow.team_id == self._team, HistoryRow.at < since
        )
        # Ids rise with time: so the search goes back no further than `since`.
        edge = self._session.exec(latest.order_by(col(HistoryRow.id).desc()).limit(1)).first()
        named = [col(HistoryRow.ref).startswith(f"{prefix}-") for prefix in prefixes]
        which = and_(
            col(HistoryRow.team_id) == self._team,
            col(HistoryRow.id) > (edge or 0),
            col(HistoryRow.by) != user,
            col(HistoryRow.version) > 0,
            col(HistoryRow.verb) != "quiet",
            col(HistoryRow.undone).is_(False),
            or_(*named, col(HistoryRow.ref).in_(tuple(refs))),
        )
        total = self._session.exec(select(func.count()).select_from(HistoryRow).where(which)).one()
        newest = select(HistoryRow.id).where(which).order_by(col(HistoryRow.id).desc()).limit(limit)
        ids = self._session.exec(newest).all() if total else []
        return self._changes(col(HistoryRow.id).in_(ids))[::-1] if ids else (), total

    def last_request(self, user: UserId, since: datetime) -> str | None:
        """The latest request by which they changed something that is not undone."""
        query = (
            select(HistoryRow.request)
            .where(
                HistoryRow.team_id == self._team,
                HistoryRow.by == user,
                HistoryRow.at >= since,
                col(HistoryRow.undone).is_(False),
            )
            .order_by(col(HistoryRow.id).desc())
            .limit(1)
        )
        return self._session.exec(query).first()

    def latest(self) -> Mapping[GroupKey, Mapping[UserId, datetime]]:
        """When each person last changed an action of each group, and nobody did after them."""
        who = col(ItemRow.group), col(ItemRow.updated_by)
        query = (
            select(*who, func.max(ItemRow.updated_at))
            .where(ItemRow.team_id == self._team, col(ItemRow.taken_back).is_(False))
            .group_by(*who)
        )
        found: dict[GroupKey, dict[UserId, datetime]] = {}
        for group, user, at in self._session.exec(query):
            if user is not None and at is not None:
                found.setdefault(GroupKey(group), {})[UserId(user)] = at
        return found

    def mark_undone(self, request: str) -> int:
        """How many entries the request has."""
        undo = (
            update(HistoryRow)
            .where(col(HistoryRow.team_id) == self._team, col(HistoryRow.request) == request)
            .values(undone=True)
        )
        return self._session.exec(undo).rowcount

    def _changes(self, which: ColumnElement[bool]) -> tuple[Change, ...]:
        query = (
            select(HistoryRow)
            .where(HistoryRow.team_id == self._team, which)
            .order_by(col(HistoryRow.id))
            .execution_options(populate_existing=True)
        )
        return tuple(value(Change, row) for row in self._session.exec(query))
