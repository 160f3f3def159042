"""The weekly digest of a group: made for one reader, planned once a week, or asked for."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import weeks
from bot.domain.charge import in_charge
from bot.domain.days import day_in
from bot.domain.deciding import to_decide
from bot.domain.decisions import DecisionState
from bot.domain.digests import Digest, Wish
from bot.domain.figures import Sight, Tally, figures, is_closed, is_due_soon, is_overdue, sight
from bot.domain.items import Item
from bot.domain.model import Group, GroupKey, Person, Ref, Role, UserId, World
from bot.domain.notices import Holiday, programme_calendar
from bot.domain.outbox import Message, Outgoing, State
from bot.domain.state import Why
from bot.domain.weeks import Due
from bot.services import programme_readers, snapshots, status
from bot.services.access import Ask, authorize
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
TREND = 8
"""Weeks in the chart."""
DECIDED_AT_ONCE = 5
LISTED = 10
"""Actions that are named; all are counted."""
NEAR, AHEAD = timedelta(days=7), timedelta(days=42)
"""Deadlines so near are news; those so far ahead are named."""
TOO_LATE = "too late to be useful"


def compose(
    store: Store, world: World, group: Group, reader: UserId, now: datetime, holiday: Holiday
) -> Digest:
    """As it stands now, beside how it stood; however many actions, as many queries."""
    survey = status.surveyed(store, world, [group], now)
    calendar = programme_calendar(world, holiday)
    seen = sight(group, now, calendar, world.people)
    tallies = store.digests.tallies([group.key], seen.start)
    trend = store.digests.snapshots(group.key, now, TREND)
    waiting = to_decide(survey.items.get(group.key, ()), group, now, calendar)
    person = world.people.get(reader)
    digest = Digest(
        group=group,
        week=weeks.week_of(day_in(now, person.zone if person else group.zone)),
        now=now,
        reader=reader,
        status=survey.statuses[0],
        figures=figures(tallies, group, now, calendar, world.people),
        before=next((one for one in trend if one.at == seen.start), None),
        trend=trend,
        to_decide=len(waiting),
        instead=_instead(world, group, reader, now),
    )
    digest = _with_items(store, digest, seen, tallies, waiting[:DECIDED_AT_ONCE])
    digest = _with_the_rest(store, digest, seen)
    return replace(digest, quiet=_is_quiet(digest, seen))


def _with_items(
    store: Store,
    digest: Digest,
    seen: Sight,
    tallies: Sequence[Tally],
    waiting: Sequence[tuple[Ref, Why]],
) -> Digest:
    """Those that are named, in full."""
    still = sorted((t for t in tallies if not t.state.closed), key=lambda t: (t.due_day, t.id))
    overdue = [tally.ref for tally in still if is_overdue(tally, seen)][:LISTED]
    soon = [tally.ref for tally in still if is_due_soon(tally, seen)][:LISTED]
    done = [tally for tally in tallies if is_closed(tally, seen)]
    done.sort(key=lambda tally: (tally.closed_at or digest.now, tally.id), reverse=True)
    closed = [tally.ref for tally in done[:LISTED]]
    wanted = {*overdue, *soon, *closed, *(ref for ref, _ in waiting)}
    found = {item.ref: item for item in (store.items.many(wanted) if wanted else ())}

    def named(refs: Iterable[Ref]) -> tuple[Item, ...]:
        return tuple(found[ref] for ref in refs)

    return replace(
        digest,
        decide=tuple((found[ref], why) for ref, why in waiting),
        overdue=named(overdue),
        due_soon=named(soon),
        closed=named(closed),
    )


def _with_the_rest(store: Store, digest: Digest, seen: Sight) -> Digest:
    """Deadlines, the preparation of the next meeting, and what was decided."""
    open_ = store.deadlines.of_groups([digest.group.key])
    decided = store.decisions.of_group(digest.group.key, seen.start)
    meeting = digest.status.meeting
    slipped = (
        deadline
        for deadline in open_
        if any(move.at >= seen.start and move.new > move.old for move in deadline.moves)
    )
    return replace(
        digest,
        decisions=tuple(d for d in decided if d.state is not DecisionState.WITHDRAWN),
        deadlines=tuple(d for d in open_ if d.due <= seen.today + AHEAD),
        slipped=tuple(slipped),
        preparation=store.meetings.preparation([meeting.id])[meeting.id] if meeting else (),
    )


def _is_quiet(digest: Digest, seen: Sight) -> bool:
    """Nothing late, near, waiting, slipped or decided, and no preparation that is late."""
    near = any(deadline.due <= seen.today + NEAR for deadline in digest.deadlines)
    counted = digest.figures.overdue or digest.figures.due_soon or digest.to_decide
    told = digest.status.judged.because or digest.slipped or digest.decisions
    return not (near or counted or told)


def _instead(world: World, group: Group, reader: UserId, now: datetime) -> str:
    """Why it comes to somebody who is not the chair; empty for the chair, and who only looks."""
    chairs = _here(world, world.holding(Role.CHAIR, group.key))
    if reader in chairs or reader not in in_charge(world, group.key, now):
        return ""
    cochairs = _here(world, world.holding(Role.COCHAIR, group.key))
    if reader in cochairs:
        return notes.CHAIR_AWAY if chairs else notes.NO_CHAIR
    return notes.BOTH_AWAY if chairs or cochairs else notes.NOBODY


def _here(world: World, users: Iterable[UserId]) -> set[UserId]:
    people = (world.people[user] for user in users if user in world.people)
    return {person.user for person in people if not (person.left or person.bot)}


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


def wish_of(ask: Ask, group: Group | None) -> Wish:
    """What the asker gets: each digest of a group, none over all groups, until they choose."""
    usual = Wish.OFF if group is None else Wish.ON
    chosen = ask.store.digests.wishes(ask.actor.user)
    return chosen.get((ask.actor.user, _key(group)), usual)


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
            digest = replace(digest, week=one.week)
            if digest.quiet and _wish(store, one) is Wish.NEWS:
                return None
            return words.digest(digest, world)
    except Exception as error:  # told in the log and to the reader
        reference = secrets.token_hex(3).upper()
        log.error("digest.failed", key=one.key, reference=reference, exc_info=error)
        return notes.not_made(one.group, reference)


def _is_unwanted(store: Store, world: World, holiday: Holiday, one: Due, at: datetime) -> bool:
    if _wish(store, one) is not Wish.NEWS:
        return False
    return compose(store, world, one.group, one.reader.user, at, holiday).quiet


def _wish(store: Store, one: Due) -> Wish:
    return store.digests.wishes(one.reader.user).get(_pair(one), Wish.ON)


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
