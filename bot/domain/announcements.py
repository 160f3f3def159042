"""Something to be told to everybody, as it waits for a second look."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.model import GroupKey, UserId

TEXT_LIMIT = 3000


@dataclass(frozen=True, slots=True)
class Announcement:
    """`request` names it; `group` None: for the channel of all."""

    request: str
    by: UserId
    group: GroupKey | None
    text: str
    at: datetime
    posted_at: datetime | None = None
