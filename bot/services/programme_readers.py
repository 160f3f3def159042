"""Who gets the digest over all groups, and when: the coordinators who asked for it."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import weeks
from bot.domain.days import day_in
from bot.domain.digests import Wish
from bot.domain.model import GroupSettings, Person, Role, UserId, World
from bot.domain.notices import Holiday
from bot.domain.outbox import Message, Outgoing, State
from bot.domain.programme_digests import ProgrammeDigest
from bot.services import programme_digests
from bot.services.access import Ask, authorize
from bot.services.rights import Op
from bot.storage.database import Store
from bot.telemetry import get_logger
from bot.views import programme_digests as words

log = get_logger(__name__)

DIGEST = "digest"
SETTINGS = GroupSettings()
"""Day and hour are the usual ones: no group's own."""
TOO_LATE = "too late to be useful"


@dataclass(frozen=True, slots=True)
class Due:
    """`until`: the reader's next one."""

    reader: Person
    week: str
    at: datetime
    until: datetime

    @property
    def key(self) -> str:
        return f"{weeks.subject(None)}:{self.week}:{self.reader.user}"


def plan(
    store: Store,
    world: World,
    holiday: Holiday,
    since: datetime,
    now: datetime,
    made: Mapping[str, Message | None] | None = None,
) -> int:
    """Put what fell due after `since`; how many. Safe to run twice, at any time."""
    found = due(store, world, holiday, since, now)
    return sum(_put(store, world, holiday, one, now, made or {}) for one in found)


def made(
    store: Store, world: World, holiday: Holiday, since: datetime, now: datetime
) -> dict[str, Message | None]:
    """What `plan` is to put, composed on a reader."""
    useful = (one for one in due(store, world, holiday, since, now) if one.until > now)
    return {one.key: _message(store, world, holiday, one, now) for one in useful}


def due(
    store: Store,
    world: World,
    holiday: Holiday,
    since: datetime,
    until: datetime,
    only: UserId | None = None,
) -> tuple[Due, ...]:
    """To coordinators who asked for it, after `since` and not after `until`, and not put yet."""
    readers = [world.people.get(user) for user in world.holding(Role.COORDINATOR)]
    here = [
        person
        for person in readers
        if person and not (person.left or person.bot) and only in (None, person.user)
    ]
    found = [
        Due(person, *span)
        for person in here
        for span in weeks.spans(world, holiday, SETTINGS, person, since, until)
    ]
    if not found:
        return ()
    standing = store.outbox.standing(one.key for one in found)
    return tuple(
        one
        for one in found
        if one.key not in standing and _wish(store, one.reader.user) is not Wish.OFF
    )


def planned_for(
    store: Store,
    world: World,
    person: Person,
    holiday: Holiday,
    since: datetime,
    now: datetime,
    until: datetime,
) -> Iterator[Outgoing]:
    """What planning will put for this person if nothing changes, in one line each."""
    for one in due(store, world, holiday, since, until, person.user):
        if one.until > now and not _is_unwanted(store, world, holiday, one, max(one.at, now)):
            yield _outgoing(one, words.foretold())


def next_at(store: Store, world: World, holiday: Holiday, now: datetime) -> datetime | None:
    """In the week to come."""
    found = due(store, world, holiday, now, now + weeks.WEEK)
    return min((one.at for one in found), default=None)


def seen_now(ask: Ask, holiday: Holiday) -> Message:
    """For the asker's eyes, as it would be sent now. Raises NotAllowed."""
    authorize(ask, Op.SEE_DIGEST)
    return words.digest(_composed(ask, holiday), ask.world)


def send_now(ask: Ask, holiday: Holiday) -> tuple[str, datetime | None]:
    """The week's to the asker alone; the week, and since when they have it if they had it before.

    Raises NotAllowed.
    """
    authorize(ask, Op.SEE_DIGEST)
    week, until = weeks.called(ask.world, holiday, SETTINGS, ask.actor, ask.now)
    this = weeks.week_of(day_in(ask.now, ask.actor.zone))
    for one in (Due(ask.actor, of, ask.now, until) for of in dict.fromkeys((this, week))):
        row = ask.store.outbox.by_key(one.key)
        if row is not None and ask.store.outbox.standing([one.key]):
            return one.week, row.last_sent or row.out.at
    told = replace(_composed(ask, holiday), week=week)
    out = _outgoing(Due(ask.actor, week, ask.now, until), words.digest(told, ask.world))
    ask.store.outbox.put(replace(out, quiet_hours=False))
    return week, None


def _composed(ask: Ask, holiday: Holiday) -> ProgrammeDigest:
    return programme_digests.compose(ask.store, ask.world, ask.actor.user, ask.now, holiday)


def _put(
    store: Store,
    world: World,
    holiday: Holiday,
    one: Due,
    now: datetime,
    made: Mapping[str, Message | None],
) -> bool:
    if one.until <= now:
        late = _outgoing(one, words.foretold())
        return store.outbox.put(late, state=State.STALE, why=TOO_LATE)
    message = made[one.key] if one.key in made else _message(store, world, holiday, one, now)
    return message is not None and store.outbox.put(_outgoing(one, message))


def _message(
    store: Store, world: World, holiday: Holiday, one: Due, now: datetime
) -> Message | None:
    """None: the reader wants news only, and there is none. If it fails the groups' still come."""
    try:
        with store.savepoint():
            digest = programme_digests.compose(store, world, one.reader.user, now, holiday)
            digest = replace(digest, week=one.week)
            if digest.quiet and _wish(store, one.reader.user) is Wish.NEWS:
                return None
            return words.digest(digest, world)
    except Exception as error:  # told in the log and to the reader
        reference = secrets.token_hex(3).upper()
        log.error("digest.failed", key=one.key, reference=reference, exc_info=error)
        return words.not_made(reference)


def _is_unwanted(store: Store, world: World, holiday: Holiday, one: Due, at: datetime) -> bool:
    if _wish(store, one.reader.user) is not Wish.NEWS:
        return False
    return programme_digests.compose(store, world, one.reader.user, at, holiday).quiet


def _wish(store: Store, user: UserId) -> Wish:
    return store.digests.wishes(user).get((user, None), Wish.OFF)


def _outgoing(one: Due, message: Message) -> Outgoing:
    return Outgoing(
        key=one.key,
        subject=weeks.subject(None),
        kind=DIGEST,
        lane=one.reader.user,
        message=message,
        at=one.at,
        until=one.until,
        quiet_hours=True,
    )
