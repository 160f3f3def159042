"""The demo world's actions as they came to be: added, moved, closed, shown on their cards."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.demo.world import World
from bot.domain.history import Change
from bot.domain.items import Answer, Assignment, Due, Item, ItemState, Move, NewItem, Source
from bot.domain.model import Group, GroupKey, Ref, Role, UserId
from bot.domain.model import World as Everybody
from bot.domain.outbox import Outgoing
from bot.services.cards import CARD, CARD_USEFUL
from bot.storage.database import Store
from bot.views import items as view

VERBS = {ItemState.DONE: "done", ItemState.BLOCKED: "block", ItemState.IN_PROGRESS: "start"}


def add_all(store: Store, demo: World) -> None:
    """Every action of `demo.yaml`, its history, and its card as a message already sent."""
    everybody = store.groups.world()
    for number, row in enumerate(demo.facts["actions"]):
        _add(store, demo, everybody, row, number)


def _add(
    store: Store, demo: World, everybody: Everybody, row: Mapping[str, Any], number: int
) -> None:
    group = everybody.groups[GroupKey(row["group"])]
    created = demo.noon(row["created"], group)
    by = everybody.holding(Role.CHAIR, group.key)[0]
    answer = Answer.ACCEPTED if row["accepted"] else Answer.ASKED
    owners = tuple(demo.person_id(handle) for handle in row["owners"])
    new = NewItem(
        text=row["text"],
        group=group.key,
        due=Due(demo.day(row.get("first_due", row["due"]))),
        owners=owners,
        needs=tuple(Ref(ref) for ref in row.get("needs", ())),
        source=Source(meeting=row["created_in"]),
    )
    asked = tuple(Assignment(o, by, created, answer, created) for o in owners)
    item = store.items.create(new, by, created, asked)
    _remember(store, None, item, "add", by, created)
    for moved in row.get("moves", ()):
        item = _move(store, demo, item, moved, group)
    item = _settle(store, demo, item, row, group)
    _show(store, demo, everybody, item, f"{int(created.timestamp())}.{number:06}")


def _move(store: Store, demo: World, item: Item, row: Mapping[str, Any], group: Group) -> Item:
    at, by = demo.noon(row["moved_on"], group), demo.person_id(row["by"])
    new = demo.day(row["to"])
    move = Move(demo.day(row["from"]), new, by, at, row["because"])
    after = replace(item, due=Due(new), moves=(*item.moves, move), set_at=at)
    saved = store.items.save(after, expected=item.version)
    _remember(store, item, saved, "move", by, at, row["because"])
    return saved


def _settle(store: Store, demo: World, item: Item, row: Mapping[str, Any], group: Group) -> Item:
    state = ItemState(row["status"])
    at = demo.noon(row["updated"], group)
    owner = item.owners[0] if item.owners else item.created_by
    after = replace(item, state=state, state_since=at, updated_at=at, updated_by=owner)
    if state is ItemState.DONE:
        after = replace(after, closed_at=at, closed_by=owner)
    if state is ItemState.BLOCKED:
        after = replace(after, why=row["blocked_why"])
    saved = store.items.save(after, expected=item.version)
    if state in VERBS:
        _remember(store, item, saved, VERBS[state], owner, at, saved.why)
    return saved


def _show(store: Store, demo: World, everybody: Everybody, item: Item, ts: str) -> None:
    channel = everybody.groups[item.group].channel
    assert channel is not None
    at = datetime.fromtimestamp(float(ts), UTC)
    card = Outgoing(
        key=item.card_key,
        subject=item.subject,
        kind=CARD,
        lane=channel,
        message=view.card(item, everybody, demo.as_of),
        at=at,
        until=at + CARD_USEFUL,
    )
    store.outbox.put_sent(card, channel=channel, ts=ts)


def _remember(
    store: Store,
    before: Item | None,
    after: Item,
    verb: str,
    by: UserId,
    at: datetime,
    detail: str = "",
) -> None:
    request = f"demo:{after.ref}:{after.version}"
    store.audit.add(Change(after.ref, after.version, at, by, verb, request, detail, before, after))
