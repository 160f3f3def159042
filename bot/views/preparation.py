"""The checklist of a meeting: for one reader with buttons, and for a channel without names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.local_times import Clock, Shift
from bot.domain.meetings import Meeting, MeetingState, PrepItem, PrepState
from bot.domain.model import UserId, World
from bot.domain.outbox import Message
from bot.domain.preparation import DATES, has_passed
from bot.errors import UserError
from bot.views.blocks import (
    TITLE_SHOWN,
    Element,
    Id,
    Piece,
    actions,
    button,
    context,
    message,
    nth,
    section,
    value,
)
from bot.views.buttons import undo
from bot.views.dates import count, day_words, relative, today
from bot.views.error_words import sentence
from bot.views.lists import spelled
from bot.views.meeting_buttons import announce_button, going_on
from bot.views.meeting_times import when_pieces, when_text
from bot.views.meetings import STATES, title_text, titled
from bot.views.people import name, named, zone_of
from bot.views.text import bare, clip, escape, instant, moment, plain

ROWS = 25
LINES = 8
REASON_SHOWN = 100
ANNOUNCE = "announce"
"""The item that the meeting's own message ticks."""


@dataclass(frozen=True, slots=True)
class Row:
    """`may`: the reader may tick it; nobody in particular reads that of a channel."""

    item: PrepItem
    owners: tuple[UserId, ...] = ()
    late: bool = False
    may: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """`done` of `needed`: of what is required before the start. `notes`: whole sentences."""

    meeting: Meeting
    rows: tuple[Row, ...]
    done: int = 0
    needed: int = 0
    clocks: tuple[Clock, ...] = ()
    odd: tuple[Shift, ...] = ()
    notes: tuple[str, ...] = ()
    minds: bool = False
    """The reader may add, leave out, announce."""


