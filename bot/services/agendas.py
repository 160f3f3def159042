"""Agendas: one function is one use case, inside the transaction of its request."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.agendas import (
    LONGEST,
    MOST,
    ON_IT,
    AgendaItem,
    AgendaState,
    Edits,
    NewAgendaItem,
    Sheet,
    placed,
)
from bot.domain.items import TITLE_LIMIT
from bot.domain.meetings import Meeting, MeetingId
from bot.domain.model import Group, Ref, UserId
from bot.domain.preparation import takes_part
from bot.errors import BadInput, Code, Conflict, NotFound
from bot.services import agenda_changes as changes
from bot.services import late_papers, meetings
from bot.services.access import Ask, Op, allowed, authorize
from bot.services.agenda_news import matters_of
from bot.services.checks import require_owner_in
from bot.storage.database import Store


@dataclass(frozen=True, slots=True)
class Changed:
    """`item` is what it was about; `deciders` are asked whether a late one is taken."""

    sheet: Sheet
    item: AgendaItem
    deciders: tuple[UserId, ...] = ()
    onto: Meeting | None = None
    there: bool = False
    """It stood there in the same words: nothing was changed."""


def listed(store: Store, meeting: MeetingId) -> tuple[AgendaItem, ...]:
    """Those on the agenda; people call each by its place in this, from 1."""
    return _on_it(changes.items_of(store, meeting))


def meant(ask: Ask, group: Group | None) -> Ref:
    """The next meeting of the group, or of the asker; also one under way."""
    if group is None:
        found = meetings.next_of(ask, None)
    else:
        authorize(ask, Op.SEE_MEETING, group.key)
        ahead = ask.store.meetings.upcoming(ask.now, [group.key])
        own = (one for one in ahead if group.key in one.groups)
        found = next(own, None) or next(iter(ahead), None)
    if found is None:
        raise Conflict(Code.AGENDA_NO_MEETING, group=group.key if group else "")
    return found.ref


def opened(ask: Ask, ref: Ref) -> Sheet:
    return _sheet(ask, meetings.find(ask, ref))


def add(ask: Ask, ref: Ref, new: NewAgendaItem) -> Changed:
    """Put it on the agenda, or ask the chair where papers are due no more."""
    meeting = changes.find(ask, ref, Op.PROPOSE_TOPIC)
    _require(ask, meeting, new)
    before = changes.items_of(ask.store, meeting.id)
    known = next((one for one in before if _says(one, new.topic)), None)
    if known is not None:
        return Changed(_sheet(ask, meeting), known, there=True)
    if len(_on_it(before)) + len(_late(before)) >= MOST:
        raise Conflict(Code.AGENDA_FULL, ref=ref, most=MOST)
    deciders = late_papers.deciders(ask, meeting)
    if deciders:
        new = replace(new, state=AgendaState.LATE)
    item = ask.store.agendas.add(meeting.id, new, ask.actor.user, ask.now)
    changes.save(ask, meeting, before, placed(before, item), changes.ADD, new.topic)
    late_papers.ask_about(ask, meeting, item, deciders)
    return Changed(_sheet(ask, meeting), item, deciders)


def edit(ask: Ask, ref: Ref, n: int, edits: Edits) -> Changed:
    """What is not said stays."""
    meeting, before, item = for_edit(ask, ref, n)
    after = replace(
        item,
        topic=item.topic if edits.topic is None else edits.topic,
        minutes=item.minutes if edits.minutes is None else edits.minutes,
        owner=edits.owner or item.owner,
        purpose=edits.purpose or item.purpose,
        link=item.link if edits.link is None else edits.link,
    )
    return _edited(ask, meeting, before, after)


def rewrite(ask: Ask, ref: Ref, n: int, edits: Edits) -> Changed:
    """What is not said is nothing any more."""
    meeting, before, item = for_edit(ask, ref, n)
    after = replace(
        item,
        topic=edits.topic or "",
        minutes=edits.minutes,
        owner=edits.owner,
        purpose=edits.purpose or item.purpose,
        link=edits.link or "",
    )
    return _edited(ask, meeting, before, after)


def _edited(ask: Ask, meeting: Meeting, before: Sequence[AgendaItem], after: AgendaItem) -> Changed:
    _require(ask, meeting, after)
    order = [after if one.id == after.id else one for one in before]
    changes.save(ask, meeting, before, order, changes.EDIT, after.topic)
    return Changed(_sheet(ask, meeting), after)


def drop(ask: Ask, ref: Ref, n: int) -> Changed:
    meeting, before, item = for_edit(ask, ref, n)
    gone = replace(item, state=AgendaState.DROPPED)
    order = [gone if one.id == item.id else one for one in before]
    changes.save(ask, meeting, before, order, changes.DROP, item.topic)
    return Changed(_sheet(ask, meeting), gone)


def order(ask: Ask, ref: Ref, numbers: Sequence[int]) -> Sheet:
    """These first; the rest keeps its order behind them."""
    meeting = changes.find(ask, ref, Op.ARRANGE_AGENDA)
    before = changes.items_of(ask.store, meeting.id)
    if twice := next((n for n in numbers if list(numbers).count(n) > 1), None):
        raise BadInput(Code.AGENDA_ORDER, None, str(twice), ref=ref)
    if not numbers:
        raise BadInput(Code.AGENDA_ORDER, None, ref=ref)
    first = [_numbered(before, n, meeting) for n in numbers]
    chosen = {item.id for item in first}
    rest = [item for item in before if item.id not in chosen]
    said = ", ".join(map(str, numbers))
    changes.save(ask, meeting, before, (*first, *rest), changes.ORDER, said)
    return _sheet(ask, meeting)


def carry(ask: Ask, ref: Ref, n: int) -> Changed:
    """On to the next meeting of the same groups."""
    meeting = changes.find(ask, ref, Op.ARRANGE_AGENDA)
    before = changes.items_of(ask.store, meeting.id)
    item = _numbered(before, n, meeting)
    onto = changes.following(ask.store, meeting, ask.now)
    moved = changes.move_on(ask, meeting, before, item, onto, changes.CARRY)
    return Changed(_sheet(ask, meeting), moved, onto=onto)


def for_edit(ask: Ask, ref: Ref, n: int) -> tuple[Meeting, tuple[AgendaItem, ...], AgendaItem]:
    """One that is theirs to change: their own words, or anybody's for who arranges it."""
    meeting = changes.find(ask, ref, Op.PROPOSE_TOPIC)
    before = changes.items_of(ask.store, meeting.id)
    if 0 < n <= len(_on_it(before)) and _is_own(ask, _on_it(before)[n - 1]):
        return meeting, before, _on_it(before)[n - 1]
    authorize(ask, Op.ARRANGE_AGENDA, meeting)
    return meeting, before, _numbered(before, n, meeting)


