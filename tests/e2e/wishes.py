"""What nobody of a world is to hear, where a story is not about it."""

from bot.domain.digests import Wish
from bot.domain.things import notices_of
from bot.services import duties
from bot.services.drafts import count_as_said
from bot.storage.database import Store
from bot.world import is_holiday


def want_no_digests(store: Store) -> None:
    """Stories of a bare world are of what is said beside them; the demo world's has them."""
    world = store.groups.world()
    for membership in world.memberships:
        for key in world.groups:
            store.digests.set_wish(membership.user, key, Wish.OFF)


def want_no_preparation(store: Store) -> None:
    """What meetings need counts as said, as long as nobody changes it or the meeting."""
    world = store.groups.world()
    for duty in duties.owed(store):
        count_as_said(store, duty, notices_of(duty, world, is_holiday), world, duty.set_at)


def want_no_meetings(store: Store) -> None:
    """None was ever planned: stories of a bare world that are about them plan their own."""
    for meeting in store.meetings.all():
        store.meetings.remove(meeting.id)
