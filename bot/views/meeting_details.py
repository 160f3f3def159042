"""One meeting in full, for one reader: all that is known, and what they can do about it."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.meetings import Meeting, PrepItem, Rsvp, Task
from bot.domain.model import UserId, World
from bot.domain.outbox import Message
from bot.domain.preparation import ready
from bot.views import access_needs, quorum, series, travels
from bot.views import rsvps as rsvps_view
from bot.views.blocks import (
    Element,
    Id,
    actions,
    button,
    context,
    escape,
    fields,
    instant,
    message,
    nth,
    plain,
    section,
    value,
)
from bot.views.buttons import link
from bot.views.dates import day_words
from bot.views.lists import spelled
from bot.views.meeting_buttons import checklist_button
from bot.views.meetings import (
    groups,
    hybrid,
    kind_words,
    standing,
    task_pieces,
    task_text,
    title_text,
    titled,
)
from bot.views.people import zone_of
from bot.views.series import Course
from bot.views.text import bare, moment, place


def detail(
    meeting: Meeting,
    items: Sequence[PrepItem],
    rsvps: Sequence[Rsvp],
    tasks: Sequence[Task],
    world: World,
    viewer: UserId,
    now: datetime,
    course: Course | None = None,
    *,
    changes: bool = False,
) -> Message:
    """One meeting in full; `tasks` are the reader's own; `changes`: they may move and cancel it."""
    zone = zone_of(viewer, world)
    mine = next((rsvp.answer for rsvp in rsvps if rsvp.user == viewer), None)
    state = standing(meeting, ready(meeting, items), mine)
    replied = [quorum.replies(meeting, rsvps, world)] if rsvps or meeting.state.ahead else []
    said = [
        f"{meeting.ref} {title_text(meeting)}",
        f"{moment(meeting.starts, zone)} until {moment(meeting.ends, zone)}",
        *([_there(meeting)] if _elsewhere(meeting, zone) else []),
        *hybrid(meeting, rsvps),
        *([plain(meeting.place)] if meeting.place else []),
        *([f"joined by {plain(meeting.link)}"] if meeting.link else []),
        plain(groups(meeting, world)),
        *state,
        *replied,
    ]
    goes_on = [series.sentence(course, meeting)] if course else []
    owed = [f"{task_text(task, now)}." for task in tasks]
    return message(
        spelled(
            " ".join([f"{', '.join(said)}.", *goes_on]),
            ["Yours to prepare:", *owed] if owed else [],
        ),
        section("meeting:head", f"{titled(meeting)}\n{' · '.join(state)}"),
        fields("meeting:facts", _facts(meeting, rsvps, zone, world)),
        *(context("meeting:replies", f"Replies: {words}") for words in replied),
        *(context("meeting:series", words) for words in goes_on),
        *task_pieces(tasks, now),
        actions("meeting:prepare", checklist_button(meeting)),
        *([actions("meeting:change", *_changes(meeting))] if changes else []),
        actions(
            "meeting:do",
            *_answers(meeting, now),
            button("Add to calendar", Id.CALENDAR_MEETING, value(meeting.ref), names=meeting.ref),
            button("All my meetings", Id.WORD_RUN, value(line="meeting list all")),
        ),
    )


def _facts(meeting: Meeting, rsvps: Sequence[Rsvp], zone: str, world: World) -> list[str]:
    when = f"{instant(meeting.starts, zone)}\nuntil {instant(meeting.ends, zone)}"
    facts = [f"*When, for you*\n{when}"]
    if _elsewhere(meeting, zone):
        facts.append(f"*There*\n{escape(_there(meeting))}")
    facts.append(f"*Working groups*\n{escape(groups(meeting, world))}")
    where = f", {meeting.place}" if meeting.place else ""
    facts.append(f"*Kind*\n{kind_words(meeting, rsvps)}{escape(bare(where))}")
    if meeting.link and (shown := link(meeting.link, "Join")):
        facts.append(f"*Link*\n{shown}")
    return facts


def _there(meeting: Meeting) -> str:
    """The wall time that is kept, with its own place."""
    start = meeting.starts.astimezone(ZoneInfo(meeting.zone))
    return f"{day_words(start.date())}, {start:%H:%M} {place(start)}"


def _elsewhere(meeting: Meeting, zone: str) -> bool:
    start = meeting.starts
    here, there = start.astimezone(ZoneInfo(zone)), start.astimezone(ZoneInfo(meeting.zone))
    return here.utcoffset() != there.utcoffset()


def _answers(meeting: Meeting, now: datetime) -> list[Element]:
    """What can be said until it ends."""
    if not meeting.state.ahead or meeting.ends <= now:
        return []
    who = value(line=f"meeting replies {meeting.ref}")
    return [
        *rsvps_view.elements(meeting),
        button("Who comes", nth(Id.WORD_RUN, 1), who, names=meeting.ref),
        *([access_needs.opener(meeting), travels.opener(meeting)] if travels.asks(meeting) else []),
    ]


def _changes(meeting: Meeting) -> list[Element]:
    carried = value(meeting.ref, meeting.version)
    return [
        button("Move", Id.MEETING_MOVE, carried, names=meeting.ref),
        button("Cancel it", Id.MEETING_CANCEL, carried, names=meeting.ref),
    ]
