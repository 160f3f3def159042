"""How a group stands, by the written rule of domain.md 5."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.days import day_in
from bot.domain.deadlines import Deadline
from bot.domain.items import ItemState
from bot.domain.knock_on import Delay
from bot.domain.meetings import Meeting, PrepItem, Rsvp
from bot.domain.model import Group, GroupKey, Ref, UserId
from bot.domain.quorum import Quorum

LATE_DAYS = 7
NEAR = timedelta(days=7)
"""So long before a deadline what it needs counts."""
SILENT_DAYS = 15


class Standing(StrEnum):
    LATE = "late"
    LOOK = "look"
    ON_TRACK = "on track"
    NO_DATA = "no data"


class Reason(StrEnum):
    """What colours a group; the order in which it is said."""

    ACTION = "action"
    DEADLINE = "deadline"
    NEEDS_OVERDUE = "needs overdue"
    NEEDS_BLOCKED = "needs blocked"
    NEEDS_LATER = "needs later"
    """The deadline needs something that is due only after it."""
    NEEDS_MORE = "needs more"
    """What it needs cannot be met in time itself; it colours no group, see `Sign.IMPOSSIBLE`."""
    PREPARATION = "preparation"


@dataclass(frozen=True, slots=True)
class Cause:
    """`days` late; `about`: what a deadline needs or a meeting lacks; `slip`: days of all moves.

    `delay`: until when, and for what, a deadline must wait.
    """

    standing: Standing
    reason: Reason
    ref: Ref
    days: int = 0
    about: str = ""
    moves: int = 0
    slip: int = 0
    delay: Delay | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """The word and its reasons: the worst first, none where nothing colours the group."""

    standing: Standing
    because: tuple[Cause, ...] = ()


class Sign(StrEnum):
    """What is said of a group and colours nothing."""

    IMPOSSIBLE = "impossible"
    """A deadline that cannot be met by its date, for all that it waits for."""
    BLOCKED = "blocked"
    UNOWNED = "unowned"
    WAITS = "waits"
    MINUTES = "minutes"
    """Those of a meeting that is over are not out."""
    NO_MEETING = "no meeting"
    SILENT = "silent"
    """No change by a member of the group for so many days."""


@dataclass(frozen=True, slots=True)
class Remark:
    """`about`: the overdue thing that is waited for."""

    sign: Sign
    ref: Ref | None = None
    days: int = 0
    about: str = ""
    delay: Delay | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """Of an open action, what tells how its group stands.

    `asked_since`: since when the first of its owners has not answered; `moves`: how often its
    date was moved.
    """

    ref: Ref
    group: GroupKey
    due_day: date
    state: ItemState
    state_since: datetime | None
    owners: tuple[UserId, ...] = ()
    asked_since: datetime | None = None
    moves: int = 0
    needs: tuple[Ref, ...] = ()
    first_due: date | None = None


class Why(StrEnum):
    """Why an action waits for its chair's word; the first that holds is said."""

    UNOWNED = "unowned"
    OVERDUE = "overdue"
    SILENT = "silent"
    BLOCKED = "blocked"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Needed:
    """Of an open action or deadline that others need; overdue in its own group's zone."""

    due: date
    overdue: bool = False
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the rule looks at for one group.

    `items`, `deadlines`: the open ones, of all groups together too. `unprepared`: what is still
    to be done for meetings that are the group's own. `known`: it ever had an action, a deadline
    or a meeting. `changed`: when a member last changed an action. `delays`: of the deadlines
    that cannot be met in time, through all that they wait for.
    """

    group: Group
    now: datetime
    items: tuple[Outline, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    unprepared: tuple[tuple[Meeting, PrepItem], ...] = ()
    unwritten: tuple[tuple[Meeting, date], ...] = ()
    """Its meetings whose minutes are not out, and by when they were to be."""
    needed: Mapping[Ref, Needed] = field(default_factory=dict)
    known: bool = True
    meeting: Meeting | None = None
    """The next one."""
    ready: int | None = None
    changed: datetime | None = None
    delays: Mapping[Ref, Delay] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return day_in(self.now, self.group.zone)


@dataclass(frozen=True, slots=True)
class Status:
    """How one group stands; `ready` in per cent, None where nothing is required.

    `deadline`: the one due first, and by how many days it is late. `rsvps`: to the meeting.
    """

    group: Group
    judged: Judged
    remarks: tuple[Remark, ...] = ()
    open: int = 0
    overdue: int = 0
    blocked: int = 0
    unowned: int = 0
    unconfirmed: int = 0
    meeting: Meeting | None = None
    ready: int | None = None
    deadline: Deadline | None = None
    deadline_late: int = 0
    rsvps: tuple[Rsvp, ...] = ()
    quorum: Quorum | None = None


def status(facts: Facts) -> Status:
    items, today = facts.items, facts.today
    deadline = min(facts.deadlines, key=lambda one: one.due, default=None)
    return Status(
        group=facts.group,
        judged=judged(facts),
        remarks=tuple(_remarks(facts)),
        open=len(items),
        overdue=sum(item.due_day < today for item in items),
        blocked=sum(item.state is ItemState.BLOCKED for item in items),
        unowned=sum(not item.owners for item in items),
        unconfirmed=sum(item.asked_since is not None for item in items),
        meeting=facts.meeting,
        ready=facts.ready,
        deadline=deadline,
        deadline_late=max(0, (today - deadline.due).days) if deadline else 0,
    )


def judged(facts: Facts) -> Judged:
    """Red before amber, then by the order of reasons, the longest overdue first."""
    found = [*_overdue(facts), *_at_risk(facts), *_unprepared(facts)]
    if not found:
        return Judged(Standing.ON_TRACK if facts.known else Standing.NO_DATA)
    reasons = list(Reason)
    found.sort(key=lambda c: (c.standing is not Standing.LATE, reasons.index(c.reason), -c.days))
    return Judged(found[0].standing, tuple(found))


def _overdue(facts: Facts) -> Iterator[Cause]:
    for item in facts.items:
        first = item.first_due or item.due_day
        yield from late(Reason.ACTION, item.ref, item.due_day, facts.today, item.moves, first)
    for deadline in facts.deadlines:
        yield from late_deadline(deadline, facts.today)


def late_deadline(deadline: Deadline, today: date) -> Iterator[Cause]:
    moves, first = len(deadline.moves), deadline.first_due
    return late(Reason.DEADLINE, deadline.ref, deadline.due, today, moves, first)


def late(
    reason: Reason, ref: Ref, due: date, today: date, moves: int, first: date
) -> Iterator[Cause]:
    if (days := (today - due).days) > 0:
        standing = Standing.LATE if days > LATE_DAYS else Standing.LOOK
        yield Cause(standing, reason, ref, days, moves=moves, slip=(due - first).days)


def _at_risk(facts: Facts) -> Iterator[Cause]:
    """Each deadline within `NEAR`, or overdue, by the worst of what it needs."""
    for deadline in facts.deadlines:
        if deadline.due - facts.today <= NEAR:
            yield from held_up(deadline, facts.needed)


def held_up(deadline: Deadline, needed: Mapping[Ref, Needed]) -> Iterator[Cause]:
    """By the worst of what it needs, if any of that may not be done until it is due."""
    held = [
        (reason, ref)
        for ref in deadline.needs
        if (need := needed.get(ref)) and (reason := _held(need, deadline.due))
    ]
    if held:
        reason, ref = min(held, key=lambda pair: list(Reason).index(pair[0]))
        yield Cause(Standing.LATE, reason, deadline.ref, about=ref)


def _held(need: Needed, until: date) -> Reason | None:
    """Why it may not be done until then."""
    if need.overdue:
        return Reason.NEEDS_OVERDUE
    if need.blocked:
        return Reason.NEEDS_BLOCKED
    return Reason.NEEDS_LATER if need.due > until else None


def _unprepared(facts: Facts) -> Iterator[Cause]:
    """What a meeting required before its start is moot once it is over."""
    for meeting, item in facts.unprepared:
        over = meeting.ends <= facts.now or not meeting.state.ahead
        moot = over and item.due <= meeting.start_day
        days = (facts.today - item.due).days
        if item.required and days > 0 and not moot:
            about = item.text if item.key.startswith("own-") else item.key or item.text
            yield Cause(Standing.LOOK, Reason.PREPARATION, meeting.ref, days, about)


def _remarks(facts: Facts) -> Iterator[Remark]:
    for deadline in sorted(facts.deadlines, key=lambda one: one.due):
        if (delay := facts.delays.get(deadline.ref)) is not None:
            yield Remark(Sign.IMPOSSIBLE, deadline.ref, delay=delay)
    yield from _of_items(facts)
    for meeting, due in facts.unwritten:
        if (days := (facts.today - due).days) > 0:
            yield Remark(Sign.MINUTES, meeting.ref, days)
    if facts.meeting is None:
        yield Remark(Sign.NO_MEETING)
    if facts.items and facts.changed is not None:
        silent = (facts.today - day_in(facts.changed, facts.group.zone)).days
        if silent >= SILENT_DAYS:
            yield Remark(Sign.SILENT, days=silent)


def _of_items(facts: Facts) -> Iterator[Remark]:
    for item in facts.items:
        if item.state is ItemState.BLOCKED and item.state_since is not None:
            since = day_in(item.state_since, facts.group.zone)
            yield Remark(Sign.BLOCKED, item.ref, (facts.today - since).days)
    yield from (Remark(Sign.UNOWNED, item.ref) for item in facts.items if not item.owners)
    for item in facts.items:
        late = [ref for ref in item.needs if ref in facts.needed and facts.needed[ref].overdue]
        if late:
            yield Remark(Sign.WAITS, item.ref, about=late[0])
