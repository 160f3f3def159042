"""Drafting an agenda out of all that is open, and posting it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain import agenda_drafts as drafts
from bot.domain.agenda_drafts import Gathered, Part
from bot.domain.agenda_times import could_wait, length, total
from bot.domain.agendas import (
    CARRIED,
    DECISION,
    MINUTES,
    ON_IT,
    ROUTINE,
    AgendaItem,
    AgendaState,
    Sheet,
    placed,
)
from bot.domain.days import day_in
from bot.domain.meetings import Meeting
from bot.domain.model import GroupKey, GroupState, Ref, Role, UserId
from bot.domain.preparation import takes_part
from bot.errors import Code, Conflict
from bot.services import agenda_changes as changes
from bot.services import agenda_news, agendas, decisions, meeting_cards, minutes, preparation
from bot.services.access import Ask, Op
from bot.services.history import remember_meeting

POSTED = (*changes.DRAFT_KEYS, "approve-agenda", "papers-out")
"""The items of a preparation that are done once the agenda is posted."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """`over`: minutes too many, and what `could_wait`; `left_out`: dropped by somebody before."""

    sheet: Sheet
    over: int = 0
    could_wait: tuple[AgendaItem, ...] = ()
    left_out: tuple[AgendaItem, ...] = ()
    same: bool = False
    """It stood there just so."""


@dataclass(frozen=True, slots=True)
class Posted:
    """`again`: it was posted before, and is rewritten there."""

    sheet: Sheet
    lanes: tuple[str, ...]
    again: bool = False


def draft(ask: Ask, ref: Ref) -> Drafted:
    """What stands on it stays; what an earlier draft gathered is gathered anew."""
    meeting = changes.find(ask, ref, Op.ARRANGE_AGENDA)
    before = changes.items_of(ask.store, meeting.id)
    known = {item.source: item for item in before if item.source}
    parts = drafts.composed(gather(ask, meeting), meeting, _chair(ask, meeting), ask.world)
    standing = [item for item in before if item.state in ON_IT and not _is_stale(item, parts)]
    kept = {item.source: item for item in standing if item.source}
    wanted = [p for p in parts if p.new.source in kept or p.new.source not in known]
    sources = {part.new.source for part in wanted}
    others = [item for item in standing if item.source not in sources]
    timed, beside = drafts.fit(wanted, kept, others, length(meeting))
    order = _arranged(ask, meeting, before, standing, timed, beside)
    same = ask.store.agendas.standing(meeting.id).drafted_at is not None and order == tuple(before)
    if not same:
        changes.save(ask, meeting, before, order, changes.DRAFT)
    _carry_over(ask, meeting, sources - kept.keys())
    for key in changes.DRAFT_KEYS:
        preparation.done_by_itself(ask.store, meeting, key, ask.now)
    sheet = agendas.opened(ask, ref)
    over = max(0, total(sheet.items) - length(meeting))
    waiting = could_wait(sheet.items, over)
    dropped = tuple(
        item for item in before if item.state is AgendaState.DROPPED and item.source in _made(parts)
    )
    return Drafted(sheet, over, waiting, dropped, same)


def gather(ask: Ask, meeting: Meeting) -> Gathered:
    """Everything open that the meeting should look at."""
    store, keys = ask.store, _groups(ask, meeting)
    decisions.adopt_due(store, ask.now)
    days = {key: day_in(ask.now, ask.world.groups[key].zone) for key in keys}
    found = store.items.open_in(keys[0]) if len(keys) == 1 else store.items.all_open()
    theirs = (item for item in found if item.group in days)
    overdue, pending = drafts.sorted_out(theirs, days, meeting.start_day)
    until = meeting.start_day + drafts.DEADLINES_AHEAD
    due = store.deadlines.of_groups(keys if meeting.groups else None)
    waiting = minutes.unapproved(store, meeting.groups)
    return Gathered(
        unapproved=tuple(one.ref for one, _ in waiting if one.starts < meeting.starts),
        overdue=overdue,
        pending=pending,
        left=tuple((one.ref, item) for one, item in _left(ask, meeting)),
        deadlines=tuple(one for one in due if one.due <= until),
        decisions=tuple(
            one for one in store.decisions.of_groups(keys) if drafts.returns(one, meeting.start_day)
        ),
    )


def post(ask: Ask, ref: Ref) -> Posted:
    """Into the channels of its groups; what is there already is rewritten."""
    meeting = changes.find(ask, ref, Op.ARRANGE_AGENDA)
    if not agendas.listed(ask.store, meeting.id):
        raise Conflict(Code.AGENDA_EMPTY, ref=ref)
    before = ask.store.agendas.standing(meeting.id)
    ask.store.agendas.put(replace(before, posted_at=ask.now))
    lanes = agenda_news.show(ask.store, ask.world, meeting, ask.now)
    if not lanes:
        raise Conflict(Code.CHANNEL_UNLINKED)
    if before.posted_at is None:
        remember_meeting(ask, meeting, changes.POST)
    for key in POSTED:
        preparation.done_by_itself(ask.store, meeting, key, ask.now)
    meeting_cards.follow(ask.store, ask.world, meeting.id, ask.now)
    return Posted(agendas.opened(ask, ref), lanes, again=before.posted_at is not None)


def _arranged(
    ask: Ask,
    meeting: Meeting,
    before: Sequence[AgendaItem],
    standing: Sequence[AgendaItem],
    timed: dict[str, Part],
    beside: Sequence[AgendaItem],
) -> tuple[AgendaItem, ...]:
    """What stood there in its order, what is new in its place."""
    minutes_said = {item.id: item for item in beside}
    gone = {item.id for item in before if item.state in ON_IT} - {item.id for item in standing}
    order: tuple[AgendaItem, ...] = tuple(
        drafts.refreshed(item, timed[item.source])
        if item.source in timed and item.state is AgendaState.LISTED
        else minutes_said.get(item.id, item)
        for item in before
        if item.id not in gone
    )
    there = {item.source for item in standing}
    for source, part in timed.items():
        if source not in there:
            added = ask.store.agendas.add(meeting.id, part.new, ask.actor.user, ask.now)
            order = placed(order, added)
    return order


def _is_stale(item: AgendaItem, parts: Sequence[Part]) -> bool:
    """An earlier draft gathered it, and there is nothing of the kind any more."""
    ours = item.source in ROUTINE or item.source.startswith((MINUTES, DECISION))
    return ours and item.state is AgendaState.LISTED and item.source not in _made(parts)


def _made(parts: Sequence[Part]) -> set[str]:
    return {part.new.source for part in parts}


def _left(ask: Ask, meeting: Meeting) -> list[tuple[Meeting, AgendaItem]]:
    """What was not reached at meetings of the same groups that are over or cancelled."""
    earlier = [
        one
        for one in ask.store.meetings.all()
        if set(one.groups) == set(meeting.groups)
        and one.starts < meeting.starts
        and (one.ends <= ask.now or not one.state.ahead)
    ]
    found = ask.store.agendas.of(one.id for one in earlier)
    open_ = (AgendaState.LISTED, AgendaState.LATE)
    return [
        (one, item)
        for one in earlier
        for item in found[one.id]
        if item.proposed and item.state in open_
    ]


def _carry_over(ask: Ask, meeting: Meeting, sources: set[str]) -> None:
    """Where they came from, they are said to have gone on."""
    for origin in dict.fromkeys(one for one, _ in _left(ask, meeting)):
        before = changes.items_of(ask.store, origin.id)
        gone = [
            replace(item, state=AgendaState.CARRIED)
            if f"{CARRIED}{origin.ref}:{item.id}" in sources
            else item
            for item in before
        ]
        changes.unsay(ask.store, before)
        changes.save(ask, origin, before, gone, "")


def _groups(ask: Ask, meeting: Meeting) -> tuple[GroupKey, ...]:
    """Those that are still active."""
    keys = takes_part(meeting.groups, ask.world)
    active = (k for k in keys if ask.world.groups[k].state is GroupState.ACTIVE)
    return tuple(active) or keys


def _chair(ask: Ask, meeting: Meeting) -> UserId | None:
    if len(meeting.groups) != 1:
        return None
    chairs = ask.world.holding(Role.CHAIR, meeting.groups[0])
    here = (u for u in chairs if u in ask.world.people and not ask.world.people[u].left)
    return next(here, None)
