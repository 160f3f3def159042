"""A date moved: the chairs of those it hits hear of it that day, in their daily message."""

from collections.abc import Iterable
from datetime import timedelta

from bot.domain.days import day_in
from bot.domain.deadlines import Deadline
from bot.domain.knock_on import Hit
from bot.domain.model import UserId
from bot.domain.notices import DAILY
from bot.domain.outbox import Outgoing
from bot.domain.preparation import takes_part
from bot.services.access import Ask, Op, who_can
from bot.views.deadline_answers import slip

SLIP = "slip"
USEFUL = timedelta(days=7)


def tell(ask: Ask, deadline: Deadline, hits: Iterable[Hit]) -> None:
    """Instead of what an earlier move of it had to say and has not said yet."""
    ask.store.outbox.withdraw(deadline.subject, kinds=frozenset({SLIP}))
    concerned: dict[UserId, tuple[Hit, ...]] = {}
    for hit in hits:
        for user in _chairs(ask, hit):
            concerned[user] = (*concerned.get(user, ()), hit)
    concerned.pop(ask.actor.user, None)
    for user, theirs in concerned.items():
        day = day_in(ask.now, ask.world.people[user].zone)
        ask.store.outbox.put(
            Outgoing(
                key=f"{deadline.subject}:{SLIP}:{user}:{day}",
                subject=deadline.subject,
                kind=SLIP,
                lane=user,
                message=slip(deadline, theirs, ask.world),
                at=ask.now,
                until=ask.now + USEFUL,
                bundle=DAILY,
                quiet_hours=True,
            )
        )


def _chairs(ask: Ask, hit: Hit) -> tuple[UserId, ...]:
    """Of its groups, or who stands in for them; without any the coordinators."""
    keys = takes_part(hit.step.groups, ask.world)
    users = (user for key in keys for user in who_can(ask.world, Op.SET_GROUP, key, ask.now))
    return tuple(dict.fromkeys(users))
