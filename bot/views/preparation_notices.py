"""What the bot says unasked of what a meeting needs: its part of a daily message."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.meetings import MeetingKind, MeetingState, PrepState
from bot.domain.model import UserId, World
from bot.domain.outbox import Message
from bot.domain.preparation import REPLIES
from bot.domain.preparation_notices import Duty, owners_on
from bot.views import facts, meetings, rsvps
from bot.views.blocks import TITLE_SHOWN, Element, Id, actions, button, message, section, value
from bot.views.dates import day_words, relative, today
from bot.views.notices import OWN, SETTLED, TOLD
from bot.views.people import name, named, shown, zone_of
from bot.views.text import bare, clip, escape, instant, moment, plain

WHAT = {MeetingKind.CALL: "The call", MeetingKind.FACE_TO_FACE: "The meeting"}
ONCE = "I say this once: the checklist goes on showing it."


def reminder(duty: Duty, world: World, to: UserId, now: datetime) -> Message:
    """To who owes it."""
    due = _due(duty, world, to, now)
    lines = [f"{due[0]} ({due[1]})", _starts(duty, world, to)]
    text = f"{due[2]}, {due[1]}, {_starts_text(duty, world, to)}"
    return _part(OWN, duty, text, lines, _buttons(duty, OWN))


def told(duty: Duty, world: World, to: UserId, now: datetime) -> Message:
    """To who minds the meeting, once: it is late."""
    due = _due(duty, world, to, now)
    owners = owners_on(duty, today(now, duty.meeting.zone), world)
    lines = [
        f"{due[0]} ({due[1]}) · with {shown(owners, world)}",
        f"{_starts(duty, world, to)}. {ONCE}",
    ]
    whose = named(owners, world)
    text = f"{due[2]}, {due[1]}, and is with {whose}, {_starts_text(duty, world, to)}"
    return _part(TOLD, duty, text, lines, _buttons(duty, TOLD))


def settled(duty: Duty, world: World) -> Message:
    """What replaces its part of a message once nothing is to be done about it."""
    item, zone = duty.item, duty.meeting.zone
    by = f" by {name(item.done_by, world)}" if item.done_by else ""
    on = f", {day_words(today(item.done_at, zone))}" if item.done_at else ""
    why = f": {clip(bare(item.why), facts.DETAIL_SHOWN).rstrip(' .')}" if item.why else ""
    if duty.meeting.state is MeetingState.CANCELLED:
        said = "Not needed any more, the meeting is cancelled"
    elif item.state is PrepState.DONE:
        said = f"✅ Done{by}{on}"
    elif item.state is PrepState.SKIPPED:
        said = f"Left out{why}"
    else:
        said = "The meeting is over"
    open_again = item.state is PrepState.DONE and duty.meeting.state.ahead
    buttons = [_press("Not done yet", Id.PREP_UNTICK, duty)] if open_again else []
    return _part(SETTLED, duty, f": {plain(said)}", [escape(said)], buttons)


def answered(duty: Duty) -> Message:
    """What replaces its part for somebody who has replied since."""
    return _part(
        SETTLED, duty, ": you have replied", ["✅ You have replied"], rsvps.elements(duty.meeting)
    )


def text_of(duty: Duty) -> str:
    """What is to be done; unescaped, one line."""
    return clip(bare(duty.item.text), TITLE_SHOWN).rstrip(" .") or "…"


def _due(duty: Duty, world: World, to: UserId, now: datetime) -> tuple[str, str, str]:
    """When it is or was due: for mrkdwn, how far from today there, and for `text`."""
    here = today(now, zone_of(to, world))
    day, late = day_words(duty.item.due), duty.item.due < here
    shown_ = f"🔴 Overdue: was due {day}" if late else f"Due {day}"
    return shown_, relative(duty.item.due, here), f"{'was' if late else 'is'} due {day}"


def _starts(duty: Duty, world: World, to: UserId) -> str:
    verb = "is" if duty.before else "was"
    return f"{WHAT[duty.meeting.kind]} {verb} {instant(duty.meeting.starts, zone_of(to, world))}"


def _starts_text(duty: Duty, world: World, to: UserId) -> str:
    what, verb = WHAT[duty.meeting.kind].lower(), "is" if duty.before else "was"
    return f"{what} {verb} {moment(duty.meeting.starts, zone_of(to, world))}"


def _buttons(duty: Duty, kind: str) -> list[Element]:
    checklist = value(line=f"meeting prep {duty.ref}")
    asked = duty.item.key == REPLIES and kind == OWN
    own = rsvps.elements(duty.meeting) if asked else [_press("Mark done", Id.PREP_TICK, duty)]
    return [
        *own,
        button("Whole checklist", Id.WORD_RUN, checklist, names=duty.ref),
    ]


def _press(label: str, id_: Id, duty: Duty) -> Element:
    carries = value(duty.ref, n=str(duty.item.n))
    return button(label, id_, carries, names=f"{duty.ref} {duty.item.text}")


def _part(
    kind: str, duty: Duty, text: str, lines: Sequence[str], buttons: Sequence[Element]
) -> Message:
    """The block_id tells the daily message what kind of part it is."""
    head = f"{meetings.titled(duty.meeting)}: *{escape(text_of(duty))}*"
    pieces = [section(f"{kind}:{duty.ref}:{duty.item.n}", "\n".join([head, *lines]))]
    spoken = f"{plain(text_of(duty))} for {meetings.title_text(duty.meeting)}"
    joint = "" if text.startswith(":") else ", "
    said = f"{duty.ref}, {spoken}{joint}{text}."
    if not buttons:
        return message(said, *pieces)
    return message(said, *pieces, actions(f"{kind}:{duty.ref}:{duty.item.n}:do", *buttons))
