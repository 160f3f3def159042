"""The places where people are asked and told around a meeting, each by one line."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.announcements import Announcement
from bot.domain.meetings import Meeting, MeetingKind
from bot.domain.model import Channel, Person
from bot.domain.outbox import Message
from bot.domain.taking_part import AccessNeeds
from bot.views import (
    access_needs,
    announcements,
    interests,
    link_notes,
    meeting_answers,
    meeting_details,
    travels,
)
from bot.views.blocks import View
from tests.unit.hostile_world import HERE, Given
from tests.unit.meeting_sinks import upcoming
from tests.unit.screens import CHAIR, NOW, OWNER


def _meeting(it: Given) -> Meeting:
    place = replace(upcoming(it).meeting, kind=MeetingKind.FACE_TO_FACE)
    return replace(place, link=f"https://example.org/{it.text}")


def _person(it: Given) -> Person:
    person = it.world.people[OWNER]
    return replace(person, declared=NOW.date(), declaration=f"https://example.org/{it.text}")


def _needs(it: Given) -> tuple[AccessNeeds, ...]:
    return (AccessNeeds(OWNER, it.text, it.text, NOW),)


def _words(it: Given) -> Announcement:
    return Announcement("r", CHAIR, None, it.text, NOW)


def _channel(it: Given) -> Channel:
    return Channel(HERE, it.text)


TAKING_PART_SINKS: dict[str, Callable[[Given], Message | View | str]] = {
    "interests, question": lambda it: interests.question(_person(it), _meeting(it)),
    "interests, standing": lambda it: interests.standing(_person(it)),
    "interests, declared": lambda it: interests.declared(_person(it)),
    "interests, form": lambda it: interests.form(_person(it)),
    "interests, missing": lambda it: interests.missing(_meeting(it), [OWNER], it.world),
    "interests, unanswered": lambda it: interests.unanswered(_meeting(it), [OWNER], it.world),
    "step out": lambda it: interests.stepped_out(_meeting(it), it.text, [OWNER], it.world),
    "step out, not": lambda it: interests.stays(_meeting(it), it.text, [OWNER], it.world),
    "step out, told": lambda it: interests.told_to_step_out(_meeting(it), it.text, CHAIR, it.world),
    "needs, form": lambda it: access_needs.form(_meeting(it), _needs(it)[0], it.text),
    "needs, offered": lambda it: access_needs.offered(_meeting(it), words=True),
    "needs, counted": lambda it: access_needs.counted(_meeting(it), _needs(it)),
    "needs, erased": lambda it: access_needs.erased(_meeting(it)),
    "needs, listing": lambda it: access_needs.listing(_meeting(it), _needs(it), it.world),
    "needs, saved": lambda it: access_needs.saved(_meeting(it)),
    "travel": lambda it: travels.travel(_meeting(it), None, 1, 2, 5),
    "link set": lambda it: meeting_answers.linked(_meeting(it), 2, "r"),
    "link shown": lambda it: meeting_details.detail(_meeting(it), (), (), (), it.world, OWNER, NOW),
    "link note": lambda it: link_notes.note(
        _meeting(it), it.world.people[OWNER], [it.text], on_site=False
    ),
    "place note": lambda it: link_notes.note(
        _meeting(it), it.world.people[OWNER], [it.text], on_site=True
    ),
    "joining": lambda it: link_notes.joining(_meeting(it), it.world.people[OWNER]),
    "announcement, preview": lambda it: announcements.preview(_words(it), _channel(it), it.world),
    "announcement": lambda it: announcements.announcement(_words(it), it.world),
    "announcement, posted": lambda it: announcements.posted(_channel(it), already=False),
}
