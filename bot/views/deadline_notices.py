"""What the bot says unasked of a deadline: its part of a daily message, and what became of it."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.deadlines import Deadline, Kind, Stage
from bot.domain.history import Change
from bot.domain.knock_on import Step
from bot.domain.model import UserId, World
from bot.domain.outbox import Message
from bot.views import deadlines, facts
from bot.views.blocks import (
    Element,
    Id,
    More,
    actions,
    message,
    section,
)
from bot.views.buttons import undo
from bot.views.dates import day_words, today
from bot.views.deadline_buttons import forwards, press, run
from bot.views.deadline_buttons import menu as pick
from bot.views.notices import LAST_ASKED, OWN, SETTLED, days_after
from bot.views.people import name, shown
from bot.views.text import escape, plain

NAMED = 5
"""Of what it waits for, in one line."""
_UNOWNED = "Nobody has it yet: you hear of it because you mind its groups."


def reminder(
    deadline: Deadline,
    step: str,
    awaited: Sequence[Step],
    earliest: date,
    world: World,
    to: UserId,
    now: datetime,
) -> Message:
    """`awaited`: what it waits for that is overdue, or due after it; `step` as in `Notice.step`."""
    last = days_after(step) >= LAST_ASKED
    due = f"{day_words(deadline.due)}, {deadlines.distance(deadline, world, now)}"
    late = deadlines.is_late(deadline, world, now)
    more = list(filter(None, [deadlines.state(deadline), facts.moved(deadline)]))
    waits = _waits(deadline, awaited, earliest, world, now)
    groups = deadlines.groups(deadline.groups, world)
    spoken = [f"{'was' if late else 'is'} due {due}", f"in {groups}", *more, *waits]
    lines = [
        f"{'🔴 Overdue: was due' if late else 'Deadline, due'} "
        f"{day_words(deadline.due)} ({deadlines.distance(deadline, world, now)}) · {groups}",
        f"{' · '.join(more)}",
        *(f"⏳ Waiting: {said}" for said in waits),
    ]
    lines = [f"{line[0].upper()}{line[1:]}" for line in lines]
    text = plain(", ".join(spoken))
    if deadline.owner != to:
        lines.append(_UNOWNED)
    if last:
        text += ", is this still right?"
        lines.append("Is this still right? I will not ask again.")
    return _part(deadline, text, [escape(line) for line in lines], _buttons(deadline, last=last))


def _waits(
    deadline: Deadline, awaited: Sequence[Step], earliest: date, world: World, now: datetime
) -> list[str]:
    if not awaited:
        return []
    named = [deadlines.step_words(step, world, now) for step in awaited[:NAMED]]
    rest = f" and {len(awaited) - NAMED} more" if len(awaited) > NAMED else ""
    said = [f"it waits for {', '.join(named)}{rest}"]
    if earliest > deadline.due:
        said.append(f"it cannot be met before {day_words(earliest)}")
    return said


def deciding_buttons(deadline: Deadline) -> list[Element]:
    """For who minds it and does not own it."""
    return _buttons(deadline, last=True)


def _buttons(deadline: Deadline, *, last: bool) -> list[Element]:
    closing = forwards(deadline)[: 1 if last else 2]
    drop = [press("Drop", Id.DEADLINE_DROP, deadline)] if last else []
    verbs = [More.DETAILS, More.TOMORROW, More.MUTE, *([] if last else [More.DROP])]
    return [
        *closing,
        press("New date", Id.DEADLINE_MOVE, deadline),
        *drop,
        pick(deadline, verbs),
    ]


def menu(deadline: Deadline) -> Element:
    """Of its row in a list."""
    return pick(deadline, [More.DETAILS, More.EXTEND, More.MUTE, More.DROP])


def _part(
    deadline: Deadline, text: str, lines: Sequence[str], buttons: Sequence[Element]
) -> Message:
    ending = "" if text.endswith("?") else "."
    return message(
        f"{deadline.ref}, {deadlines.title_text(deadline)}, {text}{ending}",
        section(f"{OWN}:{deadline.ref}", "\n".join([deadlines.titled(deadline), *lines])),
        actions(f"{OWN}:{deadline.ref}:do", *buttons),
    )


_SETTLED_WORDS = {
    "met": "✅ Met",
    "drop": "Dropped",
    "reopen": "Reopened",
    "move": "New date set",
    "give": "Handed over",
    "leave": "Taken off who has left",
}


def _due_since(deadline: Deadline, verb: str, world: World, now: datetime) -> str:
    due = day_words(deadline.due)
    if deadlines.is_late(deadline, world, now):
        return f"🔴 Overdue: was due {due} ({deadlines.distance(deadline, world, now)})"
    return f"{'now ' if verb == 'move' else ''}due {due}"


def settled_line(deadline: Deadline, last: Change, world: World, now: datetime) -> Message:
    """What replaces its part of a message after somebody acted; `last`: how."""
    day = day_words(today(deadline.updated_at or now, deadlines.zone_there(deadline, world)))
    submitted = deadline.stage is Stage.MET and deadline.kind is Kind.DELIVERABLE
    head = "✅ Submitted" if submitted else _SETTLED_WORDS.get(last.verb, "Changed")
    said = f"{head} by {escape(name(last.by, world))}, {day}"
    text = f"{plain(head)} by {plain(name(last.by, world))}, {day}"
    if not deadline.stage.closed:
        owner = shown(deadline.owners, world) if deadline.owners else "needs an owner"
        due = _due_since(deadline, last.verb, world, now)
        said += f" · {due} · {owner}"
        text += f", {due}"
    can_undo = last.after is not None and bool(last.request)
    menu = undo(last.request) if can_undo else run(1, "Details", deadline.ref)
    piece = section(f"{SETTLED}:{deadline.ref}", f"{deadlines.titled(deadline)}\n{said}", menu)
    return message(f"{deadline.ref}, {deadlines.title_text(deadline)}: {text}.", piece)


def muted(deadline: Deadline) -> Message:
    """`unmute` is the way back."""
    return _answer(deadline, "No more reminders to you about", f"unmute {deadline.ref} ends that.")


def put_off(deadline: Deadline) -> Message:
    return _answer(deadline, "On your next working morning you hear again of", "")


def unmuted(deadline: Deadline) -> Message:
    return _answer(deadline, "You are reminded again of", "")


def _answer(deadline: Deadline, said: str, way: str) -> Message:
    due = f"due {day_words(deadline.due)}"
    text = f"{said} {deadline.ref}, {deadlines.title_text(deadline)}, {due}. {way}".rstrip()
    return message(
        text,
        section(f"{deadline.ref}:said", text),
        actions(f"{deadline.ref}:then", run(1, "Details", deadline.ref)),
    )
