"""What everybody of a world wants to hear, where a story is not about it."""

from bot.domain.digests import Wish
from bot.storage.database import Store


def want_no_digests(store: Store) -> None:
    """Stories of a bare world are of what is said beside them; the demo world's has them."""
    world = store.groups.world()
    for membership in world.memberships:
        for key in world.groups:
            store.digests.set_wish(membership.user, key, Wish.OFF)
