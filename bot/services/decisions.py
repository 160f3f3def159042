"""Decisions: one function is one use case, inside the transaction of its request."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain import objections
from bot.domain.decisions import Decision, DecisionState, NewDecision, Objection
from bot.domain.history import Change
from bot.domain.items import NOTE_LIMIT, Source
from bot.domain.model import Group, GroupKey, Ref
from bot.domain.notices import Holiday
from bot.errors import BadInput, Code, Conflict, NotFound
from bot.services import agenda_settled, checks, decision_news
from bot.services.access import Ask, Op, allowed, authorize
from bot.services.checks import require_reason, require_room, require_text
from bot.storage.database import Store
from bot.telemetry import get_logger
from bot.views.decisions import Offers

log = get_logger(__name__)
DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class Added:
    """`again`: the message had been captured before; `decision` is what it became then."""

    decision: Decision
    again: bool = False


def find(ask: Ask, ref: Ref) -> Decision:
    """The decision, for those who may see it."""
    decision = existing(ask, ref)
    authorize(ask, Op.SEE_DECISION, decision)
    return decision


def listed(ask: Ask, groups: Iterable[Group] = ()) -> tuple[Decision, ...]:
    """Those of these groups, or of any, that the asker may see.

    A group named and not theirs is refused.
    """
    keys = [group.key for group in groups]
    for key in keys:
        authorize(ask, Op.SEE_DECISION, key)
    adopt_due(ask.store, ask.now)
    return tuple(one for one in ask.store.decisions.of_groups(keys or None) if _may_see(ask, one))


def mine(ask: Ask) -> tuple[Decision, ...]:
    """Those of the asker's groups; of who is over all groups, every one."""
    roles = ask.world.roles(ask.actor.user)
    keys = {m.group for m in roles if m.group is not None}
    over_all = any(m.group is None for m in roles)
    adopt_due(ask.store, ask.now)
    found = ask.store.decisions.of_groups(None if over_all else keys)
    return tuple(one for one in found if _may_see(ask, one))


def offers(ask: Ask, decision: Decision) -> Offers:
    """What the asker may do about it, for the buttons of an answer."""

    def may(op: Op) -> bool:
        return allowed(ask.world, ask.actor, op, decision, ask.now)

    return Offers(may(Op.OBJECT), may(Op.SETTLE_DECISION), may(Op.WITHDRAW_DECISION))


def add(
    ask: Ask, new: NewDecision, holiday: Holiday, *, anew: bool = False, card: bool = True
) -> Added:
    """Record it, or propose it if it has a window; `anew` and `card` as for actions.

    What is proposed has its card always: by that it is objected to.
    """
    authorize(ask, Op.ADD_DECISION, new.group)
    group = checks.find_group(ask, new.group)
    if not new.text.strip():
        raise BadInput(Code.TEXT_EMPTY, "text", noun="decision")
    require_text(new.text, "text", NOTE_LIMIT)
    if new.objections_by is not None:
        _require_window(ask, group, new.objections_by, holiday)
    if not anew and (known := captured(ask, new.source)) is not None:
        return Added(known, again=True)
    made = ask.store.decisions.create(new, ask.actor.user, ask.now)
    _remember(ask, made, DECIDE, new.text)
    if card or made.state is DecisionState.PROPOSED:
        decision_news.follow(ask.store, ask.world, made, ask.now)
    return Added(made)


def object_to(ask: Ask, ref: Ref, why: str) -> Decision:
    """It does not become adopted by itself any more; of one person the latest reason stands."""
    decision = for_objection(ask, ref)
    require_reason(why, "object")
    others = (one for one in decision.objections if one.by != ask.actor.user)
    objection = Objection(ask.actor.user, ask.now, why)
    after = replace(decision, objections=(*others, objection))
    if decision.state is DecisionState.PROPOSED:
        after = replace(after, state=DecisionState.OBJECTED, state_since=ask.now)
    return _change(ask, decision, after, "object", why)


def adopt(ask: Ask, ref: Ref) -> Decision:
    """In spite of objections, which stay with it."""
    decision = existing(ask, ref)
    authorize(ask, Op.SETTLE_DECISION, decision)
    _require_unsettled(decision)
    if (open_until := objections.open_until(decision)) is not None:
        raise Conflict(Code.WINDOW_OPEN, ref=ref, day=open_until)
    after = replace(decision, state=DecisionState.RECORDED, state_since=ask.now)
    saved = _change(ask, decision, after, "adopt")
    decision_news.tell_settled(ask.store, ask.world, saved, ask.now, ask.actor.user)
    return saved


def withdraw(ask: Ask, ref: Ref, why: str) -> Decision:
    """Also one that stands, but then only who minds the group, and with a reason."""
    decision = existing(ask, ref)
    stands = decision.state is DecisionState.RECORDED
    authorize(ask, Op.SETTLE_DECISION if stands else Op.WITHDRAW_DECISION, decision)
    if decision.state is DecisionState.WITHDRAWN:
        _require_unsettled(decision)
    require_reason(why, "withdraw") if stands else require_room(why, "reason")
    after = replace(decision, state=DecisionState.WITHDRAWN, state_since=ask.now, why=why)
    saved = _change(ask, decision, after, "withdraw", why)
    decision_news.tell_settled(ask.store, ask.world, saved, ask.now, ask.actor.user)
    return saved


