"""What people hear about a decision: after what they did, and in their daily message."""

from collections.abc import Iterable, Sequence

from bot.domain.decisions import Decision, DecisionState, Objection
from bot.domain.items import NOTE_LIMIT
from bot.domain.model import World
from bot.domain.outbox import Message
from bot.views import facts
from bot.views.blocks import (
    Element,
    Field,
    Id,
    View,
    actions,
    context,
    input_,
    message,
    modal,
    plain,
    section,
    text_input,
    value,
)
from bot.views.buttons import undo
from bot.views.decisions import (
    Offers,
    details_button,
    first,
    group_name,
    object_buttons,
    settling_buttons,
    stands,
    stands_text,
    words_of,
)
from bot.views.item_forms import Origin
from bot.views.notices import SETTLED
from bot.views.people import name

NOTHING = Offers()


def answer(
    decision: Decision,
    world: World,
    notes: Iterable[str] = (),
    request: str = "",
    *,
    again: bool = False,
) -> Message:
    """After it was recorded or proposed; `notes` are whole sentences."""
    verb = "Already recorded" if again else "Recorded"
    if not again and decision.state is DecisionState.PROPOSED:
        verb = "Proposed"
    said = f"{verb} as {decision.ref}: {first(decision)}. {stands_text(decision, world)}."
    words = " ".join([said, *map(plain, notes)])
    buttons = [*([undo(request)] if request else []), *details_button(decision)]
    return _said(decision, words, buttons)


def changed(
    decision: Decision, world: World, offers: Offers = NOTHING, before: Objection | None = None
) -> Message:
    """After an objection, or what was made of one; `before`: the one that it replaces."""
    said = f"{decision.ref}: {stands_text(decision, world)}: {first(decision)}."
    if before is not None:
        said += f" Your objection replaces the one before: {facts.reason_text(before.why)}."
    settling = settling_buttons(decision, offers) if offers.settling else []
    return _said(decision, said, settling or details_button(decision))


def proposed(decision: Decision, world: World) -> Message:
    """To who votes, once a window."""
    by = plain(name(decision.created_by, world))
    text = (
        f"{by} proposes {decision.ref} to {plain(group_name(decision, world))}: {first(decision)}. "
        f"{stands_text(decision, world)}; silence is consent."
    )
    return _line(decision, text, [*object_buttons(decision), *details_button(decision)])


def objected(decision: Decision, world: World, *, minds: bool) -> Message:
    """To the proposer, and (`minds`) to who minds the group."""
    last = decision.objections[-1]
    text = (
        f"{plain(name(last.by, world))} objects to {decision.ref} "
        f"({plain(group_name(decision, world))}): {facts.reason_text(last.why)}. "
        f"It is not adopted by itself any more: {first(decision)}."
    )
    offers = Offers(settling=minds, withdrawing=True)
    return _line(decision, text, settling_buttons(decision, offers))


def settled(decision: Decision, world: World) -> Message:
    """To who proposed it, who objected, and who minds the group: how it ended."""
    text = (
        f"{decision.ref} ({plain(group_name(decision, world))}): "
        f"{stands_text(decision, world)}: {first(decision)}."
    )
    head = f"*{decision.ref}* {words_of(decision)}\n{stands(decision, world)}"
    return message(text, section(f"{SETTLED}:{decision.ref}", head))


def object_form(decision: Decision, where: Origin) -> View:
    box = text_input(Field.REASON, lines=True, limit=NOTE_LIMIT)
    return modal(
        f"Object to {decision.ref}",
        [
            section("about", f"*{decision.ref}* {words_of(decision)}"),
            input_(Field.REASON, "Why? The group can read it", box),
            context("hint", "It is not adopted by itself then: the chair says how it goes on."),
        ],
        callback=Id.DECISION_OBJECTED,
        submit="Object",
        carries=value(decision.ref, channel=where.channel, thread_ts=where.thread_ts),
    )


def _said(decision: Decision, words: str, buttons: Sequence[Element]) -> Message:
    return message(
        words,
        section(f"{decision.ref}:said", words),
        actions(f"{decision.ref}:then", *buttons),
    )


def _line(decision: Decision, text: str, buttons: Sequence[Element]) -> Message:
    """A part of the daily message."""
    return message(
        text,
        section(f"decision:{decision.ref}", text),
        actions(f"decision:{decision.ref}:do", *buttons),
    )
