"""Whoever is reminded of a deadline may put it off, or hear no more of it."""

from dataclasses import replace

from bot.domain.deadlines import Deadline
from bot.domain.items import Quiet
from bot.domain.model import Ref
from bot.domain.notices import REMINDERS
from bot.errors import Code, Conflict, NotAllowed
from bot.services import cards, deadlines
from bot.services.access import Ask, Op, allowed, who_can
from bot.services.history import remember
from bot.services.notices import Planner


def mute(ask: Ask, ref: Ref) -> Deadline:
    return quiet(ask, ref, Quiet(ask.actor.user))


def unmute(ask: Ask, ref: Ref, planner: Planner) -> Deadline:
    """Reminders of the deadline reach the asker again."""
    before = deadlines.find(ask, ref)
    heard = quiet(ask, ref, None)
    if heard != before:
        planner.from_now_on(ask.store, heard, ask.actor.user, ask.now)
    return heard


def quiet(ask: Ask, ref: Ref, until: Quiet | None) -> Deadline:
    """No reminder of it to the asker: until a day, or never again; None: as usual.

    Nobody has worked on it by that, so it does not count as a change of it.
    """
    deadline = deadlines.find(ask, ref)
    if not allowed(ask.world, ask.actor, Op.QUIET_DEADLINE, deadline, ask.now):
        who = who_can(ask.world, Op.QUIET_DEADLINE, deadline, ask.now)
        raise NotAllowed(who, op=Op.QUIET_DEADLINE.value, muted=deadline.ref)
    if deadline.stage.closed:
        raise Conflict(Code.ALREADY_DONE, deadline=deadline)
    others = tuple(q for q in deadline.quiet if q.user != ask.actor.user)
    wanted = (*others, *([until] if until else []))
    if wanted == deadline.quiet:
        return deadline
    after = replace(deadline, quiet=wanted)
    saved = ask.store.deadlines.save(after, expected=deadline.version)
    remember(ask, deadline, saved, "quiet")
    ask.store.outbox.withdraw(saved.subject, kinds=REMINDERS)
    cards.refresh(ask.store, ask.world, saved, ask.now)
    return saved
