"""The places where meetings under way and their notes are shown, each by one line."""

from collections.abc import Callable
from datetime import timedelta

from bot.domain.agendas import AgendaItem, AgendaItemId
from bot.domain.meetings import Meeting
from bot.domain.model import ChannelId, Ref
from bot.domain.outbox import Message
from bot.domain.proceedings import Line, LineId, LineKind, Sitting
from bot.errors import BadInput, Code
from bot.views import held_questions, pasted_notes, proceedings
from bot.views.blocks import View
from bot.views.item_forms import Origin
from tests.unit.hostile_world import Given
from tests.unit.meeting_sinks import upcoming
from tests.unit.screens import CHAIR, NOW, OWNER

CHANNEL = ChannelId("C0TARGETS")
LEFT = timedelta(minutes=5)


def _meeting(it: Given) -> Meeting:
    return upcoming(it).meeting


def _line(it: Given, kind: LineKind = LineKind.ACTION, *, held: str = "") -> Line:
    ref = None if held else Ref("TR-1")
    return Line(LineId(1), _meeting(it).id, 1, kind, it.text, OWNER, NOW, "1.1", ref, held=held)


def _sitting(it: Given) -> Sitting:
    return Sitting(_meeting(it).id, NOW, CHAIR, CHANNEL, "k", NOW, CHAIR)


def _agenda(it: Given) -> tuple[AgendaItem, ...]:
    item = AgendaItemId(1)
    return (AgendaItem(item, _meeting(it).id, 1, it.text, NOW, CHAIR, minutes=5, owner=OWNER),)


def _unknown(it: Given) -> BadInput:
    return BadInput(Code.PERSON_UNKNOWN, "owner", it.text)


def _preview(it: Given) -> Message:
    rows = (
        pasted_notes.Row(LineKind.ACTION, it.text, it.text),
        pasted_notes.Row(LineKind.ACTION, it.text, error=_unknown(it)),
        pasted_notes.Row(LineKind.NOTE, it.text, known=True),
    )
    return pasted_notes.preview(_meeting(it), rows, "key", it.world, long=False)


PROCEEDINGS_SINKS: dict[str, Callable[[Given], Message | View | str]] = {
    "thread, meeting begun": lambda it: proceedings.opening(
        _meeting(it), _agenda(it), OWNER, it.world, named=True
    ),
    "meeting begun": lambda it: proceedings.started(_meeting(it), CHANNEL),
    "thread, meeting ended": lambda it: proceedings.ended(
        _meeting(it), _sitting(it), [_line(it)], it.world
    ),
    "meeting reopened": lambda it: proceedings.reopened(_meeting(it)),
    "meeting ended": lambda it: proceedings.closing(
        _meeting(it), [_line(it), _line(it, held="x")], "r"
    ),
    "meeting was held": lambda it: proceedings.was_held(_meeting(it), "r"),
    "takes notes": lambda it: proceedings.takes_notes(_meeting(it), OWNER, CHAIR, it.world),
    "line held": lambda it: proceedings.held(
        _meeting(it), _line(it, held="x"), _unknown(it), it.world, it.world
    ),
    "line completed": lambda it: proceedings.mended(_meeting(it), _line(it)),
    "line refused": lambda it: proceedings.refused(
        _meeting(it), it.text, _unknown(it), it.world, it.world
    ),
    "thread, time left": lambda it: proceedings.time_left(1, it.text, LEFT),
    "thread, time over": lambda it: proceedings.time_over(1, it.text, 5),
    "thread, meeting ends soon": lambda it: proceedings.ends_soon(_meeting(it), LEFT),
    "meeting still open": lambda it: proceedings.still_open(_meeting(it), CHANNEL, 12),
    "was it held": lambda it: held_questions.question(_meeting(it), it.world.people[OWNER]),
    "was not held": lambda it: held_questions.not_held(_meeting(it), "r"),
    "form, notes": lambda it: pasted_notes.form(_meeting(it), it.text, Origin()),
    "notes asked for": lambda it: pasted_notes.asks(_meeting(it)),
    "notes looked at": _preview,
    "notes made": lambda it: pasted_notes.made(_meeting(it), [_line(it), _line(it, held="x")], "r"),
}
