"""A world in which everything that a person can write is one text."""

from dataclasses import dataclass, replace
from datetime import date

from bot.domain.departures import Departure, DepartureId, Left, Why
from bot.domain.history import Change
from bot.domain.items import Answer, Assignment, Item, ItemState, Move, Note, Source
from bot.domain.model import ChannelId, Group, Ref, World
from tests.unit.screens import CHAIR, GIVER, NOW, OWNER, TARGETS, TRIALS, WORLD, action

DAY = date(2026, 12, 4)
HERE = ChannelId("C0TARGETS")


@dataclass(frozen=True, slots=True)
class Given:
    """A world in which everything that a person can write is `text`."""

    text: str
    world: World
    group: Group
    item: Item
    change: Change
    left: Left


def given(text: str) -> Given:
    group = replace(TARGETS, name=text, short=text, scope=text, aliases=(text,))
    people = {
        user: replace(WORLD.people[user], name=text, handle=text) for user in (OWNER, GIVER, CHAIR)
    }
    world = replace(
        WORLD,
        programme=replace(WORLD.programme, name=text, label=text),
        groups={group.key: group, TRIALS.key: replace(TRIALS, name=text, short=text)},
        people=people,
        memberships=tuple(m for m in WORLD.memberships if m.user in people),
    )
    item = action(
        text,
        state=ItemState.BLOCKED,
        why=text,
        evidence=text,
        moves=(Move(DAY, date(2026, 12, 5), OWNER, NOW, text),),
        notes=(Note(OWNER, NOW, text),),
        needs=(Ref("TR-2"),),
        source=Source(HERE, "1.2", text, text),
        assignments=(Assignment(OWNER, GIVER, NOW, Answer.ASKED),),
    )
    change = Change(Ref("TR-14"), 2, NOW, CHAIR, "note", "k", text, item, item)
    left = Left(Departure(DepartureId(1), OWNER, group.key, NOW, Why.REMOVED), group, (item,))
    return Given(text, world, group, item, change, left)
