"""Deadlines: one function is one use case, inside the transaction of its request."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.domain import knock_on
from bot.domain.deadlines import Deadline, Kind, NewDeadline, Stage
from bot.domain.items import NOTE_LIMIT, TITLE_LIMIT, Change, Item, Move
from bot.domain.knock_on import Hit, Step
from bot.domain.model import Group, GroupKey, Ref, UserId
from bot.domain.preparation import takes_part
from bot.errors import BadInput, Code, Conflict, NotFound
from bot.services import checks, slips
from bot.services.access import Ask, Op, allowed, authorize
from bot.services.checks import require_owner_in, require_reason, require_room, require_text
from bot.services.history import remember_shape
from bot.storage.database import Store
from bot.views.dates import day_words

STAGES = {
    "draft": Stage.DRAFT,
    "review": Stage.REVIEW,
    "approved": Stage.APPROVED,
    "submitted": Stage.MET,
}
"""What a deliverable goes through, as people say it."""


@dataclass(frozen=True, slots=True)
class Told:
    """`late`: what it needs that falls after it; `hits`: what cannot be met in time for it."""

    deadline: Deadline
    late: tuple[tuple[Step, date], ...] = ()
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """One deadline with what it needs, as far as there is any, and `earliest` it can be met."""

    deadline: Deadline
    needs: tuple[Step, ...]
    earliest: date


def find(ask: Ask, ref: Ref) -> Deadline:
    """The deadline, for those who may see it."""
    deadline = existing(ask, ref)
    authorize(ask, Op.SEE_DEADLINE, deadline)
    return deadline


def opened(ask: Ask, ref: Ref) -> Opened:
    deadline = find(ask, ref)
    steps = _below(ask.store, [ref])
    needs = tuple(steps[need] for need in deadline.needs if need in steps)
    return Opened(deadline, needs, knock_on.earliest(steps, ref))


def listed(ask: Ask, groups: Iterable[Group] = ()) -> tuple[Deadline, ...]:
    """Those open for these groups, or for any, that the asker may see.

    A group named and not theirs is refused.
    """
    keys = [group.key for group in groups]
    for key in keys:
        authorize(ask, Op.SEE_DEADLINE, key)
    found = ask.store.deadlines.of_groups(keys or None)
    return tuple(one for one in found if _may_see(ask, one))


def mine(ask: Ask) -> tuple[Deadline, ...]:
    """Open ones of the asker's groups and of all; of who is over all groups, every one."""
    roles = ask.world.roles(ask.actor.user)
    keys = {m.group for m in roles if m.group is not None}
    over_all = any(m.group is None for m in roles)
    found = ask.store.deadlines.of_groups(None if over_all else keys)
    return tuple(one for one in found if _may_see(ask, one))


def add(ask: Ask, new: NewDeadline) -> Told:
    for key in takes_part(new.groups, ask.world) or (None,):
        authorize(ask, Op.ADD_DEADLINE, key)
    for key in new.groups:
        checks.find_group(ask, key)
    require_text(new.text, "text", TITLE_LIMIT)
    if new.owner is not None:
        require_owner_in(ask, new.owner, takes_part(new.groups, ask.world))
    needs = _known(ask, new.needs)
    made = ask.store.deadlines.create(replace(new, needs=needs), ask.actor.user, ask.now)
    remember_shape(ask, made.ref, "add", new.text)
    return _told(ask.store, made)


def move(ask: Ask, ref: Ref, due: date, reason: str) -> Told:
    deadline = for_change(ask, ref)
    require_reason(reason, "move")
    if due == deadline.due:
        raise Conflict(Code.SAME_DATE, ref=ref)
    moved = Move(deadline.due, due, ask.actor.user, ask.now, reason)
    after = replace(deadline, due=due, moves=(*deadline.moves, moved), set_at=ask.now)
    said = f"{day_words(deadline.due)} → {day_words(due)}: {reason}"
    told = _told(ask.store, _change(ask, deadline, after, "move", said))
    told = replace(told, hits=slipped(ask.store, ref))
    slips.tell(ask, told.deadline, told.hits if due > deadline.due else ())
    return told


def met(ask: Ask, ref: Ref, note: str = "") -> Told:
    deadline = for_change(ask, ref)
    require_room(note, "note")
    return _close(ask, deadline, Stage.MET, "met", note=note)


def drop(ask: Ask, ref: Ref, reason: str) -> Told:
    deadline = for_change(ask, ref)
    require_reason(reason, "drop")
    return _close(ask, deadline, Stage.DROPPED, "drop", why=reason)


def stage(ask: Ask, ref: Ref, word: str) -> Told:
    """How far a deliverable is, in a word of `STAGES`; `submitted` closes it."""
    deadline = for_change(ask, ref)
    to = STAGES.get(word)
    if deadline.kind is Kind.MILESTONE or to is None:
        usage = f"deadline met {ref}" if to else f"deadline stage {ref} {'|'.join(STAGES)}"
        raise BadInput(Code.WRONG_WORDS, None, word, usage=usage)
    if to.closed:
        return _close(ask, deadline, to, "stage", note=deadline.note, detail=word)
    after = replace(deadline, stage=to)
    return _told(ask.store, _change(ask, deadline, after, "stage", word))


