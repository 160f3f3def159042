"""What a person hears of their own roles: in the message of the day, as they stand by then."""

from datetime import timedelta

from bot.domain.model import Group, GroupKey, GroupState, Role, UserId
from bot.domain.notices import DAILY
from bot.domain.outbox import Message, Outgoing
from bot.services.access import Ask
from bot.views import roles as view

ROLE = "role"
USEFUL = timedelta(days=14)


def given(ask: Ask, user: UserId, role: Role, group: Group | None) -> None:
    """`group` None: a role of the programme. Who names themselves need not be told."""
    _say(ask, user, group, view.given(role, group, ask.actor.user, ask.world))


def taken(ask: Ask, user: UserId, roles: tuple[Role, ...], group: Group | None) -> None:
    """Only who is in a group still is written to; others hear nothing of it any more."""
    world = ask.store.groups.world()
    active = {key for key, other in world.groups.items() if other.state is GroupState.ACTIVE}
    person = world.people.get(user)
    if person is None or person.left or not any(m.group in active for m in world.roles(user)):
        ask.store.outbox.withdraw(_subject(group.key if group else None, user))
        return
    _say(ask, user, group, view.taken(roles, group, ask.actor.user, ask.world))


def unsaid(ask: Ask, key: GroupKey) -> None:
    """The group has ended: what was to be said of its roles is not."""
    for member in ask.store.groups.members(key):
        ask.store.outbox.withdraw(_subject(key, member.user))


def _say(ask: Ask, user: UserId, group: Group | None, message: Message) -> None:
    """Instead of what waits about the same; whoever did it to themselves knows."""
    subject = _subject(group.key if group else None, user)
    ask.store.outbox.withdraw(subject)
    if user == ask.actor.user:
        return
    ask.store.outbox.put(
        Outgoing(
            key=f"{subject}:{ask.key}",
            subject=subject,
            kind=ROLE,
            lane=user,
            message=message,
            at=ask.now,
            until=ask.now + USEFUL,
            bundle=DAILY,
            quiet_hours=True,
        )
    )


def _subject(key: GroupKey | None, user: UserId) -> str:
    return f"{ROLE}:{key or ''}:{user}"
