"""The notices of all that is open, kept from one look to the next: a shortcut, the rows decide."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import chain

from bot.domain.items import Item
from bot.domain.model import TeamId, World
from bot.domain.notices import Holiday, Notice
from bot.domain.preparation_notices import days_between
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
        last = self._last
        known = last.kept if last and (last.team, last.world) == (store.team, world) else {}
        days = now.date(), min(mark, now).date()
        kept: dict[str, _Kept] = {}
        for one in _all(store, known, days_between(world, mark, now)):
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


def _all(store: Store, known: Mapping[str, _Kept], owed: Days) -> Iterator[_Kept]:
    """All that is open, as it is kept or else as it is now; `owed`: for meetings on these days."""
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
    others: Iterable[Reminded] = chain(store.deadlines.all_open(), duties.owed(store, *owed))
    for thing in others:
        old = known.get(thing.subject)
        yield old if old and old.stamp == thing else _Kept(thing, thing)


def _read(store: Store, fresh: list[int]) -> Iterable[Item]:
    if not fresh:
        return ()
    return store.items.all_open() if len(fresh) > FEW else store.items.by_ids(fresh)
