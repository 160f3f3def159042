"""An agenda: for one reader with what they may do about it, and as it stands in a channel."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.agenda_times import length, total
from bot.domain.agendas import Agenda, AgendaItem, AgendaState, Matter, Sheet
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.model import Ref, UserId, World
from bot.domain.outbox import Message
from bot.views import agenda_rows as rows
from bot.views.blocks import (
    Element,
    Id,
    Piece,
    actions,
    button,
    confirm,
    context,
    message,
    nth,
    overflow,
    section,
    value,
)
from bot.views.buttons import undo
from bot.views.dates import day_words, today
from bot.views.lists import spelled
from bot.views.meetings import groups, title_text, titled
from bot.views.people import zone_of
from bot.views.text import bare, clip, escape, instant, moment, plain

PAGE = 25
LATE_SHOWN = 10
EMPTY = "Nothing is on the agenda yet."


def shown(
    it: Sheet,
    world: World,
    viewer: UserId,
    now: datetime,
    page: int = 1,
    said: str = "",
    request: str = "",
) -> Message:
    """To one reader; `said`: what has just become of it, as a whole sentence for `text`."""
    zone = zone_of(viewer, world)
    pages = max(1, -(-len(it.items) // PAGE))
    page = min(max(page, 1), pages)
    first = (page - 1) * PAGE
    some = it.items[first : first + PAGE]
    status = _status(it, zone)
    head = f"Agenda of {_titled(it.meeting, world, zone)}"
    spoken = [f"{rows.row_text(n, i, it.matters, world, now)}." for n, i in _numbered(it, some)]
    late = [f"Waits for the chair: {rows.topic_text(item)}." for item in it.late[:LATE_SHOWN]]
    text = spelled(" ".join(filter(None, [said, f"{head}. {status}."])), [*spoken, *late])
    pieces = [
        *([section("agenda:said", said)] if said else []),
        section("agenda:head", _head(it.meeting, world)),
        *(_row(n, item, it, world, viewer, now) for n, item in _numbered(it, some)),
        *_empty(it),
        *_late(it, world),
        context("agenda:time", escape(status), *([f"Page {page} of {pages}"] if pages > 1 else [])),
        actions("agenda:do", *_buttons(it, request)),
    ]
    paging = _paging(it.meeting, page, pages)
    return message(text, *pieces, *([actions("agenda:page", *paging)] if paging else []))


def posted(
    meeting: Meeting,
    agenda: Agenda,
    items: Sequence[AgendaItem],
    matters: Mapping[Ref, Matter],
    world: World,
    zone: str,
) -> Message:
    """In a channel, whose zone it is: rewritten at every later change, never as time passes."""
    it = Sheet(meeting, agenda, tuple(items), (), matters)
    some = it.items[:PAGE]
    status = f"{minutes_words(it)}{_changed(it, zone)}"
    spoken = [f"{rows.row_text(n, i, matters, world, None)}." for n, i in _numbered(it, some)]
    if len(it.items) > PAGE:
        spoken.append(f"And {len(it.items) - PAGE} more.")
    more = [f"And {len(it.items) - PAGE} more: press Open."] if len(it.items) > PAGE else []
    line = value(line=f"agenda {meeting.ref}")
    return message(
        spelled(f"📋 Agenda of {_titled(meeting, world, zone)}. {status}.", spoken),
        section("agenda:head", f"📋 {_head(meeting, world)}"),
        *(
            section(f"agenda:{n}", rows.row(n, item, matters, world, None))
            for n, item in _numbered(it, some)
        ),
        *_empty(it),
        context("agenda:time", escape(status), *more),
        actions(
            "agenda:do",
            button("Add topic", Id.AGENDA_ADD, value(meeting.ref), names=meeting.ref),
            button("Open", Id.WORD_RUN, line, names=f"agenda of {meeting.ref}"),
        ),
    )


def brief(it: Sheet, said: str, request: str) -> Message:
    """What has just become of it, before others."""
    text = f"{said} {minutes_words(it)}."
    line = value(line=f"agenda {it.meeting.ref}")
    return message(
        text,
        section("agenda:said", text),
        actions(
            "agenda:then",
            *([undo(request)] if request else []),
            button("Open the agenda", Id.WORD_RUN, line, names=it.meeting.ref),
        ),
    )


def minutes_words(it: Sheet) -> str:
    """Such as "55 of 60 min", and how much that is too long."""
    used, there = total(it.items), length(it.meeting)
    over = f": {used - there} min too many" if used > there else ""
    return f"{used} of {there} min{over}"


def _status(it: Sheet, zone: str) -> str:
    drafted = it.agenda.drafted_at
    draft = f", drafted {day_words(today(drafted, zone))}" if drafted else ""
    said = _changed(it, zone) or f"{draft}, not posted yet"
    return f"{minutes_words(it)}{said}"


def _changed(it: Sheet, zone: str) -> str:
    if it.agenda.posted_at is None:
        return ""
    said = f", posted {day_words(today(it.agenda.posted_at, zone))}"
    if it.agenda.changed_since_posted and it.agenda.changed_at:
        return f"{said}, changed since: {moment(it.agenda.changed_at, zone)}"
    return said


def _titled(meeting: Meeting, world: World, zone: str) -> str:
    """For `text`."""
    when = moment(meeting.starts, zone)
    gone = ", cancelled" if meeting.state is MeetingState.CANCELLED else ""
    return f"{meeting.ref} {title_text(meeting)}, {when}, {plain(groups(meeting, world))}{gone}"


def _head(meeting: Meeting, world: World) -> str:
    when = instant(meeting.starts, meeting.zone)
    gone = " · ❌ Cancelled" if meeting.state is MeetingState.CANCELLED else ""
    return f"{titled(meeting)}: agenda\n{when} · {escape(groups(meeting, world))}{gone}"


def _numbered(it: Sheet, some: Sequence[AgendaItem]) -> list[tuple[int, AgendaItem]]:
    if not some:
        return []
    first = it.items.index(some[0]) + 1
    return list(enumerate(some, first))


def _row(n: int, item: AgendaItem, it: Sheet, world: World, viewer: UserId, now: datetime) -> Piece:
    words = rows.row(n, item, it.matters, world, now)
    own = it.proposes and item.proposed and item.created_by == viewer
    open_ = item.state is AgendaState.LISTED
    verbs = [("Edit", "edit"), ("Drop", "drop")] if open_ and (own or it.arranges) else []
    if open_ and it.arranges:
        verbs += [("Move to the top", "first"), ("Next meeting", "carry")]
    choices = [(label, value(it.meeting.ref, id=str(item.id), do=do)) for label, do in verbs]
    menu = overflow(Id.AGENDA_MORE, choices) if choices else None
    return section(f"agenda:{n}", words, menu)


def _empty(it: Sheet) -> list[Piece]:
    return [] if it.items else [section("agenda:none", EMPTY)]


def _late(it: Sheet, world: World) -> list[Piece]:
    if not it.late:
        return []
    lines = [
        f"⏳ Waiting for the chair: {escape(clip(bare(item.topic), rows.SHOWN))}"
        for item in it.late[:LATE_SHOWN]
    ]
    if len(it.late) > LATE_SHOWN:
        lines.append(f"And {len(it.late) - LATE_SHOWN} more.")
    return [section("agenda:late", "\n".join(lines))]


def _buttons(it: Sheet, request: str) -> list[Element]:
    ref = it.meeting.ref
    found = [undo(request)] if request else []
    if it.proposes:
        found.append(button("Add topic", Id.AGENDA_ADD, value(ref), primary=True, names=ref))
    if it.arranges:
        found.append(_run(1, "Draft", f"agenda draft {ref}"))
        asked = confirm(
            f"Post the agenda of {ref}?",
            "It is posted in the group's channel, and rewritten there when it changes.",
            "Post",
            "Not yet",
        )
        if it.items:
            line = value(line=f"agenda post {ref}")
            found.append(button("Post", nth(Id.WORD_RUN, 2), line, asks=asked, names=ref))
    if it.items:
        found.append(_run(3, "Copy as text", f"agenda {ref} as markdown"))
    return [*found, _run(4, "Meeting", ref)]


def _paging(meeting: Meeting, page: int, pages: int) -> list[Element]:
    found = []
    if page > 1:
        found.append(_run(5, f"Previous {PAGE}", f"agenda {meeting.ref} page {page - 1}"))
    if page < pages:
        found.append(_run(6, f"Show {PAGE} more", f"agenda {meeting.ref} page {page + 1}"))
    return found


def _run(number: int, label: str, line: str) -> Element:
    return button(label, nth(Id.WORD_RUN, number), value(line=line), names=line)
