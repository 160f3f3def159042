"""Decisions as people see them: the card in the channel, in full, listed, and what is asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.decisions import Decision, DecisionState
from bot.domain.model import World
from bot.domain.outbox import Message
from bot.views import facts
from bot.views.blocks import (
    Confirm,
    Element,
    Id,
    Piece,
    actions,
    button,
    clip,
    confirm,
    context,
    escape,
    message,
    nth,
    plain,
    section,
    value,
)
from bot.views.buttons import link
from bot.views.dates import count, day_words, today
from bot.views.lists import spelled
from bot.views.people import name, shown
from bot.views.text import bare

ROWS = 25
SHOWN = 600
"""Characters of a decision on its card."""
CHUNK = 560
"""Characters a section, in full: with every one escaped they still fit."""
OBJECTIONS = 5
_SENTENCE = re.compile(r"(?<=[.!?])\s")


@dataclass(frozen=True, slots=True)
class Offers:
    """What its reader may do about a decision as it stands."""

    objecting: bool = False
    settling: bool = False
    withdrawing: bool = False


def card(decision: Decision, world: World) -> Message:
    """For the channel: nothing in it grows old."""
    ref = decision.ref
    if decision.taken_back:
        said = f"Decision {ref} was taken back."
        return message(said, section(f"{ref}:head", f"*{ref}* was taken back."))
    text = f"Decision {ref}: {first(decision)}. {stands_text(decision, world)}."
    return message(
        text,
        section(f"{ref}:head", f"*{ref}* {words_of(decision)}\n{stands(decision, world)}"),
        actions(f"{ref}:do", *object_buttons(decision), *details_button(decision)),
        context(f"{ref}:past", _past(decision, world)),
    )


def detail(decision: Decision, world: World, offers: Offers) -> Message:
    """All of it: whole, with who objected and why, and where it comes from."""
    ref, objections = decision.ref, decision.objections
    spoken = f"Decision {ref}: {facts.reason_text(decision.text)}. {stands_text(decision, world)}"
    spoken += "".join(
        f". {plain(name(one.by, world))} objects: {facts.reason_text(one.why)}"
        for one in objections[-OBJECTIONS:]
    )
    chunks = _chunks(bare(decision.text))
    pieces = [section(f"{ref}:head", f"*{ref}* {escape(chunks[0])}")]
    pieces += [section(f"{ref}:text{n}", escape(words)) for n, words in enumerate(chunks[1:], 1)]
    pieces.append(section(f"{ref}:state", stands(decision, world)))
    pieces += _objected(decision, world)
    if offers.objecting and (objecting := object_buttons(decision)):
        pieces.append(actions(f"{ref}:object", *objecting))
    if settling := settling_buttons(decision, offers):
        pieces.append(actions(f"{ref}:do", *settling))
    pieces.append(context(f"{ref}:past", _past(decision, world)))
    return message(f"{spoken}.", *pieces)


def listing(
    found: Sequence[Decision], world: World, title: str, *, several: bool = False
) -> Message:
    """The newest first; `several`: of more than one group, so each says whose it is."""
    if not found:
        return message(
            f"{plain(title)}: no decision yet.",
            section("decisions:head", f"*{escape(title)}*\nNo decision yet."),
        )
    newest = tuple(reversed(found))[:ROWS]
    open_ = sum(not one.state.settled for one in found)
    counted = count(len(found), "decision") + (f", {open_} not settled" if open_ else "")
    hidden = [f"And {len(found) - ROWS} older."] if len(found) > ROWS else []
    return message(
        spelled(
            f"{plain(title)}: {counted}.",
            [_row_text(one, world, several=several) for one in newest],
        ),
        section("decisions:head", f"*{escape(title)}*\n{counted}"),
        *(_row(one, world, several=several) for one in newest),
        context("decisions:hint", *hidden, "Type the id to see one in full."),
    )


def first(decision: Decision) -> str:
    """For `text`: its first sentence, whole as far as there is room, without its full stop."""
    sentence = _SENTENCE.split(bare(decision.text), maxsplit=1)[0]
    return plain(clip(sentence, SHOWN)).rstrip(" .") or "…"


def since(decision: Decision, world: World) -> date:
    """The day, in its group, from which on it has been as it is."""
    group = world.groups.get(decision.group)
    zone = group.zone if group else world.programme.zone
    return today(decision.state_since or decision.created_at, zone)


def words_of(decision: Decision) -> str:
    """For mrkdwn; struck through once withdrawn."""
    text = escape(clip(bare(decision.text), SHOWN)) or "…"
    return f"~{text}~" if decision.state is DecisionState.WITHDRAWN else text


def group_name(decision: Decision, world: World) -> str:
    """Unescaped."""
    group = world.groups.get(decision.group)
    return group.short or group.name if group else decision.group


def stands(decision: Decision, world: World) -> str:
    """For mrkdwn."""
    mark = {DecisionState.PROPOSED: "⏳ Waiting: ", DecisionState.OBJECTED: "🟡 Needs a look: "}
    return f"{mark.get(decision.state, '')}{_state(decision, world)}{_returns(decision)}"


def stands_text(decision: Decision, world: World) -> str:
    """For `text`, without a full stop."""
    return f"{_state(decision, world)}{_returns(decision)}"


def _state(decision: Decision, world: World) -> str:
    """Days and counts, and of a withdrawn one the reason: safe for mrkdwn and for `text`."""
    by = day_words(decision.objections_by) if decision.objections_by else ""
    day = day_words(since(decision, world))
    objections = count(len(decision.objections), "objection")
    against = f", with {objections} on record" if decision.objections else ""
    if decision.state is DecisionState.PROPOSED:
        return f"Stands after {by} unless somebody objects by then{against}"
    if decision.state is DecisionState.OBJECTED:
        return f"Not adopted: {objections}, the chair says how it goes on"
    if decision.state is DecisionState.WITHDRAWN:
        why = f": {facts.reason_text(decision.why)}" if decision.why else ""
        return f"Withdrawn on {day}{why}"
    return f"Decided on {day}{against}"


def _returns(decision: Decision) -> str:
    if decision.review is None or decision.state is DecisionState.WITHDRAWN:
        return ""
    return f", comes back on {day_words(decision.review)}"


def _past(decision: Decision, world: World) -> str:
    verb = "proposed" if decision.objections_by else "recorded"
    zone = world.groups[decision.group].zone if decision.group in world.groups else "UTC"
    day = day_words(today(decision.created_at, zone))
    parts = [
        escape(group_name(decision, world)),
        f"{verb} by {shown([decision.created_by], world)} on {day}",
    ]
    if decision.source is not None and (made := link(decision.source.permalink, "a message")):
        parts.append(f"from {made}")
    return " · ".join(parts)


def _objected(decision: Decision, world: World) -> list[Piece]:
    latest = decision.objections[-OBJECTIONS:]
    return [
        section(
            f"{decision.ref}:objection{number}",
            f"{shown([one.by], world)} objects: {facts.reason(one.why)}",
        )
        for number, one in enumerate(latest)
    ]


def _row(decision: Decision, world: World, *, several: bool) -> Piece:
    parts = [stands(decision, world), *([escape(group_name(decision, world))] if several else [])]
    words = escape(clip(bare(decision.text), 2 * CHUNK // 4)) or "…"
    return section(f"decision:{decision.ref}", f"*{decision.ref}* {words}\n{' · '.join(parts)}")


def _row_text(decision: Decision, world: World, *, several: bool) -> str:
    whose = f" in {plain(group_name(decision, world))}" if several else ""
    return f"{decision.ref}{whose}: {first(decision)}. {stands_text(decision, world)}."


def _chunks(text: str) -> list[str]:
    """At spaces where there are any: no word is cut that fits."""
    found = []
    while len(text) > CHUNK:
        cut = text.rfind(" ", 1, CHUNK + 1)
        cut = cut if cut > 0 else CHUNK
        found.append(text[:cut])
        text = text[cut:].lstrip()
    return [*found, text or "…"]


def object_buttons(decision: Decision) -> list[Element]:
    if decision.state.settled:
        return []
    carries = value(decision.ref)
    return [button("Object", Id.DECISION_OBJECT, carries, names=f"{decision.ref} {decision.text}")]


def details_button(decision: Decision) -> list[Element]:
    return [_run(9, "Details", decision.ref)]


def settling_buttons(decision: Decision, offers: Offers) -> list[Element]:
    """Nothing of it can be taken back, so it is asked once more."""
    if decision.state.settled:
        return []
    ref, found = decision.ref, []
    if offers.settling and decision.state is DecisionState.OBJECTED:
        asks = confirm("Adopt it anyway?", "The objections stay on record.", "Adopt", "Not yet")
        found.append(_run(1, "Adopt anyway", f"decision adopt {ref}", asks))
    if offers.withdrawing:
        asks = confirm("Withdraw it?", "It stays on record as withdrawn.", "Withdraw")
        found.append(_run(2, "Withdraw", f"decision withdraw {ref}", asks))
    if offers.settling and decision.state is DecisionState.OBJECTED:
        found.append(_run(3, "New window", f"decision window {ref}"))
    return found


def _run(number: int, label: str, line: str, asks: Confirm | None = None) -> Element:
    """A button that says the line; `number` keeps those of one row apart."""
    return button(label, nth(Id.WORD_RUN, number), value(line=line), asks=asks)
