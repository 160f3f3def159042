"""Roles in words: to who names them, and to whom they are given or taken."""

from collections.abc import Sequence

from bot.domain.model import Group, Role, UserId, World
from bot.domain.outbox import Message
from bot.views.blocks import message, section
from bot.views.people import named
from bot.views.text import plain

AS = {
    Role.CHAIR: "the chair",
    Role.COCHAIR: "a co-chair",
    Role.MEMBER: "a member",
    Role.PARTNER: "a lived-experience partner",
    Role.OBSERVER: "an observer",
    Role.GUEST: "a guest",
    Role.COORDINATOR: "a coordinator",
    Role.STEERING: "a member of the steering committee",
}
"""With their article: "is now …"."""
_TITLES = {Role.CHAIR: "chair", Role.COCHAIR: "co-chair"}
_IN_THE_GROUP = "You see its actions, add your own and note what you know."
_MAY = {
    Role.CHAIR: "You can change all its actions, say who is what, and hand over what is left.",
    Role.COCHAIR: "While the chair is away, you can do all that the chair can.",
    Role.COORDINATOR: "You can see and change everything in all groups.",
    Role.STEERING: "You can read what all groups do.",
}


def role_named(
    person: UserId, role: Role, group: Group | None, world: World, *, again: bool = False
) -> Message:
    """`group` None: a role of the programme; `again`: nothing changed."""
    said = f"{named([person], world)} is {'' if again else 'now '}{AS[role]}{of(group)}"
    text = f"{said} already. Nothing changed." if again else f"{said}."
    return message(text, section("role:said", text))


def given(role: Role, group: Group | None, by: UserId, world: World) -> Message:
    """To whom it is given: one part of a daily message."""
    as_ = _TITLES.get(role, AS[role])
    may = _MAY.get(role, _IN_THE_GROUP)
    return _part(group, f"You are now {as_}{of(group)}, named by {named([by], world)}. {may}")


def taken(roles: Sequence[Role], group: Group | None, by: UserId, world: World) -> Message:
    """`roles`: those of the programme that they had, where `group` is None."""
    what = f"in {short(group)}" if group else " or ".join(AS[role] for role in roles)
    return _part(group, f"You are no longer {what}: {named([by], world)} took you out.")


def _part(group: Group | None, text: str) -> Message:
    return message(text, section(f"role:{group.key if group else 'all'}", text))


def of(group: Group | None) -> str:
    return f" of {short(group)}" if group else ""


def short(group: Group) -> str:
    return plain(group.short or group.name)
