"""Pasted notes: the form for them, what each line would become, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.meetings import Meeting
from bot.domain.model import World
from bot.domain.outbox import Message
from bot.domain.proceedings import Line, LineKind
from bot.errors import UserError
from bot.views.blocks import (
    Field,
    Id,
    Piece,
    View,
    actions,
    button,
    context,
    input_,
    message,
    modal,
    section,
    text_input,
    value,
)
from bot.views.buttons import undo
from bot.views.dates import count
from bot.views.error_words import sentence
from bot.views.item_forms import Origin, pack
from bot.views.meetings import title_text
from bot.views.proceedings import HELD, mend_row
from bot.views.text import bare, clip, escape, plain

ROWS = 40
SHOWN = 160
FORM_LIMIT = 3000
KINDS = {
    LineKind.ACTION: "Action",
    LineKind.DECISION: "Decision",
    LineKind.DEADLINE: "Deadline",
    LineKind.TOPIC: "Topic",
    LineKind.PRESENT: "Present",
    LineKind.REGRETS: "Regrets",
    LineKind.NOTE: "Note",
}


@dataclass(frozen=True, slots=True)
class Row:
    """What one line would become; `facts`: whose and by when; `known`: it is there already."""

    kind: LineKind
    text: str
    facts: str = ""
    error: UserError | None = None
    known: bool = False


def form(meeting: Meeting, text: str, where: Origin) -> View:
    """Callback meeting.notes_pasted."""
    box = text_input(Field.TEXT, text[:FORM_LIMIT], lines=True, limit=FORM_LIMIT)
    hint = (
        "One line each: ACTION: what \u2013 by @who 4 Dec, DECISION: what, present: names, "
        "regrets: names. Everything else is a note. Nothing is made before you have seen it."
    )
    return modal(
        f"Notes of {meeting.ref}",
        [context("hint", hint), input_(Field.TEXT, "Notes", box)],
        callback=Id.MEETING_NOTES_PASTED,
        submit="Look at it first",
        carries=pack(Origin(where.channel, where.ts, where.thread_ts, refs=(meeting.ref,))),
    )


def asks(meeting: Meeting) -> Message:
    """Where no form can be opened."""
    said = f"Paste the notes of {meeting.ref} {title_text(meeting)}, one thing a line."
    paste = button("Paste notes", Id.MEETING_NOTES_PASTE, value(meeting.ref))
    return message(said, section("notes:ask", said), actions("notes:do", paste))


def preview(
    meeting: Meeting, rows: Sequence[Row], key: str, world: World, *, long: bool
) -> Message:
    """`long`: too much for the form, so it cannot be changed there."""
    new = [row for row in rows if not row.known]
    unclear = [row for row in new if row.error is not None]
    known = len(rows) - len(new)
    said = f"{meeting.ref}: {count(len(new), 'line')} to be made of these notes."
    if unclear:
        said += f" {count(len(unclear), 'line')} of them unclear: kept, and completed afterwards."
    if known:
        said += f" {count(known, 'line')} there already."
    pieces: list[Piece] = [section("notes:head", f"{said} Nothing is made yet.")]
    shown = [_row(row, world) for row in rows[:ROWS]]
    pieces += [
        section(f"notes:{start}", "\n".join(shown[start : start + 8]))
        for start in range(0, len(shown), 8)
    ]
    if len(rows) > ROWS:
        pieces.append(context("notes:more", f"and {len(rows) - ROWS} more"))
    make = button(
        f"Make these {len(new)}", Id.MEETING_NOTES_MAKE, value(meeting.ref, key=key), primary=True
    )
    change = button("Change", Id.MEETING_NOTES_PASTE, value(meeting.ref, key=key))
    buttons = [*([make] if new else []), *([] if long else [change])]
    text = " ".join([said, *(_spoken(row, world) for row in rows[:ROWS])])
    return message(text, *pieces, *([actions("notes:do", *buttons)] if buttons else []))


def made(meeting: Meeting, lines: Sequence[Line], request: str) -> Message:
    refs = [line.ref for line in lines if line.ref is not None]
    held = [line for line in lines if line.held]
    said = f"{meeting.ref} {title_text(meeting)}: {count(len(lines), 'line')} made of the notes."
    said += f" They became {', '.join(refs)}." if refs else ""
    if held:
        needs = "needs" if len(held) == 1 else "need"
        said += f" {count(len(held), 'line')} still {needs} a name or a date."
    rows = [mend_row(meeting, line) for line in held[:HELD]]
    return message(said, section("notes:made", said), *rows, actions("notes:undo", undo(request)))


def _row(row: Row, world: World) -> str:
    text = escape(clip(bare(row.text), SHOWN))
    head = f"*{KINDS[row.kind]}* {text}"
    if row.known:
        return f"• {head} (there already)"
    if row.error is not None:
        return f"⚠ {head}\n    {sentence(row.error, world)}"
    return f"• {head} ({escape(row.facts)})" if row.facts else f"• {head}"


def _spoken(row: Row, world: World) -> str:
    said = f"{KINDS[row.kind]}: {plain(clip(bare(row.text), SHOWN)).rstrip(' .')}"
    if row.error is not None:
        return f"Unclear: {said}. {sentence(row.error, world)}"
    if row.known:
        return f"{said}, there already."
    return f"{said}, {plain(row.facts)}." if row.facts else f"{said}."
