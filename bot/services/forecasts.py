"""What will be said to one person if nothing changes: planning and delivery, played in advance."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import item_notices, notices
from bot.domain.items import Item
from bot.domain.model import Person, UserId, World
from bot.domain.notices import Holiday, Notice
from bot.domain.outbox import Outgoing, State, Way
from bot.services.delivery import allowed_at, parts
from bot.services.notices import PLAN_MARK, outgoing
from bot.storage.database import Store
from bot.views.explanations import Coming
from bot.views.notices import HELLO

Planned = tuple[Item, Notice]


def foretold(
    store: Store, person: Person, holiday: Holiday, now: datetime, until: datetime
) -> tuple[Coming, ...]:
    """Message by message, as the ticks would say them; Slack is supposed to take each at once."""
    world = store.groups.world()
    waiting = [
        replace(row.out, at=max(row.out.at, row.next_try or row.out.at))
        for row in store.outbox.waiting(person.user)
        if row.out.way is Way.POST and row.state is State.PENDING
    ]
    said = {
        bundle: store.outbox.last_said(person.user, bundle)
        for bundle in {notices.DAILY, *(out.bundle for out in waiting if out.bundle)}
    }
    planned = _planned(store, person.user, world, holiday, now)
    day = _Days(person, world, holiday, waiting, said)
    return day.until(until, planned, now)


def _planned(
    store: Store, user: UserId, world: World, holiday: Holiday, now: datetime
) -> list[Planned]:
    """What planning has yet to put for this person, in the order in which it does."""
    mark = store.marks.get(PLAN_MARK)
    looked = mark.at if mark else now
    items = {i.id: i for i in (*store.items.open_of(user), *store.items.open_given_by(user))}
    found = [
        (item, notice)
        for item in sorted(items.values(), key=_order)
        for notice in item_notices.for_item(item, world, holiday)
        if notice.to == user and (notice.until > now or notice.at > looked)
    ]
    standing = store.outbox.standing(tuple(notice.key for _, notice in found))
    return [(item, notice) for item, notice in found if notice.key not in standing]


def _order(item: Item) -> tuple[object, ...]:
    return item.due.day, int(item.ref.rpartition("-")[2]), item.id


@dataclass(slots=True)
class _Days:
    """One person's lane; `rows` wait in it, in the order of putting."""

    person: Person
    world: World
    holiday: Holiday
    rows: list[Outgoing]
    said: dict[str, datetime | None]

    def until(self, end: datetime, planned: list[Planned], now: datetime) -> tuple[Coming, ...]:
        found: list[Coming] = []
        moment = now
        while moments := [*(out.at for out in self.rows), *(n.at for _, n in planned)]:
            moment = max(moment, min(moments))
            if moment > end:
                break
            self._put([one for one in planned if one[1].at <= moment], moment)
            planned = [one for one in planned if one[1].at > moment]
            while head := self._head(moment):
                found += self._say(head, moment)
        return tuple(found)

    def _put(self, due: Iterable[Planned], now: datetime) -> None:
        self.rows += [outgoing(item, notice, self.world, now) for item, notice in due]

    def _head(self, now: datetime) -> Outgoing | None:
        return min((o for o in self.rows if o.at <= now), key=lambda o: o.at, default=None)

    def _say(self, head: Outgoing, now: datetime) -> list[Coming]:
        if head.until <= now:
            self.rows.remove(head)
            return []
        said = self.said.get(head.bundle or "")
        allowed = allowed_at(head, self.person, self.world, self.holiday, said, now)
        if allowed > now:
            self.rows[self.rows.index(head)] = replace(head, at=allowed)
            return []
        alike = [o for o in self.rows if o.bundle and o.bundle == head.bundle]
        others = [o for o in alike if o.at <= now or o.kind == HELLO]
        together = sorted(others or [head], key=lambda o: (o is not head, o.at))
        self.rows = [out for out in self.rows if out not in together]
        if head.bundle and head.quiet_hours:
            self.said[head.bundle] = now
        lines = parts(out for out in together if out.until > now)
        return [Coming(now, lines, daily=head.bundle is not None)]
