"""What will be said to one person if nothing changes: planning and delivery, played in advance."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.domain import notices
from bot.domain.foretold import Foretold
from bot.domain.model import ChannelId, Person, UserId, World
from bot.domain.notices import ESCALATE, Holiday, Notice
from bot.domain.outbox import Outgoing, State, Way
from bot.domain.things import notices_of
from bot.services import digests, occasions, things
from bot.services.delivery import allowed_at, latest
from bot.services.drafts import outgoing
from bot.services.lines import beside
from bot.services.notices import PLAN_MARK
from bot.services.occasions import Moment
from bot.storage.database import Store
from bot.views.escalations import Told
from bot.views.forecasts import Coming
from bot.views.notices import HELLO


@dataclass(frozen=True, slots=True)
class _Planned:
    """What planning is to put from `at` on; `row` makes it as it is at that moment."""

    at: datetime
    row: Callable[[datetime], Outgoing]


def brought(
    store: Store,
    holiday: Holiday,
    now: datetime,
    until: datetime,
    country_name: Callable[[str], str] = str,
) -> tuple[Foretold, ...]:
    """What the clock is to bring for meetings, to everybody."""
    mark = store.marks.get(PLAN_MARK)
    moment = Moment(now, mark.at if mark else now, store.groups.world(), holiday, country_name)
    return occasions.foretold(store, moment, until)


def in_channel(
    store: Store, lane: ChannelId, others: Sequence[Foretold], now: datetime, until: datetime
) -> tuple[Coming, ...]:
    """What waits for a channel, and what `brought` tells of it."""
    found = [
        Coming(max(now, row.out.at), (row.out.message,))
        for row in store.outbox.waiting(lane)
        if row.out.way is Way.POST and row.state is State.PENDING and row.out.at <= until
    ]
    found += [
        Coming(one.at, (one.out.message,), only_if=(one.only_if,))
        for one in others
        if one.out is not None and one.out.lane == lane
    ]
    return tuple(sorted(found, key=lambda one: one.at))


def foretold(
    store: Store,
    person: Person,
    holiday: Holiday,
    now: datetime,
    until: datetime,
    others: Sequence[Foretold] = (),
) -> tuple[Coming, ...]:
    """Message by message, as the ticks would say them; Slack is supposed to take each at once.

    `others`: what `brought` tells.
    """
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
    planned = [
        *_planned(store, person.user, world, holiday, now, until),
        *_digests(store, person, world, holiday, now, until),
    ]
    mine = [(one, out) for one in others if (out := one.out) and out.lane == person.user]
    planned += [_Planned(one.at, partial(_already, out)) for one, out in mine]
    ticks = [(one.at, one.ticks) for one in others if one.ticks]
    only_if = {out.key: one.only_if for one, out in mine}
    day = _Days(person, world, holiday, waiting, said, ticks, only_if)
    return day.until(until, planned, now)


def _planned(
    store: Store, user: UserId, world: World, holiday: Holiday, now: datetime, until: datetime
) -> list[_Planned]:
    """What planning has yet to put for this person, in the order in which it does."""
    mark = store.marks.get(PLAN_MARK)
    looked = mark.at if mark else now
    found = [
        (thing, notice, _told_meanwhile(all_, notice, now))
        for thing in things.reaching(store, world, user, min(now, looked), until.date())
        for all_ in [notices_of(thing, world, holiday)]
        for notice in all_
        if notice.to == user and notice.at <= until and (notice.until > now or notice.at > looked)
    ]
    standing = store.outbox.standing(tuple(notice.key for _, notice, _ in found))
    around = beside(store, ((thing, notice.kind) for thing, notice, _ in found))
    return [
        _Planned(notice.at, partial(outgoing, around, thing, notice, world, later=later))
        for thing, notice, later in found
        if notice.key not in standing
    ]


def _told_meanwhile(all_: tuple[Notice, ...], notice: Notice, now: datetime) -> Told:
    """Others who are to hear of the same before, and have not yet."""
    if notice.kind != ESCALATE:
        return ()
    others = (n for n in all_ if n.kind == ESCALATE and n.to != notice.to)
    return tuple((n.to, n.at) for n in others if now < n.at < notice.at)


def _digests(
    store: Store, person: Person, world: World, holiday: Holiday, now: datetime, until: datetime
) -> list[_Planned]:
    planned = digests.planned_for(store, world, person, holiday, now, until)
    return [_Planned(out.at, partial(_already, out)) for out in planned]


def _already(out: Outgoing, moment: datetime) -> Outgoing:
    return out


@dataclass(slots=True)
class _Days:
    """One person's lane; `rows` wait in it, in the order of putting.

    `ticks`: when items of checklists are done by themselves, by their subjects.
    """

    person: Person
    world: World
    holiday: Holiday
    rows: list[Outgoing]
    said: dict[str, datetime | None]
    ticks: Sequence[tuple[datetime, str]]
    only_if: Mapping[str, str]
    """By the keys of rows."""

    def until(self, end: datetime, planned: list[_Planned], now: datetime) -> tuple[Coming, ...]:
        found: list[Coming] = []
        moment = now
        while moments := [*(out.at for out in self.rows), *(one.at for one in planned)]:
            moment = max(moment, min(moments))
            if moment > end:
                break
            self.rows += [one.row(moment) for one in planned if one.at <= moment]
            planned = [one for one in planned if one.at > moment]
            done = {subject for at, subject in self.ticks if at <= moment}
            self.rows = [out for out in self.rows if out.subject not in done]
            while head := self._head(moment):
                found += self._say(head, moment)
        return tuple(found)

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
        told = latest(out for out in together if out.until > now)
        lines = tuple(out.message for out in told)
        only_if = tuple(self.only_if.get(out.key, "") for out in told)
        return [Coming(now, lines, daily=head.bundle is not None, only_if=only_if)]
