"""What can go wrong, by who can mend it.

BotError
├── UserError                   theirs to mend: said to them, logged at INFO
│   ├── BadInput                points at the field, carries what was typed
│   ├── NotFound
│   ├── NotAllowed              names who can
│   └── Conflict                things are not as the person saw them
├── Busy                        the database did not answer in time; nothing was saved
├── SetupError                  the operator's: every problem at once, exit 2
└── DeliveryError               a message may not have reached Slack
    ├── TryAgain                it did not, and may later
    ├── Refused                 it did not, and will not
    ├── Unknown                 nobody can tell
    └── Halted                  nothing can be sent at all

The sentence a person reads for a `Code` is in `bot.views.errors`.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Code(StrEnum):
    """The ids of experience.md 4, as they stand in logs and the troubleshooting page."""

    UNKNOWN_WORD = "unknown-word"
    DATE_UNREADABLE = "date-unreadable"
    DATE_AMBIGUOUS = "date-ambiguous"
    DATE_PAST = "date-past"
    DATE_FAR = "date-far"
    DATE_MISSING_DAY = "date-missing-day"
    DATE_NEEDED = "date-needed"
    TIME_GAP = "time-gap"
    DATE_AHEAD = "date-ahead"
    ZONE_UNKNOWN = "zone-unknown"
    HOURS_WRONG = "hours-wrong"
    DAYS_WRONG = "days-wrong"
    COUNTRY_UNKNOWN = "country-unknown"
    REGION_UNKNOWN = "region-unknown"
    LINK_WRONG = "link-wrong"
    NUMBER_WRONG = "number-wrong"
    NO_NEXT_MEETING = "no-next-meeting"
    PERSON_UNKNOWN = "person-unknown"
    PERSON_LEFT = "person-left"
    PERSON_TWO = "person-two"
    PERSON_OUTSIDE = "person-outside"
    PERSON_NEEDED = "person-needed"
    PERSON_BOT = "person-bot"
    GROUP_WHICH = "group-which"
    GROUP_UNKNOWN = "group-unknown"
    GROUP_NONE = "group-none"
    GROUP_CLOSED = "group-closed"
    GROUP_TAKEN = "group-taken"
    PREFIX_TAKEN = "prefix-taken"
    KEY_WRONG = "key-wrong"
    PREFIX_WRONG = "prefix-wrong"
    NOT_ALLOWED = "not-allowed"
    ALREADY_DONE = "already-done"
    ALREADY_OPEN = "already-open"
    ALREADY_ACCEPTED = "already-accepted"
    ALREADY_THEIRS = "already-theirs"
    SAME_DATE = "same-date"
    NOT_BLOCKED = "not-blocked"
    TEXT_EMPTY = "text-empty"
    TEXT_LONG = "text-long"
    REASON_NEEDED = "reason-needed"
    ID_NEEDED = "id-needed"
    NO_SUCH_ID = "no-such-id"
    GONE = "gone"
    CHANGED_MEANWHILE = "changed-meanwhile"
    CHANNEL_UNLINKED = "channel-unlinked"
    CHANNEL_TAKEN = "channel-taken"
    GROUP_LINKED = "group-linked"
    BOT_ABSENT = "bot-absent"
    CIRCLE = "circle"
    PATIENT_DATA = "patient-data"
    ALREADY_DECIDED = "already-decided"
    WINDOW_OPEN = "window-open"
    WINDOW_SHORT = "window-short"
    NOTHING_TO_UNDO = "nothing-to-undo"
    NOT_UNDONE = "not-undone"
    NOT_SET_UP = "not-set-up"
    LAST_CHAIR = "last-chair"
    STILL_OWNS = "still-owns"
    ROLE_MEANWHILE = "role-meanwhile"
    GUEST_OF_GROUP = "guest-of-group"
    RULE_WRONG = "rule-wrong"
    TIME_NEEDED = "time-needed"
    LENGTH_WRONG = "length-wrong"
    ANNOUNCE_WHERE = "announce-where"
    MEETING_OVER = "meeting-over"
    AGENDA_NO_ITEM = "agenda-no-item"
    AGENDA_ORDER = "agenda-order"
    AGENDA_MINUTES = "agenda-minutes"
    AGENDA_FULL = "agenda-full"
    AGENDA_EMPTY = "agenda-empty"
    AGENDA_NO_MEETING = "agenda-no-meeting"
    AGENDA_SETTLED = "agenda-settled"
    AGENDA_ONE_OWNER = "agenda-one-owner"
    ALREADY_THEN = "already-then"
    UNDER_WAY = "under-way"
    PLAN_IN_USE = "plan-in-use"
    NO_THREAD = "no-thread"
    NOT_NOW = "not-now"
    NOT_STARTED = "not-started"
    NO_MEETING_NOW = "no-meeting-now"
    NO_SUCH_TOPIC = "no-such-topic"
    NO_SUCH_LINE = "no-such-line"
    LINE_MENDED = "line-mended"
    NOTES_MADE = "notes-made"
    NO_SUCH_PREP = "no-such-prep"
    PREP_DONE = "prep-done"
    PREP_OPEN = "prep-open"
    ALREADY_ANNOUNCED = "already-announced"
    NO_CHANNEL = "no-channel"
    TEMPLATE_WRONG = "template-wrong"
    REPLY_LATE = "reply-late"
    SUBSTITUTE_WRONG = "substitute-wrong"
    NOT_A_GUEST = "not-a-guest"
    QUORUM_SETTLED = "quorum-settled"
    NO_MINUTES = "no-minutes"
    MINUTES_DRAFT = "minutes-draft"
    MINUTES_OUT = "minutes-out"
    MINUTES_LOCKED = "minutes-locked"
    COMMENTS_CLOSED = "comments-closed"
    NO_SUCH_WORDS = "no-such-words"
    WORDS_GROW = "words-grow"
    WORDS_TWICE = "words-twice"
    WRONG_WORDS = "wrong-words"
    BUSY = "busy"
    OUR_FAULT = "our-fault"


class BotError(Exception):
    """Something went wrong."""


class UserError(BotError):
    """The person can mend it: `code` chooses the sentence, `facts` fill it in."""

    def __init__(self, code: Code, **facts: object) -> None:
        super().__init__(code.value)
        self.code = code
        self.facts: Mapping[str, object] = MappingProxyType(facts)

    @property
    def named(self) -> Mapping[str, object]:
        """For the log: the code, and what was not allowed; no word of anybody's."""
        op = self.facts.get("op")
        return {"code": self.code.value} | ({"op": op} if op else {})


