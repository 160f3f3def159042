"""What comes next for a reader of Home: meetings, and what each asks of them."""

from collections.abc import Sequence

from bot.domain.meetings import Task, Upcoming
from bot.views.blocks import Id, Piece, actions, button, context, section, value
from bot.views.dates import day_words
from bot.views.meeting_buttons import checklist_button
from bot.views.text import bare, clip, escape, instant

TASKS_SHOWN = 5
MEETINGS_SHOWN = 3
TITLE = 80


def meetings_part(
    meetings: Sequence[Upcoming], all_tasks: Sequence[Task], zone: str
) -> list[Piece]:
    if not meetings and not all_tasks:
        return [context("home:meetings", "No next meeting set.")]
    lines = [meeting_line(meeting, zone) for meeting in meetings[:MEETINGS_SHOWN]]
    tasks = sorted(all_tasks, key=lambda task: not task.late)
    lines += [_task(task) for task in tasks[:TASKS_SHOWN]]
    first = meetings[0].meeting if meetings else all_tasks[0].meeting
    way = button("Open", Id.WORD_RUN, value(line=first.ref), names=first.ref)
    said = "\n".join(["*Before your next meeting*", *lines])
    return [
        section("home:meetings", said, way),
        *([actions("home:prepare", checklist_button(tasks[0].meeting))] if tasks else []),
        *_more_tasks(tasks[TASKS_SHOWN:]),
    ]


def _more_tasks(tasks: Sequence[Task]) -> list[Piece]:
    if not tasks:
        return []
    late = sum(task.late for task in tasks)
    said = f"And {len(tasks)} more to prepare{f', {late} of them late' if late else ''}."
    return [section("home:tasks", said, button("See all", Id.ITEM_MINE, names="to prepare"))]


def meeting_line(upcoming: Upcoming, zone: str) -> str:
    meeting = upcoming.meeting
    title = escape(clip(bare(meeting.title), TITLE))
    return f"*{meeting.ref}* {title} {instant(meeting.starts, zone)}"


def _task(task: Task) -> str:
    state = "🔴 Late" if task.late else "⏳ Waiting"
    words = escape(clip(bare(task.item.text), TITLE))
    return f"{state}: {words} for {task.meeting.ref}, due {day_words(task.item.due)}"
