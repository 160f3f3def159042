"""What a draft of an agenda is made of: everything open that the meeting should look at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.agenda_times import SHORT, USUAL, fitted, minutes_of
from bot.domain.agendas import (
    ACTIONS,
    CLOSE,
    DEADLINES,
    DECISION,
    MINUTES,
    WELCOME,
    AgendaItem,
    NewAgendaItem,
    Purpose,
    anew,
)
from bot.domain.deadlines import Deadline
from bot.domain.decisions import Decision, DecisionState
from bot.domain.items import Item, ItemState
from bot.domain.meetings import Meeting
from bot.domain.model import GroupKey, Ref, UserId, World
from bot.domain.preparation import takes_part

DEADLINES_AHEAD = timedelta(weeks=6)
_OPENING, _OPENING_LEAST = 5, 2
_ACTIONS_MOST, _DEADLINES_MOST = 20, 10


@dataclass(frozen=True, slots=True)
class Gathered:
    """`left` were not reached at meetings that are over, each with the id of its meeting."""

    unapproved: tuple[Ref, ...] = ()
    overdue: tuple[Item, ...] = ()
    pending: tuple[Item, ...] = ()
    left: tuple[tuple[Ref, AgendaItem], ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One item of the draft; it can do with `least` minutes if there are too few."""

    new: NewAgendaItem
    least: int


def sorted_out(
    items: Iterable[Item], days: Mapping[GroupKey, date], until: date
) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Open actions that are overdue, and those to be looked at till the meeting's day.

    `days`: today in each group.
    """
    overdue: list[Item] = []
    pending: list[Item] = []
    for item in items:
        if item.state.closed or item.taken_back:
            continue
        if item.due.day < days[item.group]:
            overdue.append(item)
        elif item.due.day <= until or item.state is ItemState.BLOCKED or not item.confirmed:
            pending.append(item)
    return tuple(overdue), tuple(pending)


def returns(decision: Decision, until: date) -> bool:
    """It is objected to, or its review falls on the meeting's day or before."""
    if decision.taken_back:
        return False
    if decision.state is DecisionState.OBJECTED:
        return True
    stands = decision.state is DecisionState.RECORDED
    return stands and decision.review is not None and decision.review <= until


def composed(
    found: Gathered, meeting: Meeting, chair: UserId | None, world: World
) -> tuple[Part, ...]:
    """In the order of an agenda; what somebody proposed stands on it already."""
    parts = [_part(WELCOME, "Welcome, regrets", _OPENING, _OPENING_LEAST, owner=chair)]
    for ref in found.unapproved:
        said = f"Approve the minutes of {ref}"
        parts.append(_part(f"{MINUTES}{ref}", said, _OPENING, 3, Purpose.DECIDE, (ref,)))
    parts += _actions(found, meeting, world)
    for decision in found.decisions:
        parts.append(_decision(decision))
    parts += [_carried(ref, item) for ref, item in found.left]
    if found.deadlines:
        refs = tuple(deadline.ref for deadline in found.deadlines)
        said = f"Deadlines within six weeks: {len(refs)}"
        most = min(_DEADLINES_MOST, max(3, 2 * len(refs)))
        parts.append(_part(DEADLINES, said, most, min(SHORT, most), refs=refs))
    parts.append(_part(CLOSE, "Any other business, next steps", _OPENING, _OPENING_LEAST))
    return tuple(parts)


def fit(
    parts: Sequence[Part], known: Mapping[str, AgendaItem], others: Sequence[AgendaItem], room: int
) -> tuple[dict[str, Part], tuple[AgendaItem, ...]]:
    """Both with their minutes, the parts by their sources; what somebody has set stays.

    `known`: by source what stands on the agenda already; `others`: the topics beside it.
    """
    wanted = [_wanted(part, known.get(part.new.source)) for part in parts]
    given = fitted([*wanted, *map(_open, others)], room)
    timed = {
        part.new.source: replace(part, new=_timed(part.new, minutes, said=most == least))
        for part, minutes, (most, least) in zip(parts, given, wanted, strict=False)
    }
    rest = zip(others, given[len(parts) :], strict=True)
    return timed, tuple(
        replace(item, minutes=minutes, drafted_minutes=minutes) if _is_open(item) else item
        for item, minutes in rest
    )


