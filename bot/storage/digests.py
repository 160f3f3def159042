"""Snapshots of weeks, wishes for digests, and the rows that figures are counted from."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, func, select

from bot.domain.digests import Snapshot, Wish
from bot.domain.figures import Tally
from bot.domain.items import Answer, Item, ItemState
from bot.domain.model import GroupKey, ItemId, TeamId, UserId
from bot.storage.digest_tables import DigestWishRow, SnapshotRow
from bot.storage.rows import columns, inserting, upsert, value
from bot.storage.tables import AssignmentRow, HistoryRow, ItemRow, MoveRow

OPEN = tuple(state for state in ItemState if not state.closed)
COUNTED = (
    *("id", "ref", "group", "state", "due_day", "first_due"),
    *("created_at", "updated_at", "closed_at"),
)
OF_ALL = ""


class Digests:
    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def keep(self, snapshots: Iterable[Snapshot]) -> None:
        """What is stored of a group's week stays as it was first stored."""
        rows = [{"team_id": self._team, **columns(snapshot)} for snapshot in snapshots]
        if rows:
            new = inserting(self._session.get_bind().dialect.name, SnapshotRow).values(rows)
            self._session.exec(new.on_conflict_do_nothing())

    def last_weeks(self) -> Mapping[GroupKey, datetime]:
        """When the last week ended that is stored of each group."""
        query = (
            select(SnapshotRow.group, func.max(SnapshotRow.at))
            .where(SnapshotRow.team_id == self._team)
            .group_by(col(SnapshotRow.group))
        )
        return {GroupKey(group): at for group, at in self._session.exec(query)}

    def snapshots(self, group: GroupKey, until: datetime, limit: int) -> tuple[Snapshot, ...]:
        """The group's last ones that ended by then, oldest first."""
        query = (
            select(SnapshotRow)
            .where(
                SnapshotRow.team_id == self._team,
                SnapshotRow.group == group,
                col(SnapshotRow.at) <= until,
            )
            .order_by(col(SnapshotRow.at).desc())
            .limit(limit)
        )
        return tuple(value(Snapshot, row) for row in self._session.exec(query))[::-1]

    def of_weeks(self, weeks: Collection[str]) -> tuple[Snapshot, ...]:
        """Of every group, the weeks such as `2026-W47`."""
        query = select(SnapshotRow).where(
            SnapshotRow.team_id == self._team, col(SnapshotRow.week).in_(tuple(weeks))
        )
        return tuple(value(Snapshot, row) for row in self._session.exec(query))

    def wishes(self, user: UserId | None = None) -> Mapping[tuple[UserId, GroupKey | None], Wish]:
        """What people chose, by person and group, None: of the digest over all groups."""
        which: list[ColumnElement[bool]] = [col(DigestWishRow.team_id) == self._team]
        if user is not None:
            which.append(col(DigestWishRow.user) == user)
        query = select(DigestWishRow.user, DigestWishRow.group, DigestWishRow.wish).where(*which)
        return {
            (UserId(user), GroupKey(group) if group != OF_ALL else None): Wish(wish)
            for user, group, wish in self._session.exec(query)
        }

    def set_wish(self, user: UserId, group: GroupKey | None, wish: Wish) -> None:
        keys = {"team_id": self._team, "user": user, "group": group or OF_ALL}
        upsert(self._session, DigestWishRow, keys, {"wish": wish})

    def tallies(self, groups: Collection[GroupKey], since: datetime) -> tuple[Tally, ...]:
        """Of what is open in these groups, or was closed since; three queries for thousands."""
        which = [
            col(ItemRow.team_id) == self._team,
            col(ItemRow.group).in_(tuple(groups)),
            col(ItemRow.taken_back).is_(False),
            or_(col(ItemRow.state).in_(OPEN), col(ItemRow.closed_at) >= since),
        ]
        owners = self._owners(which)
        moved = self._moved(which)
        facts: Any = sqlalchemy.select(*(getattr(ItemRow, name) for name in COUNTED)).where(*which)
        return tuple(
            Tally(
                *(ItemId(id_), ref, group, state, due_day, first_due),
                *(created_at, updated_at or created_at, closed_at, *owners.get(id_, ((), False))),
                moved=id_ in moved,
            )
            for id_, ref, group, state, due_day, first_due, created_at, updated_at, closed_at in (
                self._session.exec(facts)
            )
        )

    def changes_since(self, at: datetime) -> tuple[tuple[Item | None, Item | None], ...]:
        """Of actions, before and after each change then or later, oldest first."""
        query: Any = (
            sqlalchemy.select(col(HistoryRow.before), col(HistoryRow.after))
            .where(
                col(HistoryRow.team_id) == self._team,
                col(HistoryRow.at) >= at,
                col(HistoryRow.version) > 0,
            )
            .order_by(col(HistoryRow.id))
        )
        return tuple(
            (before if isinstance(before, Item) else None, after)
            for before, after in self._session.exec(query)
            if isinstance(after, Item)
        )

    def _owners(
        self, which: list[ColumnElement[bool]]
    ) -> dict[int, tuple[tuple[UserId, ...], bool]]:
        """Owners by action, and whether one of them has not answered."""
        query = select(AssignmentRow.item_id, AssignmentRow.user, AssignmentRow.answer).where(
            col(AssignmentRow.item_id).in_(select(ItemRow.id).where(*which))
        )
        found: dict[int, tuple[tuple[UserId, ...], bool]] = {}
        for id_, user, answer in self._session.exec(query):
            owners, asked = found.get(id_, ((), False))
            found[id_] = (*owners, UserId(user)), asked or answer is Answer.ASKED
        return found

    def _moved(self, which: list[ColumnElement[bool]]) -> frozenset[int]:
        ours = col(MoveRow.item_id).in_(select(ItemRow.id).where(*which))
        return frozenset(self._session.exec(select(MoveRow.item_id).where(ours).distinct()))
