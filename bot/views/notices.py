"""What the bot says unasked: reminders, questions to owners, and words to givers and chairs."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.deadlines import PREFIX as DEADLINE
from bot.domain.items import Answer, Item, ItemState
from bot.domain.meetings import PREFIX as MEETING
from bot.domain.model import UserId, World
from bot.domain.outbox import Block, Message
from bot.views import bundle_parts, facts
from bot.views.blocks import (
    Element,
    Id,
    More,
    Piece,
    actions,
    context,
    message,
    section,
)
from bot.views.buttons import answer_buttons, block_button, deciding_buttons, more, press, undo
from bot.views.dates import day_words, today
from bot.views.lists import row_menu, spelled
from bot.views.people import group_of, name, shown, zone_of
from bot.views.text import escape, plain

SHOWN = 5
"""Actions in one message; `text` names them all."""
LAST_ASKED = 7
"""Days after the due day from which on the owner is asked to decide."""
OWN, _ASK, TOLD = "own", "ask", "told"
_THING = "thing"
SETTLED = "settled"
"""Nothing is left to do about it."""
LEFT = "left"
"""Not one action, but all that somebody left behind."""
HELLO = "hello"
"""The first words to a person, which open their first daily message."""
_NOUNS = {DEADLINE: "deadline", MEETING: "meeting task"}
"""By the prefix of an id."""
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def reminder_line(
    item: Item, step: str, world: World, to: UserId, now: datetime, missed: str = ""
) -> Message:
    """One action's part of the daily message; `step` as in `Notice.step` (`-2d`, `7d`, `ask`).

    `missed`: the meeting that gave it to them while they were not there.
    """
    if step == "ask":
        return _question(item, world, to, now, missed)
    day = days_after(step)
    if day >= LAST_ASKED:
        return _decide(item, world, to, now)
    on_it = [More.START] if facts.is_late(item, world, now) else []
    buttons = [
        press("Mark done", Id.ITEM_DONE, item),
        press("Need more time", Id.ITEM_EXTEND, item),
        block_button(item),
        more(item, *on_it, More.GIVE, More.DETAILS, More.TOMORROW, More.MUTE),
    ]
    return _part(OWN, item, _due_text(item, world, now), _due_said(item, world, to, now), buttons)


def _question(item: Item, world: World, to: UserId, now: datetime, missed: str = "") -> Message:
    giver = _giver(item, to)
    soon = facts.distance(item, world, now)
    due = facts.due(item, world)
    text = f"{plain(name(giver, world))} asks you to take it on, due {due} ({soon})"
    said = (
        f"{escape(name(giver, world))} asks you to take this on: "
        f"due {facts.due_private(item, world, to, now)} · {_group(item, world)}"
    )
    if missed:
        text += f"; {missed} gave it to you while you were not there"
        said += f"\n*{missed}* gave it to you while you were not there."
    return _part(_ASK, item, text, said, [*answer_buttons(item), more(item, More.DETAILS)])


def _decide(item: Item, world: World, to: UserId, now: datetime) -> Message:
    text = f"{_due_text(item, world, now)}, is this still right?"
    said = f"{_due_said(item, world, to, now)}\nIs this still right? I will not ask again."
    blocked = More.UNBLOCK if item.state is ItemState.BLOCKED else More.BLOCK
    buttons = [
        press("Keep, new date", Id.ITEM_EXTEND, item),
        press("Hand over", Id.ITEM_GIVE, item),
        press("Drop", Id.ITEM_DROP, item),
        more(item, More.DONE, More.START, blocked, More.DETAILS, More.MUTE),
    ]
    return _part(OWN, item, text, said, buttons)


def days_after(step: str) -> int:
    number = step.removesuffix("d")
    return int(number) if number.lstrip("+-").isdigit() else 0


def _due_text(item: Item, world: World, now: datetime) -> str:
    verb = "was due" if facts.is_late(item, world, now) else "is due"
    said = f"{verb} {facts.due(item, world)}, {facts.distance(item, world, now)}"
    if item.state is not ItemState.BLOCKED:
        return said
    why = f" ({facts.reason_text(item.why)})" if item.why else ""
    return f"is blocked{why} and {said}"


def _due_said(item: Item, world: World, to: UserId, now: datetime) -> str:
    due = facts.due_private(item, world, to, now)
    late = facts.is_late(item, world, now)
    lines = [f"🔴 Overdue: was due {due}" if late else f"Due {due}"]
    giver = _giver(item, to)
    if giver != to:
        lines[0] += f" · asked by {escape(name(giver, world))}"
    lines[0] += f" · {_group(item, world)}"
    if item.state is ItemState.BLOCKED:
        why = f": {facts.reason(item.why)}" if item.why else ""
        lines.append(f"⏳ Waiting: blocked{why}. Still so?")
    if moves := facts.moved(item):
        lines.append(moves[0].upper() + moves[1:])
    return "\n".join(lines)


def _group(item: Item, world: World) -> str:
    return escape(group_of(item, world).short)


def _giver(item: Item, to: UserId) -> UserId:
    mine = [a.given_by for a in item.assignments if a.user == to]
    return mine[0] if mine else item.created_by


def _part(kind: str, item: Item, text: str, said: str, buttons: Sequence[Element] = ()) -> Message:
    """`text` follows the id and title; the block_id tells `bundle` what kind of part it is."""
    pieces: list[Piece] = [section(f"{kind}:{item.ref}", f"{facts.titled(item)}\n{said}")]
    if buttons:
        pieces.append(actions(f"{kind}:{item.ref}:do", *buttons))
    ending = "" if text.endswith("?") else "."
    return message(f"{item.ref}, {facts.title_text(item)}, {text}{ending}", *pieces)


def bundle(lines: tuple[Message, ...], late: str | None = None) -> Message:
    """The one message of a day; also right for a single line, and for one rewritten later."""
    lines = tuple(sorted(lines, key=lambda one: _kind(one) != HELLO))
    if [_kind(one) for one in lines] == [HELLO]:
        return lines[0]
    head = _head(lines)
    pieces: list[Piece | Block] = [section("bundle:head", f"🔔 Reminder: *{head}*")]
    seen: set[str] = {"bundle:head"}
    for one in lines[:SHOWN]:
        pieces += bundle_parts.distinct(one.blocks, seen)
    pieces += bundle_parts.rest(lines[SHOWN:])
    often = bundle_parts.how_often(lines[:SHOWN])
    pieces.append(context("bundle:how", f"{escape(late)}. {often}" if late else often))
    opening = f"Reminder: {head}." + (f" {plain(late)}." if late else "")
    return message(spelled(opening, [one.text for one in lines]), *pieces)


def _kind(one: Message) -> str:
    return str(one.blocks[0]["block_id"]).partition(":")[0] if one.blocks else ""


def _head(lines: tuple[Message, ...]) -> str:
    waiting = [line for line in lines if _kind(line) not in (SETTLED, HELLO)]
    if not waiting:
        return "nothing is left to do here"
    kinds, noun = set(map(_kind, waiting)), _noun(waiting)
    number = _NUMBERS[len(waiting)] if len(waiting) < len(_NUMBERS) else str(len(waiting))
    one = len(waiting) == 1
    nouns = noun if one else f"{noun}s"
    if kinds == {_ASK}:
        return f"{number} {nouns} {'waits' if one else 'wait'} for your answer"
    if kinds <= {OWN, _ASK} and noun != _THING:
        return f"{number} of your {noun}s {'needs' if one else 'need'} attention"
    return f"{number} {nouns} {'needs' if one else 'need'} your attention"


def _noun(lines: Sequence[Message]) -> str:
    """What all these are about: actions, deadlines or what meetings need, else things."""
    nouns = {_noun_of(line) for line in lines}
    return nouns.pop() if len(nouns) == 1 else _THING


def _noun_of(line: Message) -> str:
    if _kind(line) not in (OWN, _ASK, TOLD):
        return _THING
    ref = str(line.blocks[0]["block_id"]).split(":")[1]
    return _NOUNS.get(ref.partition("-")[0], "action")


def late_words(was_due: datetime, offline: tuple[datetime, datetime] | None = None) -> str:
    """Local times of the reader; no full stop."""
    said = f"Delayed: was due {was_due:%a} {was_due.day} {was_due:%b} {was_due:%H:%M}"
    if offline is None:
        return said
    began, ended = offline
    if began.date() == ended.date() == was_due.date():
        return f"{said} (I was offline {began:%H:%M} to {ended:%H:%M})"
    return (
        f"{said} (I was offline {began:%a} {began.day} {began:%b} {began:%H:%M} "
        f"to {ended:%a} {ended.day} {ended:%b} {ended:%H:%M})"
    )


def given(item: Item, by: UserId, world: World, now: datetime) -> Message:
    """To the giver: `by` has accepted."""
    said = f"{plain(name(by, world))} has accepted it, due {facts.due(item, world)}"
    return _part(SETTLED, item, said, f"{said[0].upper()}{said[1:]}")


def declined(item: Item, by: UserId, reason: str, world: World, now: datetime) -> Message:
    """To the giver, whose it is again."""
    why = facts.reason_text(reason)
    text = f"was declined by {plain(name(by, world))} ({why}), due {facts.due(item, world)}"
    again = "It is yours again." if item.owners else "It needs an owner."
    said = (
        f"Declined by {escape(name(by, world))}: {facts.reason(reason)}\n"
        f"{again} Due {facts.due(item, world)} · {_group(item, world)}"
    )
    return _part(TOLD, item, text, said, deciding_buttons(item))


def unanswered(item: Item, to: UserId, world: World, now: datetime) -> Message:
    """To the giver, once: `to` has not answered for three working days."""
    due = f"due {facts.due(item, world)} ({facts.distance(item, world, now)})"
    text = f"is not confirmed: {plain(name(to, world))} has not answered yet, {due}"
    asked = [a.asked_at for a in item.assignments if a.user == to and a.answer is Answer.ASKED]
    since = f" since {day_words(today(asked[0], zone_of(to, world)))}" if asked else ""
    said = (
        f"⏳ Waiting: {escape(name(to, world))} has not answered{since}.\n"
        f"{due[0].upper()}{due[1:]} · {_group(item, world)}"
    )
    return _part(TOLD, item, text, said, deciding_buttons(item))


SETTLED_WORDS = {
    "done": "✅ Done",
    "drop": "Dropped",
    "reopen": "Reopened",
    "start": "In progress, said",
    "block": "⏳ Waiting: set to blocked",
    "unblock": "Not blocked any more, said",
    "give": "Handed over",
    "take": "Taken",
    "accept": "Accepted",
    "decline": "Declined",
    "move": "New date set",
    "edit": "Text changed",
    "note": "Note added",
    "undo": "Last change taken back",
    "leave": "Taken off who has left",
}


def due_since(item: Item, verb: str, world: World, now: datetime) -> str:
    """`now due` only of a new date; what is late still says so."""
    due = facts.due(item, world)
    if facts.is_late(item, world, now):
        return f"🔴 Overdue: was due {due} ({facts.distance(item, world, now)})"
    return f"{'now ' if verb == 'move' else ''}due {due}"


def settled_line(
    item: Item, verb: str, by: UserId, world: World, now: datetime, request: str = ""
) -> Message:
    """What replaces one action's part of a message after somebody acted."""
    day = day_words(today(item.updated_at or now, group_of(item, world).zone))
    head = SETTLED_WORDS.get(verb, "Changed")
    said = f"{head} by {escape(name(by, world))}, {day}"
    text = f"{plain(head)} by {plain(name(by, world))}, {day}"
    if not item.state.closed:
        owners = shown(item.owners, world) if item.owners else "needs an owner"
        due = due_since(item, verb, world, now)
        said += f" · {due} · {owners}"
        text += f", {due}"
    menu = undo(request) if request else row_menu(item)
    piece = section(f"{SETTLED}:{item.ref}", f"{facts.titled(item)}\n{said}", menu)
    return message(f"{item.ref}, {facts.title_text(item)}: {text}.", piece)
