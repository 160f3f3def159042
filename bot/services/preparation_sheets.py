"""A meeting's checklist as it is shown: who owes what today, what is late, how ready it is."""

from datetime import datetime

from bot.domain import local_times
from bot.domain.days import day_in
from bot.domain.meetings import Meeting, MeetingState, OwnerRole, PrepItem
from bot.domain.model import Person, UserId, World
from bot.domain.preparation import DATES, is_late, owners_of, readiness, takes_part
from bot.services.access import Op, allowed
from bot.storage.database import Store
from bot.views.preparation import Row, Sheet


def sheet(
    store: Store,
    world: World,
    meeting: Meeting,
    now: datetime,
    reader: Person | None = None,
    notes: tuple[str, ...] = (),
) -> Sheet:
    """`reader` None: for a channel."""
    items = store.meetings.preparation([meeting.id])[meeting.id]
    minds = reader is not None and allowed(world, reader, Op.PREPARE_MEETING, meeting, now)
    acting = acting_as(store, world, meeting, reader.user) if reader else frozenset()
    today = day_in(now, meeting.zone)
    rows = []
    for item in items:
        owners = owners_of(item, meeting, world, today, acting)
        minded = minds and item.key not in DATES
        may = minded or (reader is not None and reader.user in owners)
        each = item.role is OwnerRole.ACTION_OWNERS and item.owner is None
        rows.append(Row(item, () if each else owners, is_late(item, today), may))
    done, needed = readiness(meeting, items)
    zones = local_times.zones_of(local_times.people_of(meeting.groups, world), meeting.starts)
    cancelled = meeting.state is MeetingState.CANCELLED
    return Sheet(
        meeting,
        tuple(rows),
        done,
        needed,
        () if cancelled else local_times.clocks(meeting.starts, zones),
        () if cancelled else local_times.unusual(meeting, zones),
        () if cancelled else notes,
        minds,
    )


def owed_by(
    store: Store, world: World, meeting: Meeting, item: PrepItem, reader: UserId, now: datetime
) -> tuple[UserId, ...]:
    """Of those who each owe something for their open actions, only the reader."""
    acting = acting_as(store, world, meeting, reader)
    return owners_of(item, meeting, world, day_in(now, meeting.zone), acting)


def acting_as(store: Store, world: World, meeting: Meeting, reader: UserId) -> frozenset[UserId]:
    """The reader, if they have an open action in the meeting's groups."""
    keys = takes_part(meeting.groups, world)
    return frozenset({reader} if store.items.groups_of(reader) & set(keys) else ())
