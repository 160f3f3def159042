"""Deadlines, with their groups, needs and moves."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, or_, update
from sqlmodel import Session, col, select

from bot.domain.deadlines import PREFIX, Deadline, DeadlineId, NewDeadline, Stage
from bot.domain.items import Move, Quiet
from bot.domain.model import GroupKey, Ref, TeamId, UserId
from bot.errors import Code, Conflict
from bot.storage.deadline_tables import (
    DeadlineGroupRow,
    DeadlineMoveRow,
    DeadlineNeedRow,
    DeadlinePartRow,
    DeadlineQuietRow,
    DeadlineRow,
)
from bot.storage.needs import needed
from bot.storage.numbers import next_number
from bot.storage.rows import columns, unchanged, value
from bot.storage.tables import NeedRow

OPEN = tuple(stage for stage in Stage if not stage.closed)
PARTS: dict[str, type[DeadlinePartRow]] = {
    "groups": DeadlineGroupRow,
    "needs": DeadlineNeedRow,
    "moves": DeadlineMoveRow,
    "quiet": DeadlineQuietRow,
}


NONE: Mapping[str, int] = {}


class Deadlines:
    """Lists are sorted by due day, then number; what was taken back is in none of them."""

    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def create(self, new: NewDeadline, by: UserId, at: datetime) -> Deadline:
        """Number it; a number is never used twice."""
        number = next_number(self._session, self._team, PREFIX)
        deadline = Deadline(
            **{name: getattr(new, name) for name in NewDeadline.__dataclass_fields__},
            id=DeadlineId(0),
            ref=Ref(f"{PREFIX}-{number}"),
            first_due=new.due,
            created_at=at,
            created_by=by,
            set_at=at,
            updated_at=at,
            updated_by=by,
        )
        row = {"team_id": self._team, "number": number, **columns(deadline, "id", *PARTS)}
        added = insert(DeadlineRow).values(row).returning(col(DeadlineRow.id))
        deadline = replace(deadline, id=DeadlineId(self._session.exec(added).scalar_one()))
        self._add_parts(deadline)
        return deadline

    def get(self, ref: Ref) -> Deadline | None:
        """Also one that was taken back."""
        return next(iter(self._where(col(DeadlineRow.ref) == ref)), None)

    def by_id(self, deadline: DeadlineId) -> Deadline | None:
        return next(iter(self._where(col(DeadlineRow.id) == deadline)), None)

    def many(self, refs: Iterable[Ref]) -> tuple[Deadline, ...]:
        return self._where(col(DeadlineRow.ref).in_(tuple(refs)))

    def save(self, deadline: Deadline, expected: int) -> Deadline:
        """Store it as version `expected + 1`.

        Raises Conflict(CHANGED_MEANWHILE) if it is not at `expected` any more.
        """
        saved = replace(deadline, version=expected + 1)
        change = (
            update(DeadlineRow)
            .where(
                col(DeadlineRow.team_id) == self._team,
                col(DeadlineRow.id) == deadline.id,
                col(DeadlineRow.version) == expected,
            )
            .values(columns(saved, "id", *PARTS))
        )
        if self._session.exec(change).rowcount != 1:
            raise Conflict(Code.CHANGED_MEANWHILE, ref=deadline.ref)
        stored = self._parts([deadline.id])[deadline.id]
        kept = {name: unchanged(name, stored[name], getattr(saved, name)) for name in PARTS}
        for name, part in PARTS.items():
            if kept[name] < len(stored[name]):
                self._session.exec(delete(part).where(col(part.deadline_id) == deadline.id))
        self._add_parts(saved, kept)
        return saved

    def rename_needed(self, old: Ref, new: Ref) -> None:
        """In all that needs it, actions too: it has another id since its group was merged."""
        for row in (DeadlineNeedRow, NeedRow):
            theirs = col(row.team_id) == self._team, col(row.ref) == old
            self._session.exec(update(row).where(*theirs).values(ref=new))

    def all_open(self) -> tuple[Deadline, ...]:
        return self._shown(col(DeadlineRow.stage).in_(OPEN))

    def open_changed_since(self, at: datetime) -> tuple[Deadline, ...]:
        return self._shown(col(DeadlineRow.stage).in_(OPEN), col(DeadlineRow.updated_at) >= at)

    def open_of(self, user: UserId) -> tuple[Deadline, ...]:
        return self._shown(col(DeadlineRow.stage).in_(OPEN), col(DeadlineRow.owner) == user)

    def of_groups(
        self, groups: Iterable[GroupKey] | None = None, *, closed: bool = False
    ) -> tuple[Deadline, ...]:
        """Those open for one of these groups or for all together; None: for any; also `closed`."""
        which: list[ColumnElement[bool]] = []
        if not closed:
            which.append(col(DeadlineRow.stage).in_(OPEN))
        if groups is not None:
            which.append(or_(self._of(groups), ~self._of(None)))
        return self._shown(*which)

    def next_of(self, group: GroupKey) -> Deadline | None:
        """The open one that is due first, be it late: the group's own or for all together."""
        return next(iter(self.of_groups([group])), None)

    def open_needing(self, refs: Iterable[Ref]) -> tuple[Deadline, ...]:
        needing = select(DeadlineNeedRow.deadline_id).where(
            DeadlineNeedRow.team_id == self._team, col(DeadlineNeedRow.ref).in_(tuple(refs))
        )
        return self._shown(col(DeadlineRow.stage).in_(OPEN), col(DeadlineRow.id).in_(needing))

    def needed(self, refs: Iterable[Ref]) -> frozenset[Ref]:
        """These and all that they wait for, be it actions or deadlines, closed or open."""
        return needed(self._session, self._team, refs)

    def _of(self, groups: Iterable[GroupKey] | None) -> ColumnElement[bool]:
        """For one of these groups; None: for some group at all."""
        query = select(DeadlineGroupRow.deadline_id).where(DeadlineGroupRow.team_id == self._team)
        if groups is not None:
            query = query.where(col(DeadlineGroupRow.group).in_(tuple(groups)))
        return col(DeadlineRow.id).in_(query)

    def _shown(self, *which: ColumnElement[bool]) -> tuple[Deadline, ...]:
        return self._where(col(DeadlineRow.taken_back).is_(False), *which)

    def _where(self, *which: ColumnElement[bool]) -> tuple[Deadline, ...]:
        query = (
            select(DeadlineRow)
            .where(DeadlineRow.team_id == self._team, *which)
            .order_by(col(DeadlineRow.due), col(DeadlineRow.number))
            .execution_options(populate_existing=True)
        )
        rows = [(row, row.id) for row in self._session.exec(query) if row.id is not None]
        parts = self._parts([number for _, number in rows])
        return tuple(
            value(Deadline, row, id=DeadlineId(number), **parts[number]) for row, number in rows
        )

    def _parts(self, deadlines: list[int]) -> dict[int, dict[str, tuple[object, ...]]]:
        """The parts of all these by deadline and name, in one query a name."""
        found: dict[int, dict[str, tuple[object, ...]]] = {
            deadline: dict.fromkeys(PARTS, ()) for deadline in deadlines
        }
        for name, part in PARTS.items() if deadlines else ():
            query = (
                select(part)
                .where(part.team_id == self._team, col(part.deadline_id).in_(deadlines))
                .order_by(col(part.deadline_id), col(part.position))
                .execution_options(populate_existing=True)
            )
            for row in self._session.exec(query):
                found[row.deadline_id][name] += (_part(row),)
        return found

    def _add_parts(self, deadline: Deadline, kept: Mapping[str, int] = NONE) -> None:
        """But for the first `kept` of each name."""
        told: dict[str, list[dict[str, object]]] = {
            "groups": [{"group": group} for group in deadline.groups],
            "needs": [{"ref": ref} for ref in deadline.needs],
            "moves": [columns(move) for move in deadline.moves],
            "quiet": [columns(quiet) for quiet in deadline.quiet],
        }
        for name, parts in told.items():
            rows = [
                {"team_id": self._team, "deadline_id": deadline.id, "position": n, **part}
                for n, part in enumerate(parts)
                if n >= kept.get(name, 0)
            ]
            if rows:
                self._session.exec(insert(PARTS[name]), params=rows)


def _part(row: DeadlinePartRow) -> object:
    if isinstance(row, DeadlineMoveRow):
        return value(Move, row)
    if isinstance(row, DeadlineQuietRow):
        return value(Quiet, row)
    if isinstance(row, DeadlineGroupRow):
        return GroupKey(row.group)
    return Ref(row.ref) if isinstance(row, DeadlineNeedRow) else None
