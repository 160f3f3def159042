"""A date moved: the chairs of those it hits hear of it that day, within their own hours."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from bot.domain.charge import in_charge
from bot.domain.days import day_in, instant
from bot.domain.history import UNDO_FOR
from bot.domain.knock_on import Hit
from bot.domain.model import GroupState, UserId
from bot.domain.notices import DAILY
from bot.domain.outbox import Outgoing, Sent, State
from bot.domain.preparation import takes_part
from bot.domain.things import Thing, due_day
from bot.services import chains
from bot.services.access import Ask
from bot.views.deadline_answers import slip

SLIP = "slip"
USEFUL = timedelta(days=21)


def follow(ask: Ask, thing: Thing) -> None:
    """The chairs whom a move of it just now hits hear what is not said yet.

    What waits to be said of that which it needs is looked at anew: it may be hit no more.
    """
    _tell(ask, thing)
    for need in chains.all_needed(ask.store, thing):
        if _unsaid(ask, need):
            _tell(ask, need)


def _tell(ask: Ask, thing: Thing) -> None:
    """Instead of what an earlier move of it had to say and has not said yet."""
    unsaid = _unsaid(ask, thing)
    since = min([ask.now, *(row.out.until - USEFUL for row in unsaid)])
    if unsaid:
        ask.store.outbox.withdraw(thing.subject, kinds=frozenset({SLIP}))
    moves = [move for move in thing.moves if move.at >= since]
    if moves and due_day(thing) > moves[0].old:
        hits = chains.slipped(ask.store, thing.ref, moves[0].old)
        for user, theirs in _concerned(ask, hits).items():
            if user != moves[-1].by:
                _say(ask, thing, user, theirs, since)


def _unsaid(ask: Ask, thing: Thing) -> list[Sent]:
    rows = ask.store.outbox.about(thing.subject)
    return [row for row in rows if row.out.kind == SLIP and row.state is State.PENDING]


def _concerned(ask: Ask, hits: Iterable[Hit]) -> dict[UserId, tuple[Hit, ...]]:
    """Who minds each group that is hit, and what of theirs is."""
    found: dict[UserId, tuple[Hit, ...]] = {}
    groups = ask.world.groups
    for hit in hits:
        keys = takes_part(hit.step.groups, ask.world)
        active = [k for k in keys if k in groups and groups[k].state is GroupState.ACTIVE]
        users = (user for key in active for user in in_charge(ask.world, key, ask.now))
        for user in dict.fromkeys(users):
            found[user] = (*found.get(user, ()), hit)
    return found


def _say(ask: Ask, thing: Thing, user: UserId, hits: tuple[Hit, ...], since: datetime) -> None:
    """Once a day: what that day has said already is followed by another day's.

    Not while the move can be undone. `since`: when what is not said yet began; it is kept in how
    long it is worth saying.
    """
    zone = ask.world.people[user].zone
    at = ask.now + UNDO_FOR
    day = day_in(at, zone)
    while not ask.store.outbox.put(
        Outgoing(
            key=f"{thing.subject}:{SLIP}:{user}:{day}",
            subject=thing.subject,
            kind=SLIP,
            lane=user,
            message=slip(thing, hits, ask.world),
            at=max(at, instant(day, time(0), zone)),
            until=since + USEFUL,
            bundle=DAILY,
            quiet_hours=False,
        )
    ):
        day += timedelta(days=1)
