"""The sentences about meetings that cannot be started or ended, and about their lines."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.meetings import Meeting
from bot.domain.model import World
from bot.errors import Code, UserError
from bot.views.blocks import Element, Id, button, nth, value
from bot.views.dates import count
from bot.views.error_facts import Said
from bot.views.people import named
from bot.views.text import moment

Part = tuple[str, list[Element]]


def _under_way(it: Said) -> str:
    if it.facts.get("changing"):
        return (
            f"{it.ref} is under way, so it is neither moved, cancelled nor edited. "
            f"End it first: meeting end {it.ref}."
        )
    since, by, channel = (it.facts.get(name) for name in ("since", "by", "channel"))
    when = moment(since, it.text("zone", "UTC")) if isinstance(since, datetime) else "now"
    who = f", started by {named([str(by)], it.world)}" if by else ""
    group = next((g for g in it.world.groups.values() if g.channel == channel), None)
    where = f"the channel of {group.short}" if group else "the programme's channel"
    said = f"{it.ref} is under way since {when}{who}."
    if it.facts.get("looking"):
        return (
            f"{said} Slack has not told me yet whether the message that opens its thread in {where}"
            " arrived: I look, and post it again in two minutes if it is missing."
        )
    return f"{said} Its thread is in {where}: write there."


def _not_now(it: Said) -> str:
    meeting = _meeting(it.error)
    if meeting is None:
        return "That meeting is not now."
    when = moment(meeting.starts, meeting.zone)
    if it.facts.get("held"):
        return f"{meeting.ref} begins {when}: until then it cannot have been held."
    tense = "was planned for" if it.facts.get("past") else "is planned for"
    return f"{meeting.ref} {tense} {when}. Start it now all the same?"


def _not_started(it: Said) -> str:
    meeting = _meeting(it.error)
    ref = meeting.ref if meeting else it.ref
    more = f" If it took place: held {ref}, or paste its notes." if it.facts.get("over") else ""
    return f"{ref} was not started, so there is nothing to end.{more}"


def _no_meeting_now(it: Said) -> str:
    if it.facts.get("choices"):
        return "Several meetings are on now. Which one?"
    return "No meeting is under way or still to come today. Say which one, as in: start MT-15."


def _no_such_topic(it: Said) -> str:
    topics = it.facts.get("topics")
    known = f"has {count(topics, 'topic')}" if isinstance(topics, int) and topics else "has none"
    return (
        f"There is no topic {it.quoted}: the agenda of {it.ref} {known}. "
        "For a new one write its words, as in: topic Next steps."
    )


def _line_mended(it: Said) -> str:
    became = it.text("became")
    now = f"has become {became}" if became else "needs nothing more"
    return f"Line {it.text('n')} {now}."


def _notes_made(it: Said) -> str:
    by = it.facts.get("by")
    who = f" by {named([str(by)], it.world)}" if by else ""
    return f"Of these notes everything was made already{who}, so nothing was made twice."


PROCEEDINGS: dict[Code, Callable[[Said], str]] = {
    Code.UNDER_WAY: _under_way,
    Code.NO_THREAD: lambda it: (
        f"{it.ref} needs a channel for its thread, and its group has none. Type link in the "
        "group's channel first."
    ),
    Code.NOT_NOW: _not_now,
    Code.NOT_STARTED: _not_started,
    Code.NO_MEETING_NOW: _no_meeting_now,
    Code.NO_SUCH_TOPIC: _no_such_topic,
    Code.NO_SUCH_LINE: lambda it: f"{it.ref} has no line {it.text('n')}, or it was taken back.",
    Code.LINE_MENDED: _line_mended,
    Code.NOTES_MADE: _notes_made,
}


def ways(error: UserError, line: str, world: World) -> list[Part]:
    """Start it all the same, say that it was held, or which meeting is meant."""
    meeting = _meeting(error)
    if error.code is Code.UNDER_WAY:
        ref = error.facts.get("ref")
        end = [_run("End it", f"meeting end {ref}", 1)] if error.facts.get("changing") else []
        return [("error:do", end)]
    if error.code is Code.NO_MEETING_NOW:
        refs = error.facts.get("choices")
        found = tuple(map(str, refs)) if isinstance(refs, tuple) else ()
        word = line.strip() or "meeting start"
        return [
            ("error:choices", [_run(ref, f"{word} {ref}", n) for n, ref in enumerate(found, 1)])
        ]
    if meeting is None or error.facts.get("held"):
        return []
    start = _run("Start it", f"meeting start {meeting.ref} now", 1)
    over = error.facts.get("past") or error.facts.get("over")
    held = _run("It was held without me", f"meeting held {meeting.ref}", 2)
    paste = button("Paste notes", Id.MEETING_NOTES_PASTE, value(meeting.ref))
    return [("error:do", [held, paste, start] if over else [start])]


def _run(label: str, line: str, number: int) -> Element:
    return button(label, nth(Id.WORD_RUN, number), value(line=line))


def _meeting(error: object) -> Meeting | None:
    found = error.facts.get("meeting") if isinstance(error, UserError) else None
    return found if isinstance(found, Meeting) else None
