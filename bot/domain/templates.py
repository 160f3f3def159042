"""The checklists that meetings are prepared by: what is due how long before or after, and whose.

Offsets and texts follow the practices in domain.md 2 and 5.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.meetings import OwnerRole

CALL, STEERING_CALL, FACE_TO_FACE = "call", "steering_call", "face_to_face"


class Anchor(StrEnum):
    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class TemplateItem:
    """`offset` counts calendar or `working_days` from the anchor, before it when negative.

    `rolls` False: the day stays where it falls, also on a holiday.
    """

    key: str
    offset: int
    role: OwnerRole
    text: str
    required: bool = False
    anchor: Anchor = Anchor.START
    working_days: bool = False
    rolls: bool = True


def _before(days: int, key: str, role: OwnerRole, text: str) -> TemplateItem:
    return TemplateItem(key, -days, role, text)


def _required(days: int, key: str, role: OwnerRole, text: str) -> TemplateItem:
    return TemplateItem(key, -days, role, text, required=True)


def _after(days: int, key: str, role: OwnerRole, text: str) -> TemplateItem:
    return TemplateItem(key, days, role, text, anchor=Anchor.END)


_CALL = (
    _required(21, "call-items", OwnerRole.COORDINATOR, "Call for agenda items"),
    _required(
        14,
        "announce",
        OwnerRole.COORDINATOR,
        "Announce with everyone's local time; open the replies; name holidays and clock changes",
    ),
    _required(
        10,
        "draft-agenda",
        OwnerRole.COORDINATOR,
        "Draft agenda to the chair: minutes per item, decisions marked",
    ),
    _required(8, "approve-agenda", OwnerRole.CHAIR, "Approve the agenda"),
    _required(
        7, "papers-out", OwnerRole.COORDINATOR, "Send agenda, pre-reads and the last action list"
    ),
    _before(7, "action-updates", OwnerRole.ACTION_OWNERS, "One-line update on each open action"),
    _required(
        5,
        "interests",
        OwnerRole.COORDINATOR,
        "Check declarations of interest against the agenda; name a note-taker",
    ),
    _before(3, "late-cutoff", OwnerRole.CHAIR, "Last day for papers without the chair's yes"),
    _before(2, "quorum", OwnerRole.BOT, "Chase replies; warn the chair if short of quorum"),
    _before(1, "link", OwnerRole.BOT, "Link and one-line agenda in everyone's local time"),
    replace(
        _before(
            0,
            "attendance",
            OwnerRole.NOTE_TAKER,
            "Attendance, regrets, declarations, who steps out of which item",
        ),
        rolls=False,
    ),
    _after(
        1,
        "actions-out",
        OwnerRole.NOTE_TAKER,
        "Post actions and decisions; absent owners are asked to accept",
    ),
    _after(
        2,
        "minutes-draft",
        OwnerRole.COORDINATOR,
        "Draft minutes, marked unconfirmed; one paragraph to the steering committee",
    ),
    _after(9, "comments-close", OwnerRole.MEMBERS, "Comments on the minutes close"),
    _after(12, "minutes-accepted", OwnerRole.CHAIR, "Minutes accepted unless someone objected"),
)
_FACE_TO_FACE = (
    _required(
        120, "hold", OwnerRole.COORDINATOR, "Save the date; hold a step-free venue and hotel rooms"
    ),
    _required(90, "invite-speakers", OwnerRole.CHAIRS, "Invite speakers and moderators"),
    _before(60, "joint-slots", OwnerRole.COORDINATOR, "Ask the groups which slots to share"),
    _required(
        56,
        "announce",
        OwnerRole.COORDINATOR,
        "Announce; open registration; invitation letters; private form for access and diet",
    ),
    _required(
        49,
        "partner-travel",
        OwnerRole.COORDINATOR,
        "Travel of lived-experience partners and carers booked and prepaid",
    ),
    _before(45, "slot-poll", OwnerRole.COORDINATOR, "Poll for the times of the slots"),
    _required(
        42, "rsvp-closes", OwnerRole.MEMBERS, "Replies close; programme and moderators fixed"
    ),
    _before(28, "travel-booked", OwnerRole.MEMBERS, "Travel booked: yes or no, never an itinerary"),
    _required(28, "abstracts", OwnerRole.SPEAKERS, "Abstracts in; preliminary programme"),
    _required(
        21,
        "freeze-text",
        OwnerRole.CHAIRS,
        "Recommendation texts frozen for the steering committee",
    ),
    _required(
        14,
        "papers-out",
        OwnerRole.COORDINATOR,
        "Final agenda and documents; later papers need a chair's yes",
    ),
    _before(12, "draft-slides", OwnerRole.SPEAKERS, "Draft slides"),
    _required(
        7, "pre-read", OwnerRole.COORDINATOR, "Pre-read pack, glossary and plain-language page"
    ),
    _before(5, "final-slides", OwnerRole.SPEAKERS, "Final slides with the slide on interests"),
    _before(3, "quorum", OwnerRole.BOT, "Participation confirmed; warn if short of quorum"),
    _required(
        2,
        "logistics",
        OwnerRole.COORDINATOR,
        "Logistics note, remote links, one facilitator for each place",
    ),
    _after(1, "thanks", OwnerRole.COORDINATOR, "Thanks; expense form"),
    _after(3, "actions-out", OwnerRole.COORDINATOR, "Post actions and decisions"),
    _after(7, "questionnaire", OwnerRole.MEMBERS, "Questionnaire closes"),
    _after(
        14,
        "minutes-draft",
        OwnerRole.COORDINATOR,
        "Minutes or report in draft; expense claims close",
    ),
    _after(27, "public-summary", OwnerRole.COORDINATOR, "Public summary"),
    replace(
        _after(30, "purge-needs", OwnerRole.BOT, "Erase the answers on access and diet"),
        rolls=False,
    ),
)
_WORKING_DAYS = {"draft-agenda": -12, "approve-agenda": -10}
"""A steering committee reads longer."""

TEMPLATES: Mapping[str, tuple[TemplateItem, ...]] = {
    CALL: _CALL,
    STEERING_CALL: tuple(
        replace(item, offset=_WORKING_DAYS[item.key], working_days=True)
        if item.key in _WORKING_DAYS
        else item
        for item in _CALL
    ),
    FACE_TO_FACE: _FACE_TO_FACE,
}
