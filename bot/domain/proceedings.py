"""What happens while a meeting is held: when it began, who takes notes, every line caught."""

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
    PRESENT = "present"
    REGRETS = "regrets"


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting under way, or over once it has ended; one for each meeting."""

    meeting: MeetingId
    started_at: datetime
    started_by: UserId
    channel: ChannelId
    """Where its thread is; the message that opens it is the outbox row `thread_key`."""
    thread_key: str
    note_taker: UserId | None = None
    ended_at: datetime | None = None
    ended_by: UserId | None = None


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
    """The action or decision that it became."""
    agenda_item: AgendaItemId | None = None
    """The topic under which it was said."""
    people: tuple[UserId, ...] = ()
    """Who is present, or sends regrets."""
    held: str = ""
    """Why no action was made of it yet: the code of the error its writer was told."""
    taken_back: bool = False
