"""Calendar feeds: which secret address shows whose calendar, by the hash of its token."""

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from bot.domain.feeds import Feed
from bot.domain.model import TeamId, UserId
from bot.storage.feed_tables import FeedRow
from bot.storage.rows import columns, value


class Feeds:
    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def add(self, feed: Feed) -> None:
        self._session.exec(insert(FeedRow).values({"team_id": self._team, **columns(feed)}))

    def get(self, hash_: str) -> Feed | None:
        row = self._session.get(FeedRow, (self._team, hash_), populate_existing=True)
        return None if row is None else value(Feed, row)

    def of(self, user: UserId) -> tuple[Feed, ...]:
        """Oldest first."""
        query = (
            select(FeedRow)
            .where(FeedRow.team_id == self._team, FeedRow.user == user)
            .order_by(col(FeedRow.at), col(FeedRow.hash))
        )
        return tuple(value(Feed, row) for row in self._session.exec(query))

    def end(self, hash_: str) -> None:
        mine = col(FeedRow.team_id) == self._team, col(FeedRow.hash) == hash_
        self._session.exec(delete(FeedRow).where(*mine))
