"""What is said, to whom, by which way, and the life of a message on its way to Slack."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

SAID_BEFORE = "said before"
"""Why a row is stale that nobody was to hear: of a world from elsewhere, or said another day."""

Block = Mapping[str, object]
"""One Block Kit block as Slack's JSON."""


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is a whole sentence with all facts: all that a screen reader reads."""

    text: str
    blocks: tuple[Block, ...] = ()


class Way(StrEnum):
    POST = "post"
    EDIT = "edit"
    """Rewrites the message that the row with the key `edits` became."""
    REACT = "react"
    """A reaction named by `message.text` on the message `thread_ts` of the channel."""


class State(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"
    STALE = "stale"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A row of the outbox as it is put.

    `lane` is the channel, or the person (`U…`, `W…`) for their DM: what shares a lane is said in
    order and paced. `bundle`: due rows of one lane with the same bundle name become one message.
    `key` is unique in a workspace and carries the local date, never a UTC instant.
    """

    key: str
    subject: str
    kind: str
    lane: str
    message: Message
    at: datetime
    until: datetime
    way: Way = Way.POST
    thread_ts: str | None = None
    edits: str | None = None
    bundle: str | None = None
    quiet_hours: bool = False
    """Held to the person's mornings, one bundle a day (reminders; not answers to their own acts).

    Without it, what belongs to a bundle still waits for their hours.
    """


@dataclass(frozen=True, slots=True)
class Sent:
    """A row as the outbox knows it; `message` is what was, or would be, sent."""

    id: str
    out: Outgoing
    state: State
    claim_no: int = 0
    attempts: int = 0
    why: str = ""
    first_sent: datetime | None = None
    last_sent: datetime | None = None
    next_try: datetime | None = None
    channel: str | None = None
    """The channel it was posted in (`D…` for a DM), once Slack said so."""
    ts: str | None = None
    merged_into: str | None = None
