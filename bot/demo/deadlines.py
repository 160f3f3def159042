"""The demo world's deadlines, promised when the chairs first met, some met as `demo.yaml` tells."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.demo.world import NOON, World
from bot.domain.days import instant
from bot.domain.deadlines import Deadline, Kind, NewDeadline, Stage
from bot.domain.history import Change
from bot.domain.model import GroupKey, Ref, UserId
from bot.storage.database import Store

PROMISED = date(2012, 8, 30)
"""When each was noted is not told; the first call of the chairs was on that day."""


def add_deadlines(store: Store, demo: World) -> None:
    """Those milestones of `demo.yaml` that are a deadline, in the order of their ids."""
    for row in demo.facts["milestones"]:
        if row["as"] == "deadline":
            _add(store, demo, row)


def _add(store: Store, demo: World, row: Mapping[str, Any]) -> None:
    owner = demo.person_id(row["owner"])
    new = NewDeadline(
        text=row["title"],
        due=demo.day(row["date"]),
        groups=() if row["groups"] == "all" else tuple(GroupKey(key) for key in row["groups"]),
        kind=Kind(row["type"]),
        owner=owner,
        needs=tuple(Ref(ref) for ref in row.get("needs", ())),
    )
    promised = _noon(demo, PROMISED)
    made = store.deadlines.create(new, demo.person_id("coordinator"), promised)
    if made.ref != row["id"]:
        raise ValueError(f"demo.yaml tells of {row['id']} where {made.ref} comes next")
    _remember(store, made, "add", made.created_by, promised, made.text)
    if row["status"] == Stage.MET:
        at = _noon(demo, row["met_on"])
        met = replace(
            made, stage=Stage.MET, closed_at=at, closed_by=owner, updated_at=at, updated_by=owner
        )
        store.deadlines.save(met, expected=made.version)
        _remember(store, made, "met", owner, at, "")


def _noon(demo: World, day: date) -> datetime:
    return instant(demo.day(day), NOON, demo.facts["programme"]["zone"])


def _remember(
    store: Store, deadline: Deadline, verb: str, by: UserId, at: datetime, detail: str
) -> None:
    request = f"demo:{deadline.ref}:{verb}"
    store.audit.add(Change(deadline.ref, 0, at, by, verb, request, detail))
