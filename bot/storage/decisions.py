"""Decisions, with the objections to them."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, insert, update
from sqlmodel import Session, col, select

from bot.domain.decisions import (
    PREFIX,
    Decision,
    DecisionId,
    DecisionState,
    NewDecision,
    Objection,
)
from bot.domain.items import Source
from bot.domain.model import ChannelId, GroupKey, Ref, TeamId, UserId
from bot.errors import Code, Conflict
from bot.storage.decision_tables import DecisionRow, ObjectionRow
from bot.storage.numbers import next_number
from bot.storage.rows import columns, value

_SOURCE = tuple(field.name for field in fields(Source))


class Decisions:
    """Lists are sorted by number; what was taken back is in none of them."""

    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def create(self, new: NewDecision, by: UserId, at: datetime) -> Decision:
        """Number it; a number is never used twice. With `objections_by` it is proposed."""
        number = next_number(self._session, self._team, PREFIX)
        decision = Decision(
            **{name: getattr(new, name) for name in NewDecision.__dataclass_fields__},
            id=DecisionId(0),
            ref=Ref(f"{PREFIX}-{number}"),
            created_at=at,
            created_by=by,
            state=DecisionState.PROPOSED if new.objections_by else DecisionState.RECORDED,
            state_since=at,
            updated_at=at,
            updated_by=by,
        )
        row = {"team_id": self._team, "number": number, **_columns(decision)}
        added = insert(DecisionRow).values(row).returning(col(DecisionRow.id))
        return replace(decision, id=DecisionId(self._session.exec(added).scalar_one()))

    def get(self, ref: Ref) -> Decision | None:
        """Also one that was taken back."""
        return next(iter(self._where(col(DecisionRow.ref) == ref)), None)

    def by_id(self, number: DecisionId) -> Decision | None:
        return next(iter(self._where(col(DecisionRow.id) == number)), None)

    def many(self, refs: Iterable[Ref]) -> tuple[Decision, ...]:
        return self._where(col(DecisionRow.ref).in_(tuple(refs)))

    def by_source(self, channel: ChannelId, ts: str) -> Decision | None:
        """The first one made from this message."""
        found = self._shown(
            col(DecisionRow.source_channel) == channel, col(DecisionRow.source_ts) == ts
        )
        return next(iter(found), None)

    def save(self, decision: Decision, expected: int) -> Decision:
        """Store it as version `expected + 1`.

        Raises Conflict(CHANGED_MEANWHILE) if it is not at `expected` any more.
        """
        saved = replace(decision, version=expected + 1)
        change = (
            update(DecisionRow)
            .where(
                col(DecisionRow.team_id) == self._team,
                col(DecisionRow.id) == decision.id,
                col(DecisionRow.version) == expected,
            )
            .values(_columns(saved))
        )
        if self._session.exec(change).rowcount != 1:
            raise Conflict(Code.CHANGED_MEANWHILE, ref=decision.ref)
        gone = delete(ObjectionRow).where(col(ObjectionRow.decision_id) == decision.id)
        self._session.exec(gone)
        self._object(saved)
        return saved

    def of_group(self, group: GroupKey, since: datetime | None = None) -> tuple[Decision, ...]:
        """The group's; `since`: only what has been as it is from then on, or later."""
        return self.of_groups([group], since)

    def of_groups(
        self, groups: Iterable[GroupKey] | None = None, since: datetime | None = None
    ) -> tuple[Decision, ...]:
        """The same of several, or of any."""
        which: list[ColumnElement[bool]] = []
        if groups is not None:
            which.append(col(DecisionRow.group).in_(tuple(groups)))
        if since is not None:
            which.append(col(DecisionRow.state_since) >= since)
        return self._shown(*which)

    def proposed(self, until: date | None = None) -> tuple[Decision, ...]:
        """Open to objections; `until`: only those whose window's last day is not later."""
        which = [col(DecisionRow.state) == DecisionState.PROPOSED]
        if until is not None:
            which.append(col(DecisionRow.objections_by) <= until)
        return self._shown(*which)

    def reviewed(self, first: date, last: date) -> tuple[Decision, ...]:
        """Those that stand and come back on these days."""
        return self._shown(
            col(DecisionRow.state) == DecisionState.RECORDED,
            col(DecisionRow.review).between(first, last),
        )

    def regroup(self, old: GroupKey, new: GroupKey) -> None:
        """All of one group are another's now."""
        theirs = col(DecisionRow.team_id) == self._team, col(DecisionRow.group) == old
        self._session.exec(update(DecisionRow).where(*theirs).values(group=new))

    def _shown(self, *which: ColumnElement[bool]) -> tuple[Decision, ...]:
        return self._where(col(DecisionRow.taken_back).is_(False), *which)

    def _where(self, *which: ColumnElement[bool]) -> tuple[Decision, ...]:
        query = (
            select(DecisionRow)
            .where(DecisionRow.team_id == self._team, *which)
            .order_by(col(DecisionRow.number))
            .execution_options(populate_existing=True)
        )
        rows = [(row, row.id) for row in self._session.exec(query) if row.id is not None]
        objections = self._objections([number for _, number in rows])
        return tuple(
            value(
                Decision,
                row,
                id=DecisionId(number),
                objections=tuple(objections[number]),
                source=_source(row),
            )
            for row, number in rows
        )

    def _objections(self, decisions: list[int]) -> dict[int, list[Objection]]:
        """Those to each of these, oldest first, in one query."""
        found: dict[int, list[Objection]] = {decision: [] for decision in decisions}
        if not decisions:
            return found
        query = (
            select(ObjectionRow)
            .where(ObjectionRow.team_id == self._team, col(ObjectionRow.decision_id).in_(decisions))
            .order_by(col(ObjectionRow.decision_id), col(ObjectionRow.position))
            .execution_options(populate_existing=True)
        )
        for row in self._session.exec(query):
            found[row.decision_id].append(value(Objection, row))
        return found

    def _object(self, decision: Decision) -> None:
        rows = [
            {
                "team_id": self._team,
                "decision_id": decision.id,
                "position": number,
                **columns(objection),
            }
            for number, objection in enumerate(decision.objections)
        ]
        if rows:
            self._session.exec(insert(ObjectionRow), params=rows)


def _columns(decision: Decision) -> dict[str, object]:
    source = decision.source
    return columns(decision, "id", "source", "objections") | {
        f"source_{name}": getattr(source, name, None) for name in _SOURCE
    }


def _source(row: DecisionRow) -> Source | None:
    if row.source_permalink is None:
        return None
    return Source(**{name: getattr(row, f"source_{name}") for name in _SOURCE})
