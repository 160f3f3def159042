"""What a meeting's checklist is: which days its items fall on, who owes them, how ready it is."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.days import Calendar, add_working_days, roll_back, roll_forward
from bot.domain.meetings import (
    Meeting,
    MeetingId,
    NewMeeting,
    OwnerRole,
    PrepItem,
    PrepState,
)
from bot.domain.model import GroupKey, Person, Role, UserId, World
from bot.domain.notices import Holiday, calendar_of, programme_calendar
from bot.domain.templates import TEMPLATES, Anchor, TemplateItem

CUTOFF = "late-cutoff"
"""The item whose day is the last one for papers."""
REPLIES = "rsvp-closes"
"""The item by whose day everybody is to have replied."""
DATES = frozenset({CUTOFF, "comments-close", "minutes-accepted", "questionnaire"})
"""Items that are days, not work: they come and go, and nobody owes them."""
_NONE: frozenset[UserId] = frozenset()


def preparation_subject(meeting_id: MeetingId, n: int) -> str:
    """How the outbox names what is said of one item."""
    return f"prep:{meeting_id}:{n}"


def checklist(
    meeting: Meeting | NewMeeting,
    world: World,
    holiday: Holiday,
    today: date,
    template: tuple[TemplateItem, ...] = (),
) -> tuple[PrepItem, ...]:
    """All items of the template, to be done, in its order; without one of the meeting's usual one.

    `today` tells who is away, and so in whose calendar an item falls.
    """
    items = template or (TEMPLATES[meeting.template] if meeting.template else ())
    return tuple(
        PrepItem(
            n=number,
            key=item.key,
            text=item.text,
            role=item.role,
            due=due_day(item, meeting, calendar_for(item.role, meeting, world, holiday, today)),
            required=item.required,
        )
        for number, item in enumerate(items, 1)
    )


def due_day(item: TemplateItem, meeting: Meeting | NewMeeting, calendar: Calendar) -> date:
    """Before the meeting back to a working day, after it forward."""
    anchor = meeting.end_day if item.anchor is Anchor.END else meeting.start_day
    if item.working_days:
        return add_working_days(anchor, item.offset, calendar)
    day = anchor + timedelta(days=item.offset)
    if not item.rolls:
        return day
    return roll_back(day, calendar) if day < meeting.start_day else roll_forward(day, calendar)


def calendar_for(
    role: OwnerRole, meeting: Meeting | NewMeeting, world: World, holiday: Holiday, today: date
) -> Calendar:
    """The owner's; of several or none the programme's. Absence moves no date: others step in."""
    owners = _holders(role, meeting.groups, world, today)
    person = world.people.get(owners[0]) if len(owners) == 1 else None
    if person is not None:
        return replace(calendar_of(person, world, holiday), away_until=None)
    return programme_calendar(world, holiday)


def owners_of(
    item: PrepItem,
    meeting: Meeting,
    world: World,
    today: date,
    action_owners: frozenset[UserId] = _NONE,
) -> tuple[UserId, ...]:
    """Who owes the item today; nobody where it is the bot's, or only a date.

    `action_owners` have an open action in the meeting's groups.
    """
    if item.owner is not None and _here(item.owner, world):
        return (item.owner,)
    if item.key in DATES:
        return ()
    taker = meeting.note_taker
    if item.role is OwnerRole.NOTE_TAKER and taker is not None and _here(taker, world):
        return (taker,)
    if item.role is OwnerRole.ACTION_OWNERS:
        return tuple(sorted(user for user in action_owners if _here(user, world)))
    return _holders(item.role, meeting.groups, world, today)


def ready(meeting: Meeting, items: Iterable[PrepItem]) -> int | None:
    """Per cent of what is required before the start and not skipped; None where nothing is."""
    done, needed = readiness(meeting, items)
    return 100 * done // needed if needed else None


def readiness(meeting: Meeting, items: Iterable[PrepItem]) -> tuple[int, int]:
    """How many are done, of how many that are required before the start and not skipped."""
    needed = [
        item
        for item in items
        if item.required and item.due <= meeting.start_day and item.state is not PrepState.SKIPPED
    ]
    return sum(item.state is PrepState.DONE for item in needed), len(needed)


def has_passed(item: PrepItem, today: date) -> bool:
    """A day that comes and goes: nobody has to do anything for it."""
    date_alone = item.key in DATES and item.owner is None
    return date_alone and item.state is PrepState.TODO and item.due < today


def is_late(item: PrepItem, today: date) -> bool:
    late = item.state is PrepState.TODO and item.due < today
    return late and not has_passed(item, today)


def takes_part(groups: tuple[GroupKey, ...], world: World) -> tuple[GroupKey, ...]:
    """The groups of a meeting; those of all are all there are."""
    return groups or tuple(world.groups)


def _holders(
    role: OwnerRole, groups: tuple[GroupKey, ...], world: World, today: date
) -> tuple[UserId, ...]:
    """Of one person's roles: that person; a role that nobody holds falls to the coordinator."""
    if role in (OwnerRole.BOT, OwnerRole.ACTION_OWNERS):
        return ()
    found: tuple[UserId, ...] = ()
    keys = takes_part(groups, world)
    if role in (OwnerRole.CHAIR, OwnerRole.CHAIRS):
        found = _holding(Role.CHAIR, keys, world)
    elif role is OwnerRole.NOTE_TAKER and len(keys) == 1:
        found = _holding(Role.COCHAIR, keys, world)[:1]
    elif role is OwnerRole.MEMBERS:
        found = tuple(m.user for key in keys for m in world.members(key) if _here(m.user, world))
    return tuple(dict.fromkeys(found)) or _coordinator(world, today)


def _holding(role: Role, keys: tuple[GroupKey, ...], world: World) -> tuple[UserId, ...]:
    return tuple(u for key in keys for u in world.holding(role, key) if _here(u, world))


def _coordinator(world: World, today: date) -> tuple[UserId, ...]:
    """The first named; while they are away the next one who is there."""
    named = [u for u in world.holding(Role.COORDINATOR) if _here(u, world)]
    present = [user for user in named if not _away(world.people[user], today)]
    return tuple((present or named)[:1])


def _here(user: UserId, world: World) -> bool:
    person = world.people.get(user)
    return person is not None and not person.left and not person.bot


def _away(person: Person, today: date) -> bool:
    return person.away_until is not None and today < person.away_until
