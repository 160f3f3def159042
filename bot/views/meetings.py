"""Meetings for one reader: when in their own zone, how ready, and what they owe for them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from bot.domain.deadlines import Deadline
from bot.domain.items import Item
from bot.domain.meetings import (
    Meeting,
    MeetingKind,
    MeetingState,
    Rsvp,
    RsvpAnswer,
    Task,
    Upcoming,
)
from bot.domain.model import UserId, World
from bot.domain.outbox import Message
from bot.views import deadlines, lists, quorum
from bot.views.blocks import (
    TEXT_LIMIT,
    TITLE_SHOWN,
    Id,
    Piece,
    actions,
    button,
    clip,
    context,
    escape,
    instant,
    message,
    plain,
    section,
)
from bot.views.dates import count, day_words, relative, today
from bot.views.lists import spelled
from bot.views.people import zone_of
from bot.views.text import bare, moment

ROWS = 25
PLATE = 5
PLATE_TEXT = 1500
"""Characters of `text` that are kept for meetings behind a long list of actions."""
TASKS = 10
TASKS_OVER = 3
"""Of meetings that are over."""
KINDS = {MeetingKind.CALL: "Call", MeetingKind.FACE_TO_FACE: "Face to face"}
HYBRID = "hybrid"
STATES = {
    MeetingState.PLANNED: "planned",
    MeetingState.ANNOUNCED: "announced",
    MeetingState.HELD: "held",
    MeetingState.CANCELLED: "cancelled",
}
ANSWERS = {RsvpAnswer.YES: "yes", RsvpAnswer.REMOTE: "remote", RsvpAnswer.NO: "no"}
ONLY_YOU = "Times are yours. Only you can see this."


def listing(
    found: Sequence[Upcoming],
    world: World,
    viewer: UserId,
    title: str,
    *,
    hidden: bool = False,
    plans: bool = False,
) -> Message:
    """Those ahead, in the order given; `hidden`: there are others, not for the viewer.

    `plans`: the viewer may plan more.
    """
    ways = [actions("meetings:do", button("Plan a meeting", Id.MEETING_PLAN))] if plans else []
    if not found:
        said = lists.HIDDEN if hidden else "No meeting is set."
        return message(
            f"{plain(title)}: {said[0].lower()}{said[1:]}",
            section("meetings:head", f"*{escape(title)}*\n{said}"),
            *ways,
        )
    spoken = [f"{row_text(one, world, viewer)}." for one in found]
    head = f"{title}: {count(len(found), 'meeting')}"
    more = [f"And {len(found) - ROWS} more."] if len(found) > ROWS else []
    return message(
        spelled(f"{plain(head)}.", spoken),
        section("meetings:head", f"*{escape(title)}*\n{count(len(found), 'meeting')}"),
        *(row(one, world, viewer) for one in found[:ROWS]),
        context("meetings:hint", *more, f"Type the id to see one in full. {ONLY_YOU}"),
        *ways,
    )


def plate(
    items: tuple[Item, ...],
    tasks: Sequence[Task],
    found: Sequence[Upcoming],
    world: World,
    viewer: UserId,
    now: datetime,
    due: Sequence[Deadline] = (),
) -> Message:
    """Everything of the reader's own: open actions, what they owe for meetings, the next ones.

    `due`: their deadlines.
    """
    own = lists.mine(items, world, viewer, now)
    ahead = found[:PLATE]
    promised = deadlines.in_order(due, world, now)[:PLATE]
    dates = [f"{deadlines.row_text(one, world, now)}." for one in promised]
    spoken = ["Your deadlines:", *dates] if dates else []
    shown, further = _first(tasks)
    many = _by_meeting([task for task in tasks if not task.over])
    prepare = [f"{_grouped(one, now, plain)}." for one in many[:TASKS]]
    prepare = prepare or [f"{task_text(task, now)}." for task in shown]
    spoken += ["Yours to prepare:", *prepare, *filter(None, [further])] if prepare else []
    meetings = [f"{row_text(one, world, viewer)}." for one in ahead]
    spoken += ["Your next meetings:", *meetings] if meetings else []
    if not spoken:
        return own
    busy = bool(tasks or promised)
    head = own.text if items or not busy else "No open actions."
    rows = [row_words(one, world, viewer) for one in ahead]
    pieces = [section("meetings", "\n".join(["*Your next meetings*", *rows]))] if rows else []
    blocks = own.blocks if items or not busy else lists.empty(show="open").blocks
    told = [deadlines.row(one, world, viewer, now) for one in promised]
    told = [section("deadlines:head", "*Your deadlines*"), *told] if told else []
    text = spelled(clip(head, TEXT_LIMIT - PLATE_TEXT), spoken)
    return message(text, *blocks, *told, *_to_prepare(many, shown, now, further), *pieces)


def row(upcoming: Upcoming, world: World, viewer: UserId) -> Piece:
    return section(f"meeting:{upcoming.meeting.ref}", row_words(upcoming, world, viewer))


def row_words(upcoming: Upcoming, world: World, viewer: UserId) -> str:
    """For mrkdwn, two lines."""
    meeting = upcoming.meeting
    parts = [
        instant(meeting.starts, zone_of(viewer, world)),
        escape(groups(meeting, world)),
        *hybrid(meeting, upcoming.rsvps),
        *standing(meeting, upcoming.ready, upcoming.answer),
        *_counted(upcoming, world),
    ]
    return f"{titled(meeting)}\n{' · '.join(parts)}"


def row_text(upcoming: Upcoming, world: World, viewer: UserId) -> str:
    """For `text`: the same facts, no full stop."""
    meeting = upcoming.meeting
    parts = [
        f"{meeting.ref} {title_text(meeting)}",
        moment(meeting.starts, zone_of(viewer, world)),
        plain(groups(meeting, world)),
        *hybrid(meeting, upcoming.rsvps),
        *standing(meeting, upcoming.ready, upcoming.answer),
        *_counted(upcoming, world),
    ]
    return ", ".join(parts)


def task_pieces(tasks: Sequence[Task], now: datetime, further: str = "") -> list[Piece]:
    """What the reader owes, under one heading; nothing without any."""
    if not tasks:
        return []
    lines = [task_words(task, now) for task in tasks[:TASKS]]
    more = further or (f"And {len(tasks) - TASKS} more." if len(tasks) > TASKS else "")
    return [section("tasks", "\n".join(["*Yours to prepare*", *lines, *filter(None, [more])]))]


def _first(tasks: Sequence[Task]) -> tuple[list[Task], str]:
    """What a meeting that is over has left does not stand before what can still be in time."""
    ahead, over = ([task for task in tasks if task.over is past] for past in (False, True))
    shown = [*ahead, *over[:TASKS_OVER]][:TASKS]
    left = len(over) - sum(task.over for task in shown)
    if len(shown) == len(tasks):
        return shown, ""
    hidden = len(tasks) - len(shown)
    some = "" if left == hidden else f", {left} of them"
    kinds = f"{some} for meetings that are over" if left else ""
    way = f" Type an id, such as {over[0].meeting.ref}, to see what it lacks." if left else ""
    return shown, f"And {hidden} more{kinds}.{way}"


def _by_meeting(tasks: Sequence[Task]) -> list[list[Task]]:
    """Where they are too many to be shown one by one."""
    found: dict[str, list[Task]] = {}
    for task in tasks if len(tasks) > TASKS else ():
        found.setdefault(task.meeting.ref, []).append(task)
    return list(found.values())


def _grouped(tasks: Sequence[Task], now: datetime, safe: Callable[[str], str]) -> str:
    """How many for one meeting, and the first; no full stop."""
    late = sum(task.late for task in tasks)
    first = safe(clip(bare(tasks[0].item.text), TITLE_SHOWN)).rstrip(" .")
    counted = f"{count(len(tasks), 'thing')}{f', {late} late' if late else ''}"
    return f"{tasks[0].meeting.ref}: {counted}; next: {first}, {_due(tasks[0], now)}"


def _to_prepare(
    many: Sequence[Sequence[Task]], shown: Sequence[Task], now: datetime, further: str
) -> list[Piece]:
    if not many:
        return task_pieces(shown, now, further)
    lines = [f"• {_grouped(one, now, escape)}" for one in many[:TASKS]]
    left = len(many) - TASKS
    lines += [f"And {count(left, 'more meeting')}."] if left > 0 else []
    way = "The whole list of one: `meeting prep` and its id."
    return [section("tasks", "\n".join(["*Yours to prepare*", *lines])), context("tasks:way", way)]


def task_words(task: Task, now: datetime) -> str:
    """For mrkdwn, one line."""
    late = "🔴 Late: " if task.late else ""
    text = escape(clip(bare(task.item.text), TITLE_SHOWN))
    return f"{late}{text}, *{task.meeting.ref}*, {_due(task, now)}"


def task_text(task: Task, now: datetime) -> str:
    """For `text`, no full stop."""
    late = "late: " if task.late else ""
    text = plain(clip(bare(task.item.text), TITLE_SHOWN)).rstrip(" .")
    return f"{late}{text} for {task.meeting.ref}, {_due(task, now)}"


def titled(meeting: Meeting) -> str:
    """For mrkdwn: id and title; struck through when it will not be."""
    title = escape(clip(bare(meeting.title), TITLE_SHOWN)) or "…"
    cancelled = meeting.state is MeetingState.CANCELLED
    return f"*{meeting.ref}* ~{title}~" if cancelled else f"*{meeting.ref}* {title}"


def title_text(meeting: Meeting) -> str:
    """For `text`."""
    return plain(clip(bare(meeting.title), TITLE_SHOWN)).rstrip(" .") or "…"


def kind_words(meeting: Meeting, rsvps: Iterable[Rsvp]) -> str:
    return HYBRID.capitalize() if hybrid(meeting, rsvps) else KINDS[meeting.kind]


def hybrid(meeting: Meeting, rsvps: Iterable[Rsvp]) -> list[str]:
    """The word for one in a place that somebody joins from afar, else nothing."""
    afar = any(rsvp.answer is RsvpAnswer.REMOTE for rsvp in rsvps)
    return [HYBRID] if meeting.kind is MeetingKind.FACE_TO_FACE and afar else []


def groups(meeting: Meeting, world: World) -> str:
    """Unescaped."""
    if not meeting.groups:
        return "all groups"
    known = [world.groups.get(key) for key in meeting.groups]
    return ", ".join(group.short or group.name for group in known if group is not None)


def standing(meeting: Meeting, percent: int | None, answer: RsvpAnswer | None) -> list[str]:
    said = [STATES[meeting.state]]
    if percent is not None and meeting.state.ahead:
        said.append(f"{percent} % ready")
    if answer is not None:
        said.append(f"you said {ANSWERS[answer]}")
    return said


def _counted(upcoming: Upcoming, world: World) -> list[str]:
    """Who comes, once somebody has said so."""
    rsvps = upcoming.rsvps
    return [quorum.replies(upcoming.meeting, rsvps, world)] if rsvps else []


def _due(task: Task, now: datetime) -> str:
    due = task.item.due
    return f"due {day_words(due)} ({relative(due, today(now, task.meeting.zone))})"
