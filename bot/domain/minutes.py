"""The minutes of a meeting: unconfirmed, commented on, then accepted and locked."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.agendas import AgendaItemId, Purpose
from bot.domain.decisions import DecisionState, Objection
from bot.domain.items import ItemState
from bot.domain.meetings import MeetingId
from bot.domain.model import GroupKey, Ref, UserId


class MinutesState(StrEnum):
    DRAFT = "draft"
    """Written from what was caught; not yet sent to the group."""
    PUBLISHED = "published"
    """Unconfirmed, open for comments."""
    OBJECTED = "objected"
    """Somebody objects: not accepted by itself any more."""
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Correction:
    """`s/old/new/`, as it was said; `everywhere`: with a `g` behind it."""

    old: str
    new: str
    by: UserId
    at: datetime
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    text: str
    by: UserId
    at: datetime
    objects: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """An action made at the meeting."""

    ref: Ref
    text: str
    owners: tuple[UserId, ...]
    due: date
    state: ItemState = ItemState.OPEN


@dataclass(frozen=True, slots=True)
class Agreed:
    """A decision made or proposed at the meeting."""

    ref: Ref
    text: str
    state: DecisionState = DecisionState.RECORDED
    objections_by: date | None = None
    review: date | None = None
    objections: tuple[Objection, ...] = ()


@dataclass(frozen=True, slots=True)
class Set:
    """A deadline set at the meeting."""

    ref: Ref
    text: str
    due: date


@dataclass(frozen=True, slots=True)
class Topic:
    """What was said under one heading, in its order; `title` empty: before the first."""

    title: str
    owner: UserId | None = None
    purpose: Purpose | None = None
    notes: tuple[str, ...] = ()
    decisions: tuple[Agreed, ...] = ()
    actions: tuple[Given, ...] = ()
    deadlines: tuple[Set, ...] = ()


@dataclass(frozen=True, slots=True)
class Other:
    """Another meeting: the one whose minutes came before, or the next."""

    ref: Ref
    title: str
    starts: datetime
    zone: str
    state: MinutesState | None = None
    """Of its minutes; None: there are none here."""


@dataclass(frozen=True, slots=True)
class Content:
    """All that the minutes tell; people by their ids, so that an erased one is erased here too."""

    ref: Ref
    title: str
    groups: tuple[GroupKey, ...]
    starts: datetime
    ends: datetime
    zone: str
    place: str = ""
    note_taker: UserId | None = None
    present: tuple[UserId, ...] = ()
    regrets: tuple[UserId, ...] = ()
    unknown: tuple[UserId, ...] = ()
    """Of whom nobody wrote whether they were there."""
    substitutes: tuple[tuple[UserId, UserId], ...] = ()
    """Who could not come, and who stood in for them."""
    undeclared: tuple[UserId, ...] = ()
    """Who was there without a declaration of interest that was still valid."""
    stepped_out: tuple[tuple[UserId, str], ...] = ()
    """Who left, for which topic."""
    previous: Other | None = None
    topics: tuple[Topic, ...] = ()
    not_reached: tuple[str, ...] = ()
    """Topics of the agenda."""
    held: tuple[str, ...] = ()
    """Lines that need somebody's look before anything is made of them."""
    next: Other | None = None
    promised: tuple[UserId, ...] = ()
    """Who had said they would come, where nobody was written down as present."""
    began: datetime | None = None
    ended: datetime | None = None
    """As it was held in its thread; None: not known better than planned."""
    to_step_out: tuple[tuple[UserId, str], ...] = ()
    """Who was to leave, for which topic that was not reached."""

    @property
    def decisions(self) -> tuple[Agreed, ...]:
        return tuple(one for topic in self.topics for one in topic.decisions)

    @property
    def actions(self) -> tuple[Given, ...]:
        return tuple(one for topic in self.topics for one in topic.actions)

    @property
    def deadlines(self) -> tuple[Set, ...]:
        return tuple(one for topic in self.topics for one in topic.deadlines)


@dataclass(frozen=True, slots=True)
class AtEnd:
    """What was so when the meeting ended, and may be otherwise by now."""

    undeclared: tuple[UserId, ...] = ()
    """Of those expected, who had no valid declaration of interests."""
    agenda: tuple[AgendaItemId, ...] = ()
    """What stood on it."""


@dataclass(frozen=True, slots=True)
class Minutes:
    """One for each meeting that was held; its days are those of the group's zone."""

    meeting: MeetingId
    drafted_at: datetime
    actions_on: date
    """When the channel hears of the actions and decisions."""
    publish_on: date
    comments_until: date
    accept_on: date
    state: MinutesState = MinutesState.DRAFT
    actions_at: datetime | None = None
    published_at: datetime | None = None
    accepted_at: datetime | None = None
    accepted_by: UserId | None = None
    """None: nobody objected in time."""
    frozen: Content | None = None
    """As accepted: nothing changes it any more."""
    at_end: AtEnd | None = None
    """None: not kept of one that ended long ago."""
    corrections: tuple[Correction, ...] = ()
    comments: tuple[Comment, ...] = ()
    version: int = 1

    @property
    def objections(self) -> tuple[Comment, ...]:
        return tuple(comment for comment in self.comments if comment.objects)
