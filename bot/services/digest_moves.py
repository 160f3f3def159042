"""Whose clock or days change keeps the week's digest, though by the new ones its hour is past."""

from collections.abc import Callable
from datetime import datetime

from bot.domain import weeks
from bot.domain.model import UserId, World
from bot.domain.notices import Holiday
from bot.services import digests
from bot.services.happenings import Act, Event
from bot.storage.database import Store


def follow(store: Store, holiday: Holiday, before: World, user: UserId, now: datetime) -> None:
    """What was still to come this week, and by the world as it is now was due before."""
    after = store.groups.world()
    promised = {one.key for one in weeks.due(before, holiday, now, now + weeks.WEEK, user)}
    for one in digests.due(store, after, holiday, now - weeks.WEEK, now, user):
        if one.key in promised:
            digests.put_due(store, after, holiday, one, now)


def followed(learn: Callable[[Store], None], holiday: Holiday, user: UserId) -> Act:
    """What learns news of the person, and then minds their digests."""

    def act(store: Store, event: Event, now: datetime) -> None:
        before = store.groups.world()
        learn(store)
        follow(store, holiday, before, user, now)

    return act
