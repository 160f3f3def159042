"""What is to be said, composed on a reader: the writer is waited for by everybody."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.model import World
from bot.domain.notices import DAILY, Notice
from bot.domain.outbox import SAID_BEFORE, Outgoing, State
from bot.domain.things import Reminded
from bot.services.lines import Beside, beside, line
from bot.storage.database import Store
from bot.views.escalations import Told

ROWS = 200
"""So many are put in one transaction; more only if they are one person's."""


@dataclass(frozen=True, slots=True)
class Draft:
    """`thing`: as it was read; of one that has changed since this does not hold."""

    thing: Reminded
    out: Outgoing


@dataclass(frozen=True, slots=True)
class Drafts:
    """Those of one look, in the order in which they are put; of another world none holds."""

    world: World
    found: tuple[Draft, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(draft.thing.subject for draft in self.found))

    def parts(self) -> Iterator["Drafts"]:
        """What one person hears is one message: so all of theirs is put at once."""
        lanes: dict[str, list[Draft]] = {}
        for draft in self.found:
            lanes.setdefault(draft.out.lane, []).append(draft)
        part: list[Draft] = []
        for theirs in lanes.values():
            if part and len(part) + len(theirs) > ROWS:
                yield Drafts(self.world, tuple(part))
                part = []
            part += theirs
        if part:
            yield Drafts(self.world, tuple(part))


def count_as_said(
    store: Store, thing: Reminded, found: Iterable[Notice], world: World, now: datetime
) -> None:
    for draft in composed(store, [(thing, notice) for notice in found], world, now).found:
        store.outbox.put(draft.out, state=State.STALE, why=SAID_BEFORE)


def composed(
    store: Store, due: Sequence[tuple[Reminded, Notice]], world: World, now: datetime
) -> Drafts:
    around = beside(store, ((thing, notice.kind) for thing, notice in due))
    return Drafts(world, tuple(Draft(one, outgoing(around, one, n, world, now)) for one, n in due))


def outgoing(
    around: Beside, thing: Reminded, notice: Notice, world: World, now: datetime, later: Told = ()
) -> Outgoing:
    """`later`: who will have been told of it by then, beside those who were."""
    return Outgoing(
        key=notice.key,
        subject=notice.subject,
        kind=notice.kind,
        lane=notice.to,
        message=line(around, thing, notice.kind, notice.step, notice.to, world, now, later),
        at=notice.at,
        until=notice.until,
        bundle=DAILY,
        quiet_hours=not notice.urgent,
    )
