"""Declarations of interest: how long one lasts, and whose does not reach a meeting."""

from datetime import date

from bot.domain.local_times import people_of
from bot.domain.meetings import Meeting
from bot.domain.model import Person, World

ITEM = "interests"
"""Of the preparation: by that day they are checked."""


def last_day(declared: date) -> date:
    """Twelve months later; a 29 February lasts until the 28th."""
    try:
        return declared.replace(year=declared.year + 1)
    except ValueError:
        return declared.replace(year=declared.year + 1, day=28)


def reaches(person: Person, day: date) -> bool:
    return person.declared is not None and day <= last_day(person.declared)


def undeclared(meeting: Meeting, world: World) -> tuple[Person, ...]:
    """Who is expected at it without a declaration that is valid on its last day."""
    expected = people_of(meeting.groups, world)
    return tuple(person for person in expected if not reaches(person, meeting.end_day))
