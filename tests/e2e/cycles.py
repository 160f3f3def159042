"""Months of meetings as a story tells them: who hears what, and when on their own clock."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.days import USUAL_HOURS, Hours
from bot.domain.model import UserId, World
from bot.domain.notices import hours_of
from tests.e2e.actors import Actor
from tests.e2e.stage import Stage

SATURDAY = 5
CALLING_IN = "meeting-join"
"""Said to who comes, a quarter of an hour before, whatever their hours."""


class Heard(NamedTuple):
    """`at` on the clock of `who`: a person, or a channel, which keeps its group's zone."""

    at: datetime
    who: str
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.at:%a %d %b %H:%M} {self.who}"


@dataclass
class Months:
    """`unasked`: all that the clock brought, beside answers to what somebody did."""

    stage: Stage
    unasked: list[Heard] = field(default_factory=list)

    def person(self, handle: str) -> Actor:
        return self.stage.person(handle)

    async def until(self, moment: str) -> list[Heard]:
        """What is said on the way to a moment of 2027, in UTC; edits are silent."""
        await self.stage.bot.settled()
        self.stage.said.clear()
        events = await self.stage.advance(f"2027-{moment}:00+00:00")
        lanes = dict(self.stage.select("SELECT key, lane FROM outbox WHERE edits IS NULL"))
        shown = dict(self.stage.sandbox_messages())
        world = await self.stage.bot.db.read(lambda store: store.groups.world())
        heard = [
            _heard(event, lanes[event["key"]], shown[event["channel"]][event["ts"]], world)
            for event in events
            if event["key"] in lanes
        ]
        self.unasked += heard
        self.stage.overlook()
        return heard

    async def thread(self, handle: str, ref: str, channel: str) -> "Thread":
        """The meeting's, once it has begun."""
        opening = await self.person(handle).sees(f"{ref} ", channel)
        assert "has begun" in opening["text"], opening["text"]
        return Thread(self.stage, channel, str(opening["ts"]), opening["text"])

    def minutes(self) -> dict[str, tuple[str, str | None]]:
        """Of each meeting its state and that of its minutes."""
        query = "SELECT m.ref, m.state, n.state FROM meetings m LEFT JOIN minutes n"
        return {
            ref: (state, of_minutes)
            for ref, state, of_minutes in self.stage.select(f"{query} ON n.meeting_id = m.id")
        }

    def due(self, ref: str) -> dict[str, str]:
        """The days of a meeting's checklist by the keys of its items."""
        query = "SELECT p.key, p.due FROM preparation p JOIN meetings m ON m.id = p.meeting_id"
        return dict(self.stage.select(f"{query} WHERE m.ref = '{ref}'"))

    def changes(self) -> dict[str, int]:
        """How often each change stands in the history of meetings."""
        query = "SELECT verb, count(*) FROM history WHERE ref LIKE 'MT-%' GROUP BY verb"
        return dict(self.stage.select(query))

    async def nothing_twice_and_never_at_night(self) -> None:
        """Of all that the clock brought."""
        times = Counter((heard.who, heard.text) for heard in self.unasked)
        assert [one for one, many in times.items() if many > 1] == []
        world = await self.stage.bot.db.read(lambda store: store.groups.world())
        hours = {person.handle: hours_of(person) for person in world.people.values()}
        night = [
            heard
            for heard in self.unasked
            if heard.kind != CALLING_IN
            and not _working(heard.at, hours.get(heard.who, USUAL_HOURS))
        ]
        assert night == []


@dataclass
class Thread:
    stage: Stage
    channel: str
    ts: str
    opening: str

    async def says(self, handle: str, *lines: str) -> list[str]:
        """Their lines, one after the other; the reactions to the last."""
        ts = ""
        for line in lines:
            ts = await self.stage.person(handle).says(line, self.channel, self.ts)
        await self.stage.bot.settled()
        told = await self.stage.get(
            f"messages/%23{self.channel[1:]}", user=handle, thread_ts=self.ts
        )
        last = next(message for message in told["messages"] if message["ts"] == ts)
        return [reaction["name"] for reaction in last.get("reactions", [])]


def said(heard: Iterable[Heard]) -> list[str]:
    """When on whose clock, and to whom."""
    return [f"{one.at:%a %d %b %H:%M} {one.who}" for one in heard]


def _heard(event: dict[str, Any], lane: str, message: dict[str, Any], world: World) -> Heard:
    person = world.people.get(UserId(lane))
    if person is not None:
        who, zone = person.handle, person.zone
    else:
        group = next(one for one in world.groups.values() if one.channel == lane)
        who, zone = f"#{group.key}", group.zone
    at = datetime.fromisoformat(event["at"]).astimezone(ZoneInfo(zone))
    return Heard(at, who, event["kind"], str(message["text"]))


def _working(at: datetime, hours: Hours) -> bool:
    return at.weekday() < SATURDAY and hours.start <= at.time() < hours.end
