"""The notices of all that is open, kept from one look to the next: a shortcut, the rows decide."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.domain.items import Item
from bot.domain.meetings import MeetingId, OwnerRole
from bot.domain.model import TeamId, World
from bot.domain.notices import Holiday, Notice
from bot.domain.preparation import preparation_subject
from bot.domain.preparation_notices import REACH, Duty, days_between
from bot.domain.things import Reminded, may_be_due, notices_of
from bot.services import duties
from bot.storage.database import Store

Days = tuple[date, date]
FEW = 500
"""So many are read by their ids; of more all are read."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """One thing at one version; `notices` None: nothing of it lay between these `days`."""

    stamp: object
    thing: Reminded
    notices: tuple[Notice, ...] | None = None
    days: Days | None = None


@dataclass(frozen=True, slots=True)
class _Look:
    """What was found in a world; of another world nothing of it is of use."""

    team: TeamId
    world: World
    kept: Mapping[str, _Kept]


@dataclass(slots=True)
class Remembered:
    """Replaced as a whole after each look: two that look at the same time do no harm."""

    _last: _Look | None = field(default=None)

    def due(
        self, store: Store, world: World, holiday: Holiday, now: datetime, mark: datetime
    ) -> Iterator[tuple[Reminded, Notice]]:
        """Those whose hour has come, and that are still useful or came after the mark."""
        days = now.date(), min(mark, now).date()
        known, near = self._known(store, world), days_between(world, mark, now)
        kept = {subject: one for subject, one in known.items() if _is_far(one, near[1])}
        for one in _all(store, known, near):
            if one.notices is None and one.days != days:
                worth = may_be_due(one.thing, world, now, mark)
                found = notices_of(one.thing, world, holiday) if worth else None
                one = replace(one, notices=found, days=days)
            kept[one.thing.subject] = one
        self._last = _Look(store.team, world, kept)
        for one in kept.values():
            for notice in one.notices or ():
                if notice.at <= now and (notice.until > now or notice.at > mark):
                    yield one.thing, notice

    def all(
        self, store: Store, world: World, holiday: Holiday, now: datetime
    ) -> tuple[Notice, ...]:
        """Of everything, those ahead among them."""
        kept: dict[str, _Kept] = {}
        for one in _all(store, self._known(store, world), (now.date() - REACH, date.max)):
            if one.notices is None:
                one = replace(one, notices=notices_of(one.thing, world, holiday))
            kept[one.thing.subject] = one
        self._last = _Look(store.team, world, kept)
        return tuple(notice for one in kept.values() for notice in one.notices or ())

    def _known(self, store: Store, world: World) -> Mapping[str, _Kept]:
        last = self._last
        return last.kept if last and (last.team, last.world) == (store.team, world) else {}


def _is_far(one: _Kept, last: date) -> bool:
    """Not looked at now: whether it is as it was is seen when its days come near."""
    return isinstance(one.thing, Duty) and one.thing.item.due > last


def _all(store: Store, known: Mapping[str, _Kept], near: Days) -> Iterator[_Kept]:
    """All that is open, as it is kept or else as it is now; for meetings what is due these days."""
    stamps = store.items.open_stamps()
    fresh = [
        stamp.id
        for stamp in stamps
        if (one := known.get(f"item:{stamp.id}")) is None or one.stamp != stamp
    ]
    read: dict[int, Item] = {item.id: item for item in _read(store, fresh)}
    for stamp in stamps:
        if stamp.id in read:
            yield _Kept(stamp, read[stamp.id])
        else:
            yield known[f"item:{stamp.id}"]
    for deadline in store.deadlines.all_open():
        old = known.get(deadline.subject)
        yield old if old and old.stamp == deadline else _Kept(deadline, deadline)
    yield from _owed(store, known, near)


def _owed(store: Store, known: Mapping[str, _Kept], near: Days) -> Iterator[_Kept]:
    """Who owes what goes by open actions is asked for each time."""
    stamps = store.meetings.owed_stamps(*near)
    named = [(preparation_subject(MeetingId(one.meeting), one.n), one) for one in stamps]
    fresh = {
        MeetingId(stamp.meeting)
        for subject, stamp in named
        if (one := known.get(subject)) is None
        or one.stamp != stamp
        or stamp.role is OwnerRole.ACTION_OWNERS
    }
    read = {one.subject: one for one in (duties.of_meetings(store, fresh) if fresh else ())}
    for subject, stamp in named:
        old, duty = known.get(subject), read.get(subject)
        if old is not None and duty in (None, old.thing):
            yield replace(old, stamp=stamp)
        elif duty is not None:
            yield _Kept(stamp, duty)


def _read(store: Store, fresh: list[int]) -> Iterable[Item]:
    if not fresh:
        return ()
    return store.items.all_open() if len(fresh) > FEW else store.items.by_ids(fresh)