def checklist(sheet: Sheet, world: World, viewer: UserId, now: datetime, page: int = 1) -> Message:
    """For who asks, with a button for each item that they may tick; `page` of 25 items."""
    zone = zone_of(viewer, world)
    pages = max(1, -(-len(sheet.rows) // ROWS))
    page = min(max(page, 1), pages)
    first = (page - 1) * ROWS
    shown = sheet.rows[first : first + ROWS]
    spoken = [f"{_text(row, sheet.meeting, world, now)}." for row in sheet.rows[first:]]
    head = f"{_head(sheet, zone)} {_times_text(sheet)}".strip()
    return message(
        spelled(head, spoken),
        section("prep:head", _shown_head(sheet, zone)),
        *_times(sheet),
        *(_row(row, sheet, world, now, page) for row in shown),
        *_more(sheet, page, pages),
        *_mine(sheet),
        actions("prep:do", *going_on(sheet.meeting)),
    )


def public(sheet: Sheet, world: World, now: datetime) -> Message:
    """For a channel: what is late stands without names."""
    zone = sheet.meeting.zone
    shown = sheet.rows[:ROWS]
    spoken = [f"{_public(row, sheet.meeting, world, now)}." for row in sheet.rows]
    lines = [_public_shown(row, sheet.meeting, world, now) for row in shown]
    left = len(sheet.rows) - len(shown)
    lines += [f"And {left} more."] if left else []
    head = f"{_head(sheet, zone)} {_times_text(sheet)}".strip()
    ref = sheet.meeting.ref
    return message(
        spelled(head, spoken),
        section("prep:head", _shown_head(sheet, zone)),
        *_times(sheet),
        *(
            section(f"prep:{start}", "\n".join(lines[start : start + LINES]))
            for start in range(0, len(lines), LINES)
        ),
        actions(
            "prep:mine",
            button("My part", Id.WORD_RUN, value(line=f"meeting prep {ref}"), names=ref),
        ),
        actions("prep:do", *going_on(sheet.meeting)),
    )


def ticked(
    sheet: Sheet,
    changed: Sequence[PrepItem],
    verb: str,
    request: str,
    world: World,
    refused: Sequence[tuple[int, UserError]] = (),
) -> Message:
    """What was done, for all to see who see the checklist; `verb` such as "done".

    `refused`: numbers for which it was not, and why.
    """
    ref = sheet.meeting.ref
    names = [
        f"{item.n}, {plain(clip(bare(item.text), TITLE_SHOWN)).rstrip(' .')}"
        f"{plain(_whose(item, world))}"
        for item in changed
    ]
    shown = [
        f"{item.n}. {escape(clip(bare(item.text), TITLE_SHOWN))}{escape(_whose(item, world))}"
        for item in changed
    ]
    why = [f"{n}: {sentence(error, world)}" for n, error in refused]
    ready = _ready(sheet)
    text = " ".join(
        [f"For {ref} {verb}: {'; '.join(names)}.", *why, *([f"{ready}."] if ready else [])]
    )
    said = [f"*{ref}* {verb}:", *shown, *why, *([ready] if ready else [])]
    line = value(line=f"meeting prep {ref}")
    return message(
        text,
        section("prep:said", "\n".join(said)),
        actions("prep:then", undo(request), button("Open checklist", Id.WORD_RUN, line, names=ref)),
    )


def _whose(item: PrepItem, world: World) -> str:
    """Of what is to be done; unescaped."""
    if item.state is not PrepState.TODO:
        return ""
    owner = f", {name(item.owner, world)}" if item.owner else ""
    return f"{owner}, due {day_words(item.due)}"


def _head(sheet: Sheet, zone: str) -> str:
    meeting = sheet.meeting
    said = [f"Checklist of {meeting.ref} {title_text(meeting)}", moment(meeting.starts, zone)]
    ready = _ready(sheet) or ("" if sheet.rows else "nothing to prepare yet")
    return f"{', '.join([*said, STATES[meeting.state], *filter(None, [ready])])}."


def _shown_head(sheet: Sheet, zone: str) -> str:
    meeting = sheet.meeting
    parts = [instant(meeting.starts, zone), STATES[meeting.state]]
    ready = _ready(sheet) or ("" if sheet.rows else "nothing to prepare yet")
    lines = [f"{titled(meeting)}", " · ".join(parts), *([f"*{ready}*"] if ready else [])]
    return "\n".join(lines)


def _ready(sheet: Sheet) -> str:
    if not sheet.needed:
        return ""
    return f"{sheet.done} of {sheet.needed} ready ({100 * sheet.done // sheet.needed} %)"


def _times_text(sheet: Sheet) -> str:
    return when_text(sheet.meeting, sheet.clocks, sheet.odd, sheet.notes)


def _times(sheet: Sheet) -> list[Piece]:
    return when_pieces(sheet.meeting, sheet.clocks, sheet.odd, sheet.notes)


def _row(row: Row, sheet: Sheet, world: World, now: datetime, page: int) -> Piece:
    item, meeting = row.item, sheet.meeting
    owner = f" · {escape(_owners(row, world))}" if _owners(row, world) else ""
    text = escape(clip(bare(item.text), TITLE_SHOWN)) or "…"
    said = f"*{item.n}.* {text}\n{escape(_state(row, meeting, world, now))}{owner}"
    return section(f"prep:{item.n}", said, _press(row, sheet, page))


def _press(row: Row, sheet: Sheet, page: int) -> Element | None:
    item, meeting = row.item, sheet.meeting
    if meeting.state is MeetingState.CANCELLED or not row.may:
        return None
    open_ = item.state is PrepState.TODO
    planned = meeting.state is MeetingState.PLANNED
    if item.key == ANNOUNCE and sheet.minds and open_ and planned:
        return announce_button(meeting)
    id_ = Id.PREP_TICK if open_ else Id.PREP_UNTICK
    carries = value(meeting.ref, n=str(item.n), page=str(page))
    label = "Mark done" if open_ else "Open again"
    return button(label, id_, carries, names=f"{meeting.ref} {item.n} {item.text}")


def _more(sheet: Sheet, page: int, pages: int) -> list[Piece]:
    if pages == 1:
        return []
    ref, buttons = sheet.meeting.ref, []
    if page > 1:
        line = value(line=f"meeting prep {ref} page {page - 1}")
        buttons.append(button("Show those before", nth(Id.WORD_RUN, 1), line, names=ref))
    if page < pages:
        left = min(ROWS, len(sheet.rows) - page * ROWS)
        line = value(line=f"meeting prep {ref} page {page + 1}")
        buttons.append(button(f"Show {left} more", nth(Id.WORD_RUN, 2), line, names=ref))
    said = f"{count(len(sheet.rows), 'item')}, page {page} of {pages}."
    return [context("prep:pages", said), actions("prep:page", *buttons)]


def _mine(sheet: Sheet) -> list[Piece]:
    ref = sheet.meeting.ref
    if not sheet.minds or sheet.meeting.state is MeetingState.CANCELLED:
        return []
    return [actions("prep:mind", button("Add to checklist", Id.PREP_ADD, value(ref), names=ref))]


def _text(row: Row, meeting: Meeting, world: World, now: datetime) -> str:
    item = row.item
    said = [f"{item.n}. {plain(clip(bare(item.text), TITLE_SHOWN)).rstrip(' .') or '…'}"]
    said += [named(row.owners, world)] if row.owners else [plain(_owners(row, world))]
    return ", ".join([*filter(None, said), plain(_state(row, meeting, world, now))])


def _public(row: Row, meeting: Meeting, world: World, now: datetime) -> str:
    item = row.item
    said = f"{item.n}. {plain(clip(bare(item.text), TITLE_SHOWN)).rstrip(' .') or '…'}"
    return ", ".join([said, plain(_seen(row, meeting, world, now))])


def _public_shown(row: Row, meeting: Meeting, world: World, now: datetime) -> str:
    text = escape(clip(bare(row.item.text), TITLE_SHOWN)) or "…"
    return f"*{row.item.n}.* {text}: {escape(_seen(row, meeting, world, now))}"


def _seen(row: Row, meeting: Meeting, world: World, now: datetime) -> str:
    """As anybody may see it: of what is to be done in time also who has it."""
    state = _state(row, meeting, world, now, by=False)
    if row.item.state is PrepState.TODO and not row.late and (who := _owners(row, world)):
        return f"{state}, {who}"
    return state


def _state(row: Row, meeting: Meeting, world: World, now: datetime, *, by: bool = True) -> str:
    """Unescaped; `by`: also who ticked it."""
    item = row.item
    if item.state is PrepState.SKIPPED:
        why = clip(bare(item.why), REASON_SHOWN).rstrip(" .")
        return f"⚪ Left out{f': {why}' if why else ''}"
    if item.state is PrepState.DONE:
        on = f", {day_words(today(item.done_at, meeting.zone))}" if item.done_at else ""
        return f"✅ Done{f' by {name(item.done_by, world)}' if by and item.done_by else ''}{on}"
    if has_passed(item, today(now, meeting.zone)):
        return f"✅ Passed: {day_words(item.due)}"
    on = f"{day_words(item.due)} ({relative(item.due, today(now, meeting.zone))})"
    if item.key in DATES and item.owner is None:
        return f"📅 On {on}"
    due = f"due {on}"
    return f"{'🔴 Late' if row.late else '⏳ Waiting'}: {due}"


def _owners(row: Row, world: World) -> str:
    """Unescaped, without a ping."""
    if not row.owners:
        if row.item.key in DATES:
            return ""
        return row.item.role.value.replace("-", " ")
    if len(row.owners) > 2:
        return f"{name(row.owners[0], world)} and {len(row.owners) - 1} more"
    return " and ".join(name(user, world) for user in row.owners)
