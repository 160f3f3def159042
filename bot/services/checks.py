"""What every use case refuses: empty and over-long text, missing reasons, impossible owners."""

from collections.abc import Iterable

from bot.domain.deadlines import Deadline
from bot.domain.items import NOTE_LIMIT, Assignment, Item, NewItem
from bot.domain.model import Group, GroupKey, GroupState, Ref, UserId
from bot.domain.preparation import takes_part
from bot.errors import BadInput, Code, NotFound
from bot.services import chains
from bot.services.access import Ask, may_own


def awaited(ask: Ask, refs: Iterable[Ref]) -> tuple[Ref, ...]:
    """As the things are called now. Whoever names an id may wait for it, of whatever group."""
    found = []
    for ref in refs:
        steps = chains.steps(ask.store, [ref])
        if not steps:
            raise NotFound(Code.NO_SUCH_ID, ref=ref)
        found.append(next(iter(steps.values())).ref)
    return tuple(dict.fromkeys(found))


def require_text(text: str, field: str, limit: int) -> None:
    if not text.strip():
        raise BadInput(Code.TEXT_EMPTY, field, text)
    if len(text) > limit:
        raise BadInput(Code.TEXT_LONG, field, text, length=len(text), limit=limit)


def require_reason(reason: str, verb: str, **known: object) -> None:
    """`known`: what the refusal may tell of the thing."""
    if not reason.strip():
        raise BadInput(Code.REASON_NEEDED, "reason", reason, verb=verb, **known)
    require_room(reason, "reason")


def require_room(text: str, field: str) -> None:
    """Notes, reasons and evidence may be empty but not longer than `NOTE_LIMIT`."""
    if len(text) > NOTE_LIMIT:
        raise BadInput(Code.TEXT_LONG, field, text, length=len(text), limit=NOTE_LIMIT)


def require_owner(ask: Ask, user: UserId, thing: Item | NewItem) -> None:
    require_owner_in(ask, user, (thing.group,))


def require_owner_in(ask: Ask, user: UserId, groups: tuple[GroupKey, ...]) -> None:
    """Of one of these groups; the first is named in what is said."""
    person, group = ask.world.people.get(user), groups[0]
    if person is None:
        raise BadInput(Code.PERSON_UNKNOWN, "owner", user, group=group)
    if person.bot:
        raise BadInput(Code.PERSON_BOT, "owner", user, person=person)
    if person.left:
        raise BadInput(Code.PERSON_LEFT, "owner", user, person=person, group=group)
    if not any(may_own(ask.world, user, key) for key in groups):
        raise BadInput(Code.PERSON_OUTSIDE, "owner", user, person=person, group=group)


def still_theirs(ask: Ask, item: Item) -> tuple[Assignment, ...]:
    """Those of its owners who may own it now: who left meanwhile gets nothing back."""
    return tuple(a for a in item.assignments if may_own(ask.world, a.user, item.group))


def owner_still(ask: Ask, deadline: Deadline) -> UserId | None:
    """Its owner, if they may own it now."""
    keys = takes_part(deadline.groups, ask.world)
    mine = (user for user in deadline.owners if any(may_own(ask.world, user, k) for k in keys))
    return next(mine, None)


def find_group(ask: Ask, key: GroupKey) -> Group:
    """An active group; those closed or merged take nothing new."""
    group = ask.store.groups.get(key)
    if group is None or group.state is not GroupState.ACTIVE:
        raise NotFound(Code.GROUP_UNKNOWN, typed=key)
    return group
