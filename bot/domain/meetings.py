"""Meetings as frozen values: when they are by which clock, what prepares them, who comes."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import NewType

from bot.domain.days import instant, instant_after
from bot.domain.model import GroupKey, Ref, UserId

MeetingId = NewType("MeetingId", int)
PREFIX = "MT"


class MeetingKind(StrEnum):
    CALL = "call"
    FACE_TO_FACE = "face_to_face"


class MeetingState(StrEnum):
    PLANNED = "planned"
    ANNOUNCED = "announced"
    HELD = "held"
    CANCELLED = "cancelled"

    @property
    def ahead(self) -> bool:
        """It is still to come, if its day has not passed."""
        return self in (MeetingState.PLANNED, MeetingState.ANNOUNCED)


class OwnerRole(StrEnum):
    """Who owes an item of the preparation; `preparation.owners_of` knows the people."""

    COORDINATOR = "coordinator"
    CHAIR = "chair"
    CHAIRS = "chairs"
    MEMBERS = "members"
    ACTION_OWNERS = "action-owners"
    NOTE_TAKER = "note-taker"
    SPEAKERS = "speakers"
    BOT = "bot"


class PrepState(StrEnum):
    TODO = "todo"
    DONE = "done"
    SKIPPED = "skipped"


class RsvpAnswer(StrEnum):
    YES = "yes"
    REMOTE = "remote"
    NO = "no"


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """What is planned, before it has an id; fields as in `Meeting`."""

    title: str
    groups: tuple[GroupKey, ...]
    kind: MeetingKind
    template: str | None
    start_day: date
    start_at: time
    end_day: date
    end_at: time
    zone: str
    place: str = ""
    series: str | None = None
    series_day: date | None = None
    state: MeetingState = MeetingState.PLANNED
    link: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Days and times are those on the clock in `zone`: they stay when its rules change."""

    id: MeetingId
    ref: Ref
    title: str
    groups: tuple[GroupKey, ...]
    """None: all groups together."""
    kind: MeetingKind
    template: str | None
    """The checklist it is prepared by, a key of `templates.TEMPLATES`."""
    start_day: date
    start_at: time
    end_day: date
    end_at: time
    zone: str
    created_at: datetime
    created_by: UserId
    place: str = ""
    series: str | None = None
    series_day: date | None = None
    """The day that the rule of its series gives, where it was moved from."""
    state: MeetingState = MeetingState.PLANNED
    why: str = ""
    """Why cancelled."""
    note_taker: UserId | None = None
    guests: tuple[UserId, ...] = ()
    """Who is invited to this meeting alone: they see it and answer."""
    link: str = ""
    """Where to join it by video."""
    version: int = 1
    updated_at: datetime | None = None
    updated_by: UserId | None = None

    @property
    def starts(self) -> datetime:
        """Aware UTC."""
        return instant(self.start_day, self.start_at, self.zone)

    @property
    def ends(self) -> datetime:
        """Aware UTC."""
        return instant_after(self.end_day, self.end_at, self.zone, self.starts)

    @property
    def subject(self) -> str:
        """How the outbox names everything said about this meeting."""
        return f"meeting:{self.id}"


@dataclass(frozen=True, slots=True)
class PrepItem:
    """One thing to be done for a meeting; `n` is the number it is called by there."""

    n: int
    key: str
    """Of the template; empty for what was added to this meeting alone."""
    text: str
    role: OwnerRole
    due: date
    owner: UserId | None = None
    """Named for this meeting; None: whoever has the role."""
    required: bool = False
    state: PrepState = PrepState.TODO
    why: str = ""
    """Why skipped."""
    done_by: UserId | None = None
    done_at: datetime | None = None
    set_at: datetime | None = None
    """When its day was last set; None: with the meeting."""


@dataclass(frozen=True, slots=True)
class Rsvp:
    user: UserId
    answer: RsvpAnswer
    at: datetime
    substitute: UserId | None = None


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A meeting ahead as one reader needs it; `ready` in per cent, None without a checklist."""

    meeting: Meeting
    ready: int | None = None
    answer: RsvpAnswer | None = None
    """The reader's own."""
    rsvps: tuple[Rsvp, ...] = ()
    """Everybody's."""


@dataclass(frozen=True, slots=True)
class Task:
    """An item of the preparation that the reader owes."""

    meeting: Meeting
    item: PrepItem
    late: bool = False
    over: bool = False
    """The meeting is."""