def refreshed(item: AgendaItem, part: Part) -> AgendaItem:
    """What an earlier draft wrote, as it stands today; somebody's own words stay."""
    new = part.new
    said = item.topic != item.drafted
    return replace(
        item,
        topic=item.topic if said else new.topic,
        drafted=item.drafted if said else new.topic,
        minutes=new.minutes,
        drafted_minutes=new.minutes if _is_open(item) else item.drafted_minutes,
        refs=new.refs,
    )


def _wanted(part: Part, known: AgendaItem | None) -> tuple[int, int]:
    if known is not None and not _is_open(known):
        return minutes_of(known), minutes_of(known)
    return minutes_of(part.new), part.least


def _open(item: AgendaItem) -> tuple[int, int]:
    return (USUAL, SHORT) if _is_open(item) else (minutes_of(item), minutes_of(item))


def _is_open(item: AgendaItem) -> bool:
    """Nobody has said how long, unless a draft."""
    return item.minutes is None or item.minutes == item.drafted_minutes


def _timed(new: NewAgendaItem, minutes: int, *, said: bool) -> NewAgendaItem:
    return replace(new, minutes=minutes, drafted_minutes=None if said else minutes)


def _part(
    source: str,
    topic: str,
    minutes: int,
    least: int,
    purpose: Purpose = Purpose.INFORM,
    refs: tuple[Ref, ...] = (),
    owner: UserId | None = None,
) -> Part:
    new = NewAgendaItem(topic, minutes, owner, purpose, source=source, refs=refs, drafted=topic)
    return Part(new, least)


def _actions(found: Gathered, meeting: Meeting, world: World) -> list[Part]:
    """One item; of several groups it only counts theirs."""
    number = len(found.overdue) + len(found.pending)
    if not number:
        return []
    keys = takes_part(meeting.groups, world)
    refs: tuple[Ref, ...] = ()
    if len(keys) == 1:
        refs = tuple(item.ref for item in (*found.overdue, *found.pending))
        said = f"Actions: {_counts(found.overdue, found.pending)}"
    else:
        said = f"Actions: {'; '.join(_by_group(found, keys, world))}"
    most = min(_ACTIONS_MOST, max(SHORT, number + len(found.overdue)))
    least = min(most, max(SHORT, number // 2), USUAL)
    return [_part(ACTIONS, said, most, least, Purpose.DISCUSS, refs)]


def _by_group(found: Gathered, keys: Sequence[GroupKey], world: World) -> list[str]:
    said = []
    for key in keys:
        overdue = [item for item in found.overdue if item.group == key]
        pending = [item for item in found.pending if item.group == key]
        if overdue or pending:
            said.append(f"{world.groups[key].short} {_counts(overdue, pending)}")
    return said


def _counts(overdue: Sequence[Item], pending: Sequence[Item]) -> str:
    said = [f"{len(overdue)} overdue"] if overdue else []
    return ", ".join([*said, *([f"{len(pending)} due or waiting"] if pending else [])])


def _decision(decision: Decision) -> Part:
    objected = decision.state is DecisionState.OBJECTED
    said = f"{'Objection to' if objected else 'Review of'} {decision.ref}"
    source = f"{DECISION}{decision.ref}"
    return _part(source, said, USUAL, SHORT, Purpose.DECIDE, (decision.ref,))


def _carried(ref: Ref, item: AgendaItem) -> Part:
    """As it stood there; its minutes are somebody's word, if it has any."""
    new = anew(ref, item)
    return Part(new, SHORT if new.minutes is None else new.minutes)