def for_adding(ask: Ask, ref: Ref) -> Meeting:
    return changes.find(ask, ref, Op.PROPOSE_TOPIC)


def _is_own(ask: Ask, item: AgendaItem) -> bool:
    return item.created_by == ask.actor.user and item.proposed


def _require(ask: Ask, meeting: Meeting, item: NewAgendaItem | AgendaItem) -> None:
    if not item.topic.strip():
        raise BadInput(Code.TEXT_EMPTY, "text", item.topic, noun="topic", ref=meeting.ref)
    if (size := len(item.topic)) > TITLE_LIMIT:
        known = {"length": size, "limit": TITLE_LIMIT, "noun": "topic", "ref": meeting.ref}
        raise BadInput(Code.TEXT_LONG, "text", item.topic, **known)
    if item.minutes is not None and not 1 <= item.minutes <= LONGEST:
        typed = str(item.minutes)
        raise BadInput(Code.AGENDA_MINUTES, "minutes", typed, most=LONGEST)
    if item.owner and item.owner not in meeting.guests:
        require_owner_in(ask, item.owner, takes_part(meeting.groups, ask.world))


def _numbered(items: Sequence[AgendaItem], n: int, meeting: Meeting) -> AgendaItem:
    on_it = _on_it(items)
    if not 0 < n <= len(on_it):
        raise NotFound(Code.AGENDA_NO_ITEM, ref=meeting.ref, n=n, many=len(on_it))
    return on_it[n - 1]


def _sheet(ask: Ask, meeting: Meeting) -> Sheet:
    items = changes.items_of(ask.store, meeting.id)
    on_it = _on_it(items)
    ahead = meeting.state.ahead and meeting.ends > ask.now

    def may(op: Op) -> bool:
        return ahead and allowed(ask.world, ask.actor, op, meeting, ask.now)

    return Sheet(
        meeting,
        ask.store.agendas.standing(meeting.id),
        on_it,
        _late(items),
        matters_of(ask.store, on_it),
        proposes=may(Op.PROPOSE_TOPIC),
        arranges=may(Op.ARRANGE_AGENDA),
    )


def _on_it(items: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
    return tuple(item for item in items if item.state in ON_IT)


def _says(item: AgendaItem, topic: str) -> bool:
    """One that is still to come."""
    there = item.state in (AgendaState.LISTED, AgendaState.LATE)
    return there and item.topic.split() == topic.split()


def _late(items: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
    return tuple(item for item in items if item.state is AgendaState.LATE)
