"""A look at everything, and what it finds put a part at a time: members' requests get between."""

from datetime import datetime
from functools import partial

from bot.services import decisions
from bot.services.notices import Planner
from bot.storage.database import UNHURRIED, Database, Store


async def look(db: Database, planner: Planner, now: datetime) -> int:
    """On a reader, so that only what is new takes the writer's time; how many were put.

    The mark moves with the last part only: what is cut off in between is found by the next look.
    """
    due = await db.read(lambda store: planner.due(store, now), wait=UNHURRIED)
    made = await db.read(lambda store: planner.digests(store, now), wait=UNHURRIED)
    put = 0
    for part in due.parts():
        one = partial(planner.put_part, now=now, drafts=part)
        put += await db.write(one, wait=UNHURRIED)

    def end(store: Store) -> int:
        return decisions.adopt_due(store, now) + planner.plan(store, now, (), made)

    return put + await db.write(end, wait=UNHURRIED)
