"""What a weekly digest is made of: figures, what they were each week, and what waits; frozen."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.deadlines import Deadline
from bot.domain.decisions import Decision
from bot.domain.items import Item
from bot.domain.meetings import PrepItem
from bot.domain.model import Group, GroupKey, UserId
from bot.domain.state import Status, Why
from bot.domain.things import Thing


class Wish(StrEnum):
    """What somebody wants of a digest; of that over all groups the default is `OFF`."""

    ON = "on"
    NEWS = "news"
    """Only in weeks in which there is something to say."""
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one group at one moment, by the definitions of experience.md 2.

    `new`, `closed`, `dropped`: in the group's last whole week, Monday to Sunday. `ages`: how many
    open ones are up to 7, 30, 90 and more days old. `typical_age` in days, `on_time` in per cent
    of what was closed that week; None: there was nothing to count.
    """

    open: int = 0
    new: int = 0
    closed: int = 0
    dropped: int = 0
    overdue: int = 0
    due_soon: int = 0
    at_risk: int = 0
    blocked: int = 0
    unowned: int = 0
    unconfirmed: int = 0
    moved: int = 0
    ages: tuple[int, int, int, int] = (0, 0, 0, 0)
    typical_age: int | None = None
    on_time: int | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """As it stood when the week ended in the group's zone; `week` such as `2026-W47`."""

    group: GroupKey
    week: str
    at: datetime
    figures: Figures


@dataclass(frozen=True, slots=True)
class Digest:
    """One group's week for one reader.

    `before`: how it stood a week earlier; `trend`: up to eight weeks, oldest first. `decide`: the
    first few of `to_decide` in all. `instead`: why it comes to somebody who is not the chair.
    """

    group: Group
    week: str
    now: datetime
    reader: UserId
    status: Status
    figures: Figures
    before: Snapshot | None = None
    trend: tuple[Snapshot, ...] = ()
    decide: tuple[tuple[Thing, Why], ...] = ()
    to_decide: int = 0
    overdue: tuple[Item, ...] = ()
    due_soon: tuple[Item, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    """Open ones due within six weeks, or overdue."""
    slipped: tuple[Deadline, ...] = ()
    """Whose date was moved back in the last whole week."""
    preparation: tuple[PrepItem, ...] = ()
    """Of the next meeting, which is in `status`."""
    decisions: tuple[Decision, ...] = ()
    closed: tuple[Item, ...] = ()
    instead: str = ""
    week_before: tuple[date, date] | None = None
    """First and last day of the last whole week, of which is told what happened in it."""
    unchanged_since: date | None = None
    """Nothing was done in the last whole week nor since: the day of the last change."""
    waits_since: date | None = None
    """When what is overdue longest of `to_decide` was due."""
    waited: tuple[date, ...] = ()
    """Days on which it was to come but for a holiday, a closure or an absence of its reader."""
    waited_for_holidays: bool = False
    """All of these are public holidays there."""
    quiet: bool = False
    """Nothing to report: one line will do."""
