"""Forms about meetings; `blocks.Field` names their inputs, private_metadata holds ids only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from bot.domain.items import NOTE_LIMIT, TITLE_LIMIT
from bot.domain.meetings import Meeting
from bot.domain.model import Group
from bot.domain.outbox import Message
from bot.views.blocks import (
    Element,
    Field,
    Id,
    Piece,
    View,
    actions,
    button,
    datepicker,
    input_,
    message,
    modal,
    multi_select,
    section,
    select,
    text_input,
    value,
)
from bot.views.meetings import titled
from bot.views.series import Course, going_on
from bot.views.text import escape, moment, plain

ALL = "all"
"""The value of a choice of Field.GROUPS that means: all groups together."""
ONE, REST = "one", "rest"
"""The values of Field.REST: it alone, or those after it too."""
CALL, STEERING, FACE_TO_FACE = "call", "steering", "face_to_face"
KINDS = (
    ("Call", CALL),
    ("Steering call: its agenda goes out 10 working days before", STEERING),
    ("Face to face", FACE_TO_FACE),
)
ONCE, WEEKLY, FORTNIGHTLY, MONTHLY, LAST = "once", "weekly", "fortnightly", "monthly", "last"
REPEATS = (
    ("Once", ONCE),
    ("Every week", WEEKLY),
    ("Every 2 weeks", FORTNIGHTLY),
    ("Every month on that weekday, such as the first Thursday", MONTHLY),
    ("Every month on the last such weekday", LAST),
)
ZONE_LIMIT, LENGTH_LIMIT, PLACE_LIMIT = 80, 40, 300
_QUARTERS = tuple(time(n // 4, n % 4 * 15) for n in range(96))
_THREE = time(15)


@dataclass(frozen=True, slots=True)
class Start:
    """What the form for a new meeting begins with."""

    zone: str
    title: str = ""
    groups: tuple[str, ...] = ()
    day: date | None = None


def plan_form(start: Start, groups: Sequence[Group], *, for_all: bool = False) -> View:
    """Callback meeting.planned; `groups`: those offered, `for_all`: all together too."""
    choices = [("All groups", ALL)] if for_all else []
    choices += [(group.short or group.name, group.key) for group in groups]
    pieces = [
        _line(Field.TEXT, "What is it called?", start.title, TITLE_LIMIT),
        input_(
            Field.GROUPS,
            "Which working groups?",
            multi_select(Field.GROUPS, choices, "Pick one or several", start.groups),
        ),
        input_(Field.DUE, "On which day?", datepicker(Field.DUE, start.day)),
        input_(Field.AT, "At what time?", _clock(_THREE)),
        _line(Field.ZONE, "By the clock of", start.zone, ZONE_LIMIT, "A city, such as London."),
        _line(Field.LENGTH, "How long?", "1 h", LENGTH_LIMIT, "Such as 90 min, 1h30 or 2 days."),
        input_(Field.RULE, "How often?", select(Field.RULE, REPEATS, "Pick one", ONCE)),
        input_(Field.UNTIL, "Until", datepicker(Field.UNTIL), optional=True),
        input_(Field.KIND, "What kind?", select(Field.KIND, KINDS, "Pick one", CALL)),
        _line(
            Field.PLACE, "Where?", "", PLACE_LIMIT, "A room, or the link to the call.",
            optional=True,
        ),
    ]  # fmt: skip
    return modal("Plan a meeting", pieces, callback=Id.MEETING_PLAN_FORM, submit="Plan")


def move_form(meeting: Meeting, course: Course | None = None) -> View:
    """Callback meeting.moved; starts with the time as it is."""
    pieces = [
        _about(meeting),
        input_(Field.DUE, "New day", datepicker(Field.DUE, meeting.start_day)),
        input_(Field.AT, "At what time?", _clock(meeting.start_at)),
        _line(Field.ZONE, "By the clock of", meeting.zone, ZONE_LIMIT, "A city, such as London."),
        *_rest(course),
    ]
    return modal(
        f"Move {meeting.ref}",
        pieces,
        callback=Id.MEETING_MOVE_FORM,
        submit="Move",
        carries=_carried(meeting),
    )


def cancel_form(meeting: Meeting, course: Course | None = None) -> View:
    """Callback meeting.cancelled."""
    why = text_input(Field.REASON, lines=True, limit=NOTE_LIMIT)
    pieces = [_about(meeting), input_(Field.REASON, "Why? (all are told)", why), *_rest(course)]
    return modal(
        f"Cancel {meeting.ref}",
        pieces,
        callback=Id.MEETING_CANCEL_FORM,
        submit="Cancel it",
        carries=_carried(meeting),
    )


def offer(usage: str) -> Message:
    """Where no form can open by itself."""
    said = "To plan a meeting, press the button, or say it in one line, as in:"
    return message(
        f"{said} {plain(usage)}",
        section("meeting:plan", f"{said}\n{escape(usage)}"),
        actions("meeting:plan:do", button("Plan a meeting", Id.MEETING_PLAN)),
    )


def _line(
    name: Field, label: str, initial: str, limit: int, hint: str = "", *, optional: bool = False
) -> Piece:
    return input_(name, label, text_input(name, initial, limit=limit), hint=hint, optional=optional)


def _clock(chosen: time) -> Element:
    times = sorted({*_QUARTERS, chosen})
    choices = [(f"{at:%H:%M}", f"{at:%H:%M}") for at in times]
    return select(Field.AT, choices, "Pick a time", f"{chosen:%H:%M}")


def _about(meeting: Meeting) -> Piece:
    return section("about", f"{titled(meeting)}\nNow {moment(meeting.starts, meeting.zone)}")


def _rest(course: Course | None) -> list[Piece]:
    if not (rest := going_on(course)):
        return []
    choices = [("Only this one", ONE), (rest, REST)]
    return [input_(Field.REST, "Which?", select(Field.REST, choices, "Pick one", ONE))]


def _carried(meeting: Meeting) -> str:
    return value(meeting.ref, meeting.version)
