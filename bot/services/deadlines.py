"""Deadlines: one function is one use case, inside the transaction of its request."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.domain import knock_on
from bot.domain.deadlines import Deadline, Kind, NewDeadline, Stage
from bot.domain.history import Change
from bot.domain.items import NOTE_LIMIT, TITLE_LIMIT, Move, Source
from bot.domain.knock_on import Hit, Step
from bot.domain.model import Group, GroupKey, Ref, UserId
from bot.domain.notices import REMINDERS
from bot.domain.preparation import takes_part
from bot.errors import BadInput, Code, Conflict, NotFound
from bot.services import cards, chains, checks, shared_deadlines, slips
from bot.services.access import Ask, Op, allowed, authorize
from bot.services.checks import require_owner_in, require_reason, require_room, require_text
from bot.services.history import remember
from bot.storage.database import Store

STAGES = {
    "draft": Stage.DRAFT,
    "review": Stage.REVIEW,
    "approved": Stage.APPROVED,
    "submitted": Stage.MET,
}
"""What a deliverable goes through, as people say it."""


@dataclass(frozen=True, slots=True)
class Told:
    """`late`: what it needs that falls after it; `hits`: what cannot be met in time for it.

    `closed`: what it shall wait for though it is closed; `waiting`: what waits for it in vain.
    `earliest`: when it can be met, for all that it waits for. `others`: groups whose chairs hear
    that it is for them too.
    """

    deadline: Deadline
    earliest: date
    late: tuple[tuple[Step, date], ...] = ()
    hits: tuple[Hit, ...] = ()
    closed: tuple[Step, ...] = ()
    waiting: tuple[Step, ...] = ()
    others: tuple[GroupKey, ...] = ()


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
    steps = chains.below(ask.store, [ref])
    needs = tuple(steps[need] for need in deadline.needs if need in steps)
    return Opened(deadline, needs, knock_on.earliest(steps, ref))


def listed(ask: Ask, groups: Iterable[Group] = (), *, closed: bool = False) -> tuple[Deadline, ...]:
    """Those open, or also those `closed`, for these groups or for any, that the asker may see.

    A group named and not theirs is refused.
    """
    keys = [group.key for group in groups]
    for key in keys:
        authorize(ask, Op.SEE_DEADLINE, key)
    found = ask.store.deadlines.of_groups(keys or None, closed=closed)
    return tuple(one for one in found if _may_see(ask, one))


def hides(ask: Ask) -> bool:
    """Whether there are some open that the asker may not see."""
    return any(not _may_see(ask, one) for one in ask.store.deadlines.of_groups())


def mine(ask: Ask, *, closed: bool = False) -> tuple[Deadline, ...]:
    """Open ones, or also those `closed`, of the asker's groups and of all together.

    Of who is over all groups, every one.
    """
    roles = ask.world.roles(ask.actor.user)
    keys = {m.group for m in roles if m.group is not None}
    over_all = any(m.group is None for m in roles)
    found = ask.store.deadlines.of_groups(None if over_all else keys, closed=closed)
    return tuple(one for one in found if _may_see(ask, one))


def add(ask: Ask, new: NewDeadline, source: Source | None = None) -> Told:
    """`source`: the message that it was taken from."""
    shared_deadlines.may_add(ask, new.groups)
    for key in new.groups:
        checks.find_group(ask, key)
    require_text(new.text, "text", TITLE_LIMIT)
    if new.owner is not None:
        require_owner_in(ask, new.owner, takes_part(new.groups, ask.world))
    needs = checks.awaited(ask, new.needs)
    made = ask.store.deadlines.create(replace(new, needs=needs), ask.actor.user, ask.now)
    remember(ask, None, made, "add", new.text)
    if name := _captured(source):
        ask.store.marks.set(name, ask.now, made.ref)
    shared_deadlines.announce(ask, made)
    others = shared_deadlines.others(ask, made.groups)
    return replace(_told(ask.store, made, given=needs), others=others)


def move(ask: Ask, ref: Ref, due: date, reason: str) -> Told:
    deadline = for_change(ask, ref)
    if due == deadline.due:
        raise Conflict(Code.SAME_DATE, deadline=deadline)
    require_reason(reason, "move", deadline=deadline, due=due)
    moved = Move(deadline.due, due, ask.actor.user, ask.now, reason)
    after = replace(deadline, due=due, moves=(*deadline.moves, moved), set_at=ask.now)
    told = _change(ask, deadline, after, "move", reason)
    return replace(told, hits=chains.slipped(ask.store, told.deadline.ref, deadline.due))


def met(ask: Ask, ref: Ref, note: str = "") -> Told:
    deadline = for_change(ask, ref)
    require_room(note, "note")
    return _close(ask, deadline, Stage.MET, "met", note=note)


def drop(ask: Ask, ref: Ref, reason: str) -> Told:
    deadline = for_change(ask, ref)
    require_reason(reason, "drop", deadline=deadline)
    told = _close(ask, deadline, Stage.DROPPED, "drop", why=reason)
    return replace(told, waiting=chains.waiting_for(ask.store, ref))


def reopen(ask: Ask, ref: Ref) -> Told:
    deadline = existing(ask, ref)
    authorize(ask, Op.CHANGE_DEADLINE, deadline)
    if not deadline.stage.closed:
        raise Conflict(Code.ALREADY_OPEN, deadline=deadline)
    owner = checks.owner_still(ask, deadline)
    after = replace(
        deadline, stage=Stage.OPEN, why="", note="", closed_at=None, closed_by=None, owner=owner
    )
    return _change(ask, deadline, after, "reopen")


def stage(ask: Ask, ref: Ref, word: str) -> Told:
    """How far a deliverable is, in a word of `STAGES`; `submitted` closes it."""
    deadline = for_change(ask, ref)
    to = STAGES.get(word)
    if deadline.kind is Kind.MILESTONE:
        raise BadInput(Code.WRONG_WORDS, None, word, deadline=deadline)
    if to is None:
        usage = f"deadline stage {ref} {'|'.join(STAGES)}"
        raise BadInput(Code.WRONG_WORDS, None, word, usage=usage)
    if to.closed:
        return _close(ask, deadline, to, "stage", note=deadline.note, detail=word)
    return _change(ask, deadline, replace(deadline, stage=to), "stage", word)


def needs(ask: Ask, ref: Ref, refs: tuple[Ref, ...]) -> Told:
    """Wait for these as well; none: for nothing any more."""
    deadline = for_change(ask, ref)
    known = checks.awaited(ask, refs)
    closing = knock_on.circle(chains.below(ask.store, known), deadline.ref, known)
    if closing:
        raise Conflict(Code.CIRCLE, chain=closing)
    all_needs = tuple(dict.fromkeys((*deadline.needs, *known))) if refs else ()
    told = _change(ask, deadline, replace(deadline, needs=all_needs), "needs", " ".join(known))
    return replace(told, closed=_closed(ask.store, known))


def edit(ask: Ask, ref: Ref, text: str) -> Told:
    deadline = for_change(ask, ref)
    require_text(text, "text", TITLE_LIMIT)
    return _change(ask, deadline, replace(deadline, text=text), "edit", text)


def give(ask: Ask, ref: Ref, owner: UserId) -> Told:
    deadline = for_change(ask, ref)
    require_owner_in(ask, owner, takes_part(deadline.groups, ask.world))
    if owner == deadline.owner:
        raise Conflict(Code.ALREADY_THEIRS, deadline=deadline)
    return _change(ask, deadline, replace(deadline, owner=owner, set_at=ask.now), "give", owner)


def history(ask: Ask, ref: Ref) -> tuple[Deadline, tuple[Change, ...]]:
    deadline = find(ask, ref)
    return deadline, ask.store.audit.of(ref)


def captured(ask: Ask, source: Source | None) -> Deadline | None:
    """What a message was made into before, if the asker may see that."""
    name = _captured(source)
    mark = ask.store.marks.get(name) if name else None
    made = ask.store.deadlines.get(Ref(mark.value)) if mark else None
    return made if made and not made.taken_back and _may_see(ask, made) else None


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
        raise Conflict(Code.ALREADY_DONE, deadline=deadline)
    return deadline


def _captured(source: Source | None) -> str:
    """The name of the mark that a message was taken down."""
    return f"captured:{source.channel}:{source.ts}" if source and source.ts else ""


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
    return _change(ask, deadline, after, verb, detail or why or note)


def _change(ask: Ask, before: Deadline, after: Deadline, verb: str, detail: str = "") -> Told:
    """Save, remember, take back what was not yet said, tell whom a move hits."""
    stamped = replace(after, updated_at=ask.now, updated_by=ask.actor.user)
    saved = ask.store.deadlines.save(stamped, expected=before.version)
    remember(ask, before, saved, verb, detail[:NOTE_LIMIT])
    ask.store.outbox.withdraw(saved.subject, kinds=REMINDERS)
    cards.refresh(ask.store, ask.world, saved, ask.now)
    slips.follow(ask, saved)
    shared_deadlines.follow(ask, saved)
    return _told(ask.store, saved)


def _told(store: Store, deadline: Deadline, given: Iterable[Ref] = ()) -> Told:
    if deadline.stage.closed:
        return Told(deadline, deadline.due)
    steps = chains.below(store, [deadline.ref])
    late = knock_on.too_late(steps, deadline.ref)
    earliest = knock_on.earliest(steps, deadline.ref)
    return Told(deadline, earliest, late, closed=_closed(store, given))


def _closed(store: Store, refs: Iterable[Ref]) -> tuple[Step, ...]:
    return tuple(step for step in chains.steps(store, refs).values() if step.closed)
