"""Actions: one function is one use case, inside the transaction of its request."""

from dataclasses import dataclass, replace

from bot.domain.history import Change
from bot.domain.items import (
    NOTE_LIMIT,
    TITLE_LIMIT,
    Answer,
    Assignment,
    Due,
    Item,
    ItemState,
    Move,
    NewItem,
    Note,
    Quiet,
    Source,
)
from bot.domain.model import Ref, UserId
from bot.domain.notices import REMINDERS
from bot.errors import BadInput, Code, Conflict, NotFound
from bot.services import cards, checks, slips
from bot.services.access import Ask, Op, allowed, authorize, may_own
from bot.services.checks import require_owner, require_reason, require_room, require_text
from bot.services.history import remember


@dataclass(frozen=True, slots=True)
class Added:
    """`again`: the message had been captured before; `item` is what it became then."""

    item: Item
    again: bool = False


def find(ask: Ask, ref: Ref) -> Item:
    """The action, for those who may see it."""
    item = existing(ask, ref)
    authorize(ask, Op.SEE_ITEM, item)
    return item


def add(ask: Ask, new: NewItem, *, anew: bool = False, card: bool = True) -> Added:
    """`anew`: also from a message that was made into one before; `card` False: without a card."""
    authorize(ask, Op.ADD_ITEM, new.group)
    checks.find_group(ask, new.group)
    require_text(new.text, "text", TITLE_LIMIT)
    require_room(new.note, "note")
    for owner in new.owners:
        require_owner(ask, owner, new)
    new = replace(new, needs=checks.awaited(ask, new.needs))
    if not anew and (known := captured(ask, new.source)) is not None:
        return Added(known, again=True)
    assignments = tuple(_given(ask, user) for user in new.owners)
    item = ask.store.items.create(new, ask.actor.user, ask.now, assignments)
    remember(ask, None, item, "add", new.text)
    if card:
        cards.post(ask.store, ask.world, item, ask.now)
    return Added(item)


def done(ask: Ask, ref: Ref, evidence: str = "") -> Item:
    item = for_change(ask, ref)
    require_room(evidence, "evidence")
    return _close(ask, item, ItemState.DONE, "done", evidence=evidence)


def drop(ask: Ask, ref: Ref, reason: str) -> Item:
    item = for_change(ask, ref)
    require_reason(reason, "drop")
    return _close(ask, item, ItemState.DROPPED, "drop", why=reason)


def reopen(ask: Ask, ref: Ref) -> Item:
    item = existing(ask, ref)
    authorize(ask, Op.CHANGE_ITEM, item)
    if not item.state.closed:
        raise Conflict(Code.ALREADY_OPEN, item=item)
    after = replace(
        item,
        state=ItemState.OPEN,
        state_since=ask.now,
        why="",
        evidence="",
        closed_at=None,
        closed_by=None,
        assignments=checks.still_theirs(ask, item),
    )
    return _change(ask, item, after, "reopen")


def start(ask: Ask, ref: Ref) -> Item:
    item = for_change(ask, ref)
    after = replace(item, state=ItemState.IN_PROGRESS, state_since=ask.now, why="")
    return _change(ask, item, after, "start")


def block(ask: Ask, ref: Ref, why: str) -> Item:
    item = for_change(ask, ref)
    require_reason(why, "block")
    after = replace(item, state=ItemState.BLOCKED, state_since=ask.now, why=why)
    return _change(ask, item, after, "block", why)


def unblock(ask: Ask, ref: Ref) -> Item:
    item = for_change(ask, ref)
    if item.state is not ItemState.BLOCKED:
        raise Conflict(Code.NOT_BLOCKED, item=item)
    after = replace(item, state=ItemState.OPEN, state_since=ask.now, why="")
    return _change(ask, item, after, "unblock", item.why)


def give(ask: Ask, ref: Ref, owners: tuple[UserId, ...]) -> Item:
    """Hand over; every new owner is asked, the giver's own share is accepted at once."""
    item = for_change(ask, ref)
    if not owners:
        raise BadInput(Code.PERSON_NEEDED, "owner")
    for owner in owners:
        require_owner(ask, owner, item)
    if set(owners) == set(item.owners):
        raise Conflict(Code.ALREADY_THEIRS, item=item)
    held = {assignment.user: assignment for assignment in item.assignments}
    after = replace(
        item,
        assignments=tuple(held.get(user) or _given(ask, user) for user in owners),
        set_at=ask.now,
    )
    return _change(ask, item, after, "give", " ".join(owners))


def take(ask: Ask, ref: Ref) -> Item:
    """Become the owner of an action that has none."""
    item = existing(ask, ref)
    authorize(ask, Op.TAKE_ITEM, item)
    _require_open(item)
    if item.assignments:
        raise Conflict(Code.CHANGED_MEANWHILE, item=item)
    require_owner(ask, ask.actor.user, item)
    after = replace(item, assignments=(_given(ask, ask.actor.user),), set_at=ask.now)
    return _change(ask, item, after, "take")


def accept(ask: Ask, ref: Ref) -> Item:
    item = for_answer(ask, ref)
    if _assignment(item, ask.actor.user).answer is Answer.ACCEPTED:
        raise Conflict(Code.ALREADY_ACCEPTED, item=item)
    return _change(ask, item, item, "accept")


