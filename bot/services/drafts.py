"""What is to be said, composed on a reader: the writer is waited for by everybody."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.model import World
from bot.domain.outbox import Outgoing
from bot.domain.things import Reminded

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
