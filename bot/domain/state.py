"""How a group stands, by the written rule of domain.md 5, and what its chair has to decide."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.days import Calendar, add_working_days, day_in
from bot.domain.deadlines import Deadline
from bot.domain.items import ItemState
from bot.domain.meetings import Meeting, PrepItem
from bot.domain.model import Group, GroupKey, Ref, UserId

LATE_DAYS = 7
NEAR = timedelta(days=7)
"""So long before a deadline what it needs counts."""
SILENT_DAYS = 15
DECIDE_LATE = 3
"""Working days after the due day."""
DECIDE_SILENT = 3
"""Working days without an answer."""
DECIDE_BLOCKED = timedelta(days=7)
DECIDE_MOVES = 3


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
    PREPARATION = "preparation"


@dataclass(frozen=True, slots=True)
class Cause:
    """`days` late; `about`: what a deadline needs, or what a meeting lacks."""

    standing: Standing
    reason: Reason
    ref: Ref
    days: int = 0
    about: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """The word and its reasons: the worst first, none where nothing colours the group."""

    standing: Standing
    because: tuple[Cause, ...] = ()


class Sign(StrEnum):
    """What is said of a group and colours nothing."""

    BLOCKED = "blocked"
    UNOWNED = "unowned"
    WAITS = "waits"
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
    or a meeting. `changed`: when a member last changed an action.
    """

    group: Group
    now: datetime
    items: tuple[Outline, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    unprepared: tuple[tuple[Meeting, PrepItem], ...] = ()
    needed: Mapping[Ref, Needed] = field(default_factory=dict)
    known: bool = True
    meeting: Meeting | None = None
    """The next one."""
    ready: int | None = None
    changed: datetime | None = None

    @property
    def today(self) -> date:
        return day_in(self.now, self.group.zone)


@dataclass(frozen=True, slots=True)
class Status:
    """How one group stands; `ready` in per cent, None where nothing is required."""

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


def status(facts: Facts) -> Status:
    items, today = facts.items, facts.today
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
        deadline=min(facts.deadlines, key=lambda deadline: deadline.due, default=None),
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
    dues = [(Reason.ACTION, item.ref, item.due_day) for item in facts.items]
    dues += [(Reason.DEADLINE, deadline.ref, deadline.due) for deadline in facts.deadlines]
    for reason, ref, due in dues:
        days = (facts.today - due).days
        if days > 0:
            yield Cause(Standing.LATE if days > LATE_DAYS else Standing.LOOK, reason, ref, days)


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
            about = item.key or item.text
            yield Cause(Standing.LOOK, Reason.PREPARATION, meeting.ref, days, about)


def _remarks(facts: Facts) -> Iterator[Remark]:
    for item in facts.items:
        if item.state is ItemState.BLOCKED and item.state_since is not None:
            since = day_in(item.state_since, facts.group.zone)
            yield Remark(Sign.BLOCKED, item.ref, (facts.today - since).days)
    yield from (Remark(Sign.UNOWNED, item.ref) for item in facts.items if not item.owners)
    for item in facts.items:
        late = [ref for ref in item.needs if ref in facts.needed and facts.needed[ref].overdue]
        if late:
            yield Remark(Sign.WAITS, item.ref, about=late[0])
    if facts.meeting is None:
        yield Remark(Sign.NO_MEETING)
    if facts.items and facts.changed is not None:
        silent = (facts.today - day_in(facts.changed, facts.group.zone)).days
        if silent >= SILENT_DAYS:
            yield Remark(Sign.SILENT, days=silent)


def to_decide(
    items: Iterable[Outline], zone: str, now: datetime, calendar: Calendar
) -> tuple[tuple[Ref, Why], ...]:
    """Of a group's open actions, the longest due first; `zone` and `calendar` are the group's."""
    tomorrow = day_in(now, zone) + timedelta(days=1)
    overdue = add_working_days(tomorrow, -DECIDE_LATE, calendar)
    silent = add_working_days(tomorrow, -DECIDE_SILENT, calendar)
    found = [(item, _why(item, zone, now, overdue, silent)) for item in items]
    waiting = [(item, why) for item, why in found if why is not None]
    waiting.sort(key=lambda pair: (pair[0].due_day, pair[0].ref))
    return tuple((item.ref, why) for item, why in waiting)


def _why(item: Outline, zone: str, now: datetime, overdue: date, silent: date) -> Why | None:
    """What was due, or asked, before these days has waited long enough."""
    if not item.owners:
        return Why.UNOWNED
    if item.due_day < overdue:
        return Why.OVERDUE
    if item.asked_since is not None and day_in(item.asked_since, zone) < silent:
        return Why.SILENT
    since = item.state_since
    if item.state is ItemState.BLOCKED and since is not None and now - since > DECIDE_BLOCKED:
        return Why.BLOCKED
    return Why.MOVED if item.moves >= DECIDE_MOVES else None
