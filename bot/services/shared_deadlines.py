"""A deadline that is for a group of other people too: its chairs hear of it that day."""

from datetime import timedelta

from bot.domain.charge import in_charge
from bot.domain.deadlines import Deadline
from bot.domain.history import UNDO_FOR
from bot.domain.model import GroupKey
from bot.domain.notices import DAILY
from bot.domain.outbox import Outgoing, State
from bot.services.access import Ask, Op, allowed, authorize
from bot.views.deadline_answers import shared

SHARED = "shared"
USEFUL = timedelta(days=7)


def may_add(ask: Ask, keys: tuple[GroupKey, ...]) -> None:
    """Who may in one of the groups may for all that are named; for every group: coordinators."""
    theirs = [key for key in keys if _may(ask, key)]
    authorize(ask, Op.ADD_DEADLINE, next(iter([*theirs, *keys]), None))


def others(ask: Ask, keys: tuple[GroupKey, ...]) -> tuple[GroupKey, ...]:
    """Those of the groups for which the asker could not add it alone."""
    return tuple(key for key in keys if not _may(ask, key))


def announce(ask: Ask, made: Deadline) -> None:
    """Not while its adding can be undone, and in the readers' own hours."""
    groups = others(ask, made.groups)
    for user in {user for key in groups for user in in_charge(ask.world, key, ask.now)}:
        ask.store.outbox.put(
            Outgoing(
                key=f"{made.subject}:{SHARED}:{user}",
                subject=made.subject,
                kind=SHARED,
                lane=user,
                message=shared(made, ask.actor.user, ask.world),
                at=ask.now + UNDO_FOR,
                until=ask.now + USEFUL,
                bundle=DAILY,
            )
        )


def follow(ask: Ask, deadline: Deadline) -> None:
    """What is not said yet of it is said as it is now, or no more."""
    if deadline.stage.closed:
        ask.store.outbox.withdraw(deadline.subject, kinds=frozenset({SHARED}))
        return
    for row in ask.store.outbox.about(deadline.subject):
        if row.out.kind == SHARED and row.state is State.PENDING:
            words = shared(deadline, deadline.created_by, ask.world)
            ask.store.outbox.reword(row.out.key, words)


def _may(ask: Ask, key: GroupKey) -> bool:
    return allowed(ask.world, ask.actor, Op.ADD_DEADLINE, key, ask.now)
