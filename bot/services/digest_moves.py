"""Whose clock or days change keeps the week's digest, though by the new ones its hour is past."""

from datetime import datetime

from bot.domain import weeks
from bot.domain.model import UserId, World
from bot.domain.notices import Holiday
from bot.services import digests
from bot.storage.database import Store


def follow(store: Store, holiday: Holiday, before: World, user: UserId, now: datetime) -> None:
    """What was still to come this week, and by the world as it is now was due before."""
    after = store.groups.world()
    promised = {one.key for one in weeks.due(before, holiday, now, now + weeks.WEEK, user)}
    for one in digests.due(store, after, holiday, now - weeks.WEEK, now, user):
        if one.key in promised:
            digests.put_due(store, after, holiday, one, now)
