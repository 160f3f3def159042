"""What needs what, however long the chain, in one query."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select, union_all
from sqlmodel import Session, col

from bot.domain.model import Ref, TeamId
from bot.storage.deadline_tables import DeadlineNeedRow, DeadlineRow
from bot.storage.tables import ItemRow, NeedRow


def needed(session: Session, team: TeamId, refs: Iterable[Ref]) -> frozenset[Ref]:
    """These, what they need, and what that needs; a name from before a merge leads no further."""
    pairs = union_all(
        select(col(ItemRow.ref).label("ref"), col(NeedRow.ref).label("need"))
        .join(NeedRow, col(NeedRow.item_id) == col(ItemRow.id))
        .where(col(ItemRow.team_id) == team, col(ItemRow.taken_back).is_(False)),
        select(col(DeadlineRow.ref), col(DeadlineNeedRow.ref))
        .join(DeadlineNeedRow, col(DeadlineNeedRow.deadline_id) == col(DeadlineRow.id))
        .where(col(DeadlineRow.team_id) == team, col(DeadlineRow.taken_back).is_(False)),
    ).subquery("pairs")
    wanted = frozenset(refs)
    first = select(pairs.c.need).where(pairs.c.ref.in_(tuple(wanted)))
    chain = first.cte("chain", recursive=True)
    # A union keeps each once, so a circle ends too.
    chain = chain.union(select(pairs.c.need).join(chain, pairs.c.ref == chain.c.need))
    found: Any = select(chain.c.need)
    return wanted | {Ref(ref) for (ref,) in session.exec(found)}
