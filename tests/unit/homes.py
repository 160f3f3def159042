"""What Home tabs are made of, drawn as Slack would take them."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from bot.domain.departures import Departure, DepartureId
from bot.domain.departures import Why as Left
from bot.domain.items import Due, Item
from bot.domain.meetings import (
    Meeting,
    MeetingId,
    MeetingKind,
    OwnerRole,
    PrepItem,
)
from bot.domain.model import Group, GroupKey, Ref, UserId
from bot.domain.state import Cause, Judged, Reason, Standing, Why
from bot.views.blocks import View
from bot.views.home import Glance, home
from bot.views.home_chair import GroupGlance
from tests.unit.screens import (
    GIVER,
    NOW,
    OTHERS,
    OWNER,
    TARGETS,
    WORLD,
    action,
    kept_view,
)

MEETING = Meeting(
    id=MeetingId(15),
    ref=Ref("MT-15"),
    title="Targets call",
    groups=(TARGETS.key,),
    kind=MeetingKind.CALL,
    template=None,
    start_day=date(2026, 12, 3),
    start_at=time(15),
    end_day=date(2026, 12, 3),
    end_at=time(16),
    zone="Europe/London",
    created_at=NOW,
    created_by=GIVER,
)
AGENDA = PrepItem(1, "draft", "Draft the agenda", OwnerRole.CHAIR, date(2026, 11, 20))


def drawn(glance: Glance, viewer: UserId = OWNER) -> View:
    return kept_view(home(glance, WORLD, viewer, NOW), "home")


def told(view: View) -> str:
    return json.dumps(view.payload, ensure_ascii=False)


def blocks(view: View) -> list[Mapping[str, Any]]:
    found = view.payload["blocks"]
    assert isinstance(found, list)
    return found


def in_turn(text: str, *words: str) -> None:
    places = [text.index(word) for word in words]
    assert places == sorted(places)


def many(number: int, due: date, start: int = 1) -> tuple[Item, ...]:
    return tuple(action(ref=Ref(f"TR-{n}"), due=Due(due)) for n in range(start, start + number))


def group(number: int = 0) -> Group:
    return replace(TARGETS, key=GroupKey(f"group-{number}"), short=f"Group {number}")


def late(days: int, number: int, ref: str = "TR-1") -> tuple[Cause, ...]:
    """So many actions, all as late as the first."""
    return (Cause(Standing.LATE, Reason.ACTION, Ref(ref), days),) * number


def glance_of(group: Group, *, decide: int = 0, left: int = 0) -> GroupGlance:
    rows = tuple(action(ref=Ref(f"{group.key}-{n}"), group=group.key) for n in range(decide))
    waiting = tuple((item.ref, Why.OVERDUE) for item in rows)
    first = 10 * int(group.key.partition("-")[2] or 99)
    gone = tuple(
        (Departure(DepartureId(first + n), OTHERS[0], group.key, NOW, Left.CHANNEL), 2)
        for n in range(left)
    )
    judged = Judged(Standing.LATE, late(9, 3, "PC-2"))
    return GroupGlance(group, judged, 14, 3, 2, 1, 4, waiting, rows, gone)
