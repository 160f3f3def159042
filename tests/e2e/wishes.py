"""What nobody of a world is to hear, where a story is not about it."""

from dataclasses import replace

from bot.domain.digests import Wish
from bot.domain.meetings import PrepState
from bot.storage.database import Store


def want_no_digests(store: Store) -> None:
    """Stories of a bare world are of what is said beside them; the demo world's has them."""
    world = store.groups.world()
    for membership in world.memberships:
        for key in world.groups:
            store.digests.set_wish(membership.user, key, Wish.OFF)


def prepare_everything(store: Store) -> None:
    """Nobody owes anything for meetings: weeks of stories that are not about them."""
    for meeting, items in store.meetings.owed().items():
        for item in items:
            store.meetings.save_prep(meeting, replace(item, state=PrepState.DONE))
