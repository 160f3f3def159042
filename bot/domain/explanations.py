"""Why something was said of what people are reminded of, or was not: from what is kept, pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain import ladders
from bot.domain.days import Calendar, day_in, is_working
from bot.domain.history import Change
from bot.domain.model import UserId, World
from bot.domain.notices import REMINDERS, Holiday, Notice, calendar_of, day_of, step_of
from bot.domain.outbox import SAID_BEFORE, Sent, State, Way
from bot.domain.preparation_notices import Duty
from bot.domain.things import Reminded, due_day, notices_of, steps_of

PUNCTUAL = timedelta(minutes=5)


class Fate(StrEnum):
    SENT = "sent"
    MERGED = "merged"
    WAITS = "waits"
    SENDING = "sending"
    UNCLEAR = "unclear"
    REFUSED = "refused"
    LATE = "late"
    SAID_BEFORE = "said before"
    WITHDRAWN = "withdrawn"
    PLANNED = "planned"


class Held(StrEnum):
    """Why something was, or will be, said on another day than its own."""

    AWAY = "away"
    CLOSED = "closed"
    HOLIDAY = "holiday"
    DAY_OFF = "day off"
    ENOUGH = "enough"
    """That day's one message was out already, or their hours were over."""
    DELAYED = "delayed"


@dataclass(frozen=True, slots=True)
class Told:
    """One reminder; `at` is when it was said, or is or was to be said.

    `steps` as in `Notice.step`, several where they fall on one day. `rolled` is the day they are
    counted to where that is no working day, `meant` the one on which it was due but not said.
    """

    fate: Fate
    to: UserId
    kind: str
    steps: tuple[str, ...]
    at: datetime
    rolled: date | None = None
    off: Held | None = None
    meant: date | None = None
    held: Held | None = None
    because: Change | None = None
    why: str = ""
    """Slack's reason, or that somebody left."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one thing: `rows` about it, `heads` those that others went out with."""

    thing: Reminded
    rows: tuple[Sent, ...]
    heads: Mapping[str, Sent]
    changes: tuple[Change, ...]


def explained(known: Evidence, world: World, holiday: Holiday, now: datetime) -> tuple[Told, ...]:
    """Every reminder in the order of time, those ahead included."""
    rows = [r for r in known.rows if r.out.way is Way.POST and r.out.lane in world.people]
    ahead = {
        notice.key: notice
        for notice in notices_of(known.thing, world, holiday)
        if now < max(notice.at, notice.until)
    }
    gone = {row.out.key: row for row in rows if row.state is State.WITHDRAWN}
    put = {row.out.key for row in rows} - gone.keys()
    fell = dict(_fallen(known.changes, world, holiday, gone.keys()))
    told = [_of_row(row, known, world, holiday) for row in rows if row.out.key in put]
    told += [_planned(n, known.thing, world, holiday) for key, n in ahead.items() if key not in put]
    withdrawn = {key: _withdrawn(n, change) for key, (n, change) in fell.items()}
    for key, row in gone.items():
        withdrawn.setdefault(key, _of_row(row, known, world, holiday))
    told += [one for key, one in withdrawn.items() if key not in put and key not in ahead]
    return tuple(sorted(told, key=lambda one: one.at))


def off(day: date, calendar: Calendar) -> Held | None:
    """Why nothing is said on that day, if so."""
    if calendar.is_away(day):
        return Held.AWAY
    if any(first <= day <= last for first, last in calendar.closures):
        return Held.CLOSED
    if calendar.is_holiday(day):
        return Held.HOLIDAY
    return None if is_working(day, calendar) else Held.DAY_OFF


def _fallen(
    changes: Iterable[Change], world: World, holiday: Holiday, taken_back: Iterable[str]
) -> Iterator[tuple[str, tuple[Notice, Change]]]:
    """What was ahead before a change, or waited, and was not wanted after it."""
    waited = frozenset(taken_back)
    for change in changes:
        before, after = change.before, change.after
        if before is None or after is None:
            continue
        wanted = {notice.key for notice in notices_of(after, world, holiday)}
        for notice in notices_of(before, world, holiday):
            if notice.key not in wanted and (notice.at > change.at or notice.key in waited):
                yield notice.key, (notice, change)


