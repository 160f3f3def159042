"""What has been kept long enough, and goes."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, func, or_, select

from bot.domain.model import WORKDAYS, WORKING_HOURS, GroupKey, GroupState, TeamId
from bot.storage.deadline_tables import DeadlineGroupRow, DeadlineNeedRow, DeadlineRow
from bot.storage.decision_tables import DecisionRow
from bot.storage.digest_tables import DigestWishRow, SnapshotRow
from bot.storage.meeting_tables import MeetingGroupRow, MeetingRow, RsvpRow
from bot.storage.message_tables import OutboxRow
from bot.storage.outbox_rows import live
from bot.storage.tables import (
    DepartureRow,
    FormerRefRow,
    GroupRow,
    HistoryRow,
    ItemRow,
    MembershipRow,
    NeedRow,
    PersonRow,
)

_Row = (
    MeetingRow
    | MeetingGroupRow
    | DeadlineRow
    | DeadlineGroupRow
    | DeadlineNeedRow
    | DecisionRow
    | HistoryRow
    | NeedRow
    | OutboxRow
    | ItemRow
    | MembershipRow
    | DepartureRow
    | SnapshotRow
    | DigestWishRow
    | GroupRow
)
CARD = "card"
_A_STATEMENT = 500
"""Refs in one statement: below the bound parameters that any database takes."""


class Retention:
    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def forget_messages(self, before: datetime, now: datetime) -> int:
        """Rows of the outbox settled before then; how many.

        What waits stays, and what is still of use: by that, no reminder is planned anew. Cards
        stay as long as their action, and any message as long as a rewriting of it is there.
        """
        row, edit = OutboxRow, aliased(OutboxRow)
        rewritten = exists().where(col(edit.team_id) == self._team, col(edit.edits) == col(row.key))
        settled = func.coalesce(col(row.last_sent), col(row.at)) < before
        fit = ~live(row), settled, col(row.until) <= now, col(row.at) < before
        gone = delete(row).where(
            col(row.team_id) == self._team, *fit, col(row.kind) != CARD, ~rewritten
        )
        return self._session.exec(gone).rowcount

    def date_ends(self, now: datetime) -> None:
        """Whoever has left, and whatever has ended, without anybody noting when, did so now."""
        gone = col(PersonRow.left), col(PersonRow.left_at).is_(None)
        left = update(PersonRow).where(col(PersonRow.team_id) == self._team, *gone)
        self._session.exec(left.values(left_at=now))
        over = col(GroupRow.state) != GroupState.ACTIVE, col(GroupRow.ended_at).is_(None)
        ended = update(GroupRow).where(col(GroupRow.team_id) == self._team, *over)
        self._session.exec(ended.values(ended_at=now))

    def forget_settings(self, left_before: datetime) -> int:
        """Whoever left before then keeps only their names; how many were reset."""
        defaults = {
            "dm": None, "zone": "UTC", "zone_chosen": False, "country": None, "region": None,
            "country_chosen": False, "hours": WORKING_HOURS, "workdays": WORKDAYS,
            "away_until": None, "declared": None, "declaration": "", "home_team": None,
            "welcomed_at": None,
        }  # fmt: skip
        known = or_(*(col(getattr(PersonRow, n)).is_distinct_from(v) for n, v in defaults.items()))
        gone = col(PersonRow.left), col(PersonRow.left_at) < left_before
        reset = update(PersonRow).where(col(PersonRow.team_id) == self._team, *gone, known)
        return self._session.exec(reset.values(defaults)).rowcount

    def forget_replies(self, before: date) -> int:
        """Who came, and who did not, to what ended before then; how many."""
        over = select(MeetingRow.id).where(
            MeetingRow.team_id == self._team, col(MeetingRow.end_day) < before
        )
        gone = delete(RsvpRow).where(
            col(RsvpRow.team_id) == self._team, col(RsvpRow.meeting_id).in_(over)
        )
        return self._session.exec(gone).rowcount

    def forget_groups(self, ended_before: datetime) -> tuple[GroupKey, ...]:
        """Groups that ended before then, with their actions, history and messages.

        Their numbers stay taken: an old id never comes to mean another action.
        """
        ended = select(GroupRow.key).where(
            GroupRow.team_id == self._team, col(GroupRow.ended_at) < ended_before
        )
        keys = tuple(GroupKey(key) for key in self._session.exec(ended))
        for key in keys:
            self._forget_group(key)
        return keys

    def _forget_group(self, key: GroupKey) -> None:
        ours = col(ItemRow.team_id) == self._team, col(ItemRow.group) == key
        for refs in _some(self._refs(*ours)):
            self._delete(HistoryRow, col(HistoryRow.ref).in_(refs))
            self._delete(NeedRow, col(NeedRow.ref).in_(refs))
            self._delete(DeadlineNeedRow, col(DeadlineNeedRow.ref).in_(refs))
        self._delete(HistoryRow, col(HistoryRow.ref) == f"group:{key}")
        ids = self._session.exec(select(ItemRow.id).where(*ours)).all()
        for subjects in _some([f"item:{item}" for item in ids]):
            self._delete(OutboxRow, col(OutboxRow.subject).in_(subjects))
        self._delete(ItemRow, *ours)
        self._forget_meetings(key)
        self._forget_deadlines(key)
        self._forget_decisions(key)
        self._delete(MembershipRow, col(MembershipRow.group) == key)
        self._delete(DepartureRow, col(DepartureRow.group) == key)
        self._delete(SnapshotRow, col(SnapshotRow.group) == key)
        self._delete(DigestWishRow, col(DigestWishRow.group) == key)
        merged = col(GroupRow.team_id) == self._team, col(GroupRow.merged_into) == key
        self._session.exec(update(GroupRow).where(*merged).values(merged_into=None))
        self._delete(GroupRow, col(GroupRow.key) == key)

    def _forget_meetings(self, key: GroupKey) -> None:
        """Those of this group alone; from those of several it goes."""
        theirs = select(MeetingGroupRow.meeting_id).where(
            MeetingGroupRow.team_id == self._team, MeetingGroupRow.group == key
        )
        meetings = self._session.exec(theirs).all()
        self._delete(MeetingGroupRow, col(MeetingGroupRow.group) == key)
        for some in _some([str(meeting) for meeting in meetings]):
            shared = select(MeetingGroupRow.meeting_id)
            alone = col(MeetingRow.id).in_(map(int, some)), col(MeetingRow.id).not_in(shared)
            found = self._session.exec(select(MeetingRow.id, MeetingRow.ref).where(*alone)).all()
            self._delete(HistoryRow, col(HistoryRow.ref).in_([ref for _, ref in found]))
            self._delete(OutboxRow, col(OutboxRow.subject).in_([f"meeting:{i}" for i, _ in found]))
            self._delete(MeetingRow, *alone)

    def _forget_deadlines(self, key: GroupKey) -> None:
        """Those of this group alone; from those of several it goes."""
        theirs = select(DeadlineGroupRow.deadline_id).where(
            DeadlineGroupRow.team_id == self._team, DeadlineGroupRow.group == key
        )
        deadlines = self._session.exec(theirs).all()
        self._delete(DeadlineGroupRow, col(DeadlineGroupRow.group) == key)
        for some in _some([str(deadline) for deadline in deadlines]):
            shared = select(DeadlineGroupRow.deadline_id)
            alone = col(DeadlineRow.id).in_(map(int, some)), col(DeadlineRow.id).not_in(shared)
            found = self._session.exec(select(DeadlineRow.id, DeadlineRow.ref).where(*alone)).all()
            refs = [ref for _, ref in found]
            self._delete(NeedRow, col(NeedRow.ref).in_(refs))
            self._delete(DeadlineNeedRow, col(DeadlineNeedRow.ref).in_(refs))
            self._delete(HistoryRow, col(HistoryRow.ref).in_(refs))
            self._delete(OutboxRow, col(OutboxRow.subject).in_([f"deadline:{i}" for i, _ in found]))
            self._delete(DeadlineRow, *alone)

    def _forget_decisions(self, key: GroupKey) -> None:
        ours = col(DecisionRow.team_id) == self._team, col(DecisionRow.group) == key
        found = self._session.exec(select(DecisionRow.id, DecisionRow.ref).where(*ours)).all()
        for refs in _some([ref for _, ref in found]):
            self._delete(HistoryRow, col(HistoryRow.ref).in_(refs))
        for subjects in _some([f"decision:{decision}" for decision, _ in found]):
            self._delete(OutboxRow, col(OutboxRow.subject).in_(subjects))
        self._delete(DecisionRow, *ours)

    def _refs(self, *ours: ColumnElement[bool]) -> list[str]:
        """Also those that the actions had before a merge."""
        now = self._session.exec(select(ItemRow.ref).where(*ours)).all()
        moved = col(FormerRefRow.item_id).in_(select(ItemRow.id).where(*ours))
        before = self._session.exec(select(FormerRefRow.ref).where(moved)).all()
        return [*now, *before]

    def _delete(self, table: type[_Row], *which: ColumnElement[bool]) -> None:
        ours = col(table.team_id) == self._team
        self._session.exec(delete(table).where(ours, *which))


def _some(found: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(found), _A_STATEMENT):
        yield found[start : start + _A_STATEMENT]
