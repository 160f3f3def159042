"""People and groups by name: mentions in blocks only, so that nothing pings twice."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.domain.days import day_in
from bot.domain.items import Item
from bot.domain.model import Group, GroupKey, Person, UserId, World
from bot.domain.privacy import former
from bot.views.dates import day_words
from bot.views.text import bare, escape, mention, plain

MENTIONED = 3
"""A card names an owner and perhaps who closed it: well below five mentions a post."""


def name(user: str, world: World) -> str:
    """Such as "@handle", unescaped; of who was erased, what stands for them."""
    if (erased := former(user)) is not None:
        return erased
    person = world.people.get(UserId(user))
    said = bare(person.handle or person.name) if person else ""
    return f"@{said}" if said else "someone"


def away(user: str, world: World, now: datetime) -> date | None:
    """The first day back of who is away now."""
    person = world.people.get(UserId(user))
    back = person.away_until if person else None
    return back if person and back and day_in(now, person.zone) < back else None


def away_yourself(user: str, world: World, now: datetime) -> list[str]:
    """For mrkdwn, to themselves; nothing for who is here."""
    back = away(user, world, now)
    return [f"You are away until {day_words(back)}"] if back else []


def absent(item: Item, world: World, now: datetime) -> tuple[str, ...]:
    """Owners whom nothing reaches before the action is due, each in a sentence for `text`."""
    gone = ((user, away(user, world, now)) for user in item.owners)
    return tuple(
        f"{named([user], world)} is away until {day_words(back)}."
        for user, back in gone
        if back and _working(back, world.people[UserId(user)]) > item.due.day
    )


def _working(day: date, person: Person) -> date:
    """The day itself or their next working day."""
    week = (day + timedelta(days=n) for n in range(7))
    return next((one for one in week if one.weekday() in person.workdays), day)


def named(users: Sequence[str], world: World) -> str:
    """For `text`."""
    return _joined([plain(name(user, world)) for user in users[:10]], len(users))


def shown(users: Sequence[str], world: World) -> str:
    """For mrkdwn that is to ping nobody: lists, history, who added it."""
    return _joined([escape(name(user, world)) for user in users[:10]], len(users))


def mentioned(users: Sequence[str], world: World) -> str:
    """For mrkdwn."""
    first = [mention(user) for user in users[:MENTIONED]]
    rest = [escape(name(user, world)) for user in users[MENTIONED:10]]
    return _joined([*first, *rest], len(users))


def _joined(names: list[str], total: int) -> str:
    if total > len(names):
        return f"{', '.join(names)} and {total - len(names)} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def group_of(item: Item, world: World) -> Group:
    key = GroupKey(item.group)
    return world.groups.get(key) or Group(key=key, prefix="", short=item.group, name=item.group)


def zone_of(user: str, world: World) -> str:
    person = world.people.get(UserId(user))
    return person.zone if person else world.programme.zone
