"""Numbers of things, counted up within a prefix and never given twice."""

from sqlmodel import Session, col

from bot.domain.model import TeamId
from bot.storage.rows import inserting
from bot.storage.tables import NumberRow


def next_number(session: Session, team: TeamId, prefix: str) -> int:
    """Both databases hold the row until the transaction ends, so nobody else gets it."""
    dialect = session.get_bind().dialect.name
    first = inserting(dialect, NumberRow).values(team_id=team, prefix=prefix, last=1)
    either = first.on_conflict_do_update(
        index_elements=["team_id", "prefix"], set_={"last": col(NumberRow.last) + 1}
    )
    return int(session.exec(either.returning(col(NumberRow.last))).scalar_one())