def decline(ask: Ask, ref: Ref, reason: str) -> Item:
    """Back to the one who gave it, who is told why."""
    item = for_answer(ask, ref)
    require_reason(reason, "decline")
    mine = _assignment(item, ask.actor.user)
    rest = tuple(a for a in item.assignments if a.user != ask.actor.user)
    if (
        not rest
        and mine.given_by != ask.actor.user
        and may_own(ask.world, mine.given_by, item.group)
    ):
        rest = (Assignment(mine.given_by, mine.given_by, ask.now, Answer.ACCEPTED, ask.now),)
    after = replace(item, assignments=rest, set_at=ask.now)
    saved = _change(ask, item, after, "decline", reason)
    cards.tell_declined(ask.store, ask.world, saved, ask.actor, mine.given_by, reason, ask.now)
    return saved


def move(ask: Ask, ref: Ref, due: Due, reason: str = "") -> Item:
    item = for_change(ask, ref)
    require_room(reason, "reason")
    if due == item.due:
        raise Conflict(Code.SAME_DATE, item=item)
    moved = item.moves
    if due.day != item.due.day:
        moved = (*moved, Move(item.due.day, due.day, ask.actor.user, ask.now, reason))
    quiet = tuple(q for q in item.quiet if q.until is None)
    after = replace(item, due=due, moves=moved, set_at=ask.now, quiet=quiet)
    return _change(ask, item, after, "move", reason)


def edit(ask: Ask, ref: Ref, text: str, expected: int | None = None) -> Item:
    """`expected` is the version that was on the form; another one now is a conflict."""
    item = for_change(ask, ref)
    require_text(text, "text", TITLE_LIMIT)
    if expected is not None and item.version != expected:
        raise Conflict(Code.CHANGED_MEANWHILE, item=item)
    return _change(ask, item, replace(item, text=text), "edit", text)


def note(ask: Ask, ref: Ref, text: str) -> Item:
    item = existing(ask, ref)
    authorize(ask, Op.NOTE_ITEM, item)
    require_text(text, "note", NOTE_LIMIT)
    after = replace(item, notes=(*item.notes, Note(ask.actor.user, ask.now, text)))
    return _change(ask, item, after, "note", text)


def quiet(ask: Ask, ref: Ref, until: Quiet | None) -> Item:
    """No reminder of this action to the asker: until a day, or never again; None: as usual."""
    item = existing(ask, ref)
    authorize(ask, Op.QUIET_ITEM, item)
    _require_open(item)
    others = tuple(q for q in item.quiet if q.user != ask.actor.user)
    return _change(ask, item, replace(item, quiet=(*others, *filter(None, [until]))), "quiet")


def history(ask: Ask, ref: Ref) -> tuple[Item, tuple[Change, ...]]:
    item = find(ask, ref)
    return item, ask.store.audit.of(ref)


def existing(ask: Ask, ref: Ref) -> Item:
    item = ask.store.items.get(ref)
    if item is None:
        raise NotFound(Code.NO_SUCH_ID, ref=ref)
    if item.taken_back:
        raise NotFound(Code.GONE, ref=ref)
    return item


def captured(ask: Ask, source: Source | None) -> Item | None:
    """What a message was made into before, if the asker may see that."""
    if source is None or source.channel is None or source.ts is None:
        return None
    item = ask.store.items.by_source(source.channel, source.ts)
    if item is None or not allowed(ask.world, ask.actor, Op.SEE_ITEM, item, ask.now):
        return None
    return item


def _given(ask: Ask, user: UserId) -> Assignment:
    if user == ask.actor.user:
        return Assignment(user, user, ask.now, Answer.ACCEPTED, ask.now)
    return Assignment(user, ask.actor.user, ask.now)


def _assignment(item: Item, user: UserId) -> Assignment:
    return next(a for a in item.assignments if a.user == user)


def for_change(ask: Ask, ref: Ref) -> Item:
    """An open action that the asker may change."""
    item = existing(ask, ref)
    authorize(ask, Op.CHANGE_ITEM, item)
    _require_open(item)
    return item


def for_answer(ask: Ask, ref: Ref) -> Item:
    """An open action that the asker, as its owner, may accept or decline."""
    item = existing(ask, ref)
    authorize(ask, Op.ANSWER_ITEM, item)
    _require_open(item)
    return item


def _require_open(item: Item) -> None:
    if item.state.closed:
        raise Conflict(Code.ALREADY_DONE, item=item)


def _close(
    ask: Ask, item: Item, state: ItemState, verb: str, why: str = "", evidence: str = ""
) -> Item:
    after = replace(
        item,
        state=state,
        state_since=ask.now,
        why=why,
        evidence=evidence,
        closed_at=ask.now,
        closed_by=ask.actor.user,
    )
    return _change(ask, item, after, verb, why or evidence)


def _change(ask: Ask, before: Item, after: Item, verb: str, detail: str = "") -> Item:
    """Save, remember, take back what was not yet said, rewrite what shows it.

    An owner who acts on an action has accepted it.
    """
    owners = after.assignments if verb == "note" else _accepted_by_acting(ask, after)
    stamped = replace(after, assignments=owners, updated_at=ask.now, updated_by=ask.actor.user)
    saved = ask.store.items.save(stamped, expected=before.version)
    remember(ask, before, saved, verb, detail)
    ask.store.outbox.withdraw(saved.subject, kinds=REMINDERS)
    cards.refresh(ask.store, ask.world, saved, ask.now)
    slips.follow(ask, saved)
    return saved


def _accepted_by_acting(ask: Ask, item: Item) -> tuple[Assignment, ...]:
    return tuple(
        replace(a, answer=Answer.ACCEPTED, answered_at=ask.now)
        if a.user == ask.actor.user and a.answer is Answer.ASKED
        else a
        for a in item.assignments
    )
