"""Actions in outline: what tells how groups stand, of thousands at once."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from bot.domain.items import Answer, ItemState
from bot.domain.model import GroupKey, Ref, TeamId, UserId
from bot.domain.state import Outline
from bot.storage.tables import AssignmentRow, ItemRow, MoveRow, NeedRow

OPEN = tuple(state for state in ItemState if not state.closed)


class Stamp(NamedTuple):
    """By which an action is known to be as it was; the version alone would do but for restores."""

    id: int
    version: int
    updated_at: datetime | None
    ref: Ref


def stamps(session: Session, team: TeamId, ids: Collection[int] | None = None) -> tuple[Stamp, ...]:
    """Of the open actions, by due day and number; only of these, if they are given."""
    query: Any = (
        sqlalchemy.select(*(getattr(ItemRow, name) for name in Stamp._fields))
        .where(
            col(ItemRow.team_id) == team,
            col(ItemRow.state).in_(OPEN),
            col(ItemRow.taken_back).is_(False),
        )
        .order_by(col(ItemRow.due_day), col(ItemRow.number), col(ItemRow.id))
    )
    if ids is not None:
        query = query.where(col(ItemRow.id).in_(tuple(ids)))
    return tuple(Stamp(*row) for row in session.exec(query))


def outlines(
    session: Session, team: TeamId, groups: Collection[GroupKey] | None
) -> tuple[Outline, ...]:
    """Of the open actions of these groups; None: of all."""
    which: list[ColumnElement[bool]] = [
        col(ItemRow.team_id) == team,
        col(ItemRow.state).in_(OPEN),
        col(ItemRow.taken_back).is_(False),
    ]
    if groups is not None:
        which.append(col(ItemRow.group).in_(tuple(groups)))
    asked = _asked(session, which)
    moves = _moves(session, which)
    needs = _needs(session, which)
    named = (
        getattr(ItemRow, name)
        for name in ("ref", "group", "due_day", "state", "state_since", "first_due")
    )
    facts: Any = sqlalchemy.select(col(ItemRow.id), *named).where(*which)
    return tuple(
        Outline(
            *(ref, group, due, state, since, *asked.get(id_, NOBODY)),
            moves=moves.get(id_, 0),
            needs=needs.get(id_, ()),
            first_due=first,
        )
        for id_, ref, group, due, state, since, first in session.exec(facts)
    )


NOBODY: tuple[tuple[UserId, ...], datetime | None] = ((), None)


def _asked(
    session: Session, which: list[ColumnElement[bool]]
) -> dict[int, tuple[tuple[UserId, ...], datetime | None]]:
    """Owners, and since when the first of them has not answered."""
    query = select(
        AssignmentRow.item_id, AssignmentRow.user, AssignmentRow.answer, AssignmentRow.asked_at
    ).where(col(AssignmentRow.item_id).in_(select(ItemRow.id).where(*which)))
    found: dict[int, tuple[tuple[UserId, ...], datetime | None]] = {}
    for id_, user, answer, at in session.exec(query):
        owners, since = found.get(id_, NOBODY)
        if answer is Answer.ASKED:
            since = at if since is None else min(since, at)
        found[id_] = (*owners, UserId(user)), since
    return found


def _moves(session: Session, which: list[ColumnElement[bool]]) -> dict[int, int]:
    open_ = col(MoveRow.item_id).in_(select(ItemRow.id).where(*which))
    query = select(MoveRow.item_id, func.count()).where(open_).group_by(col(MoveRow.item_id))
    return dict(session.exec(query).all())


def _needs(session: Session, which: list[ColumnElement[bool]]) -> dict[int, tuple[Ref, ...]]:
    open_ = col(NeedRow.item_id).in_(select(ItemRow.id).where(*which))
    query = select(NeedRow.item_id, NeedRow.ref).where(open_).order_by(col(NeedRow.position))
    found: dict[int, tuple[Ref, ...]] = {}
    for id_, ref in session.exec(query):
        found[id_] = (*found.get(id_, ()), Ref(ref))
    return found
