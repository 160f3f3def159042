"""The week's digest of a group before its hour, and when a person's next one comes."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import weeks
from bot.domain.charge import in_charge
from bot.domain.days import day_in, next_allowed
from bot.domain.digests import Digest, Wish
from bot.domain.model import Group, UserId
from bot.domain.notices import Holiday, calendar_of, hours_of
from bot.domain.weeks import Due
from bot.services import digests, programme_readers
from bot.services.access import Ask, authorize
from bot.services.digest_contents import compose
from bot.services.rights import Op

AHEAD = 6 * weeks.WEEK
"""So far a next one is looked for."""


@dataclass(frozen=True, slots=True)
class Called:
    """`to`: who gets it now. `before`: since when others have it. `unwanted`: who wants none."""

    week: str
    to: tuple[UserId, ...] = ()
    before: datetime | None = None
    unwanted: tuple[UserId, ...] = ()


def seen(ask: Ask, group: Group, holiday: Holiday) -> Digest:
    """As it stands now, for the asker's eyes."""
    authorize(ask, Op.SEE_DIGEST, group.key)
    return compose(ask.store, ask.world, group, ask.actor.user, ask.now, holiday)


def send(ask: Ask, group: Group, holiday: Holiday) -> Called:
    """The week's own to each of its readers who has not had it.

    To the asker at once, to others in their working hours. Raises NotAllowed.
    """
    authorize(ask, Op.SEE_DIGEST, group.key)
    users = in_charge(ask.world, group.key, ask.now)
    found = [_due(ask, group, user, holiday) for user in users if user in ask.world.people]
    keys = [one.key for one in found]
    standing = ask.store.outbox.standing(keys)
    said = [row for key, row in ask.store.outbox.by_keys(keys).items() if key in standing]
    left = [one for one in found if one.key not in standing]
    put = [one for one in left if _wants(ask, one) and _put(ask, one, holiday)]
    return Called(
        week=found[0].week if found else weeks.week_of(day_in(ask.now, group.zone)),
        to=tuple(one.reader.user for one in put),
        before=min((row.last_sent or row.out.at for row in said), default=None),
        unwanted=tuple(one.reader.user for one in left if one not in put),
    )


def _put(ask: Ask, one: Due, holiday: Holiday) -> bool:
    put = digests.put_due(ask.store, ask.world, holiday, one, ask.now)
    row = ask.store.outbox.by_key(one.key)
    if put and row is not None and one.reader.user == ask.actor.user:
        ask.store.outbox.put(replace(row.out, quiet_hours=False))
    return put


def next_of(ask: Ask, group: Group | None, holiday: Holiday) -> datetime | None:
    """When the asker's next one comes; None: it does not come to them as things stand."""
    user, until = ask.actor.user, ask.now + AHEAD
    if group is None:
        for_all = programme_readers.due(ask.store, ask.world, holiday, ask.now, until, user)
        return min((one.at for one in for_all), default=None)
    own = digests.due(ask.store, ask.world, holiday, ask.now, until, user)
    return min((one.at for one in own if one.group.key == group.key), default=None)


def _due(ask: Ask, group: Group, user: UserId, holiday: Holiday) -> Due:
    """This week's if it is put, else that of the week which is meant, until the next one comes."""
    person, now = ask.world.people[user], ask.now
    week, until = weeks.called(ask.world, holiday, group.settings, person, now)
    this = Due(group, person, weeks.week_of(day_in(now, person.zone)), now, until)
    if ask.store.outbox.standing([this.key]):
        return this
    calendar = calendar_of(person, ask.world, holiday)
    opens = next_allowed(now, person.zone, hours_of(person), calendar)
    own = weeks.digest_at(weeks.monday_of(week), person, group.settings, calendar)
    at = own if own and now < own < opens else opens
    return replace(this, week=week, at=now if user == ask.actor.user else at)


def _wants(ask: Ask, one: Due) -> bool:
    """Who asks for it wants this one."""
    user = one.reader.user
    wish = ask.store.digests.wishes(user).get((user, one.group.key), Wish.ON)
    return user == ask.actor.user or wish is not Wish.OFF
