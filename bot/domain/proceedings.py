"""What happens while a meeting is held: when it began, and every line caught."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.agendas import AgendaItemId
from bot.domain.meetings import MeetingId
from bot.domain.model import ChannelId, Ref, UserId

LineId = NewType("LineId", int)


class LineKind(StrEnum):
    TOPIC = "topic"
    NOTE = "note"
    ACTION = "action"
    DECISION = "decision"
    DEADLINE = "deadline"
    PRESENT = "present"
    REGRETS = "regrets"


MAKES = frozenset({LineKind.ACTION, LineKind.DECISION, LineKind.DEADLINE})
"""Kinds that become something with an id of its own."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting under way, or over once it has ended; one for each meeting."""

    meeting: MeetingId
    started_at: datetime
    started_by: UserId
    channel: ChannelId
    """Where its thread is; empty: it was held without one."""
    thread_key: str
    """Of the outbox row that opens the thread."""
    ended_at: datetime | None = None
    ended_by: UserId | None = None
    """None, once it has ended: nobody ended it, so it ended by itself."""


@dataclass(frozen=True, slots=True)
class PastedNotes:
    """Notes that somebody pasted and has seen what they would become; `key` of that request."""

    key: str
    meeting: MeetingId
    by: UserId
    at: datetime
    text: str
    """Empty once they are made: what they became is kept."""
    made_at: datetime | None = None
    made_by: UserId | None = None


@dataclass(frozen=True, slots=True)
class NewLine:
    """What is caught, before it has its number; fields as in `Line`."""

    meeting: MeetingId
    kind: LineKind
    text: str
    by: UserId
    at: datetime
    ts: str = ""
    ref: Ref | None = None
    agenda_item: AgendaItemId | None = None
    people: tuple[UserId, ...] = ()
    held: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Something said in the thread, or pasted after the call, in the order of `n`."""

    id: LineId
    meeting: MeetingId
    n: int
    kind: LineKind
    text: str
    """As it was typed, behind its word."""
    by: UserId
    at: datetime
    ts: str = ""
    """Slack's of the message; empty where it was pasted."""
    ref: Ref | None = None
    """The action, decision or deadline that it became."""
    agenda_item: AgendaItemId | None = None
    """The topic under which it was said; of a topic, itself."""
    people: tuple[UserId, ...] = ()
    """Who is present, or sends regrets."""
    held: str = ""
    """Why nothing was made of it yet: the code of the error its writer was told."""
    taken_back: bool = False