def _withdrawn(notice: Notice, change: Change) -> Told:
    steps = (notice.step,)
    return Told(Fate.WITHDRAWN, notice.to, notice.kind, steps, notice.at, because=change)


def _planned(notice: Notice, thing: Reminded, world: World, holiday: Holiday) -> Told:
    calendar = calendar_of(world.people[notice.to], world, holiday)
    told = Told(Fate.PLANNED, notice.to, notice.kind, (notice.step,), notice.at)
    if (days := _offset(notice.step)) is None:
        return told
    counted = ladders.by_day(due_day(thing), steps_of(thing, world), calendar)
    there = counted.get(notice.day, [days])
    steps = tuple(f"{step}d" for step in there)
    return _rolled(replace(told, steps=steps), due_day(thing), notice.day, calendar)


def _rolled(told: Told, due: date, said_on: date, calendar: Calendar) -> Told:
    """With the day that the last step is counted to, if nothing is said on that one."""
    days = _offset(told.steps[-1])
    counted = due + timedelta(days=days) if days is not None else said_on
    reason = off(counted, calendar) if counted != said_on else None
    return replace(told, rolled=counted, off=reason) if reason else told


def _offset(step: str) -> int | None:
    number = step.removesuffix("d")
    return int(number) if step.endswith("d") and number.lstrip("+-").isdigit() else None


def _of_row(row: Sent, known: Evidence, world: World, holiday: Holiday) -> Told:
    head = known.heads.get(row.merged_into or "", row)
    person = world.people[UserId(row.out.lane)]
    fate = fate_of(row, head)
    at = said_at(row, head)
    step = step_of(row.out.key)
    told = Told(fate, person.user, row.out.kind, (step,) if step else (), at, why=row.why)
    day = day_of(row.out.key) if row.out.kind in REMINDERS else None
    if day is None or fate in (Fate.SAID_BEFORE, Fate.WITHDRAWN):
        return told
    calendar = calendar_of(person, world, holiday)
    told = _rolled(told, _due_then(known, row.out.at), day, calendar) if step else told
    if day_in(told.at, person.zone) > day:
        deferred = day_in(row.out.at, person.zone) > day
        held = (off(day, calendar) or Held.ENOUGH) if deferred else Held.DELAYED
        return replace(told, meant=day, held=held)
    late = told.at - row.out.at > PUNCTUAL and fate in (Fate.SENT, Fate.MERGED)
    return replace(told, meant=day, held=Held.DELAYED) if late else told


def said_at(row: Sent, head: Sent) -> datetime:
    """When it was said, or is or was to be; `head` as in `fate_of`."""
    tried = head.last_sent or row.last_sent
    said = fate_of(row, head) in (Fate.SENT, Fate.MERGED, Fate.UNCLEAR)
    return tried if tried and said else row.out.at


def _due_then(known: Evidence, moment: datetime) -> date:
    """The due day as it stood at that moment: a later move tells nothing of it."""
    stood = [after for c in known.changes if c.at <= moment and (after := c.after)]
    if isinstance(known.thing, Duty):
        return due_day(known.thing)
    return due_day(stood[-1]) if stood else known.thing.first_due


_PLAIN = {
    State.PENDING: Fate.WAITS,
    State.SENDING: Fate.SENDING,
    State.SENT: Fate.SENT,
    State.REFUSED: Fate.REFUSED,
    State.UNKNOWN: Fate.UNCLEAR,
    State.WITHDRAWN: Fate.WITHDRAWN,
    State.STALE: Fate.LATE,
}


def fate_of(row: Sent, head: Sent) -> Fate:
    """`head`: what it went out with, or the row itself."""
    if row.why == SAID_BEFORE:
        return Fate.SAID_BEFORE
    if row.state is State.MERGED:
        return Fate.MERGED if head.state is State.SENT else _PLAIN.get(head.state, Fate.MERGED)
    return _PLAIN[row.state]