def needs(ask: Ask, ref: Ref, refs: tuple[Ref, ...]) -> Told:
    """Wait for these as well; none: for nothing any more."""
    deadline = for_change(ask, ref)
    known = _known(ask, refs)
    closing = knock_on.circle(_below(ask.store, known), deadline.ref, known)
    if closing:
        raise Conflict(Code.CIRCLE, chain=closing)
    all_needs = tuple(dict.fromkeys((*deadline.needs, *known))) if refs else ()
    after = replace(deadline, needs=all_needs)
    return _told(ask.store, _change(ask, deadline, after, "needs", " ".join(known)))


def edit(ask: Ask, ref: Ref, text: str) -> Told:
    deadline = for_change(ask, ref)
    require_text(text, "text", TITLE_LIMIT)
    after = replace(deadline, text=text)
    return _told(ask.store, _change(ask, deadline, after, "edit", text))


def give(ask: Ask, ref: Ref, owner: UserId) -> Told:
    deadline = for_change(ask, ref)
    require_owner_in(ask, owner, takes_part(deadline.groups, ask.world))
    if owner == deadline.owner:
        raise Conflict(Code.ALREADY_THEIRS, ref=ref)
    after = replace(deadline, owner=owner, set_at=ask.now)
    return _told(ask.store, _change(ask, deadline, after, "give", owner))


def history(ask: Ask, ref: Ref) -> tuple[Deadline, tuple[Change, ...]]:
    deadline = find(ask, ref)
    return deadline, ask.store.audit.of(ref)


def slipped(store: Store, ref: Ref) -> tuple[Hit, ...]:
    """What waits for it, an action or a deadline, and cannot be met in time for its date."""
    return knock_on.hits(_around(store, ref), ref)


def existing(ask: Ask, ref: Ref) -> Deadline:
    deadline = ask.store.deadlines.get(ref)
    if deadline is None:
        raise NotFound(Code.NO_SUCH_ID, ref=ref)
    if deadline.taken_back:
        raise NotFound(Code.GONE, ref=ref)
    return deadline


def for_change(ask: Ask, ref: Ref) -> Deadline:
    """An open deadline that the asker may change."""
    deadline = existing(ask, ref)
    authorize(ask, Op.CHANGE_DEADLINE, deadline)
    if deadline.stage.closed:
        raise Conflict(Code.ALREADY_DONE, ref=ref)
    return deadline


def _may_see(ask: Ask, deadline: Deadline) -> bool:
    return allowed(ask.world, ask.actor, Op.SEE_DEADLINE, deadline, ask.now)


def _close(
    ask: Ask,
    deadline: Deadline,
    to: Stage,
    verb: str,
    *,
    why: str = "",
    note: str = "",
    detail: str = "",
) -> Told:
    after = replace(
        deadline, stage=to, why=why, note=note, closed_at=ask.now, closed_by=ask.actor.user
    )
    return Told(_change(ask, deadline, after, verb, detail or why or note))


def _change(ask: Ask, before: Deadline, after: Deadline, verb: str, detail: str) -> Deadline:
    stamped = replace(after, updated_at=ask.now, updated_by=ask.actor.user)
    saved = ask.store.deadlines.save(stamped, expected=before.version)
    remember_shape(ask, saved.ref, verb, detail[:NOTE_LIMIT])
    return saved


def _told(store: Store, deadline: Deadline) -> Told:
    return Told(deadline, knock_on.too_late(_below(store, [deadline.ref]), deadline.ref))


def _known(ask: Ask, refs: Iterable[Ref]) -> tuple[Ref, ...]:
    """As the things are called now. Whoever names an id may wait for it, of whatever group."""
    found = []
    for ref in refs:
        steps = _steps(ask.store, [ref])
        if not steps:
            raise NotFound(Code.NO_SUCH_ID, ref=ref)
        found.append(next(iter(steps.values())).ref)
    return tuple(dict.fromkeys(found))


def _around(store: Store, ref: Ref) -> dict[Ref, Step]:
    """It, all that waits for it, and all that those wait for."""
    seen, edge = {ref}, {ref}
    while edge:
        waiting = {item.ref for item in store.items.open_needing(edge)}
        waiting |= {deadline.ref for deadline in store.deadlines.open_needing(edge)}
        edge = waiting - seen
        seen |= edge
    return _below(store, seen)


def _below(store: Store, refs: Iterable[Ref]) -> dict[Ref, Step]:
    """These and all that they wait for; a level a query, whatever there is beside."""
    found: dict[Ref, Step] = {}
    edge = set(refs)
    while edge:
        found |= _steps(store, edge)
        edge = {need for ref in edge & set(found) for need in found[ref].needs} - set(found)
    return found


def _steps(store: Store, refs: Iterable[Ref]) -> dict[Ref, Step]:
    """By the ids that were asked for, also those from before a merge."""
    wanted = set(refs)
    found = {one.ref: _step(one) for one in store.deadlines.many(wanted) if not one.taken_back}
    found |= {one.ref: _step(one) for one in store.items.many(wanted) if not one.taken_back}
    for ref in wanted - set(found):
        item = store.items.get(ref)
        if item is not None and not item.taken_back:
            found[ref] = _step(item)
    return found


def _step(one: Deadline | Item) -> Step:
    if isinstance(one, Item):
        return Step(one.ref, one.due.day, (GroupKey(one.group),), one.needs, one.state.closed)
    return Step(one.ref, one.due, one.groups, one.needs, one.stage.closed)
