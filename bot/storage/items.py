"""Actions, with their owners, moves, needs, notes and silences."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from bot.domain.model import (
    Assignment,
    ChannelId,
    GroupKey,
    Item,
    ItemId,
    ItemState,
    NewItem,
    Ref,
    TeamId,
    UserId,
)


class Items:
    """Lists are sorted by due day, then number; what was taken back is in none of them."""

    def __init__(self, session: Session, team: TeamId) -> None:
        self._session = session
        self._team = team

    def create(
        self,
        new: NewItem,
        by: UserId,
        at: datetime,
        assignments: tuple[Assignment, ...] = (),
    ) -> Item:
        """Number it within its group's prefix; a number is never used twice.

        Raises NotFound(GROUP_UNKNOWN).
        """
        raise NotImplementedError

    def get(self, ref: Ref) -> Item | None:
        """Also one that was taken back."""
        raise NotImplementedError

    def by_id(self, item: ItemId) -> Item | None:
        raise NotImplementedError

    def many(self, refs: Iterable[Ref]) -> tuple[Item, ...]:
        raise NotImplementedError

    def by_source(self, channel: ChannelId, ts: str) -> Item | None:
        """The first action taken from this message."""
        raise NotImplementedError

    def save(self, item: Item, expected: int) -> Item:
        """Store it as version `expected + 1`; raises Conflict(CHANGED_MEANWHILE) if it is not at `expected`."""
        raise NotImplementedError

    def open_in(self, group: GroupKey) -> tuple[Item, ...]:
        raise NotImplementedError

    def open_of(self, user: UserId) -> tuple[Item, ...]:
        raise NotImplementedError

    def all_open(self) -> tuple[Item, ...]:
        raise NotImplementedError

    def search(
        self,
        group: GroupKey | None = None,
        user: UserId | None = None,
        states: Iterable[ItemState] | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> tuple[Item, ...]:
        """What is None does not narrow."""
        raise NotImplementedError

    def recently_closed(
        self, group: GroupKey | None, user: UserId | None, since: datetime
    ) -> tuple[Item, ...]:
        """Closed at or after `since`, the latest first."""
        raise NotImplementedError
