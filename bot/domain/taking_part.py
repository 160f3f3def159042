"""What people say of taking part in a meeting: what they need, whether they travel, when not."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.agendas import AgendaItemId
from bot.domain.meetings import Meeting
from bot.domain.model import UserId

NEED_LIMIT = 300
KEPT_FOR = timedelta(days=30)
"""After the last day; then what people need is erased (domain.md 8)."""
_NOTHING = frozenset({"", "-", "no", "none", "nothing", "nothing special", "n/a", "na"})


@dataclass(frozen=True, slots=True)
class AccessNeeds:
    """Both empty: they have said that they need nothing."""

    user: UserId
    access: str
    diet: str
    at: datetime

    @property
    def nothing(self) -> bool:
        return not (self.access or self.diet)


@dataclass(frozen=True, slots=True)
class Travel:
    """Yes or no; never an itinerary."""

    user: UserId
    booked: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class StepOut:
    """Somebody who leaves for one item of the agenda, for their interests."""

    agenda_item: AgendaItemId
    user: UserId
    by: UserId
    at: datetime


def need_of(text: str) -> str:
    """What is asked for; empty for all the ways to say nothing."""
    said = text.strip()
    return "" if said.casefold().rstrip(".!") in _NOTHING else said


def last_day_of_needs(meeting: Meeting) -> date:
    """On that day what people need is erased, whatever day of the week it is."""
    return meeting.end_day + KEPT_FOR
