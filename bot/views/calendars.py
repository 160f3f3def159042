"""Meetings and deadlines as iCalendar, the one place that knows its library (experience.md 11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event, vText

from bot.domain.deadlines import Deadline, Stage
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.model import Group, GroupKey, Ref, TeamId, World
from bot.views.text import bare

PRODUCT = "-//Concerted//Calendar//EN"
BEFORE = timedelta(minutes=30)
AGAIN = timedelta(hours=8)
"""How soon programs are asked to look again; each has a mind of its own."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Dates:
    """What one calendar holds; `name` is shown above it."""

    name: str
    meetings: tuple[Meeting, ...] = ()
    deadlines: tuple[Deadline, ...] = ()


def file(dates: Dates, world: World, team: TeamId, *, alarm: bool = False) -> str:
    """Made of rows alone: the same rows give the same file, whenever it is asked for.

    `alarm`: half an hour before each meeting.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    # By its own words the library would leave commas in them bare.
    for name in ("NAME", "X-WR-CALNAME"):
        calendar[name] = vText(bare(dates.name))
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    for meeting in dates.meetings:
        calendar.add_component(_meeting(meeting, world, team, alarm=alarm))
    for deadline in dates.deadlines:
        calendar.add_component(_deadline(deadline, world, team))
    written: bytes = calendar.to_ical()
    return written.decode()


def uid(ref: Ref, team: TeamId) -> str:
    """The same for ever: by it a calendar knows what was moved."""
    return f"{ref}.{team}@concerted"


def _meeting(meeting: Meeting, world: World, team: TeamId, *, alarm: bool) -> Event:
    cancelled = meeting.state is MeetingState.CANCELLED
    joins = "" if cancelled else meeting.link
    event = _event(meeting, meeting.title, world, team, cancelled=cancelled, joins=joins)
    event.add("dtstart", meeting.starts)
    event.add("dtend", meeting.ends)
    if place := bare(meeting.place):
        event.add("location", place)
    if alarm and not cancelled:
        event.add_component(_alarm(meeting))
    return event


def _deadline(deadline: Deadline, world: World, team: TeamId) -> Event:
    dropped = deadline.stage is Stage.DROPPED
    event = _event(deadline, f"Due: {deadline.text}", world, team, cancelled=dropped)
    event.add("dtstart", deadline.due)
    event.add("dtend", deadline.due + _DAY)
    event.add("transp", "TRANSPARENT")
    return event


def _event(
    thing: Meeting | Deadline,
    title: str,
    world: World,
    team: TeamId,
    *,
    cancelled: bool,
    joins: str = "",
) -> Event:
    changed: datetime = thing.updated_at or thing.created_at
    event = Event()
    event.add("uid", uid(thing.ref, team))
    event.add("sequence", thing.version)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("created", thing.created_at)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    # Programs that leave a cancelled one standing show at least its name.
    event.add("summary", bare(f"Cancelled: {title}" if cancelled else title))
    groups = ", ".join(_names(thing.groups, world.groups.values()))
    event.add("description", bare(f"{thing.ref}, {groups}{joins and f'. Join: {joins}'}"))
    return event


def _names(keys: tuple[GroupKey, ...], groups: Iterable[Group]) -> list[str]:
    if not keys:
        return ["all groups"]
    known = {group.key: group.short or group.name for group in groups}
    return [known[key] for key in keys if key in known]


def _alarm(meeting: Meeting) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", bare(meeting.title))
    alarm.add("trigger", -BEFORE)
    return alarm