def reopen(ask: Ask, ref: Ref, by: date | None, holiday: Holiday) -> Decision:
    """A new window for objections, as long as usual where no day is said."""
    decision = existing(ask, ref)
    authorize(ask, Op.SETTLE_DECISION, decision)
    _require_unsettled(decision)
    group = checks.find_group(ask, decision.group)
    day = by or objections.usual(ask.world, group, holiday, ask.now)
    _require_window(ask, group, day, holiday)
    open_until = objections.open_until(decision)
    if open_until is not None and day <= open_until:  # What was promised is not shortened.
        raise Conflict(Code.WINDOW_OPEN, ref=ref, day=open_until)
    state = DecisionState.PROPOSED
    after = replace(decision, state=state, state_since=ask.now, objections_by=day)
    return _change(ask, decision, after, "window", day.isoformat())


def take_back(ask: Ask, ref: Ref, version: int) -> Decision:
    """As if it had not been made; only as long as nobody has done anything about it since."""
    decision = ask.store.decisions.get(ref)
    if decision is None or decision.taken_back or decision.version != version:
        raise Conflict(Code.CHANGED_MEANWHILE, ref=ref)
    authorize(ask, Op.UNDO, decision)
    saved = _change(ask, decision, replace(decision, taken_back=True), "undo", DECIDE)
    ask.store.audit.mark_undone(ask.key)
    return saved


def existing(ask: Ask, ref: Ref) -> Decision:
    """As it is now: also when its window has closed and nobody has looked since."""
    adopt_due(ask.store, ask.now)
    decision = ask.store.decisions.get(ref)
    if decision is None:
        raise NotFound(Code.NO_SUCH_ID, ref=ref)
    if decision.taken_back:
        raise NotFound(Code.GONE, ref=ref)
    return decision


def for_objection(ask: Ask, ref: Ref) -> Decision:
    """One that the asker may object to."""
    decision = existing(ask, ref)
    authorize(ask, Op.OBJECT, decision)
    _require_unsettled(decision)
    return decision


def captured(ask: Ask, source: Source | None) -> Decision | None:
    """What a message was made into before, if the asker may see that."""
    if source is None or source.channel is None or source.ts is None:
        return None
    found = ask.store.decisions.by_source(source.channel, source.ts)
    return found if found is not None and _may_see(ask, found) else None


def adopt_due(store: Store, now: datetime) -> int:
    """What nobody has objected to in its window stands from its end; how many there were.

    Safe to run twice and by several processes: who comes second finds it done.
    """
    # Nowhere does a day end before it has begun in UTC.
    return adopt_passed(store, store.decisions.proposed(now.date()), now)


def adopt_passed(store: Store, proposed: tuple[Decision, ...], now: datetime) -> int:
    """The same of these, as they were read."""
    if not proposed:
        return 0
    world, count = store.groups.world(), 0
    for decision, at in objections.passed(proposed, world, now):
        after = replace(
            decision, state=DecisionState.RECORDED, state_since=at, updated_at=now, updated_by=None
        )
        try:
            saved = store.decisions.save(after, expected=decision.version)
        except Conflict:
            log.info("decision.adopted_meanwhile", ref=decision.ref)
            continue
        store.audit.add(_adoption(saved, now))
        decision_news.follow(store, world, saved, now)
        agenda_settled.follow(store, world, saved, now)
        decision_news.tell_settled(store, world, saved, now)
        count += 1
    return count


def next_at(store: Store, other: datetime | None) -> datetime | None:
    """When the next window closes, or the other moment if that is sooner."""
    proposed = store.decisions.proposed()
    world = store.groups.world() if proposed else None
    ends = [objections.closes(one, world) for one in proposed if world is not None]
    return min((end for end in (other, *ends) if end is not None), default=None)


def _remember(ask: Ask, decision: Decision, verb: str, detail: str) -> None:
    ask.store.audit.add(
        Change(decision.ref, decision.version, ask.now, ask.actor.user, verb, ask.key, detail)
    )


def _adoption(decision: Decision, now: datetime) -> Change:
    """Nobody's to take back: it is told under the name of who proposed it."""
    return Change(
        ref=decision.ref,
        version=decision.version,
        at=now,
        by=decision.created_by,
        verb="adopt",
        request=f"{decision.subject}:{decision.version}",
        detail="nobody objected",
        undone=True,
    )


def _may_see(ask: Ask, decision: Decision) -> bool:
    return allowed(ask.world, ask.actor, Op.SEE_DECISION, decision, ask.now)


def _require_unsettled(decision: Decision) -> None:
    if decision.state.settled:
        raise Conflict(
            Code.ALREADY_DECIDED,
            ref=decision.ref,
            state=decision.state.value,
            since=decision.state_since,
            group=GroupKey(decision.group),
        )


def _require_window(ask: Ask, group: Group, day: date, holiday: Holiday) -> None:
    first = objections.earliest(ask.world, group, holiday, ask.now)
    if day < first:
        raise BadInput(Code.WINDOW_SHORT, "due", choices=(first,), day=day)


def _change(ask: Ask, before: Decision, after: Decision, verb: str, detail: str = "") -> Decision:
    stamped = replace(after, updated_at=ask.now, updated_by=ask.actor.user)
    saved = ask.store.decisions.save(stamped, expected=before.version)
    _remember(ask, saved, verb, detail)
    decision_news.follow(ask.store, ask.world, saved, ask.now)
    agenda_settled.follow(ask.store, ask.world, saved, ask.now)
    return saved
