"""What is said of a decision unasked: its card, and lines in daily messages."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from bot.domain.charge import in_charge
from bot.domain.decisions import Decision, DecisionState
from bot.domain.model import UserId, World
from bot.domain.notices import DAILY
from bot.domain.objections import closes, voters
from bot.domain.outbox import Message, Outgoing, State
from bot.services import cards
from bot.storage.database import Store
from bot.views import decision_answers as words
from bot.views.decisions import card

PROPOSED, OBJECTED, SETTLED = "proposed", "objected", "settled"
ASKING = frozenset({PROPOSED, OBJECTED})
"""Kinds that ask for something: unsaid as soon as there is nothing to be answered."""
USEFUL = timedelta(days=14)

Words = Callable[[UserId], Message]


def follow(store: Store, world: World, decision: Decision, now: datetime) -> None:
    """After any change: the card tells it, and only who is needed is asked, once a window."""
    store.outbox.withdraw(decision.subject, kinds=ASKING)
    if not decision.taken_back:
        _ask(store, world, decision, now)
    show(store, world, decision, now)


def tell_settled(
    store: Store, world: World, decision: Decision, now: datetime, by: UserId | None = None
) -> None:
    """Who proposed it, who objected and who minds the group hear how it ended; `by` knows."""
    users = [decision.created_by, *(objection.by for objection in decision.objections)]
    if by is None:
        users += in_charge(world, decision.group, now)
    others = (user for user in users if user != by)
    said = words.settled(decision, world)
    _put(store, world, decision, SETTLED, others, lambda user: said, now, now + USEFUL)


def _ask(store: Store, world: World, decision: Decision, now: datetime) -> None:
    end = closes(decision, world)
    if end is not None:
        users = [p.user for p in voters(world, decision.group) if p.user != decision.created_by]
        asked = words.proposed(decision, world)
        _put(store, world, decision, PROPOSED, users, lambda user: asked, now, end)
    elif decision.state is DecisionState.OBJECTED:
        minding = in_charge(world, decision.group, now)
        told = (*minding, decision.created_by)
        users = [user for user in told if user != decision.objections[-1].by]
        _put(
            store,
            world,
            decision,
            OBJECTED,
            users,
            lambda user: words.objected(decision, world, minds=user in minding),
            now,
            now + USEFUL,
        )


def _put(
    store: Store,
    world: World,
    decision: Decision,
    kind: str,
    users: Iterable[UserId],
    said: Words,
    now: datetime,
    until: datetime,
) -> None:
    for user in dict.fromkeys(users):
        person = world.people.get(user)
        if person is None or person.left or person.bot:
            continue
        mark = decision.version if kind == SETTLED else decision.objections_by
        store.outbox.put(
            Outgoing(
                key=f"{decision.subject}:{kind}:{mark}:{user}",
                subject=decision.subject,
                kind=kind,
                lane=user,
                message=said(user),
                at=now,
                until=until,
                bundle=DAILY,
                quiet_hours=True,
            )
        )


def show(store: Store, world: World, decision: Decision, now: datetime) -> None:
    """Post the card into the group's channel if there is one, or rewrite the one that is there."""
    message = card(decision, world)
    there = store.outbox.by_key(decision.card_key)
    if there is not None and there.state is not State.PENDING:
        store.outbox.put(cards.edit(there, message, f"v{decision.version}", now))
        return
    group = world.groups.get(decision.group)
    channel = there.out.lane if there else group and group.channel
    if channel:
        store.outbox.put(
            Outgoing(
                key=decision.card_key,
                subject=decision.subject,
                kind=cards.CARD,
                lane=channel,
                message=message,
                at=now,
                until=now + cards.CARD_USEFUL,
            )
        )
