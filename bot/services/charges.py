"""What waits for those who mind a group or the programme, and is no business of theirs any more."""

from bot.domain.departures import DepartureId
from bot.domain.model import ChannelId, GroupKey, Role, UserId, World
from bot.services import preparation_reminders
from bot.services.channel_losses import LOST, SHARED
from bot.services.departures import HANDOVER
from bot.services.digests import DIGEST
from bot.services.happenings import QUESTION
from bot.services.privacy import ERASE
from bot.storage.database import Store

MINDED = frozenset({DIGEST, ERASE, HANDOVER, LOST, SHARED, QUESTION})
LEADING = frozenset({Role.CHAIR, Role.COCHAIR})
RELIEVED = "no longer theirs to mind"


def relieve(store: Store, user: UserId) -> None:
    """Unsay what their roles, as they are now, give them no right to hear."""
    world = store.groups.world()
    waiting = [row.out for row in store.outbox.waiting(user) if row.out.kind in MINDED]
    gone = {out.subject for out in waiting if not _minds(store, world, user, out.kind, out.subject)}
    if gone:
        store.outbox.silence(user, gone, why=RELIEVED)
    preparation_reminders.relieve(store, user)


def _minds(store: Store, world: World, user: UserId, kind: str, subject: str) -> bool:
    held = world.roles(user)
    if any(m.role is Role.COORDINATOR for m in held):
        return True
    if kind == ERASE:
        return False
    about = _group(store, subject)
    return any(m.role in LEADING and about in (None, m.group) for m in held)


def _group(store: Store, subject: str) -> GroupKey | None:
    """None: of no single group, or of one that has no channel now."""
    what, _, id_ = subject.partition(":")
    if what == "departure":
        left = store.departures.get(DepartureId(int(id_)))
        return left.group if left else None
    if what == DIGEST:
        return GroupKey(id_)
    group = store.groups.by_channel(ChannelId(id_)) if what in (LOST, SHARED) else None
    return group.key if group else None