class BadInput(UserError):
    """What was typed cannot be taken; `field` is the form's field, `typed` the words."""

    def __init__(
        self, code: Code, field: str | None = None, typed: str = "", **facts: object
    ) -> None:
        super().__init__(code, **facts)
        self.field = field
        self.typed = typed


class NotFound(UserError):
    """There is no such thing, or not for this person."""


class NotAllowed(UserError):
    """The person may not do this; `who_can` are Slack user ids."""

    def __init__(self, who_can: tuple[str, ...] = (), **facts: object) -> None:
        super().__init__(Code.NOT_ALLOWED, who_can=who_can, **facts)
        self.who_can = who_can


class Conflict(UserError):
    """It is no longer as the person saw it."""


class Busy(BotError):
    """The database did not answer within the wait; the transaction was rolled back."""


class SetupError(BotError):
    """The operator's to mend: one sentence with its remedy for each problem."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class DeliveryError(BotError):
    """Slack's answer to a message was not a plain yes; `reason` is its word for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TryAgain(DeliveryError):
    """It was not posted; `after` is Slack's Retry-After in seconds, if it gave one."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class Refused(DeliveryError):
    """It was not posted and will not be."""


class Unknown(DeliveryError):
    """It may have been posted."""


class Halted(DeliveryError):
    """The token no longer works: all sending stops."""
