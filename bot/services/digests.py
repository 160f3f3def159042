"""The weekly digest of a group: made for one reader, planned once a week, or asked for."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain import weeks
from bot.domain.digests import Wish
from bot.domain.model import Group, GroupKey, Person, Role, UserId, World
from bot.domain.notices import Holiday
from bot.domain.outbox import Message, Outgoing, State
from bot.domain.weeks import Due
from bot.services import programme_readers, snapshots
from bot.services.access import Ask, authorize
from bot.services.digest_contents import compose
from bot.services.rights import Op
from bot.storage.database import Store
from bot.storage.marks import PLAN_MARK
from bot.telemetry import get_logger
from bot.views import digest_notes as notes
from bot.views import digests as words

log = get_logger(__name__)

DIGEST = "digest"
Made = Mapping[str, Message | None]
"""Digests by their keys; None: not wanted this week."""
TOO_LATE = "too late to be useful"


def made(store: Store, holiday: Holiday, now: datetime, since: datetime) -> Made:
    """What `plan` is to put, composed on a reader: the writer is waited for by everybody.

    Nothing before a week that ended is kept, beside which it stands.
    """
    world = store.groups.world()
    if snapshots.missing(store, world, since, now):
        return {}
    useful = (one for one in due(store, world, holiday, since, now) if one.until > now)
    own = {one.key: _message(store, world, holiday, one, now) for one in useful}
    return {**own, **programme_readers.made(store, world, holiday, since, now)}


def plan(
    store: Store, holiday: Holiday, now: datetime, since: datetime, made: Made | None = None
) -> int:
    """Put what fell due after `since`, after the weeks that ended are kept; how many.

    Safe to run twice, at any time: one put is never put anew, one of an older week is late.
    """
    world = store.groups.world()
    snapshots.take(store, world, holiday, since, now)
    found = due(store, world, holiday, since, now)
    own = sum(put_due(store, world, holiday, one, now, made) for one in found)
    return own + programme_readers.plan(store, world, holiday, since, now, made)


def due(
    store: Store,
    world: World,
    holiday: Holiday,
    since: datetime,
    until: datetime,
    only: UserId | None = None,
) -> tuple[Due, ...]:
    """Those wanted that fall due after `since` and not after `until`, and are not put yet."""
    found = tuple(weeks.due(world, holiday, since, until, only))
    if not found:
        return ()
    standing = store.outbox.standing(one.key for one in found)
    wishes = store.digests.wishes(only)
    return tuple(
        one
        for one in found
        if one.key not in standing and wishes.get(_pair(one), Wish.ON) is not Wish.OFF
    )


def planned_for(
    store: Store, world: World, person: Person, holiday: Holiday, now: datetime, until: datetime
) -> tuple[Outgoing, ...]:
    """What planning will put for this person if nothing changes, in one line each."""
    mark = store.marks.get(PLAN_MARK)
    since = mark.at if mark else now
    found = due(store, world, holiday, since, until, person.user)
    own = (
        _outgoing(one, words.foretold(one.group))
        for one in found
        if one.until > now and not _is_unwanted(store, world, holiday, one, max(one.at, now))
    )
    return (*own, *programme_readers.planned_for(store, world, person, holiday, since, now, until))


def next_at(store: Store, world: World, holiday: Holiday, now: datetime) -> datetime | None:
    """When the next digest of any group falls due, in the week to come."""
    moments = [one.at for one in due(store, world, holiday, now, now + weeks.WEEK)]
    of_all = programme_readers.next_at(store, world, holiday, now)
    return min([*moments, *([of_all] if of_all else [])], default=None)


def set_wish(ask: Ask, group: Group | None, wish: Wish) -> None:
    """The asker's own, from the next digest on; None: of that over all groups."""
    authorize(ask, Op.SEE_DIGEST, _key(group))
    ask.store.digests.set_wish(ask.actor.user, _key(group), wish)


def put_due(
    store: Store,
    world: World,
    holiday: Holiday,
    one: Due,
    now: datetime,
    made: Made | None = None,
) -> bool:
    """As it stands now; False: it was said already, or is not wanted this week."""
    if one.until <= now:
        late = _outgoing(one, words.foretold(one.group))
        return store.outbox.put(late, state=State.STALE, why=TOO_LATE)
    if made and one.key in made:
        message = made[one.key]
    else:
        message = _message(store, world, holiday, one, now)
    return message is not None and store.outbox.put(_outgoing(one, message))


def _message(
    store: Store, world: World, holiday: Holiday, one: Due, now: datetime
) -> Message | None:
    """None: the reader wants news only, and there is none. One that fails stops no other."""
    try:
        with store.savepoint():
            digest = compose(store, world, one.group, one.reader.user, now, holiday)
            days, holidays = weeks.waited(one, world, holiday)
            digest = replace(digest, week=one.week, waited=days, waited_for_holidays=holidays)
            if digest.quiet and _wish(store, world, one) is Wish.NEWS:
                return None
            return words.digest(digest, world)
    except Exception as error:  # told in the log and to the reader
        reference = secrets.token_hex(3).upper()
        log.error("digest.failed", key=one.key, reference=reference, exc_info=error)
        return notes.not_made(one.group, reference)


def _is_unwanted(store: Store, world: World, holiday: Holiday, one: Due, at: datetime) -> bool:
    if _wish(store, world, one) is not Wish.NEWS:
        return False
    return compose(store, world, one.group, one.reader.user, at, holiday).quiet


def _wish(store: Store, world: World, one: Due) -> Wish:
    usual = _usual(world, one.reader.user, one.group)
    return store.digests.wishes(one.reader.user).get(_pair(one), usual)


def _usual(world: World, user: UserId, group: Group) -> Wish:
    """A coordinator who stands in hears of the group only when there is something to say."""
    leads = (*world.holding(Role.CHAIR, group.key), *world.holding(Role.COCHAIR, group.key))
    return Wish.ON if user in leads else Wish.NEWS


def _pair(one: Due) -> tuple[UserId, GroupKey | None]:
    return one.reader.user, one.group.key


def _key(group: Group | None) -> GroupKey | None:
    return None if group is None else group.key


def _outgoing(one: Due, message: Message) -> Outgoing:
    return Outgoing(
        key=one.key,
        subject=weeks.subject(one.group),
        kind=DIGEST,
        lane=one.reader.user,
        message=message,
        at=one.at,
        until=one.until,
        quiet_hours=True,
    )
