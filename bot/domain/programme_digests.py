"""What the weekly digest over all groups is made of; frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.deadlines import Deadline
from bot.domain.digests import Figures
from bot.domain.items import Item
from bot.domain.knock_on import Hit
from bot.domain.model import ChannelId, GroupKey, Ref, UserId
from bot.domain.state import Why
from bot.domain.steering import Report
from bot.domain.things import Thing


@dataclass(frozen=True, slots=True)
class Slip:
    """Its date was moved back in the last week, which `hits` things of other groups."""

    thing: Thing
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """What keeps the bot from reaching people; groups by their keys.

    `lost`: groups in whose channel nothing can be said, with what to do. `refused`: messages that
    Slack did not take.
    """

    chair: tuple[GroupKey, ...] = ()
    channel: tuple[GroupKey, ...] = ()
    meeting: tuple[GroupKey, ...] = ()
    lost: Mapping[GroupKey, str] = field(default_factory=dict)
    refused: int = 0

    @property
    def anything(self) -> bool:
        return bool(self.chair or self.channel or self.meeting or self.lost or self.refused)


@dataclass(frozen=True, slots=True)
class ProgrammeDigest:
    """All groups' week for one coordinator.

    `before`: how each stood a week earlier, where that was kept; `closed`: in the last whole week
    there. `waiting`: how much waits for the word of each group's chair.
    """

    week: str
    now: datetime
    reader: UserId
    report: Report
    before: Mapping[GroupKey, Figures] = field(default_factory=dict)
    closed: Mapping[GroupKey, int] = field(default_factory=dict)
    slips: tuple[Slip, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    """Open ones due within six weeks, or overdue."""
    escalated: tuple[Thing, ...] = ()
    """Overdue so long that the reader was told, or is to be."""
    unled: tuple[tuple[Ref, Why], ...] = ()
    """What waits for a word in groups without a chair."""
    named: Mapping[Ref, Item] = field(default_factory=dict)
    """The first few of `unled`, in full."""
    week_before: tuple[date, date] | None = None
    """First and last day of the last whole week, of which is told what slipped in it."""
    waiting: Mapping[GroupKey, int] = field(default_factory=dict)
    missing: Missing = Missing()
    post_in: ChannelId | None = None
    """Where the status of all may be posted."""
    quiet: bool = False
    """Nothing to report: one line will do."""
