"""The demo world's meetings, as far prepared and answered as `demo.yaml` tells."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.demo.world import NOON, World
from bot.domain.days import instant
from bot.domain.meetings import (
    Meeting,
    MeetingKind,
    MeetingState,
    NewMeeting,
    PrepItem,
    PrepState,
    Rsvp,
    RsvpAnswer,
)
from bot.domain.model import GroupKey, Role
from bot.domain.model import World as Everybody
from bot.domain.preparation import checklist, owners_of
from bot.storage.database import Store
from bot.world import is_holiday

PLANNED_AHEAD = timedelta(days=150)
"""When a meeting was planned is not told; surely before the first thing on any checklist."""


def add_meetings(store: Store, demo: World) -> None:
    """Every meeting of `demo.yaml`, in the order of the ids."""
    everybody = store.groups.world()
    for row in sorted((*_of_series(demo), *demo.facts["meetings"]), key=_number):
        _add(store, demo, everybody, row)


def _number(row: Mapping[str, Any]) -> int:
    return int(row["id"].partition("-")[2])


def _of_series(demo: World) -> Iterator[dict[str, Any]]:
    """Each occurrence, told like a meeting by itself."""
    for series in demo.facts["series"]:
        start = datetime.combine(date.min, time.fromisoformat(series["time"]))
        end = start + timedelta(minutes=series["minutes"])
        for row in series["occurrences"]:
            yield {
                **{name: series[name] for name in ("title", "kind", "time", "zone")},
                **row,
                "template": series["kind"],
                "groups": [series["group"]],
                "start": row["date"],
                "end": row["date"],
                "end_time": end.time().isoformat("minutes"),
                "series": series["key"],
            }


def _add(store: Store, demo: World, everybody: Everybody, row: Mapping[str, Any]) -> None:
    new = NewMeeting(
        title=row["title"],
        groups=() if row["groups"] == "all" else tuple(GroupKey(g) for g in row["groups"]),
        kind=MeetingKind(row["kind"]),
        template=row["template"],
        start_day=demo.day(row["start"]),
        start_at=time.fromisoformat(row["time"]),
        end_day=demo.day(row["end"]),
        end_at=time.fromisoformat(row["end_time"]),
        zone=row["zone"],
        place=row.get("place") or "",
        series=row.get("series"),
        series_day=demo.day(row["was"]) if "was" in row else None,
        state=MeetingState(row["status"]),
    )
    planned = instant(new.start_day - PLANNED_AHEAD, NOON, new.zone)
    meeting = store.meetings.create(new, everybody.holding(Role.COORDINATOR)[0], planned)
    if meeting.ref != row["id"]:
        raise ValueError(f"demo.yaml tells of {row['id']} where {meeting.ref} comes next")
    store.meetings.set_preparation(meeting.id, _prepared(demo, everybody, meeting, row))
    for handle, answer in row.get("rsvp", {}).items():
        said = Rsvp(demo.person_id(handle), RsvpAnswer(answer), demo.as_of)
        store.meetings.answer(meeting.id, said)


def _prepared(
    demo: World, everybody: Everybody, meeting: Meeting, row: Mapping[str, Any]
) -> tuple[PrepItem, ...]:
    """What is done keeps its day of 2012; the rest obeys the holidays of the year played."""
    today = demo.as_of.date()
    told = row["prep_done"]
    played = checklist(meeting, everybody, is_holiday, today)
    return tuple(
        _done(then, meeting, demo, everybody)
        if (then.due <= today if told == "all" else then.key in told)
        else now
        for then, now in zip(_original(demo, everybody, meeting), played, strict=True)
    )


def _original(demo: World, everybody: Everybody, meeting: Meeting) -> tuple[PrepItem, ...]:
    """By the holidays of 2012, each shifted like everything else."""

    def holiday(day: date, country: str | None, region: str | None) -> bool:
        return is_holiday(day - demo.shift, country, region)

    return checklist(meeting, everybody, holiday, demo.as_of.date())


def _done(item: PrepItem, meeting: Meeting, demo: World, everybody: Everybody) -> PrepItem:
    owners = owners_of(item, meeting, everybody, demo.as_of.date())
    return replace(
        item,
        state=PrepState.DONE,
        done_by=owners[0] if len(owners) == 1 else None,
        done_at=min(instant(item.due, NOON, meeting.zone), demo.as_of),
    )
