"""What happened to actions, deadlines and everything else that is remembered."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.deadlines import Deadline
from bot.domain.items import Item
from bot.domain.model import Ref, UserId

UNDO_FOR = timedelta(minutes=10)
"""How long people can take back their own last change."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the history; `before` is None for an addition.

    `request` groups what one request changed, for Undo.
    """

    ref: Ref
    version: int
    at: datetime
    by: UserId
    verb: str
    request: str
    detail: str = ""
    before: Item | Deadline | None = None
    after: Item | Deadline | None = None
    undone: bool = False

    @property
    def item_before(self) -> Item | None:
        return self.before if isinstance(self.before, Item) else None

    @property
    def item_after(self) -> Item | None:
        return self.after if isinstance(self.after, Item) else None
